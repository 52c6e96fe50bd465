"""Pushes: which commits reached the published branch in one go, so that one text was its tip.

Git does not keep that. Workflows learn it from the server and write it into git's own folder, where
no checkout puts a file; a build that publishes notes in `versions/PUSHES` what passed over texts.
A line is a push: the commit before it, and the one that it ended with. Without a line each commit
counts as a tip of its own: in doubt, its text was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gazette.files import sole_writer, write_whole

PUSHES = "PUSHES"
LEARNED = "gazette-pushes"
"""The file in git's folder with what workflows learned."""
LINE = re.compile(r"([0-9a-f]{40,64}) ([0-9a-f]{40,64})")


class Push(NamedTuple):
    """One push: the tip of the branch `before` it, and `after` it."""

    before: str
    after: str


def read_pushes(file: Path) -> list[Push]:
    """Return the pushes that a file lists, none where it is missing; other lines say nothing."""
    lines = file.read_text("utf-8", "replace").splitlines() if file.is_file() else []
    return [Push(*match.groups()) for match in map(LINE.fullmatch, lines) if match]


def note_pushes(versions: Path, pushes: Sequence[Push]) -> None:
    """Note pushes in the archive, after those noted before; raises OSError."""
    if not pushes:
        return
    with sole_writer(versions):
        noted = read_pushes(versions / PUSHES)
        lines = dict.fromkeys(f"{before} {after}\n" for before, after in (*noted, *pushes))
        write_whole(versions / PUSHES, "".join(lines).encode())


def pushes_by_commit(line: Sequence[str], pushes: Iterable[Push]) -> Mapping[str, Push]:
    """Return the push that brought each commit, for those that came with others.

    `line` are the commits of the branch, newest first. A note of commits that do not follow each
    other there says nothing: a history was rewritten, or somebody wrote it.
    """
    places = {commit: place for place, commit in enumerate(line)}
    brought: dict[str, Push] = {}
    for push in pushes:
        first, last = places.get(push.after), places.get(push.before)
        if first is not None and last is not None:
            brought |= dict.fromkeys(line[first:last], push)
    return brought
