"""A redline as a fragment of HTML, to stand under the page's own h1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from gazette.forms.highlights_html import highlights_html, in_sentence
from gazette.forms.redline_blocks import Blocks, Written, beginning, body, boxes, sentence
from gazette.forms.redline_inline import cell_html
from gazette.forms.sentences import is_part, label, own_source
from gazette.text.document import Kind, Section
from gazette.text.highlights import Highlights, highlights
from gazette.text.lineage import Flag
from gazette.text.redline import BlockChange, Redline, SectionChange, SectionStatus

KIND_WORDS = {
    Kind.HEADING: "heading",
    Kind.ROW: "table row",
    Kind.ITEM: "list item",
    Kind.CODE: "code block",
}
JUMPS = 30
"""This many changed sections are listed; the others in a list that opens."""
LEGEND = Markup(
    '<p class="gz-legend"><strong>How to read this:</strong> <ins>inserted words</ins> are '
    "underlined, <del>deleted words</del> are struck through. Notes in boxes tell what changed "
    'without a word changing. <span class="gz-keys">Keys: <kbd>n</kbd> next change, <kbd>p</kbd> '
    "previous change.</span></p>"
)


class Piece(NamedTuple):
    """Where a changed section stands in the HTML: indexes in both texts, start and end there."""

    old: int | None
    new: int | None
    start: int
    end: int


def render(
    change: Redline,
    old_page: str = "",
    new_page: str = "",
    written: Written | None = None,
    matters: Highlights | None = None,
) -> Markup:
    """Return the whole redline: counts, what matters first, legend, jump list, sections."""
    return render_in_pieces(change, old_page, new_page, written, matters)[0]


def render_in_pieces(
    change: Redline,
    old_page: str = "",
    new_page: str = "",
    written: Written | None = None,
    matters: Highlights | None = None,
) -> tuple[Markup, list[Piece]]:
    """Return the whole redline, and where in it each changed section stands.

    `old_page` and `new_page` are the addresses of the two texts as published; section headings and
    unchanged sections link to their places there. Without them nothing is linked. `written` is what
    other redlines of the policy have in common with this one; `matters` are its highlights where
    they are known already.
    """
    page = _Page(
        change,
        old_page,
        new_page,
        {} if written is None else written,
        matters or highlights(change),
    )
    parts, pieces = [], []
    length = 0
    for part, section in page.parts():
        if not part:
            continue
        if section:
            old, new = (side.index if side else None for side in (section.old, section.new))
            pieces.append(Piece(old, new, length, length + len(part)))
        parts.append(part)
        length += len(part) + 1
    return Markup("\n".join([*parts, ""])), pieces


class SectionHtml(NamedTuple):
    """A changed section: its entry in the jump list, and its HTML.

    `brief` leads to its words instead of showing them.
    """

    item: Markup
    html: Markup
    brief: Markup


def section_parts(
    change: Redline, old_page: str, new_page: str, written: Written
) -> Iterator[SectionHtml]:
    """Yield each section of a redline apart, see `render`; of unchanged ones nothing is shown."""
    page = _Page(change, old_page, new_page, written, Highlights((), is_calm=False))
    for section, own_id in page.sections:
        html = brief = ""
        if not section.is_unchanged:
            html = "\n".join(filter(None, page.section(section, own_id)))
            brief = "\n".join(filter(None, page.brief(section, own_id)))
        yield SectionHtml(jump(section, own_id), Markup(html), Markup(brief))


def section_ids(change: Redline) -> list[str]:
    """Return the id of each section's place in the redline, the same from build to build."""
    taken: Counter[str] = Counter()
    ids = []
    for section in change.sections:
        anchor = section.section.anchor or "opening"
        wanted = f"removed-{anchor}" if section.new is None else f"change-{anchor}"
        taken[wanted] += 1
        ids.append(wanted if taken[wanted] == 1 else f"{wanted}-{taken[wanted]}")
    return ids


