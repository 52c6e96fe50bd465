"""`gazette diff OLD.md NEW.md`: forms, choices, and sentences instead of tracebacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gazette.cli import main


@pytest.fixture
def texts(tmp_path: Path) -> list[str]:
    (tmp_path / "old.md").write_text(
        "---\ntitle: x\n---\n# Fees\n\nPay in 30 days.\n\n# Rest\n\nSame.\n"
    )
    (tmp_path / "new.md").write_text("# Fees\n\nPay in 14 days.\n\n# Rest\n\nSame.\n")
    return [str(tmp_path / "old.md"), str(tmp_path / "new.md")]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments], catch_exceptions=False)


def test_terminal_without_colour_marks_words_with_brackets(texts: list[str]) -> None:
    result = run(*texts)
    assert "Pay in [-30-]{+14+} days." in result.output
    assert "\x1b" not in result.output


def test_stat_is_a_line_for_each_changed_section(texts: list[str]) -> None:
    assert run(*texts, "--stat").output == (
        "amended   Fees +1 -1 words\n1 unchanged, 1 amended, 0 added, 0 removed\n"
    )


def test_json_has_the_published_shape(texts: list[str]) -> None:
    sections = json.loads(run(*texts, "--format", "json").output)["sections"]
    assert [section["status"] for section in sections] == ["amended", "unchanged"]
    assert sections[0]["blocks"][1]["runs"] == [
        ["=", "Pay in "],
        ["-", "30"],
        ["+", "14"],
        ["=", " days."],
    ]
    assert sections[0]["old"] == {
        "index": 1,
        "level": 1,
        "number": "",
        "heading": "Fees",
        "anchor": "fees",
    }


def test_one_section(texts: list[str]) -> None:
    sections = json.loads(run(*texts, "--format", "json", "--section", "2").output)["sections"]
    assert [section["new"]["heading"] for section in sections] == ["Rest"]


def test_markdown_and_html(texts: list[str]) -> None:
    assert "<del>30</del><ins>14</ins>" in run(*texts, "--format", "markdown").output
    assert "</del> <ins>" in run(*texts, "--format", "html").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.md", "else.md"], "There is no file nowhere.md."),
    ],
)
def test_bad_arguments_end_with_a_sentence(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_files_are_compared_without_reading_the_settings(
    texts: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("mkdocs.yml is read, and with it the code that it names")

    monkeypatch.setattr("gazette.commands.project.read_settings", refuse)
    (tmp_path / "mkdocs.yml").write_text("hooks: [code.py]\n")
    monkeypatch.chdir(tmp_path)
    assert run("old.md", "new.md").exit_code == 0


def test_a_section_that_is_not_there(texts: list[str]) -> None:
    result = run(*texts, "--section", "9")
    assert (result.exit_code, result.output) == (
        2,
        "gazette: The new text has no section 9; its last one is 2.\n",
    )


def test_a_file_that_is_not_utf8(texts: list[str], tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes(b"caf\xe9")
    result = run(texts[0], str(tmp_path / "bad.md"))
    assert result.exit_code == 2
    assert "is not saved as UTF-8. Save it again" in result.output


def test_what_matters_is_read_in_the_language_of_the_front_matter(tmp_path: Path) -> None:
    old, new = tmp_path / "alt.md", tmp_path / "neu.md"
    old.write_text("---\nlang: de\n---\n\nHunde dürfen in den Saal.\n", "utf-8")
    new.write_text("---\nlang: de\n---\n\nHunde dürfen nicht in den Saal.\n", "utf-8")
    for name in ("terminal", "json", "markdown", "html"):
        shown = run(str(old), str(new), "--format", name).output
        assert "rohibition" in shown, name


@pytest.mark.parametrize(
    ("old", "new", "topic"),
    [
        ("Wir löschen es nach drei Jahren.", "Wir löschen es nach zehn Jahren.", "Period"),
        ("Le client paie dans les trente jours.", "Le client paie dans les vingt jours.", "Period"),
        ("No cedemos las llaves a la gente.", "Cedemos las llaves a la gente.", "Denial"),
        ("We delete it after three years.", "We delete it after ten years.", "Period"),
    ],
)
def test_without_front_matter_the_small_words_tell_the_language(
    tmp_path: Path, old: str, new: str, topic: str
) -> None:
    paths = [tmp_path / "old.md", tmp_path / "new.md"]
    for path, text in zip(paths, (old, new), strict=True):
        path.write_text(f"# A\n\n{text}\n", "utf-8")
    assert f"- {topic}" in run(*map(str, paths), "--format", "markdown").output
