"""A redline as Markdown for a review comment, every special character of the texts escaped."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.forms.github_markdown import escaped, in_html
from gazette.forms.sentences import folded, label, labels, own_source, place_name, section_counts
from gazette.text.highlights import Highlight, Highlights, highlights
from gazette.text.judgement import Judge
from gazette.text.notes import Note
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionChange, SectionStatus
from gazette.text.vocabulary import Vocabulary
from gazette.text.wording import Op, Run

_TAGS = {Op.INSERTED: "ins", Op.DELETED: "del"}


def render(change: Redline, vocabulary: Vocabulary) -> str:
    """Return the redline as Markdown: counts, what matters first, then the changed sections."""
    parts = [f"**Sections:** {section_counts(change)}"]
    matters = highlights(change, Judge(vocabulary))
    parts += ["**What matters first**"] if matters.entries else []
    parts += highlights_markdown(matters, change) if change.changed else []
    parts += map(section_markdown, change.changed)
    return "\n\n".join(parts) + "\n"


def highlights_markdown(matters: Highlights, change: Redline) -> Iterator[str]:
    """Yield the list of what matters first, the rest folded in its last item, and its note."""
    if matters.entries:
        lines = [f"- {_entry(entry, change)}" for entry in matters.first]
        if matters.rest:
            lines += [f"- <details><summary>{len(matters.rest)} more</summary>", ""]
            lines += [f"  - {_entry(entry, change)}" for entry in matters.rest]
            lines += ["", "  </details>"]
        yield "\n".join(lines)
    yield f"*{matters.sentence}*"


def _entry(entry: Highlight, change: Redline) -> str:
    words = "".join(map(_run, entry.runs)).strip()
    times = f", {entry.times} places" if entry.times > 1 else ""
    section = escaped(change.sections[entry.place].section.name)
    return f"{entry.topic.sentence}: {words} ({section}{times})"


def section_markdown(section: SectionChange) -> str:
    """Return one section of a redline, folded."""
    open_ = " open" if section.status is SectionStatus.AMENDED else ""
    title = f"<b>{in_html(label(section))}</b> ({', '.join(labels(section))})"
    lines = [f"<details{open_}>", f"<summary>{title}</summary>", ""]
    if section.status is not SectionStatus.UNCHANGED or section.title_changes:
        lines += _blocks(section)
    return "\n".join([*lines, "</details>"])


def _blocks(section: SectionChange) -> Iterator[str]:
    for unchanged, block in folded(
        section.blocks, lambda block: block.status is BlockStatus.UNCHANGED
    ):
        if unchanged:
            yield f"*{unchanged} unchanged*\n"
        if block:
            yield from _block(block, section)


def _block(change: BlockChange, section: SectionChange) -> Iterator[str]:
    kind = change.block.kind.sentence
    if change.moved_to is not None:
        place = escaped(place_name(change.moved_to, section.new))
        yield f"*A {kind} that stood here is now {place}.*\n"
        return
    if change.moved_from is not None:
        place = escaped(place_name(change.moved_from, own_source(section)))
        yield f"*This {kind} stood {place}:*\n"
    yield " &#124; ".join("".join(map(_run, cell.runs)) for cell in change.cells) + "\n"
    for note in change.notes:
        yield f"- {_note(note)}\n"


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
    return f"{note.kind.phrase}{words}{swap if note.old or note.new else ''}"
