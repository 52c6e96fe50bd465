"""The sections of texts that are archived just now, by a release or an import, to be recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from gazette.model import Digest, Slug, Status, Version, VersionId, decoded
from gazette.record.archive import Addition, Archive, KeptFile, kept_file, text_path
from gazette.record.attachments import digests_of
from gazette.record.matched_versions import MatchedVersion
from gazette.record.published import untitled
from gazette.record.section_record import former_anchors, ids_of_versions, unrecorded_lines
from gazette.text.differences import headings_of
from gazette.text.frontmatter import read_archived_metadata


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
    path, lines = text_path(slug, version), tuple(archive.sections.get((slug, version), ()))
    return Version(metadata, sha256, path, Status.SUPERSEDED, read, sections=lines)


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
