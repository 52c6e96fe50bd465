"""No text runs a program on a reader's page or loads anything from elsewhere, in a real browser."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import hostile
from bench.payloads import Seen, addresses, build_batch, served, visitor
from commands import git, run
from gazette.text.reader import read_document

EACH = 15
"""Each so many-th payload; `bench.payloads` runs all of them, and public lists."""
SAMPLE = [*list(hostile.texts())[::EACH], *list(hostile.values())[::EACH]]
PAYLOADS = [(f"p{number:04}", payload) for number, payload in enumerate(SAMPLE)]
FRONT = "---\ntitle: T\nversion: 2026-10-01.v1\nupdated: 2026-10-01\n---\n\nWe keep data.\n"


def test_no_payload_runs_on_any_page(project: Path) -> None:
    refused, strict_fails, errors = build_batch(project, PAYLOADS)
    assert not errors
    assert strict_fails
    unmarked = [payload for name, payload in PAYLOADS if name not in refused]
    assert len(unmarked) < len(PAYLOADS) / 10
    assert not [
        payload for payload in unmarked if "<" in payload or read_document(payload).removals
    ]
    seen = Seen()
    with served(project / "site") as address, visitor(seen) as reader:
        for path in addresses(project / "site"):
            reader.visit(address + path)
    assert seen.pages > 3 * len(PAYLOADS)
    assert (seen.ran, seen.loaded) == (set(), set())


@pytest.mark.parametrize("name", [name for name in hostile.NAMES if "/" not in name])
def test_no_name_of_a_file_reaches_a_page_or_a_log(project: Path, name: str) -> None:
    (project / "docs" / "policies" / name).write_text(FRONT, "utf-8")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "A name")
    checked = run([sys.executable, "-c", "from gazette.cli import main; main()", "check"], project)
    result = run([sys.executable, "-m", "mkdocs", "build"], project)
    assert checked.returncode == 1
    assert result.returncode != 0
    for output in (checked.stdout, checked.stderr, result.stdout, result.stderr):
        assert "\x1b[31mred" not in output
        assert not [line for line in output.splitlines() if line.startswith("::")]
