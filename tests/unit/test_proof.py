"""A redline that says anything but what both texts say is refused, and the refusal says where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from gazette.errors import RedlineError
from gazette.text.document import Document
from gazette.text.proof import prove
from gazette.text.reader import read_document
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionStatus, redline
from gazette.text.wording import Op, Run

OLD = """# Terms

Fees are due on the first day of each month, in advance.

| Plan | Price |
| - | - |
| Small | 3 euros |

# Refunds

Money goes back to the card that was charged, within fourteen days of the request.

Support answers on working days.

# Law

The law of the land applies.
"""
NEW = """# Terms

Fees are due on the last day of each month, in advance.

| Plan | Price |
| - | - |
| Small | 4 euros |

# Refunds

Support answers on working days.

# Law

The law of the land applies.

Money goes back to the card that was charged, within fourteen days of the request.
"""

Tampering = Callable[[BlockChange], BlockChange | None]


def texts() -> tuple[Redline, Document, Document]:
    before, after = read_document(OLD), read_document(NEW)
    return redline(before, after), before, after


def tampered(change: Redline, begins: str, how: Tampering) -> Redline:
    """The redline with every block of a text that `begins` so changed or, for None, left out."""
    sections = []
    for section in change.sections:
        blocks = (how(b) if b.block.text.startswith(begins) else b for b in section.blocks)
        sections.append(replace(section, blocks=tuple(block for block in blocks if block)))
    return replace(change, sections=tuple(sections))


def with_runs(block: BlockChange, runs: Callable[[Run], Run | None]) -> BlockChange:
    cells = (
        cell._replace(runs=tuple(statuses for run in cell.runs if (statuses := runs(run))))
        for cell in block.cells
    )
    return replace(block, cells=tuple(cells))


def says(op: Op, text: str) -> Tampering:
    """Have the runs of one sort say something else."""
    return lambda block: with_runs(
        block, lambda run: run._replace(text=text) if run.op is op else run
    )


def lacks(op: Op) -> Tampering:
    return lambda block: with_runs(block, lambda run: None if run.op is op else run)


def with_cells_swapped(block: BlockChange) -> BlockChange:
    return replace(block, cells=(block.cells[0]._replace(runs=block.cells[1].runs), block.cells[1]))


def without_first_cell(block: BlockChange) -> BlockChange:
    return replace(block, cells=block.cells[1:])


def added_where_it_came_to(block: BlockChange) -> BlockChange:
    if block.moved_from is None:
        return block
    only_new = tuple(cell._replace(old=None) for cell in block.cells)
    inserted = replace(block, status=BlockStatus.ADDED, old=None, moved_from=None, cells=only_new)
    return with_runs(inserted, lambda run: run._replace(op=Op.INSERTED))


def only_where_it_came_to(block: BlockChange) -> BlockChange | None:
    return block if block.moved_to is None else None


def test_a_block_under_another_section_that_shares_it_is_refused() -> None:
    read = read_document("# Terms\n\nFees.\n\n# Refunds\n\nFees.\n\nNone.\n")
    top, terms, refunds = read.sections
    shared = replace(refunds, blocks=(refunds.blocks[0], terms.blocks[1], refunds.blocks[2]))
    before = replace(read, sections=(top, terms, shared))
    after = read_document("# Terms\n\nDues.\n\n# Refunds\n\nNone.\n")
    change = redline(before, after)
    prove(change, before, after)
    first, second = change.changed
    gone = next(block for block in second.blocks if block.new is None)
    sections = {
        id(first): replace(first, blocks=tuple(b for b in first.blocks if b.old is not gone.old)),
        id(second): replace(second, blocks=(*second.blocks, gone)),
    }
    moved = tuple(sections.get(id(section), section) for section in change.sections)
    with pytest.raises(RedlineError, match="lacks block 2 of section 1"):
        prove(replace(change, sections=moved), before, after)


def test_a_redline_of_every_kind_of_change_is_exact() -> None:
    change, before, after = texts()
    prove(change, before, after)
    statuses = {block.status for section in change.sections for block in section.blocks}
    assert statuses >= {BlockStatus.UNCHANGED, BlockStatus.AMENDED, BlockStatus.MOVED}


@pytest.mark.parametrize(
    ("begins", "how", "message"),
    [
        (
            "Fees",
            says(Op.DELETED, "second"),
            r"section 1 \(Terms\), block 2, .* old text 'Fees are",
        ),
        (
            "Fees",
            says(Op.INSERTED, "second"),
            r"section 1 \(Terms\), block 2, .* new text 'Fees are",
        ),
        ("Fees", says(Op.KEPT, " "), "does not hold the old text"),
        ("Fees", lacks(Op.DELETED), "does not hold the old text"),
        ("Fees", lacks(Op.INSERTED), "does not hold the new text"),
        ("The law", lacks(Op.KEPT), r"section 3 \(Law\), block 2"),
        ("Small", with_cells_swapped, "does not hold the old text"),
        ("Small", without_first_cell, "does not hold the old text"),
        ("Support", lambda _: None, r"lacks block 3 of section 2 \(Refunds\) of the old text"),
        ("Money", added_where_it_came_to, "only one end of a block that moved: 'Money goes"),
        ("Money", only_where_it_came_to, "lacks block 2 of section 2"),
    ],
)
def test_a_tampered_redline_is_refused(begins: str, how: Tampering, message: str) -> None:
    change, before, after = texts()
    broken = tampered(change, begins, how)
    assert broken != change
    with pytest.raises(RedlineError, match=message):
        prove(broken, before, after)


def test_a_redline_of_another_text_is_refused() -> None:
    _, before, after = texts()
    other = redline(read_document(f"{OLD}\nNo refunds.\n"), after)
    with pytest.raises(RedlineError, match="old text"):
        prove(other, before, after)


def test_text_that_neither_version_has_is_refused() -> None:
    change, before, after = texts()
    last = change.sections[-1]
    (foreign,) = redline(read_document("No refunds."), read_document("")).sections[0].blocks
    longer = replace(last, blocks=(*last.blocks, foreign))
    for sections in ((*change.sections[:-1], longer), (*change.sections, last)):
        with pytest.raises(RedlineError, match="shows text that the old text does not have"):
            prove(replace(change, sections=sections), before, after)


def test_a_section_that_hides_its_marks_is_refused() -> None:
    change, before, after = texts()
    section = next(s for s in change.sections if s.status is SectionStatus.AMENDED and not s.flags)
    folded = replace(section, status=SectionStatus.UNCHANGED)
    sections = tuple(folded if s is section else s for s in change.sections)
    with pytest.raises(RedlineError, match="calls it unchanged, but marks words"):
        prove(replace(change, sections=sections), before, after)
