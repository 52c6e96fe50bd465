"""The proof of a redline: it is exactly what both texts say, all of it, and tells all that changed.

*Exact*: without the insertions its words are the old text, without the deletions the new one.
*Complete*: what shows neither marked words nor a note has the same canonical form in both texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from gazette.errors import RedlineError
from gazette.text.block_parts import Part
from gazette.text.canonical import CellForm, cell_form, frame_of, structure_of
from gazette.text.cells import CellChange, is_inked, is_same
from gazette.text.document import Block, Cell, Document, Kind, Section
from gazette.text.redline import BlockChange, Redline, SectionChange, same_anchors
from gazette.text.tokens import fold
from gazette.text.wording import Op

_QUOTED = 80
"""Characters of a text that an error quotes, enough to find it by."""

Proved = set[tuple[tuple[BlockChange, ...], tuple[Block, ...], tuple[Block, ...]]]
"""Changes of sections with the blocks of the old and the new one, all of which they show."""


def prove(change: Redline, old: Document, new: Document, proved: Proved | None = None) -> None:
    """Raise RedlineError unless the redline is exact and complete, block by block.

    Every block of either text stands in it once; without the insertions its words are exactly the
    old block's, without the deletions exactly the new one's, white space aside. Old words are
    compared in composed Unicode with straight quotes, because kept words are printed as they are
    now. Blocks, and whole sections, that show no change are the same for a reader.

    What `proved` holds was found exact in other redlines; the sections of this one are added.
    """
    proved = set() if proved is None else proved
    whole: list[SectionChange] = []
    others: list[SectionChange] = []
    for section in change.sections:
        before, after = (side.blocks if side else () for side in (section.old, section.new))
        key = section.blocks, before, after
        if key not in proved:
            _prove_words(section)
            _prove_changes_named(section, change)
            if not _shows_all(*key):
                others.append(section)
                continue
            proved.add(key)
        whole.append(section)
    for side, document in (("old", old), ("new", new)):
        _prove_complete(side, document, whole, others)
    _prove_arrivals(change)


def _prove_words(section: SectionChange) -> None:
    for number, change in enumerate(section.blocks, 1):
        if side := _side_not_held(change):
            name = section.section.heading or "the text before the first heading"
            block = change.old if side == "old" else change.new
            text = block.text if block else ""
            raise RedlineError(
                f"The redline of section {section.section.index} ({name}), block {number}, "
                f"is not exact: it does not hold the {side} text {text[:_QUOTED]!r}."
            )


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
    """Tell whether each cell of the block is shown once, and all of it, in any order."""
    expected = sorted(map(id, block.cells)) if block else []
    if sorted(id(cell) for cell, _ in shown) != expected:
        return False
    return all(_holds(change, cell.text, op) for cell, change in shown)


def _holds(change: CellChange, text: str, op: Op) -> bool:
    """Tell whether the kept runs and those of one other sort are exactly the text."""
    words = "".join([run.text for run in change.runs if run.op is Op.KEPT or run.op is op])
    return words == text or _bare(words) == _bare(text)


def _bare(text: str) -> str:
    return "".join(fold(text).split())


def _prove_changes_named(section: SectionChange, change: Redline) -> None:
    """Raise RedlineError unless marks or notes tell of every block that reads otherwise."""
    stayed = [block for block in section.blocks if block.old is not block.new and block.cells]
    for block in stayed:
        if block.old and block.new and not _is_change_named(block.old, block.new, block, change):
            text = block.new.text[:_QUOTED]
            raise _fault(section, f" does not tell what changed in this block: {text!r}.")
    if _is_folded(section):
        raise _fault(section, " calls it unchanged, but marks words in it.")
    if not stayed or any(map(_is_marked, section.blocks)):
        return
    old, new = (_uncut(_shown(section.blocks, side)) for side in ("old", "new"))
    if structure_of(old) != structure_of(new):
        what = "its lists have other numbers, or begin or end elsewhere."
        raise _fault(section, f" does not tell that {what}")


def _fault(section: SectionChange, what: str) -> RedlineError:
    index, heading = section.section.index, section.section.heading
    return RedlineError(f"The redline of section {index} ({heading}){what}")


def _is_folded(section: SectionChange) -> bool:
    """Tell whether a reader sees the name of the section alone, although words in it are marked."""
    return section.is_unchanged and any(
        is_inked(block.cells) for block in section.blocks if block.old is not block.new
    )


def _is_marked(block: BlockChange) -> bool:
    """Tell whether a reader sees that something happened to the block."""
    stayed = block.old is not None and block.new is not None and block.moved_from is None
    return not stayed or bool(block.notes) or is_inked(block.cells)


def _is_change_named(old: Block, new: Block, block: BlockChange, change: Redline) -> bool:
    if block.notes:
        return True
    if frame_of(old) != frame_of(new):
        return False
    if is_inked(block.cells) or is_same(old, new, block.cells):
        return True
    anchors = dict(
        same_anchors((section.old, section.new) for section in change.sections) | change.anchors
    )
    is_code = new.kind is Kind.CODE
    return all(
        _led(cell_form(cell.old, is_code=is_code), anchors) == cell_form(cell.new, is_code=is_code)
        for cell in block.cells
        if cell.old and cell.new
    )


def _led(form: CellForm, anchors: Mapping[str, str]) -> CellForm:
    """Let the links of an old cell lead to the sections as they are called now."""
    tag, attributes, tokens = form
    led = tuple(
        (gap, tuple((text, f._replace(link=anchors.get(f.link, f.link))) for text, f in token))
        for gap, token in tokens
    )
    return tag, attributes, led


def _shows_all(
    blocks: tuple[BlockChange, ...], old: tuple[Block, ...], new: tuple[Block, ...]
) -> bool:
    """Tell whether a section shows each block of its two sections once, and no other."""
    return all(
        _counted(_shown(blocks, side)) == _counted(expected)
        for side, expected in (("old", old), ("new", new))
    )


def _shown(blocks: Iterable[BlockChange], side: str) -> list[Block]:
    """Return the blocks of one side; one that moved is shown where it came to stand."""
    if side == "new":
        return [change.new for change in blocks if change.new]
    return [change.old for change in blocks if change.old and change.moved_from is None]


def _counted(blocks: Iterable[Block]) -> Counter[int]:
    """Count the blocks by `id`; one that was cut counts as often as all its parts are there."""
    counts: Counter[int] = Counter()
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for block in blocks:
        if isinstance(block, Part) and block.parent is not None:
            spans[id(block.parent)].append((block.start, block.end))
            sizes[id(block.parent)] = len(block.parent.cells[0].html)
        else:
            counts[id(block)] += 1
    for parent, parts in spans.items():
        starts, ends = sorted(start for start, _ in parts), sorted(end for _, end in parts)
        times = starts.count(0)
        is_whole = [0] * times + ends == starts + [sizes[parent]] * times
        counts[parent] += times if is_whole else 0
    return counts


def _uncut(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks with those that were cut as a whole."""
    whole = (
        block.parent if isinstance(block, Part) and block.parent else block for block in blocks
    )
    return [block for block, _ in groupby(whole)]


