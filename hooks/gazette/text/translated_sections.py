"""What a translation owes: the sections of its original that changed, and were not translated."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gazette.model import Continues
from gazette.text.anchors import first_come
from gazette.text.cells import is_inked
from gazette.text.comparison import Comparer
from gazette.text.counterparts import Counterparts, counterparts
from gazette.text.document import Document, Section
from gazette.text.lineage import Flag
from gazette.text.notes import Note, NoteKind
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionChange, SectionStatus

READ_BESIDE_WORDS = frozenset(
    {
        *(NoteKind.LINK, NoteKind.IMAGE, NoteKind.FILE, NoteKind.VISIBILITY, NoteKind.TOOLTIP),
        *(NoteKind.COLUMN_ADDED, NoteKind.COLUMN_REMOVED, NoteKind.WORDS_GONE, NoteKind.WORDS_COME),
    }
)
"""What a reader gets otherwise although the words stay; all else is how they are set."""
WITH_OTHER_TEXT = frozenset({Flag.RENAMED, Flag.SPLIT, Flag.MERGED})
"""What happened to a section that has other words now, although those that stayed are the same."""


class Extent(enum.IntEnum):
    """How much of a section a reader gets otherwise."""

    NOTHING = 0
    BESIDE = 1
    WORDS = 2


class Lag(NamedTuple):
    """A section of the original that changed, and the one of the translation that did not.

    `section` is None where the translation has none yet. `changes` are more than one where a
    section was split.
    """

    changes: tuple[SectionChange, ...]
    section: Section | None


class TextStep(NamedTuple):
    """A text before and after, and which sections continue which as editors state it."""

    old: Document
    new: Document
    continues: Continues = ()

    def redline(self) -> Redline:
        """Return what it changes."""
        return Comparer().compare_or_replace(self.old, self.new, continues=self.continues)[0]


def stale_sections(original: TextStep, translation: Document) -> list[Lag]:
    """Return what a translation of the old text of its original lacks of the new one."""
    change = original.redline()
    places = counterparts(original.old, translation)
    lags: dict[SectionChange | int, Lag] = {}
    for section in _changed(change):
        place = places.get(section.old.index) if section.old else None
        if place is None:
            lags[section] = Lag((section,), None)
        else:
            earlier = lags[place].changes if place in lags else ()
            lags[place] = Lag((*earlier, section), translation.sections[place])
    return [*lags.values()]


def _changed(change: Redline) -> Iterator[SectionChange]:
    """Yield the sections that say anything else than before; numbers and form are no matter."""
    return (section for section in change.sections if extent(section) is not Extent.NOTHING)


def extent(change: SectionChange) -> Extent:
    """Return how much of a section a reader gets otherwise, its number and how it is set apart."""
    if change.status in {SectionStatus.ADDED, SectionStatus.REMOVED}:
        return Extent.WORDS if change.section.is_visible else Extent.NOTHING
    if WITH_OTHER_TEXT & {*change.flags}:
        return Extent.WORDS
    if change.status is SectionStatus.UNCHANGED:
        return Extent.NOTHING
    blocks = change.blocks[1:] if change.section.level else change.blocks
    if any(_says_otherwise(block) for block in blocks):
        return Extent.WORDS
    notes = [note for block in change.blocks for note in block.notes]
    return Extent.BESIDE if any(map(_is_for_readers, notes)) else Extent.NOTHING


def _is_for_readers(note: Note) -> bool:
    """Tell whether a note says more than how words are set; a slash leads nowhere else."""
    is_same = note.old.rstrip("/") == note.new.rstrip("/") != ""
    return note.kind in READ_BESIDE_WORDS and not (note.kind is NoteKind.LINK and is_same)


def _says_otherwise(block: BlockChange) -> bool:
    """Tell whether a block has other words; commas and capitals are each language's own."""
    if block.status is BlockStatus.MOVED and (block.moved_to or block.moved_from):
        return True
    sides = [side for side in (block.old, block.new) if side]
    if len(sides) == 1:
        return any(side.words or "<img" in side.cells[0].html for side in sides)
    return is_inked(block.cells) and sides[0].words != sides[1].words


class PassedOver(NamedTuple):
    """The lags of a step of a translation, and which section is which after it."""

    lags: Sequence[Lag]
    places: Counterparts


def passed_over(original: TextStep, translation: TextStep) -> PassedOver:
    """Return what a step of the translation leaves out of the step of its original.

    Both old texts were in step, and so are the new ones to be.
    """
    change, translated = original.redline(), translation.redline()
    places = counterparts(original.old, translation.old)
    by_old = _by_old(translated)
    continued = _continued(change, places, by_old)
    present = counterparts(original.new, translation.new, continued)
    by_new = {section.new.index: section for section in translated.sections if section.new}
    lags = []
    for section in _changed(change):
        if section.new and section.new.index not in continued:
            place = present.get(section.new.index)
            if place is None or extent(by_new[place]) is Extent.NOTHING:
                lags.append(Lag((section,), None))
            continue
        old = section.old.index if section.old else -1
        followed = by_old.get(places.get(old, -1), ())
        if followed and not _is_followed(section, followed):
            lags.append(Lag((section,), followed[0].new))
    return PassedOver(lags, present)


def still_lagging(step: PassedOver, original: Document, later: TextStep) -> Iterator[Lag]:
    """Yield what a later step of the translation still leaves out, with its present sections.

    `original` is the text of the original after `step`.
    """
    change = later.redline()
    by_old = _by_old(change)
    known = {
        place: section.new.index
        for place, then in step.places.items()
        for section in by_old.get(then, ())[:1]
        if section.new
    }
    present = counterparts(original, later.new, known)
    for lag in step.lags:
        if lag.section is None:
            new = lag.changes[0].new
            if new is None or new.index not in present:
                yield lag
            continue
        followed = by_old.get(lag.section.index, ())
        if followed and not _is_followed(lag.changes[0], followed):
            yield lag._replace(section=followed[0].new)


def _by_old(change: Redline) -> Mapping[int, Sequence[SectionChange]]:
    by_old: dict[int, list[SectionChange]] = defaultdict(list)
    for section in change.sections:
        if section.old:
            by_old[section.old.index].append(section)
    return by_old


def _continued(
    change: Redline, places: Counterparts, by_old: Mapping[int, Sequence[SectionChange]]
) -> dict[int, int]:
    """Return the new counterparts that follow from the old ones through both lineages."""
    pairs = []
    for section in change.sections:
        if section.old and section.new and section.old.index in places:
            translated = by_old.get(places[section.old.index], ())
            standing = next((step.new for step in translated if step.new), None)
            if standing:
                pairs.append((section.new.index, standing.index))
    return first_come(pairs)


def _is_followed(change: SectionChange, followed: Iterable[SectionChange]) -> bool:
    """Tell whether the step of a translated section does what that of the original does."""
    steps = list(followed)
    if change.new is None:
        return any(step.new is None or Flag.MERGED in step.flags for step in steps)
    steps = [step for step in steps if step.new]
    if extent(change) is Extent.BESIDE:
        notes = (block.notes for step in steps for block in step.blocks)
        return any(notes) or any(map(extent, steps))
    return any(extent(step) is Extent.WORDS for step in steps)
