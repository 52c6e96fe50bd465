"""Pushes: which commits reached the published branch in one go, so that one text was its tip.

Git does not keep that. The workflow that publishes knows it while it runs, and notes each push
that passed over texts in `versions/PUSHES`: the commit before it, and the one that it ended with.
Without a note each commit counts as a tip of its own: in doubt, its text was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gazette.files import write_whole

PUSHES = "PUSHES"
LINE = re.compile(r"([0-9a-f]{40,64}) ([0-9a-f]{40,64})")


class Push(NamedTuple):
    """One push: the tip of the branch `before` it, and `after` it."""

    before: str
    after: str


def read_pushes(versions: Path) -> list[Push]:
    """Return the pushes that the archive in `versions` notes; other lines say nothing."""
    file = versions / PUSHES
    lines = file.read_text("utf-8", "replace").splitlines() if file.is_file() else []
    return [Push(*match.groups()) for match in map(LINE.fullmatch, lines) if match]


def note_push(versions: Path, push: Push) -> None:
    """Note a push, after those noted before; raises OSError."""
    pushes = [*read_pushes(versions), push]
    lines = dict.fromkeys(f"{before} {after}\n" for before, after in pushes)
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
