"""A redline as a fragment of HTML, to stand under the page's own h1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from markupsafe import Markup

from gazette.forms.highlights_html import highlights_html
from gazette.forms.moved_sections import MOVED, MovedSections, RedlineSection, Side
from gazette.forms.note_sentences import sentence
from gazette.forms.phrases import Counts, Phrases, filled
from gazette.forms.redline_blocks import Blocks, Written, beginning, body, boxes
from gazette.forms.redline_inline import cell_html
from gazette.forms.redline_links import SectionPlaces, first_places
from gazette.forms.sentences import badges, is_part, own_source
from gazette.language import ENGLISH, Language
from gazette.text.document import Section
from gazette.text.highlights import Highlights, highlights
from gazette.text.judgement import Judge
from gazette.text.lineage import Flag
from gazette.text.redline import BlockChange, Redline, SectionChange, SectionStatus
from gazette.text.vocabularies import vocabulary_of

JUMPS = 30
"""This many changed sections are listed; the others in a list that opens."""


class SectionSpan(NamedTuple):
    """Where a changed section stands in the HTML: indexes in both texts, start and end there."""

    old: int | None
    new: int | None
    start: int
    end: int


def render(
    change: Redline,
    old_page: str = "",
    new_page: str = "",
    language: Language = ENGLISH,
    matters: Highlights | None = None,
) -> Markup:
    """Return the whole redline in a language: counts, list, legend, what matters, sections."""
    return render_in_pieces(change, Phrases(language), old_page, new_page, matters=matters)[0]


def render_in_pieces(
    change: Redline,
    phrases: Phrases,
    old_page: str = "",
    new_page: str = "",
    written: Written | None = None,
    matters: Highlights | None = None,
) -> tuple[Markup, list[SectionSpan]]:
    """Return the whole redline, and where in it each changed section stands.

    `old_page` and `new_page` are the addresses of the two texts as published; section headings and
    unchanged sections link to their places there. Without them nothing is linked. `written` is what
    other redlines of the policy have in common with this one; `matters` are its highlights where
    they are known already.
    """
    page = _Page(
        change,
        phrases,
        old_page,
        new_page,
        {} if written is None else written,
        matters or highlights(change, Judge(vocabulary_of(phrases.language.text))),
    )
    parts, pieces = [], []
    length = 0
    for part, section in page.parts():
        if not part:
            continue
        if section:
            old, new = (side.index if side else None for side in (section.old, section.new))
            pieces.append(SectionSpan(old, new, length, length + len(part)))
        parts.append(part)
        length += len(part) + 1
    return Markup("\n".join([*parts, ""])), pieces


class SectionHtml(NamedTuple):
    """A changed section: its id, its entry in the jump list, and its HTML, its links unresolved.

    `brief` leads to its words instead of showing them.
    """

    own_id: str
    item: Markup
    html: Markup
    brief: Markup


def section_parts(
    change: Redline, phrases: Phrases, old_page: str, new_page: str, written: Written
) -> Iterator[SectionHtml]:
    """Yield each section of a redline apart, see `render`; of unchanged ones nothing is shown."""
    page = _Page(change, phrases, old_page, new_page, written, Highlights((), is_calm=False))
    for section, own_id in page.sections:
        html = brief = ""
        if not section.is_unchanged:
            html = "\n".join(filter(None, page.section(section, own_id)))
            brief = "\n".join(filter(None, page.brief(section, own_id)))
        yield SectionHtml(own_id, page.jump(section, own_id), Markup(html), Markup(brief))


def section_ids(change: Redline) -> list[str]:
    """Return the id of each section's place in the redline, the same from build to build.

    That of the opening is no id of a section that is called so, nor that of a part of another one.
    """
    taken: Counter[str] = Counter()
    ids = []
    for section in change.sections:
        anchor, kind = section.section.anchor, "change" if section.new else "removed"
        wanted = f"{kind}-{anchor}" if anchor else f"opening-{kind}"
        taken[wanted] += 1
        ids.append(wanted if taken[wanted] == 1 else f"{wanted}~{taken[wanted]}")
    return ids


@dataclass(frozen=True)
class _Page:
    """The fragment's parts, which link to each other by the same ids."""

    change: Redline
    phrases: Phrases
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

    @cached_property
    def places(self) -> SectionPlaces:
        """Where links within both texts lead; to parts of a section where nothing else is of it."""
        shown = [pair for pair in self.sections if not pair[0].is_unchanged]
        shown.sort(key=lambda pair: is_part(pair[0]))
        old = first_places((change.old.anchor, own_id) for change, own_id in shown if change.old)
        new = first_places((change.new.anchor, own_id) for change, own_id in shown if change.new)
        return SectionPlaces(old, new, self.old_page, self.new_page)

    @cached_property
    def moved(self) -> MovedSections:
        """The sections that moved."""
        is_any = any(_is_moved(change) for change, _ in self.sections)
        places = (
            RedlineSection(self.side(change.old), self.side(change.new), own_id, _is_moved(change))
            for change, own_id in (self.sections if is_any else ())
        )
        return MovedSections([*places], self.phrases)

    def side(self, section: Section | None) -> Side | None:
        """Return a section of one text as sentences name it."""
        return Side(section.index, self.phrases.name_in_sentence(section)) if section else None

    def parts(self) -> Iterator[tuple[Markup, SectionChange | None]]:
        """Yield the HTML of each part, and the section that it is if it is a changed one."""
        yield from ((part, None) for part in self.head())
        for html, at in in_their_places(self.shown(), self.moved, self.phrases):
            yield html, None if at is None else self.change.sections[at]
        yield Markup("</div>"), None

    def shown(self) -> Iterator[ShownSection]:
        """Yield each section as it is shown, its links resolved; none where none changed."""
        for section, own_id in self.sections if self.change.changed else ():
            if section.is_unchanged:
                yield ShownSection(self.link(section.section, self.new_page), is_changed=False)
            else:
                html = "\n".join(filter(None, self.section(section, own_id)))
                yield ShownSection(Markup(self.places.resolved(html)), is_changed=True)

    def head(self) -> Iterator[Markup]:
        items = [self.jump(section, own_id) for section, own_id in self.sections]
        matters = highlights_html(self.matters, self.change, self.ids, self.phrases)
        counts = Counter(_counted_as(section) for section, _ in self.sections)
        yield from head(counts, [item for item in items if item], matters, self.phrases)

    def link(self, section: Section, page: str) -> Markup:
        """Return the name of a section, linked to its place on the page of its text."""
        name = self.phrases.name(section)
        return place(name, section.anchor, page) if page else name

    def label(self, change: SectionChange) -> Markup:
        """Return the name of a section; of a part that came from another one, both names."""
        name = self.phrases.name(change.section)
        if change.old and is_part(change):
            return filled(
                self.phrases.messages["part"], old=self.phrases.name(change.old), new=name
            )
        return name

    def jump(self, section: SectionChange, own_id: str) -> Markup:
        """Return the entry of a section in the jump list; of an unchanged one nothing."""
        if section.is_unchanged:
            return Markup("")
        return Markup('<li><a href="#{}">{}</a> {}</li>').format(
            own_id, self.label(section), self.badges(section)
        )

    def badges(self, change: SectionChange) -> Markup:
        """Return what became of a section, a label for each."""
        badge = Markup("<gz-b>{}</gz-b>")
        return Markup(" ").join(badge.format(self.phrases.badges[name]) for name in badges(change))

    def section(self, change: SectionChange, own_id: str) -> Iterator[Markup]:
        title = _title(change)
        yield self.start(change, own_id)
        yield Markup("<h3>{}</h3>").format(self.heading(change, title))
        yield self.line(
            Markup("") if _is_plain(change) else self.badges(change), self.origin(change)
        )
        yield boxes(
            [sentence(note, self.phrases) for block in title for note in block.notes], self.phrases
        )
        if change.status is not SectionStatus.UNCHANGED:
            there = f"{self.new_page}#{change.section.anchor}" if self.new_page else ""
            moves = partial(self.moves, change)
            yield body(change.blocks, title, moves, self.written, there, self.phrases)
        yield Markup("</section>")

    def start(self, change: SectionChange, own_id: str) -> Markup:
        """Return the start tag of a section."""
        tag = Markup('<section class="gz-section gz-{}" id="{}"{}>')
        return tag.format(change.status.value, own_id, self.phrases.of_text)

    def line(self, *badges: Markup) -> Markup:
        """Return the line of badges below a heading; without any, nothing."""
        if not any(badges):
            return Markup("")
        line = Markup('<p class="gz-badges"{}>{}</p>')
        return line.format(self.phrases.of_page, Markup("").join(badges))

    def brief(self, change: SectionChange, own_id: str) -> Iterator[Markup]:
        """Yield the section with links to its words where these are in the two texts."""
        yield self.start(change, own_id)
        yield Markup("<h3>{}</h3>").format(self.label(change))
        yield self.line(self.badges(change), self.origin(change), self.elsewhere(change))
        yield Markup("</section>")

    def elsewhere(self, change: SectionChange) -> Markup:
        """Return links to the words of a section that are too long for the page."""
        gettext = self.phrases.language.gettext
        link = Markup('class="gz-page" href="{}#{}"')
        old = link.format(self.old_page, change.old.anchor) if change.old else None
        new = link.format(self.new_page, change.new.anchor) if change.new else None
        if not new:
            words = filled(gettext("Words <a %(old)s>then</a>"), old=old)
        elif not old:
            words = filled(gettext("Words <a %(new)s>now</a>"), new=new)
        else:
            message = gettext("Words <a %(old)s>then</a> and <a %(new)s>now</a>")
            words = filled(message, old=old, new=new)
        return Markup(' <span class="gz-words">{}</span>').format(words)

    def heading(self, change: SectionChange, title: Blocks) -> Markup:
        is_shown = title and any(cell.runs for cell in title[0].cells)
        words = cell_html(title[0].cells[0], self.phrases) if is_shown else self.label(change)
        page = self.new_page if change.new else self.old_page
        if not page:
            return words
        there = Markup('{} <a class="gz-there" href="{}#{}" aria-label="{}">§</a>')
        return there.format(words, page, change.section.anchor, self.phrases.messages["in_full"])

    def origin(self, change: SectionChange) -> Markup:
        """Return what the flags mean here: the old number, place or section."""
        if not (change.old and change.new):
            return Markup("")
        if is_part(change):
            source = self.link(change.old, self.old_page)
            parts = [filled(self.phrases.messages["source"], section=source)]
        else:
            is_renumbered = Flag.RENUMBERED in change.flags
            numbers = change.old.number, change.new.number
            parts = [self.phrases.renumbered(*numbers)] if is_renumbered else []
            parts += [Markup(MOVED)] if _is_moved(change) else []
        text = self.phrases.joined(parts)
        return Markup(' <span class="gz-origin">{}</span>').format(text) if parts else text

    def moves(self, section: SectionChange, change: BlockChange) -> Iterator[Markup]:
        """Say at both places where a block went and where it came from, with links between."""
        if change.moved_to is not None:
            is_here = section.new is not None and section.new.index == change.moved_to.index
            yield self.moved_block(change, "gone", None if is_here else change.moved_to)
        if change.moved_from is not None:
            source = own_source(section)
            is_here = source is not None and source.index == change.moved_from.index
            yield self.moved_block(change, "come", None if is_here else change.moved_from)

    def moved_block(self, change: BlockChange, way: str, section: Section | None) -> Markup:
        """Say that a block has `gone` to a section or `come` from it; without one, to its own."""
        facts = {
            "kind": self.phrases.moved_kind(change.block.kind),
            "words": beginning(change.block, self.phrases),
        }
        link = Markup('<a id="{0}-{2}" href="#{1}-{2}">{3}</a>')
        ends = ("from", "to") if way == "gone" else ("to", "from")
        number = self.moved_blocks[id(change.old)]
        if section is None:
            words = filled(self.phrases.messages[f"{way}_here"], **facts)
            return link.format(*ends, number, words)
        name = link.format(*ends, number, self.phrases.name_in_sentence(section))
        return filled(self.phrases.messages[way], section=name, **facts)

    @cached_property
    def moved_blocks(self) -> Mapping[int, str]:
        """The names of the places of blocks that moved, by the identities of their old ones."""
        return {
            id(block.old): f"{number}-{own_id}"
            for section, own_id in self.sections
            for number, block in enumerate(section.blocks)
            if block.moved_from is not None
        }


