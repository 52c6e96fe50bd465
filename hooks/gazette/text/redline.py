"""What changed between two documents, section by section, word by word; and the proof of it."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gazette.errors import RedlineError
from gazette.text.cells import CellChange, Note, compare_cells, whole
from gazette.text.document import Block, Cell, Document, Kind, Section
from gazette.text.lineage import Flag, Link, match_sections
from gazette.text.memory import remembered
from gazette.text.pairing import find_moves, likeness, pair_blocks, text_key
from gazette.text.tokens import fold
from gazette.text.wording import Op


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
    """A block of either text, or of both; `cells` hold its words. The same object in every redline.

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
    by_link: dict[Link, Sequence[BlockChange]] = {}
    rows: list[_Row] = []
    for group in _groups(links):
        if len(group) == 1 and (same := _same_blocks(group[0], old, new)):
            by_link[group[0]] = kept(same)
        else:
            rows += _rows(old, new, group)
    by_link |= _compared(_with_moves(rows, old, new), _same_places(links, old, new))
    return Redline(tuple(_section_change(link, by_link.get(link, ()), old, new) for link in links))


def _same_blocks(link: Link, old: Document, new: Document) -> tuple[Block, ...]:
    """Return the blocks of a section that stands in both texts as it was, else none."""
    if link.old is None or link.new is None:
        return ()
    before, after = old.sections[link.old].blocks, new.sections[link.new].blocks
    return after if before == after else ()


@remembered(10_000)
def kept(blocks: tuple[Block, ...]) -> tuple[BlockChange, ...]:
    """Return the blocks of an unchanged section, the same object however many texts have it."""
    return tuple(_unmoved(one, one) for one in blocks)


def _compared(rows: Iterable[_Row], places: Places) -> dict[Link, list[BlockChange]]:
    by_link: dict[Link, list[BlockChange]] = defaultdict(list)
    for row in rows:
        by_link[row.link].append(_block_change(row, places))
    return by_link


# ---- rows: old block against new block, under the link they are shown with ----


@dataclass(frozen=True, slots=True)
class _Row:
    link: Link
    old: Block | None
    new: Block | None
    moved_from: int | None = None
    moved_to: int | None = None

    @property
    def block(self) -> Block:
        block = self.new or self.old
        assert block is not None
        return block


def _groups(links: Sequence[Link]) -> Iterator[list[Link]]:
    """Yield the links in groups that share sections: one each, but for splits and merges."""
    by_old: dict[int, list[Link]] = defaultdict(list)
    by_new: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        if link.old is not None:
            by_old[link.old].append(link)
        if link.new is not None:
            by_new[link.new].append(link)
    done: set[Link] = set()
    for link in links:
        group: list[Link] = []
        waiting = [link]
        while waiting:
            one = waiting.pop()
            if one not in done:
                done.add(one)
                group.append(one)
                waiting += by_old[one.old] if one.old is not None else []
                waiting += by_new[one.new] if one.new is not None else []
        if group:
            yield sorted(group, key=links.index) if len(group) > 1 else group


def _rows(old: Document, new: Document, group: list[Link]) -> Iterator[_Row]:
    if len(group) == 1:
        yield from _simple_rows(old, new, group[0])
    else:
        yield from _with_headings(list(_group_rows(old, new, group)))


def _simple_rows(old: Document, new: Document, link: Link) -> Iterator[_Row]:
    before = old.sections[link.old].blocks if link.old is not None else ()
    after = new.sections[link.new].blocks if link.new is not None else ()
    if link.old and link.new:
        yield _Row(link, before[0], after[0])
        before, after = before[1:], after[1:]
    for i, j in pair_blocks(before, after):
        yield _Row(link, None if i is None else before[i], None if j is None else after[j])


def _group_rows(old: Document, new: Document, group: list[Link]) -> Iterator[_Row]:
    """Pair the blocks of several sections with those of several, each block under one link."""
    before = _placed(old, sorted({link.old for link in group if link.old is not None}))
    after = _placed(new, sorted({link.new for link in group if link.new is not None}))
    of_new = {link.new: link for link in reversed(group)}
    of_old = {link.old: link for link in reversed(group)}
    exact = {(link.old, link.new): link for link in group}
    yield from _heading_rows(old, new, group)
    pairs = pair_blocks(tuple(x for _, x in before), tuple(y for _, y in after))
    for i, j in pairs:
        a, x = before[i] if i is not None else (None, None)
        b, y = after[j] if j is not None else (None, None)
        if (a, b) in exact:
            of_old[a] = of_new[b] = exact[a, b]
            yield _Row(exact[a, b], x, y)
            continue
        if x is not None:
            yield _Row(of_old[a], x, None)
        if y is not None:
            yield _Row(of_new[b], None, y)


