"""A text that cannot be published stops a check and a strict build: in a sentence, in no crash."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

import markdown
import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from gazette.cli import main
from gazette.problems import Code
from repositories import Project, text

DAY = "2026-03-01"
WORD = "unreadable"
"""The library that renders ends in an error at this word: no text is known that makes it."""
BODY = f"Thirty days, {WORD}.\n"
SOURCE = text(f"{DAY}.v1", BODY, title="Returns")
ENGINE = Path(__file__).parents[2]
FAULTS: dict[Code, str | bytes] = {
    Code.ENCODING: SOURCE.replace("days", "d\xe9lais").encode("latin-1"),
    Code.CONFLICT: f"{SOURCE}\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n",
    Code.BOUNDS: f"{SOURCE}\n{'> ' * 600}x\n",
    Code.FRONT_MATTER: SOURCE.replace("title: Returns", "title: {"),
    Code.UNKNOWN_KEY: SOURCE.replace("title: Returns", "title: Returns\nowner: Legal"),
    Code.DUPLICATE_KEY: SOURCE.replace("title: Returns", "title: Returns\ntitle: Refunds"),
    Code.MISSING_KEY: SOURCE.replace(f"updated: {DAY}\n", ""),
    Code.INVALID_VALUE: SOURCE.replace("title: Returns", "title: [Returns]"),
    Code.VERSION_DATE: SOURCE.replace(f"updated: {DAY}", "updated: 2026-03-02"),
    Code.EFFECTIVE_DATE: SOURCE.replace("title:", "effective: 2026-02-01\ntitle:"),
    Code.FUTURE_VERSION: SOURCE.replace(DAY, "2029-03-01"),
    Code.RAW_HTML: SOURCE.replace(WORD, "<iframe src=x></iframe>"),
    Code.TRANSLATION: SOURCE.replace("title:", "translates: 2026-01-01.v1\ntitle:"),
    Code.UNPROVED: SOURCE,
}
"""A text for each code that a build tells of a text alone."""
NOT_OF_A_TEXT = {
    # of a file's name, of the project, or of its history
    *(Code.ARCHIVE, Code.ARCHIVE_ADDITION, Code.FILE_TYPE, Code.LOST_ADDRESS, Code.MISSING_VERSION),
    *(Code.NO_HISTORY, Code.PLAIN_FILE, Code.READING, Code.RESERVED_ADDRESS, Code.SAMPLE),
    *(Code.SETTING, Code.SITE_ADDRESS, Code.SLUG, Code.STRICT_BUILD, Code.TRACKED_CACHE),
    *(Code.SILENT_EDIT, Code.VERSION_ORDER, Code.MISSING_SUMMARY, Code.UNSURE_LINEAGE),
    # of what reviews look at, and builds do not
    *(Code.BROKEN_LINK, Code.CONTINUES, Code.DEFINED_TWICE, Code.DUPLICATE_ID),
    *(Code.EDITORIAL_CHANGE,),
    *(Code.HEADING_NUMBER, Code.HIDDEN_CHARACTER, Code.LOOK_ALIKE, Code.LOST_ANCHOR),
    *(Code.NOTICE_PERIOD, Code.NOT_SHOWN, Code.PLACEHOLDER, Code.RENDERS_DIFFERENTLY),
    *(Code.REQUIRED_HEADING, Code.SECTION_REFERENCE, Code.STALE_TRANSLATION, Code.SUPPRESSED),
    *(Code.SUPPRESSION, Code.UNKNOWN_SECTION, Code.UNTRANSLATED_CHANGE),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A help center whose texts may not hold `WORD`."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")  # 2026-11-23
    convert = markdown.Markdown.convert

    def convert_or_fail(self: markdown.Markdown, source: str) -> Any:
        if WORD in source and "    " + BODY not in f"{source}\n":
            raise ValueError(f"{WORD} here")
        return convert(self, source)

    monkeypatch.setattr(markdown.Markdown, "convert", convert_or_fail)
    project = Project(tmp_path / "project").init()
    project.put("docs/index.md", "# Help\n")
    for path in ("mkdocs.yml", "hooks/help_center.py"):
        project.put(path, (ENGINE / path).read_bytes())
    for path in ("docs/assets", "hooks/theme"):
        shutil.copytree(ENGINE / path, project.root / path)
    monkeypatch.chdir(project.root)
    return project


def checked() -> str:
    """Check the project; return what is printed. A crash would be raised."""
    result = CliRunner().invoke(main, ["check"], catch_exceptions=False)
    assert result.exit_code == 1, result.output
    return result.output


def test_every_code_is_known_here() -> None:
    assert not FAULTS.keys() & NOT_OF_A_TEXT
    assert FAULTS.keys() | NOT_OF_A_TEXT == set(Code)


@pytest.mark.parametrize("code", FAULTS, ids=lambda code: code.label)
def test_a_fault_of_a_text_is_reported(
    project: Project, code: Code, caplog: pytest.LogCaptureFixture
) -> None:
    project.put("docs/policies/returns.md", FAULTS[code])
    project.commit(DAY)
    assert f"[{code.label}]" in checked()
    with caplog.at_level(logging.ERROR), pytest.raises(Abort):
        build(load_config(str(project.root / "mkdocs.yml"), strict=True))
    assert f"[{code.label}]" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("code", [Code.CONFLICT, Code.ENCODING], ids=lambda code: code.label)
def test_of_a_file_at_fault_nothing_else_is_read(project: Project, code: Code) -> None:
    """What is told first hides that the text nests deeper than the host can read."""
    source = FAULTS[code]
    data = source if isinstance(source, bytes) else source.encode()
    project.put("docs/policies/returns.md", data + b"\n" + b"> " * 600 + b"x\n")
    project.commit(DAY)
    assert f"[{code.label}]" in checked()


def test_a_text_in_force_that_cannot_be_read_waits_for_the_next(project: Project) -> None:
    """It was published before; what would replace it can still be checked."""
    project.write("returns", f"{DAY}.v1", BODY, title="Returns")
    project.commit(DAY)
    waits = {"title": "Returns", "summary": "Shorter.", "effective": "2027-01-01"}
    project.write("returns", "2026-11-20.v1", "Ten days.\n", **waits)
    project.commit("2026-11-20")
    result = CliRunner().invoke(main, ["check"], catch_exceptions=False)
    assert (result.exit_code, result.output.count("error")) == (0, 0), result.output
