"""Silent edits: a text that changed for readers while its version did not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from gazette.current import Current
from gazette.frontmatter import body_of, normalized, read_archived
from gazette.model import Metadata, decoded
from gazette.problems import Code, Problem

HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t#]*$")


@dataclass(frozen=True)
class _Part:
    """A heading with the words below it, and the line of the body on which it begins."""

    line: int
    heading: str
    words: tuple[str, ...]


def silent_edit(current: Current, metadata: Metadata, published: bytes) -> Iterator[Problem]:
    """Yield the finding that the text differs from the one `published` under its version."""
    old, new = decoded(published), decoded(current.data)
    changed = _changed_fact(current, metadata, old) or _changed_part(old, new)
    if not changed:
        return
    line, what = changed
    said = f"{what} changed, but the version is still {metadata.version}."
    hint = (
        "Give the text a new version and updated, with a summary of what changed; "
        "or take the change back."
    )
    yield Problem(current.path, line, Code.SILENT_EDIT, said, hint)


def _changed_fact(current: Current, new: Metadata, published: str) -> tuple[int, str] | None:
    """Find a fact of the front matter that readers see and that is not what it was."""
    old = read_archived(published, new.version, current.slug)
    for key in ("title", "effective"):
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            return current.line_of(key), f"The {key} ({was}, now {now})"
    return None


def _changed_part(old: str, new: str) -> tuple[int, str] | None:
    """Find the first section that reads otherwise than it did."""
    above = normalized(new).count("\n") - body_of(new).count("\n")
    for was, now in zip_longest(_parts(body_of(old)), _parts(body_of(new))):
        if was is None:
            return above + now.line, f"The section “{now.heading}” is new: the text"
        if now is None:
            return above + 1, f"The section “{was.heading}” is gone: the text"
        if was.words != now.words or was.heading != now.heading:
            name = now.heading or was.heading
            return above + now.line, f"The section “{name}”" if name else "The introduction"
    return None


def _parts(body: str) -> Iterator[_Part]:
    line, heading, words = 1, "", list[str]()
    fenced = False
    for number, text in enumerate(body.split("\n"), 1):
        fenced ^= text.lstrip().startswith(("```", "~~~"))
        found = None if fenced else HEADING.match(text)
        if found:
            yield _Part(line, heading, tuple(words))
            line, heading, words = number, found[1], []
        else:
            words += text.split()
    yield _Part(line, heading, tuple(words))
