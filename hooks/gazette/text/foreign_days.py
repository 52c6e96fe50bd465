"""Days and versions as people write them, in the form that the front matter asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""How the names of months begin in English."""
YEAR_FIRST = re.compile(r"(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})(?![\d])")
YEAR_LAST = re.compile(r"(\d{1,2})([-./ ])\s?(\d{1,2})\2\s?(\d{4})")
DAY_AND_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})"
)
NAME_AND_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
NUMBER = re.compile(r"[\s.,_-]*(?:v|version|release)?[\s.]*0*([1-9]\d{0,3})", re.I)
MAX_LETTERS = 40
"""No day is written with more letters than these."""


def days_of(text: str) -> tuple[date, ...]:
    """Return the day that a text writes in another form, both where it may mean two of them."""
    return tuple(sorted({day for day, end in _readings(text) if not _says_more(text[end:])}))


def versions_of(text: str) -> tuple[str, ...]:
    """Return the version that a text writes in another form: a day and the number of a release."""
    versions = set()
    for day, end in _readings(text):
        number = NUMBER.fullmatch(text[end:].rstrip())
        if number or not text[end:].strip(" .,_-"):
            versions.add(f"{day}.v{number[1] if number else 1}")
    return tuple(sorted(versions))


def _says_more(rest: str) -> bool:
    """Tell whether more stands behind a day than the hour."""
    return re.fullmatch(r"(?:[T\s,]+\d{1,2}:\d{2}.*)?", rest.strip()) is None


def _readings(text: str) -> Iterator[tuple[date, int]]:
    """Yield each day that a text may begin with, and where that ends."""
    text = text[:MAX_LETTERS]
    if match := YEAR_FIRST.match(text):
        year, month, day = map(int, match.groups())
        yield from _day(year, month, day, match.end())
    elif match := YEAR_LAST.match(text):
        first, second, last = int(match[1]), int(match[3]), int(match[4])
        yield from _day(last, second, first, match.end())
        if match[2] != ".":  # with dots, the day stands first everywhere
            yield from _day(last, first, second, match.end())
    elif match := DAY_AND_NAME.match(text):
        yield from _day(int(match[3]), _month(match[2]), int(match[1]), match.end())
    elif match := NAME_AND_DAY.match(text):
        yield from _day(int(match[3]), _month(match[1]), int(match[2]), match.end())


def _month(name: str) -> int:
    """Return the number of a month by its name, 0 where it is none."""
    start = name[:3].lower()
    return MONTHS.index(start) + 1 if start in MONTHS else 0


def _day(year: int, month: int, day: int, end: int) -> Iterator[tuple[date, int]]:
    try:
        yield date(year, month, day), end
    except ValueError:
        return
