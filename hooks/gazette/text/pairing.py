"""Which block became which: exact blocks are anchors, the rest pairs in order by shared words."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence, Set

from gazette.text.anchors import common_ends, first_come, unique_pairs
from gazette.text.chains import heaviest_chain
from gazette.text.document import Block, Kind

Match = tuple[int | None, int | None]
"""Old block against new one, by place; None on one side: removed, or added."""

# Likenesses and lengths were chosen by reading the redlines of pairs of real policies, and are held
# by tests/gold; the numbers that bound the work only have to be large enough to change no result.
_ALIKE = 0.3
"""Blocks less alike are shown as removed and added: their marks would be unreadable."""
_ALIKE_ALONE = 0.15
"""Of a block that alone stands in the place of another, less will do."""
_SAME_ROW = 0.9
"""Rows of a table with the same first cell are at least so much alike."""
_OTHER_KIND = 0.5
"""A paragraph that became a list goes on in the line above that rather than in an item."""
_MOVED = 0.7
"""A block that moved is recognized at the other place only when most of its words stay."""
_MOVED_SHORT = 0.9
_SHORT = 8
"""Different words from which on `_MOVED` is enough."""
_TOO_SHORT = 3
"""Fewer words than these recur by chance."""
_MANY_PAIRS = 20_000
"""So many pairs of blocks are compared one by one."""
_NEAR = 3
"""Of more, those that are so many places apart."""
_RARE = 3
"""And those that share a word which no more blocks than this have on either side."""
_RARE_WORDS = 6
"""A moved block keeps one of its rarest words: so many are looked up."""


def pair_blocks(old: tuple[Block, ...], new: tuple[Block, ...]) -> list[Match]:
    """Pair the blocks of two texts without crossing; the matches cover both texts in order."""
    keys = [block.key for block in old], [block.key for block in new]
    matches: list[Match] = []
    i = j = 0
    for x, y in [*_anchors(*keys), (len(old), len(new))]:
        matches += _between(old, new, range(i, x), range(j, y))
        if x < len(old):
            matches.append((x, y))
        i, j = x + 1, y + 1
    return matches


def find_moves(
    removed: Sequence[Block],
    added: Sequence[Block],
    repeated: Set[str],
    sections: tuple[Sequence[Hashable], Sequence[Hashable]] = ((), ()),
) -> list[tuple[int, int]]:
    """Pair removed blocks with added ones that are the same text at another place.

    Rows of a section with the same first cell first, whatever other tables have; then equal blocks,
    then alike ones, the most alike first. `repeated` holds the texts that stand more than once in
    either document: boilerplate, of which nobody can say that it moved. `sections` name the
    sections of the blocks: within one, few words are enough.
    """
    candidates = [
        *_row_candidates(removed, added, sections),
        *_move_candidates(removed, added, repeated),
        *_short_candidates(removed, added, repeated, sections),
    ]
    return [*first_come((i, j) for _, i, j in sorted(candidates)).items()]


def likeness(x: Block, y: Block) -> float:
    """Return the Dice coefficient of the words of two blocks: 0 to 1."""
    both = len(x.bag) + len(y.bag)
    return 2 * len(x.bag & y.bag) / both if both else 1.0


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pair equal blocks at both ends, and between them those that stand once on either side."""
    head, tail = common_ends(old, new)
    unique = unique_pairs(old[head : len(old) - tail], new[head : len(new) - tail])
    return [
        *((at, at) for at in range(head)),
        *((head + i, head + j) for i, j in heaviest_chain(dict.fromkeys(unique, 1.0))),
        *((len(old) - at, len(new) - at) for at in range(tail, 0, -1)),
    ]


def _between(old: Sequence[Block], new: Sequence[Block], left: range, right: range) -> list[Match]:
    """Pair the blocks between two anchors so that the most words stay."""
    if not left or not right:
        return [(i, None) for i in left] + [(None, j) for j in right]
    gains = _gains([old[i] for i in left], [new[j] for j in right])
    matches: list[Match] = []
    i, j = left.start, right.start
    for x, y in [*heaviest_chain(gains, ends_high=True), (len(left), len(right))]:
        matches += [(k, None) for k in range(i, left.start + x)]
        matches += [(None, k) for k in range(j, right.start + y)]
        i, j = left.start + x, right.start + y
        if x < len(left):
            matches.append((i, j))
            i, j = i + 1, j + 1
    return matches


def _gains(old: Sequence[Block], new: Sequence[Block]) -> dict[tuple[int, int], float]:
    """Return the pairs that may stand for each other, with what pairing them is worth."""
    gains = {}
    enough = _ALIKE_ALONE if len(old) == len(new) == 1 else _ALIKE
    for i, j in _worth_a_look(old, new):
        x, y = old[i], new[j]
        alike = likeness(x, y)
        if x.kind is Kind.ROW and x.cells[0].text and x.cells[0].text == y.cells[0].text:
            alike = max(alike, _SAME_ROW)
        if alike >= enough and _may_pair(x, y):
            gains[i, j] = alike * (len(x.bag) + len(y.bag) + 1)
            if x.kind is not y.kind:
                gains[i, j] *= _OTHER_KIND
    return gains