def legend(language: Language) -> Markup:
    """Return how a redline is read; a script adds its keys."""
    marks = language.gettext(
        "<strong>How to read this:</strong> <ins>inserted words</ins> are underlined, "
        "<del>deleted words</del> are struck through. Notes in boxes tell what changed without a "
        "word changing."
    )
    return Markup('<p class="gz-legend">{}</p>').format(Markup(marks))


def head(
    counts: Counts,
    items: Sequence[Markup],
    matters: Markup,
    phrases: Phrases,
) -> Iterator[Markup]:
    """Yield what stands above the sections: counts, jump list, legend, what matters first.

    `items` are the entries of the list, of each changed section one. Styles put list and legend
    beside the sections where there is room.
    """
    yield Markup('<div class="gz-redline">')
    sums = Markup('<p class="gz-counts">{}</p>').format(phrases.counts(counts))
    if items:
        yield Markup('<div class="gz-side">{}').format(sums)
        yield from _jump_list(items, phrases)
        yield legend(phrases.language)
        yield Markup("</div>")
    else:
        yield sums
    yield matters
    if items:
        yield Markup('<h2 id="redline">{}</h2>').format(phrases.messages["changes"])


def _jump_list(items: Sequence[Markup], phrases: Phrases) -> Iterator[Markup]:
    start = '<nav class="gz-jump" aria-label="{0}"><details><summary>{0}</summary>\n<ol>'
    yield Markup(start).format(phrases.messages["changed_sections"])
    yield from items[:JUMPS]
    yield Markup("</ol>")
    if more := items[JUMPS:]:
        summary = filled(phrases.more_changed(len(more)), num=len(more))
        yield Markup("<details><summary>{}</summary>\n<ol>").format(summary)
        yield from more
        yield Markup("</ol></details>")
    yield Markup("</details></nav>")


