"""The table: each target as a row, each size of site as a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


@dataclass(frozen=True)
class Row:
    """One target: what is measured, how it is written, and the most it may be.

    `limits` are for sizes with another target than `limit`; without either it is only told.
    """

    what: str
    unit: str
    limit: float | None = None
    limits: Mapping[str, float] = field(default_factory=dict)

    def limit_of(self, size: str) -> float | None:
        """Return the target for this size."""
        return self.limits.get(size, self.limit)

    def target(self) -> str:
        """Return the targets as the table says them."""
        limits = [] if self.limit is None else [self.unit.format(self.limit)]
        limits += (f"{self.unit.format(most)} ({size})" for size, most in self.limits.items())
        return f"at most {', '.join(limits)}" if limits else "none"


@dataclass(frozen=True)
class Figure:
    """What was measured for a row at a size, and the figures it was made of."""

    row: Row
    size: str
    value: float
    made_of: str = ""

    @property
    def missed(self) -> bool:
        """Whether it is over its target."""
        limit = self.row.limit_of(self.size)
        return limit is not None and self.value > limit

    def text(self) -> str:
        """Return the cell of the table."""
        made_of = f" ({self.made_of})" if self.made_of else ""
        missed = ", **missed**" if self.missed else ""
        return f"{self.row.unit.format(self.value)}{made_of}{missed}"


def table(figures: Sequence[Figure]) -> str:
    """Return the Markdown table of all figures."""
    sizes = list(dict.fromkeys(figure.size for figure in figures))
    cells = {(figure.row.what, figure.size): figure.text() for figure in figures}
    lines = [_line(("what", "target", *sizes)), _line(["---"] * (2 + len(sizes)))]
    for row in {figure.row.what: figure.row for figure in figures}.values():
        measured = (cells.get((row.what, size), "not measured") for size in sizes)
        lines.append(_line((row.what, row.target(), *measured)))
    return "".join(lines)


def write_between(file: Path, text: str) -> None:
    """Put `text` between the marks in `file`.

    Raises ValueError when the marks are not there.
    """
    before = file.read_text("utf-8")
    block = f"{BEGIN}\n{text}{END}"
    after, count = re.subn(f"{BEGIN}.*?{END}", lambda _: block, before, count=1, flags=re.S)
    if not count:
        raise ValueError(f"{file} has no lines {BEGIN} and {END} to write between.")
    file.write_text(after, "utf-8")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
