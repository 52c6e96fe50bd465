"""The pages of one policy, planned from its versions; costly parts come from the fragments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from markupsafe import Markup

from gazette import cache
from gazette.model import Policy, Status, Version
from gazette.settings import Settings
from gazette.site import addresses, articles, feeds, records
from gazette.site.fragments import Change, Fragments, Kept, Text, change_key, text_key
from gazette.site.links import Published
from gazette.site.outputs import Body, File, Page, file
from gazette.site.updates import Update
from gazette.text import links


@dataclass(frozen=True)
class Desk:
    """What every page of one policy is made with."""

    center: Settings
    owner: Policy
    published: Published
    fragments: Fragments


def updates_of(center: Settings, owner: Policy, fragments: Fragments) -> tuple[Update, ...]:
    """Return the updates of a policy, oldest first; what all its pages need is made.

    Raises RedlineError when a redline is not exact.
    """
    line = _line(owner)
    far = _far(center, line)
    updates = []
    compared = [one for one in owner.versions[len(far) :] if _has_since(owner, one)]
    for old, new in pairwise((None, *owner.versions, None)):  # side by side: few are at hand
        if new:
            fragments.make_text(new)
        if old and new:
            counts = fragments.change(old, new, recorded=True).counts
            updates.append(Update(owner.slug, old, new, tuple(counts)))
        if old in compared:
            fragments.make_change(old, line[-1])
    fragments.make_differences(line, far)
    return tuple(updates)


def pages_of(desk: Desk, updates: Sequence[Update], part: range) -> Iterator[Page | File]:
    """Yield the pages and files of a part of the versions.

    With the first of them come those of the policy as a whole, but for its text in force.
    """
    line = _line(desk.owner)
    far = _far(desk.center, line)[part.start : part.stop]
    differing = dict(zip(far, desk.fragments.differences(line, far), strict=True))
    to_final = updates[: len(line) - 1]
    newest = articles.newest(desk.owner, to_final)  # the same on all pages that have as many
    for place in part:
        version = desk.owner.versions[place]
        yield from _version(desk, version)
        if place:
            yield from _changes(desk, updates[place - 1])
        if _has_since(desk.owner, version):
            few = len(to_final) - place < articles.NEWEST
            listed = articles.newest(desk.owner, to_final[place:]) if few else newest
            yield _since(desk, version, to_final[place:], listed, differing.get(place))
    if 0 in part:
        yield from _own(desk, updates)


def _own(desk: Desk, updates: Sequence[Update]) -> Iterator[Page | File]:
    yield _archive(desk, updates)
    if desk.owner.retired:
        yield _retired(desk)
    yield from _lists(desk, updates)
    yield from _former(desk.owner)


def _version(desk: Desk, version: Version) -> Iterator[Page | File]:
    owner, text = desk.owner, desk.fragments.text(version)
    here, key = addresses.version(owner.slug, version.id), text_key(version, desk.center.markdown)
    current = version is owner.in_force
    since = _has_since(owner, version)
    yield Page(
        here,
        title=f"{version.metadata.title}, version {version.id}",
        description=version.metadata.description or f"{version.metadata.title}, {version.id}",
        article=articles.version(desk.center, owner, version, since, text.titled),
        contents=tuple(text.contents),
        canonical=addresses.policy(owner.slug) if current else here,
        indexed=current,
        body=_body(desk, here, key, text, version),
    )
    yield File(
        addresses.record(owner.slug, version.id),
        cache.key("facts", records.version(owner, version), key),
        lambda: records.to_bytes(records.version_with_sections(owner, version, text)),
    )
    yield File(addresses.source(owner.slug, version.id), version.sha256, version.read)
    for one in version.attachments:
        yield File(f"{here}{one.path}", one.sha256, one.read)


def _changes(desk: Desk, update: Update) -> Iterator[Page | File]:
    owner, old, new = desk.owner, update.old, update.new
    here = addresses.changes(owner.slug, new.id)
    change = desk.fragments.change(old, new, recorded=True)
    yield Page(
        here,
        title=f"{owner.title}: what changed in {new.id}",
        description=new.metadata.summary or f"Redline of {owner.title} {old.id} to {new.id}",
        article=articles.changes(owner, update),
        contents=tuple(change.contents),
        canonical=here,
        body=_redline(desk, here, change, old, new),
    )
    yield File(
        addresses.changes_record(owner.slug, new.id),
        cache.key("record", owner.slug, old.id, new.id, change_key(old, new, desk.center.markdown)),
        lambda: records.change(owner, old, new, change.record()),
    )


def _since(
    desk: Desk,
    old: Version,
    updates: Sequence[Update],
    newest: Markup,
    differing: tuple[str, Kept] | None,
) -> Page:
    """Return the page of all that changed since `old`, in these `updates`; some are listed.

    As a redline but where sections that are `differing` are told only.
    """
    owner, new = desk.owner, _final(desk.owner)
    here = addresses.since(owner.slug, old.id)
    contents: Sequence[tuple[str, str]] = ()
    if differing:
        body = Body(*differing)
    else:
        change = desk.fragments.change(old, new)
        contents, body = change.contents, _redline(desk, here, change, old, new)
    return Page(
        here,
        title=f"{owner.title}: all changes since {old.id}",
        description=f"What changed in {owner.title} from {old.id} to {new.id}",
        article=articles.since(owner, old, new, updates, newest),
        contents=tuple(contents),
        canonical=here,
        body=body,
    )


def _redline(desk: Desk, here: str, change: Change, old: Version, new: Version) -> Body:
    return _body(desk, here, change_key(old, new, desk.center.markdown), change, new, old)


def _body(
    desk: Desk, here: str, key: str, made: Text | Change, new: Version, old: Version | None = None
) -> Body:
    """Return a fragment as it stands on the page at `here`, its links leading on from there.

    They lead to what was archived with the `new` text, to what is published now, and from a redline
    to what was archived with the `old` text.
    """
    if not made.local:
        return Body(key, made.html)

    def link(target: str) -> str | None:
        kept = _attached(desk, here, new, target) or desk.published.link(here, target)
        return kept or (_attached(desk, here, old, target) if old else None)

    key = cache.key(key, desk.published.key, new.attachments, old.attachments if old else ())
    return Body(key, lambda: links.relocated(made.html(), link))


def _attached(desk: Desk, here: str, version: Version, target: str) -> str | None:
    """Return how the page at `here` links to the file that was archived with a version."""
    if all(one.path != target for one in version.attachments):
        return None
    page = addresses.version(desk.owner.slug, version.id)
    return addresses.relative(here, f"{page}{quote(target)}")


def _final(owner: Policy) -> Version:
    return owner.in_force or owner.newest


def _has_since(owner: Policy, old: Version) -> bool:
    return old is not _final(owner) and old.status is not Status.UPCOMING


def _line(owner: Policy) -> Sequence[Version]:
    """Return the versions up to the final one."""
    return owner.versions[: owner.versions.index(_final(owner)) + 1]


def _far(center: Settings, line: Sequence[Version]) -> range:
    """Return the places in `line` that are too old for a full redline to the final text."""
    return range(max(0, len(line) - 1 - center.full_redlines))


def _archive(desk: Desk, updates: Sequence[Update]) -> Page:
    owner = desk.owner
    here = addresses.archive(owner.slug)
    return Page(
        here,
        title=f"{owner.title}: all versions",
        description=f"Every version of {owner.title}, with what each of them changed",
        article=articles.archive(owner, updates),
        contents=tuple((str(one.id), f"Version {one.id}") for one in reversed(owner.versions)),
        canonical=here,
        indexed=True,
    )


def _retired(desk: Desk) -> Page:
    owner = desk.owner
    here = addresses.policy(owner.slug)
    return Page(
        here,
        title=owner.title,
        description=f"{owner.title} was retired",
        article=articles.retired(desk.center, owner),
        contents=(),
        canonical=here,
        indexed=True,
    )


def _lists(desk: Desk, updates: Sequence[Update]) -> Iterator[File]:
    owner = desk.owner
    facts = records.to_bytes(records.versions(owner, updates))
    yield file(addresses.versions_record(owner.slug), facts)
    entries = [(owner, one) for one in owner.versions]
    here = addresses.feed(owner.slug)
    yield file(here, feeds.feed(desk.center.site_url, owner.title, here, entries))


def _former(owner: Policy) -> Iterator[File]:
    """Yield pages that lead from every address under a former name to the one under today's."""
    for slug in owner.former_slugs:
        for place in _addresses(owner):
            here = place.replace(f"policies/{owner.slug}/", f"policies/{slug}/", 1)
            text = articles.moved(owner.title, here, place)
            yield file(f"{here}index.html", text.encode())


def _addresses(owner: Policy) -> Iterator[str]:
    slug = owner.slug
    yield from (addresses.policy(slug), addresses.archive(slug))
    for one in owner.versions:
        yield addresses.version(slug, one.id)
        if owner.predecessor(one):
            yield addresses.changes(slug, one.id)
        if _has_since(owner, one):
            yield addresses.since(slug, one.id)
