"""The rows of an HTML table as a table in Markdown: one line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from gazette.imports.inline_markdown import Node, cell, children, is_block


def grid_of(grid: Sequence[Sequence[etree._Element]]) -> str:
    """Return rows of cells as a table in Markdown; without a header of their own it is empty."""
    filled = _spread(grid)
    has_header = all(one.tag == "th" for one in grid[0]) or _in_head(grid[0][0])
    width = max(map(len, filled))
    header = filled[0] if has_header else [""] * width
    rows = [header, ["---"] * width, *(filled[1:] if has_header else filled)]
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in padded)


def _in_head(first: etree._Element) -> bool:
    return any(one.tag == "thead" for one in first.iterancestors("thead", "table"))


def _spread(grid: Sequence[Sequence[etree._Element]]) -> list[list[str]]:
    """Return the cells' Markdown at their columns; what a wide or high cell covers is empty."""
    covered: dict[int, int] = {}
    rows = []
    for cells in grid:
        row: list[str] = []
        for one in cells:
            while covered.get(len(row), 0):
                covered[len(row)] -= 1
                row.append("")
            for place in range(_span(one, "colspan")):
                covered[len(row)] = _span(one, "rowspan") - 1
                row.append("" if place else _cell(one))
        while covered.get(len(row), 0):
            covered[len(row)] -= 1
            row.append("")
        rows.append(row)
    return rows


def _span(one: etree._Element, name: str) -> int:
    stated = one.get(name, "1").strip()
    return min(max(int(stated), 1), 100) if stated.isdecimal() else 1


def _cell(one: etree._Element) -> str:
    """Return a cell on one line, its blocks and list items separated by line breaks."""
    return "<br>".join(line for line in _cell_lines(one) if line)


def _cell_lines(parent: etree._Element) -> Iterator[str]:
    loose: list[Node] = []
    for node in children(parent):
        if isinstance(node, str) or not is_block(node):
            loose.append(node)
            continue
        yield cell(loose)
        loose = []
        bullet = "• " if node.tag == "li" and parent.tag != "ol" else ""
        lines = [line for line in _cell_lines(node) if line]
        yield bullet + "<br>".join(lines) if lines else ""
    yield cell(loose)
