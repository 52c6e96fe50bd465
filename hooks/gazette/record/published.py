"""Every text ever published, by the policy it belongs to: the archive and git joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from itertools import groupby

from gazette.model import SLUG_PATTERN, Attachment, Metadata, VersionId, decoded
from gazette.record.archive import Archive, Retirement, text_path
from gazette.record.attachments import Attachments
from gazette.record.file_history import FileHistory, Removal, VersionSpan
from gazette.record.history import History
from gazette.record.metadata_index import MetadataIndex, TextMetadata
from gazette.record.policy_files import PolicyFile
from gazette.record.slug_owners import SlugOwners
from gazette.text.frontmatter import read_archived_metadata

Key = tuple[str, VersionId]


@dataclass(frozen=True)
class PublishedText:
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
    and those `unrecorded`. `spans` are the times each version was current, as git knows them, the
    versions in the order in which they first were. `names` are the names a policy had before,
    `owners` says which policy owns what.
    """

    texts: Mapping[str, Mapping[VersionId, PublishedText]]
    spans: Mapping[str, Mapping[VersionId, Sequence[VersionSpan]]]
    names: Mapping[str, tuple[str, ...]]
    owners: SlugOwners
    retirements: tuple[Retirement, ...]
    unrecorded: tuple[Retirement, ...]

    def text(self, slug: str, version: VersionId) -> PublishedText | None:
        """Return the text of a version, None where only `docs/` holds it, or nobody."""
        return self.texts.get(slug, {}).get(version)

    def spans_of(self, slug: str, version: VersionId) -> Sequence[VersionSpan]:
        """Return the times at which the policy carried the version, as git knows them."""
        return self.spans.get(slug, {}).get(version, ())

    def original_slug(self, slug: str, version: VersionId) -> str:
        """Return the name under which a version of the policy `slug` was first published.

        It never changes, whatever the policy is called later.
        """
        text = self.text(slug, version)
        for removal in self._removals.get(slug, ()):
            is_archived = text is not None and text.path.startswith(f"{removal.slug}/")
            is_older = removal.continued_as is not None and version < removal.last
            if is_archived or is_older or version == removal.last:
                return removal.slug
        return slug

    @cached_property
    def _removals(self) -> dict[str, list[Retirement]]:
        """How the names of each policy left `docs/`, by its present name, oldest first."""
        removals: dict[str, list[Retirement]] = defaultdict(list)
        for one in self.retirements:
            removals[self.owners.owner(one.slug, one.last, one.day)].append(one)
        return removals

    def retired(self, slug: str) -> Retirement | None:
        """Return how the policy left `docs/` last, None when nothing tells."""
        final = [one for one in self.retirements if one.slug == slug and not one.continued_as]
        return final[-1] if final else None


def join(
    current: Mapping[str, PolicyFile],
    archive: Archive,
    history: History | None,
    attachments: Attachments,
    known: MetadataIndex,
) -> Published:
    """Join what stands in `docs/` with the archive and git, through renames and `formerly`."""
    files = history.files if history else ()
    unrecorded = tuple(_unrecorded(files, archive.retirements))
    retirements = tuple(sorted((*archive.retirements, *unrecorded), key=lambda one: one.day))
    plain = SlugOwners(retirements, current, {})
    texts = dict(_archived(archive, plain, known))
    if history:
        pending = _Pending(history, plain, attachments, known)
        texts = dict(pending.texts(current, texts)) | texts
    owners = replace(plain, formerly=_formerly(texts, current))
    joined = _joined(texts, owners, current)
    names = _names(owners, archive, files, {*current, *joined})
    spans = _spans(files, owners)
    return Published(joined, spans, names, owners, retirements, unrecorded)


def _spans(
    files: Iterable[FileHistory], owners: SlugOwners
) -> dict[str, dict[VersionId, list[VersionSpan]]]:
    spans: dict[str, dict[VersionId, list[VersionSpan]]] = {}
    for file in sorted(files, key=lambda one: one.alive):
        for span in file.spans:
            by_version = spans.setdefault(_owner(file, owners), {})
            by_version.setdefault(span.version, []).append(span)
    return spans


def _archived(
    archive: Archive, owners: SlugOwners, known: MetadataIndex
) -> Iterator[tuple[Key, PublishedText]]:
    """Yield what the archive holds; of a version under two names the policy's own comes last."""
    found = []
    for (slug, version), path in archive.texts.items():
        read = partial(archive.read, path)
        facts = known.with_digest(archive.sums[path]) or known.add(read(), with_links=False)
        metadata = _metadata(facts, version, slug, read)
        attached = archive.attachments.get(path, ())
        text = PublishedText(metadata, archive.sums[path], path, True, read, attached)
        owner = owners.owner(slug, version)
        found.append((slug == owner, path, (owner, version), text))
    for _, _, key, text in sorted(found, key=lambda one: one[:2]):
        yield key, text


