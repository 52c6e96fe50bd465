"""What an import brings in, as records, and a version of it as the bytes of its file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from gazette.model import VersionId
from gazette.text.visible import visible_line

PLAIN = re.compile(r"[^\W_](?:[\w ,.()’&/–—-]*[\w.)])?")
UNTITLED = "Untitled"
Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
"""Takes what is being done and how often; what it gives is called after each time."""


@dataclass(frozen=True)
class ImportedVersion:
    """One version as it is brought in. `read` gives its bytes; `sha256` is their digest."""

    version: VersionId
    sha256: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class ImportedPolicy:
    """One policy to be: its versions, oldest first, and the file it comes from.

    `folded` counts the edits that changed nothing a reader sees. `retired` is the day it ended,
    None for one that stands.
    """

    slug: str
    source: str
    texts: tuple[ImportedVersion, ...]
    folded: int = 0
    retired: date | None = None
    notes: tuple[str, ...] = ()

    @property
    def newest(self) -> ImportedVersion:
        """The version brought in last."""
        return self.texts[-1]


@dataclass(frozen=True)
class Batch:
    """All policies of one import, and what was left out, with the reason."""

    imports: tuple[ImportedPolicy, ...]
    skipped: tuple[tuple[str, str], ...] = ()


def version_of(version: VersionId, data: bytes) -> ImportedVersion:
    """Return a version whose bytes are at hand."""
    return ImportedVersion(version, sha256(data).hexdigest(), lambda: data)


def policy_file(
    title: str, version: VersionId, body: str, *, summary: str = "", note: str
) -> bytes:
    """Return the file of a version: front matter, with `note` as a comment, above the body.

    A title that no reader would see becomes `Untitled`; a summary of that kind is left out.
    """
    lines = [
        f"# {visible_line(note)}",
        f"title: {_value(visible_line(title) or UNTITLED)}",
        f"version: {version}",
        f"updated: {version.day}",
    ]
    if visible_line(summary):
        lines.append(f"summary: {_value(visible_line(summary))}")
    front = "\n".join(lines)
    return f"---\n{front}\n---\n\n{body.strip(chr(10))}\n".encode()


def _value(text: str) -> str:
    """Return a value of the front matter, in quotes where it could be taken for anything else."""
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
