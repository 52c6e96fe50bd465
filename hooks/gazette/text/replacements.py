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
    while start < len(runs):
        ops = [run.op for run in runs[start : start + 2]]
        end = start + (2 if ops == [Op.DELETED, Op.INSERTED] else 1)
        if ops[0] is not Op.KEPT:
            old = runs[start].text if ops[0] is Op.DELETED else ""
            new = runs[end - 1].text if runs[end - 1].op is Op.INSERTED else ""
            yield Replacement(start, end, old, new)
        start = end
