"""One review: every finding of every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.problems import Problem, Severity
from gazette.record.changed_readings import Seen, reading_problems
from gazette.review.review import PolicyReview, Review
from gazette.review.rules.table import RULES
from gazette.review.suppressions import apply_suppressions


def check(review: Review, seen: Seen = lambda settings, policy: {}) -> list[Problem]:
    """Return everything that is wrong, in the order of the files.

    `seen` is what a build knows of how versions are read. Raises HistoryError where every version
    is to be read, and a shallow clone lacks some.
    """
    if review.unknown:
        raise review.unknown
    readings = reading_problems(review.settings, review.reread, review.today, seen)
    return sorted({*review.problems, *readings, *findings(review)}, key=position)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether anything must be fixed before publishing."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def findings(review: Review) -> Iterator[Problem]:
    """Yield what every rule finds in the texts under review, and what these break in others."""
    for slug, text in review.texts.items():
        if text.is_unreadable:
            continue  # reported where the file is read; rules would take for ever
        policy = PolicyReview(review, text)
        if slug in review.checked:
            problems = [problem for rule in RULES for problem in rule.problems(policy)]
            yield from apply_suppressions(text, problems)
        elif review.mentions_a_change(text):
            for rule in RULES:
                if rule.checks_unchanged:
                    yield from rule.problems(policy)


def position(problem: Problem) -> tuple[str, int, int, str, str]:
    """Return what findings are sorted by: the file, the place in it, the kind, the message."""
    label = problem.code.label
    return problem.path, problem.line, problem.column, label, problem.message
