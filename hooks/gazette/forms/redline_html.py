"""A redline as a fragment of HTML, to stand under the page's own h1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from gazette.forms.redline_inline import cell_html
from gazette.text.cells import Note, NoteKind
from gazette.text.document import Block, Container, Kind, Section
from gazette.text.highlights import Highlight, highlights
from gazette.text.lineage import Flag
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionChange, SectionStatus

_PLACES = {
    Kind.HEADING: "heading",
    Kind.ROW: "table row",
    Kind.ITEM: "list item",
    Kind.CODE: "code block",
}


def render(change: Redline, old_page: str = "", new_page: str = "") -> str:
    """Return the whole redline: counts, what matters first, legend, jump list, sections.

    `old_page` and `new_page` are the addresses of the two texts as published; section headings and
    unchanged sections link to their places there. Without them nothing is linked.
    """
    page = _Page(change, old_page, new_page)
    return "\n".join(part for part in page.parts() if part) + "\n"


def section_ids(change: Redline) -> list[str]:
    """Return the id of each section's place in the redline, the same from build to build."""
    taken: Counter[str] = Counter()
    ids = []
    for section in change.sections:
        anchor = section.section.anchor or "opening"
        wished = f"removed-{anchor}" if section.new is None else f"change-{anchor}"
        taken[wished] += 1
        ids.append(wished if taken[wished] == 1 else f"{wished}-{taken[wished]}")
    return ids


class _Page:
    """The fragment's parts, which link to each other by the same ids."""

    def __init__(self, change: Redline, old_page: str, new_page: str) -> None:
        self.change = change
        self.old_page = old_page
        self.new_page = new_page
        self.ids = section_ids(change)
        self.place = {
            s.new.index: i for s, i in zip(change.sections, self.ids, strict=True) if s.new
        }

    def parts(self) -> Iterator[str]:
        yield '<div class="gz-redline">'
        yield _counts(self.change)
        yield from self.first(highlights(self.change))
        if self.change.changed:
            yield _LEGEND
            yield from self.jump_list()
            yield '<h2 id="redline">The changes</h2>'
        yield from self.sections()
        yield "</div>"

    def first(self, found: Sequence[Highlight]) -> Iterator[str]:
        if not found:
            return
        yield '<h2 id="what-matters-first">What matters first</h2>\n<ul class="gz-highlights">'
        for one in found:
            where = _within(self.change.sections[one.place].section)
            place = self.ids[one.place]
            yield (
                f'<li><span class="gz-topic">{one.topic.sentence}:</span> {_swap(one)} '
                f'<a href="#{escape(place)}">{escape(where)}</a>{_times(one.times)}</li>'
            )
        yield "</ul>"

    def jump_list(self) -> Iterator[str]:
        yield '<nav class="gz-jump" aria-labelledby="changed-sections">'
        yield '<h2 id="changed-sections">Changed sections</h2>\n<ol>'
        for section, own in zip(self.change.sections, self.ids, strict=True):
            if section.status is not SectionStatus.UNCHANGED or section.flags:
                label = _label(section)
                yield f'<li><a href="#{escape(own)}">{label}</a> {_badges(section)}</li>'
        yield "</ol>\n</nav>"

    def sections(self) -> Iterator[str]:
        both = zip(self.change.sections, self.ids, strict=True)
        for unchanged, group in groupby(both, lambda pair: _is_quiet(pair[0])):
            if unchanged:
                yield self.quiet([section for section, _ in group])
            else:
                for section, own in group:
                    yield from self.section(section, own)

    def quiet(self, sections: Sequence[SectionChange]) -> str:
        """Fold neighbouring unchanged sections to one line."""
        named = [self.link(s.new, self.new_page) for s in sections if s.new]
        if len(named) == 1:
            return f'<p class="gz-quiet">Unchanged: {named[0]}</p>'
        items = "".join(f"<li>{name}</li>" for name in named)
        return (
            f'<details class="gz-quiet"><summary>{len(named)} sections unchanged</summary>'
            f"<ul>{items}</ul></details>"
        )

    def link(self, section: Section | None, page: str) -> str:
        if section is None:
            return ""
        label = escape(section.name)
        if not page:
            return label
        return f'<a class="gz-page" href="{escape(page)}#{escape(section.anchor)}">{label}</a>'

    def section(self, change: SectionChange, own: str) -> Iterator[str]:
        yield f'<section class="gz-section gz-{change.status.value}" id="{escape(own)}">'
        yield f"<h3>{self.heading(change)}</h3>"
        yield f'<p class="gz-badges">{_badges(change)}{self.origin(change)}</p>'
        if change.status is not SectionStatus.UNCHANGED:
            title = [b for b in change.blocks if b.block is _heading_block(change, b)]
            told = [_note(n) for b in title for n in b.notes if n.kind is NoteKind.LAYOUT]
            yield _told(told)
            body = [b for b in change.blocks if b not in title]
            yield "".join(_Body(change, self).html(body))
        yield "</section>"

    def heading(self, change: SectionChange) -> str:
        section = change.section
        block = next((b for b in change.blocks if _heading_block(change, b) is b.block), None)
        words = (
            cell_html(block.cells[0])
            if block and any(cell.runs for cell in block.cells)
            else _label(change)
        )
        page = self.new_page if change.new else self.old_page
        if not page:
            return words
        return (
            f'{words} <a class="gz-there" href="{escape(page)}#{escape(section.anchor)}" '
            f'title="In the full text" aria-label="In the full text">§</a>'
        )

    def origin(self, change: SectionChange) -> str:
        """Say what the flags mean here: the old heading, number or section."""
        if not (change.old and change.new):
            return ""
        said = []
        if Flag.RENUMBERED in change.flags and not _is_part(change):
            said.append(
                f"number {change.old.number or 'none'} became {change.new.number or 'none'}"
            )
        if _is_part(change):
            said.append(f"text from {self.link(change.old, self.old_page)}")
        return f' <span class="gz-origin">{"; ".join(said)}</span>' if said else ""

    def to_new(self, index: int | None) -> str:
        for section in self.change.sections:
            if section.new and section.new.index == index:
                label = escape(_within(section.new))
                return f'<a href="#{escape(self.place[section.new.index])}">{label}</a>'
        return ""

    def from_old(self, index: int | None) -> str:
        for section in self.change.sections:
            if section.old and section.old.index == index:
                return self.link(section.old, self.old_page)
        return ""


