"""Pages and files made apart: only those that do not stand in the site unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.cache import Cache
from gazette.publishing.files import file
from gazette.publishing.folders import contents, move
from gazette.publishing.groups import Listing, Place, make, standing


@pytest.fixture
def where(tmp_path: Path) -> Place:
    (tmp_path / "apart").mkdir()
    return Place(tmp_path / "site", tmp_path / "apart", {}, Cache(tmp_path / "cache"))


def made(where: Place, key: str = "one", **texts: str) -> Listing:
    outputs = [file(f"terms/{name}.txt", text.encode()) for name, text in texts.items()]
    return make(where, "terms", key, outputs)


def put(where: Place, key: str = "one", **texts: str) -> None:
    made(where, key, **texts)
    move(where.apart, where.folder)


def test_what_stands_unchanged_is_not_made_again(where: Place) -> None:
    put(where, a="old", b="old")
    made(where, a="old", b="new")
    assert set(contents(where.apart)) == {"terms/b.txt"}
    assert (where.apart / "terms/b.txt").read_text() == "new"


def test_the_site_is_left_alone_until_all_is_made(where: Place) -> None:
    put(where, a="old")
    before = contents(where.folder)
    made(where, a="new", b="new")
    assert contents(where.folder) == before


def test_what_was_made_but_never_moved_is_made_again(where: Place) -> None:
    put(where, a="old")
    made(where, "two", a="new")
    (where.apart / "terms/a.txt").unlink()
    assert standing(where, "terms", "two", contents(where.folder)) is None
    put(where, "two", a="new")
    assert (where.folder / "terms/a.txt").read_text() == "new"


def test_what_a_tool_changed_is_made_again(where: Place) -> None:
    put(where, a="text")
    (where.folder / "terms/a.txt").write_text("changed")
    assert standing(where, "terms", "one", contents(where.folder)) is None
    put(where, a="text")
    assert (where.folder / "terms/a.txt").read_text() == "text"


def test_a_group_stands_when_all_of_it_does(where: Place) -> None:
    put(where, a="text", b="text")
    listing = standing(where, "terms", "one", contents(where.folder))
    assert listing is not None
    assert set(listing.files) == {"terms/a.txt", "terms/b.txt"}
    assert standing(where, "terms", "two", contents(where.folder)) is None
    assert standing(where, "cookies", "one", contents(where.folder)) is None
    (where.folder / "terms/b.txt").unlink()
    assert standing(where, "terms", "one", contents(where.folder)) is None


def test_another_folder_has_a_listing_of_its_own(where: Place, tmp_path: Path) -> None:
    put(where, a="text")
    other = Place(tmp_path / "other", where.apart, {}, where.listings)
    assert standing(other, "terms", "one", contents(other.folder)) is None
    put(other, a="text")
    assert (other.folder / "terms/a.txt").read_text() == "text"


def test_a_file_that_does_not_fit_ends_it(where: Place) -> None:
    resource = pytest.importorskip("resource")
    put(where, a="old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            made(where, a="new" * 5_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (where.folder / "terms/a.txt").read_text() == "old"
