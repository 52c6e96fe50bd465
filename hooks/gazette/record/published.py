"""Every text ever published, by the policy it belongs to: the archive and git joined."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import TypeVar

from gazette.model import (
    Absence,
    Attachment,
    Digest,
    Metadata,
    Reading,
    Return,
    Slug,
    VersionId,
    decoded,
)
from gazette.record.archive import Archive, Retirement, text_path
from gazette.record.archive_lists import Key
from gazette.record.attachments import Attachments, linked_files
from gazette.record.file_history import FileHistory, VersionSpan
from gazette.record.history import History
from gazette.record.metadata_index import MetadataIndex, TextMetadata
from gazette.record.policy_files import PolicyFile, stated_versions
from gazette.record.returns import ReturnFile
from gazette.record.slug_owners import SlugOwners
from gazette.text.frontmatter import read_archived_metadata
from gazette.text.slugs import archived_parts, is_slug, language_of_slug

Event = TypeVar("Event", Retirement, ReturnFile)
"""What the archive records of a policy besides its texts."""


@dataclass(frozen=True)
class PublishedText:
    """One version's text where the archive keeps it, or will: `path` is relative to it."""

    metadata: Metadata
    sha256: Digest
    path: str
    archived: bool
    read: Callable[[], bytes]
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True)
class Published:
    """All that was published, by policy.

    `texts` are those the archive holds or has yet to take in, `retirements` and `returns` likewise:
    all by day; of both, some are `unrecorded`. `carried` is the version of each file in `docs/` as
    it was committed last. `spans` are the times each version was current, as git knows them, the
    versions in the order in which they first were. `names` are the names a policy had before,
    `owners` says which policy owns what. `readings` say how a version was read, `sections` are the
    lines that record its sections.
    """

    texts: Mapping[Slug, Mapping[VersionId, PublishedText]]
    spans: Mapping[Slug, Mapping[VersionId, Sequence[VersionSpan]]]
    names: Mapping[Slug, tuple[Slug, ...]]
    owners: SlugOwners
    retirements: tuple[Retirement, ...]
    returns: Mapping[Slug, tuple[Return, ...]]
    unrecorded: tuple[Retirement | ReturnFile, ...]
    carried: Mapping[Slug, VersionId]
    readings: Mapping[Key, tuple[Reading, ...]]
    sections: Mapping[Key, tuple[str, ...]]

    def text(self, slug: Slug, version: VersionId) -> PublishedText | None:
        """Return the text of a version, None where only `docs/` holds it, or nothing does."""
        return self.texts.get(slug, {}).get(version)

    def spans_of(self, slug: Slug, version: VersionId) -> Sequence[VersionSpan]:
        """Return the times at which the policy carried the version, as git knows them."""
        return self.spans.get(slug, {}).get(version, ())

    def original_slug(self, slug: Slug, version: VersionId) -> Slug:
        """Return the name under which a version of the policy `slug` was first published.

        It never changes, whatever the policy is called later.
        """
        text = self.text(slug, version)
        for removal in self._removals.get(slug, ()):
            is_archived = text is not None and archived_parts(text.path)[0] == removal.slug
            is_older = removal.continued_as is not None and version < removal.last
            if is_archived or is_older or version == removal.last:
                return removal.slug
        return slug

    @cached_property
    def _removals(self) -> dict[Slug, list[Retirement]]:
        """How the names of each policy left `docs/`, by its present name, oldest first."""
        removals: dict[Slug, list[Retirement]] = defaultdict(list)
        for removal in self.retirements:
            slug = self.owners.owner(removal.slug, removal.last, removal.day)
            removals[slug].append(removal)
        return removals

    def absences(self, slug: Slug, *, retired: bool) -> tuple[Absence, ...]:
        """Return the times the policy left `docs/` and came back; where `retired`, not the last."""
        removals = [entry for entry in self._removals.get(slug, ()) if not entry.continued_as]
        ended = removals[:-1] if retired else removals
        return tuple(Absence(entry.day, entry.last) for entry in ended)

    def retired(self, slug: Slug) -> Retirement | None:
        """Return how the policy left `docs/` last, None where nothing tells."""
        last = [
            retirement
            for retirement in self.retirements
            if retirement.slug == slug and not retirement.continued_as
        ]
        return last[-1] if last else None


