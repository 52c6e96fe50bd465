"""`change: editorial` proved: an editorial change says nothing that was not said before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from gazette.model import Change
from gazette.problems import Code, Problem
from gazette.review.manuscripts import Edit
from gazette.text.cells import NoteKind
from gazette.text.lineage import Flag
from gazette.text.redline import BlockChange, BlockStatus, SectionChange, SectionStatus
from gazette.text.tokens import fold
from gazette.text.wording import Op, Run

WORD = re.compile(r"[$€£¥₹%§]|\w+")
FEWEST_LETTERS = 4
"""In shorter words one letter is another word: now, not."""
DECIDING = frozenset(
    [
        "would",
        "could",
        "should",
        "shall",
        "must",
        "might",
        "will",
        "never",
        "none",
        "only",
        "each",
        "every",
        "before",
        "after",
        "under",
        "over",
        "than",
        "then",
        "with",
        "without",
        "week",
        "month",
        "year",
        "hour",
        "least",
        "most",
        "more",
        "less",
        "least",
        "them",
        "they",
        "your",
        "their",
        "here",
        "there",
        "where",
        "when",
        "what",
        "that",
        "this",
        "these",
        "those",
    ]
)
NEGATION = re.compile(r"^(?:un|in|im|il|ir|non|dis|mis|ab)")
ROLE = re.compile(r"(?:or|er|ee)s?$")
LETTERS_SHOWN = 60


def beyond_editorial(edit: Edit) -> Iterator[Problem]:
    """Find what an editorial change says beyond spelling, case, punctuation and links."""
    if not edit.new.metadata or edit.new.metadata.change is not Change.EDITORIAL:
        return
    yield from _title(edit)
    if edit.changes_source:
        for section in edit.redline.sections:
            for said, words in _beyond(section):
                place = edit.new.place_of(section.new.index if section.new else 0, words)
                hint = "Write change: substantive with a summary, or take this change back."
                yield edit.new.problem(place, Code.EDITORIAL_CHANGE, said, hint)


def _title(edit: Edit) -> Iterator[Problem]:
    old, new = edit.old.metadata, edit.new.metadata
    if old and new and not _same_meaning(old.title, new.title):
        said = f"The change is called editorial, but the title was “{old.title}”."
        hint = "Write change: substantive with a summary, or take this change back."
        yield edit.new.key_problem("title", Code.EDITORIAL_CHANGE, said, hint)


def _beyond(section: SectionChange) -> Iterator[tuple[str, str]]:
    """Yield what goes beyond, as a sentence, and the words to look for in the new text."""
    heading = section.section.heading
    name = f"the section “{heading}”" if section.section.index else "the introduction"
    start = "The change is called editorial, but"
    if section.status is SectionStatus.REMOVED:
        yield f"{start} {name} was taken out.", ""
    elif section.status is SectionStatus.ADDED:
        yield f"{start} {name} is new.", heading
    else:
        if Flag.MOVED in section.flags:
            yield f"{start} {name} stands at another place.", heading
        for block in section.blocks:
            for what, words in _in_block(block):
                yield f"{start} {what}", words


def _in_block(block: BlockChange) -> Iterator[tuple[str, str]]:
    if block.moved_to is not None:
        return
    if block.status is BlockStatus.MOVED:
        yield f"this stands at another place: “{_short(block.block.text)}”.", block.block.text
    for note in block.notes:
        if note.kind in (NoteKind.IMAGE, NoteKind.COLUMN_ADDED, NoteKind.COLUMN_REMOVED):
            yield f"{note.kind.sentence[0].lower()}{note.kind.sentence[1:]}", note.text
    for cell in block.cells:
        for old, new in _hunks(cell.runs):
            if not _same_meaning(old, new):
                yield _exchange(old, new), new


def _hunks(runs: Sequence[Run]) -> Iterator[tuple[str, str]]:
    """Yield what was deleted and inserted at one place."""
    for before, run in pairwise((None, *runs)):
        if run is None or run.op is Op.KEPT:
            continue
        if run.op is Op.INSERTED:
            yield (before.text if before and before.op is Op.DELETED else ""), run.text
        elif not _is_followed(runs, run):
            yield run.text, ""


def _is_followed(runs: Sequence[Run], run: Run) -> bool:
    place = next(at for at, one in enumerate(runs) if one is run)
    return place + 1 < len(runs) and runs[place + 1].op is Op.INSERTED


def _exchange(old: str, new: str) -> str:
    if not old.strip():
        return f"“{_short(new)}” is new."
    return f"“{_short(old)}” {f'became “{_short(new)}”' if new.strip() else 'was taken out'}."


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LETTERS_SHOWN else f"{text[:LETTERS_SHOWN].rsplit(' ', 1)[0]} ..."


def _same_meaning(old: str, new: str) -> bool:
    before, after = WORD.findall(fold(old).casefold()), WORD.findall(fold(new).casefold())
    if "".join(before) == "".join(after):
        return True
    return len(before) == len(after) and all(map(_is_respelt, before, after))


def _is_respelt(old: str, new: str) -> bool:
    if old == new:
        return True
    if min(len(old), len(new)) < FEWEST_LETTERS or not (old + new).isalpha():
        return False
    if {old, new} & DECIDING or NEGATION.sub("", old) == new or NEGATION.sub("", new) == old:
        return False
    roles = ROLE.search(old), ROLE.search(new)
    if all(roles) and roles[0] and roles[1] and roles[0][0] != roles[1][0]:
        return "our" in old + new or "re" in (old[-2:], new[-2:])
    return OSA.distance(old, new) <= 1