class ShownSection(NamedTuple):
    """A section of a redline: the HTML of a changed one, of another one its linked name."""

    html: Markup
    is_changed: bool


def in_their_places(
    sections: Iterable[ShownSection], moved: MovedSections, phrases: Phrases
) -> Iterator[tuple[Markup, int | None]]:
    """Yield the HTML of each part, and its place among the `sections` if it is a changed one.

    Unchanged neighbours are folded; lines mark where sections stood that moved.
    """
    yield from ((line, None) for line in moved.lines_behind(-1))
    unchanged: list[Markup] = []
    for at, section in enumerate(sections):
        lines = moved.lines_behind(at)
        if not section.is_changed:
            unchanged.append(section.html)
        if unchanged and (lines or section.is_changed):
            yield _folded(unchanged, phrases), None
            unchanged = []
        if section.is_changed:
            yield moved.resolved(section.html, at), at
        yield from ((line, None) for line in lines)
    if unchanged:
        yield _folded(unchanged, phrases), None


def _folded(names: Sequence[Markup], phrases: Phrases) -> Markup:
    """Return neighbouring unchanged sections by their linked names, folded to one line."""
    number = len(names)
    if number == 1:
        words = filled(phrases.messages["unchanged"], section=names[0])
        return Markup('<p class="gz-quiet">{}</p>').format(words)
    summary = filled(phrases.sections_unchanged(number), num=number)
    items = Markup("".join(f"<li>{name}</li>" for name in names))
    return Markup('<details class="gz-quiet"><summary>{}</summary><ul>{}</ul></details>').format(
        summary, items
    )


def place(name: Markup, anchor: str, page: str) -> Markup:
    """Return the name of a section, linked to its place on the page of its text."""
    return Markup('<a class="gz-page" href="{}#{}">{}</a>').format(page, anchor, name)


def _title(change: SectionChange) -> Blocks:
    """Return the heading that opens the section; of a split or merger there may be two."""
    opening = {id(s.blocks[0]) for s in (change.new, change.old) if s and s.index}
    return tuple(block for block in change.blocks if id(block.block) in opening)


def _is_plain(change: SectionChange) -> bool:
    """Return whether a section shows by its marks alone what became of it."""
    return change.status is SectionStatus.AMENDED and not change.flags


def _is_moved(change: SectionChange) -> bool:
    """Tell whether a whole section stands elsewhere; of a part its section is named."""
    return Flag.MOVED in change.flags and not is_part(change)


def _counted_as(change: SectionChange) -> SectionStatus | None:
    """Return as what a section is counted; as nothing if it is listed with unchanged words."""
    is_otherwise = change.status is SectionStatus.UNCHANGED and not change.is_unchanged
    return None if is_otherwise else change.status
