"""Numbers of sections as they are written: `4.2`, `3(b)`, `IV`, `第三条`."""

from __future__ import annotations

import re

from gazette.text.visible import UNSEEN

Number = tuple[str, ...]
"""`3.2` and `3(b)` as ("3", "2") and ("3", "b")."""

ROMAN = r"(?=[mdclxvi])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})(?![mdclxvi])"
"""The pattern of a Roman number from 1 to 3999, in small letters."""
_IS_ROMAN = re.compile(ROMAN)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_PARTS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = 26

_ENGLISH_NOUN = (
    r"(?:(?:section|article|clause|part|chapter|annex|appendix|schedule)(?![^\W\d_])|§+)"
)
_OTHER_NOUN = r"""(?:
    artikel|abschnitt|ziffer|kapitel|teil|anhang|anlage
    |chapitre|partie|annexe
    |artículo|sección|cláusula|capítulo|parte|anexo|apéndice
    |المادة|البند|القسم|الفصل|الباب|الجزء|الملحق
)(?![^\W\d_])"""
"""In German, French, Spanish and Arabic, where these are other words."""
_NOUN = rf"(?:{_ENGLISH_NOUN}|{_OTHER_NOUN})"
_NOUN_BEFORE = re.compile(rf"\s*({_NOUN})\s*\(?\w", re.I | re.X)
_DAY = r"\d{1,2}(?:\.\d{1,2}\.\d{4}\b|(?:\s+[^\W\d_]+\.?,?|\.\s*[^\W\d_]+)\s+\d{4}\b)"
_HEADING_NUMBER = re.compile(
    rf"""(?!{_DAY}) (?:{_NOUN}\s*)?
    (?: \(? (?P<marked>(?>\d+(?:\.\d+)*[a-z]?) | [a-z] | {ROMAN}) \)? \s*
        (?:[.):]|\s[-–—](?=\s)|(?<=\)))
      | (?P<bare>\d+(?:\.\d+)+ | \d{{1,3}}) (?=\s)
    ) \s* (?=\S)
    | {_NOUN} \s* (?P<counted>\d+(?:\.\d+)*)\b[.):]?\s*
    | (?:{_ENGLISH_NOUN}|{_OTHER_NOUN}(?=\s*(?-i:[A-Z]))) \s*
      (?P<named>[a-z]|{ROMAN})\b(?!['’])[.):]?\s*
    | 第\s*(?P<chinese>[\d〇一二三四五六七八九十百]+)\s*[条章节節部]\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_PART = re.compile(r"\d+[a-z]?(?![a-z])|[a-z]+")


def heading_number(heading: str) -> str:
    """Return the number or letter a heading begins with ("4.2", "b"), or an empty text."""
    match = _HEADING_NUMBER.match(heading if heading.isascii() else UNSEEN.sub("", heading))
    return next((group for group in match.groups() if group), "").lower() if match else ""


def heading_noun(heading: str) -> str:
    """Return the noun before the number of a heading ("article"; "section" for §), or ""."""
    match = _NOUN_BEFORE.match(heading) if heading_number(heading) else None
    return match[1].lower().replace("§§", "§").replace("§", "section") if match else ""


def number_length(heading: str) -> int:
    """Return how many characters the number takes at the beginning of a heading, noun and all."""
    match = _HEADING_NUMBER.match(heading)
    return match.end() if match else 0


def number_of(text: str) -> Number:
    """Return the parts of a number as it is written."""
    return tuple(_PART.findall(text.lower()))


def shown(number: Number) -> str:
    """Return a number as it is mostly written: `3.2`, `3(b)`."""
    first, *rest = number
    return first + "".join(f".{part}" if part[:1].isdigit() else f"({part})" for part in rest)


def written(value: int, style: str) -> str:
    """Return a positive number as a list of the HTML `style` (`1`, `a`, `A`, `i`, `I`) counts."""
    if style in ("a", "A") and value > 0:
        letter = chr(ord("a") + (value - 1) % _LETTERS) * ((value - 1) // _LETTERS + 1)
        return letter.upper() if style == "A" else letter
    if style in ("i", "I") and 0 < value < 4000:
        return _roman(value).upper() if style == "I" else _roman(value)
    return str(value)


def values_of(text: str) -> list[int]:
    """Return what a letter or Roman number, of any case, can stand for: `i` is 9, or 1."""
    text = text.lower()
    values = [ord(text) - ord("a") + 1] if len(text) == 1 and "a" <= text <= "z" else []
    if _IS_ROMAN.fullmatch(text):
        digits = [_ROMAN_VALUES[letter] for letter in text]
        pairs = zip(digits, [*digits[1:], 0], strict=True)
        values.append(sum(-digit if digit < following else digit for digit, following in pairs))
    return values


def _roman(value: int) -> str:
    letters = ""
    for part, letter in _ROMAN_PARTS:
        times, value = divmod(value, part)
        letters += letter * times
    return letters
