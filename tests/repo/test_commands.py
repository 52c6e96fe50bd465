"""The commands as their users type them: what they say, how they end, what they write."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gazette.cli import main
from gazette.commands import group
from gazette.commands.group import MODULES
from gazette.errors import RedlineError
from gazette.problems import Code
from gazette.record import archive
from gazette.record.archive import Archive, FileVisitor
from gazette.text import frontmatter
from gazette.text.frontmatter import json_schema
from repositories import MKDOCS, Project

SLUG = "privacy-policy"
FIRST, SECOND, THIRD = "2026-01-05.v1", "2026-02-01.v1", "2026-03-01.v1"
RETENTION = "We keep your data.\n\n## 1. Retention\n\nThirty days after you leave us.\n"
TODAY = "1795392000"  # 2026-11-23


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = Project(tmp_path / "project").init()
    project.put("mkdocs.yml", MKDOCS)
    project.post(SLUG, FIRST, RETENTION)
    project.post(
        SLUG,
        SECOND,
        RETENTION.replace("1. Retention", "1. Scope\n\nFor everybody.\n\n## 2. Retention Period"),
        summary="Says whom it concerns.",
    )
    monkeypatch.chdir(project.root / "docs")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    return project


def gazette(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words), catch_exceptions=True, prog_name="gazette")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def edit(project: Project, old: str, new: str) -> None:
    path = project.policies / f"{SLUG}.md"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_every_command_has_help_with_examples() -> None:
    for word in MODULES:
        result = gazette(word, "--help")
        assert result.exit_code == 0
        assert f"gazette {word}" in result.output.split("Examples:")[1]


def test_the_help_of_all_names_every_command_and_says_what_it_does() -> None:
    lines = gazette("--help").output.partition("\nCommands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == sorted(MODULES)
    assert not [line for line in lines if line.endswith("...")]  # no sentence is cut
    folder = Path(group.__file__).parent
    commands = {file.stem for file in folder.glob("*.py") if "@click.command" in file.read_text()}
    assert commands == set(MODULES.values())


@pytest.mark.parametrize(
    "words",
    [
        ("relaese",),
        ("release",),
        ("release", SLUG, "--date", "soon"),
        ("release", "no-such-policy"),
        ("log", "no-such-policy"),
        ("diff", "no-such-policy"),
        ("report",),
        ("report", "--base", "main", "--preview", "javascript:x"),
        ("report", "--base", "no-such-branch"),
        ("status", "--wrong"),
    ],
)
def test_wrong_usage_is_2(project: Project, words: tuple[str, ...]) -> None:
    assert gazette(*words).exit_code == 2


def test_outside_a_help_center(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = gazette("status")
    assert result.exit_code == 2
    assert "There is no help center here" in result.output


@pytest.mark.parametrize(
    ("number", "hint"), [(errno.EACCES, "Allow it"), (errno.ENOSPC, "Free some space")]
)
def test_what_the_machine_refuses_is_a_sentence(
    project: Project, monkeypatch: pytest.MonkeyPatch, number: int, hint: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), "docs/policies/other.md")

    monkeypatch.setattr("gazette.commands.new.create_policy", refuse)
    result = gazette("new", "Other")
    assert (result.exit_code, result.stderr) == (
        2,
        f"gazette: docs/policies/other.md cannot be read or written: {os.strerror(number)}. "
        f"{hint}, then do this again.\n",
    )


def test_a_misspelt_policy_is_guessed(project: Project) -> None:
    assert "Did you mean privacy-policy?" in gazette("log", "privacy-polcy").output


def test_the_file_names_the_policy_too(project: Project) -> None:
    assert gazette("log", f"docs/policies/{SLUG}.md").output == gazette("log", SLUG).output


def test_schema() -> None:
    assert json.loads(gazette("schema").output) == json_schema()


def test_release_shows_the_redline_and_says_what_it_did(project: Project) -> None:
    edit(project, "Thirty", "Ninety")
    result = gazette("release", SLUG, "--summary", "Ninety days.")
    assert result.exit_code == 0
    assert "[-Thirty-]{+Ninety+}" in result.output
    assert "Privacy Policy is now version 2026-11-23.v1.\n" in result.output
    assert f"Archived: versions/{SLUG}/{SECOND}.md\n" in result.output
    assert "A review will find" not in result.output


def test_release_writes_nothing_that_a_review_would_refuse(project: Project) -> None:
    edit(project, "Thirty", "Ninety")
    before = project.git("status", "--porcelain"), (project.policies / f"{SLUG}.md").read_text()
    result = gazette("release", SLUG, "--editorial")
    assert result.exit_code == 1
    assert "Nothing was written." in result.output
    assert "[editorial-change]" in result.output
    after = project.git("status", "--porcelain"), (project.policies / f"{SLUG}.md").read_text()
    assert after == before


def test_release_tells_what_stops_nothing(project: Project) -> None:
    edit(project, "## 2. Retention Period", "## 4. Retention Period")
    result = gazette("release", SLUG, "--summary", "Another number.")
    assert result.exit_code == 0, result.output
    assert "A review will tell this:" in result.output
    assert "[heading-number]" in result.output


def test_release_refuses_with_a_reason(project: Project) -> None:
    result = gazette("release", SLUG)
    assert result.exit_code == 1
    assert "Nothing changed for readers" in result.output
    edit(project, "Thirty", "Ninety")
    result = gazette("release", SLUG)
    assert result.exit_code == 1
    assert "--summary" in result.output
    edit(project, "title:", "titel:")
    result = gazette("release", SLUG)
    assert result.exit_code == 1
    assert "Did you mean `title`?" in result.output


def test_new_is_valid_and_overwrites_nothing(project: Project) -> None:
    result = gazette("new", "Refunds & Returns: Policy")
    assert result.exit_code == 0, result.output
    path = project.policies / "refunds-and-returns-policy.md"
    metadata, problems = frontmatter.read_metadata("x.md", path.read_text())
    assert problems == []
    assert metadata
    assert (metadata.title, str(metadata.version)) == ("Refunds & Returns: Policy", "2026-11-23.v1")
    assert project.gather().problems == ()
    path.write_text("Mine.")
    assert gazette("new", "Refunds & Returns: Policy").exit_code == 1
    assert path.read_text() == "Mine."


def test_every_hint_of_a_new_policy_works_once_its_mark_is_taken_away(project: Project) -> None:
    gazette("new", "Refunds")
    path = project.policies / "refunds.md"
    for key in ("effective", "description", "category"):
        assert f"\n# {key}: " in path.read_text()
        path.write_text(path.read_text().replace(f"\n# {key}: ", f"\n{key}: "))
    assert frontmatter.read_metadata("x.md", path.read_text())[1] == []


@pytest.mark.parametrize("title", ["", "   ", "\ufeff", "\u200b", "隐私政策", "!!!"])
def test_a_title_without_a_file_name_asks_for_one(project: Project, title: str) -> None:
    result = gazette("new", title)
    assert result.exit_code == 1
    assert "--slug privacy-policy" in result.output


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Política de Privacidad", "politica-de-privacidad"),
        ("Terms & Conditions", "terms-and-conditions"),
    ],
)
def test_the_file_name_of_a_title(project: Project, title: str, slug: str) -> None:
    assert f"docs/policies/{slug}.md" in gazette("new", title).output


def test_a_title_that_nobody_sees_is_refused(project: Project) -> None:
    assert gazette("new", "\u200b", "--slug", "refunds").exit_code == 1


def test_a_name_that_was_published_is_taken(project: Project) -> None:
    project.post("cookies", FIRST)
    project.delete("cookies")
    project.commit("2026-03-01")
    result = gazette("new", "Cookies")
    assert result.exit_code == 1
    assert "retired on 2026-03-01" in result.output
    project.post("data-policy", FIRST, formerly="[old-policy]")
    assert "was called before" in gazette("new", "Old Policy").output


def test_a_new_translation_says_what_it_translates(project: Project) -> None:
    result = gazette("new", "Datenschutz", "--slug", f"de/{SLUG}")
    assert result.exit_code == 0, result.output
    path = project.policies / f"de/{SLUG}.md"
    assert f"\ntranslates: {SECOND}\n" in path.read_text()
    assert "$schema=../../../.vscode/policy.schema.json" in path.read_text()
    path.write_text(path.read_text() + "\n## 1. Aufbewahrung\n\nDreißig Tage.\n", "utf-8")
    assert project.gather().problems == ()
    assert "no policy cookies" in gazette("new", "Cookies", "--slug", "de/cookies").output
    for slug in (f"old/{SLUG}", f"DE/{SLUG}", f"../{SLUG}", f"de/../{SLUG}", f"/de/{SLUG}"):
        refused = gazette("new", "Datenschutz", "--slug", slug)
        assert refused.exit_code == 1
        assert "--slug de/privacy-policy" in refused.output


def test_a_translation_is_released_like_its_original(project: Project) -> None:
    front = {"title": "Datenschutz", "translates": FIRST}
    project.post(f"de/{SLUG}", "2026-01-06.v1", "Dreißig Tage.\n", **front)
    path = project.policies / f"de/{SLUG}.md"
    raised = path.read_text("utf-8").replace(f"translates: {FIRST}", f"translates: {SECOND}")
    path.write_text(raised.replace("Dreißig", "Neunzig"), "utf-8")
    result = gazette("release", f"de/{SLUG}", "--summary", "Länger.")
    assert result.exit_code == 0, result.output
    assert f"versions/de/{SLUG}/2026-01-06.v1.md" in result.output
    assert f"\ntranslates: {SECOND}\n" in path.read_text("utf-8")
    assert "\nversion: 2026-11-23.v1\n" in path.read_text("utf-8")
    assert "Datenschutz" in gazette("log", f"docs/policies/de/{SLUG}.md").output
    assert f"de/{SLUG}" in gazette("status").output


def test_a_release_is_judged_in_its_language(project: Project) -> None:
    project.post("datenschutz", FIRST, "Sie dürfen jederzeit kündigen.\n", lang="de")
    path = project.policies / "datenschutz.md"
    path.write_text(path.read_text("utf-8").replace("dürfen", "müssen"), "utf-8")
    result = gazette("release", "datenschutz", "--summary", "Pflicht.")
    assert result.exit_code == 0, result.output
    assert "What matters first\n  - Duty: Sie [-dürfen-]" in result.output


def test_log_lists_versions_newest_first(project: Project) -> None:
    lines = gazette("log", SLUG).output.splitlines()
    assert lines[0] == "Privacy Policy: 2 versions, newest first"
    assert lines[2:5] == [
        f"{SECOND}  in force",
        "  Says whom it concerns.",
        "  1 section amended, 1 added, 1 renamed, 1 renumbered.",
    ]
    assert lines[6:] == [f"{FIRST}  superseded", "  First version."]


def test_log_of_the_newest_versions_only(project: Project) -> None:
    output = gazette("log", SLUG, "--newest", "1").output
    assert SECOND in output
    assert FIRST not in output


@pytest.mark.parametrize(
    "section",
    [
        *("2", "Section 2", "Retention Period", "#2-retention-period", "2. retention period"),
        *("1. Retention", "#1-retention", "1-retention"),
    ],
)
def test_log_tells_the_life_of_a_section(project: Project, section: str) -> None:
    result = gazette("log", SLUG, "--section", section)
    lines = result.output.splitlines()
    assert lines[0] == "Section 2, Retention Period, of Privacy Policy, newest change first"
    assert lines[1] == "ID for ever: 1-retention"
    assert f"{SECOND}  amended, was called “Retention”, was number 1" in lines
    assert lines[-3:] == [
        f"{FIRST}  first wording",
        "  1. Retention",
        "  Thirty days after you leave us.",
    ]


def test_a_section_that_was_dropped_and_restored_is_one(project: Project) -> None:
    project.post(SLUG, THIRD, "We keep your data.\n", summary="Shorter.")
    project.post(SLUG, "2026-04-01.v1", RETENTION, summary="Longer.")
    lines = gazette("log", SLUG, "--section", "Retention").output.splitlines()
    events = [line.partition("  ")[2] for line in lines if line.startswith("2026")]
    assert events[:2] == ["restored", "is removed"]
    assert events[-1] == "first wording"


def test_a_section_that_never_was(project: Project) -> None:
    result = gazette("log", SLUG, "--section", "Cookies")
    assert result.exit_code == 2
    assert "1. Scope, 2. Retention Period" in result.output


def test_status(project: Project) -> None:
    project.write("terms", "2026-11-20.v1")
    edit(project, "Thirty", "Ninety")
    lines = gazette("status").output.splitlines()
    assert lines[:4] == [
        f"privacy-policy  {SECOND}  in force since 2026-02-01",
        "                unreleased edits: 1 section amended "
        "(release them: gazette release privacy-policy)",
        "terms           not released yet",
        "                new policy “Privacy Policy”, version 2026-11-20.v1",
    ]
    assert f"  versions/privacy-policy/{FIRST}.md" in lines
    assert lines[-1] == "1 error. Run gazette check."


def test_status_lists_a_policy_that_cannot_be_read(project: Project) -> None:
    (project.policies / f"{SLUG}.md").write_bytes("---\ntitle: x\n---\n".encode("utf-16"))
    result = gazette("status")
    assert (result.exit_code, result.output) == (
        0,
        f"{SLUG}  cannot be read: see what gazette check says\n\n1 error. Run gazette check.\n",
    )


def test_status_of_what_is_upcoming(project: Project) -> None:
    project.post(SLUG, THIRD, RETENTION, effective="2027-01-01", summary="Later.")
    output = gazette("status").output
    assert (
        f"{SECOND}  in force since 2026-02-01; {THIRD}  upcoming, applies from 2027-01-01" in output
    )


@pytest.mark.parametrize(
    ("ends", "shown"),
    [
        ((), "{+1. Scope+}"),
        ((FIRST,), "{+1. Scope+}"),
        (("2026-01-05", "2026-02-01"), "{+1. Scope+}"),
        ((SECOND, FIRST), "[-1. Scope-]"),
    ],
)
def test_diff_of_versions(project: Project, ends: tuple[str, ...], shown: str) -> None:
    result = gazette("diff", SLUG, *ends)
    assert result.exit_code == 0, result.output
    assert shown in result.output


def test_diff_of_versions_names_what_changed_in_the_metadata(project: Project) -> None:
    (project.policies / f"{SLUG}.md").write_text(
        "---\ntitle: Data <b>\nversion: 2026-03-01.v1\nupdated: 2026-03-01\n"
        f"summary: A title.\ndescription: Of data\n---\n{RETENTION}"
    )
    lines = gazette("diff", SLUG, FIRST).output.splitlines()
    assert lines[:4] == [
        "title: “Data <b>” instead of “Privacy Policy”",
        "updated: “2026-03-01” instead of “2026-01-05”",
        "effective: “2026-03-01” instead of “2026-01-05”",
        "summary: “A title.” instead of nothing",
    ]
    assert gazette("diff", SLUG, FIRST, "--stat").output.startswith(lines[0])
    record = json.loads(gazette("diff", SLUG, FIRST, "--format", "json").output)
    assert record["metadata"][-1] == {"key": "description", "old": "", "new": "Of data"}
    html = gazette("diff", SLUG, FIRST, "--format", "html").output
    assert "<li>title: <del>Privacy Policy</del> <ins>Data &lt;b&gt;</ins></li>" in html
    assert "- title: <del>" in gazette("diff", SLUG, FIRST, "--format", "markdown").output
    assert "title:" not in gazette("diff", SLUG, FIRST, "--section", "1").output


@pytest.mark.parametrize(
    "words", [("diff",), ("log",), ("log", "--section", "2"), ("release",), ("status",)]
)
def test_what_cannot_be_proved_is_named(
    project: Project, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project, "Thirty", "Ninety")

    def refuse(*_: object, **__: object) -> None:
        raise RedlineError("The redline lacks a word.")

    monkeypatch.setattr("gazette.text.comparison.Comparer.compare", refuse)
    result = gazette(words[0], *(() if words[0] == "status" else (SLUG,)), *words[1:])
    assert result.exit_code == 2
    assert result.output.startswith(f"gazette: {SLUG}, {FIRST} to {SECOND}: ") or (
        result.output.startswith(f"gazette: {SLUG}, {SECOND} to {SECOND}: ")
    )
    assert "The redline lacks a word." in result.output


def test_diff_shows_the_unreleased_edit(project: Project) -> None:
    edit(project, "Thirty", "Ninety")
    assert "[-Thirty-]{+Ninety+}" in gazette("diff", SLUG).output
    assert "[-Thirty-]{+Ninety+}" in gazette("diff", SLUG, SECOND).output


def test_diff_of_files(project: Project) -> None:
    project.put("old.md", "Thirty days.\n")
    project.put("new.md", "Ninety days.\n")
    files = str(project.root / "old.md"), str(project.root / "new.md")
    assert "[-Thirty-]{+Ninety+}" in gazette("diff", *files).output
    assert (
        "<del>Thirty</del><ins>Ninety</ins>"
        in gazette("diff", *files, "--format", "markdown").output
    )
    project.put("new.md", "Caf\xe9".encode("latin-1"))
    assert gazette("diff", *files).exit_code == 2
    assert "not saved as UTF-8" in gazette("diff", *files).output
    assert "There is no file" in gazette("diff", files[0], "gone.md").output


def test_diff_of_a_version_that_never_was(project: Project) -> None:
    result = gazette("diff", SLUG, "2020-01-01.v1")
    assert result.exit_code == 2
    assert f"There are: {FIRST}, {SECOND}." in result.output


def test_shells_complete_words_and_policies(project: Project) -> None:
    def completed(typed: str) -> list[str]:
        words = typed.split(" ")
        environment = {
            **os.environ,
            "_GAZETTE_COMPLETE": "bash_complete",
            "COMP_WORDS": typed,
            "COMP_CWORD": str(len(words) - 1),
        }
        code = "from gazette.cli import main; main(prog_name='gazette')"
        result = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            cwd=project.root,
        )
        return [line.partition(",")[2] for line in result.stdout.splitlines()]

    assert completed("gazette re") == ["release", "report"]
    assert completed("gazette release pri") == [SLUG]
    assert "--summary" in completed("gazette release --s")


@pytest.mark.parametrize("word", ["check", "report"])
def test_a_review_reads_the_archive_once(
    project: Project, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project, "Thirty days", "Forty days")
    folders: list[Path] = []
    read = archive.read_archive

    def counted(folder: Path, visit: FileVisitor) -> Archive:
        folders.append(folder)
        return read(folder, visit)

    monkeypatch.setattr("gazette.record.sources.read_archive", counted)
    assert "silent-edit" in gazette(word, "--base", "main").output
    assert len(folders) == 1


@pytest.mark.parametrize("typed", [["schema"], ["--help"]])
def test_a_command_starts_without_what_others_need(typed: list[str]) -> None:
    names = ("mkdocs", "git", "lxml", "markdown", "gazette.commands.project")
    code = (
        f"import sys; from gazette.cli import main; main({typed}, standalone_mode=False); "
        f"print([name for name in {names} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("relaese",), "There is no command relaese. Did you mean release? There are: accept, "),
        (("release",), "release needs the name of a policy.\n"),
        (("report",), "report needs the branch that it is compared with, behind --base.\n"),
        (("status", "--wrong"), "status has no option --wrong.\n"),
        (("--verson",), "It has no option --verson. Did you mean --version?\n"),
        (("check", "--base"), "Behind --base its value is missing.\n"),
        (("check", "--format", "pdf"), "Behind --format, write one of these: terminal, github, "),
        (("log", SLUG, "--newest", "all"), "Behind --newest, write a number from 1 on.\n"),
        (
            ("release", SLUG, "--date", "1.12.2026"),
            "--date cannot be “1.12.2026”. Write 2026-",
        ),
        (("release", SLUG, "--date", "20261201"), "--date cannot be “20261201”. Write 2026-12-01."),
        (
            ("release", SLUG, "--effective", "soon"),
            "--effective cannot be “soon”. Write the day ",
        ),
    ],
)
def test_wrong_words_are_answered_in_sentences(
    project: Project, words: tuple[str, ...], sentence: str
) -> None:
    result = gazette(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"gazette: {sentence}")
    assert "All that it can do is told by: gazette" in result.stderr


def test_release_on_a_day_that_is_named(project: Project) -> None:
    edit(project, "Thirty", "Ninety")
    assert gazette("release", SLUG, "--date", "2026-12-01", "--summary", "x").exit_code == 0
    assert "version: 2026-12-01.v1\n" in (project.policies / f"{SLUG}.md").read_text()
    edit(project, "Ninety", "Sixty")
    project.commit("2026-11-23")
    assert gazette("release", SLUG).exit_code == 0
    assert "version: 2026-12-01.v1\n" in (project.policies / f"{SLUG}.md").read_text()


def test_every_rule_is_explained_by_its_page() -> None:
    for code in Code:
        assert gazette("explain", code.label).output.startswith(f"# {code.label}\n")
    result = gazette("explain", "silent-edits")
    assert result.exit_code == 2
    assert "Did you mean silent-edit?" in result.output


def test_status_of_a_release_that_no_reader_has_seen(project: Project) -> None:
    edit(project, "Thirty", "Ninety")
    gazette("release", SLUG, "--summary", "Ninety days.")
    stated = "                version 2026-11-23.v1, not published yet: 1 section amended"
    assert stated in gazette("status").output.splitlines()
    project.git("switch", "--quiet", "--create", "proposal")
    project.commit("2026-11-23")
    assert stated in gazette("status").output.splitlines()
    project.git("switch", "--quiet", "main")
    project.git("merge", "--quiet", "--no-ff", "--no-edit", "proposal", day="2026-11-23")
    assert gazette("status").output == f"{SLUG}  2026-11-23.v1  in force since 2026-11-23\n"
