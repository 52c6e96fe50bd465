"""The heaviest chain of pairs that keep their order."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.text.chains import Pair, heaviest_chain

PAIRS = st.tuples(st.integers(0, 6), st.integers(0, 6))
WEIGHTS = st.dictionaries(PAIRS, st.integers(1, 4).map(float), max_size=8)


def is_increasing(chain: list[Pair]) -> bool:
    return all(a < c and b < d for (a, b), (c, d) in pairwise(chain))


@given(WEIGHTS, st.booleans())
def test_no_other_chain_is_heavier(weights: dict[Pair, float], ends_high: bool) -> None:
    chain = heaviest_chain(weights, ends_high=ends_high)
    chains = (
        sorted(chosen)
        for number in range(len(weights) + 1)
        for chosen in combinations(weights, number)
        if is_increasing(sorted(chosen))
    )
    most = max(sum(map(weights.__getitem__, other)) for other in chains)
    assert is_increasing(chain)
    assert sum(map(weights.__getitem__, chain)) == most


@pytest.mark.parametrize(
    ("weights", "low", "high"),
    [
        ({}, [], []),
        ({(0, 1): 1.0, (1, 0): 1.0}, [(1, 0)], [(0, 1)]),
        ({(0, 0): 1.0, (0, 1): 1.0}, [(0, 0)], [(0, 1)]),
        ({(0, 1): 3.0, (1, 0): 1.0, (2, 2): 1.0}, [(0, 1), (2, 2)], [(0, 1), (2, 2)]),
        ({(0, 2): 1.0, (1, 0): 1.0, (2, 1): 1.0}, [(1, 0), (2, 1)], [(1, 0), (2, 1)]),
    ],
)
def test_of_equally_heavy_chains(
    weights: dict[Pair, float], low: list[Pair], high: list[Pair]
) -> None:
    assert heaviest_chain(weights) == low
    assert heaviest_chain(weights, ends_high=True) == high
