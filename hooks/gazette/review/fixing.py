"""Fixing what has a single right answer, and nothing else: all other bytes stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from gazette.problems import Problem
from gazette.text.file_faults import letters_of
from gazette.text.frontmatter import line_end, line_starts

LETTER = re.compile(r"\r\n|[\s\S]")


def apply_fixes(data: bytes, problems: Iterable[Problem]) -> tuple[bytes, list[Problem]]:
    """Put the fixes of a file's problems into its `data`, which becomes UTF-8.

    Return the new bytes and the problems that were fixed, in the order of the text. Of fixes that
    overlap, the last one counts.
    """
    text = letters_of(data).text
    starts, end_of_line = line_starts(text), line_end(text)
    located = [problem for problem in problems if problem.line and problem.column]
    fixed: list[Problem] = []
    limit = len(text)
    located.sort(key=lambda problem: (problem.line, problem.column), reverse=True)
    for problem in located:
        start = starts[problem.line - 1] + problem.column - 1
        end = _end_of(text, start, problem.fix.length) if problem.fix else limit + 1
        if problem.fix and end <= limit:
            new = problem.fix.text.replace("\n", end_of_line)
            text = text[:start] + new + text[end:]
            limit = start
            fixed.append(problem)
    return text.encode("utf-8"), fixed[::-1]


def _end_of(text: str, start: int, length: int) -> int:
    """Return the place behind so many letters, of which a line end is a single letter."""
    letters = islice(LETTER.finditer(text, start), length)
    return max((letter.end() for letter in letters), default=start)
