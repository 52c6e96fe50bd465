"""The page of an archived version shows its images as they were, whatever became of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import html

from commands import build, copy_center, copy_project, git, left_out, tree
from editing import POLICY, edit

OLD, NEW = b"<svg>old</svg>\n", b"<svg>new</svg>\n"
IMAGE = "docs/assets/a map.svg"
SHOWN = "\n![A map](../assets/a%20map.svg)\n"
FIRST, SECOND = "2026-07-15.v1", "2026-11-20.v1"
FOLDER = "site/policies/cookie-policy"


def post(project: Path, old: str, new: str, what: str) -> None:
    """Commit a new version of the Cookie Policy."""
    edit(project, f"version: {old}", f"version: {new}")
    edit(project, f"updated: {old[:10]}", f"updated: {new[:10]}")
    (project / POLICY).write_text((project / POLICY).read_text() + what)
    git(project, "add", "-A")
    git(project, "commit", "-qm", f"Cookie Policy {new}")


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose Cookie Policy showed an image, then another one of that name, then none.

    It is built, to look at and not to change.
    """
    project = copy_project(tmp_path_factory.mktemp("pictured") / "project")
    shutil.rmtree(project / "versions")
    git(project, "commit", "-qa", "--amend", "-m", "Begin without an archive")
    (project / IMAGE).write_bytes(OLD)
    (project / POLICY).write_text((project / POLICY).read_text() + SHOWN)
    git(project, "add", "-A")
    git(project, "commit", "-qm", "Show an image")
    (project / IMAGE).write_bytes(NEW)
    post(project, FIRST, SECOND, "\nThe map is a new one.\n")
    (project / IMAGE).unlink()
    (project / POLICY).write_text((project / POLICY).read_text().replace(SHOWN, ""))
    post(project, SECOND, "2026-11-21.v1", "\nThere is no map any more.\n")
    result = build(project)
    assert result.returncode == 0, result.stderr
    return project


def image(page: Path) -> Path:
    """Return the file that the only image in the article of a page shows."""
    (source,) = html.parse(page).xpath("//article//img/@src")
    assert source == source.replace(" ", "%20")
    shown: Path = (page.parent / source.replace("%20", " ")).resolve()
    return shown


def test_each_version_shows_its_own_image(pictured: Path) -> None:
    versions = pictured / FOLDER / "versions"
    for version, data in ((FIRST, OLD), (SECOND, NEW)):
        assert image(versions / version / "index.html").read_bytes() == data
        kept = pictured / "versions/cookie-policy" / version / "assets/a map.svg"
        assert kept.read_bytes() == data


def test_redline_shows_the_image_that_was_taken_out(pictured: Path) -> None:
    page = pictured / FOLDER / "changes/2026-11-21.v1/index.html"
    assert image(page).read_bytes() == NEW


def test_archive_alone_builds_the_same(pictured: Path, tmp_path: Path) -> None:
    project = copy_center(pictured, tmp_path / "project")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "Archive")
    git(tmp_path, "clone", "-q", "--depth", "1", project.as_uri(), "shallow")
    shutil.copytree(project, tmp_path / "tarball", ignore=left_out(project))
    assert build(project).returncode == 0
    for name in ("shallow", "tarball"):
        assert build(tmp_path / name).returncode == 0
        assert tree(tmp_path / name / "site") == tree(project / "site")
