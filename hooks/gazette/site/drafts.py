"""Drafts: what only a preview shows, and how it differs from the released text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from gazette.forms import redline_html
from gazette.forms.phrases import Phrases
from gazette.forms.section_news import news
from gazette.forms.sentences import counted
from gazette.language import Language
from gazette.model import Version
from gazette.record.unreleased import Unreleased
from gazette.site import addresses, articles
from gazette.site.articles import Banner
from gazette.site.links import LinkTargets
from gazette.site.outputs import Body, Page
from gazette.text import links

SHOWN = 6
"""This many changes are listed in the banner itself."""


def banner(draft: Unreleased) -> Banner:
    """Return what stands above a draft."""
    if draft.old is None:
        return Banner("This policy is new: no reader has seen it yet.")
    changes = news(draft.change)
    return Banner(
        sentence=_sentence(draft, draft.old),
        counts=counted(draft.change),
        news=tuple(changes[:SHOWN]),
        more=max(0, len(changes) - SHOWN),
        redline=addresses.draft(draft.policy.slug),
    )


def _sentence(draft: Unreleased, old: Version) -> str:
    if draft.stamped:
        return f"Version {draft.new.id} is not published yet: readers know version {old.id}."
    return (
        f"This text is not what readers know as version {old.id}, and has no version of its own "
        f"yet. When it is ready: gazette release {draft.policy.slug}"
    )


def draft_pages(language: Language, draft: Unreleased, targets: LinkTargets) -> Iterator[Page]:
    """Yield the page with the redline of a draft; none for a policy that is new."""
    if draft.old is None:
        return
    policy, changed, phrases = draft.policy, draft.change.changed, Phrases(language)
    address = addresses.draft(policy.slug)
    anchors = zip(redline_html.section_ids(draft.change), draft.change.sections, strict=True)
    yield Page(
        address,
        policy,
        title=f"{policy.title}: draft",
        description=f"What the draft of {policy.title} changes",
        article=articles.draft_page(language, draft, banner(draft)),
        contents=tuple(
            (id_, phrases.name_text(part.section)) for id_, part in anchors if part in changed
        ),
        canonical=address,
        body=Body(
            f"{draft.old.sha256} {draft.new.sha256}", partial(_redline, language, draft, targets)
        ),
    )


def _redline(language: Language, draft: Unreleased, targets: LinkTargets) -> Markup:
    """Return the redline; where both texts bear one version, only the new one has a page."""
    address = addresses.draft(draft.policy.slug)
    old, new = (
        addresses.relative(address, addresses.version(draft.policy.slug, version.id))
        if version
        else ""
        for version in (draft.old if draft.stamped else None, draft.new)
    )
    html = redline_html.render(draft.change, old, new, language)
    folder = links.folder_of(draft.new.path)
    return Markup(links.relocated(html, partial(targets.link, address), folder))
