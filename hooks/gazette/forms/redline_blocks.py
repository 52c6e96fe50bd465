"""The blocks of a redline's section as HTML: words, notes, and the containers around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape

from gazette.forms.redline_inline import cell_html
from gazette.text.cells import Note, NoteKind
from gazette.text.document import Block, Container, Kind
from gazette.text.redline import BlockChange, BlockStatus

Tell = Callable[[BlockChange], Iterable[str]]
"""Tells of a block that moved where it went, or whence it came."""


Blocks = tuple[BlockChange, ...]


Written = dict[tuple[Blocks, Blocks], str]
"""Blocks of sections, and their titles, as HTML that other redlines of the policy show, too."""


def body(blocks: Blocks, title: Blocks, tell: Tell, written: Written) -> str:
    """Return the blocks of one section but its `title`.

    What `written` holds is not written again, nor put there when some blocks moved.
    """
    if any(change.status is BlockStatus.MOVED for change in blocks):
        return "".join(_Body(blocks).html(title, tell))
    if (blocks, title) not in written:
        written[blocks, title] = "".join(_Body(blocks).html(title, tell))
    return written[blocks, title]


class _Body:
    """Blocks of one section, the lists, tables and quotes around them built up again."""

    def __init__(self, changes: Sequence[BlockChange]) -> None:
        self.changes = changes
        self.repeated = _repeated(changes)
        self.links = _many_links(changes, self.repeated)
        self.folded = {*self.repeated, *map(_sameness, self.links)}
        self.became = _containers(changes)
        self.open: list[Container] = []

    def html(self, title: Blocks, tell: Tell) -> Iterator[str]:
        yield from map(_repeated_note, self.repeated.items())
        if self.links:
            yield _opening(f"{len(self.links)} links changed", map(sentence, self.links))
        for change in (one for one in self.changes if one not in title):
            yield from self.enter(change)
            yield _block(change, tell(change), self.folded) + "\n"
        yield from self.leave(0)

    def enter(self, change: BlockChange) -> Iterator[str]:
        """Close what the block is not in, open what it is in."""
        path = change.block.path
        if change.new is None:
            path = tuple(self.became.get(container, container) for container in path)
        keep = 0
        while keep < min(len(path), len(self.open)) and path[keep] is self.open[keep]:
            keep += 1
        yield from self.leave(keep)
        for container in path[keep:]:
            self.open.append(container)
            number = f' value="{container.number}"' if container.number is not None else ""
            yield f"<{container.tag}{container.attributes}{number}>"

    def leave(self, keep: int) -> Iterator[str]:
        while len(self.open) > keep:
            yield f"</{self.open.pop().tag}>\n"


def _containers(changes: Sequence[BlockChange]) -> dict[Container, Container]:
    """Return which new list, item, table or quote each old one became."""
    became: dict[Container, Container] = {}
    for change in changes:
        if change.old and change.new and change.moved_from is None:
            for x, y in zip(change.old.path, change.new.path, strict=False):
                if x.tag != y.tag:
                    break
                became.setdefault(x, y)
    return became


_SHOWN_AS = {"": "div", "figcaption": "div", "caption": "p", "legend": "p", "address": "address"}


def _block(change: BlockChange, moves: Iterable[str], folded: set[_Sameness]) -> str:
    block = change.block
    notes = [*moves, *(sentence(note) for note in change.notes if _sameness(note) not in folded)]
    told = boxes(notes)
    if block.kind is Kind.ROW:
        return _row(change, told)
    if not change.cells:
        return _told_in(block, told)
    tag = _SHOWN_AS.get(block.tag, "p" if block.kind is Kind.HEADING else block.tag)
    words = cell_html(change.cells[0])
    html = f'<{tag} class="gz-block gz-{change.status.value}">{words}</{tag}>'
    if change.status is BlockStatus.UNCHANGED and tag == "div":
        html = words
    return html + _told_in(block, told)


_MANY_NOTES = 2


def boxes(notes: Sequence[str]) -> str:
    """Return the notes, each in its box; many of them in one that opens."""
    if len(notes) <= _MANY_NOTES:
        return "".join(f'<div class="gz-note">{note}</div>' for note in notes)
    return _opening(f"{len(notes)} notes", notes)


_REPEATED = 3
_FIRST_WORDS = 6

_Sameness = tuple[NoteKind, str, str]
"""What notes have in common that tell the same change of other words."""


def _sameness(note: Note) -> _Sameness:
    return note.kind, note.old, note.new


def _repeated(changes: Sequence[BlockChange]) -> dict[_Sameness, list[str]]:
    """Return the changes that several blocks share, with the words they are told of."""
    told: dict[_Sameness, list[str]] = {}
    for change in changes:
        for note in change.notes:
            if note.kind in _FOLDING:
                words = f"“{escape(note.text)}”" if note.text else begins(change.block)
                told.setdefault(_sameness(note), []).append(words)
    return {same: words for same, words in told.items() if len(words) >= _REPEATED}


def _many_links(changes: Sequence[BlockChange], folded: Mapping[_Sameness, object]) -> list[Note]:
    """Return the section's notes on links when they are too many to stand each at its block."""
    links = [
        note
        for change in changes
        for note in change.notes
        if note.kind is NoteKind.LINK and _sameness(note) not in folded
    ]
    return links if len(links) >= _LINKS else []


