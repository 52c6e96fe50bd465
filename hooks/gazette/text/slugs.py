"""The names of policies in addresses: made of words, checked, kept apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from itertools import chain, count
from typing import TypeGuard

from gazette.model import FOLDER_PATTERN, SLUG_PATTERN, Slug

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


def language_of_slug(slug: str) -> str:
    """Return the tag of the language of a translation, an empty text for an original."""
    return slug.rpartition("/")[0]


def original_of(slug: str) -> Slug:
    """Return the slug of the policy that a translation is one of; an original is its own."""
    return Slug(slug.rpartition("/")[2])


def slug_below(path: str, folder: str) -> Slug | None:
    """Return the slug of the policy at `path`, None where no policy of the `folder` can stand.

    Other folders than those of languages hold none. What no address can be made of is returned too.
    """
    if not path.startswith(folder) or not path.endswith(".md"):
        return None
    slug = path[len(folder) : -len(".md")]
    language = language_of_slug(slug)
    return None if language and not is_language(language) else Slug(slug)


def slug_at(path: str) -> Slug:
    """Return the slug of a policy whose file lies at `path`, anywhere."""
    *folders, name = path.removesuffix(".md").split("/")
    language = folders[-1] if folders[-2:-1] == ["policies"] else ""
    return Slug(f"{language}/{name}" if re.fullmatch(FOLDER_PATTERN, language) else name)


def archived_parts(path: str) -> tuple[str, str]:
    """Return the folder of a policy in the archive, its slug, and what stands behind it.

    A translation has a folder in that of its language. Names of versions and of lists are none of
    policies, so the folder of a policy called `de` may lie around that of translations.
    """
    first, _, rest = path.partition("/")
    second, slash, below = rest.partition("/")
    if slash and is_slug(f"{first}/{second}"):
        return f"{first}/{second}", below
    return first, rest


def is_language(tag: str) -> bool:
    """Tell whether a tag (BCP 47) names a language, as `de` and `pt-BR` do."""
    if not re.fullmatch(FOLDER_PATTERN, tag):
        return False
    from babel import Locale, UnknownLocaleError  # not before: few projects have translations

    primary = tag.partition("-")[0]
    try:
        return Locale.parse(primary).language == primary
    except UnknownLocaleError:
        return False


def nearest_language(name: str) -> str:
    """Return the tag that a folder's name was to be, as `pt-BR` for `pt_br`; empty for none."""
    primary, *more = re.split("[-_]", name)
    tag = "-".join((primary.lower(), *(_subtag(part) for part in more)))
    return tag if is_language(tag) else ""


def _subtag(part: str) -> str:
    """Return a subtag as it is written: that of a script is capitalized, that of a region upper."""
    return part.capitalize() if len(part) == 4 else part.upper()


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
    numbered = (Slug(f"{slugs[-1]}-{number}") for number in count(2))
    return next(slug for slug in chain(slugs, numbered) if slug not in taken)
