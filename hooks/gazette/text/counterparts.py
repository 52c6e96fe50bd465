"""Counterparts: which section of a translation says what a section of the original says.

No word is the same in both, so what counts is what languages share: level, number and anchor of a
heading, how many paragraphs and items stand below it, figures, addresses and names, and the order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from gazette.text.chains import heaviest_chain
from gazette.text.document import Document, Section

HREF = re.compile(r"\b(?:href|src)=\"([^\"]*)\"")
FACT = re.compile(r"[\d@]")
"""A word with such a character is the same in every language."""
BEFORE_ALL = -1
"""Stands for the index of a known section where none is before."""
_LEVEL, _NUMBER, _ANCHOR, _SHAPE, _FACTS, _NAMES, _LENGTH, _PLACE = 3, 2, 4, 3, 3, 2, 1, 1
"""What each of these likenesses counts; the order of sections decides most."""

Counterparts = Mapping[int, int]
"""The index of a section in the translation by that of the one in the original."""


def counterparts(
    original: Document, translation: Document, known: Counterparts | None = None
) -> dict[int, int]:
    """Return which section of the original is which of the translation.

    Those that are `known` stay; others are found between them, in their order, and then elsewhere.
    The opening is the opening.
    """
    pairs = _with_openings(original, translation, dict(known or {}))
    left, right = _by_gap(original, {*pairs}), _by_gap(translation, {*pairs.values()})
    for gap, sections in left.items():
        pairs |= _aligned(sections, right.get(pairs.get(gap, BEFORE_ALL), []))
    taken = set(pairs.values())
    rest = [
        section for sections in left.values() for section in sections if section.index not in pairs
    ]
    others = [
        section for sections in right.values() for section in sections if section.index not in taken
    ]
    return pairs | _aligned(rest, others)


def _with_openings(
    original: Document, translation: Document, pairs: dict[int, int]
) -> dict[int, int]:
    """Return the pairs with that of the openings, where both texts have one that is in no other."""
    is_taken = 0 in pairs or 0 in pairs.values()
    are_there = original.sections[0].is_visible and translation.sections[0].is_visible
    return pairs | {0: 0} if are_there and not is_taken else pairs


def _by_gap(document: Document, known: Set[int]) -> dict[int, list[Section]]:
    """Return the other visible sections by the index of the known one before them."""
    gaps: dict[int, list[Section]] = defaultdict(list)
    gap = BEFORE_ALL
    for section in document.sections:
        if section.index in known:
            gap = section.index
        elif section.is_visible:
            gaps[gap].append(section)
    return gaps


def _aligned(left: Sequence[Section], right: Sequence[Section]) -> dict[int, int]:
    """Return the pairs in order whose likenesses sum to most."""
    if [section.level for section in left] == [section.level for section in right]:
        return {a.index: b.index for a, b in zip(left, right, strict=True)}
    weights = {
        (i, j): _likeness(a, b) + _PLACE * (1 - abs(i / len(left) - j / len(right)))
        for i, a in enumerate(left)
        for j, b in enumerate(right)
    }
    return {left[i].index: right[j].index for i, j in heaviest_chain(weights)}


def _likeness(original: Section, translation: Section) -> float:
    """Return how much of what languages share two sections have in common."""
    same_anchor = bool(original.anchor) and original.anchor == translation.anchor
    numbers = original.number, translation.number
    number = (1 if numbers[0] == numbers[1] else -1) if all(numbers) else 0
    lengths = sorted((original.length + 1, translation.length + 1))
    return (
        _LEVEL * (original.level == translation.level)
        + _ANCHOR * same_anchor
        + _NUMBER * number
        + _SHAPE * _dice(_shape(original), _shape(translation))
        + _FACTS * _dice(_facts(original), _facts(translation))
        + _NAMES * _dice(Counter(original.bag), Counter(translation.bag))
        + _LENGTH * lengths[0] / lengths[1]
    )


def _shape(section: Section) -> Counter[str]:
    return Counter(f"{block.kind.value} {len(block.path)}" for block in section.body)


def _facts(section: Section) -> Counter[str]:
    words = (word for block in section.body for word in block.words if FACT.search(word))
    links = (
        link for block in section.body for cell in block.cells for link in HREF.findall(cell.html)
    )
    return Counter([*words, *links])


def _dice(left: Counter[str], right: Counter[str]) -> float:
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0