def _worth_a_look(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Return all pairs; of very many blocks those near the same place or with a rare word."""
    if len(old) * len(new) <= _MANY_PAIRS:
        yield from ((i, j) for i in range(len(old)) for j in range(len(new)))
        return
    slope = len(new) / len(old)
    near = {
        (i, j)
        for i in range(len(old))
        for j in range(max(0, int(i * slope) - _NEAR), min(len(new), int(i * slope) + _NEAR + 1))
    }
    yield from sorted(near | _sharing_rare_words(old, new))


def _sharing_rare_words(old: Sequence[Block], new: Sequence[Block]) -> set[tuple[int, int]]:
    holders: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, blocks in enumerate((old, new)):
        for at, block in enumerate(blocks):
            for word in block.bag:
                holders[word][side].append(at)
    return {
        (i, j)
        for left, right in holders.values()
        if len(left) <= _RARE and len(right) <= _RARE
        for i in left
        for j in right
    }


def _may_pair(x: Block, y: Block) -> bool:
    if x.kind is Kind.ROW and y.kind is Kind.ROW:
        return len(x.cells) == len(y.cells) or not _headers(x).isdisjoint(_headers(y))
    strict = (Kind.ROW, Kind.CODE, Kind.HEADING)
    return x.kind is y.kind or (x.kind not in strict and y.kind not in strict)


def _headers(row: Block) -> set[str]:
    """Return the headers of a row's columns: rows of which no cells meet are no pair."""
    return set(row.columns) or {cell.text for cell in row.cells}


def _move_candidates(
    removed: Sequence[Block], added: Sequence[Block], repeated: Set[str]
) -> Iterator[tuple[float, int, int]]:
    left = [i for i, block in enumerate(removed) if _can_move(block, repeated)]
    right = [j for j, block in enumerate(added) if _can_move(block, repeated)]
    holders: dict[str, list[int]] = defaultdict(list)
    for j in right:
        for word in added[j].bag:
            holders[word].append(j)
    for i in left:
        x = removed[i]
        for j in sorted(_sharing(x.bag, holders)):
            y = added[j]
            alike = likeness(x, y)
            enough = _MOVED_SHORT if min(len(x.bag), len(y.bag)) < _SHORT else _MOVED
            if alike >= enough and _may_pair(x, y):
                yield -alike, i, j


def _short_candidates(
    removed: Sequence[Block],
    added: Sequence[Block],
    repeated: Set[str],
    sections: tuple[Sequence[Hashable], Sequence[Hashable]],
) -> Iterator[tuple[float, int, int]]:
    """Yield equal blocks of few words that moved within a section."""
    before: dict[tuple[Hashable, Kind, str], int] = {
        (section, block.kind, block.key): i
        for i, (section, block) in enumerate(zip(sections[0], removed, strict=False))
        if 0 < len(block.bag) < _TOO_SHORT and block.key not in repeated
        if block.kind is not Kind.HEADING
    }
    for j, (section, block) in enumerate(zip(sections[1], added, strict=False) if before else ()):
        if (section, block.kind, block.key) in before:
            yield -1.0, before[section, block.kind, block.key], j


def _row_candidates(
    removed: Sequence[Block],
    added: Sequence[Block],
    sections: tuple[Sequence[Hashable], Sequence[Hashable]],
) -> Iterator[tuple[float, int, int]]:
    """Yield rows of a section that moved within it, by the first cell that no other row has."""
    before, after = (
        _rows_by_first_cell(blocks, places)
        for blocks, places in zip((removed, added), sections, strict=True)
    )
    for key, (i, *more) in before.items():
        places = after.get(key, [])
        if not more and len(places) == 1 and _may_pair(removed[i], added[places[0]]):
            yield -1.0 - _SAME_ROW, i, places[0]


def _rows_by_first_cell(
    blocks: Sequence[Block], sections: Sequence[Hashable]
) -> dict[tuple[Hashable, str], list[int]]:
    rows: dict[tuple[Hashable, str], list[int]] = defaultdict(list)
    for at, (section, block) in enumerate(zip(sections, blocks, strict=False)):
        if block.kind is Kind.ROW and block.cells[0].text:
            rows[section, block.cells[0].text].append(at)
    return rows


def _sharing(bag: frozenset[str], holders: dict[str, list[int]]) -> set[int]:
    """Return the blocks that hold one of the bag's rarest words, of which a move keeps most."""
    words = ((len(holders[word]), word) for word in bag & holders.keys())
    return {j for _, word in heapq.nsmallest(_RARE_WORDS, words) for j in holders[word]}


def _can_move(block: Block, repeated: Set[str]) -> bool:
    return (
        block.kind is not Kind.HEADING
        and len(block.bag) >= _TOO_SHORT
        and block.key not in repeated
    )
