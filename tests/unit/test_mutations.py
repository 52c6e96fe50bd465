"""Nothing that a reader can notice changes without a mark, and nothing else is marked."""

from __future__ import annotations

import pytest

from gazette.text.comparison import compare
from gazette.text.reader import read_document
from mutations import SEEN, UNSEEN, mutated, sections_of

TEXTS = """# Rental of boats

You rent a boat by the day, and bring it back before dark: *always*.

## Article 1. Fees

1. The fee of US $20, or 5 % of the deposit, is due on the first day.
2. It is **not** paid back.

    - Not after a storm.
    - Not after a calm.

See [the harbour](https://harbour.example/) and [the map](map.png "of the lake").

## Insurance

| Boat | Cover |
| :--- | ----: |
| Canoe | 100 euros |
| Skiff | 300 euros |

> The lake owes nobody anything.

### ![A boat](boat.png) Damage

Damage
:   What no longer floats.
"""
SECTIONS = list(sections_of(read_document(TEXTS).html))
SEEDS = range(3)


@pytest.mark.parametrize("kind", SEEN)
def test_whatever_a_reader_can_notice_is_marked(kind: str) -> None:
    for section in SECTIONS:
        for seed in SEEDS:
            old, new = mutated(section, SEEN[kind], seed)
            assert compare(old, new).changed, (section, seed)


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_no_reader_notices_is_not_marked(kind: str) -> None:
    for section in SECTIONS:
        old, new = mutated(section, UNSEEN[kind], 0)
        for change in compare(old, new).changed:
            assert not [block for block in change.blocks if block.notes], section
        assert not compare(old, new).changed, section


@pytest.mark.parametrize("heading", ["## {} Fees", "## 2. {} Fees"])
def test_another_image_in_a_heading_is_marked(heading: str) -> None:
    old = read_document(f"{heading.format('![](boat.png)')}\n\nNone.\n")
    new = read_document(f"{heading.format('![](ship.png)')}\n\nNone.\n")
    assert compare(old, new).changed
