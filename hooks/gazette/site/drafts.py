"""What only a preview shows: that a text is a draft, and how it differs from what readers know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gazette.forms import redline_html
from gazette.forms.section_news import news
from gazette.forms.sentences import counted
from gazette.model import Version
from gazette.record.unreleased import Unreleased
from gazette.site import addresses, articles
from gazette.site.articles import Banner
from gazette.site.links import Published
from gazette.site.outputs import Body, Page
from gazette.text import links

SHOWN = 6
"""So many changes stand in the banner itself."""


def banner(draft: Unreleased) -> Banner:
    """Return what stands over a draft."""
    if draft.old is None:
        return Banner("This policy is new: no reader has seen it yet.")
    told = news(draft.change)
    return Banner(
        sentence=_sentence(draft, draft.old),
        counts=counted(draft.change),
        news=tuple(told[:SHOWN]),
        more=max(0, len(told) - SHOWN),
        redline=addresses.draft(draft.policy.slug),
    )


def _sentence(draft: Unreleased, old: Version) -> str:
    if draft.stamped:
        return f"Version {draft.new.id} is not published yet: readers know version {old.id}."
    return (
        f"This text is not what readers know as version {old.id}, and has no version of its own "
        f"yet. When it is ready: gazette release {draft.policy.slug}"
    )


def page(draft: Unreleased, published: Published) -> Iterator[Page]:
    """Yield the page with the redline of a draft; none for a policy that is new."""
    if draft.old is None:
        return
    policy = draft.policy
    here = addresses.draft(policy.slug)
    ids = zip(redline_html.section_ids(draft.change), draft.change.sections, strict=True)
    changed = draft.change.changed
    yield Page(
        here,
        title=f"{policy.title}: draft",
        description=f"What the draft of {policy.title} changes",
        article=articles.draft(draft, banner(draft)),
        contents=tuple((own, one.section.name) for own, one in ids if one in changed),
        canonical=here,
        body=Body(f"{draft.old.sha256} {draft.new.sha256}", partial(_redline, draft, published)),
    )


def _redline(draft: Unreleased, published: Published) -> str:
    """Return the redline; where both texts bear one version, only the new one has a page."""
    here = addresses.draft(draft.policy.slug)
    old, new = (
        addresses.relative(here, addresses.version(draft.policy.slug, one.id)) if one else ""
        for one in (draft.old if draft.stamped else None, draft.new)
    )
    html = redline_html.render(draft.change, old, new)
    return links.relocated(html, partial(published.link, here))