def _placed(document: Document, indexes: Iterable[int]) -> list[tuple[int, Block]]:
    """Return the blocks of several sections but their headings, each with its section's index."""
    return [
        (index, block)
        for index in indexes
        for block in document.sections[index].blocks[1 if index else 0 :]
    ]


def _heading_rows(old: Document, new: Document, group: list[Link]) -> Iterator[_Row]:
    """Pair each heading once, the same wording first; the other links show it alone, or not."""
    left = {link.old for link in group if link.old}
    right = {link.new for link in group if link.new}
    for link in sorted(group, key=lambda link: Flag.RENAMED in link.flags):
        if link.old in left and link.new in right:
            left.discard(link.old)
            right.discard(link.new)
            yield _Row(
                link, old.sections[link.old or 0].blocks[0], new.sections[link.new or 0].blocks[0]
            )
    for link in group:
        if link.old in left:
            left.discard(link.old)
            yield _Row(link, old.sections[link.old or 0].blocks[0], None)
        if link.new in right:
            right.discard(link.new)
            yield _Row(link, None, new.sections[link.new or 0].blocks[0])


def _with_headings(rows: list[_Row]) -> Iterator[_Row]:
    """Pair a heading that the text lost or got with the line that has its words on the other side.

    The pair stands where the heading does, at one end of the part that was merged or split.
    """
    headings = [row for row in rows if row.block.kind is Kind.HEADING]
    others = [row for row in rows if row.block.kind not in (Kind.HEADING, Kind.ROW)]
    partner: dict[int, _Row] = {}
    for x in headings:
        for y in others if x.old is None or x.new is None else ():
            if id(y) not in partner and _same_line(x, y):
                partner |= {id(x): y, id(y): x}
                break
    for row in rows:
        other = partner.get(id(row))
        if other is None:
            yield row
        elif row.block.kind is Kind.HEADING:
            yield _Row(row.link, row.old or other.old, row.new or other.new)


def _same_line(x: _Row, y: _Row) -> bool:
    """Whether one text has a line that the other has, in a section that both are of."""
    apart = (x.old is None and y.new is None) or (x.new is None and y.old is None)
    together = x.link.old == y.link.old or x.link.new == y.link.new
    return apart and together and likeness(x.block, y.block) >= _SAME_LINE


_SAME_LINE = 0.7


def _with_moves(rows: list[_Row], old: Document, new: Document) -> list[_Row]:
    gone = [at for at, row in enumerate(rows) if row.new is None]
    come = [at for at, row in enumerate(rows) if row.old is None]
    if not gone or not come:
        return rows
    moves = find_moves(
        [rows[at].block for at in gone], [rows[at].block for at in come], _twice(old) | _twice(new)
    )
    for i, j in moves:
        start, end = rows[gone[i]], rows[come[j]]
        rows[gone[i]] = _Row(start.link, start.old, None, moved_to=end.link.new)
        rows[come[j]] = _Row(end.link, start.old, end.new, moved_from=start.link.old)
    return rows


@remembered(32)
def _twice(document: Document) -> set[str]:
    """Return the texts that more than one block of the document has."""
    count = Counter(text_key(block) for section in document.sections for block in section.blocks)
    return {text for text, times in count.items() if times > 1}


# ---- changes ----


Places = set[tuple[str, str]]
"""Links within the page that lead to the same section before and after."""


def _same_places(links: Sequence[Link], old: Document, new: Document) -> Places:
    return {
        (f"#{old.sections[link.old].anchor}", f"#{new.sections[link.new].anchor}")
        for link in links
        if link.old is not None and link.new is not None
    }


def _block_change(row: _Row, places: Places) -> BlockChange:
    if row.moved_to is not None:
        return BlockChange(BlockStatus.MOVED, row.old, None, (), moved_to=row.moved_to)
    if row.moved_from is None:
        return _without(_unmoved(row.old, row.new), places)
    assert row.old is not None
    assert row.new is not None
    cells, notes = compare_cells(row.old, row.new)
    moved = BlockChange(
        BlockStatus.MOVED, row.old, row.new, cells, notes, moved_from=row.moved_from
    )
    return _without(moved, places)


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


