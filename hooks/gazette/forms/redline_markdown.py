"""A redline as Markdown for a review comment, every special character of the texts escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.forms.github_markdown import escaped, in_html
from gazette.text.cells import Note
from gazette.text.document import Section
from gazette.text.highlights import Highlight, highlights
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionChange, SectionStatus
from gazette.text.wording import Op, Run

_TAGS = {Op.INSERTED: "ins", Op.DELETED: "del"}


def render(change: Redline) -> str:
    """Return the redline as Markdown: counts, what matters first, then the changed sections."""
    counts = ", ".join(f"{change.counts[status]} {status.value}" for status in SectionStatus)
    parts = [f"**Sections:** {counts}"]
    found = highlights(change)
    if found:
        parts.append("\n".join(["**What matters first**", "", *(_first(o, change) for o in found)]))
    parts += [section_markdown(section, change) for section in change.changed]
    return "\n\n".join(parts) + "\n"


def _first(one: Highlight, change: Redline) -> str:
    old = f"<del>{escaped(one.old)}</del>" if one.old else ""
    new = f"<ins>{escaped(one.new)}</ins>" if one.new else ""
    times = f", {one.times} places" if one.times > 1 else ""
    where = _name(change.sections[one.place])
    return f"- {one.topic.sentence}: {f'{old} {new}'.strip()} ({where}{times})"


def _name(section: SectionChange) -> str:
    return escaped(section.section.name)


def section_markdown(section: SectionChange, change: Redline) -> str:
    """Return one section of a redline, folded."""
    told = ", ".join([section.status.value, *(flag.value for flag in section.flags)])
    open_ = " open" if section.status is SectionStatus.AMENDED else ""
    lines = [f"<details{open_}>", f"<summary><b>{_summary(section)}</b> ({told})</summary>", ""]
    if section.status is not SectionStatus.UNCHANGED:
        lines += _blocks(section, change)
    return "\n".join([*lines, "</details>"])


def _summary(section: SectionChange) -> str:
    return in_html(section.section.name)


def _blocks(section: SectionChange, change: Redline) -> Iterator[str]:
    quiet = 0
    for block in section.blocks:
        if block.status is BlockStatus.UNCHANGED:
            quiet += 1
            continue
        yield from _quiet(quiet)
        quiet = 0
        yield from _block(block, section, change)
    yield from _quiet(quiet)


def _quiet(number: int) -> Iterator[str]:
    if number:
        yield f"*{number} unchanged*\n"


def _block(change: BlockChange, section: SectionChange, whole: Redline) -> Iterator[str]:
    what = change.block.kind.sentence
    if change.moved_to is not None:
        where = _place(section.new, change.moved_to, [one.new for one in whole.sections])
        yield f"*A {what} that stood here is now {where}.*\n"
        return
    if change.moved_from is not None:
        where = _place(section.old, change.moved_from, [one.old for one in whole.sections])
        yield f"*This {what} stood {where}:*\n"
    yield " &#124; ".join("".join(map(_run, cell.runs)) for cell in change.cells) + "\n"
    for note in change.notes:
        yield f"- {_note(note)}\n"


def _place(here: Section | None, index: int, sections: Iterable[Section | None]) -> str:
    if here is not None and here.index == index:
        return "elsewhere in this section"
    name = next((one.name for one in sections if one and one.index == index), "")
    return f"in {escaped(name)}" if name.startswith("“") else f"in “{escaped(name)}”"


def _run(run: Run) -> str:
    core = escaped(run.text)
    if not core:
        return run.text
    before = " " * run.text.startswith(" ")
    after = " " * run.text.endswith((" ", "\n"))
    tag = _TAGS.get(run.op)
    return f"{before}<{tag}>{core}</{tag}>{after}" if tag else f"{before}{core}{after}"


def _note(note: Note) -> str:
    words = f" “{escaped(note.text)}”" if note.text else ""
    swap = f": {escaped(note.old) or 'none'} → {escaped(note.new) or 'none'}"
    return f"{note.kind.value}{words}{swap if note.old or note.new else ''}"
