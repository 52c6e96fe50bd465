"""Passages: words that stay in a section while the blocks around them change.

Where a paragraph became several, or a list a paragraph, its words stand in the redline as deleted
and as inserted, for a redline never crosses a block. Notes at both places tell that they are the
same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gazette.text.cells import Note, NoteKind
from gazette.text.tokens import words_as_written
from gazette.text.wording import Op, Run

_LENGTH = 8
"""Shorter passages stand at two places by chance; a block that moves has as many words, too."""
_FIRST_WORDS = 6

_Segment = tuple[int, list[str], list[str]]
"""The place of a block, and words of it that were all deleted or inserted: as written, folded."""


def passages(blocks: Sequence[Sequence[Run]]) -> Mapping[int, tuple[Note, ...]]:
    """Return by place the notes on passages that blocks lost, and that blocks got.

    `blocks` are the runs of a section's blocks in order.
    """
    deleted = [*_segments(blocks, Op.DELETED)]
    inserted = [*_segments(blocks, Op.INSERTED)] if deleted else []
    known = _grams(deleted) if inserted else {}
    notes: dict[int, dict[Note, None]] = {}
    for place, words, folded in inserted:
        for source, start, end in _known_passages(folded, known, deleted):
            text = " ".join(words[start : min(end, start + _FIRST_WORDS)]) + " …"
            notes.setdefault(deleted[source][0], {})[Note(NoteKind.WORDS_GONE, text)] = None
            notes.setdefault(place, {})[Note(NoteKind.WORDS_COME, text)] = None
    return {place: tuple(found) for place, found in notes.items()}


def _segments(blocks: Sequence[Sequence[Run]], op: Op) -> Iterator[_Segment]:
    for place, runs in enumerate(blocks):
        for run in runs:
            if run.op is op and run.text.count(" ") >= _LENGTH - 1:
                words = words_as_written(run.text)
                if len(words) >= _LENGTH:
                    yield place, words, [word.casefold() for word in words]


def _grams(segments: Sequence[_Segment]) -> dict[tuple[str, ...], tuple[int, int]]:
    """Return where each run of words stands: in which segment, from which of its words on."""
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for number, (_, _, words) in enumerate(segments):
        for start in range(len(words) - _LENGTH + 1):
            found.setdefault(tuple(words[start : start + _LENGTH]), (number, start))
    return found


def _known_passages(
    words: Sequence[str],
    known: Mapping[tuple[str, ...], tuple[int, int]],
    deleted: Sequence[_Segment],
) -> Iterator[tuple[int, int, int]]:
    """Yield the longest passages that stand in a segment, too: its number, their start and end."""
    start = 0
    while start + _LENGTH <= len(words):
        hit = known.get(tuple(words[start : start + _LENGTH]))
        if hit is None:
            start += 1
            continue
        number, at = hit
        other, end = deleted[number][2], start + _LENGTH
        at += _LENGTH
        while end < len(words) and at < len(other) and words[end] == other[at]:
            end, at = end + 1, at + 1
        yield number, start, end
        start = end
