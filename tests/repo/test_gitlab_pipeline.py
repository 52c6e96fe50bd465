"""The pipeline for GitLab: its scripts, run on real repositories with stand-ins for programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from gazette.record.pushes import LEARNED
from repositories import Project

PIPELINE = Path(__file__).parents[2] / ".github/examples/gitlab-ci.yml"
URL = "https://archive:secret@gitlab.example.com/acme/help.git"
MAKE = """#!/bin/sh
[ "$1" = site ] || exit 0
[ -z "${REFUSE:-}" ] || exit 1
mkdir -p site versions/terms && echo page > site/index.html && echo text > versions/terms/a.md
"""
GAZETTE = """#!/bin/sh
echo "$@" >> "$CALLS"
[ "$1" != "${WRONG:-}" ] || exit 1
case "$1" in build) mkdir -p site && echo page > site/index.html ;;
  preview) cp -r site "$2" ;; esac
"""
CURL = """#!/bin/sh
echo "$@" >> "$CALLS"
case "$*" in *per_page*) echo "${NOTES:-[]}" ;; esac
"""


def job(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(PIPELINE.read_text("utf-8"))[name]
    return loaded


class Pipeline:
    """A project cloned from the server `origin`, in which jobs run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.origin = folder, folder / "origin.git"
        self.project = Project(folder / "project").init()
        self.project.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.origin))
        server = ["--git-dir", str(self.origin)]
        self.project.git(*server, "config", "receive.advertisePushOptions", "true")
        self.project.git("remote", "add", "origin", str(self.origin))
        self.project.git("config", f"url.{self.origin}.insteadOf", URL)
        self.project.put(".gitignore", ".venv/\nsite/\npublic/\n")
        self.project.post("terms", "2026-01-05.v1", "Terms.\n", title="Terms")
        self.project.git("push", "--quiet", "origin", "main")
        programs = {
            "bin/make": MAKE,
            "bin/curl": CURL,
            "project/.venv/bin/gazette": GAZETTE,
        }
        for path, script in programs.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(script)
            file.chmod(0o755)

    def run(self, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the lines of a job in one shell, as a runner does."""
        environment = {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "CALLS": str(self.folder / "calls"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "CI_COMMIT_BRANCH": "main",
            "CI_PIPELINE_SOURCE": "schedule",
            "CI_COMMIT_BEFORE_SHA": "a" * 40,
            "CI_COMMIT_SHA": "b" * 40,
            "CI_SERVER_HOST": "gitlab.example.com",
            "CI_PROJECT_PATH": "acme/help",
            "CI_API_V4_URL": "https://gitlab.example.com/api/v4",
            "CI_PROJECT_ID": "1",
            "CI_MERGE_REQUEST_IID": "7",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_JOB_URL": "https://gitlab.example.com/job",
            **variables,
        }
        command = ["bash", "-eo", "pipefail", "-c", "\n".join(job(name)["script"])]
        return subprocess.run(
            command,
            env=environment,
            cwd=self.project.root,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def calls(self) -> list[str]:
        """What the stand-ins were called with."""
        return (self.folder / "calls").read_text().splitlines()

    def served(self) -> str:
        """Return the newest subject on the server."""
        return self.project.git("--git-dir", str(self.origin), "log", "-1", "--format=%s", "main")


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def test_publishing_goes_on_without_a_token_and_warns(pipeline: Pipeline) -> None:
    result = pipeline.run("pages")
    assert result.returncode == 0, result.stderr
    assert (pipeline.project.root / "public/index.html").is_file()
    assert "WARNING: The site is published, but" in result.stdout
    learned = (pipeline.project.root / ".git" / LEARNED).read_text()
    assert learned == f"{'a' * 40} {'b' * 40}\n"


def test_the_archive_is_committed_with_a_token(pipeline: Pipeline) -> None:
    result = pipeline.run("pages", GAZETTE_ARCHIVE_TOKEN="secret")
    assert result.returncode == 0, result.stderr
    assert pipeline.served() == "Archive superseded versions\n"


def test_a_branch_that_refuses_the_archive_stops_nothing(pipeline: Pipeline) -> None:
    hook = pipeline.origin / "hooks" / "update"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    result = pipeline.run("pages", GAZETTE_ARCHIVE_TOKEN="secret")
    assert result.returncode == 0, result.stderr
    assert "has to be allowed to push to main" in result.stdout
    assert (pipeline.project.root / "public/index.html").is_file()


def test_what_was_pushed_is_checked_before_it_is_published(pipeline: Pipeline) -> None:
    project = pipeline.project
    before = project.git("rev-parse", "HEAD").strip()
    project.post("terms", "2026-03-01.v1", "More.\n", title="Terms", summary="More.")
    for known, expected in ((before, f"check --base {before}"), ("0" * 40, "check")):
        result = pipeline.run("pages", CI_PIPELINE_SOURCE="push", CI_COMMIT_BEFORE_SHA=known)
        assert result.returncode == 0, result.stderr
        assert pipeline.calls[-1] == expected
        shutil.rmtree(project.root / "public")
    result = pipeline.run("pages", CI_PIPELINE_SOURCE="push", WRONG="check")
    assert result.returncode == 1
    assert not (project.root / "public").exists()


def test_the_base_of_a_review_is_the_target_as_it_is_now(pipeline: Pipeline) -> None:
    project = pipeline.project
    project.git("checkout", "--quiet", "-b", "proposal")
    project.post("terms", "2026-03-01.v1", "More.\n", title="Terms", summary="More.")
    project.git("checkout", "--quiet", "main")
    project.post("fees", "2026-02-01.v1", "Fees.\n", title="Fees")
    project.git("push", "--quiet", "origin", "main")
    project.git("checkout", "--quiet", "--detach", "proposal")
    project.git("merge", "--quiet", "--no-edit", "main", day="2026-03-02")
    result = pipeline.run("review")
    assert result.returncode == 0, result.stderr
    base = project.git("rev-parse", "main").strip()
    assert [call for call in pipeline.calls if "--base" in call] == [
        f"report --base {base} --preview https://gitlab.example.com/job/artifacts/browse/site",
        f"check --base {base}",
    ]
    assert (project.root / "site/index.html").is_file()


def test_a_refused_build_makes_the_review_red_and_leaves_a_preview(pipeline: Pipeline) -> None:
    result = pipeline.run("review", REFUSE="1")
    assert result.returncode == 1
    assert (pipeline.project.root / "site/index.html").is_file()
    assert any(call.startswith("check ") for call in pipeline.calls)


@pytest.mark.parametrize(
    ("notes", "method"),
    [("[]", "POST"), ('[{"id": 41, "body": "<!-- gazette-review -->"}]', "PUT")],
)
def test_a_comment_names_its_commit_and_calls_nobody(
    pipeline: Pipeline, notes: str, method: str
) -> None:
    review = "<!-- gazette-review -->\n## What changes\n@all\n"
    (pipeline.project.root / "review.md").write_text(review)
    result = pipeline.run("comment", GAZETTE_TOKEN="secret", NOTES=notes)
    assert result.returncode == 0, result.stderr
    written = (pipeline.project.root / "comment.md").read_text()
    head = f"<!-- gazette-review -->\nReviewed: {'b' * 40}\n\n"
    assert written == f"{head}## What changes\n@\u200ball\n"
    assert f"--request {method} " in pipeline.calls[-1]


def test_without_a_token_there_is_no_comment(pipeline: Pipeline) -> None:
    (pipeline.project.root / "review.md").write_text("Text.\n")
    assert pipeline.run("comment").returncode == 0
    assert not (pipeline.folder / "calls").exists()
