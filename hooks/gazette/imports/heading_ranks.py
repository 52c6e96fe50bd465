"""Headings of a text that marks none: parts stand above chapters, and these above sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gazette.imports.block_markdown import Part

_RANKS = (
    re.compile(r"(?:part|title|book|division|teil|partie|parte|titre|título|titolo)\b", re.I),
    re.compile(r"(?:chapter|kapitel|chapitre|capítulo|capitolo|hoofdstuk)\b", re.I),
)
_BESIDE = re.compile(r"(?:annex|appendix|schedule|exhibit|anhang|anlage|annexe|anexo)\b", re.I)


def ranked(parts: Sequence[Part]) -> list[Part]:
    """Return the blocks with sections a level below the part or chapter that they stand in.

    An annex stands beside the highest of them.
    """
    ranks = [_rank(part) if part.level else None for part in parts]
    present = sorted({rank for rank in ranks if rank is not None and rank >= 0})
    shown: list[Part] = []
    reached = present[-1] if present else 0
    for part, rank in zip(parts, ranks, strict=True):
        if rank is None or part.level < 2:
            shown.append(part)
            continue
        reached = min(reached, rank) if rank >= 0 else reached
        steps = sum(reached <= other < rank for other in present) if rank >= 0 else 0
        shown.append(replace(part, level=min(part.level + steps, 6)))
    return shown


def _rank(part: Part) -> int:
    if _BESIDE.match(part.text):
        return -1
    ranks = (rank for rank, noun in enumerate(_RANKS) if noun.match(part.text))
    return next(ranks, len(_RANKS))
