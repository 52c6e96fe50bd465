"""Tables of a Word file, with the cells that are joined across columns and rows."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gazette.imports.html_tree import Element, number_in
from gazette.imports.table_markdown import MAX_SPAN
from gazette.imports.word.names import W, child, content_of, value


def write_table(table: Element, out: Element) -> Iterator[tuple[Element, Element]]:
    """Write a table; yield its cells in order, each with the cell of HTML that is to be filled.

    The first row is the header.
    """
    high_cells: dict[int, Element] = {}
    is_first = True
    for row in rows_of(table):
        html_row = etree.Element("tr")
        continued: list[Element] = []
        before = _columns_before(row)
        if before:
            etree.SubElement(html_row, "td", colspan=str(before))
        for column, width, cell in _placed(row):
            merge = child(child(cell, "tcPr"), "vMerge")
            is_continued = merge is not None and value(child(cell, "tcPr"), "vMerge") != "restart"
            if is_continued and column in high_cells:
                continued.append(high_cells[column])
                continue
            tag = "th" if is_first else "td"
            html_cell = etree.SubElement(html_row, tag, colspan=str(width))
            yield cell, html_cell
            high_cells.pop(column, None)
            if merge is not None:
                high_cells[column] = html_cell
        if len(html_row) > bool(before):
            out.append(html_row)
            is_first = False
            for element in continued:
                element.set("rowspan", str(int(element.get("rowspan", "1")) + 1))


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, also those in content controls."""
    yield from content_of(table, f"{W}tr")


def columns_of(table: Element) -> int:
    """Return how many columns a table has."""
    rows = (list(_placed(row)) for row in rows_of(table))
    return max((cells[-1][0] + cells[-1][1] for cells in rows if cells), default=0)


def _placed(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Yield the cells of a row with the column each begins in and how many it takes."""
    column = _columns_before(row)
    for cell in content_of(row, f"{W}tc"):
        width = max(number_in(value(child(cell, "tcPr"), "gridSpan"), 1, MAX_SPAN), 1)
        yield column, width, cell
        column += width


def _columns_before(row: Element) -> int:
    """Return how many columns are empty before a row begins."""
    return number_in(value(child(row, "trPr"), "gridBefore"), 0, MAX_SPAN)
