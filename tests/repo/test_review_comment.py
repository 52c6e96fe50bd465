"""The workflow that posts the review: its scripts, run with a stand-in for GitHub's command."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from workflows import WORKFLOWS, Runner, script, workflow

SHA = "a" * 40
MARKER = "<!-- gazette-review -->"
HEAD = f"{MARKER}\nReviewed: {SHA}\n\n"


class Posting(Runner):
    """One run of the script over what a review handed over."""

    def __init__(self, folder: Path) -> None:
        self.review = folder / "review"
        self.review.mkdir()
        (self.review / "number").write_text("7\n")
        (self.review / "comment.md").write_text(f"{MARKER}\n## What changes\n")
        super().__init__(folder, folder, REVIEW=str(self.review), HEAD_SHA=SHA)
        self.know()

    def know(self, pull: str = f"open {SHA}\n", mine: str = "") -> None:
        """Have GitHub answer with the state of the pull request, and ids of comments."""
        self.answer((("/comments", "--paginate"), mine, 0), (("/pulls/",), pull, 0))

    def post(self) -> subprocess.CompletedProcess[str]:
        return self.run(script("review-comment.yml", "comment", "Post or update the comment"))


@pytest.fixture
def posting(tmp_path: Path) -> Posting:
    return Posting(tmp_path)


def test_the_first_review_is_posted_and_names_its_commit(posting: Posting) -> None:
    result = posting.post()
    assert result.returncode == 0, result.stderr
    assert posting.posted == f"{HEAD}## What changes\n"
    assert "POST" in posting.calls[-1]
    assert "repos/example/help/issues/7/comments" in posting.calls[-1]


def test_the_next_review_takes_the_place_of_the_one_before(posting: Posting) -> None:
    posting.know(mine="41\n99\n")
    assert posting.post().returncode == 0
    assert "PATCH" in posting.calls[-1]
    assert "repos/example/help/issues/comments/41" in posting.calls[-1]


@pytest.mark.parametrize("pull", [f"closed {SHA}", f"open {'b' * 40}", ""])
def test_only_the_open_pull_request_that_was_reviewed_gets_a_comment(
    posting: Posting, pull: str
) -> None:
    posting.know(pull=f"{pull}\n")
    assert posting.post().returncode == 0
    assert posting.posted is None


@pytest.mark.parametrize(
    "number", ["", "0", "-1", "7 8", "7/../8", "$(touch x)", "7; touch x", "../../x", "9" * 12]
)
def test_what_is_no_number_is_refused(posting: Posting, number: str) -> None:
    (posting.review / "number").write_text(number)
    result = posting.post()
    assert result.returncode == 1
    assert "::error::" in result.stdout
    assert posting.calls == []
    assert not (posting.folder / "x").exists()


@pytest.mark.parametrize("name", ["number", "comment.md"])
def test_what_is_no_plain_file_is_refused(posting: Posting, name: str, tmp_path: Path) -> None:
    (posting.review / name).unlink()
    assert posting.post().returncode == 1
    (tmp_path / "secret").write_text("7")
    (posting.review / name).symlink_to(tmp_path / "secret")
    assert posting.post().returncode == 1
    assert posting.posted is None


def test_a_hostile_comment_calls_nobody_and_runs_nothing(posting: Posting) -> None:
    hostile = f"{MARKER}\n<!-- gazette-outdated --> x\n@team $(touch x) `touch x` a@b.example\n\xff"
    (posting.review / "comment.md").write_bytes(hostile.encode("latin-1"))
    assert posting.post().returncode == 0
    assert posting.posted is not None
    assert posting.posted.startswith(f"{HEAD}@\u200bteam ")
    assert "a@\u200bb" in posting.posted
    assert not (posting.folder / "x").exists()


class Outdating(Runner):
    """One run of the script after a push to a pull request."""

    def push(self, mergeable: str, mine: str = "", body: str = "") -> None:
        self.answer(
            (("/comments", "--paginate"), mine, 0),
            (("--jq", ".body"), body, 0),
            (("/pulls/7",), f"{mergeable}\n", 0),
        )
        result = self.run(
            script("review-comment.yml", "outdated", "Update the comment"),
            NUMBER="7",
            HEAD_SHA="b" * 40,
            BASE="master",
            WAIT="0",
        )
        assert result.returncode == 0, result.stderr


@pytest.fixture
def outdating(tmp_path: Path) -> Outdating:
    return Outdating(tmp_path, tmp_path)


def test_a_comment_does_not_outlive_the_commit_it_reviewed(outdating: Outdating) -> None:
    outdating.push("true", mine="41\n", body=f"{HEAD}## What changes\n")
    assert outdating.posted is not None
    first, note, *rest = outdating.posted.splitlines()
    assert first == MARKER
    assert "of an earlier state" in note
    assert "\n".join(rest) == f"\nReviewed: {SHA}\n\n## What changes"
    assert "PATCH" in outdating.calls[-1]


def test_a_review_that_was_quicker_stays_as_it_is(outdating: Outdating) -> None:
    outdating.push("true", mine="41\n", body=f"{MARKER}\nReviewed: {'b' * 40}\n\nText.\n")
    assert outdating.posted is None


def test_a_second_push_leaves_a_single_note(outdating: Outdating) -> None:
    outdating.push("true", mine="41\n", body=f"{HEAD}Text.\n")
    outdating.push("false", mine="41\n", body=outdating.posted or "")
    assert outdating.posted is not None
    assert outdating.posted.count("gazette-outdated") == 1
    assert "cannot be reviewed" in outdating.posted
    assert outdating.posted.endswith("Text.\n")


def test_a_conflict_is_reported_where_no_review_can_run(outdating: Outdating) -> None:
    outdating.push("false")
    assert outdating.posted is not None
    assert "came to master meanwhile" in outdating.posted
    assert "Resolve conflicts" in outdating.posted
    assert "POST" in outdating.calls[-1]


@pytest.mark.parametrize("mergeable", ["true", "null"])
def test_a_new_proposal_waits_for_its_review(outdating: Outdating, mergeable: str) -> None:
    outdating.push(mergeable)
    assert outdating.posted is None


def test_who_runs_a_strangers_code_can_write_nothing() -> None:
    review = workflow("review.yml")
    assert set(review["on"]) == {"pull_request", "merge_group"}
    assert review["permissions"] == {}
    assert all(job["permissions"] == {"contents": "read"} for job in review["jobs"].values())
    assert "secrets." not in (WORKFLOWS / "review.yml").read_text()


def test_who_can_write_runs_no_strangers_code() -> None:
    posts = workflow("review-comment.yml")
    permissions = {name: job["permissions"] for name, job in posts["jobs"].items()}
    assert permissions == {
        "comment": {"actions": "read", "pull-requests": "write"},
        "outdated": {"pull-requests": "write"},
    }
    steps = [step for job in posts["jobs"].values() for step in job["steps"]]
    used = [step["uses"].split("@")[0] for step in steps if "uses" in step]
    assert used == ["actions/download-artifact"]
    assert posts["on"]["workflow_run"]["workflows"] == [workflow("review.yml")["name"]]
