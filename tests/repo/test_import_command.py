"""`gazette import`, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gazette.commands.import_policies import NEXT, import_policies
from gazette.commands.project import open_project
from gazette.errors import SourceError
from gazette.imports import workers
from gazette.problems import Code
from repositories import MKDOCS, Project, codes
from word_files import changed, docx, paragraph, picture, run

FIRST_PAGE = (
    "<h1>Terms</h1><p><a href='b.html#x'>Fees</a> "
    "<a href='https://shop.example/help/b'>b</a> <img src='map.png'> <a href='law.html'>Law</a></p>"
)
POLICY = "Returns\nVersion 2026-02-03.v1 Updated 2026-02-03\n\nSend it back.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path / "project").init()
    made.put("mkdocs.yml", MKDOCS)
    made.put("page.txt", POLICY)
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    return made


def typed(*words: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(import_policies, words, input=given, catch_exceptions=False)


def test_page(project: Project) -> None:
    result = typed("page.txt")
    assert result.exit_code == 0
    assert result.stdout == (
        "returns  2026-02-03.v1                     page.txt\n"
        "1 policy, 1 version\n"
        f"Written: 1 file.\n{NEXT}\n"
    )
    assert codes(project.gather()) == []
    again = typed("page.txt").stdout
    assert again.endswith("Nothing to write: all of this was brought in before.\n")


def test_standard_input(project: Project) -> None:
    result = typed("-", "--slug", "sending-back", given=POLICY)
    assert "sending-back  2026-02-03.v1" in result.stdout
    assert (project.policies / "sending-back.md").is_file()


def test_dry_run_writes_nothing(project: Project) -> None:
    result = typed("page.txt", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.endswith("Nothing was written. Leave out --dry-run to bring this in.\n")
    assert list(project.policies.iterdir()) == []


def test_dry_run_does_not_read_the_settings(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("mkdocs.yml is read, and with it the code that it names")

    monkeypatch.setattr("gazette.commands.project.read_settings", refuse)
    project.put("mkdocs.yml", "markdown_extensions: !!python/name:os.abort\n")
    assert typed("page.txt", "--dry-run").stdout.startswith("returns  2026-02-03.v1")


def test_dry_run_tells_what_stands_in_the_way(project: Project) -> None:
    project.write("returns", "2026-01-05.v1")
    with pytest.raises(SourceError, match="stands there already"):
        typed("page.txt", "--dry-run")


def test_history(project: Project, tmp_path: Path) -> None:
    source = Project(tmp_path / "source").init()
    for day, text in (("2026-01-05", "One."), ("2026-02-01", "Two."), ("2026-03-01", "Two.\n")):
        source.put("terms.md", f"# Terms\n\n{text}\n")
        source.commit(day)
    result = typed(str(source.root), "--git")
    assert result.exit_code == 0
    assert result.stderr == "Reading the history: 3 texts\nRecording the texts: 1 texts\n"
    assert result.stdout == (
        "terms  2 versions, 2026-01-05 to 2026-02-01.v1  terms.md\n"
        "1 policy, 2 versions; edits that change nothing visible, folded away: 1\n"
        f"Written: 2 files.\n{NEXT}\n"
    )


def test_a_dry_run_reads_a_history_on_all_cores(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "MIN_TEXTS", 1)
    monkeypatch.setattr(workers, "processors", lambda: 2)
    source = Project(tmp_path / "source").init()
    for day in ("2026-01-05", "2026-02-01"):
        source.put("terms.md", f"# Terms\n\nSince {day}.\n")
        source.put("fees.md", f"# Fees\n\nSince {day}. See [us](gone.md).\n")
        source.commit(day)
    result = typed(str(source.root), "--git", "--dry-run")
    assert "2 policies, 4 versions; left out: 2 places" in result.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("gone.txt",), "Path 'gone.txt' does not exist"),
        (("docs", "--slug", "terms"), "--slug names one policy, but a folder holds many."),
        (("page.txt", "--slug", "Terms!"), "'Terms!' is no address"),
        (("page.txt", "--git"), "--git and --only are for folders, and page.txt is none."),
        ((), "Missing argument 'SOURCE'"),
    ],
)
def test_wrong_usage(project: Project, words: tuple[str, ...], sentence: str) -> None:
    result = typed(*words)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_help_has_examples() -> None:
    assert "gazette import ../policies --git --dry-run" in typed("--help").stdout


def test_what_was_left_out_is_listed_and_reported(project: Project) -> None:
    project.put("page.txt", f"{POLICY}\nNeed help?\nWrite to us.\n")
    listed = "Left out: At the end: “Need help? Write to us.”. The site has a box"
    assert listed in typed("page.txt", "--dry-run", "--report", "left-out.md").stdout
    assert not Path("left-out.md").exists()
    result = typed("page.txt", "--report", "left-out.md")
    assert listed in result.stdout
    assert "1 policy, 1 version; left out: 1 place\n" in result.stdout
    assert "The list of what was left out stands in left-out.md.\n" in result.stdout
    assert "- At the end: “Need help? Write to us.”." in Path("left-out.md").read_text("utf-8")


def test_files_that_are_no_policies_stand_in_the_report(project: Project) -> None:
    project.put("old/page.txt", POLICY)
    project.put("old/a\nb.zip", b"PK")
    result = typed("old", "--report", "left-out.md")
    assert "Left out: a\\nb.zip (" in result.stderr
    report = Path("left-out.md").read_text("utf-8")
    assert "\n- a\\nb.zip: " in report
    assert "\n## page.txt\n" in report


def test_pages_of_a_folder_link_one_another_and_bring_their_images(project: Project) -> None:
    project.put("old/a.html", FIRST_PAGE)
    project.put("old/b.html", "<h1>Fees</h1><p>Three.</p>")
    (project.root / "old/map.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = typed("old", "--site", "https://shop.example/help/")
    assert result.exit_code == 0
    (image,) = (project.root / "docs/assets").iterdir()
    assert f"[Fees](fees.md#x) [b](fees.md) ![](../assets/{image.name})" in (
        project.policies / "terms.md"
    ).read_text("utf-8")
    assert "names no file" not in result.stdout
    dead = "2 dead links: “Fees” to fees.md#x (line 9), “Law” to law.html (line 9)"
    assert f"Left out: terms.md: {dead}. This help center has nothing there" in result.stdout


def test_pages_named_by_also_are_taken(project: Project) -> None:
    project.put("old/code-of-conduct.txt", "Conduct\n\nBe kind.\n")
    project.put("old/fees.txt", "Fees\n\nThree.\n")
    assert typed("old", "--dry-run").stdout.startswith("fees ")
    assert typed("old", "--dry-run", "--also", "code-of-conduct").stdout.startswith("conduct ")


def test_dead_links_let_a_strict_build_pass(project: Project) -> None:
    project.put("page.html", "<h1>Terms</h1><p><a href='gone.html'>Fees</a> <a href='/x'>x</a></p>")
    assert typed("page.html").exit_code == 0
    (note,) = open_project().findings()
    assert (note.code, note.hint) == (Code.SUPPRESSED, "It lets 2 findings pass.")


def test_images_of_a_word_file_come_with_it(project: Project) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 20
    file = project.root / "terms.docx"
    file.write_bytes(docx(paragraph("See ", picture("p", "A map"), "."), files={"p": png}))
    result = typed("terms.docx", "--slug", "terms")
    assert "Written: 2 files." in result.stdout
    images = list((project.policies.parent / "assets").iterdir())
    assert [image.read_bytes() for image in images] == [png]
    text = (project.policies / "terms.md").read_text("utf-8")
    assert f"![A map](../assets/{images[0].name})" in text


def test_tracked_changes_are_decided_by_an_option(project: Project) -> None:
    body = paragraph("We keep ", changed("del", run("some")), changed("ins", run("all")))
    (project.root / "terms.docx").write_bytes(docx(body))
    with pytest.raises(SourceError, match=r"terms.docx: It has tracked changes"):
        typed("terms.docx", "--slug", "terms", "--dry-run")
    result = typed("terms.docx", "--slug", "terms", "--changes", "reject")
    assert (
        "Left out: Throughout the text: tracked changes (1 deletion, 1 insertion)." in result.stdout
    )
    assert "We keep some" in (project.policies / "terms.md").read_text("utf-8")