def _without(change: BlockChange, places: Places) -> BlockChange:
    """Leave out the notes on links that lead to the same section as before."""
    notes = tuple(note for note in change.notes if (note.old, note.new) not in places)
    if len(notes) == len(change.notes):
        return change
    moved = change.status is BlockStatus.MOVED
    status = change.status if moved else _status(change.cells, notes)
    return replace(change, status=status, notes=notes)


def _section_change(
    link: Link, blocks: Sequence[BlockChange], old: Document, new: Document
) -> SectionChange:
    before = old.sections[link.old] if link.old is not None else None
    after = new.sections[link.new] if link.new is not None else None
    if before is None or after is None:
        status = SectionStatus.ADDED if before is None else SectionStatus.REMOVED
    elif all(map(_is_settled, blocks)) and Flag.RENAMED not in link.flags:
        status = SectionStatus.UNCHANGED
    else:
        status = SectionStatus.AMENDED
    return SectionChange(status, link.flags, before, after, tuple(blocks))


def _is_settled(change: BlockChange) -> bool:
    """Whether the block did not change; the heading's wording is judged by its own flag."""
    if change.status is BlockStatus.UNCHANGED:
        return True
    return change.status is BlockStatus.AMENDED and change.block.kind is Kind.HEADING


# ---- proof ----


def prove(change: Redline, old: Document, new: Document) -> None:
    """Raise RedlineError unless the redline is exact, block by block.

    Every block of either text stands in it once; without the insertions its words are exactly the
    old block's, without the deletions exactly the new one's, white space aside. Old words are
    compared in composed Unicode with straight quotes, because kept words are printed as they are
    now.
    """
    for section in change.sections:
        for number, block in enumerate(section.blocks, 1):
            _prove_block(block, section, number)
    _prove_complete(
        [b.old for s in change.sections for b in s.blocks if b.moved_from is None], old, "old"
    )
    _prove_complete([b.new for s in change.sections for b in s.blocks], new, "new")


def _prove_block(change: BlockChange, section: SectionChange, number: int) -> None:
    side = _side_not_held(change)
    if side:
        where = section.section.heading or "the text before the first heading"
        block = change.old if side == "old" else change.new
        text = block.text if block else ""
        raise RedlineError(
            f"The redline of section {section.section.index} ({where}), block {number}, "
            f"is not exact: it does not hold the {side} text {text[:80]!r}."
        )


@remembered(20_000)
def _side_not_held(change: BlockChange) -> str:
    """Return which text of the block its words are not exactly, "old" or "new"; else nothing."""
    if change.moved_to is not None:
        return ""
    olds = [(cell.old, cell) for cell in change.cells if cell.old]
    news = [(cell.new, cell) for cell in change.cells if cell.new]
    if not _all_held(change.old, olds, Op.DELETED):
        return "old"
    return "" if _all_held(change.new, news, Op.INSERTED) else "new"


def _all_held(block: Block | None, shown: Sequence[tuple[Cell, CellChange]], op: Op) -> bool:
    """Whether each cell of the block is shown once, and all of it; its columns may be reordered."""
    own = sorted(map(id, block.cells)) if block else []
    if sorted(id(cell) for cell, _ in shown) != own:
        return False
    return all(_holds(change, cell.text, op) for cell, change in shown)


def _holds(change: CellChange, text: str, op: Op) -> bool:
    """Whether the kept runs and those of one other sort are exactly the text."""
    runs = [run.text for run in change.runs if run.op is Op.KEPT or run.op is op]
    return runs == [text] or _bare("".join(runs)) == _bare(text)


def _bare(text: str) -> str:
    return "".join(fold(text).split())


def _prove_complete(shown: Sequence[Block | None], document: Document, side: str) -> None:
    count = Counter(id(block) for block in shown if block is not None)
    for section in document.sections:
        count.subtract(id(block) for block in section.blocks)
        for number, block in enumerate(section.blocks, 1):
            if count[id(block)] < 0:
                raise RedlineError(
                    f"The redline lacks block {number} of section {section.index} "
                    f"({section.heading}) of the {side} text: {block.text[:80]!r}."
                )
    if any(count.values()):
        raise RedlineError(f"The redline shows text that the {side} text does not have.")
