"""Which block became which: exact blocks are anchors, the rest pairs in order by shared words."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set

from gazette.text.chains import heaviest_chain
from gazette.text.document import Block, Kind

Match = tuple[int | None, int | None]
"""Old block against new one, by place; None on one side: removed, or added."""

_ALIKE = 0.3
_ALIKE_ALONE = 0.15
"""Of a block that alone stands in the place of another, less will do."""
_MOVED = 0.7
_MOVED_SHORT = 0.9
_SHORT = 8
_TOO_SHORT = 3
_MANY_PAIRS = 20_000
_RARE_WORDS = 6


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
    removed: Sequence[Block], added: Sequence[Block], repeated: Set[str]
) -> list[tuple[int, int]]:
    """Pair removed blocks with added ones that are the same text at another place.

    Equal blocks first, then alike ones, the most alike first. `repeated` holds the texts that stand
    more than once in either document: boilerplate, of which nobody can say that it moved.
    """
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    moves: list[tuple[int, int]] = []
    for _, i, j in sorted(_move_candidates(removed, added, repeated)):
        if i not in taken_old and j not in taken_new:
            moves.append((i, j))
            taken_old.add(i)
            taken_new.add(j)
    return moves


def likeness(x: Block, y: Block) -> float:
    """Dice coefficient of the two blocks' words: 0 to 1."""
    both = len(x.bag) + len(y.bag)
    return 2 * len(x.bag & y.bag) / both if both else 1.0


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pair equal blocks at both ends, and between them those that stand once on either side."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    first, last = _once(old, head, len(old) - tail), _once(new, head, len(new) - tail)
    unique = [(i, last[key]) for key, i in first.items() if key in last]
    return [
        *((at, at) for at in range(head)),
        *heaviest_chain(dict.fromkeys(unique, 1.0)),
        *((len(old) - at, len(new) - at) for at in range(tail, 0, -1)),
    ]


def _once(keys: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Return the place of each key that stands once in this stretch, in order."""
    count = Counter(keys[start:end])
    return {keys[at]: at for at in range(start, end) if count[keys[at]] == 1}


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
            alike = max(alike, 0.9)
        if alike >= enough and _may_pair(x, y):
            gains[i, j] = alike * (len(x.bag) + len(y.bag) + 1)
    return gains


def _worth_a_look(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """All pairs; of very many blocks those near the same place and those that share a rare word."""
    if len(old) * len(new) <= _MANY_PAIRS:
        yield from ((i, j) for i in range(len(old)) for j in range(len(new)))
        return
    slope = len(new) / len(old)
    near = {
        (i, j)
        for i in range(len(old))
        for j in range(max(0, int(i * slope) - 3), min(len(new), int(i * slope) + 4))
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
        if len(left) <= 3 and len(right) <= 3
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
            fewer, more = sorted((len(x.bag), len(y.bag)))
            enough = _MOVED_SHORT if fewer < _SHORT else _MOVED
            if 2 * fewer < enough * (fewer + more) or not _may_pair(x, y):
                continue  # too different in size, or in kind
            alike = likeness(x, y)
            if alike >= enough:
                yield -alike, i, j


def _sharing(bag: frozenset[str], holders: dict[str, list[int]]) -> set[int]:
    """Return the blocks that hold one of the bag's rarest words, of which a move keeps most."""
    held = heapq.nsmallest(_RARE_WORDS, ((len(holders[w]), w) for w in bag & holders.keys()))
    return {j for _, word in held for j in holders[word]}


def _can_move(block: Block, repeated: Set[str]) -> bool:
    return (
        block.kind is not Kind.HEADING
        and len(block.bag) >= _TOO_SHORT
        and block.key not in repeated
    )