def join(
    files: Mapping[Slug, PolicyFile],
    archive: Archive,
    history: History | None,
    attachments: Attachments,
    index: MetadataIndex,
) -> Published:
    """Join what stands in `docs/` with the archive and git, through renames and `formerly`."""
    histories = history.files if history else ()
    left = tuple(_unrecorded(history, archive.retirements))
    retirements = sorted((*archive.retirements, *left), key=lambda retirement: retirement.day)
    went_back = tuple(_unrecorded_returns(history, archive.returns))
    recorded = (*archive.returns, *went_back)
    renames = SlugOwners([*_with_withdrawn(retirements, recorded)], files, {})
    texts = dict(_archived_texts(archive, renames, index))
    if history:
        finder = _UnarchivedTexts(history, renames, attachments, index)
        texts = dict(finder.texts(files, texts)) | texts
    owners = replace(renames, formerly=_formerly(texts, files))
    joined = _by_last_owner(texts, owners, files)
    names = _former_names(owners, archive, histories, {*files, *joined})
    spans = _spans(histories, owners)
    returns = _returns(recorded, owners)
    unrecorded: tuple[Retirement | ReturnFile, ...] = (*left, *went_back)
    events = tuple(retirements), returns, unrecorded
    carried = {_owner(file, owners): file.newest for file in histories if file.alive}
    readings = _readings(archive, owners, texts, joined)
    sections = _sections(archive, owners)
    return Published(joined, spans, names, owners, *events, carried, readings, sections)


def _with_withdrawn(
    retirements: Iterable[Retirement], returns: Sequence[ReturnFile]
) -> Iterator[Retirement]:
    """Yield the retirements; with a new name goes along what was withdrawn under the old one."""
    for entry in retirements:
        left = [
            file.what.left
            for file in returns
            if file.slug == entry.slug and file.what.day <= entry.day and entry.continued_as
        ]
        yield replace(entry, last=max((entry.last, *left)))


def _returns(recorded: Iterable[ReturnFile], owners: SlugOwners) -> dict[Slug, tuple[Return, ...]]:
    """Return the returns of each policy, in order."""
    returns: dict[Slug, tuple[Return, ...]] = defaultdict(tuple)
    for entry in sorted(recorded, key=lambda entry: entry.order):
        returns[owners.owner(entry.slug, entry.what.to, entry.what.day)] += (entry.what,)
    return dict(returns)


def _readings(
    archive: Archive,
    owners: SlugOwners,
    texts: Mapping[Key, PublishedText],
    joined: Mapping[Slug, Mapping[VersionId, PublishedText]],
) -> dict[Key, tuple[Reading, ...]]:
    """Return the recorded readings of each version, by the policy it belongs to now.

    They are those of the text that is archived under the same name. Where none is, the version
    stood in `docs/` then, and belongs to what the policy became, unless that has another text of
    this version.
    """
    left = {(_folder(text), id_): text for (_, id_), text in texts.items() if not text.archived}
    readings: dict[Key, tuple[Reading, ...]] = defaultdict(tuple)
    for key, recorded in sorted(archive.readings.items()):
        slug, version = owners.successor(owners.owner(*key)), key[1]
        text = joined.get(slug, {}).get(version)
        is_other = key in left and (text is None or text.sha256 != left[key].sha256)
        if key not in archive.texts and not is_other:
            readings[slug, version] += tuple(recorded)
    for slug, versions in joined.items():
        for version, text in versions.items():
            if text.archived:
                readings[slug, version] += tuple(archive.readings.get((_folder(text), version), ()))
    return dict(readings)


def _folder(text: PublishedText) -> Slug:
    """Return the folder of the archive in which a text is kept, or will be."""
    return Slug(archived_parts(text.path)[0])


def _sections(archive: Archive, owners: SlugOwners) -> dict[Key, tuple[str, ...]]:
    """Return the lines on the sections of each version, by the policy it belongs to now."""
    lines: dict[Key, tuple[str, ...]] = defaultdict(tuple)
    for (name, version), recorded in sorted(archive.sections.items()):
        lines[owners.successor(owners.owner(name, version)), version] += tuple(recorded)
    return dict(lines)


