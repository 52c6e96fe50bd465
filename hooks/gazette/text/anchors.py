"""Anchors: what two rows of keys, or of anything else, surely have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Old = TypeVar("Old", bound=Hashable)
New = TypeVar("New", bound=Hashable)


def common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many keys are equal at the start, and behind these at the end."""
    head = common_length(old, new)
    return head, common_length(reversed(old[head:]), reversed(new[head:]))


def unique_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the keys that stand once on either side, in the order of the old."""
    left, right = _places_of_unique(old), _places_of_unique(new)
    return [(place, right[key]) for key, place in left.items() if key in right]


def common_length(old: Iterable[object], new: Iterable[object]) -> int:
    """Return how many items are equal at the start."""
    length = 0
    for x, y in zip(old, new, strict=False):
        if x != y:
            break
        length += 1
    return length


def first_come(pairs: Iterable[tuple[Old, New]]) -> dict[Old, New]:
    """Take pairs in order, each side in one pair only."""
    taken: dict[Old, New] = {}
    others: set[New] = set()
    for x, y in pairs:
        if x not in taken and y not in others:
            taken[x] = y
            others.add(y)
    return taken


def _places_of_unique(keys: Sequence[str]) -> dict[str, int]:
    counts = Counter(keys)
    return {key: place for place, key in enumerate(keys) if counts[key] == 1}
