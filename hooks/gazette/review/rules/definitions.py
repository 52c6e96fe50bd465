"""Defined terms: each means one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.problems import Code, Problem
from gazette.review.manuscripts import Manuscript

LEAD = (
    r"(?:(?:each|collectively|together|hereinafter|hereafter|individually|referred\s+to\s+as|the|an?|our|your"
    r"|and|or|as|also|any\s+of\s+them|jointly|in\s+this\s+policy),?\s+)*"
)
DEFINITION = re.compile(
    rf"\({LEAD}[*_]*[\"“][*_]*(?P<inside>[^\"“”()\n]{{2,60}}?)[*_]*,?[\"”][*_]*\)"
    r"|(?:^|(?<=[.;:]\s))[\s>*+-]*[*_]*[\"“][*_]*(?P<before>[^\"“”()\n]{2,60}?)[*_]*[\"”][*_]*\s+"
    r"(?:means?|shall\s+mean|refers?\s+to)\b",
    re.M,
)

NAMED_SECTION = re.compile(
    r"(?:\b(?i:sections?|articles?|clauses?|annex|exhibit)|,|\band)\s+[\w.]*\d[\w.()]*[*_\s]*\Z"
)


def defined_twice(manuscript: Manuscript) -> Iterator[Problem]:
    """Find terms that are defined a second time."""
    first: dict[str, int] = {}
    for found in DEFINITION.finditer(manuscript.prose):
        term = " ".join((found["inside"] or found["before"]).split()).strip("*_ ,")
        start = found.start("inside" if found["inside"] else "before")
        before = manuscript.prose[max(0, found.start() - 30) : found.start()]
        if not term[:1].isupper() or NAMED_SECTION.search(before):
            continue
        if term in first:
            line = manuscript.position(first[term])[0]
            said = f"“{term}” is defined a second time; line {line} defines it first."
            hint = "Keep one definition, or give one of the two another name."
            yield manuscript.problem(start, Code.DEFINED_TWICE, said, hint)
        first.setdefault(term, start)
