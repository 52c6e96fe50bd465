"""Nothing from a checkout is taken for work that was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.record.tracked_cache import tracked_cache
from gazette.review.check import check
from repositories import TODAY, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "top" / "project", tmp_path / "top")
    project.init().post("terms", "2026-01-05.v1", "Terms.\n")
    project.put(".gitignore", ".cache/\nsite/\n")
    project.put(".cache/gazette/ab/cd", "made here")
    project.commit("2026-01-05")
    return project


def test_a_cache_that_git_ignores_is_used(project: Project) -> None:
    assert tracked_cache(project.settings) == []


@pytest.mark.parametrize(
    "path", [".cache/gazette/ab/cd", ".cache/gazette/staging-1/journal", "site/.gazette/x"]
)
def test_a_cache_that_git_keeps_is_refused(project: Project, path: str) -> None:
    project.put(path, "forged")
    project.git("add", "--force", f"project/{path}")
    for base in (None, "HEAD"):
        labels = [problem.code.label for problem in check(project.settings, TODAY, base)]
        assert labels == ["tracked-cache"]


def test_a_link_and_other_letters_are_refused_too(project: Project) -> None:
    (project.root / ".Cache").symlink_to(project.root / "docs")
    project.git("add", "--force", "project/.Cache")

    (problem,) = tracked_cache(project.settings)
    assert "git rm -r --cached .cache" in problem.hint


def test_without_git_nothing_can_be_reported(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    project.put(".cache/gazette/ab/cd", "?")

    assert tracked_cache(project.settings) == []
