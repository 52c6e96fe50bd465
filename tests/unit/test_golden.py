"""Whole redlines in every form, as files: tests/golden/CASE/{old.md,new.md,expected.*}.

After a change that is meant, write them anew with `GAZETTE_GOLDEN=write pytest
tests/unit/test_golden.py` and read the difference before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.forms import redline_html, redline_json, redline_markdown, redline_terminal
from gazette.text.document import read_document
from gazette.text.frontmatter import body_of
from gazette.text.proof import prove
from gazette.text.redline import Redline, redline

GOLDEN = Path(__file__).parent.parent / "golden"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/old.md"))


def as_html(change: Redline) -> str:
    return redline_html.render(change, old_page="../old/", new_page="../new/")


def as_terminal(change: Redline) -> str:
    return redline_terminal.render(change, colour=False)


FORMS: dict[str, Callable[[Redline], str]] = {
    "json": redline_json.render,
    "html": as_html,
    "markdown": redline_markdown.render,
    "txt": as_terminal,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES)
def test_redline_is_as_it_was(case: str, form: str) -> None:
    old, new = (
        read_document(body_of((GOLDEN / case / name).read_text("utf-8")))
        for name in ("old.md", "new.md")
    )
    change = redline(old, new)
    prove(change, old, new)
    expected = GOLDEN / case / f"expected.{form}"
    if os.environ.get("GAZETTE_GOLDEN") == "write":
        expected.write_text(FORMS[form](change), "utf-8")
    assert FORMS[form](change) == expected.read_text("utf-8")
