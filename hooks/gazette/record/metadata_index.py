"""What the bytes of a text say, found out once: kept in the cache from build to build."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha1, sha256
from typing import Any

from gazette import cache
from gazette.cache import NOTHING, Cache
from gazette.model import Change, Metadata, VersionId, decoded
from gazette.text.frontmatter import read_archived, stated_version

UNTITLED = "\ufffd"
Named = Callable[[bytes], tuple[str, ...]]


@dataclass(frozen=True)
class TextMetadata:
    """What the bytes of a text say, whatever policy it belongs to.

    `text_id` is git's name for them; `metadata` is None where no version is legible. `named` are
    the files that the text shows or links, None where nobody needed to know.
    """

    text_id: str
    sha256: str
    metadata: Metadata | None
    named: tuple[str, ...] | None

    @property
    def version(self) -> VersionId | None:
        """The version that the text states."""
        return self.metadata.version if self.metadata else None

    def described(self, fallback_title: str) -> Metadata | None:
        """Return the metadata, with a title where the text has none."""
        if self.metadata and self.metadata.title == UNTITLED:
            return replace(self.metadata, title=fallback_title)
        return self.metadata


def entry(made_with: object) -> str:
    """Return the key under which the cache holds all facts; `made_with` tells how they are made."""
    return cache.key("facts", made_with)


class MetadataIndex:
    """The facts about every text that a build comes across, by digest and by git's name."""

    def __init__(
        self,
        store: Cache = NOTHING,
        named: Named = lambda data: (),
        made_with: object = None,
    ) -> None:
        self._store = store
        self._named = named
        self._entry = entry(made_with)
        stored = store.read(self._entry)
        self._rows: dict[str, list[Any]] = json.loads(stored) if stored else {}
        self._digests = {row[0]: digest for digest, row in self._rows.items()}
        self._is_new = False

    def __contains__(self, digest: str) -> bool:
        """Tell whether anything is known of the text of this digest."""
        return digest in self._rows

    def text_id(self, digest: str) -> str | None:
        """Return git's name for the text of this digest, None for a text that nobody read."""
        row = self._rows.get(digest)
        return str(row[0]) if row else None

    def with_digest(self, digest: str) -> TextMetadata | None:
        """Return what is known of the text of this digest, None for nothing."""
        row = self._rows.get(digest)
        return _facts(digest, row) if row else None

    def with_id(self, text_id: str) -> TextMetadata | None:
        """Return what is known of the text that git knows as `text_id`, None for nothing."""
        digest = self._digests.get(text_id)
        return self.with_digest(digest) if digest else None

    def add(self, data: bytes, *, named: bool = True) -> TextMetadata:
        """Find out what a text says; with `named`, what it shows and links too."""
        version = stated_version(decoded(data))
        facts = TextMetadata(
            text_id(data),
            sha256(data).hexdigest(),
            read_archived(decoded(data), version, UNTITLED) if version else None,
            self._named(data) if named and version else None,
        )
        self._rows[facts.sha256] = _row(facts)
        self._digests[facts.text_id] = facts.sha256
        self._is_new = True
        return facts

    def save(self) -> None:
        """Store what was found out for the next build."""
        if self._is_new:
            self._store.write(self._entry, json.dumps(self._rows).encode())
            self._is_new = False


def text_id(data: bytes) -> str:
    """Return the id under which git holds a text of these bytes, if it does."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _row(facts: TextMetadata) -> list[Any]:
    one = facts.metadata
    if one is None:
        return [facts.text_id, facts.named, None]
    said = [one.title, str(one.effective), one.change.value, one.summary, one.description]
    more = [one.category, one.formerly, one.notice_days]
    return [facts.text_id, facts.named, str(one.version), *said, *more]


def _facts(digest: str, row: list[Any]) -> TextMetadata:
    name, named, stated, *said = row
    metadata = None
    if stated:
        title, effective, change, summary, description, category, formerly, notice_days = said
        version = VersionId.parse(stated)
        metadata = Metadata(
            title=title,
            version=version,
            updated=version.day,
            effective=date.fromisoformat(effective),
            change=Change(change),
            summary=summary,
            description=description,
            category=category,
            formerly=tuple(formerly),
            notice_days=notice_days,
        )
    return TextMetadata(name, digest, metadata, None if named is None else tuple(named))
