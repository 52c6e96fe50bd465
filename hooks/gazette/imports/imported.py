"""What an import brings in, as records, and a version of it as the bytes of its file."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from gazette.model import VersionId

PLAIN = re.compile(r"[^\W_](?:[\w ,.()’&/–—-]*[\w.)])?")
Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
"""Takes what is being done and how often; what it gives is called after each time."""


@dataclass(frozen=True)
class Text:
    """One version as it is brought in. `read` gives its bytes; `sha256` is their digest."""

    version: VersionId
    sha256: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Import:
    """One policy to be: its versions, oldest first, and the file it comes from.

    `folded` counts the edits that changed nothing a reader sees. `retired` is the day it ended,
    None for one that stands.
    """

    slug: str
    source: str
    texts: tuple[Text, ...]
    folded: int = 0
    retired: date | None = None
    notes: tuple[str, ...] = ()

    @property
    def newest(self) -> Text:
        """The version brought in last."""
        return self.texts[-1]


@dataclass(frozen=True)
class Batch:
    """All policies of one import, and what was left out, with the reason."""

    imports: tuple[Import, ...]
    skipped: tuple[tuple[str, str], ...] = ()


def text_of(version: VersionId, data: bytes) -> Text:
    """Return a version whose bytes are at hand."""
    return Text(version, sha256(data).hexdigest(), lambda: data)


def stamped(title: str, version: VersionId, body: str, *, summary: str = "", note: str) -> bytes:
    """Return the file of a version: front matter, with `note` as a comment, above the body."""
    lines = [f"# {' '.join(note.split())}", f"title: {_value(title)}", f"version: {version}"]
    lines.append(f"updated: {version.day}")
    lines += [f"summary: {_value(summary)}"] if summary else []
    front = "\n".join(lines)
    return f"---\n{front}\n---\n\n{body.strip(chr(10))}\n".encode()


def _value(text: str) -> str:
    """Return a value of the front matter, in quotes where it could be taken for anything else."""
    folded = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ufeff]", " ", text).split())
    return folded if PLAIN.fullmatch(folded) else json.dumps(folded, ensure_ascii=False)


def slug_from(words: str) -> str:
    """Return the name of a policy made of a title or path; empty when nothing in it is a letter."""
    return "-".join(_ascii_words(words))


def _ascii_words(words: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    yield from re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain.lower()))
