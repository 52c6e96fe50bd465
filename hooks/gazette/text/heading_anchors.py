"""The anchors of headings: in Latin letters as Python-Markdown makes them, else in their own.

Python-Markdown leaves out every letter that has no form in ASCII: of a heading in another script
nothing is left, or its number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from markdown.extensions import toc

Slugify = Callable[[str, str], str]
"""Makes an anchor of the words of a heading; the second is what stands between words."""

NAMELESS = "section"
"""The anchor of a heading without letters and digits."""
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lo"})
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Marks that choose a form of the sign before them; nobody types or sees them."""


class OwnLetters:
    """Makes anchors as a function does, but of all letters where that would lose some.

    Another function than Python-Markdown's own was chosen: it is overruled where it leaves nothing.
    """

    def __init__(self, slugify: Slugify) -> None:
        self.former = slugify

    def __call__(self, heading: str, separator: str) -> str:
        """Return the anchor of a heading."""
        anchor = self.former(heading, separator)
        letters = unicodedata.normalize("NFC", _VARIATIONS.sub("", heading).lower())
        loses = self.former is toc.slugify and any(map(_is_foreign, letters))
        if any(map(str.isalnum, anchor)) and not loses:
            return anchor
        kept = "".join(_words(letters)).strip()
        own_anchor = re.sub(rf"[{re.escape(separator)}\s]+", separator, kept)
        return own_anchor if any(map(str.isalnum, own_anchor)) else NAMELESS


def _is_foreign(letter: str) -> bool:
    """Tell whether a letter belongs to another script than Latin."""
    return (
        not letter.isascii()
        and unicodedata.category(letter) in _LETTERS
        and not unicodedata.normalize("NFKD", letter)[:1].isascii()
        and not unicodedata.name(letter, "").startswith("LATIN ")
    )


def _words(text: str) -> list[str]:
    """Return the letters, digits and blanks of a text, and the marks on letters."""
    kept: list[str] = []
    is_word = False
    for sign in text:
        is_mark = is_word and unicodedata.category(sign) in ("Mn", "Mc")
        is_word = is_mark or sign.isalnum()
        if is_word or sign.isspace() or sign in "-_":
            kept.append(sign)
    return kept
