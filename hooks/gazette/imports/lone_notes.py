"""Notes of a Markdown text that nothing in it refers to: GitHub and most programs show none."""

from __future__ import annotations

import re

from gazette.imports.omissions import Edit, Omission, edited, quoted
from gazette.text.markdown_source import normalized_label, without_code

_START = r"^ {0,3}\[\^(?P<label>[^\]\n]+)\]:"
_NEXT = r"(?! {0,3}(?:\[\^[^\]\n]+\]:|#{1,6}[ \t]|[-*+][ \t]|1[.)][ \t]|>|\||```|~~~))"
"""What no line begins with that goes on with a paragraph."""
_NOTE = re.compile(
    rf"{_START}(?P<words>[^\n]*(?:\n{_NEXT}[^\n]*\S[^\n]*)*"
    rf"(?:\n(?:[ \t]*\n)+(?: {{4}}|\t)[^\n]*(?:\n{_NEXT}[^\n]*\S[^\n]*)*)*)",
    re.M,
)
"""A note: its paragraph, and what is indented below."""
_REFERENCE = re.compile(r"\[\^(?P<label>[^\[\]\n]+)\]")
_REASON = "Nothing in the text refers to it, so no reader is led there."


def without_lone_notes(body: str, first_line: int) -> tuple[str, list[Omission]]:
    """Return a text without the notes that nothing refers to, and these.

    `first_line` is the line of its file on which the text begins.
    """
    if "[^" not in body:
        return body, []
    prose = without_code(body)
    notes = list(_NOTE.finditer(prose))
    starts = {note.start("label") for note in notes}
    references = (
        reference
        for reference in _REFERENCE.finditer(prose)
        if reference.start("label") not in starts
    )
    shown = {normalized_label(reference["label"]) for reference in references}
    words = {note: quoted(body[slice(*note.span("words"))]) for note in notes}
    edits = (
        Edit(*note.span(), "", _REASON, f"The note {note['label']}, {words[note]}")
        for note in notes
        if normalized_label(note["label"]) not in shown
    )
    body, omissions = edited(body, edits, first_line)
    return body, [omission for _, omission in omissions]
