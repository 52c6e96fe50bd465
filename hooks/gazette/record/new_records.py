"""What is to be recorded of texts that are archived just now, by a release or an import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain

from gazette.model import Digest, Reading, Slug, Status, Version, VersionId, decoded
from gazette.record.archive import (
    Addition,
    Archive,
    KeptFile,
    kept_file,
    read_archive,
    text_path,
)
from gazette.record.archive_lists import Key
from gazette.record.attachments import digests_of
from gazette.record.matched_versions import MatchedVersion
from gazette.record.published import untitled
from gazette.record.section_record import former_anchors, ids_of_versions, unrecorded_lines
from gazette.settings import Settings
from gazette.text.differences import headings_of
from gazette.text.frontmatter import read_archived_metadata
from gazette.text.reader import Reader
from gazette.text.readings import reading_of


def versions_of(archive: Archive, files: Iterable[Addition], slug: Slug) -> list[Version]:
    """Return the versions of a policy in the archive, with those among `files`, oldest first."""
    texts: dict[VersionId, tuple[Digest, Callable[[], bytes]]] = {
        version: (archive.sums[path], partial(archive.read, path))
        for (name, version), path in archive.texts.items()
        if name == slug
    }
    attached: dict[VersionId, dict[str, Digest]] = {
        version: digests_of(archive.attachments.get(text_path(slug, version), ()))
        for version in texts
    }
    for file in files:
        match kept_file(file.path):
            case KeptFile(name, version, "") if name == slug:
                texts[version] = file.sha256, file.read
            case KeptFile(name, version, path) if name == slug:
                attached.setdefault(version, {})[path] = file.sha256
    versions = (_version(archive, slug, version, *text) for version, text in sorted(texts.items()))
    return [replace(version, files=attached.get(version.id, {})) for version in versions]


def _version(
    archive: Archive, slug: Slug, version: VersionId, sha256: Digest, read: Callable[[], bytes]
) -> Version:
    metadata = read_archived_metadata(decoded(read()), version, untitled(slug))
    path = f"versions/{text_path(slug, version)}"
    lines = tuple(archive.sections.get((slug, version), ()))
    return Version(metadata, sha256, path, Status.SUPERSEDED, read, sections=lines)


def new_readings(settings: Settings, files: Sequence[Addition], today: date) -> dict[Key, Reading]:
    """Return how the texts among `files` that have no reading yet are read, as of `today`."""
    archive = read_archive(settings.versions)
    kept = [own for own in (kept_file(file.path) for file in files) if own and not own.attached]
    unread = {(own.slug, own.version) for own in kept} - archive.readings.keys()
    readings: dict[Key, Reading] = {}
    for slug in sorted({slug for slug, _ in unread}):
        reader = Reader(settings.markdown)
        for version in versions_of(archive, files, slug):
            if (slug, version.id) in unread:
                document = reader.read_version(version)
                readings[slug, version.id] = reading_of(version.metadata, document, today)
    return readings


def new_sections(versions: Sequence[Version], matched: Iterable[MatchedVersion]) -> list[str]:
    """Return the lines that are not recorded yet of the `versions` of a policy, oldest first.

    They are taken as `matched` only where there are any.
    """
    if all(version.sections for version in versions):
        return []
    texts, updates, known = [], [], []
    for own in matched:
        texts.append(headings_of(own.document))
        updates.append(own.update)
        known.append(own.document.former_anchors)
    former = former_anchors(versions, known)
    ids = ids_of_versions(versions, texts, updates[1:])
    return [*chain(*unrecorded_lines(versions, ids, texts, updates[1:], former).values())]