@dataclass(frozen=True)
class _Page:
    """The fragment's parts, which link to each other by the same ids."""

    change: Redline
    old_page: str
    new_page: str
    written: Written
    matters: Highlights

    @cached_property
    def ids(self) -> list[str]:
        return section_ids(self.change)

    @cached_property
    def sections(self) -> list[tuple[SectionChange, str]]:
        return list(zip(self.change.sections, self.ids, strict=True))

    def parts(self) -> Iterator[tuple[Markup, SectionChange | None]]:
        """Yield the HTML of each part, and the section that it is if it is a changed one."""
        yield from ((part, None) for part in self.head())
        for unchanged, group in groupby(self.sections, lambda pair: pair[0].is_unchanged):
            if unchanged:
                yield self.unchanged([section for section, _ in group]), None
            else:
                for section, own_id in group:
                    yield Markup("\n").join(filter(None, self.section(section, own_id))), section
        yield Markup("</div>"), None

    def head(self) -> Iterator[Markup]:
        items = [jump(section, own_id) for section, own_id in self.sections]
        matters = highlights_html(self.matters, self.change, self.ids)
        yield from head(self.change.counts, [item for item in items if item], matters)

    def unchanged(self, sections: Sequence[SectionChange]) -> Markup:
        return folded(
            [self.link(section.new, self.new_page) for section in sections if section.new]
        )

    def link(self, section: Section, page: str) -> Markup:
        """Return the name of a section, linked to its place on the page of its text."""
        return place(section.name, section.anchor, page) if page else Markup.escape(section.name)

    def section(self, change: SectionChange, own_id: str) -> Iterator[Markup]:
        title = _title(change)
        start = Markup('<section class="gz-section gz-{}" id="{}">')
        yield start.format(change.status.value, own_id)
        yield Markup("<h3>{}</h3>").format(self.heading(change, title))
        yield _line(_badges(change), self.origin(change))
        yield boxes([sentence(note) for block in title for note in block.notes])
        if change.status is not SectionStatus.UNCHANGED:
            there = f"{self.new_page}#{change.section.anchor}" if self.new_page else ""
            yield body(change.blocks, title, partial(self.moves, change), self.written, there)
        yield Markup("</section>")

    def brief(self, change: SectionChange, own_id: str) -> Iterator[Markup]:
        """Yield the section with links to its words where these are in the two texts."""
        places = (("then", change.old, self.old_page), ("now", change.new, self.new_page))
        links = Markup(", ").join(
            place(when, side.anchor, page) for when, side, page in places if side
        )
        start = Markup('<section class="gz-section gz-{}" id="{}">')
        yield start.format(change.status.value, own_id)
        yield Markup("<h3>{}</h3>").format(label(change))
        yield _line(_badges(change))
        yield Markup('<p class="gz-quiet">Its words are long: read them {}.</p>').format(links)
        yield Markup("</section>")

    def heading(self, change: SectionChange, title: Blocks) -> Markup:
        is_shown = title and any(cell.runs for cell in title[0].cells)
        words = cell_html(title[0].cells[0]) if is_shown else Markup.escape(label(change))
        page = self.new_page if change.new else self.old_page
        if not page:
            return words
        return Markup(
            '{} <a class="gz-there" href="{}#{}" aria-label="In the full text">§</a>'
        ).format(words, page, change.section.anchor)

    def origin(self, change: SectionChange) -> Markup:
        """Return what the flags mean here: the old number or section."""
        if not (change.old and change.new):
            return Markup("")
        if is_part(change):
            text = Markup("text from {}").format(self.link(change.old, self.old_page))
        elif Flag.RENUMBERED in change.flags:
            text = Markup("number {} became {}").format(
                change.old.number or "none", change.new.number or "none"
            )
        else:
            return Markup("")
        return Markup(' <span class="gz-origin">{}</span>').format(text)

    def moves(self, section: SectionChange, change: BlockChange) -> Iterator[Markup]:
        """Say at both places where a block went and where it came from."""
        kind = KIND_WORDS.get(change.block.kind, "paragraph")
        here = "elsewhere in this section"
        if change.moved_to is not None:
            is_here = section.new is not None and section.new.index == change.moved_to.index
            yield Markup("A {} that stood here is now {}: {}").format(
                kind, here if is_here else self.new_place(change.moved_to), beginning(change.block)
            )
        if change.moved_from is not None:
            source = own_source(section)
            is_here = source is not None and source.index == change.moved_from.index
            yield Markup("This {} stood {}").format(
                kind, here if is_here else self.old_place(change.moved_from)
            )

    def new_place(self, section: Section) -> Markup:
        # Of a split or merged section the last place counts.
        own_id = {s.new.index: own_id for s, own_id in self.sections if s.new}.get(section.index)
        if own_id is None:  # where only some sections are shown
            return Markup("in {}").format(in_sentence(section))
        return Markup('in <a href="#{}">{}</a>').format(own_id, in_sentence(section))

    def old_place(self, section: Section) -> Markup:
        return Markup("in {}").format(self.link(section, self.old_page))


