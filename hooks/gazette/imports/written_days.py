"""Days as people write them: in words or figures, in the languages that policies come in.

A day that no calendar has, or that may be read as two, is no day: it is returned with its fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_NAMES = """
    january jan januar januari januar janvier enero ene gennaio gen janeiro tammikuu tammikuuta
        stycznia styczeń января январь ledna leden
    february feb februar februari février fevrier févr febrero febbraio fevereiro fev helmikuu
        helmikuuta lutego luty февраля февраль února únor
    march mar marts mär märz maerz mrz maart mars marzo março marco maaliskuu maaliskuuta marca
        marzec марта март března březen
    april apr avril avr abril abr aprile huhtikuu huhtikuuta kwietnia kwiecień апреля апрель dubna
        duben
    may mai mei maj mayo maggio maio toukokuu toukokuuta maja мая май května květen
    june jun juni juin junio giugno giu junho kesäkuu kesäkuuta czerwca czerwiec июня июнь června
        červen
    july jul juli juillet juil julio luglio lug julho heinäkuu heinäkuuta lipca lipiec июля июль
        července červenec
    august aug août aout agosto ago augustus augusti elokuu elokuuta sierpnia sierpień августа
        август srpna srpen
    september sept sep septembre septiembre settembre set setembro syyskuu syyskuuta września
        wrzesień сентября сентябрь září
    october oct oktober okt octobre octubre ottobre ott outubro out lokakuu lokakuuta października
        październik октября октябрь října říjen
    november nov novembre noviembre novembro marraskuu marraskuuta listopada listopad ноября ноябрь
    december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desember
        joulukuu joulukuuta grudnia grudzień декабря декабрь prosince prosinec
"""
_LINES = re.sub(r"\n {8}", " ", _NAMES).split("\n")
MONTHS = {
    name: month
    for month, line in enumerate((line for line in _LINES if line.strip()), 1)
    for name in line.split()
}
"""The month of each name that is read. Where two languages differ (`listopad`), one is."""
_MONTH = f"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_OF = r"(?:\s*(?:of|de|del|di|do|du)\b)?"
_DAY_NUMBER = r"\d{1,2}\s?(?:st|nd|rd|th|er|º|°|ª|\.)?"
DAY = re.sub(
    r"\s",
    "",
    rf"""(?:
    \d{{4}}\s*[年년]\s*\d{{1,2}}\s*[月월]\s*\d{{1,2}}\s*[日일]
    | \d{{4}}(?:[-/]|\.\s?)\d{{1,2}}(?:[-/]|\.\s?)\d{{1,2}}(?!\d)
    | \b\d{{1,2}}(?P<mark>[./-])\s?\d{{1,2}}(?P=mark)\s?\d{{4}}\b
    | \b\d{{1,2}}/\d{{1,2}}/\d{{2}}\b
    | \b{_MONTH}\b\.?\s+{_DAY_NUMBER}\s*,?\s*\d{{4}}\b
    | \b{_DAY_NUMBER}{_OF}[\s-]*{_MONTH}\b\.?,?{_OF}[\s-]*\d{{4}}\b
    | \b{_MONTH}\b\.?,?{_OF}\s+\d{{4}}\b
    )""",
)
"""The pattern of a day, for letters of either case."""
_PATTERN = re.compile(DAY, re.IGNORECASE)


class WrittenDay(NamedTuple):
    """A day where it stands in a text; without a day, `fault` says why in half a sentence."""

    text: str
    day: date | None
    fault: str = ""


def days_in(text: str) -> Iterator[WrittenDay]:
    """Yield the days that a text names, in order."""
    for match in _PATTERN.finditer(text):
        yield _read(match[0])


def day_of(text: str) -> date | None:
    """Read a day as pages write it, `2026-03-31` or `31. März 2026`; None for anything else."""
    return _read(text.strip()).day if _PATTERN.fullmatch(text.strip()) else None


def _read(text: str) -> WrittenDay:
    figures = [int(number) for number in re.findall(r"\d+", text)]
    month = _named_month(text)
    if month and len(figures) == 1:
        return WrittenDay(text, None, "names no day of a month")
    if month:
        number, year = figures
        return _checked(text, year, month, number)
    if len(str(figures[0])) == 4:
        return _checked(text, *figures)
    first, second, year = figures
    year += 2000 if year < 100 else 0
    if "." in text or first > 12:
        return _checked(text, year, second, first)
    if second > 12 or first == second:
        return _checked(text, year, first, second)
    return WrittenDay(text, None, "may be read as two days, month or day first")


def _named_month(text: str) -> int:
    names = (MONTHS.get(name) for name in re.findall(r"[^\W\d_]+", text.lower()))
    return next(filter(None, names), 0)


def _checked(text: str, year: int, month: int, number: int) -> WrittenDay:
    try:
        return WrittenDay(text, date(year, month, number))
    except ValueError:
        return WrittenDay(text, None, "is a day that no calendar has")