def _is_part(change: SectionChange) -> bool:
    """Whether the section took in text of one with another name, as its label says."""
    if not (change.old and change.new and {Flag.SPLIT, Flag.MERGED} & set(change.flags)):
        return False
    return change.old.name != change.new.name


def _label(change: SectionChange) -> str:
    """Name a section; one text among several that were merged or split by both headings."""
    heading = escape(change.section.name)
    if change.old and _is_part(change):
        return f"{escape(change.old.name)} → {heading}"
    return heading


def _within(section: Section) -> str:
    return section.name if section.index else "the opening"


def _is_quiet(section: SectionChange) -> bool:
    return section.status is SectionStatus.UNCHANGED and not section.flags


def _heading_block(change: SectionChange, block: BlockChange) -> Block | None:
    """Return the block when it is the heading that opens the section."""
    opening = [s.blocks[0] for s in (change.new, change.old) if s and s.index]
    return block.block if any(block.block is own for own in opening) else None


_LEGEND = """\
<p class="gz-legend"><strong>How to read this:</strong> <ins>inserted words</ins> are underlined, \
<del>deleted words</del> are struck through. Notes in boxes tell what changed without a word \
changing. <span class="gz-keys">Keys: <kbd>n</kbd> next change, <kbd>p</kbd> previous \
change.</span></p>"""


def _counts(change: Redline) -> str:
    said = [
        f"{number} {status.value}"
        for status in SectionStatus
        if status is not SectionStatus.UNCHANGED and (number := change.count(status))
    ]
    quiet = change.count(SectionStatus.UNCHANGED)
    if not said:
        return '<p class="gz-counts">No section changed.</p>'
    return f'<p class="gz-counts">Sections: {", ".join(said)}, {quiet} unchanged.</p>'


def _badges(change: SectionChange) -> str:
    names = [change.status.value] if change.status is not SectionStatus.UNCHANGED else []
    implied = {Flag.RENAMED, Flag.RENUMBERED} if _is_part(change) else set()
    names += [flag.value for flag in change.flags if flag not in implied]
    return " ".join(f'<span class="gz-badge gz-badge-{name}">{name}</span>' for name in names)


def _swap(one: Highlight) -> str:
    old = f'<del><span class="gz-spoken">deleted: </span>{escape(one.old)}</del>' if one.old else ""
    new = (
        f'<ins><span class="gz-spoken">inserted: </span>{escape(one.new)}</ins>' if one.new else ""
    )
    return f"{old} {new}".strip()


def _times(times: int) -> str:
    return (
        f" and {times - 1} more places"
        if times > 2
        else " and one more place"
        if times == 2
        else ""
    )


class _Body:
    """Blocks of one section, the lists, tables and quotes around them built up again."""

    def __init__(self, change: SectionChange, page: _Page) -> None:
        self.page = page
        self.section = change
        self.repeated = _repeated(change.blocks)
        self.links = _many_links(change.blocks, self.repeated)
        self.folded = {*self.repeated, *map(_sameness, self.links)}
        self.became = _containers(change.blocks)
        self.open: list[Container] = []

    def html(self, changes: Iterable[BlockChange]) -> Iterator[str]:
        yield from map(_repeated_note, self.repeated.items())
        if self.links:
            yield _opening(f"{len(self.links)} links changed", map(_note, self.links))
        for change in changes:
            yield from self.enter(change)
            yield _block(change, self.moves(change), self.folded) + "\n"
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

    def moves(self, change: BlockChange) -> Iterator[str]:
        """Say at both places where a block went and whence it came."""
        block, section = change.block, self.section
        what = _PLACES.get(block.kind, "paragraph")
        if change.moved_to is not None:
            same = section.new is not None and section.new.index == change.moved_to
            where = (
                "elsewhere in this section" if same else f"in {self.page.to_new(change.moved_to)}"
            )
            yield f"A {what} that stood here is now {where}: {_begins(block)}"
        if change.moved_from is not None:
            same = section.old is not None and section.old.index == change.moved_from
            page = self.page
            yield f"This {what} stood " + (
                "elsewhere in this section" if same else f"in {page.from_old(change.moved_from)}"
            )

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
    notes = [*moves, *(_note(note) for note in change.notes if _sameness(note) not in folded)]
    told = _told(notes)
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


def _told(notes: Sequence[str]) -> str:
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
                words = f"“{escape(note.text)}”" if note.text else _begins(change.block)
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


def _begins(block: Block) -> str:
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


def _note(note: Note) -> str:
    what = _what(note)
    if note.kind in (NoteKind.LINK, NoteKind.FORMATTING):
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
    if note.kind is NoteKind.LAYOUT:
        return f"was a {old}, is now a {new}"
    return note.kind.sentence
