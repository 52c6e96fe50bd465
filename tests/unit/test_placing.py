"""Pages and files put in place: what stands there unchanged is left alone, nothing else stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gazette.cache import Cache
from gazette.publishing.files import file
from gazette.publishing.placing import Listing, Place, contents, move, place, standing, sweep


@pytest.fixture
def where(tmp_path: Path) -> Place:
    return Place(tmp_path / "site", {}, Cache(tmp_path / "cache"))


def put(where: Place, key: str = "one", **texts: str) -> Listing:
    outputs = [file(f"terms/{name}.txt", text.encode()) for name, text in texts.items()]
    return place(where, "terms", key, outputs)


def test_what_stands_unchanged_is_not_written_again(where: Place) -> None:
    put(where, a="old", b="old")
    before = contents(where.folder)
    put(where, a="old", b="new")
    after = contents(where.folder)
    assert after["terms/a.txt"] == before["terms/a.txt"]
    assert (where.folder / "terms/b.txt").read_text() == "new"


def test_what_a_tool_changed_is_written_again(where: Place) -> None:
    put(where, a="text")
    (where.folder / "terms/a.txt").write_text("changed")
    assert standing(where, "terms", "one", contents(where.folder)) is None
    put(where, a="text")
    assert (where.folder / "terms/a.txt").read_text() == "text"


def test_who_linked_a_file_keeps_it_as_it_was(where: Place, tmp_path: Path) -> None:
    put(where, a="old")
    os.link(where.folder / "terms/a.txt", tmp_path / "kept")
    put(where, a="new")
    assert (tmp_path / "kept").read_text() == "old"


def test_a_group_stands_when_all_of_it_does(where: Place) -> None:
    put(where, a="text", b="text")
    listing = standing(where, "terms", "one", contents(where.folder))
    assert listing is not None
    assert set(listing.placed) == {"terms/a.txt", "terms/b.txt"}
    assert standing(where, "terms", "two", contents(where.folder)) is None
    assert standing(where, "cookies", "one", contents(where.folder)) is None
    (where.folder / "terms/b.txt").unlink()
    assert standing(where, "terms", "one", contents(where.folder)) is None


def test_another_folder_has_a_listing_of_its_own(where: Place, tmp_path: Path) -> None:
    put(where, a="text")
    other = Place(tmp_path / "other", {}, where.listings)
    assert standing(other, "terms", "one", contents(other.folder)) is None
    put(other, a="text")
    assert (other.folder / "terms/a.txt").read_text() == "text"


@pytest.mark.parametrize("in_the_way", ["terms/a.txt/deeper", "terms"])
def test_files_and_folders_make_way_for_each_other(where: Place, in_the_way: str) -> None:
    stray = where.folder / in_the_way
    stray.parent.mkdir(parents=True)
    stray.write_text("stray")
    found = contents(where.folder)
    placed = put(where, a="text").placed
    sweep(where.folder, found.keys() - placed.keys())
    assert set(contents(where.folder)) == {"terms/a.txt"}
    assert (where.folder / "terms/a.txt").read_text() == "text"


def test_links_to_the_site_stay_where_they_are(where: Place, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    where.folder.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "rendered/about").mkdir(parents=True)
    (tmp_path / "rendered/about/index.html").write_text("page")
    put(where, a="text")
    move(tmp_path / "rendered", where.folder)
    assert where.folder.is_symlink()
    assert (tmp_path / "elsewhere/terms/a.txt").read_text() == "text"
    assert (tmp_path / "elsewhere/about/index.html").read_text() == "page"


def test_a_link_in_the_place_of_a_page_makes_way(where: Place, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "rendered").mkdir()
    (tmp_path / "rendered/about").write_text("page")
    where.folder.mkdir()
    (where.folder / "about").symlink_to(tmp_path / "elsewhere")
    move(tmp_path / "rendered", where.folder)
    assert (where.folder / "about").read_text() == "page"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_that_does_not_fit_is_not_placed(where: Place) -> None:
    resource = pytest.importorskip("resource")
    put(where, a="old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            put(where, a="new" * 5_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert set(contents(where.folder)) == {"terms/a.txt"}
    assert (where.folder / "terms/a.txt").read_text() == "old"


def test_rendered_pages_are_moved_unless_they_stand_there(where: Place, tmp_path: Path) -> None:
    rendered = tmp_path / "rendered"
    for name, text in (("same/index.html", "same"), ("index.html", "new")):
        for folder in (rendered, where.folder):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text if folder == rendered else "same")
    (rendered / "more.css").write_text("more")
    before = contents(where.folder)
    assert move(rendered, where.folder) == {"same/index.html", "index.html", "more.css"}
    after = contents(where.folder)
    assert after["same/index.html"] == before["same/index.html"]
    assert (where.folder / "index.html").read_text() == "new"
    assert (where.folder / "more.css").read_text() == "more"


def test_hidden_files_at_the_top_are_not_the_sites_own(where: Place) -> None:
    for name in (".git/HEAD", ".nojekyll", ".well-known/x", "terms/.hidden"):
        (where.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (where.folder / name).write_text("x")
    assert set(contents(where.folder)) == {"terms/.hidden"}


def test_swept_files_take_their_empty_folders_along(where: Place) -> None:
    put(where, a="text", b="text")
    sweep(where.folder, ["terms/a.txt", "terms/gone.txt"])
    assert set(contents(where.folder)) == {"terms/b.txt"}
    sweep(where.folder, ["terms/b.txt"])
    assert list(where.folder.iterdir()) == []
