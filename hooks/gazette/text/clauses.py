"""Clauses: as many words of a sentence as are needed to understand what changed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from gazette.text.wording import Op, Run, joined_runs

LONGEST = 45
"""Words up to which a sentence is quoted whole."""
_BEFORE = 9
"""Words kept before a change, fewer where a clause begins there,"""
_FEWEST_BEFORE = 3
"""but not fewer than these: who does what."""
_BEHIND = 6
"""Words kept behind a change."""
_SMALLEST_GAP = 2
"""As many words between two parts are shown: dots would take as much room."""
_LONGEST_CHANGE = 30
"""Words quoted of a long change."""
_WORD = re.compile(r"\S+\s*|\s+")
_CLAUSE_END = re.compile(r"[,;:—–]\s*$")
_GAP = Run(Op.KEPT, "… ")

_Word = tuple[Op, str]


def clause(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the words of a sentence, of a long one those that changed and what is near them."""
    words = [(run.op, word) for run in runs for word in _WORD.findall(run.text)]
    if len(words) <= LONGEST:
        return tuple(runs)
    shown: list[Run] = []
    last = 0
    for start, end in _stretches(words):
        if start > last:
            shown.append(_GAP)
        shown += joined_runs(Run(*word) for word in words[start:end])
        last = end
    if last < len(words):
        shown.append(Run(Op.KEPT, " …"))
    return tuple(shown)


def _stretches(words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """Yield the parts to quote: each change with words before and behind, near ones together."""
    budget = LONGEST + _LONGEST_CHANGE
    start = end = 0
    for first, stop in _changes(words):
        begin = max(0, first - _BEFORE)
        for at in range(first - 1, begin, -1):
            if _CLAUSE_END.search(words[at - 1][1]) and first - at >= _FEWEST_BEFORE:
                begin = at
                break
        until = min(len(words), stop + _BEHIND)
        if begin > end + _SMALLEST_GAP and end:
            yield start, end
            budget -= end - start
            start = begin
        elif not end:
            start = begin
        if budget <= until - start:
            until = start + max(budget, 1)
            yield start, min(until, len(words))
            return
        end = until
    yield start, end


def _changes(words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """Yield where marked words begin and end, of long ones the first words."""
    start = 0
    for op, group in groupby(words, itemgetter(0)):
        count = len([*group])
        if op is not Op.KEPT:
            yield start, start + min(count, _LONGEST_CHANGE if count < len(words) else LONGEST)
        start += count
