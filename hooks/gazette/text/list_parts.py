"""Sentences that became lists, and lists that became sentences: where the words of items begin."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import chain, pairwise

from rapidfuzz.distance import LCSseq

from gazette.text.document import Block, Kind

_WORD = re.compile(r"\w+")
_SAME = 0.75
"""A list says the same as a sentence if so many words of either are those of the other,"""
_SAME_ITEM = 0.5
"""and so many of an item, or it has no part of the sentence: it came in or went with the list."""
_FEWEST_ITEMS = 2
_MANY_PAIRS = 20_000
"""Up to so many pairs of a paragraph and a list, each paragraph is compared with all lists,"""
_NEAR = 20
"""of more pairs with so many on either side of its place in the text."""

Blocks = Sequence[Block]


def borders_of_items(
    blocks: Blocks, changed: Collection[int], other: Blocks, others: Collection[int]
) -> dict[int, list[int]]:
    """Return which paragraphs of `blocks` are lists in `other`, and where their items begin.

    Only blocks that `changed` on either side are looked at. Places are those in the HTML of the
    paragraph, which holds no elements.
    """
    borders: dict[int, list[int]] = {}
    lists = list(_lists(other, frozenset(others)))
    starts = [start for start, _ in lists]
    are_many = len(changed) * len(lists) > _MANY_PAIRS
    for at in changed if lists else ():
        paragraph = blocks[at]
        if paragraph.kind is Kind.PARAGRAPH and paragraph.cells[0].html == paragraph.text:
            place = bisect_left(starts, at * len(other) // len(blocks))
            near = lists[max(0, place - _NEAR) : place + _NEAR] if are_many else lists
            candidates = (_borders(paragraph, items) for _, items in near)
            places = next(filter(None, candidates), None)
            if places:
                borders[at] = places
    return borders


def _lists(blocks: Blocks, changed: Set[int]) -> Iterator[tuple[int, Blocks]]:
    """Yield where paragraphs before a list stand, and both, first with the paragraph behind it."""
    last = -1
    for at in sorted(changed):
        if at <= last or blocks[at].kind is not Kind.PARAGRAPH:
            continue
        last = at
        while last + 1 in changed and blocks[last + 1].kind is Kind.ITEM:
            last += 1
        if last - at < _FEWEST_ITEMS:
            continue
        if last + 1 in changed and blocks[last + 1].kind is Kind.PARAGRAPH:
            yield at, blocks[at : last + 2]
        yield at, blocks[at : last + 1]


def _borders(paragraph: Block, blocks: Blocks) -> list[int]:
    """Return where in the paragraph the words of blocks but the first begin, those that it has."""
    words = set(chain.from_iterable(block.bag for block in blocks))
    if len(words & paragraph.bag) < _SAME * max(len(words), len(paragraph.bag)):
        return []
    matches = list(_WORD.finditer(paragraph.text))
    words_of_paragraph = [match[0].casefold() for match in matches]
    others = [_WORD.findall(block.text.casefold()) for block in blocks]
    places = _places(words_of_paragraph, list(chain.from_iterable(others)))
    firsts, start = [], 0
    for block_words in others:
        known = [places[at] for at in range(start, start + len(block_words)) if at in places]
        if known and len(known) >= _SAME_ITEM * len(block_words):
            firsts.append(known[0])
        elif not start:
            return []
        start += len(block_words)
    if len(firsts) <= _FEWEST_ITEMS or len(places) < _SAME * max(len(words_of_paragraph), start):
        return []
    borders = [paragraph.text.rfind(" ", 0, matches[first].start()) + 1 for first in firsts[1:]]
    return borders if all(x < y for x, y in pairwise([0, *borders])) else []


def _places(paragraph: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return where words of the other text stand in a paragraph, by their numbers, in order."""
    numbers: dict[str, int] = {}
    x, y = (
        [numbers.setdefault(word, len(numbers)) for word in text] for text in (other, paragraph)
    )
    return {
        op.src_start + step: op.dest_start + step
        for op in LCSseq.opcodes(x, y)
        if op.tag == "equal"
        for step in range(op.src_end - op.src_start)
    }
