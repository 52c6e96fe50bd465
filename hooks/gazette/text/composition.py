"""Composition: the redline of sections that have to be compared together, apart from their texts.

The redline of two texts far apart is composed of such: each is exact and complete by itself, and
serves every earlier version that has the same sections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

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
    ties = [_Tie(tie, old, new) for tie in cluster]
    change, fault = comparer.compare_or_replace(old, new, _links(ties, old, new), anchors=anchors)
    parts = {(tie.old, tie.new) for tie in ties if tie.is_part}
    if not parts or fault:
        return change, fault
    unrelated = parts - set(_related(change, old, new))
    if not unrelated:
        return change, ""
    ties = [tie for tie in ties if (tie.old, tie.new) not in unrelated]
    return comparer.compare_or_replace(old, new, _links(ties, old, new), anchors=anchors)


class _Tie:
    """A tie by the places of its sections in two texts that hold nothing else."""

    def __init__(self, tie: Tie, old: Document, new: Document) -> None:
        self.old = _place(tie.old, old)
        self.new = _place(tie.new, new)
        self.is_moved, self.is_part = tie.is_moved, tie.is_part


def _place(heading: Heading | None, text: Document) -> int | None:
    if heading is None:
        return None
    return next(at for at, section in enumerate(text.sections) if section.index == heading.index)


def _side(headings: Iterable[Heading | None], section: SectionOf) -> Document:
    """Return a text of these sections; the first one has no heading, as in every text."""
    by_index = {heading.index: heading for heading in headings if heading}
    sections = [section(by_index[index]) for index in sorted(by_index)]
    return Document("", tuple(sections if 0 in by_index else [_OPENING, *sections]))


def _links(ties: Sequence[_Tie], old: Document, new: Document) -> list[Link]:
    """Return the links in the order of the new text, removed sections behind those before them."""
    by_old = Counter(tie.old for tie in ties if tie.new is not None)
    by_new = Counter(tie.new for tie in ties if tie.old is not None)
    links: list[Link] = []
    removed: list[Link] = []
    for tie in ties:
        if tie.old is None:
            if not by_new[tie.new]:
                links.append(Link(None, tie.new))
        elif tie.new is None:
            if not by_old[tie.old]:
                removed.append(Link(tie.old, None))
        else:
            before, after = old.sections[tie.old], new.sections[tie.new]
            parts = by_old[tie.old] > 1, by_new[tie.new] > 1
            flags = flags_of(before, after, tie.is_moved, *parts)
            links.append(Link(tie.old, tie.new, flags))
    ordered = sorted(links, key=lambda link: (link.new or 0, link.old or 0))
    return [*ordered, *removed]


def _related(change: Redline, old: Document, new: Document) -> Iterator[tuple[int, int]]:
    """Yield the places of an old and a new section of which text stayed."""
    places = {
        side: {id(section): at for at, section in enumerate(text.sections)}
        for side, text in (("old", old), ("new", new))
    }
    for section in change.sections:
        if section.old and section.new and _keeps_text(section):
            yield places["old"][id(section.old)], places["new"][id(section.new)]


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
