"""What decides what a text says though it is no word: symbols, and how words are shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from gazette.text.canonical import words_form
from gazette.text.wording import Run

_SYMBOLS = frozenset("%‰‱§¶&@#*†‡/\\")
"""What Unicode calls punctuation, and no sentence needs."""
_APOSTROPHES = frozenset("´`")
_FORMATS = frozenset(("struck", "raised", "lowered"))
"""What bold and italic words say they say in plain letters, too; these say something else."""


def is_symbol(character: str) -> bool:
    """Tell whether a character is more than sentence punctuation: a sign, a currency, an emoji."""
    if character in _SYMBOLS:
        return True
    return unicodedata.category(character)[0] == "S" and character not in _APOSTROPHES


def is_reformatted(old: str, new: str) -> bool:
    """Tell whether words became struck, raised or lowered, or are no longer.

    Both are formats as a note has them, with a plus between those of several parts.
    """
    return _substance(old) != _substance(new)


def _substance(formats: str) -> list[tuple[str, ...]]:
    parts = (_FORMATS.intersection(part.split(", ")) for part in formats.split(" + "))
    return list(dict.fromkeys(tuple(sorted(part)) for part in parts))


def is_shown_otherwise(old: Run, new: Run) -> bool:
    """Tell whether words are struck or hidden, say, beside those that they replace.

    No note tells of it: notes are about words that stayed.
    """
    return _looks(old) != _looks(new)


def _looks(run: Run) -> Sequence[tuple[object, ...]]:
    if run.inline is None:
        return []
    pieces = run.inline.pieces(run.start, run.end)
    forms = [words_form(marks) for text, marks in pieces if text.strip()]
    looks = (
        (*_substance(form.format), form.visibility, form.tooltip, form.direction, form.other)
        for form in forms
    )
    return list(dict.fromkeys(looks))