def _prove_complete(
    side: str, document: Document, whole: Sequence[SectionChange], others: Iterable[SectionChange]
) -> None:
    """Raise RedlineError unless the changes of each section show each of its blocks once."""
    done = Counter(id(compared) for change in whole if (compared := _section(change, side)))
    shown: dict[int, list[Block]] = defaultdict(list)
    for change in others:
        shown[id(_section(change, side))] += _shown(change.blocks, side)
    has_more = bool(done - Counter(map(id, document.sections)))
    for section in document.sections:
        count = _counted(shown.pop(id(section), ()))
        if id(section) not in done:
            count.subtract(map(id, section.blocks))
            _prove_none_lacking(count, section, side)
        has_more |= any(count.values())
    if has_more or any(shown.values()):
        raise RedlineError(f"The redline shows text that the {side} text does not have.")


def _section(change: SectionChange, side: str) -> Section | None:
    return change.old if side == "old" else change.new


def _prove_arrivals(change: Redline) -> None:
    """Raise RedlineError unless every block that left one place came to another."""
    blocks = (block for section in change.sections for block in section.blocks)
    moved = [b for b in blocks if b.moved_to is not None or b.moved_from is not None]
    left = _counted(block.old for block in moved if block.old and block.moved_to is not None)
    arrived = _counted(block.old for block in moved if block.old and block.moved_from is not None)
    for block in moved:
        if left[id(block.old)] != arrived[id(block.old)]:
            raise RedlineError(
                "The redline shows only one end of a block that moved: "
                f"{block.block.text[:_QUOTED]!r}."
            )


def _prove_none_lacking(count: Counter[int], section: Section, side: str) -> None:
    for number, block in enumerate(section.blocks, 1):
        if count[id(block)] < 0:
            raise RedlineError(
                f"The redline lacks block {number} of section {section.index} "
                f"({section.heading}) of the {side} text: {block.text[:_QUOTED]!r}."
            )
