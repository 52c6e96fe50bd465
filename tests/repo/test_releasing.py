"""`make release` tags what is ready, writes what a release takes, and refuses with every reason."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from commands import PROJECT, git, run
from workflows import WORKFLOWS, Runner, script, workflow

MAKEFILE = """record:
\tmkdir -p tests/releases && grep ^version pyproject.toml > tests/releases/record.json
dist:
\tmkdir -p dist && touch dist/wheel.whl
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with what releases are made of, on main, at 0.2.0, nothing tagged."""
    root = tmp_path / "project"
    (root / "hooks" / "news").mkdir(parents=True)
    (root / ".ci").mkdir()
    for name in ("pyproject.toml", "hooks/news/README.md", ".ci/release.py"):
        shutil.copy(PROJECT / name, root / name)
    settings = (root / "pyproject.toml").read_text("utf-8")
    stated = next(line for line in settings.splitlines() if line.startswith("version = "))
    put(root, "pyproject.toml", settings.replace(stated, 'version = "0.2.0"'))
    section = "## 0.2.0 - 2026-11-26\n\n### Added\n\n- All of it.\n"
    put(root, "CHANGELOG.md", f"# Changes\n\n<!-- releases, the newest first -->\n\n{section}")
    put(root, "Makefile", MAKEFILE)
    put(root, ".gitignore", "dist/\n")
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "Maintainer")
    git(root, "config", "user.email", "maintainer@example.com")
    commit(root)
    return root


def put(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text, "utf-8")


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Something")


def release(root: Path, *version: str) -> CompletedProcess[str]:
    return run([sys.executable, ".ci/release.py", *version], root)


def test_what_is_prepared_is_built_and_tagged_and_not_pushed(project: Path) -> None:
    run(["make", "record"], project)
    commit(project)
    before = git(project, "rev-parse", "HEAD")
    result = release(project, "0.2.0")
    assert result.returncode == 0, result.stderr
    assert git(project, "rev-list", "-n", "1", "v0.2.0") == before
    assert git(project, "cat-file", "-t", "v0.2.0") == "tag\n"
    assert "Built: wheel.whl." in result.stdout
    assert "git push --atomic origin main v0.2.0" in result.stdout
    assert "0.2.0 is not newer than 0.2.0, which is released." in release(project, "0.2.0").stderr


def test_fragments_version_and_record_become_the_commit_that_is_tagged(project: Path) -> None:
    put(project, "hooks/news/+marks.fixed.md", "Marks are seen.\n")
    commit(project)
    result = release(project, "0.2.1")
    assert result.returncode == 0, result.stderr
    assert git(project, "log", "-1", "--format=%s%d").strip() == (
        "Release 0.2.1 (HEAD -> main, tag: v0.2.1)"
    )
    assert git(project, "status", "--porcelain") == ""
    assert 'version = "0.2.1"' in (project / "tests/releases/record.json").read_text("utf-8")
    changelog = (project / "CHANGELOG.md").read_text("utf-8")
    assert changelog.index("## 0.2.1 - ") < changelog.index("## 0.2.0 - ")
    assert "### Fixed\n\n- Marks are seen.\n" in changelog
    assert [path.name for path in (project / "hooks" / "news").iterdir()] == ["README.md"]


def test_every_reason_against_a_release_is_named_and_nothing_happens(project: Path) -> None:
    git(project, "tag", "v0.10.0")
    git(project, "switch", "-q", "-c", "proposal")
    put(project, "README.md", "Not committed.\n")
    result = release(project, "0.9.0")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "Releases are made on main, but this is proposal: git switch main",
        "There is uncommitted work. Commit it, or put it away: git stash -u",
        "0.9.0 is not newer than 0.10.0, which is released.",
        "Nothing says what 0.9.0 changes: hooks/news/ holds no fragment, and CHANGELOG.md has no "
        "section for it.",
    ]
    assert git(project, "tag") == "v0.10.0\n"


@pytest.mark.parametrize("version", ["", "0.2", "next", "0.2.0rc1", "0.2.0 --force"])
def test_a_version_that_is_none_is_refused(project: Path, version: str) -> None:
    result = release(project, version)
    assert (result.returncode, result.stderr) == (
        1,
        "Name the version: make release VERSION=0.2.1\n",
    )


def test_a_version_older_than_the_stated_is_refused(project: Path) -> None:
    assert "0.1.9 is older than 0.2.0" in release(project, "0.1.9").stderr


def test_fragments_that_come_after_a_section_was_prepared_join_it(project: Path) -> None:
    older = "\n## 0.1.0 - 2026-01-05\n\n### Added\n\n- The first of it.\n"
    prepared = (project / "CHANGELOG.md").read_text("utf-8")
    put(project, "CHANGELOG.md", prepared + older)
    put(project, "hooks/news/+more.added.md", "More of it,\nof course.\n")
    put(project, "hooks/news/+marks.fixed.md", "Marks are seen.\n")
    commit(project)
    result = release(project, "0.2.0")
    assert result.returncode == 0, result.stderr
    assert (project / "CHANGELOG.md").read_text("utf-8") == (
        f"{prepared}- More of it,\n  of course.\n\n### Fixed\n\n- Marks are seen.\n{older}"
    )
    assert [path.name for path in (project / "hooks" / "news").iterdir()] == ["README.md"]


def test_a_build_that_fails_leaves_everything_as_it_was(project: Path) -> None:
    put(project, "Makefile", MAKEFILE + "\tfalse\n")
    put(project, "hooks/news/+marks.fixed.md", "Marks are seen.\n")
    commit(project)
    before = git(project, "rev-parse", "HEAD")
    result = release(project, "0.2.1")
    assert result.returncode == 1
    assert "0.2.1 is not released, nothing is changed." in result.stderr
    assert git(project, "rev-parse", "HEAD") == before
    assert (git(project, "status", "--porcelain"), git(project, "tag")) == ("", "")


def test_only_a_tag_on_main_of_the_stated_version_is_published(project: Path) -> None:
    origin = project.parent / "origin.git"
    git(project, "clone", "-q", "--bare", ".", str(origin))
    git(project, "remote", "add", "origin", str(origin))
    git(project, "fetch", "-q", "origin")
    name = "See that the tag is on main and names the version that is stated"
    guard = script("release.yml", "build", name)
    runner = Runner(project.parent / "runner", project)
    assert runner.run(guard, TAG="v0.2.0").returncode == 0
    assert "states 0.2.0, but the tag is v0.2.1." in runner.run(guard, TAG="v0.2.1").stdout
    put(project, "CHANGELOG.md", "# Changes\n")
    assert "CHANGELOG.md says nothing of 0.2.0." in runner.run(guard, TAG="v0.2.0").stdout
    commit(project)
    assert "v0.2.0 is not on main." in runner.run(guard, TAG="v0.2.0").stdout


def test_the_workflow_holds_no_secret_and_only_the_rights_it_needs() -> None:
    release = workflow("release.yml")
    assert release["permissions"] == {}
    assert {name: set(job["permissions"]) for name, job in release["jobs"].items()} == {
        "test": {"contents"},
        "build": {"contents"},
        "attest": {"attestations", "id-token"},
        "publish": {"id-token"},
    }
    assert release["jobs"]["publish"]["environment"] == "release"
    text = (WORKFLOWS / "release.yml").read_text("utf-8")
    assert "secrets" not in text
    assert "actions/cache" not in text


def test_the_engine_is_tested_on_every_system_python_host_and_theme() -> None:
    jobs = workflow("test.yml")["jobs"]
    pythons = ["3.11", "3.12", "3.13", "3.14"]
    systems = jobs["systems"]["strategy"]["matrix"]
    assert [system.partition("-")[0] for system in systems["system"]] == [
        "ubuntu",
        "macos",
        "windows",
    ]
    hosts = jobs["hosts"]["strategy"]["matrix"]
    assert (hosts["host"], hosts["theme"]) == (["mkdocs", "properdocs"], ["material", "materialx"])
    assert systems["python"] == hosts["python"] == pythons
    assert jobs["suite"]["strategy"]["matrix"]["python"] == [pythons[0], pythons[-1]]
