"""Drafts: what only a preview shows, and how it differs from the released text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from gazette.forms import redline_html
from gazette.forms.phrases import Phrases, filled
from gazette.forms.section_news import news
from gazette.forms.sentences import counted
from gazette.forms.wide_parts import reachable
from gazette.language import Language
from gazette.model import Version
from gazette.record.unreleased import Unreleased
from gazette.site import addresses, articles
from gazette.site.articles import Banner
from gazette.site.links import LinkTargets
from gazette.site.outputs import Body, Page
from gazette.text import links
from gazette.text.vocabularies import vocabulary_of

SHOWN = 6
"""This many changes are listed in the banner itself."""


def banner(language: Language, draft: Unreleased) -> Banner:
    """Return what stands above a draft; what it lists is for editors, in English."""
    if draft.old is None:
        return Banner(language.gettext("This policy is new: no reader has seen it yet."))
    changes = news(draft.change, vocabulary_of(language.text))
    return Banner(
        sentence=_sentence(language, draft, draft.old),
        counts=counted(draft.change),
        news=tuple(changes[:SHOWN]),
        more=max(0, len(changes) - SHOWN),
        redline=addresses.draft(draft.policy.slug),
    )


def _sentence(language: Language, draft: Unreleased, old: Version) -> Markup:
    names = {
        "new": language.isolated(draft.new.id),
        "old": language.isolated(old.id),
        "command": language.isolated(f"gazette release {draft.policy.slug}"),
    }
    if draft.stamped:
        message = language.gettext(
            "Version %(new)s is not published yet: readers know version %(old)s."
        )
    else:
        message = language.gettext(
            "This text is not what readers know as version %(old)s, and has no version of its own "
            "yet. When it is ready: %(command)s"
        )
    return filled(message, **names)


def draft_pages(language: Language, draft: Unreleased, targets: LinkTargets) -> Iterator[Page]:
    """Yield the page with the redline of a draft; none for a policy that is new."""
    if draft.old is None:
        return
    policy, changed, phrases = draft.policy, draft.change.changed, Phrases(language)
    address, title = addresses.draft(policy.slug), {"title": policy.title}
    anchors = zip(redline_html.section_ids(draft.change), draft.change.sections, strict=True)
    yield Page(
        address,
        policy,
        title=language.gettext("%(title)s: draft") % title,
        description=language.gettext("What the draft of %(title)s changes") % title,
        article=articles.draft_page(language, draft, banner(language, draft)),
        contents=tuple(
            (id_, phrases.name_text(part.section)) for id_, part in anchors if part in changed
        ),
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
    led = links.relocated(html, partial(targets.link, address), folder, language)
    return reachable(led, language)
