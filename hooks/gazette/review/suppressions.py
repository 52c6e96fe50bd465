"""Rules that an editor turned off for one file, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gazette.problems import Code, Problem
from gazette.review.policy_text import PolicyText
from gazette.review.rules.table import SUPPRESSIBLE

SUPPRESSION = re.compile(
    r"(?:<!--[ \t]*|^#[ \t]*)gazette:[ \t]*allow[ \t]+(?P<rule>[\w-]*)[ \t]*:?[ \t]*(?P<reason>.*?)"
    r"[ \t]*(?:-->|$)",
    re.M,
)
CODES = {code.label: code for code in Code}
HINT = "Write gazette: allow RULE: and the reason."


def apply_suppressions(text: PolicyText, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems that stay, a note for each rule turned off, and faulty suppressions."""
    suppressed: dict[Code, re.Match[str]] = {}
    for match in SUPPRESSION.finditer(text.text):
        fault = _fault(match["rule"], match["reason"])
        if fault:
            finding = text.finding(match.start(), fault, HINT)
            yield finding.problem(text.path, Code.SUPPRESSION)
        else:
            suppressed[CODES[match["rule"]]] = match
    yield from (problem for problem in problems if problem.code not in suppressed)
    for code, match in suppressed.items():
        count = sum(problem.code is code for problem in problems)
        message = f"{code.label} is turned off here: {match['reason']}"
        hint = f"It lets {count} finding{'s' * (count != 1)} pass."
        yield text.finding(match.start(), message, hint).problem(text.path, Code.SUPPRESSED)


def _fault(label: str, reason: str) -> str | None:
    """Return what is wrong with a suppression, None where it holds."""
    if label not in CODES:
        return f"There is no rule “{label}” to turn off."
    if CODES[label] not in SUPPRESSIBLE:
        return f"The rule {label} cannot be turned off: it guards what was published."
    return None if reason else f"The rule {label} is turned off without a reason."
