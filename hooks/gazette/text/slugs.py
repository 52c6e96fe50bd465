"""The names of policies in addresses: made of words, checked, kept apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from typing import TypeGuard

from gazette.model import SLUG_PATTERN, Slug

MAX_LETTERS = 200
"""Names of files have at most 255 letters on nearly all disks, and the engine adds to them."""
MAX_MADE_LETTERS = 100
"""A title may be long, an address that people pass on should not."""
LETTERS = str.maketrans(
    {"&": " and ", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l"}
    | {"þ": "th", "ı": "i", "'": "", "’": ""}
)
"""What stands for characters that have no base letter in ASCII."""


def is_slug(text: str) -> TypeGuard[Slug]:
    """Tell whether `text` can be the name of a policy in addresses, and of a file."""
    return len(text) <= MAX_LETTERS and re.fullmatch(SLUG_PATTERN, text) is not None


def slug_from(words: str) -> str:
    """Return the slug of a title or path: small letters, digits, hyphens; empty if none is left.

    Of a long one only the first words are taken.
    """
    plain = unicodedata.normalize("NFKD", words.lower().translate(LETTERS))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_only))
    if len(slug) <= MAX_MADE_LETTERS:
        return slug
    whole_words = slug[:MAX_MADE_LETTERS].rpartition("-")[0]
    return whole_words or slug[:MAX_MADE_LETTERS]


def unique_slug(candidates: Iterable[str], taken: Container[str]) -> Slug:
    """Return the first candidate that is a slug and not taken, else the last one with a number.

    At least one of the candidates has to be a slug.
    """
    slugs = [candidate for candidate in candidates if is_slug(candidate)]
    free = [slug for slug in slugs if slug not in taken]
    number = 2
    while not free:
        numbered = f"{slugs[-1]}-{number}"
        free = [] if numbered in taken else [Slug(numbered)]
        number += 1
    return free[0]
