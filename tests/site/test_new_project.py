"""A project as `gazette init` writes it: it is built, checked and tested as it stands."""

from __future__ import annotations

import os
import shutil
import sys
from html import escape
from pathlib import Path

import pytest

from commands import BUILD, FIXED, PROJECT, build, git, run
from editing import edit

GAZETTE = str(Path(sys.executable).parent / "gazette")
POLICY = "docs/policies/how-our-policies-change.md"
NAME = 'A "B": <C> & Söhne [D](e) *F* 株'
ANSWERS = ("--name", NAME, "--url", "https://help.müller.test/a'b", "--support", "me@müller.test")
GUARD = "Built without its archive"


def begun(folder: Path, *options: str) -> Path:
    """Write a new project into `folder` with the real command."""
    result = run([GAZETTE, "init", str(folder), "--yes", *options], folder.parent)
    assert result.returncode == 0, result.stderr
    return folder


def own_tests(project: Path) -> str:
    """Run the project's own tests, as `make test` does; return what they say."""
    result = run([sys.executable, "-m", "unittest", "discover", "-s", "tests"], project)
    assert result.returncode == 0, result.stderr
    return result.stderr


def commit(project: Path) -> None:
    if not (project / ".git").exists():
        git(project, "init", "-q", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "The help center")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project without git, built once; to look at and not to change."""
    project = begun(tmp_path_factory.mktemp("start") / "acme", *ANSWERS)
    result = build(project)
    assert result.returncode == 0, result.stderr
    return project


def test_a_new_project_is_built_and_tested_without_git(started: Path) -> None:
    assert "skipped" not in own_tests(started)
    home = (started / "site/index.html").read_text("utf-8")
    assert f"The policies of {escape(NAME, quote=False)}. Each" in home
    assert GUARD not in home
    assert (started / "site/policies/how-our-policies-change/versions/2026-11-23.v1").is_dir()


def test_a_new_project_has_no_problems(tmp_path: Path) -> None:
    project = begun(tmp_path / "acme", *ANSWERS)
    commit(project)
    result = run([GAZETTE, "check"], project)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "No problems found.\n"


PAGE = "site/policies/how-our-policies-change/index.html"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (PAGE, None),
        (PAGE, GUARD),
        (PAGE, '<a href="mailto:help@example.com">'),
        (PAGE, '<a class="x" href="../gone/">'),
        ("versions/gone/2026-01-01.v1.md", "A text that was published once."),
    ],
)
def test_the_tests_of_a_project_notice_what_is_wrong(
    started: Path, tmp_path: Path, path: str, content: str | None
) -> None:
    project = tmp_path / "acme"
    shutil.copytree(started, project)
    if content is None:
        (project / path).unlink()
    else:
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).write_text(content)
    result = run([sys.executable, "-m", "unittest", "discover", "-s", "tests"], project)
    assert result.returncode == 1, result.stderr
    assert "FAILED (failures=" in result.stderr


def test_placeholders_are_no_fault_until_there_is_an_address(tmp_path: Path) -> None:
    project = begun(tmp_path / "acme")
    assert build(project).returncode == 0
    assert "skipped=1" in own_tests(project)


def test_the_second_version_has_a_redline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = begun(tmp_path / "acme", *ANSWERS)
    commit(project)
    edit(project, "It is not altered afterwards.", "It is never altered.", POLICY)
    monkeypatch.setitem(FIXED, "SOURCE_DATE_EPOCH", "1795478400")  # the day after
    words = "Says more clearly that versions stay."
    release = [GAZETTE, "release", "how-our-policies-change", "--summary", words]
    result = run(release, project)
    assert result.returncode == 0, result.stdout + result.stderr
    commit(project)
    result = build(project)
    assert result.returncode == 0, result.stderr
    changes = project / "site/policies/how-our-policies-change/changes/2026-11-24.v1/index.html"
    assert "<del" in changes.read_text("utf-8")
    own_tests(project)


def test_policies_that_stand_there_are_kept(tmp_path: Path) -> None:
    project = tmp_path / "acme"
    (project / "docs/policies").mkdir(parents=True)
    written = "---\ntitle: Terms\nversion: 2026-01-01.v1\nupdated: 2026-01-01\n---\n\nOurs.\n"
    (project / "docs/policies/terms.md").write_text(written, "utf-8", newline="\r\n")
    begun(project, *ANSWERS)
    assert [file.name for file in (project / "docs/policies").iterdir()] == ["terms.md"]
    commit(project)
    result = build(project)
    assert result.returncode == 0, result.stderr
    own_tests(project)


@pytest.mark.parametrize("project", [PROJECT, None], ids=["this one", "a new one"])
def test_without_the_engine_every_page_says_so(project: Path | None, tmp_path: Path) -> None:
    """As by a host that ignores `hooks:`."""
    copy = tmp_path / "acme"
    if project:
        copy.mkdir()
        for name in ("docs", "hooks/theme", "mkdocs.yml"):
            (copy / name).parent.mkdir(exist_ok=True)
            run(["cp", "-r", str(project / name), str(copy / name)], tmp_path)
    else:
        begun(copy, *ANSWERS)
    config = (copy / "mkdocs.yml").read_text("utf-8").replace("  - hooks/help_center.py\n", "")
    (copy / "mkdocs.yml").write_text(config.replace("hooks:\n", ""), "utf-8")
    result = run(BUILD, copy)
    assert result.returncode == 0, result.stderr
    pages = sorted((copy / "site").rglob("*.html"))
    assert len(pages) >= 3
    for page in pages:
        assert GUARD in page.read_text("utf-8"), page
        assert '<meta name="robots" content="noindex">' in page.read_text("utf-8"), page


def test_questions_are_asked_again_until_they_are_answered(tmp_path: Path) -> None:
    answers = "\nour site\nhelp.corp.test\nme\nme@corp.test\nEnglish\nde\n\n"
    result = run(["sh", "-c", f"printf '{answers}' | {GAZETTE} init acme"], tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Error: “our site” is no address of a site." in result.stdout + result.stderr
    config = (tmp_path / "acme/mkdocs.yml").read_text("utf-8")
    for words in ('"Acme Help Center"', "https://help.corp.test/", "mailto:me@corp.test", ": de "):
        assert words in config


def test_an_interrupted_start_writes_nothing(tmp_path: Path) -> None:
    result = run(["sh", "-c", f"printf 'Acme\\n' | {GAZETTE} init acme"], tmp_path)
    assert result.returncode == 1
    assert "Nothing was written." in result.stderr
    assert os.listdir(tmp_path) == []


def test_wrong_options_are_refused_with_a_sentence(tmp_path: Path) -> None:
    result = run([GAZETTE, "init", "acme", "--url", "our site", "--yes"], tmp_path)
    assert result.returncode == 2
    assert "“our site” is no address of a site." in result.stderr
    assert os.listdir(tmp_path) == []


def test_the_last_line_of_a_build_says_where_the_site_stands(started: Path) -> None:
    """Nothing above it names another folder that could be taken for the site."""
    result = run([GAZETTE, "build"], started)
    assert result.stderr == f"INFO    -  The help center stands in {started}/site\n"
    assert result.stdout == ""


def test_who_begins_inside_a_repository_learns_where_workflows_run(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    result = run([GAZETTE, "init", "acme", "--yes"], tmp_path)
    assert f"from the top of a repository only: {tmp_path}/.github" in result.stdout
    assert "git init" not in result.stdout


def test_the_next_step_leads_into_a_folder_whatever_it_is_called(tmp_path: Path) -> None:
    for folder in ("-legal", "it's a folder"):
        result = run([GAZETTE, "init", "--yes", "--", folder], tmp_path)
        (step,) = (line for line in result.stdout.splitlines() if line.startswith("  cd "))
        assert run(["sh", "-c", f"{step} && ls mkdocs.yml"], tmp_path).returncode == 0


@pytest.mark.parametrize("word", ["build", "check", "status", "doctor"])
def test_a_machine_without_git_is_enough_to_begin(started: Path, tmp_path: Path, word: str) -> None:
    command = ["/usr/bin/env", f"PATH={tmp_path}", GAZETTE, word]
    result = run(command, started)
    assert result.returncode == 0, result.stderr
    project = tmp_path / "acme"
    shutil.copytree(started, project)
    commit(project)
    result = run(command, project)
    assert result.returncode != 0
    assert "the program git is not installed here" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
