"""Every text ever published, by the policy it belongs to: the archive and git joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby

from gazette.model import SLUG_PATTERN, Attachment, Metadata, VersionId, decoded
from gazette.record.archive import Archive, Retirement, text_path
from gazette.record.attachments import Attachments
from gazette.record.current import Current
from gazette.record.facts import Facts, Known
from gazette.record.history import History
from gazette.record.lives import Departure, Life, Reign
from gazette.record.succession import Succession
from gazette.text.frontmatter import read_archived

Key = tuple[str, VersionId]


@dataclass(frozen=True)
class Text:
    """One version's text where the archive keeps it, or will: `path` is relative to it."""

    metadata: Metadata
    sha256: str
    path: str
    archived: bool
    read: Callable[[], bytes]
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True)
class Published:
    """All that was published, by policy.

    `texts` are those the archive holds or has yet to take in, `retirements` likewise: all by day,
    and those `unrecorded`. `reigns` are the times each version was current, as git knows them, the
    versions in the order in which they first were. `names` are the names a policy had before,
    `succession` says which policy owns what.
    """

    texts: Mapping[str, Mapping[VersionId, Text]]
    reigns: Mapping[str, Mapping[VersionId, Sequence[Reign]]]
    names: Mapping[str, tuple[str, ...]]
    succession: Succession
    retirements: tuple[Retirement, ...]
    unrecorded: tuple[Retirement, ...]

    def text(self, slug: str, version: VersionId) -> Text | None:
        """Return the text of a version, None where only `docs/` holds it, or nobody."""
        return self.texts.get(slug, {}).get(version)

    def reigns_of(self, slug: str, version: VersionId) -> Sequence[Reign]:
        """Return the times at which the policy carried the version, as git knows them."""
        return self.reigns.get(slug, {}).get(version, ())

    def retired(self, slug: str) -> Retirement | None:
        """Return how the policy left `docs/` last, None when nothing tells."""
        final = [one for one in self.retirements if one.slug == slug and not one.continued_as]
        return final[-1] if final else None


def join(
    current: Mapping[str, Current],
    archive: Archive,
    history: History | None,
    attachments: Attachments,
    known: Known,
) -> Published:
    """Join what stands in `docs/` with the archive and git, through renames and `formerly`."""
    lives = history.lives if history else ()
    unrecorded = tuple(_unrecorded(lives, archive.retirements))
    retirements = tuple(sorted((*archive.retirements, *unrecorded), key=lambda one: one.day))
    plain = Succession(retirements, current, {})
    texts = dict(_archived(archive, plain, known))
    if history:
        pending = _Pending(history, plain, attachments, known)
        texts = dict(pending.texts(current, texts)) | texts
    succession = replace(plain, formerly=_formerly(texts, current))
    joined = _joined(texts, succession, current)
    names = _names(succession, archive, lives, {*current, *joined})
    reigns = _reigns(lives, succession)
    return Published(joined, reigns, names, succession, retirements, unrecorded)


def _reigns(
    lives: Iterable[Life], succession: Succession
) -> dict[str, dict[VersionId, list[Reign]]]:
    reigns: dict[str, dict[VersionId, list[Reign]]] = {}
    for life in sorted(lives, key=lambda one: one.alive):
        for reign in life.reigns:
            by_version = reigns.setdefault(_owner(life, succession), {})
            by_version.setdefault(reign.version, []).append(reign)
    return reigns


def _archived(archive: Archive, succession: Succession, known: Known) -> Iterator[tuple[Key, Text]]:
    """Yield what the archive holds; of a version under two names the policy's own comes last."""
    found = []
    for (slug, version), path in archive.texts.items():
        read = partial(archive.read, path)
        facts = known.with_digest(archive.sums[path]) or known.learn(read(), named=False)
        metadata = _metadata(facts, version, slug, read)
        attached = archive.attachments.get(path, ())
        text = Text(metadata, archive.sums[path], path, True, read, attached)
        owner = succession.owner(slug, version)
        found.append((slug == owner, path, (owner, version), text))
    for _, _, key, text in sorted(found, key=lambda one: one[:2]):
        yield key, text


