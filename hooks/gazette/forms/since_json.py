"""Everything that changed since a version as JSON: what both wordings tell is not repeated."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from gazette.forms.redline_json import SCHEMA, side
from gazette.forms.since_html import Row

Written = dict[tuple[object, ...], str]
"""Sections as JSON that the records of other versions show, too, by their entries and places."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def section_text(row: Row, written: Written) -> str:
    """Return a section that changed; what `written` holds is not written again."""
    entry = row.entry
    assert entry
    key = (id(entry), *(side.index if side else -1 for side in (row.old, row.new)), row.is_brief)
    if key not in written:
        facts = {
            "status": entry.status,
            "flags": entry.flags,
            "old": side(row.old),
            "new": side(row.new),
        }
        blocks = entry.brief_blocks if row.is_brief else entry.blocks
        written[key] = f'{_encode(facts)[:-1]}, "blocks": {blocks}}}'
    return written[key]


def unchanged_text(old: int, new: int, count: int) -> str:
    """Return so many neighbours that read the same: the indexes of the first, and their number."""
    many = {"count": count} if count > 1 else {}
    return _encode({"status": "unchanged", "old": {"index": old}, "new": {"index": new}, **many})


def render(facts: Mapping[str, Any], sections: Iterable[str]) -> str:
    """Return the record with such `facts`; `sections` are as the functions above return them."""
    listed = ",\n".join(sections)
    head = _encode({"schema": SCHEMA, **facts})[:-1]
    return f'{head},\n"sections": [\n{listed}\n]}}\n'