def _spans(
    histories: Iterable[FileHistory], owners: SlugOwners
) -> dict[Slug, dict[VersionId, list[VersionSpan]]]:
    spans: dict[Slug, dict[VersionId, list[VersionSpan]]] = {}
    for history in sorted(histories, key=lambda history: history.alive):
        by_version = spans.setdefault(_owner(history, owners), {})
        for span in history.spans:
            by_version.setdefault(span.version, []).append(span)
    return spans


def _archived_texts(
    archive: Archive, owners: SlugOwners, index: MetadataIndex
) -> Iterator[tuple[Key, PublishedText]]:
    """Yield what the archive holds; of a version under two names the policy's own comes last."""
    owned = {key: owners.owner(*key) for key in archive.texts}
    for key, path in sorted(
        archive.texts.items(), key=lambda item: (owned[item[0]] == item[0][0], item[1])
    ):
        slug, version = key
        digest, read = archive.sums[path], partial(archive.read, path)
        row = index.with_digest(digest) or index.add(read(), with_links=False)
        metadata = _metadata(row, version, slug, read)
        attached = archive.attachments.get(path, ())
        text = PublishedText(metadata, digest, path, True, read, attached)
        yield (owned[key], version), text


@dataclass(frozen=True)
class _UnarchivedTexts:
    """Finds what git holds and neither `docs/` nor the archive does."""

    history: History
    owners: SlugOwners
    attachments: Attachments
    index: MetadataIndex

    def texts(
        self, files: Mapping[Slug, PolicyFile], archived: Iterable[Key]
    ) -> Iterator[tuple[Key, PublishedText]]:
        """Yield what neither has, the newest span last."""
        held = {*archived, *stated_versions(files.values())}
        for history in sorted(self.history.files, key=lambda history: history.alive):
            slug = _owner(history, self.owners)
            for version, span in {span.version: span for span in history.spans}.items():
                if (slug, version) not in held and is_slug(slug):
                    yield (slug, version), self._text(history, slug, span)

    def _text(self, history: FileHistory, slug: Slug, span: VersionSpan) -> PublishedText:
        read = partial(self.history.texts.read, span.last)
        row = self.index.with_blob_id(span.last)
        if row is None or row.links is None:
            row = self.index.add(read())
        metadata = _metadata(row, span.version, slug, read)
        folder = _archive_slug(history, slug, span.version, self.owners)
        paths = linked_files(row.links or (), folder)
        attached = self.attachments.of(paths, span.revision)
        path = text_path(folder, span.version)
        return PublishedText(metadata, row.sha256, path, False, read, attached)


def untitled(slug: Slug) -> str:
    """Return the title of a text that states none, a translation's without its language."""
    return slug.rpartition("/")[2].replace("-", " ").capitalize()


def _metadata(
    row: TextMetadata, version: VersionId, slug: Slug, read: Callable[[], bytes]
) -> Metadata:
    """Return what a text states; what is kept as `version` is that, whatever it states."""
    title = untitled(slug)
    stated = row.with_title(title)
    if stated and stated.version == version:
        return stated
    return read_archived_metadata(decoded(read()), version, title)


def _archive_slug(history: FileHistory, slug: Slug, version: VersionId, owners: SlugOwners) -> Slug:
    """Return the name under which the archive takes a version in: the policy's own, mostly.

    Where that name was another policy's at the time, its versions are distinguished by the name
    that this one had then. What became a translation, or was one, stays in the folder of the time,
    from which its links lead.
    """
    moves = (removal for removal in history.removals if removal.continued_as)
    then = next((removal.slug for removal in moves if version <= removal.last), history.slug)
    if language_of_slug(then) != language_of_slug(slug):
        return then
    names = (slug, history.slug, *(removal.slug for removal in reversed(history.removals)))
    return next((name for name in names if owners.owner(name, version) == slug), slug)


def _owner(history: FileHistory, owners: SlugOwners) -> Slug:
    """Return the policy a file belongs to; only renames after its end count, its own are in it."""
    ended = date.max if history.alive else history.removals[-1].day
    return owners.owner(history.slug, history.newest, ended)