@dataclass(frozen=True)
class _Pending:
    """Finds what git holds and neither `docs/` nor the archive does."""

    history: History
    owners: SlugOwners
    attachments: Attachments
    known: MetadataIndex

    def texts(
        self, current: Mapping[str, PolicyFile], held: Iterable[Key]
    ) -> Iterator[tuple[Key, PublishedText]]:
        """Yield what neither has, the newest span last."""
        standing = ((one.slug, one.metadata.version) for one in current.values() if one.metadata)
        held = {*held, *standing}
        for file in sorted(self.history.files, key=lambda one: one.alive):
            owner = _owner(file, self.owners)
            for version, span in {one.version: one for one in file.spans}.items():
                if (owner, version) not in held and re.fullmatch(SLUG_PATTERN, owner):
                    yield (owner, version), self._text(file, owner, span)

    def _text(self, file: FileHistory, owner: str, span: VersionSpan) -> PublishedText:
        read = partial(self.history.texts.read, span.last)
        facts = self.known.with_blob_id(span.last)
        if facts is None or facts.linked_files is None:
            facts = self.known.add(read())
        metadata = _metadata(facts, span.version, owner, read)
        path = text_path(_home(file, owner, span.version, self.owners), span.version)
        attached = self.attachments.of(facts.linked_files or (), span.revision)
        return PublishedText(metadata, facts.sha256, path, False, read, attached)


def _metadata(
    facts: TextMetadata, version: VersionId, slug: str, read: Callable[[], bytes]
) -> Metadata:
    """Return what a text says of itself; what is kept as `version` is that, whatever it states."""
    title = slug.replace("-", " ").capitalize()
    stated = facts.with_title(title)
    if stated and stated.version == version:
        return stated
    return read_archived_metadata(decoded(read()), version, title)


def _home(file: FileHistory, owner: str, version: VersionId, owners: SlugOwners) -> str:
    """Return the name under which the archive takes a version in: the policy's own, mostly.

    Where that name was another policy's at the time, its versions are told apart by the name that
    this one had then.
    """
    names = (owner, file.slug, *(one.slug for one in reversed(file.removals)))
    return next((name for name in names if owners.owner(name, version) == owner), owner)


def _owner(file: FileHistory, owners: SlugOwners) -> str:
    """Return the policy a file belongs to; only renames after its end count, its own are in it."""
    ended = date.max if file.alive else file.removals[-1].day
    return owners.owner(file.slug, file.newest, ended)


def _unrecorded(
    files: Iterable[FileHistory], recorded: Sequence[Retirement]
) -> Iterator[Retirement]:
    """Yield the removals that the archive does not record yet.

    Those of one name, version and successor count, not their days: rewriting a history gives its
    commits other days.
    """
    kind: Callable[[Retirement | Removal], tuple[str, VersionId, str]]
    kind = lambda one: (one.slug, one.last, one.continued_as or "")  # noqa: E731
    removals = [gone for file in files for gone in file.removals]
    removals = [gone for gone in removals if re.fullmatch(SLUG_PATTERN, gone.slug)]
    taken = {(one.slug, one.day) for one in recorded}
    for key, group in groupby(sorted(removals, key=lambda one: (kind(one), one.day)), kind):
        for gone in [*group][sum(kind(one) == key for one in recorded) :]:
            if (gone.slug, gone.day) not in taken:
                taken.add((gone.slug, gone.day))
                yield Retirement(gone.slug, gone.day, gone.last, gone.continued_as)


def _formerly(
    texts: Mapping[Key, PublishedText], current: Mapping[str, PolicyFile]
) -> dict[str, str]:
    """Return each name that a policy says it had; one that stands in `docs/` has the last word."""
    said = [(slug, text.metadata) for (slug, _), text in sorted(texts.items())]
    said += [(slug, one.metadata) for slug, one in sorted(current.items()) if one.metadata]
    return {old: slug for slug, metadata in said for old in metadata.formerly if old != slug}


def _joined(
    texts: Mapping[Key, PublishedText], owners: SlugOwners, current: Mapping[str, PolicyFile]
) -> dict[str, dict[VersionId, PublishedText]]:
    """Give every text to the last successor of its policy; its own or an archived text wins."""
    joined: dict[str, dict[VersionId, PublishedText]] = defaultdict(dict)
    for (slug, version), text in sorted(
        texts.items(),
        key=lambda one: (one[1].archived, owners.successor(one[0][0]) == one[0][0], one[0]),
    ):
        successor = owners.successor(slug)
        standing = current[successor].metadata if successor in current else None
        if text.archived:
            joined[successor][version] = text
        elif not standing or standing.version != version:
            own = successor != slug and owners.owner(successor, version) == successor
            joined[successor][version] = (
                replace(text, path=text_path(successor, version)) if own else text
            )
    return dict(joined)


def _names(
    owners: SlugOwners,
    archive: Archive,
    files: Iterable[FileHistory],
    policies: Collection[str],
) -> dict[str, tuple[str, ...]]:
    """Return the names each policy had before it got its own, so that their addresses lead on.

    A name that two policies had is that of the last one.
    """
    owner_of = {slug: owners.owner(slug, version) for slug, version in sorted(archive.texts)}
    owner_of |= {file.slug: _owner(file, owners) for file in files}
    for one in owners.retirements:
        owner_of[one.slug] = owners.owner(one.slug, one.last, one.day)
    owner_of |= {old: owners.successor(old) for old in owners.formerly}
    names: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for name, owner in sorted(owner_of.items()):
        if name not in policies and re.fullmatch(SLUG_PATTERN, name):
            names[owner] += (name,)
    return dict(names)
