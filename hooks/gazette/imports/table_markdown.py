"""The rows of an HTML table as a table in Markdown: one line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gazette.imports.html_tree import Element, Node, children, number_in
from gazette.imports.inline_markdown import cell, is_block
from gazette.imports.list_numbers import numbers_of, written_number
from gazette.imports.page_bounds import check_table

MAX_SPAN = 100
"""What a cell may span; a page that states more is wrong, and would be a table of blanks."""


def cells_of(table: Element) -> list[list[Element]]:
    """Return the rows of a table that have cells, without those of tables inside it."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    return [cells for row in rows if (cells := list(row.iterchildren("td", "th")))]


def has_columns(grid: Sequence[Sequence[Element]]) -> bool:
    """Tell whether rows make a table; those of one cell each only place a text."""
    return max(map(len, grid), default=0) > 1


def grid_of(grid: Sequence[Sequence[Element]]) -> str:
    """Return rows of cells as a table in Markdown; without a header of their own it is empty."""
    columns = max(sum(_span(cell, "colspan") for cell in cells) for cells in grid)
    check_table(len(grid), columns)
    rows = _spread(grid)
    width = max(map(len, rows))
    check_table(len(rows), width)
    is_in_head = next(grid[0][0].iterancestors("thead", "table")).tag == "thead"
    if not (is_in_head or all(cell.tag == "th" for cell in grid[0])):
        rows.insert(0, [])
    rows.insert(1, ["---"] * width)
    padded = ([*row, *[""] * (width - len(row))] for row in rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in padded)


def _spread(grid: Sequence[Sequence[Element]]) -> list[list[str]]:
    """Return the cells' Markdown at their columns; what a wide or high cell covers is empty."""
    covered: dict[int, int] = {}
    rows = []
    for cells in grid:
        row: list[str] = []
        for element in (*cells, None):
            while covered.get(len(row), 0):
                covered[len(row)] -= 1
                row.append("")
            if element is not None:
                for column in range(_span(element, "colspan")):
                    covered[len(row)] = _span(element, "rowspan") - 1
                    row.append("" if column else "<br>".join(filter(None, _cell_lines(element))))
        rows.append(row)
    return rows


def _span(element: Element, name: str) -> int:
    return max(number_in(element.get(name, ""), 1, MAX_SPAN), 1)


def _cell_lines(parent: Element) -> Iterator[str]:
    """Yield the lines of a cell, one for each block or list item in it; some are empty."""
    loose: list[Node] = []
    items = list(parent.iterchildren("li"))
    numbers = iter(numbers_of(parent, items))
    for node in children(parent):
        if isinstance(node, str) or not is_block(node):
            loose.append(node)
            continue
        yield cell(loose)
        loose = []
        lines = [line for line in _cell_lines(node) if line]
        marker = ""
        if node.tag == "li":
            number = f"{written_number(next(numbers), parent.get('type', ''))}."
            marker = f"{number} " if parent.tag == "ol" else "• "
        yield marker + "<br>".join(lines) if lines else ""
    yield cell(loose)
