"""Composition: the redline of sections that have to be compared together, apart from their texts.

The redline of two texts far apart is composed of such: each is exact and complete by itself, and
serves every earlier version that has the same sections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set

from gazette.text.comparison import Comparer
from gazette.text.differences import Cluster, Heading, Tie
from gazette.text.document import Document, Kind, Section
from gazette.text.lineage import Link, flags_of
from gazette.text.notes import NoteKind
from gazette.text.redline import Anchors, Redline, SectionChange
from gazette.text.wording import Op

SectionOf = Callable[[Heading], Section]
"""Returns a section of one of both texts with its blocks."""

_KEPT_WORDS = 12
_KEPT_SHARE = 0.4
"""A section holds part of the text of another one where so many words stayed, or so much of one."""
_OPENING = Section(0, 0, "", "", "", ())


def compose(
    cluster: Cluster,
    old_section: SectionOf,
    new_section: SectionOf,
    comparer: Comparer,
    anchors: Anchors = frozenset(),
) -> tuple[Redline, str]:
    """Return the redline of the cluster's sections, proved; and why it replaces all, if so.

    `anchors` are links to other sections of both texts that lead to the same place as before. A
    part of which no text stayed in the other section is none.
    """
    old = _side([tie.old for tie in cluster], old_section)
    new = _side([tie.new for tie in cluster], new_section)
    links = _links(cluster, old, new)
    change, fault = comparer.compare_or_replace(old, new, links, anchors=anchors)
    related = {
        (section.old.index, section.new.index)
        for section in change.sections
        if section.old and section.new and _keeps_text(section)
    }
    ties = [tie for tie in cluster if not tie.is_part or _indexes(tie) in related]
    if fault or len(ties) == len(cluster):
        return change, fault
    return comparer.compare_or_replace(old, new, _links(ties, old, new), anchors=anchors)


def _indexes(tie: Tie) -> tuple[int | None, int | None]:
    return tie.old.index if tie.old else None, tie.new.index if tie.new else None


def _side(headings: Iterable[Heading | None], section: SectionOf) -> Document:
    """Return a text of these sections; the first one has no heading, as in every text."""
    by_index = {heading.index: heading for heading in headings if heading}
    sections = [section(by_index[index]) for index in sorted(by_index)]
    return Document("", tuple(sections if 0 in by_index else [_OPENING, *sections]))


def _links(ties: Sequence[Tie], old: Document, new: Document) -> list[Link]:
    """Return the links in the order of the new text, removed sections behind those before them."""
    before, after = _places(old), _places(new)
    by_old = Counter(tie.old.index for tie in ties if tie.old and tie.new)
    by_new = Counter(tie.new.index for tie in ties if tie.old and tie.new)
    links: list[Link] = []
    removed: list[Link] = []
    for tie in ties:
        if tie.old and tie.new:
            a, b = before[tie.old.index], after[tie.new.index]
            parts = by_old[tie.old.index] > 1, by_new[tie.new.index] > 1
            flags = flags_of(old.sections[a], new.sections[b], tie.is_moved, *parts)
            links.append(Link(a, b, flags))
        elif tie.new and not by_new[tie.new.index]:
            links.append(Link(None, after[tie.new.index]))
        elif tie.old and not by_old[tie.old.index]:
            removed.append(Link(before[tie.old.index], None))
    ordered = sorted(links, key=lambda link: (link.new or 0, link.old or 0))
    return [*ordered, *removed]


def _places(text: Document) -> dict[int, int]:
    return {section.index: at for at, section in enumerate(text.sections)}


def _keeps_text(section: SectionChange) -> bool:
    kept = sum(
        len(run.text.split())
        for block in section.blocks
        if block.old and block.new and block.block.kind is not Kind.HEADING
        for cell in block.cells
        for run in cell.runs
        if run.op is Op.KEPT
    )
    sizes = (
        sum(len(block.words) for block in side.body) for side in (section.old, section.new) if side
    )
    return kept >= _KEPT_WORDS or kept >= _KEPT_SHARE * max(1, min(sizes))


def changed_links(change: Redline) -> Set[tuple[str, str]]:
    """Return the links to other sections that lead to another anchor, before and after."""
    return {
        (note.old, note.new)
        for section in change.sections
        for block in section.blocks
        for note in block.notes
        if note.kind is NoteKind.LINK and note.old.startswith("#") and note.new.startswith("#")
    }
