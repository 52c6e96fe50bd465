"""What changed between two documents, section by section, word by word."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from gazette.text.cells import CellChange, KnownCells, compare_cells, is_inked, whole
from gazette.text.document import Block, Document, Kind, Section, shown_side
from gazette.text.frame_notes import section_notes
from gazette.text.lineage import Flag, Link, match_sections
from gazette.text.notes import Note, NoteKind
from gazette.text.numbers import heading_number, number_length
from gazette.text.pairing import find_moves
from gazette.text.passages import passages
from gazette.text.rows import Pair, group_rows, groups, section_pairs
from gazette.text.tokens import OBJECT
from gazette.text.wording import Op, Run


class SectionStatus(enum.Enum):
    """What became of a section."""

    UNCHANGED = "unchanged"
    AMENDED = "amended"
    ADDED = "added"
    REMOVED = "removed"


class BlockStatus(enum.Enum):
    """What became of a block."""

    UNCHANGED = "unchanged"
    AMENDED = "amended"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, eq=False)
class BlockChange:
    """A block of either text, or of both; `cells` hold its words.

    Redlines share it, unless it moved or lost a note.

    A moved block stands twice: at its new place with its words and the old section in
    `moved_from`; at its old place without words and with the new section in `moved_to`.
    """

    status: BlockStatus
    old: Block | None
    new: Block | None
    cells: tuple[CellChange, ...]
    notes: tuple[Note, ...] = ()
    moved_from: Section | None = None
    moved_to: Section | None = None

    @property
    def block(self) -> Block:
        """The block to show: the new one where there is one."""
        return shown_side(self.new, self.old)


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
        return shown_side(self.new, self.old)

    @property
    def is_unchanged(self) -> bool:
        """Whether a reader need not know of it: nothing happened to its words, name or place."""
        return self.status is SectionStatus.UNCHANGED and not self.flags and not self.title_changes

    @property
    def title_changes(self) -> tuple[BlockChange, ...]:
        """The heading of a section with unchanged words when it has another level."""
        first = self.blocks[:1] if self.status is SectionStatus.UNCHANGED else ()
        return tuple(change for change in first if change.notes)


Anchors = Set[tuple[str, str]]
"""Links within the page that lead to the same section before and after."""


@dataclass(frozen=True, slots=True)
class Redline:
    """All sections, in the order of the new text, removed ones where they stood.

    `anchors` are links to other sections than these that lead to the same one before and after.
    """

    sections: tuple[SectionChange, ...]
    anchors: Anchors = frozenset()

    @property
    def counts(self) -> Counter[SectionStatus | Flag]:
        """How many sections have each status, and each flag."""
        counts: Counter[SectionStatus | Flag] = Counter()
        for section in self.sections:
            counts.update((section.status, *section.flags))
        return counts

    @property
    def changed(self) -> tuple[SectionChange, ...]:
        """The sections of which a reader should know."""
        return tuple(section for section in self.sections if not section.is_unchanged)


def redline(
    old: Document,
    new: Document,
    links: Sequence[Link] | None = None,
    comparer: SectionComparer | None = None,
    anchors: Anchors = frozenset(),
) -> Redline:
    """Compare two documents.

    `links` are their matched sections when these are known already; `comparer` is one that has
    compared other versions of the text; `anchors` are as a Redline has them.
    """
    links = match_sections(old, new) if links is None else links
    comparer = comparer or SectionComparer()
    parts = {
        link: blocks
        for group in groups(links)
        for link, blocks in _parts(old, new, group, comparer)
    }
    moves = _moves(parts, old, new, comparer.cells)
    same = same_anchors(_sides(link, old, new) for link in links) | anchors
    parts |= {
        link: _with_moves(blocks, moves.get(link, {}), same)
        for link, blocks in parts.items()
        if link in moves or any(change.notes for change in blocks)
    }
    changes = (_section_change(link, parts.get(link, ()), old, new) for link in links)
    return Redline(tuple(changes), anchors)


# ---- what became of each block ----


_Changes = tuple[BlockChange, ...]
"""What became of the blocks under one link."""
_Blocks = tuple[Block, ...]
_Sides = tuple[Section | None, Section | None]


class SectionComparer:
    """Compares sections, and remembers what became of them and of their blocks.

    Versions of a text share nearly all their sections, so it serves a policy as long as that is
    worked on, and no longer.
    """

    def __init__(self) -> None:
        self._sections: dict[tuple[_Blocks, _Blocks, bool], _Changes] = {}
        self._blocks: dict[Pair, BlockChange] = {}
        self.cells: KnownCells = {}

    def compare(self, old: _Blocks, new: _Blocks, *, titled: bool) -> _Changes:
        """Compare the blocks of two sections, which both begin with a heading if `titled`.

        Whether a block moved, and whether a link leads to the same section, no section tells alone.
        """
        key = old, new, titled
        if key not in self._sections:
            if old == new:
                self._sections[key] = tuple(self._compare_block(block, block) for block in new)
            else:
                pairs = list(section_pairs(old, new, titled=titled))
                self._sections[key] = self.compare_pairs(pairs)
        return self._sections[key]

    def compare_pairs(self, pairs: Sequence[Pair]) -> _Changes:
        """Compare blocks that stand against each other under one link."""
        changes = [self._compare_block(*pair) for pair in pairs]
        for at, notes in passages([_changed_cells(change) for change in changes]).items():
            changes[at] = replace(changes[at], notes=changes[at].notes + notes)
        for at, more in section_notes(pairs).items():
            changes[at] = _with_notes(changes[at], more)
        return tuple(changes)

    def _compare_block(self, old: Block | None, new: Block | None) -> BlockChange:
        if (old, new) not in self._blocks:
            self._blocks[old, new] = _block_change(old, new, self.cells)
        return self._blocks[old, new]


def _parts(
    old: Document, new: Document, group: Sequence[Link], comparer: SectionComparer
) -> Iterator[tuple[Link, _Changes]]:
    if len(group) > 1:
        rows: dict[Link, list[Pair]] = defaultdict(list)
        for row in group_rows(old, new, group):
            rows[row.link].append((row.old, row.new))
        yield from ((link, comparer.compare_pairs(pairs)) for link, pairs in rows.items())
        return
    (link,) = group
    before, after = (side.blocks if side else () for side in _sides(link, old, new))
    yield link, comparer.compare(before, after, titled=bool(link.old and link.new))


def _sides(link: Link, old: Document, new: Document) -> _Sides:
    """Return the sections that a link matches."""
    return (
        old.sections[link.old] if link.old is not None else None,
        new.sections[link.new] if link.new is not None else None,
    )


def replaced_whole(old: Document, new: Document) -> Redline:
    """Return the redline that pairs nothing: every old section is removed, every new one added."""
    changes = []
    for section in old.sections:
        if section.is_visible:
            blocks = tuple(_block_change(block, None, {}) for block in section.blocks)
            changes.append(SectionChange(SectionStatus.REMOVED, (), section, None, blocks))
    for section in new.sections:
        if section.is_visible:
            blocks = tuple(_block_change(None, block, {}) for block in section.blocks)
            changes.append(SectionChange(SectionStatus.ADDED, (), None, section, blocks))
    return Redline(tuple(changes))


def _changed_cells(change: BlockChange) -> list[tuple[Run, ...]]:
    return [] if change.status is BlockStatus.UNCHANGED else [cell.runs for cell in change.cells]


def _block_change(old: Block | None, new: Block | None, known: KnownCells) -> BlockChange:
    """Return what became of a block where it stands."""
    if new is None:
        assert old is not None
        return BlockChange(BlockStatus.REMOVED, old, None, whole(old, Op.DELETED))
    if old is None:
        return BlockChange(BlockStatus.ADDED, None, new, whole(new, Op.INSERTED))
    if old is new:
        return BlockChange(BlockStatus.UNCHANGED, old, new, whole(new, Op.KEPT))
    cells, notes = compare_cells(old, new, known)
    return BlockChange(_status(cells, notes), old, new, cells, notes)


def _status(cells: Iterable[CellChange], notes: Sequence[Note]) -> BlockStatus:
    return BlockStatus.AMENDED if notes or is_inked(cells) else BlockStatus.UNCHANGED


def _with_notes(change: BlockChange, notes: Iterable[Note]) -> BlockChange:
    unchanged = change.status is BlockStatus.UNCHANGED
    status = BlockStatus.AMENDED if unchanged else change.status
    return replace(change, status=status, notes=(*change.notes, *notes))


def _are_unchanged(changes: Sequence[BlockChange]) -> bool:
    """Tell whether no block changed, but for the number or the level of the section's heading."""
    return all(change.status is BlockStatus.UNCHANGED for change in changes[1:]) and all(
        change.status is BlockStatus.UNCHANGED or _is_same_title(change) for change in changes[:1]
    )


