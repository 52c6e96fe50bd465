"""Tables that are drawn in a plain text, by rules, bars or blanks, as rows parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, zip_longest

_RULER = re.compile(r"\s*[-=]{2,}(?:\s+[-=]{2,})+\s*")
_RULE_SIGNS = frozenset("-=:+| \t")
_GAP = re.compile(r"\S+(?: \S+)*")
MAX_LINE_LETTERS = 1_000
"""What is longer is no row of a table that somebody drew."""
MAX_WORD_LETTERS = 20
"""How far a word may begin before the column that it stands in."""
MIN_GAP = 3
"""How many blanks part two columns at least once: two may stand behind a sentence."""
MIN_CELL_LETTERS = 4
"""What is shorter at the beginning of a line may be the mark of an item."""


def with_tabbed_tables(text: str) -> str:
    """Return a text in which the cells of tables are parted by tabs, and rules are left out."""
    lines: list[str] = []
    for is_blank, group in groupby(text.split("\n"), key=lambda line: not line.strip()):
        block = list(group)
        lines += block if is_blank else _tabbed(block)
    return "\n".join(lines)


def _tabbed(block: Sequence[str]) -> Sequence[str]:
    """Return the lines of a paragraph, as rows where they are those of a table."""
    if len(block) < 2 or max(map(len, block)) > MAX_LINE_LETTERS:
        return block
    for rows_of in (_below_rule, _between_bars, _in_columns):
        if rows := rows_of(block):
            return rows
    return block


def _below_rule(block: Sequence[str]) -> list[str]:
    """Return the rows of a table whose columns are those of a rule; none where there is no rule."""
    rulers = [at for at, line in enumerate(block) if _RULER.fullmatch(line)]
    if not rulers:
        return []
    top = max(rulers[0] - 1, 0)
    columns = [match.start() for match in re.finditer(r"[-=]+", block[rulers[0]])]
    rows = (line for line in block[top:] if not _RULER.fullmatch(line))
    return [*block[:top], *("\t".join(_cells(line, columns)) for line in rows)]


def _in_columns(block: Sequence[str]) -> list[str]:
    """Return the rows of a table whose cells begin below one another; none where they do not."""
    rows = [list(_GAP.finditer(line.expandtabs())) for line in block]
    first, *others = ([cell.start() for cell in row] for row in rows)
    pairs = [pair for row in rows for pair in pairwise(row)]
    is_wide = any(right.start() - left.end() >= MIN_GAP for left, right in pairs)
    has_words = any(len(row[0][0]) > MIN_CELL_LETTERS for row in rows)
    if not (is_wide and has_words) or any(starts != first for starts in others):
        return []
    return ["\t".join(cell[0] for cell in row) for row in rows]


def _is_rule(line: str) -> bool:
    return set(line) <= _RULE_SIGNS and ("--" in line or "==" in line)


def _cells(line: str, columns: Sequence[int]) -> Iterator[str]:
    """Yield what stands in each column; a word that begins before it belongs to it."""
    edges = [0]
    for column in columns[1:]:
        least = max(edges[-1], column - MAX_WORD_LETTERS)
        while column > least and line[column - 1 : column].strip():
            column -= 1
        edges.append(column)
    for start, end in zip(edges, [*edges[1:], len(line)], strict=True):
        yield line[start:end].strip()


def _between_bars(block: Sequence[str]) -> list[str]:
    """Return the rows of a table whose cells stand between bars; rules part rows of many lines."""
    lines = [None if _is_rule(line) else line.strip().strip("|").split("|") for line in block]
    widths = {len(cells) for cells in lines if cells}
    if len(widths) != 1 or widths == {1}:
        return []
    has_frame = lines.count(None) > 2
    rows: list[list[str]] = [[]]
    for cells in lines:
        if cells is None or not has_frame:
            rows.append([])
        if cells:
            rows[-1] = [
                f"{above} {cell}".strip()
                for above, cell in zip_longest(rows[-1], map(str.strip, cells), fillvalue="")
            ]
    return ["\t".join(row) for row in rows if row]
