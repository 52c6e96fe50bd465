"""What the bytes of each text state, read once: kept in the cache from build to build."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha1, sha256

from pydantic import BaseModel, ConfigDict, TypeAdapter

from gazette import cache
from gazette.cache import NOTHING, Cache
from gazette.model import Metadata, VersionId, decoded
from gazette.text.frontmatter import read_archived_metadata, stated_version

UNTITLED = "\ufffd"
LinkFinder = Callable[[bytes], tuple[str, ...]]


class TextMetadata(BaseModel):
    """What the bytes of a text state, whatever policy they belong to.

    `blob_id` is git's name for them; `metadata` is None where no version is legible. `linked_files`
    are the files that the text shows or links, None where nobody needed to know.
    """

    model_config = ConfigDict(frozen=True)

    blob_id: str
    sha256: str
    metadata: Metadata | None = None
    linked_files: tuple[str, ...] | None = None

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


def entry(made_with: object) -> str:
    """Return the key of the index in the cache; `made_with` is what links are found with."""
    return cache.key("metadata", made_with)


class MetadataIndex:
    """The metadata of every text that a build comes across, by digest and by git's name."""

    def __init__(
        self,
        store: Cache = NOTHING,
        linked_files: LinkFinder = lambda data: (),
        made_with: object = None,
    ) -> None:
        self._store = store
        self._linked_files = linked_files
        self._entry = entry(made_with)
        rows = ROWS.validate_json(store.read(self._entry) or b"[]")
        self._by_digest = {row.sha256: row for row in rows}
        self._by_blob = {row.blob_id: row for row in rows}
        self._is_new = False

    def __contains__(self, digest: str) -> bool:
        """Tell whether the text of this digest was read."""
        return digest in self._by_digest

    def with_digest(self, digest: str) -> TextMetadata | None:
        """Return what the text of this digest states, None where nobody read it."""
        return self._by_digest.get(digest)

    def with_blob_id(self, blob_id: str) -> TextMetadata | None:
        """Return what the text that git knows as `blob_id` states, None where nobody read it."""
        return self._by_blob.get(blob_id)

    def add(self, data: bytes, *, with_links: bool = True) -> TextMetadata:
        """Read what a text states; `with_links`, which files it shows and links too."""
        text = decoded(data)
        version = stated_version(text)
        row = TextMetadata(
            blob_id=blob_id_of(data),
            sha256=sha256(data).hexdigest(),
            metadata=read_archived_metadata(text, version, UNTITLED) if version else None,
            linked_files=self._linked_files(data) if with_links and version else None,
        )
        self._by_digest[row.sha256] = self._by_blob[row.blob_id] = row
        self._is_new = True
        return row

    def save(self) -> None:
        """Store what was read for the next build."""
        if self._is_new:
            rows = list(self._by_digest.values())
            self._store.write(self._entry, ROWS.dump_json(rows, exclude_unset=True))
            self._is_new = False


def blob_id_of(data: bytes) -> str:
    """Return the id under which git holds a text of these bytes, if it does."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
