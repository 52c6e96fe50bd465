"""A long comment cut to the size that a host takes: whole lines, every fold closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LIMIT = 65_536
"""What GitHub takes for one comment, in characters."""
RESERVE = 600
"""Kept free for what tells that something was cut."""


@dataclass(frozen=True)
class Fold:
    """Parts under a title that a reader unfolds, or folds if it `is_open`.

    `elsewhere` says where to find what is cut.
    """

    title: str
    parts: tuple[str, ...]
    elsewhere: str
    is_open: bool = False


Item = str | Fold


def fitted(items: Sequence[Item], limit: int = LIMIT) -> str:
    """Return the items as one text of at most `limit` characters.

    Lines come before folds: only when all lines are in, folds share what is left, in their order.
    """
    lines = [item for item in items if isinstance(item, str)]
    folds = [item for item in items if isinstance(item, Fold)]
    frames = sum(_size(_frame(fold, (fold.elsewhere,))) for fold in folds)
    room = limit - RESERVE
    kept = _within(lines, room - min(frames, room // 4))
    if kept < len(lines):
        notice = f"*{len(lines) - kept} more lines did not fit into this comment.*"
        return "\n".join([*lines[:kept], "", notice]) + "\n"
    room -= sum(map(_size, lines)) + frames
    return "\n".join(_filled(items, room)) + "\n"


def _filled(items: Iterable[Item], room: int) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield item
            continue
        kept = _within(item.parts, room)
        room -= sum(map(_size, item.parts[:kept]))
        cut = () if kept == len(item.parts) else (item.elsewhere,)
        yield _frame(item, (*item.parts[:kept], *cut))


def _frame(fold: Fold, parts: Iterable[str]) -> str:
    body = "\n\n".join(parts)
    tag = "<details open>" if fold.is_open else "<details>"
    return f"{tag}\n<summary>{fold.title}</summary>\n\n{body}\n\n</details>"


def _within(parts: Sequence[str], room: int) -> int:
    """Return how many of the parts, from the first on, have a place in `room`."""
    for number, part in enumerate(parts):
        room -= _size(part)
        if room < 0:
            return number
    return len(parts)


def _size(text: str) -> int:
    """Return the length as GitHub may count it at worst, the line breaks behind it included."""
    return len(text.encode("utf-16-le")) // 2 + 2
