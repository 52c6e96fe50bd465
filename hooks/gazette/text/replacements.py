"""Replacements: what was deleted and what was inserted at one place of a block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazette.text.wording import Op, Run


@dataclass(frozen=True)
class Replacement:
    """A deletion with the insertion in its place; `old` or `new` is empty where one lacks.

    It takes the runs from `start` up to `end`.
    """

    start: int
    end: int
    old: str
    new: str


def replacements(runs: Sequence[Run]) -> Iterator[Replacement]:
    """Yield the replacements in the runs of a block or cell, in their order."""
    start = 0
    for hunk in hunks(runs):
        end, first, last = start + len(hunk), hunk[0], hunk[-1]
        if first.op is not Op.KEPT:
            old = first.text if first.op is Op.DELETED else ""
            yield Replacement(start, end, old, last.text if last.op is Op.INSERTED else "")
        start = end


def hunks(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield kept runs alone, a deletion with the insertion behind it."""
    at = 0
    while at < len(runs):
        pair = [run.op for run in runs[at : at + 2]] == [Op.DELETED, Op.INSERTED]
        yield list(runs[at : at + 2] if pair else runs[at : at + 1])
        at += 2 if pair else 1
