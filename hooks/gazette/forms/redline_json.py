"""A redline as JSON, for programs."""

from __future__ import annotations

import json
from typing import Any

from gazette.text.cells import CellChange
from gazette.text.document import Section
from gazette.text.highlights import Highlight, Highlights, highlights
from gazette.text.notes import Note
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionChange
from gazette.text.wording import Op

SCHEMA = "gazette/redline/0"
"""The shape of a redline, counted as those of all records: see `site/records`."""
Written = dict[BlockChange, str]
"""Blocks as JSON that other redlines of the policy show, too."""

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def render(
    change: Redline, written: Written | None = None, matters: Highlights | None = None
) -> str:
    """Return the redline as JSON text, one section per line, closed by a line break.

    What `written` holds is not written again; the blocks of this redline are added. `matters` are
    its highlights where they are known already.
    """
    written = {} if written is None else written
    sections = ",\n".join(_section_text(section, written) for section in change.sections)
    first = _dumps(_highlights(matters or highlights(change)))
    return f'{{"schema": "{SCHEMA}",\n"sections": [\n{sections}\n],\n"highlights": {first}}}\n'


def record(change: Redline) -> dict[str, Any]:
    """Return the redline as plain lists and dictionaries."""
    return {
        "schema": SCHEMA,
        "sections": [_section(section) for section in change.sections],
        "highlights": _highlights(highlights(change)),
    }


def _section_text(change: SectionChange, written: Written) -> str:
    for block in change.blocks:
        if block not in written:
            written[block] = _dumps(_block(block))
    blocks = ", ".join([written[block] for block in change.blocks])
    return f'{_dumps(_facts(change))[:-1]}, "blocks": [{blocks}]}}'


def _dumps(value: object) -> str:
    return _ENCODER.encode(value)


def _section(change: SectionChange) -> dict[str, Any]:
    return {**_facts(change), "blocks": [_block(block) for block in change.blocks]}


def _facts(change: SectionChange) -> dict[str, Any]:
    return {
        "status": change.status.value,
        "flags": [flag.value for flag in change.flags],
        "old": _side(change.old),
        "new": _side(change.new),
    }


def _side(section: Section | None) -> dict[str, Any] | None:
    if section is None:
        return None
    return {
        "index": section.index,
        "level": section.level,
        "number": section.number,
        "heading": section.title,
        "anchor": section.anchor,
    }


def _block(change: BlockChange) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": change.block.kind.value, "status": change.status.value}
    if change.status is BlockStatus.MOVED and change.moved_from is not None:
        record["from"] = {"section": change.moved_from.index}
    if change.moved_to is not None:
        record["to"] = {"section": change.moved_to.index}
    record["runs"] = _runs(change.cells)
    record["notes"] = [_note(note) for note in change.notes]
    return record


def _highlights(matters: Highlights) -> dict[str, Any]:
    return {"note": matters.sentence, "entries": [_entry(entry) for entry in matters.entries]}


def _entry(entry: Highlight) -> dict[str, Any]:
    """Return an entry; `section` is the place of its section in `sections`, from 0."""
    return {
        "topic": entry.topic.value,
        "section": entry.place,
        "places": entry.times,
        "runs": [[run.op.value, run.text] for run in entry.runs],
    }


def _runs(cells: tuple[CellChange, ...]) -> list[list[str]]:
    """Return the runs of all cells, a line break behind each cell but the last."""
    runs = [[[run.op.value, run.text] for run in cell.runs] for cell in cells]
    for own in runs[:-1]:
        if not own:  # an empty cell
            own.append([Op.KEPT.value, ""])
        own[-1][1] += "\n"
    return [run for own in runs for run in own]


def _note(note: Note) -> dict[str, str]:
    return {"kind": note.kind.value, "text": note.text, "old": note.old, "new": note.new}
