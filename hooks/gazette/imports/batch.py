"""What an import brings in, as records, and a version of it as the bytes of its file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date

from gazette.imports.omissions import Omission
from gazette.model import Digest, Slug, VersionId, digest_of
from gazette.text.visible import visible_line

PLAIN = re.compile(r"[^\W_](?:[\w ,.()’&/–—-]*[\w.)])?")
UNTITLED = "Untitled"
Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Takes what is being done and how often; what it gives is called with how many more are done."""


@contextmanager
def without_progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show no progress."""
    yield lambda times: None


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """How a source is to be read: which files, and what makes a version.

    `only` files of a pattern are taken, `also` those that would not be taken for policies; `url`
    is where the texts were published. `changes` says what becomes of changes that wait for a
    decision: `accept`, `reject`, or empty, where documents are read. With `words_only` a text of
    the same words is no version of its own where a history is read.
    """

    only: str | None = None
    changes: str = ""
    also: tuple[str, ...] = ()
    url: str = ""
    words_only: bool = False


EVERYTHING = ImportOptions()


@dataclass(frozen=True)
class ImportedVersion:
    """One version as it is brought in. `read` gives its bytes; `sha256` is their digest.

    `links` are those in it that may lead nowhere, None where nobody has looked yet.
    """

    version: VersionId
    sha256: Digest
    read: Callable[[], bytes]
    links: frozenset[str] | None = None


@dataclass(frozen=True)
class ImportedPolicy:
    """One policy to be: its versions, oldest first, and the file it comes from.

    `folded` counts the edits that changed nothing a reader sees. `retired` is the day it ended,
    None for one that stands. `left_out` lists what of its source it lacks,
    `images` are those it shows, by their names in `docs/assets/`, `anchors` those that sections of
    any of its versions have: links to all of them arrive.
    """

    slug: Slug
    source: str
    versions: tuple[ImportedVersion, ...]
    folded: int = 0
    retired: date | None = None
    notes: tuple[str, ...] = ()
    left_out: tuple[Omission, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)
    anchors: frozenset[str] = frozenset()

    @property
    def newest(self) -> ImportedVersion:
        """The version brought in last."""
        return self.versions[-1]


@dataclass(frozen=True)
class Batch:
    """All policies of one import, and the files left out, each with the reason."""

    policies: tuple[ImportedPolicy, ...]
    skipped: tuple[tuple[str, str], ...] = ()


def imported_version(version: VersionId, read: Callable[[], bytes]) -> ImportedVersion:
    """Return the version whose bytes `read` gives."""
    return ImportedVersion(version, digest_of(read()), read)


def policy_file(
    title: str,
    version: VersionId,
    body: str,
    *,
    summary: str = "",
    note: str,
    effective: date | None = None,
    translates: VersionId | None = None,
) -> bytes:
    """Return the file of a version: front matter, with `note` as a comment, above the body.

    It is `effective` from that day on, or since its version; a translation `translates` one of its
    original.

    A title that no reader would see becomes `Untitled`; a summary of that kind is left out. What
    looks like a tag in them keeps its letters.
    """
    title, summary = _without_tags(title), _without_tags(summary)
    lines = [
        f"# {visible_line(note)}",
        f"title: {_yaml_value(visible_line(title) or UNTITLED)}",
        f"version: {version}",
        f"updated: {version.day}",
    ]
    if effective:
        lines.append(f"effective: {effective}")
    if visible_line(summary):
        lines.append(f"summary: {_yaml_value(visible_line(summary))}")
    if translates:
        lines.append(f"translates: {translates}")
    front_matter = "\n".join(lines)
    text = body.strip("\n")
    return f"---\n{front_matter}\n---\n\n{text}\n".encode()


def _without_tags(line: str) -> str:
    """Return a line in which no `<` begins what looks like a tag: front matter holds no markup."""
    line = re.sub(r"<([a-zA-Z!/?][^<>]*)>", r"‹\1›", line)
    return re.sub(r"<(?=[a-zA-Z!/?])", "‹", line)


def _yaml_value(line: str) -> str:
    """Return a line as a value in YAML, in quotes where it could be taken for anything else."""
    return line if PLAIN.fullmatch(line) else json.dumps(line, ensure_ascii=False)
