"""What two rows of keys surely have in common."""

from __future__ import annotations

import pytest

from gazette.text.anchors import common_ends, unique_pairs


@pytest.mark.parametrize(
    ("old", "new", "ends"),
    [
        ("", "", (0, 0)),
        ("abc", "abc", (3, 0)),
        ("abc", "axc", (1, 1)),
        ("aa", "aaa", (2, 0)),
        ("xa", "ya", (0, 1)),
        ("abab", "ab", (2, 0)),
    ],
)
def test_ends_never_overlap(old: str, new: str, ends: tuple[int, int]) -> None:
    assert common_ends(old, new) == ends


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("", "a", []),
        ("abc", "cab", [(0, 1), (1, 2), (2, 0)]),
        ("aab", "ab", [(2, 1)]),
        ("ab", "abb", [(0, 0)]),
    ],
)
def test_only_what_stands_once_on_either_side(
    old: str, new: str, pairs: list[tuple[int, int]]
) -> None:
    assert unique_pairs(old, new) == pairs
