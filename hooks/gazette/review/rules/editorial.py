"""`change: editorial` proved: an editorial change says nothing that was not said before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.model import Change
from gazette.review.policy_text import Finding
from gazette.review.review import PolicyReview
from gazette.text.lineage import Flag
from gazette.text.notes import NoteKind
from gazette.text.redline import BlockChange, BlockStatus, SectionChange, SectionStatus
from gazette.text.replacements import replacements
from gazette.text.spelling import is_same_word
from gazette.text.tokens import fold

WORD = re.compile(r"[$€£¥₹%§]|\w+")
LETTERS_SHOWN = 60
ALLOWED_NOTES = frozenset(
    {
        *(NoteKind.LINK, NoteKind.FORMATTING, NoteKind.SPACING, NoteKind.LINE_BREAK),
        *(NoteKind.LANGUAGE, NoteKind.ALIGNMENT, NoteKind.LAYOUT),
        *(NoteKind.WORDS_GONE, NoteKind.WORDS_COME),
    }
)
"""What an editorial change may do beside words. All else is a change of what the text says: numbers
and nesting of lists, levels of headings, what is hidden, tooltips, kinds of notices, images,
columns. Words that stand elsewhere are judged as words."""
LEAD = "The change is called editorial, but"
HINT = "Write change: substantive with a summary, or take this change back."


def beyond_editorial(policy: PolicyReview) -> Iterator[Finding]:
    """Find what an editorial change says beyond spelling, case, punctuation and links."""
    edit, metadata = policy.edit, policy.text.metadata
    if not edit or not metadata or metadata.change is not Change.EDITORIAL:
        return
    old = edit.old.metadata
    if old and not _is_same_meaning(old.title, metadata.title):
        message = f"{LEAD} the title was “{old.title}”."
        yield edit.new.key_finding("title", message, HINT)
    if edit.changes_source:
        for section in edit.redline.sections:
            for message, words in _changes_of_meaning(section):
                place = edit.new.place_of(section.new.index if section.new else 0, words)
                yield edit.new.finding(place, f"{LEAD} {message}", HINT)


def _changes_of_meaning(section: SectionChange) -> Iterator[tuple[str, str]]:
    """Yield what goes beyond, as a sentence, and the words to look for in the new text."""
    heading = section.section.heading
    name = f"the section “{heading}”" if section.section.index else "the introduction"
    if section.status is SectionStatus.REMOVED:
        yield f"{name} was taken out.", ""
    elif section.status is SectionStatus.ADDED:
        yield f"{name} is new.", heading
    else:
        if Flag.MOVED in section.flags:
            yield f"{name} stands at another place.", heading
        for block in section.blocks:
            yield from _changes_in_block(block)


def _changes_in_block(block: BlockChange) -> Iterator[tuple[str, str]]:
    if block.moved_to is not None:
        return
    if block.status is BlockStatus.MOVED:
        yield f"this stands at another place: “{_short(block.block.text)}”.", block.block.text
    for note in block.notes:
        if note.kind not in ALLOWED_NOTES:
            yield f"{note.kind.phrase}.", note.text
    for cell in block.cells:
        for change in replacements(cell.runs):
            if not _is_same_meaning(change.old, change.new):
                yield _replacement_sentence(change.old, change.new), change.new


def _replacement_sentence(old: str, new: str) -> str:
    if not old.strip():
        return f"“{_short(new)}” is new."
    return f"“{_short(old)}” {f'became “{_short(new)}”' if new.strip() else 'was taken out'}."


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LETTERS_SHOWN else f"{text[:LETTERS_SHOWN].rsplit(' ', 1)[0]} ..."


def _is_same_meaning(old: str, new: str) -> bool:
    old_words, new_words = WORD.findall(fold(old).casefold()), WORD.findall(fold(new).casefold())
    if "".join(old_words) == "".join(new_words):
        return True
    return len(old_words) == len(new_words) and all(map(is_same_word, old_words, new_words))
