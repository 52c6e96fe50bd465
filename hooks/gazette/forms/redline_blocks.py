"""The blocks of a redline's section as HTML: words, notes, and the containers around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, takewhile

from markupsafe import Markup, escape

from gazette.forms.note_sentences import sentence, what
from gazette.forms.phrases import Phrases, filled
from gazette.forms.redline_folds import IN_SIGHT, Fold, Folded, folded, is_kept
from gazette.forms.redline_inline import cell_html, cell_in_parts, start_tag, unhidden
from gazette.text.anchors import common_length
from gazette.text.cells import CellChange
from gazette.text.document import FIRST_WORDS, Block, Container, Kind
from gazette.text.notes import Note, NoteKind
from gazette.text.redline import BlockChange, BlockStatus
from gazette.text.wording import Op

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
"""A change that this many blocks share is named once above them."""
SPOKEN_TOGETHER = 3
"""This many neighbours that came or went whole are spoken of once, with their number."""
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
ALONE = re.compile(r"(<li\b[^>]*>)<div>((?:(?!</?(?:div|li)\b).)*)</div>(\n*</li>)", re.S)
"""A block that nothing stands beside in its item needs no element of its own."""
WHOLE = {BlockStatus.ADDED: Op.INSERTED, BlockStatus.REMOVED: Op.DELETED}
"""What the marks of a block say that came or went whole."""
DIVISIBLE = frozenset(("p", "pre", "div"))
"""Elements that can stand twice instead of once."""


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
    if any(change.status is BlockStatus.MOVED for change in blocks):
        html = _body(blocks, title, move_notes, there, phrases)
    else:
        if (blocks, title) not in written:
            written[blocks, title] = _body(blocks, title, move_notes, there, phrases)
        html = written[blocks, title]
    return Markup(str(html).replace(THERE, str(escape(there)))) if THERE in html else html


def _body(
    blocks: Blocks, title: Blocks, move_notes: MoveNotes, there: str, phrases: Phrases
) -> Markup:
    repeated = _repeated(blocks, phrases)
    links = _many_links(blocks, repeated)
    untitled = [change for change in blocks if change not in title]
    first = next((change for change in untitled if not is_kept(change)), None)
    summarized = {*repeated, *map(_sameness, links)}
    page = _Body(move_notes, summarized, first, _spoken_together(untitled), phrases)
    shown = folded(untitled, has_page=bool(there))
    parts = [*_summaries(repeated, links, phrases), *page.parts(shown, _containers(blocks))]
    return Markup(ALONE.sub(r"\1\2\3", "".join(parts)))


@dataclass(frozen=True)
class _Body:
    """The blocks of a section, of which `summarized` changes are named above all of them.

    The `first` that changed begins near its change. `spoken` are of how many blocks each speaks
    whose own mark does not say it, by its identity.
    """

    move_notes: MoveNotes
    summarized: Set[Sameness]
    first: BlockChange | None
    spoken: Mapping[int, int]
    phrases: Phrases

    def parts(
        self, groups: Iterable[Folded], became: Mapping[Container, Container]
    ) -> Iterator[Markup]:
        """Yield the blocks, the lists, tables and quotes around them built up again.

        `became` are the new containers of old ones.
        """
        path: tuple[Container, ...] = ()
        for fold, group in groups:
            if fold is None or not group:
                for change in group:
                    target = change.block.path
                    if change.new is None:
                        target = tuple(became.get(container, container) for container in target)
                    yield _between(path, target)
                    path = target
                    yield self.block(change) + "\n"
            elif fold is Fold.ROWS_OPEN:
                yield _between(path, group[0].block.path)
                path = group[0].block.path
                yield self.opening_rows(group)
            else:
                outer = _around_lists(path)
                yield _between(path, outer)
                path = outer
                if fold is Fold.LINKED:
                    yield FOLDED.format(self.phrases.of_page, self.number(group))
                else:
                    yield self.opening(group, path)
        yield _between(path, ())

    def number(self, group: Sequence[BlockChange]) -> Markup:
        """Say how many blocks are folded."""
        message = self.phrases.language.gettext("Unchanged passages: %(num)s")
        return filled(message, num=len(group))

    def opening(self, group: Sequence[BlockChange], outer: tuple[Container, ...]) -> Markup:
        """Return blocks in a line that opens; the containers `outer` are around it."""
        depth = len(outer)
        parts: list[Markup] = []
        path = outer
        for change in group:
            shared = change.block.path[:depth]
            target = change.block.path if shared == outer else (*outer, *change.block.path)
            parts += [_between(path, target), self.block(change) + "\n"]
            path = target
        parts.append(_between(path, outer))
        return _opens(self.number(group), Markup("").join(parts), self.phrases)

    def opening_rows(self, group: Sequence[BlockChange]) -> Markup:
        """Return rows in a row that opens."""
        rows = Markup("\n").join(map(self.block, group))
        table = Markup("<table><tbody>{}</tbody></table>").format(rows)
        line = Markup('<tr><td colspan="{}">{}</td></tr>\n')
        width = max(1, len(group[0].block.cells))
        return line.format(width, _opens(self.number(group), table, self.phrases))

    def block(self, change: BlockChange) -> Markup:
        """Return a block with the notes on it, and what is spoken before it."""
        html = self.marked(change)
        if id(change) not in self.spoken:
            return html
        op = WHOLE[change.status]
        alone, number = start_tag(op, self.phrases), self.spoken[id(change)]
        silent = f"<{self.phrases.spoken[op][0]}>"
        first = start_tag(op, self.phrases, number) if number else silent
        return Markup(str(html).replace(alone, first, 1).replace(alone, silent))

    def marked(self, change: BlockChange) -> Markup:
        """Return a block with the notes on it."""
        block = change.block
        sentences = (
            sentence(note, self.phrases)
            for note in change.notes
            if _sameness(note) not in self.summarized
        )
        boxed = [*self.move_notes(change), *sentences, *_of_nothing(change, self.phrases)]
        notes = boxes(boxed, self.phrases)
        if block.kind is Kind.ROW:
            return _row(change, notes, self.phrases)
        if notes and block.tag == "dt":
            notes = Markup("<dd>{}</dd>").format(notes)
        if not change.cells:
            return notes
        tag = escape(TAGS.get(block.tag, "p" if block.kind is Kind.HEADING else block.tag))
        most = IN_SIGHT if change is self.first and tag in DIVISIBLE else None
        beginning, words = cell_in_parts(change.cells[0], most, self.phrases)
        if beginning:
            summary = self.phrases.language.gettext("Unchanged beginning")
            folded_words = Markup(f"<{tag}>{beginning}</{tag}>")
            beginning = _opens(Markup.escape(summary), folded_words, self.phrases)
        if change.status is BlockStatus.UNCHANGED and tag == "div":
            return words + notes
        return Markup(f"{beginning}<{tag}>{words}</{tag}>{notes}")


def _spoken_together(blocks: Sequence[BlockChange]) -> Mapping[int, int]:
    """Return for how many blocks the first of neighbours speaks that came or went whole.

    By their identities; the others speak for none.
    """
    numbers: dict[int, int] = {}
    for status, group in groupby(blocks, _whole):
        neighbours = [id(change) for change in group]
        if status and len(neighbours) >= SPOKEN_TOGETHER:
            numbers |= {**dict.fromkeys(neighbours, 0), neighbours[0]: len(neighbours)}
    return numbers


def _whole(change: BlockChange) -> BlockStatus | None:
    """Return whether a block came or went whole, and has no note."""
    is_whole = change.status in WHOLE and change.block.text.strip() and not change.notes
    return change.status if is_whole else None


def _opens(summary: Markup, content: Markup, phrases: Phrases) -> Markup:
    """Return unchanged words in a line that opens."""
    line = Markup('<details class="gz-lead"><summary{}>{}</summary>\n{}</details>\n')
    return line.format(phrases.of_page, summary, content)


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
    shared = common_length(path, target)
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
