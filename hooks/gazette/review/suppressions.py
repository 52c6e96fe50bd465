"""Rules that an editor turned off for one file, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gazette.problems import Code, Problem
from gazette.review.policy_text import PolicyText
from gazette.review.rules.table import SUPPRESSIBLE
from gazette.text.frontmatter import stated_version
from gazette.text.suppressions import Suppression, suppressions_of

CODES = {code.label: code for code in Code}
HINT = "Write gazette: allow RULE: and the reason."


def apply_suppressions(text: PolicyText, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems that stay, a note for each rule turned off, and faulty suppressions.

    One that an import wrote for a version ends with it.
    """
    version = str(stated_version(text.text))
    rest = list(problems)
    for suppression in suppressions_of(text.text):
        fault = _fault(suppression)
        if fault:
            yield text.finding(suppression.start, fault, HINT).problem(text.path, Code.SUPPRESSION)
            continue
        code = CODES[suppression.rule]
        if suppression.version not in ("", version):
            message = (
                f"{code.label} was turned off for {suppression.version} only: it counts again."
            )
            hint = "Take this line out."
        else:
            kept = [
                problem
                for problem in rest
                if problem.code is not code or not suppression.covers(problem.line)
            ]
            message = f"{code.label} is turned off here: {suppression.reason}"
            count = len(rest) - len(kept)
            hint = f"It lets {count} finding{'s' * (count != 1)} pass."
            rest = kept
        yield text.finding(suppression.start, message, hint).problem(text.path, Code.SUPPRESSED)
    yield from rest


def _fault(suppression: Suppression) -> str | None:
    """Return what is wrong with a suppression, None where it holds."""
    label = suppression.rule
    if label not in CODES:
        return f"There is no rule “{label}” to turn off."
    if CODES[label] not in SUPPRESSIBLE:
        return f"The rule {label} cannot be turned off: it guards what was published."
    return None if suppression.reason else f"The rule {label} is turned off without a reason."
