"""What changed between two documents, section by section, word by word."""

from __future__ import annotations

import enum
import operator
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gazette.text.cells import CellChange, Note, compare_cells, whole
from gazette.text.document import Block, Document, Kind, Section
from gazette.text.lineage import Flag, Link, match_sections
from gazette.text.memory import remembered
from gazette.text.pairing import find_moves, text_key
from gazette.text.passages import passages
from gazette.text.rows import Pair, group_rows, groups, section_pairs
from gazette.text.wording import Op, Run


class SectionStatus(enum.Enum):
    """What became of a section."""

    UNCHANGED = "unchanged"
    AMENDED = "amended"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def sentence(self) -> str:
        """The status as a sentence for readers."""
        return f"This section {_VERBS[self.value]}."


class BlockStatus(enum.Enum):
    """What became of a block."""

    UNCHANGED = "unchanged"
    AMENDED = "amended"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"

    @property
    def sentence(self) -> str:
        """The status as a sentence for readers."""
        return f"This text {_VERBS[self.value]}."


_VERBS = {
    "unchanged": "did not change",
    "amended": "was amended",
    "added": "is new",
    "removed": "was removed",
    "moved": "stands at another place",
}


@dataclass(frozen=True, slots=True, eq=False)
class BlockChange:
    """A block of either text, or of both; `cells` hold its words.

    Redlines share it, unless it moved or lost a note.

    A moved block stands twice: at its new place with its words and the old section's index in
    `moved_from`; at its old place without words and with the new section's index in `moved_to`.
    """

    status: BlockStatus
    old: Block | None
    new: Block | None
    cells: tuple[CellChange, ...]
    notes: tuple[Note, ...] = ()
    moved_from: int | None = None
    moved_to: int | None = None

    @property
    def block(self) -> Block:
        """The block to show: the new one where there is one."""
        block = self.new or self.old
        assert block is not None
        return block


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One link between an old and a new section, or a section that only one text has."""

    status: SectionStatus
    flags: tuple[Flag, ...]
    old: Section | None
    new: Section | None
    blocks: tuple[BlockChange, ...]

    @property
    def section(self) -> Section:
        """The section to show: the new one where there is one."""
        section = self.new or self.old
        assert section is not None
        return section


@dataclass(frozen=True, slots=True)
class Redline:
    """All sections, in the order of the new text, removed ones where they stood."""

    sections: tuple[SectionChange, ...]

    def count(self, status: SectionStatus) -> int:
        """How many sections have this status."""
        return sum(section.status is status for section in self.sections)

    @property
    def changed(self) -> tuple[SectionChange, ...]:
        """The sections of which a reader should know: all but unchanged ones without a flag."""
        return tuple(s for s in self.sections if s.status is not SectionStatus.UNCHANGED or s.flags)


def redline(old: Document, new: Document, links: Sequence[Link] | None = None) -> Redline:
    """Compare two documents; `links` are their matched sections when these are known already."""
    links = match_sections(old, new) if links is None else links
    parts = {link: found for group in groups(links) for link, found in _parts(old, new, group)}
    moved = _moved(parts, old, new)
    unsettled = [link for link, found in parts.items() if found.noted or link in moved]
    if unsettled:
        places = _same_places(links, old, new)
        parts |= {link: _settled(parts[link], moved[link], places) for link in unsettled}
    changes = (_section_change(link, parts.get(link, _NOTHING), old, new) for link in links)
    return Redline(tuple(changes))


# ---- what became of each block ----


@dataclass(frozen=True, slots=True)
class _Found:
    """What became of the blocks under one link, but for what no section can tell alone.

    By place in `changes`: `gone` and `come` are blocks that one text lacks, or that moved; `noted`
    those with notes on links, which may lead to the same section as before. `quiet` says that no
    block changed, or that only the heading did.
    """

    changes: tuple[BlockChange, ...]
    gone: tuple[int, ...] = ()
    come: tuple[int, ...] = ()
    noted: tuple[int, ...] = ()
    quiet: bool = True


_NOTHING = _Found(())


def _parts(old: Document, new: Document, group: Sequence[Link]) -> Iterator[tuple[Link, _Found]]:
    if len(group) > 1:
        rows: dict[Link, list[Pair]] = defaultdict(list)
        for row in group_rows(old, new, group):
            rows[row.link].append((row.old, row.new))
        yield from ((link, _found(pairs)) for link, pairs in rows.items())
        return
    (link,) = group
    before = old.sections[link.old].blocks if link.old is not None else ()
    after = new.sections[link.new].blocks if link.new is not None else ()
    yield link, _compared(before, after, bool(link.old and link.new))


@remembered(10_000)
def _compared(before: tuple[Block, ...], after: tuple[Block, ...], titled: bool) -> _Found:
    """Compare two sections, the same object for all texts that have both."""
    if before == after:
        return _Found(tuple(_unmoved(one, one) for one in after))
    return _found(section_pairs(before, after, titled=titled))


def _found(pairs: Iterable[Pair]) -> _Found:
    changes = [_unmoved(*pair) for pair in pairs]
    told = passages([_changed_cells(one) for one in changes])
    for at, notes in told.items():
        changes[at] = replace(changes[at], notes=changes[at].notes + notes)
    return _Found(
        tuple(changes),
        gone=tuple(at for at, one in enumerate(changes) if one.new is None),
        come=tuple(at for at, one in enumerate(changes) if one.old is None),
        noted=tuple(at for at, one in enumerate(changes) if one.notes),
        quiet=all(map(_is_quiet, changes)),
    )


def _changed_cells(change: BlockChange) -> list[tuple[Run, ...]]:
    return [] if change.status is BlockStatus.UNCHANGED else [cell.runs for cell in change.cells]


@remembered(20_000)
def _unmoved(old: Block | None, new: Block | None) -> BlockChange:
    """Return what became of a block where it stands, once however many redlines show it."""
    if new is None:
        assert old is not None
        return BlockChange(BlockStatus.REMOVED, old, None, whole(old, Op.DELETED))
    if old is None:
        return BlockChange(BlockStatus.ADDED, None, new, whole(new, Op.INSERTED))
    if old is new:
        return BlockChange(BlockStatus.UNCHANGED, old, new, whole(new, Op.KEPT))
    cells, notes = compare_cells(old, new)
    return BlockChange(_status(cells, notes), old, new, cells, notes)


def _status(cells: Iterable[CellChange], notes: Sequence[Note]) -> BlockStatus:
    inked = any(run.op is not Op.KEPT for cell in cells for run in cell.runs)
    return BlockStatus.AMENDED if inked or notes else BlockStatus.UNCHANGED


def _is_quiet(change: BlockChange) -> bool:
    """Whether the block did not change; the heading's wording is judged by its own flag."""
    if change.status is BlockStatus.UNCHANGED:
        return True
    return change.status is BlockStatus.AMENDED and change.block.kind is Kind.HEADING


