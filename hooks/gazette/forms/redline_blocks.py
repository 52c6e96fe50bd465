"""The blocks of a redline's section as HTML: words, notes, and the containers around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import groupby, takewhile

from markupsafe import Markup, escape

from gazette.forms.note_sentences import sentence, what
from gazette.forms.phrases import Phrases, filled
from gazette.forms.redline_inline import cell_html, unhidden
from gazette.text.cells import CellChange
from gazette.text.document import Block, Container, Kind
from gazette.text.notes import Note, NoteKind
from gazette.text.redline import BlockChange, BlockStatus

Blocks = tuple[BlockChange, ...]
MoveNotes = Callable[[BlockChange], Iterable[Markup]]
"""Says of a block that moved where it went, or where it came from."""
Written = dict[tuple[Blocks, Blocks], Markup]
"""Blocks of sections, and their titles, as HTML that other redlines of the policy show, too."""
Sameness = tuple[NoteKind, str, str]
"""What notes have in common that say the same change of different words."""

MANY_NOTES = 3
"""This many notes of a block are folded."""
MANY_LINKS = 5
"""This many notes on links are folded to one list for the whole section."""
REPEATED = 3
"""A change that this many blocks share is said once above them."""
FOLDED_CHARACTERS = 400
"""Unchanged blocks are folded from so many characters on, four times those of the line instead."""
FIRST_WORDS = 6
"""This many words identify a block."""
NEVER_FOLDING = (
    *(NoteKind.NUMBER, NoteKind.SEPARATION, NoteKind.COLUMN_ADDED, NoteKind.COLUMN_REMOVED),
    *(NoteKind.WORDS_GONE, NoteKind.WORDS_COME),
)
THERE = "\0"
"""Stands for an address until it is known; no HTML holds it."""
FOLDED = Markup(f'<p class="gz-quiet"{{}}><a class="gz-page" href="{THERE}">{{}}</a></p>\n')
OF_ITEMS = frozenset(("ul", "ol", "dl", "table"))
TAGS = {"": "div", "hr": "div", "figcaption": "div", "caption": "p", "legend": "p"}
"""What a block is shown as where its own element needs another one around it."""


def body(
    blocks: Blocks,
    title: Blocks,
    move_notes: MoveNotes,
    written: Written,
    there: str,
    phrases: Phrases,
) -> Markup:
    """Return the blocks of one section but its `title`.

    `there` is the address of the section in the new text: long runs of unchanged blocks between
    changed ones are folded to a link to it; without it they are shown. What `written` holds is not
    written again; sections with moved blocks are never put there.
    """
    folds = _folds([change for change in blocks if change not in title]) if there else {}
    if any(change.status is BlockStatus.MOVED for change in blocks):
        html = Markup("".join(_parts(blocks, title, move_notes, folds, phrases)))
    else:
        if (blocks, title) not in written:
            written[blocks, title] = Markup(
                "".join(_parts(blocks, title, move_notes, folds, phrases))
            )
        html = written[blocks, title]
    return Markup(str(html).replace(THERE, str(escape(there)))) if folds else html


def _folds(blocks: Sequence[BlockChange]) -> dict[BlockChange, int]:
    """Return the unchanged blocks to fold: with the first of a run their number, with others 0.

    Beside a changed block an unchanged one is shown; what a table shows, and what opens, is whole.
    """
    tables = {
        container
        for change in blocks
        if not _is_kept(change)
        for container in change.block.path
        if container.tag == "table"
    }
    folds: dict[BlockChange, int] = {}
    for is_foldable, group in groupby(blocks, partial(_is_foldable, tables=tables)):
        run = list(group) if is_foldable else []
        inner = run[run[:1] != [*blocks[:1]] : len(run) - (run[-1:] != [*blocks[-1:]])]
        if sum(len(change.block.text) for change in inner) >= FOLDED_CHARACTERS:
            folds |= {**dict.fromkeys(inner, 0), inner[0]: len(inner)}
    return folds


def _is_kept(change: BlockChange) -> bool:
    return change.status is BlockStatus.UNCHANGED and not change.notes


def _is_foldable(change: BlockChange, tables: Set[Container]) -> bool:
    path = change.block.path
    return (
        _is_kept(change)
        and tables.isdisjoint(path)
        and all(container.tag != "details" for container in path)
    )


def _parts(
    blocks: Blocks,
    title: Blocks,
    move_notes: MoveNotes,
    folds: Mapping[BlockChange, int],
    phrases: Phrases,
) -> Iterator[Markup]:
    """Yield the blocks, the lists, tables and quotes around them built up again."""
    repeated = _repeated(blocks, phrases)
    links = _many_links(blocks, repeated)
    folded = {*repeated, *map(_sameness, links)}
    became = _containers(blocks)
    yield from _summaries(repeated, links, phrases)
    path: tuple[Container, ...] = ()
    for change in blocks:
        if change in folds:
            outer = _around_lists(path)
            yield _between(path, outer)
            path = outer
            if folds[change]:
                message = phrases.language.gettext("Unchanged passages: %(num)s")
                yield FOLDED.format(phrases.of_page, filled(message, num=folds[change]))
        elif change not in title:
            target = change.block.path
            if change.new is None:
                target = tuple(became.get(container, container) for container in target)
            yield _between(path, target)
            path = target
            yield _block(change, move_notes(change), folded, phrases) + "\n"
    yield _between(path, ())


def _summaries(
    repeated: Mapping[Sameness, Sequence[Markup]], links: Sequence[Note], phrases: Phrases
) -> Iterator[Markup]:
    """Yield what stands above the blocks of a section for many of them."""
    ngettext = phrases.language.ngettext
    for (kind, old, new), words in repeated.items():
        message = ngettext("%(num)s time: %(what)s", "%(num)s times: %(what)s", len(words))
        changed = what(Note(kind, "", old, new), phrases)
        yield _details(filled(message, num=len(words), what=changed), words, phrases)
    if links:
        message = ngettext("%(num)s link changed", "%(num)s links changed", len(links))
        sentences = (sentence(note, phrases) for note in links)
        yield _details(filled(message, num=len(links)), sentences, phrases)


def _around_lists(path: Sequence[Container]) -> tuple[Container, ...]:
    """Return the containers around the first list or table of a path."""
    return tuple(takewhile(lambda container: container.tag not in OF_ITEMS, path))


def _between(path: Sequence[Container], target: Sequence[Container]) -> Markup:
    """Return the end tags of the containers left and the start tags of those entered."""
    shared = 0
    while shared < min(len(path), len(target)) and path[shared] is target[shared]:
        shared += 1
    ends = [f"</{escape(container.tag)}>\n" for container in reversed(path[shared:])]
    return Markup("".join([*ends, *map(_start, target[shared:])]))


def _start(container: Container) -> Markup:
    number = "" if container.number is None else f' value="{container.number}"'
    return Markup(f"<{escape(container.tag)}{unhidden(container.attributes)}{number}>")


def _containers(blocks: Blocks) -> dict[Container, Container]:
    """Return which new list, item, table or quote each old one became."""
    became: dict[Container, Container] = {}
    for change in blocks:
        if change.old and change.new and change.moved_from is None:
            for old, new in zip(change.old.path, change.new.path, strict=False):
                if old.tag != new.tag:
                    break
                became.setdefault(old, new)
    return became


def _block(
    change: BlockChange, moves: Iterable[Markup], folded: set[Sameness], phrases: Phrases
) -> Markup:
    block = change.block
    own = (sentence(note, phrases) for note in change.notes if _sameness(note) not in folded)
    notes = boxes([*moves, *own, *_of_nothing(change, phrases)], phrases)
    if block.kind is Kind.ROW:
        return _row(change, notes, phrases)
    if notes and block.tag == "dt":
        notes = Markup("<dd>{}</dd>").format(notes)
    if not change.cells:
        return notes
    tag = escape(TAGS.get(block.tag, "p" if block.kind is Kind.HEADING else block.tag))
    words = cell_html(change.cells[0], phrases)
    if change.status is BlockStatus.UNCHANGED and tag == "div":
        return words + notes
    return Markup(f"<{tag}>{words}</{tag}>{notes}")


def _of_nothing(change: BlockChange, phrases: Phrases) -> Iterator[Markup]:
    """Say what became of a block without words, of which a reader would see no mark."""
    if change.status in (BlockStatus.ADDED, BlockStatus.REMOVED) and not change.block.text.strip():
        message = phrases.messages[f"empty_{change.status.value}"]
        yield filled(message, kind=phrases.kinds[change.block.kind])


def _row(change: BlockChange, notes: Markup, phrases: Phrases) -> Markup:
    cells = "".join(_cell(cell, phrases) for cell in change.cells)
    row = Markup(f"<tr>{cells}</tr>")
    notes_row = Markup('<tr class="gz-told"><td colspan="{}">{}</td></tr>').format(
        max(1, len(change.block.cells)), notes
    )
    return (row if cells else Markup("")) + (notes_row if notes else "")


def _cell(change: CellChange, phrases: Phrases) -> Markup:
    tag = change.cell.tag or "td"
    words = cell_html(change, phrases)
    return Markup(f"<{tag}{unhidden(change.cell.attributes)}>{words}</{tag}>")


def boxes(notes: Sequence[Markup], phrases: Phrases) -> Markup:
    """Return the notes, each in its box; many of them in one that opens."""
    if len(notes) < MANY_NOTES:
        box = Markup('<div class="gz-note"{}>{}</div>')
        return Markup("").join(box.format(phrases.of_page, note) for note in notes)
    message = phrases.language.ngettext("%(num)s note", "%(num)s notes", len(notes))
    return _details(filled(message, num=len(notes)), notes, phrases)


def _details(summary: Markup, items: Iterable[Markup], phrases: Phrases) -> Markup:
    listed = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    box = Markup('<details class="gz-note"{}><summary>{}</summary><ul>{}</ul></details>')
    return box.format(phrases.of_page, summary, listed)


def _sameness(note: Note) -> Sameness:
    return note.kind, note.old, note.new


def _repeated(blocks: Blocks, phrases: Phrases) -> dict[Sameness, list[Markup]]:
    """Return the changes that several blocks share, each with the words it concerns."""
    words: dict[Sameness, list[Markup]] = {}
    for change in blocks:
        for note in change.notes:
            if note.kind not in NEVER_FOLDING:
                quote = phrases.quoted(note.text) if note.text else beginning(change.block, phrases)
                words.setdefault(_sameness(note), []).append(quote)
    return {same: quotes for same, quotes in words.items() if len(quotes) >= REPEATED}


def _many_links(blocks: Blocks, folded: Mapping[Sameness, object]) -> list[Note]:
    """Return the section's notes on links when they are too many to stand each at its block."""
    links = [
        note
        for change in blocks
        for note in change.notes
        if note.kind is NoteKind.LINK and _sameness(note) not in folded
    ]
    return links if len(links) >= MANY_LINKS else []


def beginning(block: Block, phrases: Phrases) -> Markup:
    """Return the first words of a block, to identify it by."""
    words = block.text.split()
    more = " …" if len(words) > FIRST_WORDS else ""
    return phrases.quoted(f"{' '.join(words[:FIRST_WORDS])}{more}")
