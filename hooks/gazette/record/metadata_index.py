"""What the bytes of each text state, read once: kept in the cache from build to build."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict, TypeAdapter

from gazette.fingerprint import fingerprint
from gazette.model import BlobId, Digest, Metadata, VersionId, decoded, digest_of
from gazette.record.git_texts import blob_id_of
from gazette.store import Store
from gazette.text.frontmatter import read_archived_metadata, stated_version
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.own_addresses import OwnSite

UNTITLED = "\ufffd"
LinkFinder = Callable[[bytes], tuple[str, ...]]


class TextMetadata(BaseModel):
    """What the bytes of a text state, whatever policy they belong to.

    `blob_id` is git's name for them; `metadata` is None where no version is legible. `links` are
    the paths of what the text shows or links, as `LinkedPaths` finds them, None where nobody needed
    to know.
    """

    model_config = ConfigDict(frozen=True)

    blob_id: BlobId
    sha256: Digest
    metadata: Metadata | None = None
    links: tuple[str, ...] | None = None

    @property
    def version(self) -> VersionId | None:
        """The version that the text states."""
        return self.metadata.version if self.metadata else None

    def with_title(self, fallback_title: str) -> Metadata | None:
        """Return the metadata, with a title where the text has none."""
        if self.metadata and self.metadata.title == UNTITLED:
            return self.metadata.model_copy(update={"title": fallback_title})
        return self.metadata


ROWS = TypeAdapter(list[TextMetadata])


def store_key(markdown: MarkdownSettings, site: OwnSite | None) -> str:
    """Return the key of the index in the store; the two are what links are found with."""
    return f"metadata {fingerprint(markdown, site)}"


class MetadataIndex:
    """The metadata of every text that a build comes across, by digest and by git's name."""

    def __init__(self, store: Store, key: str, find_links: LinkFinder) -> None:
        self._store = store
        self._key = key
        self._find_links = find_links
        rows = ROWS.validate_json(store.get(key) or b"[]")
        self._by_digest = {row.sha256: row for row in rows}
        self._by_blob = {row.blob_id: row for row in rows}
        self._is_new = False

    def with_digest(self, digest: Digest) -> TextMetadata | None:
        """Return what the text of this digest states, None where nobody read it."""
        return self._by_digest.get(digest)

    def with_blob_id(self, blob_id: BlobId) -> TextMetadata | None:
        """Return what the text that git knows as `blob_id` states, None where nobody read it."""
        return self._by_blob.get(blob_id)

    def add(self, data: bytes, *, with_links: bool = True) -> TextMetadata:
        """Read what a text states; `with_links`, which files it shows and links too."""
        text = decoded(data)
        version = stated_version(text)
        row = TextMetadata(
            blob_id=blob_id_of(data),
            sha256=digest_of(data),
            metadata=read_archived_metadata(text, version, UNTITLED) if version else None,
            links=self._find_links(data) if with_links and version else None,
        )
        self._by_digest[row.sha256] = self._by_blob[row.blob_id] = row
        self._is_new = True
        return row

    def save(self) -> None:
        """Store what was read for the next build."""
        if self._is_new:
            rows = list(self._by_digest.values())
            self._store[self._key] = ROWS.dump_json(rows, exclude_unset=True)
            self._is_new = False
