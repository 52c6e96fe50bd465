"""Nothing from a checkout is taken for work that was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.record.tracked_cache import tracked_cache
from gazette.review.check import check
from repositories import TODAY, Center


@pytest.fixture
def center(tmp_path: Path) -> Center:
    center = Center(tmp_path / "top" / "center", tmp_path / "top")
    center.init().post("terms", "2026-01-05.v1", "Terms.\n")
    center.put(".gitignore", ".cache/\nsite/\n")
    center.put(".cache/gazette/ab/cd", "made here")
    center.commit("2026-01-05")
    return center


def test_a_cache_that_git_ignores_is_used(center: Center) -> None:
    assert tracked_cache(center.settings) == []


@pytest.mark.parametrize(
    "path", [".cache/gazette/ab/cd", ".cache/gazette/staging-1/journal", "site/.gazette/x"]
)
def test_a_cache_that_git_keeps_is_refused(center: Center, path: str) -> None:
    center.put(path, "forged")
    center.git("add", "--force", f"center/{path}")
    for base in (None, "HEAD"):
        labels = [problem.code.label for problem in check(center.settings, TODAY, base)]
        assert labels == ["tracked-cache"]


def test_a_link_and_other_letters_are_refused_too(center: Center) -> None:
    (center.root / ".Cache").symlink_to(center.root / "docs")
    center.git("add", "--force", "center/.Cache")

    (problem,) = tracked_cache(center.settings)
    assert "git rm -r --cached .cache" in problem.hint


def test_without_git_nothing_can_be_told(tmp_path: Path) -> None:
    center = Center(tmp_path / "center")
    center.put(".cache/gazette/ab/cd", "?")

    assert tracked_cache(center.settings) == []
