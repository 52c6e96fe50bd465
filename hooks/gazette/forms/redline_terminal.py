"""A redline as lines for a terminal: in colour, or with [-deleted-] and {+inserted+} words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gazette.forms.sentences import folded, label, labels, own_source, place_name, section_counts
from gazette.text.highlights import Highlight, highlights
from gazette.text.judgement import Judge
from gazette.text.lineage import Flag
from gazette.text.notes import Note
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionChange, SectionStatus
from gazette.text.visible import CONTROL
from gazette.text.vocabulary import Vocabulary
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
_CODES = re.compile(r"\x1b\[[\d;]*m")


def render(change: Redline, vocabulary: Vocabulary, *, colour: bool, width: int) -> str:
    """Return the redline as text; without colour the words are marked by brackets alone.

    Lines are at most `width` columns long, but for words that are longer.
    """
    lines: list[str] = []
    for line in _first(change, colour, vocabulary):
        text = line.lstrip(" ")
        lines += _wrapped(line[: len(line) - len(text)], text, width)
    for unchanged, section in folded(change.sections, lambda section: section.is_unchanged):
        if unchanged:
            lines += ["", f"({unchanged} section{'s' * (unchanged > 1)} unchanged)"]
        if section:
            lines += section_lines(section, colour, width)
    return "\n".join(lines) + "\n"


def stat(change: Redline, *, colour: bool) -> str:
    """Return one line for each changed section, and the sums."""
    lines = []
    for section in change.changed:
        added, removed = _ink(section)
        status, *flags = labels(section)
        listed = f" ({', '.join(flags)})" if flags else ""
        plus = _marked(f"+{added}", Op.INSERTED, colour)
        minus = _marked(f"-{removed}", Op.DELETED, colour)
        words = f" {plus} {minus} words" if added or removed else ""
        lines.append(f"{status:9} {_name(section)}{listed}{words}")
    lines.append(section_counts(change))
    return "\n".join(lines) + "\n"


def _marked(text: str, op: Op, colour: bool) -> str:
    return f"{_COLOURS[op]}{text}{_RESET}" if colour else text


def _ink(section: SectionChange) -> tuple[int, int]:
    """Count the inserted and the deleted words."""
    count = {Op.INSERTED: 0, Op.DELETED: 0, Op.KEPT: 0}
    for block in section.blocks:
        for cell in block.cells:
            for run in cell.runs:
                count[run.op] += len(run.text.split())
    return count[Op.INSERTED], count[Op.DELETED]


def _first(change: Redline, colour: bool, vocabulary: Vocabulary) -> Iterator[str]:
    yield f"Sections: {section_counts(change)}"
    if not change.changed:
        return
    matters = highlights(change, Judge(vocabulary))
    yield ""
    if matters.entries:
        yield _strong("What matters first", colour)
        for entry in matters.first:
            yield f"  - {_entry(entry, change, colour)}"
    if matters.rest:
        yield f"    ... {len(matters.rest)} more"
    yield matters.sentence


def _entry(entry: Highlight, change: Redline, colour: bool) -> str:
    times = f", {entry.times} places" if entry.times > 1 else ""
    section = safe(change.sections[entry.place].section.name)
    words = _runs(entry.runs, colour).strip()
    return f"{entry.topic.sentence}: {words} ({section}{times})"


def section_lines(section: SectionChange, colour: bool, width: int) -> Iterator[str]:
    """Yield the lines of one section that changed."""
    yield ""
    yield _strong(f"{_name(section)} [{', '.join(labels(section))}]", colour)
    if section.old and section.new and {Flag.RENAMED, Flag.RENUMBERED} & set(section.flags):
        yield f"  was: {safe(section.old.heading)}"
    if section.status is SectionStatus.UNCHANGED and not section.title_changes:
        return
    for unchanged, block in folded(
        section.blocks, lambda block: block.status is BlockStatus.UNCHANGED
    ):
        if unchanged:
            yield f"    ... {unchanged} unchanged"
        if block:
            for lead, text in _block(block, section, colour):
                yield from _wrapped(lead, text, width)


def _block(change: BlockChange, section: SectionChange, colour: bool) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs about a block, each with what stands before its first line."""
    if change.moved_to is not None:
        place = safe(place_name(change.moved_to, section.new))
        yield "  > ", f"a {change.block.kind.sentence} that stood here is now {place}"
        return
    origin = ""
    if change.moved_from is not None:
        origin = f"(stood {safe(place_name(change.moved_from, own_source(section)))}) "
    text = " | ".join(_runs(cell.runs, colour) for cell in change.cells)
    yield f"  {_SIGNS[change.status]} ", origin + text
    for note in change.notes:
        yield "    note: ", _note(note)


def _wrapped(lead: str, text: str, width: int) -> Iterator[str]:
    """Yield the lines of a paragraph, broken between words; codes for colours take no place."""
    line, length = lead, len(lead)
    for word in text.split():
        size = len(_CODES.sub("", word))
        if length + size > width and line.strip():
            yield line.rstrip()
            line, length = "    ", 4
        line += f"{word} "
        length += size + 1
    yield line.rstrip()


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
    return CONTROL.sub(" ", text)


def _note(note: Note) -> str:
    swap = f": {note.old or 'none'} -> {note.new or 'none'}" if note.old or note.new else ""
    words = f" “{note.text}”" if note.text else ""
    return safe(f"{note.kind.phrase}{words}{swap}")


def _name(section: SectionChange) -> str:
    return safe(label(section))


def _strong(text: str, colour: bool) -> str:
    return f"{_BOLD}{text}{_RESET}" if colour else text
