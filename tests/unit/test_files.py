"""Files are put in place whole; what killed writers left is cleared away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gazette.files import clear_parts, staged, write_plainly, write_whole


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    file = tmp_path / "a/b/text.md"
    write_whole(file, b"old")
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(file.parent.iterdir()) == [file]


def test_a_file_is_written_plainly_and_its_state_returned(tmp_path: Path) -> None:
    file = tmp_path / "a/b/page.html"
    for data in (b"a longer page", b"a page"):
        state = write_plainly(str(file), data)
        assert file.read_bytes() == data
        assert (state.st_size, state.st_mtime_ns) == (len(data), file.stat().st_mtime_ns)


def test_an_old_file_keeps_its_mode_and_a_link_leads_on(tmp_path: Path) -> None:
    file, link = tmp_path / "text.md", tmp_path / "link.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("function", ["replace", "fsync"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("No space left on device")

    file = tmp_path / "text.md"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, function, refuse)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("function", ["fsync", "open"])
def test_an_error_names_the_file_that_was_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    def refuse(file: object, *_: object) -> None:
        raise PermissionError(13, "no", *([file] if isinstance(file, str) else []))

    monkeypatch.setattr("builtins.open" if function == "open" else "os.fsync", refuse)
    with pytest.raises(PermissionError) as caught:
        write_whole(tmp_path / "text.md", b"new")
    assert caught.value.filename == str(tmp_path / "text.md")


def test_what_killed_writers_left_is_cleared(tmp_path: Path) -> None:
    kept = [tmp_path / "terms/2026-01-01.v1.md", tmp_path / "terms/x.part", tmp_path / ".hidden"]
    for file in [*kept, tmp_path / ".0a1b.part", tmp_path / "terms/.0a1b.part"]:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
    clear_parts(tmp_path)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(kept)
    clear_parts(tmp_path / "not there")


def test_staged_files_are_put_in_place_together(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "folder/new.md"
    old.write_bytes(b"old")
    with staged({old: b"newer", new: b"new"}):
        assert old.read_bytes() == b"old"
        assert not new.exists()
    assert (old.read_bytes(), new.read_bytes()) == (b"newer", b"new")


def test_staged_files_are_gone_when_what_they_belong_to_fails(tmp_path: Path) -> None:
    old = tmp_path / "old.md"
    old.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), staged({old: b"newer", tmp_path / "new.md": b"new"}):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == [old]
    assert old.read_bytes() == b"old"
