"""Whatever editors do, in whatever order: the archive alone tells what git and archive tell."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from editors import Editors
from gazette.record.policies import Register
from gazette.site.periods import timeline
from repositories import Project


def facts(register: Register) -> list[tuple[object, ...]]:
    """Return all that readers can see of the policies."""
    return [
        (
            policy.slug,
            policy.retired,
            policy.former_slugs,
            version.id,
            version.status,
            version.sha256,
            [(period.first, period.last) for period in line.periods if period.version is version],
        )
        for policy in register.policies
        for line in [timeline(policy)]
        for version in policy.versions
    ]


def edited(seed: int, folder: Path) -> tuple[Project, Editors]:
    """Return a project on which editors worked for a while, and which was built then."""
    project = Project(folder).init()
    editors = Editors(project, random.Random(seed))
    for _ in range(10):
        editors.act()
    project.build()
    project.commit("2026-03-01")
    return project, editors


@pytest.mark.parametrize("seed", range(8))
def test_archive_alone_tells_the_same(seed: int, tmp_path: Path) -> None:
    project, _ = edited(seed, tmp_path / "project")
    expected = facts(project.gather())

    assert project.build() == []
    project.git(
        "clone", "--quiet", "--depth=1", f"file://{project.root}", str(tmp_path / "shallow")
    )
    assert facts(Project(tmp_path / "shallow").gather()) == expected
    (project.root / ".git").rename(tmp_path / "gone")
    assert facts(project.gather()) == expected


@pytest.mark.parametrize("seed", [*range(4), *range(11, 15)])
def test_a_squash_changes_nothing_and_work_goes_on(seed: int, tmp_path: Path) -> None:
    project, editors = edited(seed, tmp_path / "project")
    expected = facts(project.gather())
    project.squash("2026-03-02")
    assert facts(project.gather()) == expected

    editors.day = date(2026, 3, 3)
    for _ in range(4):
        editors.act()
    kept = {entry[3] for entry in facts(project.gather())}
    assert {entry[3] for entry in expected} <= kept