def _is_same_title(change: BlockChange) -> bool:
    """Tell whether a heading has only another number or level, which flags and notes tell."""
    if change.status is not BlockStatus.AMENDED or change.block.kind is not Kind.HEADING:
        return False
    if any(note.kind is not NoteKind.LEVEL for note in change.notes):
        return False
    runs = (run for cell in change.cells for run in cell.runs if run.op is not Op.KEPT)
    if any(OBJECT in run.text for run in runs):
        return False
    old, new = (block.key if block else "" for block in (change.old, change.new))
    if heading_number(old) == heading_number(new):
        return old == new
    return old[number_length(old) :] == new[number_length(new) :]


# ---- what takes both documents to tell ----


Moves = Mapping[Link, Mapping[int, BlockChange]]
"""The changes of the blocks that moved, by link and place, at both ends."""


def _moves(
    parts: Mapping[Link, _Changes], old: Document, new: Document, known: KnownCells
) -> Moves:
    places = [
        (link, at, change) for link, changes in parts.items() for at, change in enumerate(changes)
    ]
    starts = [(link, at) for link, at, change in places if change.new is None]
    ends = [(link, at) for link, at, change in places if change.old is None]
    moves: dict[Link, dict[int, BlockChange]] = defaultdict(dict)
    if not starts or not ends:
        return moves
    removed = [parts[link][at].block for link, at in starts]
    added = [parts[link][at].block for link, at in ends]
    repeated = old.repeated_texts | new.repeated_texts
    sections = [link for link, _ in starts], [link for link, _ in ends]
    for i, j in find_moves(removed, added, repeated, sections):
        (start, at), (end, to) = starts[i], ends[j]
        x, y = removed[i], added[j]
        cells, notes = compare_cells(x, y, known)
        moved = BlockStatus.MOVED
        assert start.old is not None  # a block that went was in an old section
        assert end.new is not None
        source, target = old.sections[start.old], new.sections[end.new]
        moves[start][at] = BlockChange(moved, x, None, (), moved_to=target)
        moves[end][to] = BlockChange(moved, x, y, cells, notes, moved_from=source)
    return moves


