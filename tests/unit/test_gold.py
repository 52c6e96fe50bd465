"""How well redlines meet the labels of `tests/gold/`: today's scores are the least that is allowed.

A bound is never lowered to let a change pass. Whoever makes the engine better raises the bounds and
takes pairs from the list of those that are not met.
"""

from __future__ import annotations

import pytest

from bench.readability import readability
from labelled import KINDS, Labelled, Scores, read_pairs, score

BOUNDS = {
    "link": (0.996, 1.0),
    "added": (1.0, 0.975),
    "removed": (1.0, 0.962),
    "unchanged": (1.0, 1.0),
    "amended": (0.987, 1.0),
    "renamed": (0.977, 1.0),
    "renumbered": (1.0, 1.0),
    "moved": (1.0, 1.0),
    "split": (1.0, 1.0),
    "merged": (1.0, 1.0),
}
"""The least precision and recall of each kind."""

LINKED_NEAR_MISSES = 1
"""Of 51 near misses, so many are linked today: each a comparison that misleads a reader."""

UNMET = {"boilerplate-replaced-topic"}
"""Pairs of which a redline does not say what the labels say."""


@pytest.fixture(scope="module")
def pairs() -> list[Labelled]:
    return read_pairs()


@pytest.fixture(scope="module")
def scores(pairs: list[Labelled]) -> Scores:
    return score(pairs)


def test_there_are_enough_pairs_and_a_third_is_hard(pairs: list[Labelled]) -> None:
    assert len(pairs) >= 60
    assert 3 * sum(pair.hard for pair in pairs) >= len(pairs)


@pytest.mark.parametrize("kind", KINDS)
def test_sections_are_what_a_reader_would_say(kind: str, scores: Scores) -> None:
    precision, recall = BOUNDS[kind]
    assert scores.kinds[kind].precision >= precision
    assert scores.kinds[kind].recall >= recall


def test_near_misses_are_kept_apart(scores: Scores) -> None:
    assert scores.near_misses >= 50
    assert scores.linked_near_misses <= LINKED_NEAR_MISSES


def test_no_other_pair_is_misjudged(scores: Scores) -> None:
    assert set(scores.unmet) <= UNMET


def test_redlines_can_be_read(pairs: list[Labelled]) -> None:
    """In texts of which no section moved: words that move are marked nowhere, but not the same."""
    in_place = [pair for pair in pairs if not any(kind == "moved" for kind, *_ in pair.facts)]
    figures = readability((pair.old, pair.new) for pair in in_place)
    assert figures.changes_per_sentence <= 1.066
    assert figures.orphans <= 0.0
    assert figures.ink <= 1.065
