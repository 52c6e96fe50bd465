"""Findings as SARIF 2.1.0, the form that code scanning and editors take in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from gazette.forms.rule_pages import page_of, path_of
from gazette.problems import Code, Problem

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(problems: Sequence[Problem], repository: str) -> str:
    """Return one run with the rules that found something and what they found."""
    codes = sorted({one.code for one in problems}, key=lambda code: code.label)
    driver = {"name": "gazette", "rules": [_rule(code, repository) for code in codes]}
    results = [_result(one, codes.index(one.code)) for one in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(code: Code, repository: str) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": code.label,
        "shortDescription": {"text": code.reason},
        "help": {"text": f"Read {path_of(code)}."},
        "defaultConfiguration": {"level": code.review.value},
    }
    return rule | ({"helpUri": page_of(code, repository)} if repository else {})


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _artifact(problem)}
    if problem.line:
        location["region"] = _region(problem)
    result: dict[str, Any] = {
        "ruleId": problem.code.label,
        "ruleIndex": rule,
        "level": problem.code.review.value,
        "message": {"text": f"{problem.message} {problem.hint}".strip()},
        "locations": [{"physicalLocation": location}],
    }
    return result | ({"fixes": [_fix(problem)]} if problem.mend else {})


def _artifact(problem: Problem) -> dict[str, str]:
    return {"uri": quote(problem.path)}


def _region(problem: Problem) -> dict[str, int]:
    return {
        "startLine": problem.line,
        **({"startColumn": problem.column} if problem.column else {}),
    }


def _fix(problem: Problem) -> dict[str, Any]:
    assert problem.mend is not None
    region = _region(problem) | {"endColumn": problem.column + problem.mend.length}
    replacement = {"deletedRegion": region, "insertedContent": {"text": problem.mend.text}}
    change = {"artifactLocation": _artifact(problem), "replacements": [replacement]}
    return {"description": {"text": problem.hint}, "artifactChanges": [change]}
