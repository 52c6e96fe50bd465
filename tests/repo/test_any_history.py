"""Whatever editors do, in whatever order: the archive alone tells what git and archive tell."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from editors import Editors
from gazette.record.policies import Register
from gazette.site.periods import timeline
from repositories import Project


def facts(register: Register) -> list[object]:
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


@pytest.mark.parametrize("seed", range(8))
def test_archive_alone_tells_the_same(seed: int, tmp_path: Path) -> None:
    project = Project(tmp_path / "project").init()
    editors = Editors(project, random.Random(seed))
    for _ in range(10):
        editors.act()
    project.build()
    project.commit("2026-03-01")
    expected = facts(project.gather())

    assert project.build() == []
    project.git(
        "clone", "--quiet", "--depth=1", f"file://{project.root}", str(tmp_path / "shallow")
    )
    assert facts(Project(tmp_path / "shallow").gather()) == expected
    (project.root / ".git").rename(tmp_path / "gone")
    assert facts(project.gather()) == expected