def _unrecorded(history: History | None, recorded: Sequence[Retirement]) -> Iterator[Retirement]:
    """Yield the removals that the archive does not record yet, from whatever day."""
    if history is None:
        return
    counts = Counter(entry.undated for entry in _since_begin(history, recorded))
    days = {(entry.slug, entry.day) for entry in recorded}
    removals = {
        (removal.day, removal.slug, removal.last, removal.continued_as or ""): removal
        for file in history.files
        for removal in file.removals
    }
    for _, removal in sorted(removals.items()):
        counts[removal.undated] -= 1
        is_new = counts[removal.undated] < 0 and (removal.slug, removal.day) not in days
        if is_slug(removal.slug) and is_new:
            days.add((removal.slug, removal.day))
            yield removal


def _unrecorded_returns(
    history: History | None, recorded: Sequence[ReturnFile]
) -> Iterator[ReturnFile]:
    """Yield the returns that the archive does not record yet, each with its number on its day."""
    if history is None:
        return
    left = Counter(entry.undated for entry in _since_begin(history, recorded))
    numbers = Counter((entry.slug, entry.what.day) for entry in recorded)
    for file in history.files:
        for entry in file.returns:
            left[entry.undated] -= 1
            if left[entry.undated] < 0 and is_slug(entry.slug):
                names = file.names | {entry.slug}
                number = 1 + max(numbers[name, entry.what.day] for name in names)
                numbers[entry.slug, entry.what.day] = number
                yield replace(entry, number=number)


def _since_begin(history: History, recorded: Iterable[Event]) -> Iterator[Event]:
    """Yield the recorded events that are not from before this history begins: it may show those."""
    return (entry for entry in recorded if not history.began_with(entry.path, [entry.slug]))


def _formerly(
    texts: Mapping[Key, PublishedText], files: Mapping[Slug, PolicyFile]
) -> dict[Slug, Slug]:
    """Return each name that a policy says it had; one that stands in `docs/` has the last word."""
    stated = [(slug, text.metadata) for (slug, _), text in sorted(texts.items())]
    stated += [(slug, file.metadata) for slug, file in sorted(files.items()) if file.metadata]
    return {old: slug for slug, metadata in stated for old in metadata.formerly if old != slug}


def _by_last_owner(
    texts: Mapping[Key, PublishedText], owners: SlugOwners, files: Mapping[Slug, PolicyFile]
) -> dict[Slug, dict[VersionId, PublishedText]]:
    """Give every text to the last successor of its policy; its own or an archived text wins."""

    def precedence(item: tuple[Key, PublishedText]) -> tuple[bool, bool, Key]:
        (slug, _), text = item
        return text.archived, owners.successor(slug) == slug, item[0]

    by_slug: dict[Slug, dict[VersionId, PublishedText]] = defaultdict(dict)
    for (former, version), text in sorted(texts.items(), key=precedence):
        slug = owners.successor(former)
        current = files[slug].metadata if slug in files else None
        if text.archived:
            by_slug[slug][version] = text
        elif not current or current.version != version:
            is_beside = language_of_slug(slug) == language_of_slug(former)
            bears_new_name = slug != former and is_beside and owners.owner(slug, version) == slug
            by_slug[slug][version] = (
                replace(text, path=text_path(slug, version)) if bears_new_name else text
            )
    return dict(by_slug)


def _former_names(
    owners: SlugOwners,
    archive: Archive,
    histories: Iterable[FileHistory],
    policies: Collection[Slug],
) -> dict[Slug, tuple[Slug, ...]]:
    """Return the names each policy had before it got its own, so that their addresses lead on.

    A name that two policies had is that of the last one.
    """
    slug_of = {name: owners.owner(name, version) for name, version in sorted(archive.texts)}
    slug_of |= {history.slug: _owner(history, owners) for history in histories}
    for retirement in owners.retirements:
        name, last, day = retirement.slug, retirement.last, retirement.day
        slug_of[name] = owners.owner(name, last, day)
    slug_of |= {old: owners.successor(old) for old in owners.formerly}
    names: dict[Slug, tuple[Slug, ...]] = defaultdict(tuple)
    for name, slug in sorted(slug_of.items()):
        if name not in policies and is_slug(name):
            names[slug] += (name,)
    return dict(names)
