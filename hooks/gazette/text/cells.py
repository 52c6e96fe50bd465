"""What changed inside a block: its words cell by cell, and what changed beside the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gazette.text.canonical import Token, WordsForm, cell_form, frame_of, gap_form, token_form
from gazette.text.document import Block, Cell, Kind, shown_side
from gazette.text.frame_notes import cell_notes, frame_notes
from gazette.text.notes import Note, NoteKind
from gazette.text.tokens import LINE, Inline, read_inline
from gazette.text.wording import Op, Run, Step, align, enclosed, runs_of, shared_sentences


class CellChange(NamedTuple):
    """The runs of one cell; `old` or `new` is None when the table lost or gained the column."""

    old: Cell | None
    new: Cell | None
    runs: tuple[Run, ...]

    @property
    def cell(self) -> Cell:
        """The cell to show: the new one where there is one."""
        return shown_side(self.new, self.old)


def whole(block: Block, op: Op) -> tuple[CellChange, ...]:
    """Return the cells of a block that is kept, added or removed as it stands."""
    return tuple(_whole(cell, op) for cell in block.cells)


def _whole(cell: Cell, op: Op) -> CellChange:
    runs = (Run(op, cell.text),) if cell.text else ()
    return CellChange(None if op is Op.INSERTED else cell, None if op is Op.DELETED else cell, runs)


KnownCells = dict[tuple[str, str, bool], tuple[tuple[Run, ...], Sequence[Note]]]
"""The runs and notes of cells that were compared, by the HTML of both and whether it is code."""


def compare_cells(
    old: Block, new: Block, known: KnownCells
) -> tuple[tuple[CellChange, ...], tuple[Note, ...]]:
    """Compare two blocks cell by cell; a row's cells meet under the same column header.

    Cells that are `known` from other blocks are not compared again; those of these become so.
    """
    changes: list[CellChange] = []
    notes: list[Note] = list(frame_notes(old, new))
    for x, y in _meeting(old, new):
        if x is not None and y is not None:
            runs, inline_notes = _compared(x, y, new.kind is Kind.CODE, known)
            changes.append(CellChange(x, y, runs))
            notes += [*cell_notes(x, y), *inline_notes]
        elif y is not None:
            changes.append(_whole(y, Op.INSERTED))
            notes += _column(NoteKind.COLUMN_ADDED, new, y)
        elif x is not None:
            changes.append(_whole(x, Op.DELETED))
            notes += _column(NoteKind.COLUMN_REMOVED, old, x)
    if (old.kind is Kind.HEADING) is not (new.kind is Kind.HEADING):
        # That a line which was a heading is bold now says nothing more.
        notes = [note for note in notes if note.kind is not NoteKind.FORMATTING]
    return tuple(changes), (*notes, *_last_notes(old, new, changes, notes))


def _last_notes(
    old: Block, new: Block, changes: Sequence[CellChange], notes: Sequence[Note]
) -> Iterator[Note]:
    """Yield a note on the order of columns, and one where nothing else tells of a difference."""
    if not new.columns and is_reordered(changes, old):
        yield Note(NoteKind.COLUMN_MOVED, "")
    elif not notes and not is_inked(changes) and not is_same(old, new, changes):
        yield Note(NoteKind.OTHER, new.text)


def is_inked(changes: Iterable[CellChange]) -> bool:
    """Tell whether any word is marked as deleted or inserted."""
    return any(run.op is not Op.KEPT for change in changes for run in change.runs)


def is_same(old: Block, new: Block, changes: Iterable[CellChange]) -> bool:
    """Tell whether two blocks are the same for a reader, cell by cell.

    The numbers of items and the order of columns are not looked at: sections and headers tell them.
    """
    is_code = new.kind is Kind.CODE
    return frame_of(old) == frame_of(new) and all(
        cell_form(change.old, is_code=is_code) == cell_form(change.new, is_code=is_code)
        for change in changes
        if change.old and change.new and change.old != change.new
    )


def is_reordered(changes: Iterable[CellChange], old: Block) -> bool:
    """Tell whether the cells that stayed stand in another order."""
    places = [id(cell) for cell in old.cells]
    order = [places.index(id(change.old)) for change in changes if change.old and change.new]
    return order != sorted(order)


def _column(kind: NoteKind, row: Block, cell: Cell) -> list[Note]:
    """Tell of the column in the row of headers; only a table without one tells in every row."""
    return [] if row.columns else [Note(kind, cell.text)]


def _meeting(old: Block, new: Block) -> Iterator[tuple[Cell | None, Cell | None]]:
    """Pair cells in the order of the new row, those of a lost column where they stood."""
    if len(old.cells) == len(new.cells) == 1:
        yield old.cells[0], new.cells[0]
        return
    partner = _columns(old, new)
    inverse = {i: j for j, i in partner.items()}
    shown = 0
    for j, cell in enumerate(new.cells):
        i = partner.get(j)
        while i is not None and shown < i:
            if shown not in inverse:
                yield old.cells[shown], None
            shown += 1
        yield (old.cells[i] if i is not None else None), cell
        shown = max(shown, i + 1 if i is not None else 0)
    for i in range(shown, len(old.cells)):
        if i not in inverse:
            yield old.cells[i], None


def _columns(old: Block, new: Block) -> dict[int, int]:
    """Return the old column of each new one: by its header, what is left over by its place."""
    is_header = all(cell.tag == "th" for cell in (*old.cells, *new.cells))
    count = len(new.cells)
    if not (is_header or old.columns or new.columns) and len(old.cells) == count:
        return {at: at for at in range(count)}
    before, after = _column_names(old), _column_names(new)
    partner = {
        j: before.index(name)
        for j, name in enumerate(after)
        if name and before.count(name) == after.count(name) == 1
    }
    left = [i for i in range(len(old.cells)) if i not in partner.values()]
    right = [j for j in range(count) if j not in partner]
    if len(left) == len(right):
        partner |= dict(zip(right, left, strict=True))
    return partner


def _column_names(row: Block) -> tuple[str, ...]:
    names = row.columns or tuple(cell.text for cell in row.cells)
    return names[: len(row.cells)]


def _compared(
    x: Cell, y: Cell, is_code: bool, known: KnownCells
) -> tuple[tuple[Run, ...], Sequence[Note]]:
    if x.html == y.html:
        return _whole(y, Op.KEPT).runs, []
    key = x.html, y.html, is_code
    if key not in known:
        known[key] = _compare(x, y, is_code)
    return known[key]


def _compare(x: Cell, y: Cell, is_code: bool) -> tuple[tuple[Run, ...], list[Note]]:
    lead, trail = shared_sentences(x.html, y.html)
    old = read_inline(x.html[lead : len(x.html) - trail])
    new = read_inline(y.html[lead : len(y.html) - trail])
    steps = align(old, new)
    kept = [step for step in steps if step.kept]
    notes = [note for step in kept for note in _notes(old, new, step)]
    notes += [note for step in kept for note in _gap_notes(old, new, step, is_code)]
    runs = enclosed(runs_of(old, new, steps), y.html[:lead], y.html[len(y.html) - trail :])
    return runs, _merged(notes)


# ---- notes on kept words ----

_KINDS = (
    *(NoteKind.LINK, NoteKind.TOOLTIP, NoteKind.FORMATTING, NoteKind.VISIBILITY),
    *(NoteKind.LANGUAGE, NoteKind.DIRECTION, NoteKind.OTHER),
)
"""What tells of a difference in each field of `WordsForm`."""


def _merged(notes: Iterable[Note]) -> list[Note]:
    """Tell the same change of neighbouring words as one note."""
    merged: dict[tuple[NoteKind, str, str], Note] = {}
    for note in notes:
        key = note.kind, note.old, note.new
        text = f"{merged[key].text} … {note.text}" if key in merged else note.text
        merged[key] = note._replace(text=text)
    return list(merged.values())


def _notes(old: Inline, new: Inline, step: Step) -> Iterator[Note]:
    """Yield notes for each stretch of kept words that are shown in another way."""
    if old.is_plain and new.is_plain:
        return
    start, shift = step.c, step.a - step.c
    last: tuple[WordsForm, WordsForm] | None = None
    turns = {*new.turns(step.c, step.d), *(at - shift for at in old.turns(step.a, step.b))}
    for at in sorted(turns):
        difference = _difference(token_form(old, at + shift), token_form(new, at))
        if difference != last:
            yield from _notes_on(last, new, start, at)
            start = at
        last = difference
    yield from _notes_on(last, new, start, step.d)


def _difference(before: Token, after: Token) -> tuple[WordsForm, WordsForm] | None:
    """Return how the words of a token are shown, None where that is no other way than before."""
    old, new = [form for _, form in before], [form for _, form in after]
    if old == new and len(old) == 1:
        return None
    if before == after:
        return None
    x, y = _combined(old), _combined(new)
    return (x, y) if x != y else (x, y._replace(other=f"{y.other} in other letters of a word"))


def _combined(forms: Sequence[WordsForm]) -> WordsForm:
    return WordsForm(*(" + ".join(dict.fromkeys(values)) for values in zip(*forms, strict=True)))


def _notes_on(
    difference: tuple[WordsForm, WordsForm] | None, inline: Inline, first: int, end: int
) -> Iterator[Note]:
    if difference is None:
        return
    text = " ".join(inline.text[inline.starts[first] : inline.ends[end - 1]].split())
    for kind, old, new in zip(_KINDS, *difference, strict=True):
        if old != new and (kind is not NoteKind.FORMATTING or any(map(str.isalnum, text))):
            yield Note(kind, text, old, new)


def _gap_notes(old: Inline, new: Inline, step: Step, is_code: bool) -> Iterator[Note]:
    """Yield notes where a space or a line break between kept words came or went."""
    shift = step.a - step.c
    before = old.text[old.starts[step.a] : old.ends[step.b - 1]]
    if before == new.text[new.starts[step.c] : new.ends[step.d - 1]]:
        return
    for at in range(step.c + 1, step.d):
        x, y = (
            gap_form(inline, place, is_code=is_code)
            for inline, place in ((old, at + shift), (new, at))
        )
        if x != y:
            is_break = "\n" in x + y
            kind = NoteKind.LINE_BREAK if is_break else NoteKind.SPACING
            text = new.text[new.starts[at - 1] : new.ends[at]].replace(LINE, " ")
            yield Note(kind, " ".join(text.split()))
