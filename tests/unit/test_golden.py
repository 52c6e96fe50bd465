"""Whole redlines as files: tests/golden/CASE/{old.md,new.md,expected.*}.

After a change that is meant, write them anew with `GAZETTE_GOLDEN=write pytest
tests/unit/test_golden.py` and read the difference before it is committed. Every case has its JSON,
here with each block, run and note on a line of its own, and the text of the terminal; another form
is compared where its file stands.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gazette.forms import redline_html, redline_json, redline_markdown, redline_terminal
from gazette.text.english import ENGLISH
from gazette.text.frontmatter import body_of
from gazette.text.proof import prove
from gazette.text.reader import read_document
from gazette.text.redline import Redline, redline

GOLDEN = Path(__file__).parent.parent / "golden"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/old.md"))


def as_json(change: Redline) -> str:
    return lined(json.loads(redline_json.render(change, ENGLISH))["sections"])


def as_html(change: Redline) -> str:
    return redline_html.render(change, old_page="../old/", new_page="../new/")


def as_terminal(change: Redline) -> str:
    return redline_terminal.render(change, ENGLISH, colour=False, width=96)


FORMS: dict[str, Callable[[Redline], str]] = {
    "json": as_json,
    "txt": as_terminal,
    "html": as_html,
    "markdown": lambda change: redline_markdown.render(change, ENGLISH),
}
ALWAYS = ("json", "txt")


def lined(value: Any, indent: str = "") -> str:
    """Return JSON that can be read in a diff: sections, blocks, runs and notes begin a line."""
    if isinstance(value, dict) and any(isinstance(part, list) and part for part in value.values()):
        parts = [f"{json.dumps(key)}: {lined(part, indent)}" for key, part in value.items()]
        return "{" + (f",\n{indent} " if "blocks" in value else ", ").join(parts) + "}"
    if isinstance(value, list) and any(isinstance(part, list | dict) for part in value):
        inner = f"{indent}  "
        return "[\n" + ",\n".join(inner + lined(part, inner) for part in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


def cases_and_forms() -> list[tuple[str, str]]:
    return [
        (case, form)
        for case in CASES
        for form in FORMS
        if form in ALWAYS or (GOLDEN / case / f"expected.{form}").exists()
    ]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize(("case", "form"), cases_and_forms())
def test_redline_is_as_it_was(case: str, form: str) -> None:
    old, new = (
        read_document(body_of((GOLDEN / case / name).read_text("utf-8")))
        for name in ("old.md", "new.md")
    )
    change = redline(old, new)
    prove(change, old, new)
    actual = FORMS[form](change)
    expected = GOLDEN / case / f"expected.{form}"
    if os.environ.get("GAZETTE_GOLDEN") == "write":
        expected.write_text(actual.rstrip("\n") + "\n", "utf-8")
    assert actual.rstrip("\n") == expected.read_text("utf-8").rstrip("\n")
