"""Versions come out of git as they went in, and the right ones are chosen."""

from __future__ import annotations

from pathlib import Path

from bench.histories import Text, commit, first_versions, newest_half, read
from commands import git


def text(slug: str, number: int, time: int) -> Text:
    version = f"2026-01-{number:02}.v1"
    return Text(slug, version, time, f"---\nversion: {version}\n---\n\né {number}\n".encode())


TEXTS = [text("terms", 1, 100), text("fees", 1, 200), text("terms", 2, 200), text("terms", 3, 300)]


def repository(folder: Path) -> Path:
    git(folder, "init", "-q", "-b", "main")
    (folder / "other.md").write_text("Not a policy.\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Start")
    return folder


def test_committed_versions_are_read_back(tmp_path: Path) -> None:
    commit(repository(tmp_path), TEXTS)
    assert list(read(tmp_path, "HEAD")) == TEXTS
    assert list(read(tmp_path, "HEAD~2")) == TEXTS[:2]
    assert (tmp_path / "docs/policies/terms.md").read_bytes() == TEXTS[-1].data
    assert (tmp_path / "other.md").exists()
    assert git(tmp_path, "status", "--porcelain") == ""


def test_deleted_policy_has_no_version_of_that_day(tmp_path: Path) -> None:
    commit(repository(tmp_path), TEXTS)
    git(tmp_path, "rm", "-q", "docs/policies/fees.md")
    git(tmp_path, "commit", "-q", "-m", "Retired")
    assert list(read(tmp_path, "HEAD")) == TEXTS


def test_newest_half_of_each_policy() -> None:
    assert newest_half(TEXTS) == [TEXTS[1], TEXTS[2], TEXTS[3]]
    assert newest_half([text("terms", day, day) for day in range(1, 9)]) == [
        text("terms", day, day) for day in range(5, 9)
    ]


def test_first_versions_step_by_step() -> None:
    more = [*TEXTS, text("fees", 2, 400), text("about", 1, 500)]
    assert first_versions(more, 2, 2) == [[more[1], more[0]], [more[4], more[2]]]
    assert first_versions(more, 1, 2) == [[more[1]], [more[4]]]
