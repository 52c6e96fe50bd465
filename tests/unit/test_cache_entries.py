"""An entry of the cache is what was put there, long or short, or it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.build.cache import MIN_PACKED_BYTES, Cache

SHORT, LONG = b"words " * 10, b"words " * MIN_PACKED_BYTES


@pytest.mark.parametrize("data", [b"", SHORT, LONG])
def test_an_entry_is_what_was_put_there(tmp_path: Path, data: bytes) -> None:
    cache = Cache(tmp_path)
    cache["text"] = data
    assert cache.get("text") == data


@pytest.mark.parametrize("data", [SHORT, LONG])
@pytest.mark.parametrize("at", [0, 70, -1])
def test_an_entry_of_other_bytes_is_not_there(tmp_path: Path, data: bytes, at: int) -> None:
    cache = Cache(tmp_path)
    cache["text"] = data
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    held = bytearray(file.read_bytes())
    held[at] ^= 1
    file.write_bytes(held)
    assert cache.get("text") is None


def test_only_long_entries_are_packed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for data in (SHORT, LONG):
        cache["text"] = data
        (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
        assert (file.stat().st_size < len(data)) is (data is LONG)
