"""The workflow that posts the review: its script, run here with a stand-in for GitHub's command."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

WORKFLOWS = Path(__file__).parents[2] / ".github" / "workflows"
SHA = "a" * 40
MARKER = "<!-- gazette-review -->"
GH = """#!/usr/bin/env python3
import json, os, pathlib, sys
here = pathlib.Path(os.environ["FAKE"])
args = sys.argv[1:]
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(args) + "\\n")
if "--method" in args:
    body = next(arg for arg in args if arg.startswith("body=@"))
    (here / "posted").write_bytes(pathlib.Path(body[6:]).read_bytes())
elif "comments" in " ".join(args):
    print((here / "mine").read_text(), end="")
else:
    print((here / "pull").read_text(), end="")
"""


def workflow(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((WORKFLOWS / name).read_text(), Loader=yaml.BaseLoader)
    return loaded


def script() -> str:
    (job,) = workflow("review-comment.yml")["jobs"].values()
    (step,) = [step for step in job["steps"] if "run" in step]
    text: str = step["run"]
    assert "${{" not in text, "What a stranger wrote must not become part of the script."
    return text


class Posting:
    """One run of the script over what a review handed over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.review = folder / "review"
        self.review.mkdir()
        (self.review / "number").write_text("7\n")
        (self.review / "comment.md").write_text(f"{MARKER}\n## What changes\n")
        (folder / "pull").write_text(f"open {SHA}\n")
        (folder / "mine").write_text("")
        program = folder / "bin" / "gh"
        program.parent.mkdir()
        program.write_text(GH)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def run(self) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "FAKE": str(self.folder),
            "RUNNER_TEMP": str(self.folder),
            "REVIEW": str(self.review),
            "REPOSITORY": "example/help",
            "HEAD_SHA": SHA,
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script()]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, cwd=self.folder
        )

    @property
    def calls(self) -> list[list[str]]:
        file = self.folder / "calls"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    @property
    def posted(self) -> str | None:
        file = self.folder / "posted"
        return file.read_text() if file.exists() else None


@pytest.fixture
def posting(tmp_path: Path) -> Posting:
    return Posting(tmp_path)


def test_the_first_review_is_posted(posting: Posting) -> None:
    result = posting.run()
    assert result.returncode == 0, result.stderr
    assert posting.posted == f"{MARKER}\n## What changes\n"
    assert "POST" in posting.calls[-1]
    assert "repos/example/help/issues/7/comments" in posting.calls[-1]


def test_the_next_review_takes_the_place_of_the_one_before(posting: Posting) -> None:
    (posting.folder / "mine").write_text("41\n99\n")
    assert posting.run().returncode == 0
    assert "PATCH" in posting.calls[-1]
    assert "repos/example/help/issues/comments/41" in posting.calls[-1]


@pytest.mark.parametrize("pull", [f"closed {SHA}", f"open {'b' * 40}", ""])
def test_only_the_open_pull_request_that_was_reviewed_gets_a_comment(
    posting: Posting, pull: str
) -> None:
    (posting.folder / "pull").write_text(f"{pull}\n")
    assert posting.run().returncode == 0
    assert posting.posted is None


@pytest.mark.parametrize(
    "number", ["", "0", "-1", "7 8", "7/../8", "$(touch x)", "7; touch x", "../../x", "9" * 12]
)
def test_what_is_no_number_is_refused(posting: Posting, number: str) -> None:
    (posting.review / "number").write_text(number)
    result = posting.run()
    assert result.returncode == 1
    assert "::error::" in result.stdout
    assert posting.calls == []
    assert not (posting.folder / "x").exists()


@pytest.mark.parametrize("name", ["number", "comment.md"])
def test_what_is_no_plain_file_is_refused(posting: Posting, name: str, tmp_path: Path) -> None:
    (posting.review / name).unlink()
    assert posting.run().returncode == 1
    (tmp_path / "secret").write_text("7")
    (posting.review / name).symlink_to(tmp_path / "secret")
    assert posting.run().returncode == 1
    assert posting.posted is None


def test_a_hostile_comment_calls_nobody_and_runs_nothing(posting: Posting) -> None:
    hostile = f"@team and {MARKER} $(touch x) `touch x` a@b.example\n\xff"
    (posting.review / "comment.md").write_bytes(hostile.encode("latin-1"))
    assert posting.run().returncode == 0
    assert posting.posted is not None
    assert posting.posted.startswith(f"{MARKER}\n@\u200bteam and")
    assert "a@\u200bb" in posting.posted
    assert not (posting.folder / "x").exists()


def test_who_runs_a_strangers_code_can_write_nothing() -> None:
    review = workflow("review.yml")
    assert set(review["on"]) == {"pull_request"}
    assert review["permissions"] == {}
    assert all(job["permissions"] == {"contents": "read"} for job in review["jobs"].values())
    assert "secrets." not in (WORKFLOWS / "review.yml").read_text()


def test_who_can_write_runs_no_strangers_code() -> None:
    posts = workflow("review-comment.yml")
    (job,) = posts["jobs"].values()
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    used = [step["uses"].split("@")[0] for step in job["steps"] if "uses" in step]
    assert used == ["actions/download-artifact"]
    assert posts["on"]["workflow_run"]["workflows"] == [workflow("review.yml")["name"]]
