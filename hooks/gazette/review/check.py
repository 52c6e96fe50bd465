"""One review: every finding of every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gazette.errors import PolicyError
from gazette.problems import Code, Problem, Severity
from gazette.record.changed_readings import Seen
from gazette.record.git_texts import open_repository
from gazette.review.gathering import review_proposal, review_published
from gazette.review.review import PolicyReview, Review
from gazette.review.rules.table import RULES
from gazette.review.suppressions import apply_suppressions
from gazette.settings import Settings


def check(
    settings: Settings,
    today: date,
    base: str | None = None,
    seen: Seen = lambda settings, policy: {},
) -> list[Problem]:
    """Return everything that is wrong, in the order of the files.

    Without `base`, each policy is compared with what was published before; with it, the working
    tree with the state in which it parted from that branch or commit. `seen` is what a build knows
    of how versions are read. Raises HistoryError when git cannot tell. Where a
    link or device is among the files, nothing is read, and only that is reported.
    """
    try:
        if base is None:
            review = review_published(settings, today, seen)
        else:
            review = review_proposal(settings, today, base, seen)
    except PolicyError as error:
        return list(error.problems)
    problems = {*review.problems, *findings(review), *_unknown(settings)}
    return sorted(problems, key=position)


def _unknown(settings: Settings) -> Iterator[Problem]:
    """Yield a note where there is no git: a review has little to compare with then."""
    if open_repository(settings.policies) is None:
        message = (
            "This project is not kept in git here: whether a published text changed, was removed "
            "or was never archived cannot be told."
        )
        hint = "Run this in a clone of the project."
        yield Problem(settings.relative(settings.policies), 0, Code.NO_HISTORY, message, hint)


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
