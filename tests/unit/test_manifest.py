"""Pages and files are staged only where they do not stand in the site unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.build.manifest import Batch, read_manifest, stage, write_manifest
from gazette.build.shells import Shells
from gazette.build.swap import site_files
from gazette.site.addresses import Address
from gazette.site.outputs import file


def staged(folder: Path, before: Batch | None = None, **texts: str) -> Batch:
    """Stage files in `folder`, which is the site that they stand in afterwards, too."""
    outputs = [file(Address(f"terms/{name}.txt"), text.encode()) for name, text in texts.items()]
    unchanged = before.unchanged(site_files(folder)).files if before else {}
    return stage(folder, Shells({}, {}), "key", outputs, unchanged, {"b", "a"})


def test_what_stands_unchanged_is_not_staged_again(tmp_path: Path) -> None:
    before = staged(tmp_path, a="old", b="old")
    first = site_files(tmp_path)
    after = staged(tmp_path, before, a="old", b="newer")
    assert site_files(tmp_path)["terms/a.txt"] == first["terms/a.txt"]
    assert (tmp_path / "terms/b.txt").read_text() == "newer"
    assert after.files.keys() == before.files.keys()
    assert after.files["terms/a.txt"] == before.files["terms/a.txt"]
    assert after.used == ["a", "b"]


@pytest.mark.parametrize("change", ["changed", None])
def test_what_a_tool_changed_or_removed_is_staged_again(tmp_path: Path, change: str | None) -> None:
    before = staged(tmp_path, a="text")
    page = tmp_path / "terms/a.txt"
    if change:
        page.write_text(change)
    else:
        page.unlink()
    staged(tmp_path, before, a="text")
    assert page.read_text() == "text"


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    store: dict[str, bytes] = {}
    batches = {"terms 0": staged(tmp_path, a="text", b="text"), "site": staged(tmp_path, c="text")}
    write_manifest(store, tmp_path, {}, batches)
    assert read_manifest(store, tmp_path) == batches
    assert read_manifest(store, tmp_path / "other") == {}


def test_a_manifest_that_says_the_same_is_not_written_again(tmp_path: Path) -> None:
    store: dict[str, bytes] = {}
    batches = {"terms 0": staged(tmp_path, a="text")}
    write_manifest(store, tmp_path, batches, dict(batches))
    assert store == {}


def test_a_file_that_does_not_fit_ends_it(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            staged(tmp_path, a="new" * 5_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
