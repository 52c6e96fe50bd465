"""What changed inside a block: its words cell by cell, and what changed beside the words."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from gazette.text.document import Block, Cell, Kind
from gazette.text.tokens import Inline, Mark, read_inline
from gazette.text.wording import Op, Run, Step, align, enclosed, runs_of, shared_sentences


class NoteKind(enum.Enum):
    """A change that is told beside the text, not marked in it."""

    LINK = "link-target"
    FORMATTING = "formatting"
    LAYOUT = "layout"
    IMAGE = "image"
    COLUMN_ADDED = "column-added"
    COLUMN_REMOVED = "column-removed"
    WORDS_GONE = "words-gone"
    WORDS_COME = "words-come"

    @property
    def sentence(self) -> str:
        """What the note says, for a reader."""
        return _SENTENCES[self]


_SENTENCES = {
    NoteKind.LINK: "The link leads to another address.",
    NoteKind.FORMATTING: "The words are set in another way.",
    NoteKind.LAYOUT: "The text has another place in the layout.",
    NoteKind.IMAGE: "The image changed.",
    NoteKind.COLUMN_ADDED: "The table has a new column.",
    NoteKind.COLUMN_REMOVED: "The table lost a column.",
    NoteKind.WORDS_GONE: "Some words now stand elsewhere in the section.",
    NoteKind.WORDS_COME: "Some words stood elsewhere in the section.",
}


class Note(NamedTuple):
    """A note on some words: `old` and `new` are addresses, formats or column headers."""

    kind: NoteKind
    text: str
    old: str = ""
    new: str = ""


class CellChange(NamedTuple):
    """The runs of one cell; `old` or `new` is None when the table lost or gained the column."""

    old: Cell | None
    new: Cell | None
    runs: tuple[Run, ...]

    @property
    def cell(self) -> Cell:
        """The cell to show: the new one where there is one."""
        cell = self.new or self.old
        assert cell is not None
        return cell


def whole(block: Block, op: Op) -> tuple[CellChange, ...]:
    """Return the cells of a block that is kept, added or removed as it stands."""
    return tuple(_whole(cell, op) for cell in block.cells)


def _whole(cell: Cell, op: Op) -> CellChange:
    runs = (Run(op, cell.text),) if cell.text else ()
    return CellChange(None if op is Op.INSERTED else cell, None if op is Op.DELETED else cell, runs)


def compare_cells(old: Block, new: Block) -> tuple[tuple[CellChange, ...], tuple[Note, ...]]:
    """Compare two blocks cell by cell; a row's cells meet under the same column header."""
    changes: list[CellChange] = []
    notes: list[Note] = list(_layout(old, new))
    for x, y in _meeting(old, new):
        if x is None and y is not None:
            changes.append(_whole(y, Op.INSERTED))
            notes += _column(NoteKind.COLUMN_ADDED, new, y)
        elif y is None and x is not None:
            changes.append(_whole(x, Op.DELETED))
            notes += _column(NoteKind.COLUMN_REMOVED, old, x)
        elif x is not None and y is not None:
            change, cell_notes = _compare(x, y)
            changes.append(change)
            notes += cell_notes
    if (old.kind is Kind.HEADING) is not (new.kind is Kind.HEADING):
        # That a line which was a heading is bold now says nothing more.
        notes = [note for note in notes if note.kind is not NoteKind.FORMATTING]
    return tuple(changes), tuple(notes)


def _column(kind: NoteKind, row: Block, cell: Cell) -> list[Note]:
    """Tell of the column in the row of headers; only a table without one tells in every row."""
    return [] if row.columns else [Note(kind, cell.text)]


def _layout(old: Block, new: Block) -> Iterator[Note]:
    if old.kind is not new.kind:
        yield Note(NoteKind.LAYOUT, "", old.kind.sentence, new.kind.sentence)


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


def _compare(x: Cell, y: Cell) -> tuple[CellChange, list[Note]]:
    if x.html == y.html:
        return _whole_pair(x, y), []
    lead, trail = shared_sentences(x.html, y.html)
    old = read_inline(x.html[lead : len(x.html) - trail])
    new = read_inline(y.html[lead : len(y.html) - trail])
    steps = align(old, new)
    notes = _merged(note for step in steps if step.kept for note in _notes(old, new, step))
    runs = enclosed(runs_of(old, new, steps), y.html[:lead], y.html[len(y.html) - trail :])
    return CellChange(x, y, runs), notes


def _whole_pair(x: Cell, y: Cell) -> CellChange:
    return CellChange(x, y, (Run(Op.KEPT, y.text),) if y.text else ())


# ---- notes ----

_FORMATS = {
    "strong": "bold",
    "b": "bold",
    "em": "italic",
    "i": "italic",
    "code": "code",
    "u": "underlined",
    "s": "struck",
    "del": "struck",
    "sup": "raised",
    "sub": "lowered",
    "mark": "highlighted",
    "small": "small",
}


def _merged(notes: Iterable[Note]) -> list[Note]:
    """Tell the same change of neighbouring words as one note."""
    merged: dict[tuple[NoteKind, str, str], Note] = {}
    for note in notes:
        key = note.kind, note.old, note.new
        text = f"{merged[key].text} … {note.text}" if key in merged else note.text
        merged[key] = note._replace(text=text)
    return list(merged.values())


_Difference = tuple[str, str, str, str]
"""Old and new link, old and new format."""


def _notes(old: Inline, new: Inline, step: Step) -> Iterator[Note]:
    """Yield a note for each stretch of kept words whose link or format changed."""
    if not _has_marks(old) and not _has_marks(new):
        return
    start, shift = step.c, step.a - step.c
    last: _Difference | None = None
    turns = {*new.turns(step.c, step.d), *(at - shift for at in old.turns(step.a, step.b))}
    for at in sorted(turns):
        difference = _difference(old.marks(at + shift), new.marks(at))
        if difference != last:
            yield from _notes_on(last, new, start, at)
            start = at
        last = difference
    yield from _notes_on(last, new, start, step.d)


def _has_marks(inline: Inline) -> bool:
    return any(marks for _, _, marks in inline.spans)


def _difference(before: Sequence[Mark], after: Sequence[Mark]) -> _Difference | None:
    if before == after:
        return None
    links = _target(before), _target(after)
    formats = _format(before), _format(after)
    return (*links, *formats) if links[0] != links[1] or formats[0] != formats[1] else None


def _notes_on(
    difference: _Difference | None, inline: Inline, first: int, end: int
) -> Iterator[Note]:
    if difference is None:
        return
    text = " ".join(inline.text[inline.starts[first] : inline.ends[end - 1]].split())
    old_link, new_link, old_format, new_format = difference
    if old_link != new_link:
        yield Note(NoteKind.LINK, text, old_link, new_link)
    if old_format != new_format and any(map(str.isalnum, text)):
        yield Note(NoteKind.FORMATTING, text, old_format, new_format)


def _target(marks: Sequence[Mark]) -> str:
    for tag, attributes in marks:
        if tag == "a" and 'href="' in attributes:
            return unescape(attributes.split('href="', 1)[1].split('"', 1)[0])
    return ""


def _format(marks: Sequence[Mark]) -> str:
    names = {_FORMATS[tag] for tag, _ in marks if tag in _FORMATS}
    return ", ".join(sorted(names)) or "plain"