def same_anchors(sections: Iterable[_Sides]) -> set[tuple[str, str]]:
    """Return the links to sections that have another anchor now, before and after."""
    pairs = ((f"#{old.anchor}", f"#{new.anchor}") for old, new in sections if old and new)
    return {(old, new) for old, new in pairs if old != new}


def _with_moves(changes: _Changes, moved: Mapping[int, BlockChange], anchors: Anchors) -> _Changes:
    """Return the changes with what moved, and without notes that tell nothing."""
    return tuple(_without(moved.get(at, change), anchors) for at, change in enumerate(changes))


def _without(change: BlockChange, anchors: Anchors) -> BlockChange:
    """Leave out the notes on links that lead to the same section as before."""
    notes = tuple(
        note
        for note in change.notes
        if note.kind is not NoteKind.LINK or (note.old, note.new) not in anchors
    )
    if len(notes) == len(change.notes):
        return change
    moved = change.status is BlockStatus.MOVED
    status = change.status if moved else _status(change.cells, notes)
    return replace(change, status=status, notes=notes)


def _section_change(link: Link, blocks: _Changes, old: Document, new: Document) -> SectionChange:
    before, after = _sides(link, old, new)
    if before is None or after is None:
        status = SectionStatus.ADDED if before is None else SectionStatus.REMOVED
    elif Flag.RENAMED not in link.flags and _are_unchanged(blocks):
        status = SectionStatus.UNCHANGED
    else:
        status = SectionStatus.AMENDED
    return SectionChange(status, link.flags, before, after, blocks)