@dataclass(frozen=True)
class _Pending:
    """Finds what git holds and neither `docs/` nor the archive does."""

    history: History
    succession: Succession
    attachments: Attachments
    known: Known

    def texts(
        self, current: Mapping[str, Current], held: Iterable[Key]
    ) -> Iterator[tuple[Key, Text]]:
        """Yield what neither has, the newest reign last."""
        standing = ((one.slug, one.metadata.version) for one in current.values() if one.metadata)
        held = {*held, *standing}
        for life in sorted(self.history.lives, key=lambda one: one.alive):
            owner = _owner(life, self.succession)
            for version, reign in {one.version: one for one in life.reigns}.items():
                if (owner, version) not in held and re.fullmatch(SLUG_PATTERN, owner):
                    yield (owner, version), self._text(life, owner, reign)

    def _text(self, life: Life, owner: str, reign: Reign) -> Text:
        read = partial(self.history.texts.read, reign.last)
        facts = self.known.with_id(reign.last)
        if facts is None or facts.named is None:
            facts = self.known.learn(read())
        metadata = _metadata(facts, reign.version, owner, read)
        path = text_path(_home(life, owner, reign.version, self.succession), reign.version)
        attached = self.attachments.of(facts.named or (), reign.revision)
        return Text(metadata, facts.sha256, path, False, read, attached)


def _metadata(facts: Facts, version: VersionId, slug: str, read: Callable[[], bytes]) -> Metadata:
    """Return what a text says of itself; what is kept as `version` is that, whatever it states."""
    title = slug.replace("-", " ").capitalize()
    stated = facts.described(title)
    if stated and stated.version == version:
        return stated
    return read_archived(decoded(read()), version, title)


def _home(life: Life, owner: str, version: VersionId, succession: Succession) -> str:
    """Return the name under which the archive takes a version in: the policy's own, mostly.

    Where that name was another policy's at the time, its versions are told apart by the name that
    this one had then.
    """
    names = (owner, life.slug, *(one.slug for one in reversed(life.departures)))
    return next((name for name in names if succession.owner(name, version) == owner), owner)


def _owner(life: Life, succession: Succession) -> str:
    """Return the policy a life belongs to; renames are part of it, only what came after counts."""
    ended = date.max if life.alive else life.departures[-1].day
    return succession.owner(life.slug, life.newest, ended)


def _unrecorded(lives: Iterable[Life], recorded: Sequence[Retirement]) -> Iterator[Retirement]:
    """Yield the departures that the archive does not record yet.

    Those of one name, version and successor count, not their days: rewriting a history gives its
    commits other days.
    """
    kind: Callable[[Retirement | Departure], tuple[str, VersionId, str]]
    kind = lambda one: (one.slug, one.last, one.continued_as or "")  # noqa: E731
    departures = [gone for life in lives for gone in life.departures]
    departures = [gone for gone in departures if re.fullmatch(SLUG_PATTERN, gone.slug)]
    taken = {(one.slug, one.day) for one in recorded}
    for key, group in groupby(sorted(departures, key=lambda one: (kind(one), one.day)), kind):
        for gone in [*group][sum(kind(one) == key for one in recorded) :]:
            if (gone.slug, gone.day) not in taken:
                taken.add((gone.slug, gone.day))
                yield Retirement(gone.slug, gone.day, gone.last, gone.continued_as)


def _formerly(texts: Mapping[Key, Text], current: Mapping[str, Current]) -> dict[str, str]:
    """Return each name that a policy says it had; one that stands in `docs/` has the last word."""
    said = [(slug, text.metadata) for (slug, _), text in sorted(texts.items())]
    said += [(slug, one.metadata) for slug, one in sorted(current.items()) if one.metadata]
    return {old: slug for slug, metadata in said for old in metadata.formerly if old != slug}


def _joined(
    texts: Mapping[Key, Text], succession: Succession, current: Mapping[str, Current]
) -> dict[str, dict[VersionId, Text]]:
    """Give every text to the last heir of its policy; the heir's own text, or an archived, wins."""
    joined: dict[str, dict[VersionId, Text]] = defaultdict(dict)
    for (slug, version), text in sorted(
        texts.items(),
        key=lambda one: (one[1].archived, succession.heir(one[0][0]) == one[0][0], one[0]),
    ):
        heir = succession.heir(slug)
        standing = current[heir].metadata if heir in current else None
        if text.archived:
            joined[heir][version] = text
        elif not standing or standing.version != version:
            own = heir != slug and succession.owner(heir, version) == heir
            joined[heir][version] = replace(text, path=text_path(heir, version)) if own else text
    return dict(joined)


def _names(
    succession: Succession, archive: Archive, lives: Iterable[Life], policies: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Return the names each policy had before it got its own, so that their addresses lead on.

    A name that two policies had is that of the last one.
    """
    owners = {slug: succession.owner(slug, version) for slug, version in sorted(archive.texts)}
    owners |= {life.slug: _owner(life, succession) for life in lives}
    for one in succession.retirements:
        owners[one.slug] = succession.owner(one.slug, one.last, one.day)
    owners |= {old: succession.heir(old) for old in succession.formerly}
    names: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for name, owner in sorted(owners.items()):
        if name not in policies and re.fullmatch(SLUG_PATTERN, name):
            names[owner] += (name,)
    return dict(names)
