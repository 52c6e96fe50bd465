"""Findings for programs, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gazette.forms.rule_pages import page_of
from gazette.problems import Problem


def render(problems: Sequence[Problem], repository: str) -> str:
    """Return a list of records, one for each finding."""
    return (
        json.dumps([_record(one, repository) for one in problems], indent=2, ensure_ascii=False)
        + "\n"
    )


def _record(problem: Problem, repository: str) -> dict[str, Any]:
    mend = problem.mend
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.code.label,
        "severity": problem.code.review.value,
        "message": problem.message,
        "hint": problem.hint,
        "mend": {"length": mend.length, "text": mend.text} if mend else None,
        "page": page_of(problem.code, repository),
    }
