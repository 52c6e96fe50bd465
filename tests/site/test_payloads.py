"""No text runs a program on a reader's page or loads anything from elsewhere, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser

import hostile
from bench.payloads import Part, Results
from commands import BUILD, GAZETTE, git, run
from gazette.text.reader import read_document
from visits import Seen, served, visitor

STEP = 83
"""Each so many-th payload; `bench.payloads` runs all of them, and public lists."""
SAMPLE = [*list(hostile.texts())[::STEP], *list(hostile.values())[::11]]
PAYLOADS = [(f"p{number:04}", payload) for number, payload in enumerate(SAMPLE)]
FRONT = "---\ntitle: T\nversion: 2026-10-01.v1\nupdated: 2026-10-01\n---\n\nWe keep data.\n"
NAMES = [name for name in hostile.NAMES if "/" not in name]
NOTICED = {
    "runs": "<img src=missing.png onerror=alert(1)>",
    "asks": "<script src=https://evil.invalid/x.js></script>",
    "stands": "<p onscroll=x>text</p>",
    "leads": "<meta http-equiv=refresh content='0;url=calm.html'>",
    "calm": "<p>text</p>",
}
"""What pages do, and how."""


def test_a_visitor_notices_what_pages_do(tmp_path: Path, browser: Browser) -> None:
    seen = Seen()
    for name, html in NOTICED.items():
        (tmp_path / f"{name}.html").write_text(f"<body>{html}")
    with served(tmp_path) as address, visitor(browser, seen) as reader:
        for name in NOTICED:
            reader.visit(f"{address}{name}.html")
    ran = {note.rpartition(".html ")[0].rpartition("/")[2] for note in seen.ran}
    assert ran == {"runs", "stands", "leads"}
    assert [note.endswith("https://evil.invalid/x.js") for note in seen.loaded] == [True]


def test_a_page_that_never_rests_is_left(tmp_path: Path, browser: Browser) -> None:
    seen = Seen()
    (tmp_path / "busy.html").write_text("<script>for (;;) {}</script>")
    with served(tmp_path) as address, visitor(browser, seen, patience=500) as reader:
        reader.visit(f"{address}busy.html")
    assert len(seen.ran) == 1


def test_no_payload_runs_on_any_page(project: Path, browser: Browser) -> None:
    seen, results = Seen(), Results()
    with visitor(browser, seen) as reader:
        results.add_batch(project, PAYLOADS, reader)
    assert results.failures == []
    assert (seen.ran, seen.loaded) == (set(), set())
    assert seen.pages > 4 * len(PAYLOADS)
    for name, payload in PAYLOADS:
        if read_document(payload).removals:
            assert Part(name, is_front=False) in results.by_check & results.when_strict, payload


def test_names_in_the_settings_are_letters(project: Path, browser: Browser) -> None:
    name = """'"><img src=missing.png onerror=alert(1)>'"""
    config = project / "mkdocs.yml"
    text = re.sub(
        r"^( *)(site_name|name): Help Center", rf"\1\2: {name}", config.read_text(), flags=re.M
    )
    text = re.sub(r"^site_description: .*", f"site_description: {name}", text, flags=re.M)
    text += f"site_author: {name}\ncopyright: {name}\n"
    config.write_text(f"{text}repo_url: https://github.com/example/example\nrepo_name: {name}\n")
    built = run(BUILD, project)
    assert built.returncode == 0, built.stderr
    seen = Seen()
    with served(project / "site") as address, visitor(browser, seen) as reader:
        for path in ("", "404.html", "policies/cookie-policy/", "?q=policy"):
            reader.visit(address + path)
        assert "onerror" in reader.words(".md-header__topic")
    assert (seen.ran, seen.loaded) == (set(), set())


def test_no_name_of_a_file_reaches_a_page_or_a_log(project: Path) -> None:
    for name in NAMES:
        (project / "docs" / "policies" / name).write_text(FRONT, "utf-8")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "Names")
    checked = run([*GAZETTE, "check"], project)
    built = run(BUILD, project)
    assert checked.returncode == 1
    assert built.returncode != 0
    for output in (checked.stdout + checked.stderr, built.stdout + built.stderr):
        assert all(f"policies/{_printed(name)}" in output for name in NAMES)
        assert "\x1b[31mred" not in output
        assert not [line for line in output.splitlines() if line.startswith("::")]


def _printed(name: str) -> str:
    """Return a file's name as messages show it, a control character by its number."""
    return name.replace("\x1b", "\\x1b").replace("\n", "\\n")
