"""What is to be recorded of texts that are archived just now, by a release or an import."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from operator import itemgetter

from gazette.model import Digest, Reading, Slug, Status, Version, VersionId, decoded
from gazette.record.archive import (
    Addition,
    Archive,
    KeptFile,
    attachment_path,
    kept_file,
)
from gazette.record.archive_lists import Key
from gazette.record.changed_readings import reader_of
from gazette.record.matched_versions import MatchedVersion
from gazette.record.published import untitled
from gazette.record.readings import read_readings
from gazette.record.section_record import former_anchors, ids_of_versions, unrecorded_lines
from gazette.settings import Settings
from gazette.text.differences import headings_of
from gazette.text.frontmatter import read_archived_metadata


def versions_of(archive: Archive, files: Iterable[Addition], slug: Slug) -> list[Version]:
    """Return the versions of a policy in the archive, with those among `files`, oldest first."""
    archived: list[Addition] = []
    for (name, _), path in archive.texts.items():
        if name == slug:
            archived.append(Addition(path, archive.sums[path], partial(archive.read, path)))
            archived += (
                Addition(attachment_path(path, attachment.path), attachment.sha256, attachment.read)
                for attachment in archive.attachments.get(path, ())
            )
    return [
        replace(version, sections=tuple(archive.sections.get((slug, version.id), ())))
        for version in _versions(slug, [*archived, *files])
    ]


def _versions(slug: Slug, files: Iterable[Addition]) -> Iterator[Version]:
    """Yield the versions of a policy that are among `files`, oldest first."""
    texts: dict[VersionId, Addition] = {}
    attached: dict[VersionId, dict[str, Digest]] = {}
    for file in files:
        match kept_file(file.path):
            case KeptFile(name, version, "") if name == slug:
                texts[version] = file
            case KeptFile(name, version, path) if name == slug:
                attached.setdefault(version, {})[path] = file.sha256
    for version, file in sorted(texts.items(), key=itemgetter(0)):
        metadata = read_archived_metadata(decoded(file.read()), version, untitled(slug))
        path, beside = f"versions/{file.path}", attached.get(version, {})
        yield Version(metadata, file.sha256, path, Status.SUPERSEDED, file.read, files=beside)


def new_readings(
    settings: Settings,
    files: Sequence[Addition],
    today: date,
    recorded: Container[VersionId] = (),
) -> dict[Key, Reading]:
    """Return how the texts among `files` that have no reading yet are read, as of `today`.

    Of versions that are `recorded` one is known, perhaps under a name that the policy had before.
    """
    known, _ = read_readings(settings.versions)
    readings: dict[Key, Reading] = {}
    for slug in sorted({file.slug for file in (kept_file(file.path) for file in files) if file}):
        read = reader_of(settings.markdown, today)
        for version in _versions(slug, files):
            if (slug, version.id) not in known and version.id not in recorded:
                readings[slug, version.id] = read(version)
    return readings


def new_sections(
    versions: Sequence[Version], matched: Iterable[MatchedVersion]
) -> dict[VersionId, list[str]]:
    """Return the lines that the record of the `versions` of a policy lacks, by version.

    They are taken as `matched` only where there are any.
    """
    if all(version.sections for version in versions):
        return {}
    texts, updates, known = [], [], []
    for version in matched:
        texts.append(headings_of(version.document))
        updates.append(version.update)
        known.append(version.document.former_anchors)
    former = former_anchors(versions, known)
    ids = ids_of_versions(versions, texts, updates[1:])
    return unrecorded_lines(versions, ids, texts, updates[1:], former)
