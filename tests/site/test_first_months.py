"""A new help center's first months: its workflows, run on a server that protects the branch."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from commands import FIXED, git, run
from workflows import Runner, ready_make, script

GAZETTE = str(Path(sys.executable).parent / "gazette")
POLICY = "docs/policies/how-our-policies-change.md"
PROTECT = """#!/bin/sh
[ "$1" = refs/heads/gazette-archive ] || [ -e "$GIT_DIR/merging" ] || exit 1
"""


class Repository(Runner):
    """The project of a company, its server, and the machine that its workflows run on."""

    def __init__(self, folder: Path) -> None:
        result = run([GAZETTE, "init", "acme", "--yes"], folder)
        assert result.returncode == 0, result.stderr
        super().__init__(folder / "runner", folder / "acme", **FIXED, GITHUB_REF_NAME="main")
        ready_make(self.folder / "bin")
        self.origin = folder / "origin.git"
        git(self.work, "init", "--quiet", "--initial-branch=main")
        git(self.work, "init", "--quiet", "--bare", "--initial-branch=main", str(self.origin))
        git(self.work, "remote", "add", "origin", str(self.origin))
        self.pushes: list[str] = []
        self.merge("Start")
        hook = self.origin / "hooks" / "update"
        hook.write_text(PROTECT)
        hook.chmod(0o755)

    def edit(self, version: str, sentence: str) -> None:
        """Commit a text of this version, as an editor does in the browser."""
        text = (self.work / POLICY).read_text("utf-8")
        facts = {"version": version, "updated": version[:10], "summary": "It says more."}
        for key, value in facts.items():
            text = re.sub(rf"(?m)^{key}: .*\n", "", text)
            text = text.replace("---\n", f"---\n{key}: {value}\n", 1)
        (self.work / POLICY).write_text(f"{text}\n{sentence}\n", "utf-8")
        git(self.work, "commit", "--quiet", "--all", "-m", sentence)

    def merge(self, subject: str) -> None:
        """Commit what is new and have the server take it, however the branch is protected."""
        git(self.work, "add", "--all")
        git(self.work, "commit", "--quiet", "--allow-empty", "-m", subject)
        before = git(
            self.work, "for-each-ref", "--format=%(objectname)", "refs/remotes/origin/main"
        )
        (self.origin / "merging").touch()
        git(self.work, "push", "--quiet", "origin", "HEAD:main")
        (self.origin / "merging").unlink()
        after = git(self.work, "rev-parse", "HEAD").strip()
        self.pushes.insert(0, f"{before.strip() or '0' * 40} {after}\n")
        self.answer((("/activity",), "".join(self.pushes), 0))

    def step(self, workflow: str, job: str, name: str, **variables: str) -> str:
        """Run a step, which must not fail; return what it printed."""
        result = self.run(script(workflow, job, name), **variables)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def review(self) -> str:
        """Review what is checked out as a proposal; return the comment."""
        variables = {"BASE": "HEAD^1", "NUMBER": "7", "BRANCH": "main"}
        variables["PREVIEW"] = "https://github.com/example/help/actions/runs/1"
        git(self.work, "checkout", "--quiet", "--detach", "main")
        git(self.work, "merge", "--quiet", "--no-ff", "--no-edit", "proposal")
        for name in (
            "Install Gazette",
            "Ask which commits were pushed together",
            "Check",
            "Write the comment",
            "Build the preview",
            "Have the preview open from files",
        ):
            self.step("review.yml", "review", name, **variables)
        comment = (self.work / "review/comment.md").read_text("utf-8")
        git(self.work, "reset", "--quiet", "--hard")
        git(self.work, "clean", "--quiet", "--force", "-d", "review", "preview", "versions")
        git(self.work, "checkout", "--quiet", "main")
        return comment

    def publish(self) -> str:
        """Publish the branch; return what the step that commits the archive printed, if it ran."""
        before = self.pushes[0].split()[0]
        variables = {"BEFORE": before, "GITHUB_SHA": "", "GITHUB_REF": "refs/heads/main"}
        for name in (
            "Install Gazette",
            "Ask which commits were pushed together",
            "Check what was pushed",
            "Build",
        ):
            self.step("publish.yml", "build", name, **variables)
        (self.folder / "output").unlink(missing_ok=True)
        self.step("publish.yml", "build", "See what was newly archived")
        message = ""
        if self.written("output") == "archived=true\n":
            (self.work / "archive.patch").rename(self.folder / "archive.patch")
            git(self.work, "reset", "--quiet", "--hard")
            message = self.step(
                "publish.yml", "archive", "Commit it", DEPLOY_KEY="", IS_APP="false"
            )
        git(self.work, "reset", "--quiet", "--hard", "origin/main")
        git(self.work, "clean", "--quiet", "--force", "-d", "versions")
        return message


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_editors_never_touch_the_archive_and_readers_lose_nothing(repository: Repository) -> None:
    repository.publish()
    [first] = (repository.work / "site/policies/how-our-policies-change/versions").glob("20*")
    for number in (2, 3):
        git(repository.work, "checkout", "--quiet", "-B", "proposal", "main")
        version = f"2026-11-23.v{number}"
        repository.edit(version, f"A sentence begun in version {number}.")
        repository.edit(version, f"And ended in version {number}.")
        comment = repository.review()
        assert f"And ended in version {number}." in comment
        assert "silent-edit" not in comment
        git(repository.work, "merge", "--quiet", "--ff-only", "proposal")  # as a rebase does
        repository.merge("Something else")
        assert "Not archived yet" in repository.publish()
        changes = repository.work / f"site/policies/how-our-policies-change/changes/{version}"
        assert (changes / "index.html").is_file()
    assert (first / "index.html").is_file()
    assert "Not archived yet" in repository.publish()  # as the schedule does, a day later
