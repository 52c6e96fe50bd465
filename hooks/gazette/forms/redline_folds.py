"""Which unchanged blocks of a section a redline folds, so that its changes are near."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import partial
from itertools import groupby, takewhile

from gazette.text.document import Container, Kind
from gazette.text.redline import BlockChange, BlockStatus

LINKED_CHARACTERS = 400
"""Unchanged blocks lead to the text from so many characters on, four times those of the line."""
LEAST = 100
"""A block takes the room of so many characters, however short it is."""
IN_SIGHT = 140
"""Of so many characters unchanged blocks, and words of a block, stand before the first change."""


class Fold(enum.Enum):
    """How unchanged blocks are folded: to a link to the text, or to a line that opens."""

    LINKED = "linked"
    OPENS = "opens"
    ROWS_OPEN = "rows"


Folded = tuple[Fold | None, Sequence[BlockChange]]
"""Neighbouring blocks, and how they are folded."""


def folded(blocks: Sequence[BlockChange], *, has_page: bool) -> Iterator[Folded]:
    """Yield the blocks of a section without its title, in order, with how they are folded.

    Only what `has_page` can be linked. Beside a changed block an unchanged one is shown, if it is
    short or stands behind; a table is shown from its first change on, and what opens is whole.
    """
    is_foldable = partial(_is_foldable, tables=_changed_tables(blocks))
    kept = list(takewhile(is_kept, blocks))
    lead = list(takewhile(is_foldable, kept))
    if len(kept) < len(blocks):
        yield from _before_change(lead, has_page=has_page)
        yield from _rows(kept[len(lead) :])
    else:
        kept = []
    rest = blocks[len(kept) :]
    for may_fold, group in groupby(rest, is_foldable):
        run = list(group)
        start, end = run[0] is not blocks[0], len(run) - (run[-1] is not blocks[-1])
        if may_fold and has_page and _room(run[start:end]) >= LINKED_CHARACTERS:
            yield from ((None, run[:start]), (Fold.LINKED, run[start:end]), (None, run[end:]))
        else:
            yield None, run


def is_kept(change: BlockChange) -> bool:
    """Tell whether nothing happened to a block."""
    return change.status is BlockStatus.UNCHANGED and not change.notes


def _before_change(lead: Sequence[BlockChange], *, has_page: bool) -> Iterator[Folded]:
    far, near = lead[:-1], lead[-1:]
    is_near_folded = _length(near) > IN_SIGHT
    if has_page and _room(far) >= LINKED_CHARACTERS:
        yield Fold.LINKED, far
        yield Fold.OPENS if is_near_folded else None, near
    elif is_near_folded:
        yield Fold.OPENS, lead
    else:
        yield Fold.OPENS if _length(lead) > IN_SIGHT else None, far
        yield None, near


def _rows(lead: Sequence[BlockChange]) -> Iterator[Folded]:
    """Yield the unchanged rows of a table that is changed further down, its headers apart."""
    headers = list(takewhile(lambda row: all(c.tag == "th" for c in row.block.cells), lead))
    rows = lead[len(headers) :]
    can_fold = all(
        row.block.kind is Kind.ROW and not any("span" in c.attributes for c in row.block.cells)
        for row in lead
    )
    is_high = sum(map(_height, rows)) > IN_SIGHT
    yield None, headers
    yield Fold.ROWS_OPEN if can_fold and is_high else None, rows


def _height(row: BlockChange) -> int:
    """Return how many characters a paragraph has that is as high as a row."""
    cells = row.block.cells
    return len(cells) * max((len(cell.text) for cell in cells), default=0)


def _room(blocks: Iterable[BlockChange]) -> int:
    """Return how many characters a paragraph has that takes as much room as these blocks."""
    return sum(max(LEAST, len(change.block.text)) for change in blocks)


def _length(blocks: Iterable[BlockChange]) -> int:
    return sum(len(change.block.text) for change in blocks)


def _changed_tables(blocks: Iterable[BlockChange]) -> Set[Container]:
    return {
        container
        for change in blocks
        if not is_kept(change)
        for container in change.block.path
        if container.tag == "table"
    }


def _is_foldable(change: BlockChange, tables: Set[Container]) -> bool:
    path = change.block.path
    return (
        is_kept(change)
        and tables.isdisjoint(path)
        and all(container.tag != "details" for container in path)
    )
