"""A redline as lines for a terminal: in colour, or with [-deleted-] and {+inserted+} words."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator

from gazette.text.cells import Note
from gazette.text.highlights import highlights
from gazette.text.lineage import Flag
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionChange, SectionStatus
from gazette.text.wording import Op, Run

_RESET = "\x1b[0m"
_COLOURS = {
    Op.INSERTED: "\x1b[32;4m",
    Op.DELETED: "\x1b[31;9m",
}
_BOLD = "\x1b[1m"
_BRACKETS = {Op.INSERTED: ("{+", "+}"), Op.DELETED: ("[-", "-]")}
_SIGNS = {
    BlockStatus.UNCHANGED: " ",
    BlockStatus.AMENDED: "~",
    BlockStatus.ADDED: "+",
    BlockStatus.REMOVED: "-",
    BlockStatus.MOVED: ">",
}
_WIDTH = 96


def render(change: Redline, *, colour: bool) -> str:
    """Return the redline as text; without colour the words are marked by brackets alone."""
    lines = [*_first(change, colour)]
    quiet = 0
    for section in change.sections:
        if section.is_unchanged:
            quiet += 1
            continue
        lines += _quiet(quiet)
        quiet = 0
        lines += section_lines(section, colour)
    lines += _quiet(quiet)
    return "\n".join(lines) + "\n"


def stat(change: Redline, *, colour: bool) -> str:
    """Return one line for each changed section, and the sums."""
    lines = []
    for section in change.changed:
        added, removed = _ink(section)
        flags = ", ".join(flag.value for flag in section.flags)
        told = f" ({flags})" if flags else ""
        plus, minus = (
            _marked(f"+{added}", Op.INSERTED, colour),
            _marked(f"-{removed}", Op.DELETED, colour),
        )
        words = f" {plus} {minus} words" if added or removed else ""
        lines.append(f"{section.status.value:9} {_name(section)}{told}{words}")
    lines.append(_counts(change))
    return "\n".join(lines) + "\n"


def _marked(text: str, op: Op, colour: bool) -> str:
    return f"{_COLOURS[op]}{text}{_RESET}" if colour else text


def _counts(change: Redline) -> str:
    return ", ".join(f"{change.counts[status]} {status.value}" for status in SectionStatus)


def _ink(section: SectionChange) -> tuple[int, int]:
    """Count the inserted and the deleted words."""
    count = {Op.INSERTED: 0, Op.DELETED: 0, Op.KEPT: 0}
    for block in section.blocks:
        for cell in block.cells:
            for run in cell.runs:
                count[run.op] += len(run.text.split())
    return count[Op.INSERTED], count[Op.DELETED]


def _first(change: Redline, colour: bool) -> Iterator[str]:
    yield f"Sections: {_counts(change)}"
    found = highlights(change)
    if found:
        yield ""
        yield _strong("What matters first", colour)
    for one in found:
        old = _words(Op.DELETED, one.old, colour) if one.old else ""
        new = _words(Op.INSERTED, one.new, colour) if one.new else ""
        times = f", {one.times} places" if one.times > 1 else ""
        where = _name(change.sections[one.place])
        yield f"  {one.topic.sentence}: {f'{old} {new}'.strip()} ({where}{times})"


def _quiet(number: int) -> Iterator[str]:
    if number:
        yield ""
        yield f"({number} section{'s' * (number > 1)} unchanged)"


def section_lines(section: SectionChange, colour: bool) -> Iterator[str]:
    """Yield the lines of one section that changed."""
    told = [section.status.value, *(flag.value for flag in section.flags)]
    yield ""
    yield _strong(f"{_name(section)} [{', '.join(told)}]", colour)
    if section.old and section.new and {Flag.RENAMED, Flag.RENUMBERED} & set(section.flags):
        yield f"  was: {safe(section.old.heading)}"
    if section.status is SectionStatus.UNCHANGED:
        return
    quiet = 0
    for block in section.blocks:
        if block.status is BlockStatus.UNCHANGED:
            quiet += 1
            continue
        yield from _unchanged(quiet)
        quiet = 0
        yield from _block(block, colour)
    yield from _unchanged(quiet)


def _unchanged(number: int) -> Iterator[str]:
    if number:
        yield f"    ... {number} unchanged"


def _block(change: BlockChange, colour: bool) -> Iterator[str]:
    if change.moved_to is not None:
        yield f"  > {change.block.kind.sentence} moved to section {change.moved_to}"
        return
    origin = f"(from section {change.moved_from}) " if change.moved_from is not None else ""
    text = " | ".join(_runs(cell.runs, colour) for cell in change.cells)
    yield from _wrapped(f"  {_SIGNS[change.status]} ", origin + text)
    for note in change.notes:
        yield from _wrapped("    note: ", _note(note))


def _wrapped(lead: str, text: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=lead,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [lead]


def _runs(runs: Iterable[Run], colour: bool) -> str:
    return "".join(_words(run.op, run.text, colour) for run in runs)


def _words(op: Op, text: str, colour: bool) -> str:
    """Mark each word by itself in colour, so that wrapped lines stay marked."""
    text = safe(text)
    if op is Op.KEPT:
        return text
    core = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if colour:
        marked = " ".join(f"{_COLOURS[op]}{word}{_RESET}" for word in core.split(" "))
    else:
        opening, closing = _BRACKETS[op]
        marked = f"{opening}{core}{closing}"
    return f"{before}{marked}{after}"


def safe(text: str) -> str:
    """Return the text without control characters, which could do things to a terminal."""
    if text.isprintable():
        return text
    return "".join(c if not unicodedata.category(c).startswith("Cc") else " " for c in text)


def _note(note: Note) -> str:
    swap = f": {note.old or 'none'} -> {note.new or 'none'}" if note.old or note.new else ""
    words = f" “{note.text}”" if note.text else ""
    return safe(f"{note.kind.value}{words}{swap}")


def _name(section: SectionChange) -> str:
    return safe(section.section.name)


def _strong(text: str, colour: bool) -> str:
    return f"{_BOLD}{text}{_RESET}" if colour else text