_LINKS = 5
_FOLDING = (NoteKind.FORMATTING, NoteKind.LAYOUT, NoteKind.LINK)


def _repeated_note(found: tuple[_Sameness, Sequence[str]]) -> str:
    """Tell a change that several blocks share once, above them."""
    (kind, before, after), words = found
    return _opening(f"{len(words)} times: {_what(Note(kind, '', before, after))}", words)


def _opening(summary: str, items: Iterable[str]) -> str:
    listed = "".join(f"<li>{one}</li>" for one in items)
    return f'<details class="gz-note"><summary>{summary}</summary><ul>{listed}</ul></details>'


def begins(block: Block) -> str:
    """Return the first words of a block, to know it by."""
    words = block.text.split()
    return f"“{escape(' '.join(words[:_FIRST_WORDS]))}{' …' * (len(words) > _FIRST_WORDS)}”"


def _told_in(block: Block, told: str) -> str:
    return f"<dd>{told}</dd>" if told and block.tag == "dt" else told


def _row(change: BlockChange, told: str) -> str:
    cells = "".join(
        f"<{c.cell.tag or 'td'}{c.cell.attributes}>{cell_html(c)}</{c.cell.tag or 'td'}>"
        for c in change.cells
    )
    row = f'<tr class="gz-block gz-{change.status.value}">{cells}</tr>' if cells else ""
    width = max(1, len(change.block.cells))
    return row + (f'<tr class="gz-told"><td colspan="{width}">{told}</td></tr>' if told else "")


_OF_WORDS = (NoteKind.LINK, NoteKind.FORMATTING, NoteKind.WORDS_GONE, NoteKind.WORDS_COME)


def sentence(note: Note) -> str:
    """Return a note as a sentence."""
    what = _what(note)
    if note.kind in _OF_WORDS:
        return f"“{escape(note.text)}”: {what}"
    return f"{what[0].upper()}{what[1:]} {escape(note.text)}".rstrip()


def _what(note: Note) -> str:
    """Tell what changed, without the words that it changed of."""
    old, new = escape(note.old), escape(note.new)
    if note.kind is NoteKind.LINK:
        before, after = old or "no link", new or "no link"
        return f"link changed from <code>{before}</code> to <code>{after}</code>"
    if note.kind is NoteKind.FORMATTING:
        return f"was {old}, is now {new}"
    if note.kind is NoteKind.WORDS_GONE:
        return "these words now stand elsewhere in this section"
    if note.kind is NoteKind.WORDS_COME:
        return "these words stood elsewhere in this section"
    if note.kind is NoteKind.LAYOUT:
        return f"was a {old}, is now a {new}"
    return note.kind.sentence