def head(
    counts: Mapping[SectionStatus | Flag, int], items: Sequence[Markup], matters: Markup
) -> Iterator[Markup]:
    """Yield what stands above the sections: counts, what matters first, legend, jump list.

    `items` are the entries of the list, of each changed section one.
    """
    yield Markup('<div class="gz-redline">')
    yield _counts(counts, is_changed=bool(items))
    yield matters
    if items:
        yield LEGEND
        yield from _jump_list(items)
        yield Markup('<h2 id="redline">The changes</h2>')


def _jump_list(items: Sequence[Markup]) -> Iterator[Markup]:
    if len(items) == 1:
        return
    yield Markup('<nav class="gz-jump" aria-labelledby="changed-sections">')
    yield Markup('<h2 id="changed-sections">Changed sections</h2>\n<ol>')
    yield from items[:JUMPS]
    yield Markup("</ol>")
    if more := items[JUMPS:]:
        yield Markup("<details><summary>{} more changed sections</summary>\n<ol>").format(len(more))
        yield from more
        yield Markup("</ol></details>")
    yield Markup("</nav>")


def jump(section: SectionChange, own_id: str) -> Markup:
    """Return the entry of a section in the jump list; of an unchanged one nothing."""
    if section.is_unchanged:
        return Markup("")
    return Markup('<li><a href="#{}">{}</a> {}</li>').format(
        own_id, label(section), _badges(section)
    )


def folded(names: Sequence[Markup]) -> Markup:
    """Return neighbouring unchanged sections by their linked names, folded to one line."""
    if len(names) == 1:
        return Markup('<p class="gz-quiet">Unchanged: {}</p>').format(names[0])
    items = Markup("".join(f"<li>{name}</li>" for name in names))
    return Markup(
        '<details class="gz-quiet"><summary>{} sections unchanged</summary><ul>{}</ul></details>'
    ).format(len(names), items)


def place(name: str, anchor: str, page: str) -> Markup:
    """Return the name of a section, linked to its place on the page of its text."""
    return Markup('<a class="gz-page" href="{}#{}">{}</a>').format(page, anchor, name)


def _title(change: SectionChange) -> Blocks:
    """Return the heading that opens the section; of a split or merger there may be two."""
    opening = {id(s.blocks[0]) for s in (change.new, change.old) if s and s.index}
    return tuple(block for block in change.blocks if id(block.block) in opening)


def _counts(counts: Mapping[SectionStatus | Flag, int], *, is_changed: bool) -> Markup:
    named = [
        f"{counts[status]} {status.value}"
        for status in SectionStatus
        if status is not SectionStatus.UNCHANGED and counts.get(status)
    ]
    if not named:
        what = "The words of no section changed." if is_changed else "No section changed."
        return Markup('<p class="gz-counts">{}</p>').format(what)
    return Markup('<p class="gz-counts">Sections: {}, {} unchanged.</p>').format(
        ", ".join(named), counts.get(SectionStatus.UNCHANGED, 0)
    )


def _line(*badges: Markup) -> Markup:
    """Return the line of badges below a heading; without any, nothing."""
    if not any(badges):
        return Markup("")
    return Markup('<p class="gz-badges">{}</p>').format(Markup("").join(badges))


def _badges(change: SectionChange) -> Markup:
    names = [change.status.value] if change.status is not SectionStatus.UNCHANGED else []
    implied = {Flag.RENAMED, Flag.RENUMBERED} if is_part(change) else set()
    names += [flag.value for flag in change.flags if flag not in implied]
    return Markup(" ".join(f'<span class="gz-badge">{n}</span>' for n in names))
