"""The sections of texts that are archived just now, by a release or an import, to be recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise

from gazette.model import Digest, Slug, Status, Version, VersionId, decoded
from gazette.record.archive import Addition, Archive, text_path
from gazette.record.published import untitled
from gazette.record.section_record import row_of, written
from gazette.text.differences import headings_of
from gazette.text.frontmatter import read_archived_metadata
from gazette.text.lineage import match_sections
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader
from gazette.text.section_ids import section_ids, unrecorded_rows
from gazette.text.section_links import matched_links


def versions_of(archive: Archive, files: Iterable[Addition], slug: Slug) -> list[Version]:
    """Return the versions of a policy in the archive, with those among `files`, oldest first."""
    texts: dict[VersionId, tuple[Digest, Callable[[], bytes]]] = {
        version: (archive.sums[path], partial(archive.read, path))
        for (name, version), path in archive.texts.items()
        if name == slug
    }
    for file in files:
        folder, _, name = file.path.partition("/")
        if folder == slug and name.endswith(".md") and "/" not in name:
            texts[VersionId.parse(name.removesuffix(".md"))] = file.sha256, file.read
    return [_version(archive, slug, version, *text) for version, text in sorted(texts.items())]


def _version(
    archive: Archive, slug: Slug, version: VersionId, sha256: Digest, read: Callable[[], bytes]
) -> Version:
    metadata = read_archived_metadata(decoded(read()), version, untitled(slug))
    path, lines = text_path(slug, version), tuple(archive.sections.get((slug, version), ()))
    return Version(metadata, sha256, path, Status.SUPERSEDED, read, sections=lines)


def new_sections(versions: Sequence[Version], markdown: MarkdownSettings) -> list[str]:
    """Return the lines that are not recorded yet of the `versions` of a policy, oldest first."""
    if all(version.sections for version in versions):
        return []
    reader = Reader(markdown)
    documents = [reader.read_version(version) for version in versions]
    texts = [headings_of(document) for document in documents]
    updates = [
        matched_links(old, new, match_sections(old, new, version.metadata.continues))
        for (old, new), version in zip(pairwise(documents), versions[1:], strict=True)
    ]
    names = [str(version.id) for version in versions]
    recorded = [[row_of(line) for line in version.sections] for version in versions]
    former = [{} if any(recorded) else document.former_anchors for document in documents]
    ids = section_ids(names, texts, updates, recorded)
    rows = unrecorded_rows(ids, texts, updates, former)
    return [written(versions[at].id, row) for at, added in rows.items() for row in added]
