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
def center(texts: list[Text], tmp_path: Path) -> Path:
    return sites.make_from(tmp_path / "center", texts)


def test_center_holds_only_the_history(center: Path, texts: list[Text]) -> None:
    assert list(read(center, sites.START)) == texts
    assert {file.stem for file in center.glob("docs/policies/*")} == {one.slug for one in texts}
    assert list(center.glob("versions/*")) == []
    assert "samples" not in git(center, "log", "--format=%s")


def test_cold_center_has_nothing_to_remember(center: Path, texts: list[Text]) -> None:
    for path in ("site/index.html", ".cache/x", "versions/a/b.md", "hooks/__pycache__/c.pyc"):
        (center / path).parent.mkdir(parents=True, exist_ok=True)
        (center / path).write_text("x")
    sites.publish(center, 1)
    sites.reset(center)
    assert not (center / "site").exists()
    assert not (center / ".cache").exists()
    assert list(center.glob("versions/*")) == []
    assert (center / "hooks/__pycache__/c.pyc").exists()
    assert list(read(center, "HEAD")) == texts


def test_settled_center_keeps_its_archive_and_forgets_updates(center: Path) -> None:
    (center / "versions/policy-1").mkdir(parents=True)
    (center / "versions/policy-1/2020-01-01.v1.md").write_text("x")
    (center / ".cache").mkdir()
    sites.settle(center)
    before = git(center, "rev-parse", "HEAD")
    sites.publish(center, 1)
    (center / "versions/policy-1/2026-01-01.v1.md").write_text("x")
    assert git(center, "rev-parse", "HEAD") != before
    sites.restore(center)
    assert git(center, "rev-parse", "HEAD") == before
    assert [file.name for file in center.glob("versions/*/*")] == ["2020-01-01.v1.md"]
    assert (center / ".cache").exists()


def test_bare_site_has_the_same_texts_and_no_history(center: Path, tmp_path: Path) -> None:
    (center / "versions/policy-1").mkdir(parents=True)
    (center / "versions/policy-1/2020-01-01.v1.md").write_text("x")
    bare = sites.make_bare(tmp_path, center)
    for file in center.glob("docs/policies/*.md"):
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


def test_typing_replaces_what_was_typed_before(center: Path) -> None:
    file = sites.longest_record(center)
    before = file.read_text().partition("\n---\n")[2]
    for number in (1, 2, 12):
        sites.type_into(file, number, sites.sentence(number))
    text = file.read_text()
    assert f"version: {sites.TODAY}.v12\nupdated: {sites.TODAY}\n" in text
    assert text.partition("\n---\n")[2] == f"{before.rstrip()}\n\nSentence 12 of an update.\n"


def test_longest_record_is_that_with_most_versions(center: Path) -> None:
    for path in ("policy-1/a.md", "policy-2/a.md", "policy-2/b.md"):
        (center / "versions" / path).parent.mkdir(parents=True, exist_ok=True)
        (center / "versions" / path).write_text("x")
    assert sites.longest_record(center).stem == "policy-2"
