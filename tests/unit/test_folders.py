"""What was made apart is moved into the site; what is no part of it is swept out."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from gazette.publishing.folders import contents, move, spare, sweep


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    (tmp_path / "apart").mkdir()
    return tmp_path / "apart"


def put(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / "terms").mkdir(parents=True, exist_ok=True)
        (folder / f"terms/{name}.txt").write_text(text)


@pytest.fixture(params=["one disk", "two disks"])
def disks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, apart: Path) -> None:
    """Two disks, as far as can be told: nothing that was made apart can be renamed."""
    if request.param == "two disks":
        rename = os.rename

        def refuse(source: str | Path, target: str | Path) -> None:
            if apart in Path(source).parents:
                raise OSError(errno.EXDEV, "it is on another disk")
            rename(source, target)

        for name in ("rename", "replace"):
            monkeypatch.setattr(os, name, refuse)


@pytest.mark.usefixtures("disks")
def test_what_was_made_is_moved_over_what_there_was(site: Path, apart: Path) -> None:
    put(site, a="old", b="old")
    put(apart, a="new", c="new")
    os.utime(apart / "terms/a.txt", ns=(1_000_000_001, 1_000_000_001))
    move(apart, site)
    texts = {path: (site / path).read_text() for path in contents(site)}
    assert texts == {"terms/a.txt": "new", "terms/b.txt": "old", "terms/c.txt": "new"}
    assert contents(site)["terms/a.txt"] == (3, 1_000_000_001)


@pytest.mark.usefixtures("disks")
def test_a_new_folder_is_moved_whole(site: Path, apart: Path) -> None:
    put(apart / "policies/deep", a="new")
    move(apart, site / "deeper")
    assert set(contents(site)) == {"deeper/policies/deep/terms/a.txt"}


@pytest.mark.usefixtures("disks")
def test_who_linked_a_file_keeps_it_as_it_was(site: Path, apart: Path, tmp_path: Path) -> None:
    put(site, a="old")
    os.link(site / "terms/a.txt", tmp_path / "kept")
    put(apart, a="new")
    move(apart, site)
    assert (tmp_path / "kept").read_text() == "old"
    assert (site / "terms/a.txt").read_text() == "new"


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("in_the_way", ["terms/a.txt/deeper", "terms"])
def test_files_and_folders_make_way_for_each_other(
    site: Path, apart: Path, in_the_way: str
) -> None:
    stray = site / in_the_way
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_text("stray")
    put(apart, a="text")
    move(apart, site)
    assert set(contents(site)) == {"terms/a.txt"}
    assert (site / "terms/a.txt").read_text() == "text"


@pytest.mark.usefixtures("disks")
def test_links_to_the_site_stay_where_they_are(apart: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "elsewhere")
    put(apart, a="text")
    move(apart, tmp_path / "linked")
    assert (tmp_path / "linked").is_symlink()
    assert (tmp_path / "elsewhere/terms/a.txt").read_text() == "text"


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("name", ["terms", "terms/a.txt"])
def test_a_link_in_the_place_of_a_page_makes_way(
    site: Path, apart: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).symlink_to(tmp_path / "elsewhere")
    put(apart, a="text")
    move(apart, site)
    assert (site / "terms/a.txt").read_text() == "text"
    assert not (site / name).is_symlink()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_stands_there_already_is_spared(site: Path, apart: Path) -> None:
    put(site, a="same", b="old")
    put(apart, a="same", b="new", c="new")
    before = contents(site)
    spare(apart, site, contents(apart))
    move(apart, site)
    assert contents(site)["terms/a.txt"] == before["terms/a.txt"]
    assert (site / "terms/b.txt").read_text() == "new"
    assert (site / "terms/c.txt").read_text() == "new"


def test_hidden_files_at_the_top_are_not_the_sites_own(site: Path) -> None:
    for name in (".git/HEAD", ".nojekyll", ".well-known/x", "terms/.hidden"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("x")
    assert set(contents(site)) == {"terms/.hidden"}


def test_swept_files_take_their_empty_folders_along(site: Path) -> None:
    put(site, a="text", b="text")
    sweep(site, ["terms/a.txt", "terms/gone.txt"])
    assert set(contents(site)) == {"terms/b.txt"}
    sweep(site, ["terms/b.txt"])
    assert list(site.iterdir()) == []
