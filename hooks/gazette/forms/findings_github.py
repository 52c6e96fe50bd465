"""Findings as GitHub's workflow commands: annotations at the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from gazette.forms.rule_pages import page_of
from gazette.problems import Problem, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(problems: Sequence[Problem], repository: str) -> str:
    """Return one command for each finding."""
    return "".join(f"{_command(one, repository)}\n" for one in problems)


def _command(problem: Problem, repository: str) -> str:
    facts = {
        "file": problem.path,
        "line": problem.line or 1,
        "col": problem.column or None,
        "title": problem.code.label,
    }
    shown = ",".join(f"{key}={_property(str(value))}" for key, value in facts.items() if value)
    parts = (problem.message, problem.hint, page_of(problem.code, repository))
    said = "\n".join(part for part in parts if part)
    return f"::{COMMANDS[problem.code.review]} {shown}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
