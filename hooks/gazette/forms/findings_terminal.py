"""Findings for people at a terminal: what is wrong, where, what to write, where to read more."""

from __future__ import annotations

from collections.abc import Sequence

import click

from gazette.forms.rule_pages import page_of
from gazette.problems import Problem, Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(problems: Sequence[Problem], repository: str) -> str:
    """Return the findings, file by file, and how many there are of each weight."""
    lines = []
    for one in problems:
        weight = one.code.review
        word = click.style(WORDS[weight], fg=COLOURS[weight], bold=True)
        lines.append(f"{_place(one)}: {word}: {one.message} [{one.code.label}]")
        lines += [f"    {one.hint}"] if one.hint else []
        lines.append(click.style(f"    {page_of(one.code, repository)}", dim=True))
    return "\n".join([*lines, _sum(problems)]) + "\n"


def _place(problem: Problem) -> str:
    numbers = [str(one) for one in (problem.line, problem.column) if one]
    return ":".join([problem.path, *numbers])


def _sum(problems: Sequence[Problem]) -> str:
    if not problems:
        return "Nothing to mend."
    counts = {weight: sum(one.code.review is weight for one in problems) for weight in Severity}
    told = [f"{n} {WORDS[weight]}{'s' * (n != 1)}" for weight, n in counts.items() if n]
    return f"{', '.join(told)}."
