"""Fixing what has a single right answer, and nothing else: all other bytes stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gazette.problems import Problem
from gazette.text.file_faults import letters_of

LINE_END = re.compile(r"\r\n|\r|\n")
BYTE_ORDER_MARK = "\ufeff"


def apply_fixes(data: bytes, problems: Iterable[Problem]) -> tuple[bytes, list[Problem]]:
    """Put the fixes of a file's problems into its `data`, which becomes UTF-8.

    Return the new bytes and the problems that were fixed, in the order of the text. Of fixes that
    overlap, the last one counts.
    """
    text = letters_of(data).text
    line_starts = [0, *(end.end() for end in LINE_END.finditer(text))]
    line_starts[0] += text.startswith(BYTE_ORDER_MARK)
    located = [problem for problem in problems if problem.line and problem.column]
    end = LINE_END.search(text)
    line_end = end[0] if end else "\n"
    fixed: list[Problem] = []
    limit = len(text)
    located.sort(key=lambda problem: (problem.line, problem.column), reverse=True)
    for problem in located:
        start = line_starts[problem.line - 1] + problem.column - 1
        if problem.fix and start + problem.fix.length <= limit:
            new = problem.fix.text.replace("\n", line_end)
            text = text[:start] + new + text[start + problem.fix.length :]
            limit = start
            fixed.append(problem)
    return text.encode("utf-8"), fixed[::-1]
