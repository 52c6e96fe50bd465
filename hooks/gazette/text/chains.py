"""The heaviest increasing chain: what keeps its order when some of it moved."""

from __future__ import annotations

import bisect
import operator
from collections.abc import Collection, Mapping

Pair = tuple[int, int]
_Chain = tuple[float, Pair, object]
"""The weight of a chain, its last pair, and the chain before that."""


def heaviest_chain(weights: Mapping[Pair, float], *, ends_high: bool = False) -> list[Pair]:
    """Return the pairs, increasing on both sides, whose weights sum to most.

    Of equally heavy chains it is the one that ends lowest on the right side, or highest.

    `best` holds the chains that no other one beats in both weight and end, by their ends: a pair
    looks for the best chain to follow by halving, and drops the chains that it beats.
    """
    beats = operator.gt if ends_high else operator.ge
    ends: list[int] = []
    best: list[_Chain] = []
    for left, right in sorted(weights, key=lambda pair: (pair[0], -pair[1])):
        at = bisect.bisect_left(ends, right)
        before = best[at - 1] if at else None
        weight = (before[0] if before else 0.0) + weights[left, right]
        beaten = at
        while beaten < len(best) and beats(weight, best[beaten][0]):
            beaten += 1
        if beaten > at or at == len(ends) or ends[at] != right:
            ends[at:beaten] = [right]
            best[at:beaten] = [(weight, (left, right), before)]
    return _unwound(best[-1] if best else None)


def crosses(pair: Pair, staying: Collection[Pair]) -> bool:
    """Tell whether a pair is not among those that keep their order, and stands across one."""
    a, b = pair
    return pair not in staying and any((a - x) * (b - y) < 0 for x, y in staying)


def _unwound(chain: object) -> list[Pair]:
    pairs: list[Pair] = []
    while isinstance(chain, tuple):
        pairs.append(chain[1])
        chain = chain[2]
    return pairs[::-1]
