"""Rows: which block stands against which, under the link that they are shown with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gazette.text.block_parts import Part, cut_where_shared
from gazette.text.document import Block, Document, Kind, shown_side
from gazette.text.lineage import Flag, Link
from gazette.text.pairing import likeness, pair_blocks

Pair = tuple[Block | None, Block | None]
"""Old block against new one; None on one side: removed, or added."""


class Row(NamedTuple):
    """A pair of blocks under its link."""

    link: Link
    old: Block | None
    new: Block | None

    @property
    def block(self) -> Block:
        """The block to look at: the new one where there is one."""
        return shown_side(self.new, self.old)


def groups(links: Sequence[Link]) -> Iterator[list[Link]]:
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
            other = waiting.pop()
            if other not in done:
                done.add(other)
                group.append(other)
                waiting += by_old[other.old] if other.old is not None else []
                waiting += by_new[other.new] if other.new is not None else []
        if group:
            yield sorted(group, key=links.index) if len(group) > 1 else group


def section_pairs(
    before: tuple[Block, ...], after: tuple[Block, ...], *, titled: bool
) -> Iterator[Pair]:
    """Pair the blocks of two sections; where both are `titled`, heading stands against heading."""
    if titled:
        yield before[0], after[0]
        before, after = before[1:], after[1:]
    before, after = cut_where_shared(before, after)
    for i, j in pair_blocks(before, after):
        yield None if i is None else before[i], None if j is None else after[j]


def group_rows(old: Document, new: Document, group: Sequence[Link]) -> Iterator[Row]:
    """Pair the blocks of several sections with those of several: a split or a merger."""
    return _with_headings(list(_group_rows(old, new, group)))


def _group_rows(old: Document, new: Document, group: Sequence[Link]) -> Iterator[Row]:
    """Pair the blocks of several sections with those of several, each block under one link."""
    before = _placed(old, sorted({link.old for link in group if link.old is not None}))
    after = _placed(new, sorted({link.new for link in group if link.new is not None}))
    of_new = {link.new: link for link in reversed(group)}
    of_old = {link.old: link for link in reversed(group)}
    exact = {(link.old, link.new): link for link in group}
    yield from _heading_rows(old, new, group)
    before, after = _cut(before, after)
    pairs = pair_blocks(tuple(x for _, x in before), tuple(y for _, y in after))
    for i, j in pairs:
        a, x = before[i] if i is not None else (None, None)
        b, y = after[j] if j is not None else (None, None)
        if (a, b) in exact:
            of_old[a] = of_new[b] = exact[a, b]
            yield Row(exact[a, b], x, y)
            continue
        if x is not None:
            yield Row(of_old[a], x, None)
        if y is not None:
            yield Row(of_new[b], None, y)


def _placed(document: Document, indexes: Iterable[int]) -> list[tuple[int, Block]]:
    """Return the blocks of several sections but their headings, each with its section's index."""
    return [(index, block) for index in indexes for block in document.sections[index].body]


def _cut(
    before: Sequence[tuple[int, Block]], after: Sequence[tuple[int, Block]]
) -> tuple[list[tuple[int, Block]], list[tuple[int, Block]]]:
    """Cut blocks of which sentences stand in several others; parts belong to the same section."""
    cut = cut_where_shared(tuple(x for _, x in before), tuple(y for _, y in after))
    return _with_places(cut[0], before), _with_places(cut[1], after)


def _with_places(
    blocks: Iterable[Block], placed: Iterable[tuple[int, Block]]
) -> list[tuple[int, Block]]:
    """Return the blocks with the indexes of those that they are, or are parts of, in order.

    Sections may share a block, so where it stands does not tell whose it is here.
    """
    indexes = (index for index, _ in placed)
    indexed: list[tuple[int, Block]] = []
    for block in blocks:
        is_first = not isinstance(block, Part) or block.start == 0
        indexed.append((next(indexes) if is_first else indexed[-1][0], block))
    return indexed


def _heading_rows(old: Document, new: Document, group: Sequence[Link]) -> Iterator[Row]:
    """Pair each heading once, the same wording first; the other links show it alone, or not."""
    left = {link.old: old.sections[link.old].blocks[0] for link in group if link.old}
    right = {link.new: new.sections[link.new].blocks[0] for link in group if link.new}
    for link in sorted(group, key=lambda link: Flag.RENAMED in link.flags):
        if link.old in left and link.new in right:
            yield Row(link, left.pop(link.old), right.pop(link.new))
    for link in group:
        if link.old in left:
            yield Row(link, left.pop(link.old), None)
        if link.new in right:
            yield Row(link, None, right.pop(link.new))


def _with_headings(rows: list[Row]) -> Iterator[Row]:
    """Pair a heading that the text lost or got with the line that has its words on the other side.

    The pair stands where the heading does, at one end of the part that was merged or split.
    """
    partners = _lines_of_headings([row for row in rows if row.old is None or row.new is None])
    for row in rows:
        other = partners.get(id(row))
        if other is None:
            yield row
        elif row.block.kind is Kind.HEADING:
            link = row.link if _is_of(other, row.link) else other.link
            yield Row(link, row.old or other.old, row.new or other.new)


def _lines_of_headings(alone: list[Row]) -> dict[int, Row]:
    """Return the line of each heading that became one, and the other way round, by `id`."""
    lines = [row for row in alone if row.block.kind not in (Kind.HEADING, Kind.ROW)]
    partners: dict[int, Row] = {}
    for heading in (row for row in alone if row.block.kind is Kind.HEADING):
        for line in lines:
            if id(line) not in partners and _same_line(heading, line):
                partners |= {id(heading): line, id(line): heading}
                break
    return partners


def _same_line(x: Row, y: Row) -> bool:
    """Tell whether one text has a line that the other has, in a section that both are of."""
    apart = (x.old is None and y.new is None) or (x.new is None and y.old is None)
    together = x.link.old == y.link.old or x.link.new == y.link.new
    return apart and together and likeness(x.block, y.block) >= _SAME_LINE


def _is_of(row: Row, link: Link) -> bool:
    """Tell whether the sections of a link are those of the block of a row that stands alone."""
    return row.link.old == link.old if row.old else row.link.new == link.new


_SAME_LINE = 0.7
"""A heading that became a line, or a line a heading, keeps most of its words."""
