"""Pages and files are made apart only where they do not stand in the site, then put there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gazette.build import manifest as groups
from gazette.build.manifest import Made, Place, whole
from gazette.build.output_folders import contents
from gazette.build.shells import Shells
from gazette.cache import Cache
from gazette.site.addresses import Address
from gazette.site.outputs import file


@pytest.fixture
def where(tmp_path: Path) -> Place:
    return Place(tmp_path / "site", tmp_path / "apart", Cache(tmp_path / "cache"))


def made(where: Place, key: str = "one", **texts: str) -> Made:
    outputs = [file(Address(f"terms/{name}.txt"), text.encode()) for name, text in texts.items()]
    return groups.make(where, Shells({}), "terms", key, outputs)


def put(where: Place, key: str = "one", **texts: str) -> None:
    groups.put(where, made(where, key, **texts))


def test_what_stands_unchanged_is_not_made_again(where: Place) -> None:
    put(where, a="old", b="old")
    before = contents(where.folder)
    again = made(where, a="old", b="new")
    assert set(again.standing) == {"terms/a.txt"}
    assert set(again.made) == {"terms/b.txt"}
    assert contents(where.folder) == before
    groups.put(where, again)
    assert contents(where.folder)["terms/a.txt"] == before["terms/a.txt"]
    assert (where.folder / "terms/b.txt").read_text() == "new"


def test_what_is_made_but_never_put_changes_nothing(where: Place) -> None:
    put(where, a="old")
    before = where.listing("terms")
    assert before is not None
    made(where, "two", a="new")
    assert where.listing("terms") == before
    assert whole(before.files, contents(where.folder))
    assert set(made(where, a="old").made) == set()


def test_what_a_tool_changed_is_made_again(where: Place) -> None:
    put(where, a="text")
    (where.folder / "terms/a.txt").write_text("changed")
    put(where, a="text")
    assert (where.folder / "terms/a.txt").read_text() == "text"


def test_who_linked_a_file_keeps_it_as_it_was(where: Place, tmp_path: Path) -> None:
    put(where, a="old")
    os.link(where.folder / "terms/a.txt", tmp_path / "kept")
    put(where, a="new")
    assert (tmp_path / "kept").read_text() == "old"


def test_a_group_is_whole_when_all_of_it_stands(where: Place) -> None:
    put(where, a="text", b="text")
    listing = where.listing("terms")
    assert listing is not None
    assert listing.key == "one"
    assert set(listing.files) == {"terms/a.txt", "terms/b.txt"}
    assert whole(listing.files, contents(where.folder))
    assert where.listing("cookies") is None
    (where.folder / "terms/b.txt").unlink()
    assert not whole(listing.files, contents(where.folder))


def test_another_folder_has_a_listing_of_its_own(where: Place, tmp_path: Path) -> None:
    put(where, a="text")
    other = Place(tmp_path / "other", where.apart, where.listings)
    assert other.listing("terms") is None
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