# ---- what takes both documents to tell ----


def _moved(
    parts: Mapping[Link, _Found], old: Document, new: Document
) -> dict[Link, dict[int, BlockChange]]:
    """Return the changes of the blocks that moved, by link and place, at both ends."""
    gone = [
        (link, at, found.changes[at].block) for link, found in parts.items() for at in found.gone
    ]
    come = [
        (link, at, found.changes[at].block) for link, found in parts.items() for at in found.come
    ]
    moved: dict[Link, dict[int, BlockChange]] = defaultdict(dict)
    if not gone or not come:
        return moved
    twice = _twice(old) | _twice(new)
    for i, j in find_moves([block for *_, block in gone], [block for *_, block in come], twice):
        (start, at, x), (end, to, y) = gone[i], come[j]
        cells, notes = compare_cells(x, y)
        status = BlockStatus.MOVED
        moved[start][at] = BlockChange(status, x, None, (), moved_to=end.new)
        moved[end][to] = BlockChange(status, x, y, cells, notes, moved_from=start.old)
    return moved


@remembered(32)
def _twice(document: Document) -> set[str]:
    """Return the texts that more than one block of the document has."""
    count = Counter(text_key(block) for section in document.sections for block in section.blocks)
    return {text for text, times in count.items() if times > 1}


Places = set[tuple[str, str]]
"""Links within the page that lead to the same section before and after."""


def _same_places(links: Sequence[Link], old: Document, new: Document) -> Places:
    return {
        (f"#{old.sections[link.old].anchor}", f"#{new.sections[link.new].anchor}")
        for link in links
        if link.old is not None and link.new is not None
    }


def _settled(found: _Found, moved: Mapping[int, BlockChange], places: Places) -> _Found:
    """Return the changes with what moved, and without notes that tell nothing."""
    changes = list(found.changes)
    for at, change in moved.items():
        changes[at] = change
    for at in {*found.noted, *moved}:
        changes[at] = _without(changes[at], places)
    if all(map(operator.is_, changes, found.changes)):
        return found
    return _Found(tuple(changes), quiet=all(map(_is_quiet, changes)))


def _without(change: BlockChange, places: Places) -> BlockChange:
    """Leave out the notes on links that lead to the same section as before."""
    notes = tuple(note for note in change.notes if (note.old, note.new) not in places)
    if len(notes) == len(change.notes):
        return change
    moved = change.status is BlockStatus.MOVED
    status = change.status if moved else _status(change.cells, notes)
    return replace(change, status=status, notes=notes)


def _section_change(link: Link, found: _Found, old: Document, new: Document) -> SectionChange:
    before = old.sections[link.old] if link.old is not None else None
    after = new.sections[link.new] if link.new is not None else None
    if before is None or after is None:
        status = SectionStatus.ADDED if before is None else SectionStatus.REMOVED
    elif found.quiet and Flag.RENAMED not in link.flags:
        status = SectionStatus.UNCHANGED
    else:
        status = SectionStatus.AMENDED
    return SectionChange(status, link.flags, before, after, found.changes)
