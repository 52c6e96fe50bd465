"""A redline as a fragment of HTML, to stand under the page's own h1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from html import escape
from itertools import groupby

from markupsafe import Markup

from gazette.forms.redline_blocks import Blocks, Written, begins, body, boxes, sentence
from gazette.forms.redline_inline import cell_html
from gazette.text.cells import NoteKind
from gazette.text.document import Kind, Section
from gazette.text.highlights import Highlight, highlights
from gazette.text.lineage import Flag
from gazette.text.redline import BlockChange, Redline, SectionChange, SectionStatus

_PLACES = {
    Kind.HEADING: "heading",
    Kind.ROW: "table row",
    Kind.ITEM: "list item",
    Kind.CODE: "code block",
}


def render(
    change: Redline, old_page: str = "", new_page: str = "", written: Written | None = None
) -> Markup:
    """Return the whole redline: counts, what matters first, legend, jump list, sections.

    `old_page` and `new_page` are the addresses of the two texts as published; section headings and
    unchanged sections link to their places there. Without them nothing is linked.
    `written` is what other redlines of the policy have in common with this one.
    """
    page = _Page(change, old_page, new_page, {} if written is None else written)
    return Markup("\n".join(part for part in page.parts() if part) + "\n")


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

    def __init__(self, change: Redline, old_page: str, new_page: str, written: Written) -> None:
        self.written = written
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
        both = zip(self.change.sections, self.ids, strict=True)
        items = [
            f'<li><a href="#{escape(own)}">{_label(section)}</a> {_badges(section)}</li>'
            for section, own in both
            if not _is_quiet(section)
        ]
        yield from items[:_JUMPS]
        yield "</ol>"
        if more := items[_JUMPS:]:
            yield f"<details><summary>{len(more)} more changed sections</summary>\n<ol>"
            yield from more
            yield "</ol></details>"
        yield "</nav>"

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
        title = _title(change)
        yield f'<section class="gz-section gz-{change.status.value}" id="{escape(own)}">'
        yield f"<h3>{self.heading(change, title)}</h3>"
        yield f'<p class="gz-badges">{_badges(change)}{self.origin(change)}</p>'
        if change.status is not SectionStatus.UNCHANGED:
            yield boxes([sentence(n) for b in title for n in b.notes if n.kind is NoteKind.LAYOUT])
            yield body(change.blocks, title, partial(self.moves, change), self.written)
        yield "</section>"

    def heading(self, change: SectionChange, title: Blocks) -> str:
        section = change.section
        shown = title and any(cell.runs for cell in title[0].cells)
        words = cell_html(title[0].cells[0]) if shown else _label(change)
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

    def moves(self, section: SectionChange, change: BlockChange) -> Iterator[str]:
        """Say at both places where a block went and whence it came."""
        block = change.block
        what = _PLACES.get(block.kind, "paragraph")
        if change.moved_to is not None:
            same = section.new is not None and section.new.index == change.moved_to
            where = "elsewhere in this section" if same else f"in {self.to_new(change.moved_to)}"
            yield f"A {what} that stood here is now {where}: {begins(block)}"
        if change.moved_from is not None:
            same = section.old is not None and section.old.index == change.moved_from
            yield f"This {what} stood " + (
                "elsewhere in this section" if same else f"in {self.from_old(change.moved_from)}"
            )

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


def _title(change: SectionChange) -> Blocks:
    """Return the heading that opens the section; of a split or merger there may be two."""
    opening = {id(s.blocks[0]) for s in (change.new, change.old) if s and s.index}
    return tuple(one for one in change.blocks if id(one.block) in opening)


_JUMPS = 30
"""So many changed sections are listed; the others in a list that opens."""
_LEGEND = """\
<p class="gz-legend"><strong>How to read this:</strong> <ins>inserted words</ins> are underlined, \
<del>deleted words</del> are struck through. Notes in boxes tell what changed without a word \
changing. <span class="gz-keys">Keys: <kbd>n</kbd> next change, <kbd>p</kbd> previous \
change.</span></p>"""


def _counts(change: Redline) -> str:
    said = [
        f"{number} {status.value}"
        for status in SectionStatus
        if status is not SectionStatus.UNCHANGED and (number := change.counts[status])
    ]
    quiet = change.counts[SectionStatus.UNCHANGED]
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
