"""The workflow that publishes: its scripts, run on real repositories with a server that refuses."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gazette.record import archive
from gazette.record.pushes import LEARNED, PUSHES, note_pushes
from repositories import TODAY, Project, check, codes
from workflows import Runner, program, script, workflow

REFUSE = """#!/bin/sh
case "$1" in refs/heads/gazette-archive) exit 0 ;; *) echo "protected branch" >&2; exit 1 ;; esac
"""
OLD, NEW = "2026-01-05.v1", "2026-03-01.v1"


class Publishing:
    """A project on `branch`, cloned from the server `origin`, and what the workflow did there."""

    def __init__(self, folder: Path, branch: str = "main") -> None:
        self.branch = branch
        self.origin = folder / "origin.git"
        self.project = Project(folder / "project").init()
        self.project.git("symbolic-ref", "HEAD", f"refs/heads/{branch}")
        self.project.git(
            "init", "--quiet", "--bare", f"--initial-branch={branch}", str(self.origin)
        )
        self.project.git("remote", "add", "origin", str(self.origin))
        self.project.post("terms", OLD, "Thirty days.\n", title="Terms")
        self.project.post("terms", NEW, "Sixty days.\n", title="Terms", summary="More.")
        self.project.git("push", "--quiet", "origin", branch)
        self.runner = Runner(folder / "runner", self.project.root, GITHUB_REF_NAME=branch)

    def protect(self) -> None:
        """Have the server refuse every branch but the one for the archive."""
        hook = self.origin / "hooks" / "update"
        hook.write_text(REFUSE)
        hook.chmod(0o755)

    def step(self, job: str, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a step of the workflow."""
        return self.runner.run(script("publish.yml", job, name), **variables)

    def build(self) -> None:
        """Archive as a build does, and hand over what is new, as the job that builds."""
        register = self.project.gather()
        assert codes(register) == []
        archive.freeze(self.project.versions, register.unarchived)
        note_pushes(self.project.versions, register.pushes)
        result = self.step("build", "See what was newly archived")
        assert result.returncode == 0, result.stderr
        if "archived=true" in self.runner.written("output"):
            patch = self.project.root / "archive.patch"
            patch.rename(self.runner.folder / patch.name)
        self.project.git("reset", "--quiet", "--hard")

    def commit(self, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the step that commits the archive."""
        identity = {"DEPLOY_KEY": "", "IS_APP": "false"}
        return self.step("archive", "Commit it", **{**identity, **variables})

    def served(self, branch: str) -> list[str]:
        """Return the files that a branch of the server holds in the archive."""
        listing = self.project.git(
            "--git-dir", str(self.origin), "ls-tree", "-r", "--name-only", branch, "versions/"
        )
        return listing.split()


@pytest.fixture
def publishing(tmp_path: Path) -> Publishing:
    return Publishing(tmp_path)


@pytest.mark.parametrize("branch", ["main", "master", "release/live"])
def test_the_archive_is_committed_to_whatever_branch_is_published(
    tmp_path: Path, branch: str
) -> None:
    publishing = Publishing(tmp_path, branch)
    publishing.build()
    result = publishing.commit()
    assert result.returncode == 0, result.stderr
    assert f"versions/terms/{OLD}.md" in publishing.served(branch)
    message = publishing.project.git("log", "-1", "--format=%B", f"origin/{branch}")
    assert message.strip() == f"Archive superseded versions\n\nterms {OLD}"


def test_the_commit_goes_on_top_of_what_came_meanwhile(publishing: Publishing) -> None:
    publishing.build()
    built = publishing.project.git("rev-parse", "HEAD").strip()
    publishing.project.put("docs/index.md", "# Help\n")
    publishing.project.commit(NEW[:10])
    publishing.project.git("push", "--quiet", "origin", "main")
    publishing.project.git("reset", "--quiet", "--hard", built)
    assert publishing.commit().returncode == 0
    assert f"versions/terms/{OLD}.md" in publishing.served("main")


def test_a_protected_branch_stops_nothing_and_is_reported_loudly(publishing: Publishing) -> None:
    publishing.protect()
    publishing.build()
    result = publishing.commit()
    assert result.returncode == 0, result.stderr
    assert "::warning title=Not archived yet::The site is published" in result.stdout
    assert "compare/main...gazette-archive?expand=1" in result.stdout
    assert "Not archived yet" in publishing.runner.written("summary")
    assert publishing.served("main") == []
    assert f"versions/terms/{OLD}.md" in publishing.served("gazette-archive")
    needed = {name: job.get("needs") for name, job in workflow("publish.yml")["jobs"].items()}
    assert needed == {"build": None, "deploy": "build", "archive": "build"}


def test_the_branch_with_the_archive_passes_its_review(publishing: Publishing) -> None:
    publishing.protect()
    publishing.build()
    publishing.commit()
    publishing.project.git("fetch", "--quiet", "origin")
    publishing.project.git("checkout", "--quiet", "origin/gazette-archive")
    assert check(publishing.project.settings, TODAY, "origin/main") == []


def test_the_next_run_asks_again_for_all_that_is_missing(publishing: Publishing) -> None:
    publishing.protect()
    publishing.build()
    publishing.commit()
    (publishing.origin / "hooks" / "update").unlink()
    publishing.project.git("reset", "--quiet", "--hard", "origin/main")
    publishing.project.post("terms", "2026-05-01.v1", "Ninety.\n", title="Terms", summary="More.")
    publishing.project.git("push", "--quiet", "origin", "main")
    publishing.protect()
    publishing.build()
    assert publishing.commit().returncode == 0
    archived = publishing.served("gazette-archive")
    assert f"versions/terms/{OLD}.md" in archived
    assert f"versions/terms/{NEW}.md" in archived


def test_a_github_app_asks_by_a_pull_request(publishing: Publishing) -> None:
    publishing.protect()
    publishing.build()
    result = publishing.commit(IS_APP="true")
    assert result.returncode == 0, result.stderr
    [view, create] = [call for call in publishing.runner.calls if call[0] == "pr"]
    assert view[:3] == ["pr", "view", "gazette-archive"]
    assert create[:6] == ["pr", "create", "--base", "main", "--head", "gazette-archive"]
    publishing.runner.answer((("pr", "view"), "OPEN\n", 0))
    publishing.project.git("reset", "--quiet", "--hard", "origin/main")
    assert publishing.commit(IS_APP="true").returncode == 0
    assert [call[:2] for call in publishing.runner.calls].count(["pr", "create"]) == 1


def test_a_deploy_key_that_is_refused_is_an_error(publishing: Publishing) -> None:
    publishing.protect()
    publishing.build()
    publishing.runner.answer((("meta",), "github.com ssh-ed25519 AAAA\n", 0))
    result = publishing.commit(DEPLOY_KEY="no key", GIT_SSH_COMMAND="false")
    assert result.returncode == 1
    assert "::error title=The deploy key may not push to main::" in result.stdout
    assert publishing.runner.written("hosts") == "github.com ssh-ed25519 AAAA\n"
    remote = publishing.project.git("remote", "get-url", "--push", "origin").strip()
    assert remote == "git@github.com:example/help.git"
    assert (publishing.runner.folder / "key").stat().st_mode & 0o077 == 0


def test_notes_on_pushes_are_no_proposal(publishing: Publishing) -> None:
    """A review refuses them, and GitHub tells them every build."""
    publishing.protect()
    publishing.project.put(f"versions/{PUSHES}", f"{'0' * 40} {'1' * 40}\n")
    publishing.step("build", "See what was newly archived")
    (publishing.project.root / "archive.patch").rename(publishing.runner.folder / "archive.patch")
    publishing.project.git("reset", "--quiet", "--hard")
    result = publishing.commit()
    assert result.returncode == 0, result.stderr
    assert "::warning" not in result.stdout
    assert "gazette-archive" not in publishing.project.git("ls-remote", "origin")


def test_nothing_new_is_handed_over_where_nothing_was_archived(publishing: Publishing) -> None:
    publishing.build()
    publishing.commit()
    (publishing.runner.folder / "output").unlink()
    publishing.build()
    assert publishing.runner.written("output") == "archived=false\n"


def test_pages_that_are_off_are_reported_with_the_way_out(publishing: Publishing) -> None:
    for answer in ("workflow\n", "legacy\n", '{"message": "Not Found"}'):
        publishing.runner.answer((("/pages",), answer, 0 if "{" not in answer else 1))
        result = publishing.step("deploy", "See that GitHub Pages is on")
        assert result.returncode == (0 if answer == "workflow\n" else 1)
        assert ("Settings, Pages, Source" in result.stdout) == (answer != "workflow\n")


def test_pushes_that_the_server_does_not_tell_stop_nothing(publishing: Publishing) -> None:
    publishing.runner.answer((("/activity",), "", 1))
    ask = {"BEFORE": "a" * 40, "GITHUB_SHA": "b" * 40, "GITHUB_REF": "refs/heads/main"}
    result = publishing.step("build", "Ask which commits were pushed together", **ask)
    assert result.returncode == 0
    assert "::warning::" in result.stdout
    learned = (publishing.project.root / ".git" / LEARNED).read_text()
    assert learned == f"{'a' * 40} {'b' * 40}\n"


@pytest.mark.parametrize(
    ("before", "has_base"), [("HEAD^", True), ("0" * 40, False), ("a" * 40, False)]
)
def test_what_was_pushed_is_checked_against_what_stood_there(
    publishing: Publishing, before: str, has_base: bool
) -> None:
    project = publishing.project
    program(project.root / ".venv/bin/gazette", '#!/bin/sh\necho "$@"\n[ -z "$WRONG" ]\n')
    base = project.git("rev-parse", before).strip() if has_base else before
    for wrong, code in (("", 0), ("yes", 1)):
        result = publishing.step("build", "Check what was pushed", BEFORE=base, WRONG=wrong)
        assert result.returncode == code, result.stderr
        expected = f"check --base {base} --format github" if has_base else "check --format github"
        assert result.stdout.strip() == expected


def test_what_was_pushed_is_checked_before_it_is_built() -> None:
    names = [step["name"] for step in workflow("publish.yml")["jobs"]["build"]["steps"]]
    assert names.index("Check what was pushed") < names.index("Build")


def test_what_the_workflows_start_on() -> None:
    publish, daily = workflow("publish.yml"), workflow("daily.yml")
    assert "schedule" not in publish["on"]
    assert set(daily["on"]) == {"schedule", "workflow_dispatch"}
    assert daily["jobs"]["publish"]["uses"] == "./.github/workflows/publish.yml"
    given = daily["jobs"]["publish"]["permissions"].items()
    for job in publish["jobs"].values():
        needed = {(right, level) for right, level in job["permissions"].items() if level == "write"}
        assert needed <= given
    assert "github.event.repository.default_branch" in publish["jobs"]["build"]["if"]
    assert "github.ref" in publish["concurrency"]["group"]


def test_no_workflow_of_a_project_tests_the_engine() -> None:
    for name in ("review.yml", "review-comment.yml", "publish.yml", "daily.yml"):
        commands = [
            step.get("run", "")
            for job in workflow(name)["jobs"].values()
            for step in job.get("steps", ())
        ]
        assert not any(
            word in text for text in commands for word in ("pytest", ".ci/", "make test")
        )
