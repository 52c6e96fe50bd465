"""The record as it lies there: what `docs/`, git and `versions/` hold, joined, not judged yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from gazette.model import Attachment, BlobId, Digest, Slug, VersionId, digest_of
from gazette.problems import Problem
from gazette.record import metadata_index
from gazette.record.archive import Addition, Archive, attachment_path, read_archive
from gazette.record.attachments import Attachments, LinkedPaths, digests_of, linked_files
from gazette.record.git_texts import blob_id_of
from gazette.record.history import History, read_history
from gazette.record.metadata_index import MetadataIndex
from gazette.record.policy_files import PolicyFile, read_policy_files
from gazette.record.published import Published, join
from gazette.settings import Settings
from gazette.store import Store


@dataclass(frozen=True)
class Record:
    """All that is known of the policies.

    `files` is what `docs/` holds, with what is wrong there as `problems`; `blob_ids` are git's
    names for the files of the `archive`, `history` what git tells, None without git. `published`
    joins all of it.
    """

    files: Mapping[Slug, PolicyFile]
    problems: Sequence[Problem]
    archive: Archive
    blob_ids: Mapping[str, BlobId]
    history: History | None
    published: Published
    attachments: Attachments
    index: MetadataIndex

    @property
    def full_history(self) -> History | None:
        """The history, where it is known from its beginning on."""
        return self.history if self.history and not self.history.shallow else None

    @cached_property
    def slugs(self) -> Sequence[Slug]:
        """The names of all policies but those in `docs/` whose front matter is wrong."""
        names = sorted({*self.files, *self.published.texts})
        return [name for name in names if name not in self.files or self.files[name].metadata]

    @cached_property
    def additions(self) -> tuple[Addition, ...]:
        """What the archive has yet to take in."""
        return tuple(_additions(self.published, self.slugs))

    def linked_paths(self, file: PolicyFile) -> Sequence[str]:
        """Return the paths below `docs/` of what the text of a file shows or links."""
        row = self.index.with_digest(digest_of(file.data))
        if row is None or row.links is None:
            row = self.index.add(file.data)
        return linked_files(row.links or (), file.slug)

    def standing_files(self, file: PolicyFile | None) -> Mapping[str, Digest]:
        """Return the digests of what the text of a file shows or links of `docs/`, by path."""
        return self.attachments.standing(self.linked_paths(file)) if file else {}

    def published_files(self, file: PolicyFile, version: VersionId) -> Mapping[str, Digest]:
        """Return the digests of what its text shows or links as they were published with a version.

        There are none where only a scheduled text is known, or git does not tell.
        """
        if text := self.published.text(file.slug, version):
            return digests_of(text.attachments)
        spans = self.published.spans_of(file.slug, version)
        paths = self.linked_paths(file) if spans and spans[0].start else ()
        return digests_of(self.attachments.of(paths, spans[0].start)) if paths else {}


def read_record(settings: Settings, store: Store | None = None, pushed_since: str = "") -> Record:
    """Read all that the project holds of its policies; write nothing but to the `store`.

    All commits after `pushed_since` reached the branch at once, if that is known.

    Raises HistoryError, ArchiveError and PolicyError as `policies.gather` does.
    """
    store = {} if store is None else store
    files, problems = read_policy_files(settings)
    read_with = settings.markdown, settings.own_site
    index = MetadataIndex(store, metadata_index.store_key(*read_with), LinkedPaths(*read_with))
    blob_ids: dict[str, BlobId] = {}
    archive = read_archive(settings.versions, partial(_index_archived, index, blob_ids))
    history = read_history(settings, index, store, pushed_since)
    attachments = Attachments(settings.docs, history)
    published = join(files, archive, history, attachments, index)
    return Record(files, problems, archive, blob_ids, history, published, attachments, index)


def _index_archived(
    index: MetadataIndex, blob_ids: dict[str, BlobId], path: str, digest: Digest, data: bytes
) -> None:
    """Read the metadata of an archived text, and git's name for it, while its bytes are at hand."""
    row = index.with_digest(digest)
    if row is None and path.endswith(".md"):
        row = index.add(data, with_links=False)
    blob_ids[path] = row.blob_id if row else blob_id_of(data)


def _additions(published: Published, slugs: Sequence[Slug]) -> Iterator[Addition]:
    for slug in slugs:
        for _, text in sorted(published.texts.get(slug, {}).items()):
            if not text.archived:
                yield Addition(text.path, text.sha256, text.read)
                yield from attached(text.path, text.attachments)
    for event in published.unrecorded:
        data = event.data
        yield Addition(event.path, digest_of(data), partial(bytes, data))


def attached(path: str, attachments: Iterable[Attachment]) -> Iterator[Addition]:
    """Yield what the archive takes in beside the text at `path`."""
    for attachment in attachments:
        target = attachment_path(path, attachment.path)
        yield Addition(target, attachment.sha256, attachment.read)
