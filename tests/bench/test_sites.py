"""What is measured is what it is said to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import sites
from bench.generated import Shape, history
from bench.histories import Text, read
from commands import git

pytestmark = pytest.mark.xdist_group("bench")


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return list(history(Shape(2, (2, 3), (500, 600))))


@pytest.fixture
def project(texts: list[Text], tmp_path: Path) -> Path:
    return sites.make_from(tmp_path / "project", texts)


def test_center_holds_only_the_history(project: Path, texts: list[Text]) -> None:
    assert list(read(project, sites.START)) == texts
    assert {file.stem for file in project.glob("docs/policies/*")} == {
        policy.slug for policy in texts
    }
    assert list(project.glob("versions/*")) == []
    assert "samples" not in git(project, "log", "--format=%s")


def test_cold_center_has_nothing_to_remember(project: Path, texts: list[Text]) -> None:
    for path in ("site/index.html", ".cache/x", "versions/a/b.md", "hooks/__pycache__/c.pyc"):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text("x")
    sites.publish(project, 1)
    sites.reset(project)
    assert not (project / "site").exists()
    assert not (project / ".cache").exists()
    assert list(project.glob("versions/*")) == []
    assert (project / "hooks/__pycache__/c.pyc").exists()
    assert list(read(project, "HEAD")) == texts


def test_settled_center_keeps_its_archive_and_forgets_updates(project: Path) -> None:
    (project / "versions/policy-1").mkdir(parents=True)
    (project / "versions/policy-1/2020-01-01.v1.md").write_text("x")
    (project / ".cache").mkdir()
    sites.settle(project)
    before = git(project, "rev-parse", "HEAD")
    sites.publish(project, 1)
    (project / "versions/policy-1/2026-01-01.v1.md").write_text("x")
    assert git(project, "rev-parse", "HEAD") != before
    sites.restore(project)
    assert git(project, "rev-parse", "HEAD") == before
    assert [file.name for file in project.glob("versions/*/*")] == ["2020-01-01.v1.md"]
    assert (project / ".cache").exists()


def test_bare_site_has_the_same_texts_and_no_history(project: Path, tmp_path: Path) -> None:
    (project / "versions/policy-1").mkdir(parents=True)
    (project / "versions/policy-1/2020-01-01.v1.md").write_text("x")
    bare = sites.make_bare(tmp_path, project)
    for file in project.glob("docs/policies/*.md"):
        assert (bare / "docs/policies" / file.name).read_bytes() == file.read_bytes()
    assert list(bare.glob("versions/*")) == []
    assert git(bare, "rev-list", "--count", "HEAD").strip() == "1"


def test_plain_site_has_every_version_unlisted(texts: list[Text], tmp_path: Path) -> None:
    plain = sites.make_plain(tmp_path, texts)
    pages = sorted(plain.glob("docs/policies/*/*.md"))
    assert len(pages) == len(texts)
    assert all(page.read_text().startswith("---\nsearch:\n  exclude: true\n") for page in pages)
    config = (plain / "mkdocs.yml").read_text()
    assert "not_in_nav: /policies/" in config
    assert "hooks" not in config


def test_typing_replaces_what_was_typed_before(project: Path) -> None:
    file = sites.longest_record(project)
    before = file.read_text().partition("\n---\n")[2]
    for number in (1, 2, 12):
        sites.type_into(file, number, sites.sentence(number))
    text = file.read_text()
    assert f"version: {sites.TODAY}.v12\nupdated: {sites.TODAY}\n" in text
    assert text.partition("\n---\n")[2] == f"{before.rstrip()}\n\nSentence 12 of an update.\n"


def test_longest_record_is_that_with_most_versions(project: Path) -> None:
    for path in ("policy-1/a.md", "policy-2/a.md", "policy-2/b.md"):
        (project / "versions" / path).parent.mkdir(parents=True, exist_ok=True)
        (project / "versions" / path).write_text("x")
    assert sites.longest_record(project).stem == "policy-2"
