"""Passages: words that stay in a section while the blocks around them change.

Where a paragraph became several, or a list a paragraph, its words stand in the redline as deleted
and as inserted, for a redline never crosses a block. Notes at both places tell that they are the
same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gazette.text.anchors import common_length
from gazette.text.document import FIRST_WORDS
from gazette.text.notes import Note, NoteKind
from gazette.text.tokens import words_as_written
from gazette.text.wording import Op, Run

_LENGTH = 8
"""Shorter passages stand at two places by chance; a block that moves has as many words, too."""
_FEWEST_ITEMS = 2
"""So many short blocks that stand in one sentence are a list that was made of it."""
_LINKING = ("and", "or")
"""Words at the end of an item that lead to the next."""


class _Segment(NamedTuple):
    """Words of a block that were all deleted, or inserted.

    `hunk` tells the change in the block: a deletion and the insertion in its place are one. The
    words stand as `written`, and in small letters to be compared.
    """

    place: int
    hunk: int
    written: list[str]
    words: list[str]


def passages(blocks: Sequence[Sequence[Sequence[Run]]]) -> Mapping[int, tuple[Note, ...]]:
    """Return by place the notes on passages that blocks lost, and that blocks got.

    `blocks` are those of a section in order, each by its cells, each of these by its runs.
    """
    notes: dict[int, dict[Note, None]] = {}
    for gone, come, text in (*_long_passages(blocks), *_lists(blocks)):
        notes.setdefault(gone, {})[Note(NoteKind.WORDS_GONE, text)] = None
        notes.setdefault(come, {})[Note(NoteKind.WORDS_COME, text)] = None
    return {place: tuple(unique) for place, unique in notes.items()}


def _long_passages(blocks: Sequence[Sequence[Sequence[Run]]]) -> Iterator[tuple[int, int, str]]:
    """Yield where long passages stood, where they stand, and their first words."""
    deleted = [*_segments(blocks, Op.DELETED)]
    inserted = [*_segments(blocks, Op.INSERTED)] if deleted else []
    if len({segment[:2] for segment in (*deleted, *inserted)}) < 2:
        return
    places = _grams(deleted)
    for segment in inserted:
        for number, start in _known_passages(segment.words, places, deleted):
            source = deleted[number]
            if source[:2] == segment[:2]:
                continue  # a replacement that keeps some words says so itself
            first_words = " ".join(segment.written[start : start + FIRST_WORDS])
            yield source.place, segment.place, f"{first_words} …"


def _lists(blocks: Sequence[Sequence[Sequence[Run]]]) -> Iterator[tuple[int, int, str]]:
    """Yield the same for short blocks of which several stood, or stand now, in one sentence."""
    for whole_op, other in ((Op.INSERTED, Op.DELETED), (Op.DELETED, Op.INSERTED)):
        short = [*_short_blocks(blocks, whole_op)]
        segments = _segments(blocks, other, _FEWEST_ITEMS) if len(short) >= _FEWEST_ITEMS else ()
        for segment in segments:
            words = f" {' '.join(segment.words)} "
            items = [(place, text) for place, text, key in short if f" {key} " in words]
            items = [(place, text) for place, text in items if place != segment.place]
            for place, text in items if len(items) >= _FEWEST_ITEMS else ():
                if whole_op is Op.INSERTED:
                    yield segment.place, place, text
                else:
                    yield place, segment.place, text


def _short_blocks(
    blocks: Sequence[Sequence[Sequence[Run]]], op: Op
) -> Iterator[tuple[int, str, str]]:
    """Yield the blocks that came, or went, as a whole: place, words, and words in small letters."""
    for place, cells in enumerate(blocks):
        runs = cells[0] if len(cells) == 1 else ()
        if len(runs) == 1 and runs[0].op is op:
            words = words_as_written(runs[0].text)
            while words and words[-1].casefold() in _LINKING:
                words.pop()
            if 0 < len(words) < _LENGTH:
                text = " ".join(words)
                yield place, text, text.casefold()


def _segments(
    blocks: Sequence[Sequence[Sequence[Run]]], op: Op, least: int = _LENGTH
) -> Iterator[_Segment]:
    for place, cells in enumerate(blocks):
        hunk = 0
        for runs in cells:
            hunk += 1
            for run in runs:
                hunk += run.op is Op.KEPT
                if run.op is op and (run.text.count(" ") >= least - 1 or not run.text.isascii()):
                    written = words_as_written(run.text)
                    if len(written) >= least:
                        yield _Segment(place, hunk, written, [word.casefold() for word in written])


def _grams(segments: Sequence[_Segment]) -> dict[tuple[str, ...], tuple[int, int]]:
    """Return where each run of words stands: in which segment, from which of its words on."""
    places: dict[tuple[str, ...], tuple[int, int]] = {}
    for number, segment in enumerate(segments):
        for start in range(len(segment.words) - _LENGTH + 1):
            places.setdefault(tuple(segment.words[start : start + _LENGTH]), (number, start))
    return places


def _known_passages(
    words: Sequence[str],
    places: Mapping[tuple[str, ...], tuple[int, int]],
    deleted: Sequence[_Segment],
) -> Iterator[tuple[int, int]]:
    """Yield the longest passages that stand in a segment, too: its number, and their start."""
    start = 0
    while start + _LENGTH <= len(words):
        hit = places.get(tuple(words[start : start + _LENGTH]))
        if hit is None:
            start += 1
            continue
        number, at = hit
        yield number, start
        other = deleted[number].words
        known = (other[place] for place in range(at, len(other)))
        start += common_length((words[place] for place in range(start, len(words))), known)
