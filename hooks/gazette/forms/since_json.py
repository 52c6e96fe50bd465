"""Everything that changed since a version as JSON: what both wordings tell is not repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gazette.compact_json import compact
from gazette.forms.redline_json import SCHEMA
from gazette.forms.since_rows import Row


class BlockSource(NamedTuple):
    """Which record has the blocks of a section: that `since` a version, and its section there.

    `section` is the place among the sections of that record, from 0.
    """

    since: str
    section: int


def section_text(row: Row, home: BlockSource | None) -> str:
    """Return a section that changed; its blocks are those at `home`, where that is shorter."""
    blocks = row.blocks
    reference = f'{{"since":"{home.since}","section":{home.section}}}' if home else blocks
    return f"{row.facts}{min(blocks, reference, key=len)}}}"


def render(facts: Mapping[str, Any], sections: Iterable[str]) -> str:
    """Return the record with such `facts`; `sections` are as the functions above return them."""
    listed = ",\n".join(sections)
    head = compact({"schema": SCHEMA, **facts})[:-1]
    return f'{head},\n"sections": [\n{listed}\n]}}\n'
