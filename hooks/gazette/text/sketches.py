"""Sketches: a few numbers that tell how alike two texts are, without the texts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from zlib import crc32

from gazette.text.document import GRAM, Section

SIZE = 128
"""Texts with no more runs of words than this are compared exactly."""

Sketch = Sequence[int]
"""The smallest digests of a text's runs of words, in order."""


def sketch(section: Section) -> Sketch:
    """Return the sketch of a section without its heading."""
    runs = {run for block in section.body for run in _runs(block.words)}
    return tuple(sorted({crc32(run.encode()) for run in runs})[:SIZE])


def _runs(words: Sequence[str]) -> set[str]:
    if len(words) < GRAM:
        return {" ".join(words)} if words else set()
    return {" ".join(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}


def likeness(a: Collection[int], b: Collection[int]) -> float:
    """Return how many of their runs of words two texts share, 0 to 1, by the sketches of both.

    It is estimated for long texts.
    """
    shared = {*a} & {*b}
    if not shared:
        return 0.0
    union = sorted({*a, *b})
    if max(len(a), len(b)) == SIZE:
        union = union[:SIZE]
    both = sum(run in shared for run in union)
    return 2 * both / (len(union) + both)
