"""Findings of a review in four formats: for the terminal, GitHub, programs and code scanning."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import click

from gazette.forms.rule_pages import page_address, page_path
from gazette.problems import Code, Problem, Severity, printable

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
GITHUB_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True)
class Format:
    """How findings are written: `item` takes one and the address of its rule's page.

    `document` joins the items of all findings, which it gets with the repository's address.
    """

    item: Callable[[Problem, str], Any]
    document: Callable[[list[Any], Sequence[Problem], str], str]


def render(problems: Sequence[Problem], format_name: str, repository: str) -> str:
    """Return the findings in one of `FORMATS`, with links to the rules' pages in `repository`.

    Where that is empty, the command that shows the page is named.
    """
    form = FORMATS[format_name]
    items = [form.item(problem, page_address(problem.code, repository)) for problem in problems]
    return form.document(items, problems, repository)


def _terminal_lines(problem: Problem, page: str) -> str:
    word = click.style(problem.severity.value, fg=COLOURS[problem.severity], bold=True)
    numbers = [str(number) for number in (problem.line, problem.column) if number]
    location = ":".join([printable(problem.path), *numbers])
    hint = f"    {problem.hint}\n" if problem.hint else ""
    rule = click.style(f"    {page}", dim=True)
    return f"{location}: {word}: {problem.message} [{problem.code.label}]\n{hint}{rule}\n"


def _terminal_report(items: list[Any], problems: Sequence[Problem], _repository: str) -> str:
    if not problems:
        return "No problems found.\n"
    return f"{''.join(items)}{counts(problems)}\n"


def counts(problems: Sequence[Problem]) -> str:
    """Return how many problems of each severity there are: `1 error, 2 notes.`."""
    severities = [problem.severity for problem in problems]
    numbers = {severity: severities.count(severity) for severity in Severity}
    totals = [f"{n} {severity.value}{'s' * (n != 1)}" for severity, n in numbers.items() if n]
    return f"{', '.join(totals)}."


def _github_command(problem: Problem, page: str) -> str:
    """Return the workflow command that annotates the line in a pull request."""
    values = {
        "file": printable(problem.path),
        "line": problem.line or 1,
        "col": problem.column or None,
        "title": problem.code.label,
    }
    properties = ",".join(
        f"{key}={_github_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in values.items()
        if value
    )
    text = "\n".join(part for part in (problem.message, problem.hint, page) if part)
    return f"::{GITHUB_COMMANDS[problem.severity]} {properties}::{_github_escaped(text)}\n"


def _github_escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _json_record(problem: Problem, page: str) -> dict[str, Any]:
    fix = problem.fix
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.code.label,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "fix": {"length": fix.length, "text": fix.text} if fix else None,
        "page": page if "://" in page else page_path(problem.code),
    }


def _json_text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _sarif_result(problem: Problem, _page: str) -> dict[str, Any]:
    artifact = {"uri": quote(problem.path)}
    region = {"startLine": problem.line, "startColumn": problem.column}
    region = {key: number for key, number in region.items() if number}
    location: dict[str, Any] = {"artifactLocation": artifact}
    if problem.line:
        location["region"] = region
    result: dict[str, Any] = {
        "ruleId": problem.code.label,
        "level": problem.severity.value,
        "message": {"text": problem.advice},
        "locations": [{"physicalLocation": location}],
    }
    if problem.fix:
        line, column = problem.fix.end or (problem.line, problem.column + problem.fix.length)
        deleted = region | {"endColumn": column} | ({"endLine": line} if problem.fix.end else {})
        replacement = {"deletedRegion": deleted, "insertedContent": {"text": problem.fix.text}}
        change = {"artifactLocation": artifact, "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": problem.hint}, "artifactChanges": [change]}]
    return result


def _sarif_log(items: list[Any], problems: Sequence[Problem], repository: str) -> str:
    """Return one SARIF 2.1.0 run: the rules that found something, and what they found."""
    codes = sorted({problem.code for problem in problems}, key=lambda code: code.label)
    rules = [_sarif_rule(code, repository) for code in codes]
    results = [
        item | {"ruleIndex": codes.index(problem.code)}
        for item, problem in zip(items, problems, strict=True)
    ]
    run = {
        "tool": {"driver": {"name": "gazette", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return _json_text({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(code: Code, repository: str) -> dict[str, Any]:
    rule = {
        "id": code.label,
        "shortDescription": {"text": code.reason},
        "help": {"text": f"Run: {page_address(code, '')}"},
        "defaultConfiguration": {"level": code.review_severity.value},
    }
    return rule | ({"helpUri": page_address(code, repository)} if repository else {})


FORMATS = {
    "terminal": Format(_terminal_lines, _terminal_report),
    "github": Format(_github_command, lambda items, *_: "".join(items)),
    "json": Format(_json_record, lambda items, *_: _json_text(items)),
    "sarif": Format(_sarif_result, _sarif_log),
}
