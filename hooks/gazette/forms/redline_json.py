"""A redline as JSON, for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeVar

from gazette.compact_json import compact
from gazette.forms.blocks_json import words_of
from gazette.text.cells import CellChange
from gazette.text.differences import Heading
from gazette.text.document import Section
from gazette.text.highlights import Highlight, Highlights, highlights
from gazette.text.judgement import Judge
from gazette.text.notes import Note
from gazette.text.redline import (
    BlockChange,
    BlockStatus,
    Redline,
    SectionChange,
    SectionStatus,
)
from gazette.text.vocabulary import Vocabulary
from gazette.text.wording import Op

Item = TypeVar("Item")
SCHEMA = "gazette/redline/0"
"""The shape of a redline, counted as those of all records: see `site/records`."""
Written = dict[tuple[BlockChange, int | None], str]
"""Blocks as JSON that other redlines of the policy show, too, by their places in new sections."""


def render(change: Redline, vocabulary: Vocabulary) -> str:
    """Return the whole redline as JSON text, one section per line, closed by a line break."""
    sections = (
        compact({**_facts(section), "blocks": [_block(block) for block in section.blocks]})
        for section in change.sections
    )
    matters = highlights(change, Judge(vocabulary))
    return _lines(sections, matters.sentence, map(_entry, matters.entries))


def published(change: Redline, written: Written, matters: Highlights) -> str:
    """Return the redline as it is published, beside the records of both versions.

    It repeats nothing of these: a section is its index in both texts, unchanged blocks are their
    places among the blocks of the new section, new words of another block their number. What
    `written` holds is not written again; the blocks of this redline are added. `matters` are its
    highlights, by their blocks.
    """
    listed = [*in_runs(change.sections, _places_of_unchanged)]
    sections = (_published_sections(neighbours, written) for neighbours in listed)
    places = [at for at, neighbours in enumerate(listed) for _ in neighbours]
    entries = (_published_entry(entry, places) for entry in matters.entries)
    return _lines(sections, matters.sentence, entries)


def in_runs(
    items: Iterable[Item], places_of: Callable[[Item], tuple[int, int] | None]
) -> Iterator[list[Item]]:
    """Yield each item alone, but neighbours that stand next to each other in both texts together.

    `places_of` are those of an item in both, None for one that is always alone.
    """

    def offsets(numbered: tuple[int, Item]) -> tuple[int, int] | None:
        number, item = numbered
        places = places_of(item)
        return places and (places[0] - number, places[1] - number)

    for is_run, group in groupby(enumerate(items), offsets):
        run = [item for _, item in group]
        yield from [run] if is_run else ([item] for item in run)


def _places_of_unchanged(change: SectionChange) -> tuple[int, int] | None:
    if change.is_unchanged and change.old and change.new:
        return change.old.index, change.new.index
    return None


def _lines(sections: Iterable[str], note: str, entries: Iterable[Mapping[str, Any]]) -> str:
    lines, first = ",\n".join(sections), compact({"note": note, "entries": [*entries]})
    return f'{{"schema": "{SCHEMA}",\n"sections": [\n{lines}\n],\n"highlights": {first}}}\n'


def _published_sections(neighbours: Sequence[SectionChange], written: Written) -> str:
    change = neighbours[0]
    if change.is_unchanged and change.old and change.new:
        return unchanged_text(change.old.index, change.new.index, len(neighbours))
    sides = {"old": side(change.old), "new": side(change.new)}
    facts = _facts(change) | sides
    return f'{compact(facts)[:-1]}, "blocks": {published_blocks(change, written)}}}'


def unchanged_text(old: int, new: int, count: int) -> str:
    """Return so many neighbours that read the same: the indexes of the first, and their number."""
    many = {"count": count} if count > 1 else {}
    status = SectionStatus.UNCHANGED.value
    return compact({"status": status, "old": {"index": old}, "new": {"index": new}, **many})


def side(section: Section | Heading | None) -> dict[str, int] | None:
    """Return a section of one text as published: its place in the record of that version."""
    return {"index": section.index} if section else None


def published_blocks(change: SectionChange, written: Written) -> str:
    """Return the blocks of a section as they are published: those that changed, in their order.

    Of neighbours that stayed, came or went as they are it says only where they stand.
    """
    return f"[{', '.join(_published_blocks(change, written))}]"


_WHOLE = {
    BlockStatus.UNCHANGED: "new",
    BlockStatus.ADDED: "new",
    BlockStatus.REMOVED: "old",
}
"""The text whose record holds a block that stayed, came or went as it is."""


def whole_blocks(change: SectionChange) -> str:
    """Return the blocks of a section as removed and added whole, by their places alone."""
    sides = (("removed", "old", change.old), ("added", "new", change.new))
    return compact(
        [
            {"status": status, side: 0, "count": len(section.blocks)}
            for status, side, section in sides
            if section
        ]
    )


def _published_blocks(change: SectionChange, written: Written) -> Iterator[str]:
    places = {"old": _places(change.old), "new": _places(change.new)}
    for (status, side, _), group in groupby(
        enumerate(change.blocks), lambda placed: _reference_of(placed[0], placed[1], places)
    ):
        blocks = [block for _, block in group]
        if side:
            first = blocks[0].old if side == "old" else blocks[0].new
            yield compact({"status": status, side: places[side][id(first)], "count": len(blocks)})
            continue
        for block in blocks:
            key = block, places["new"].get(id(block.new))
            if key not in written:
                written[key] = compact(_published_block(*key))
            yield written[key]


def _published_block(change: BlockChange, place: int | None) -> dict[str, Any]:
    """Return a block that stands at a place of the new section, if it stands there."""
    record = _block(change)
    if place is not None and change.new:
        runs = _with_numbers(record.pop("runs"), words_of(change.new))
        record |= {"new": place, "runs": [*runs]}
    if not record["notes"]:
        del record["notes"]
    return record


def _with_numbers(runs: Sequence[Sequence[str]], words: str) -> Iterator[tuple[str, str | int]]:
    """Yield runs, those of the new `words` by the number of their characters there."""
    at = 0
    for op, text in runs:
        is_there = op != Op.DELETED.value and words.startswith(text, at)
        yield op, len(text) if is_there else text
        at += len(text) if is_there else 0


def with_words(runs: Iterable[tuple[str, str | int]], words: str) -> Iterator[tuple[str, str]]:
    """Yield the runs of a published block with those that stand in the new `words`."""
    at = 0
    for op, text in runs:
        if isinstance(text, int):
            yield op, words[at : at + text]
            at += text
        else:
            yield op, text


def _places(section: Section | None) -> dict[int, int]:
    return {id(block): n for n, block in enumerate(section.blocks)} if section else {}


def _reference_of(
    number: int, change: BlockChange, places: Mapping[str, Mapping[int, int]]
) -> tuple[str, str, int]:
    """Return what neighbours have in common that one reference can name; no side for others."""
    side = _WHOLE.get(change.status, "") if not change.notes else ""
    place = places[side].get(id(change.old if side == "old" else change.new)) if side else None
    return ("", "", 0) if place is None else (change.status.value, side, place - number)


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


def _published_entry(entry: Highlight, places: Sequence[int]) -> dict[str, Any]:
    """Return an entry with its words only where it names no blocks that have them.

    `places` are those of the sections among the entries of the record.
    """
    record = _entry(entry) | {"section": places[entry.place]}
    if entry.blocks:
        del record["runs"]
    return record


def _entry(entry: Highlight) -> dict[str, Any]:
    """Return an entry; `section` is the place of its section in `sections`, from 0.

    So are `blocks` places among the blocks of that section.
    """
    return {
        "topic": entry.topic.value,
        "section": entry.place,
        "blocks": list(entry.blocks),
        "places": entry.times,
        "runs": [[run.op.value, run.text] for run in entry.runs],
    }


def _runs(cells: tuple[CellChange, ...]) -> list[list[str]]:
    """Return the runs of all cells, a line break behind each cell but the last.

    It is kept, unless the whole row came or went.
    """
    runs = [[[run.op.value, run.text] for run in cell.runs] for cell in cells]
    ops = {op for cell in runs for op, _ in cell}
    border = next(iter(ops)) if len(ops) == 1 else Op.KEPT.value
    for cell in runs[:-1]:
        if not cell or cell[-1][0] != border:
            cell.append([border, ""])
        cell[-1][1] += "\n"
    return [run for cell in runs for run in cell]


def _note(note: Note) -> dict[str, str]:
    return {"kind": note.kind.value, "text": note.text, "old": note.old, "new": note.new}
