"""The sections of two texts in the order of a redline of everything that changed since a version.

Neighbouring versions have nearly all rows in common: what is made of a row is made once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from gazette.compact_json import compact
from gazette.forms.portions import Entry
from gazette.forms.redline_html import ShownSection
from gazette.forms.redline_json import side
from gazette.text.differences import Heading
from gazette.text.redline import SectionStatus

MOST_CHARACTERS = 25_000
"""Of so many characters the HTML of sections stands on a page: nobody reads more at a time."""


@dataclass(frozen=True, eq=False)
class Row:
    """A section of either text, or of both; without an `entry` it reads the same.

    Where it `is_brief` the page leads to its words instead of showing them.
    """

    old: Heading | None
    new: Heading | None
    entry: Entry | None = None
    is_brief: bool = False

    @cached_property
    def is_changed(self) -> bool:
        """Whether a reader should know of it."""
        return self.entry is not None and bool(self.entry.html)

    @cached_property
    def places(self) -> str:
        """Where it stands in both texts, and under which name in the new one."""
        new = (self.new.index, self.new.anchor, self.new.heading) if self.new else None
        return compact([self.old.index if self.old else -1, new])

    @cached_property
    def counted_as(self) -> SectionStatus | None:
        """The status that it is counted as; none where it is listed with unchanged words."""
        status = SectionStatus(self.entry.status) if self.entry else SectionStatus.UNCHANGED
        return None if status is SectionStatus.UNCHANGED and self.is_changed else status

    @cached_property
    def size(self) -> int:
        """How long its HTML is."""
        return len(self.entry.html) if self.entry else 0

    @cached_property
    def briefly(self) -> Row:
        """The same row, brief where that is shorter."""
        is_shorter = self.entry is not None and self.size > len(self.entry.brief)
        return replace(self, is_brief=True) if is_shorter else self

    @cached_property
    def shown(self) -> ShownSection:
        """What a page shows of a section that changed."""
        assert self.entry
        return ShownSection(
            Markup(self.entry.brief if self.is_brief else self.entry.html), is_changed=True
        )

    @cached_property
    def item(self) -> Markup:
        """The entry of a section that changed in the list of these."""
        assert self.entry
        return Markup(self.entry.item)

    @cached_property
    def facts(self) -> str:
        """What a record says of a section that changed before its blocks, as JSON."""
        assert self.entry
        facts = {
            "status": self.entry.status,
            "flags": self.entry.flags,
            "old": side(self.old),
            "new": side(self.new),
        }
        return f'{compact(facts)[:-1]}, "blocks": '

    @property
    def blocks(self) -> str:
        """The blocks of a section that changed, as JSON."""
        assert self.entry
        return self.entry.brief_blocks if self.is_brief else self.entry.blocks


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return the rows in the order of the new text, removed sections behind those before them."""
    standing = sorted(
        (row for row in rows if row.new),
        key=lambda row: (row.new.index if row.new else 0, row.old.index if row.old else 0),
    )
    removed = {row.old.index: row for row in rows if row.old and not row.new}
    last = {row.old.index: at for at, row in enumerate(standing) if row.old}
    behind: dict[int, list[Row]] = defaultdict(list)
    holder = -1
    for index in sorted([*last, *removed]):
        holder = last.get(index, holder)
        if index in removed:
            behind[holder].append(removed[index])
    if not removed:
        return standing
    ordered = behind[-1]
    for at, row in enumerate(standing):
        ordered += (row, *behind[at])
    return ordered


def within_bounds(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the longest brief where all together would be too long to read."""
    sizes = sorted((row.size, at) for at, row in enumerate(rows) if row.entry)
    left = MOST_CHARACTERS
    bounded = list(rows)
    for size, at in sizes:
        left -= size
        if left < 0:
            bounded[at] = rows[at].briefly
    return bounded
