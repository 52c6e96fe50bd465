"""Mending what has one right answer, and nothing else: all other bytes stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gazette.problems import Problem

LINE_END = re.compile(r"\r\n|\r|\n")
BYTE_ORDER_MARK = "\ufeff"


def mended(data: bytes, problems: Iterable[Problem]) -> tuple[bytes, list[Problem]]:
    """Return the text with the answers put in, and the findings that were mended."""
    text = data.decode("utf-8")
    starts = [0, *(end.end() for end in LINE_END.finditer(text))]
    done: list[Problem] = []
    last = len(text)
    for one in sorted(_mendable(problems), key=lambda one: (one.line, one.column), reverse=True):
        assert one.mend is not None
        start = _place(one, starts, text)
        if start + one.mend.length <= last:
            text = text[:start] + one.mend.text + text[start + one.mend.length :]
            last = start
            done.append(one)
    return text.encode("utf-8"), done[::-1]


def _mendable(problems: Iterable[Problem]) -> list[Problem]:
    return [one for one in problems if one.mend and one.line and one.column]


def _place(problem: Problem, starts: Sequence[int], text: str) -> int:
    marked = problem.line == 1 and text.startswith(BYTE_ORDER_MARK)
    return starts[problem.line - 1] + problem.column - 1 + marked
