"""A generated collection has a folder for each service, and a commit for each version."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import generated, scale
from bench.scale import make_collection, shape_of
from commands import git

pytestmark = pytest.mark.xdist_group("bench")


def test_each_version_is_a_commit_of_its_day(tmp_path: Path) -> None:
    shape = generated.Shape(6, (2, 4), (500, 900))
    collection = make_collection(tmp_path / "collection", shape)
    days = git(collection, "log", "--reverse", "--format=%ct").split()
    texts = [text for policy in generated.policies(shape) for text in policy]
    assert [*map(int, days)] == sorted(text.time for text in texts)
    files = {file.relative_to(collection).as_posix() for file in collection.glob("*/*.md")}
    assert len(files) == 6
    assert {"Service 1/Terms of Service.md", "Service 2/Privacy Policy.md"} < files
    assert not any(file.read_text().startswith("---") for file in collection.glob("*/*.md"))


@pytest.mark.parametrize(("policies", "versions"), [(88, 4_062), scale.COLLECTION])
def test_a_shape_has_about_the_versions_asked_for(policies: int, versions: int) -> None:
    shape = shape_of(policies, versions)
    counts = generated.spread(shape.versions, policies)
    assert len(counts) == policies
    assert sum(counts) == pytest.approx(versions, rel=0.01)
