"""Defined terms: each means one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.review.policy_text import Finding
from gazette.review.review import PolicyReview

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
LETTERS_BEFORE = 30
"""The longest reference that may stand before the name of a section, as in Section 4 (“X”)."""
NAMED_SECTION = re.compile(
    r"(?:\b(?i:sections?|articles?|clauses?|annex|exhibit)|,|\band)\s+[\w.]*\d[\w.()]*[*_\s]*\Z"
)


def defined_twice(policy: PolicyReview) -> Iterator[Finding]:
    """Find terms that are defined a second time."""
    text = policy.text
    first: dict[str, int] = {}
    for match in DEFINITION.finditer(text.prose):
        term = " ".join((match["inside"] or match["before"]).split()).strip("*_ ,")
        start = match.start("inside" if match["inside"] else "before")
        before = text.prose[max(0, match.start() - LETTERS_BEFORE) : match.start()]
        if not term[:1].isupper() or NAMED_SECTION.search(before):
            continue
        if term in first:
            line = text.line_of(first[term])
            message = f"“{term}” is defined a second time; line {line} defines it first."
            hint = "Keep one definition, or give one of the two another name."
            yield text.finding(start, message, hint)
        first.setdefault(term, start)
