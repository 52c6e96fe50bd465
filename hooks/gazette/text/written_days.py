"""Days as people write them: in words or figures, in the languages that policies come in.

A day that no calendar has, or that may be read as two, is no day: it is returned with its fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple

_NAMES = """
    january jan januar januari januar janvier enero ene gennaio gen janeiro tammikuu tammikuuta
        stycznia styczeń января январь ledna leden
        ocak ianuarie ιανουαρίου ιανουάριος január يناير січня
    february feb februar februari février fevrier févr febrero febbraio fevereiro fev helmikuu
        helmikuuta lutego luty февраля февраль února únor
        şubat februarie φεβρουαρίου φεβρουάριος február فبراير лютого
    march mar marts mär märz maerz mrz maart mars marzo março marco maaliskuu maaliskuuta marca
        marzec марта март března březen
        mart martie μαρτίου μάρτιος március maret مارس березня
    april apr avril avr abril abr aprile huhtikuu huhtikuuta kwietnia kwiecień апреля апрель dubna
        duben
        nisan aprilie απριλίου απρίλιος április أبريل ابريل квітня
    may mai mei maj mayo maggio maio toukokuu toukokuuta maja мая май května květen
        mayıs μαΐου μάιος május مايو травня
    june jun juni juin junio giugno giu junho kesäkuu kesäkuuta czerwca czerwiec июня июнь června
        červen
        haziran iunie ιουνίου ιούνιος június يونيو червня
    july jul juli juillet juil julio luglio lug julho heinäkuu heinäkuuta lipca lipiec июля июль
        července červenec
        temmuz iulie ιουλίου ιούλιος július يوليو липня
    august aug août aout agosto ago augustus augusti elokuu elokuuta sierpnia sierpień августа
        август srpna srpen
        ağustos αυγούστου αύγουστος augusztus agustus أغسطس اغسطس серпня
    september sept sep septembre septiembre settembre set setembro syyskuu syyskuuta września
        wrzesień сентября сентябрь září
        eylül septembrie σεπτεμβρίου σεπτέμβριος szeptember سبتمبر вересня
    october oct oktober okt octobre octubre ottobre ott outubro out lokakuu lokakuuta października
        październik октября октябрь října říjen
        ekim octombrie οκτωβρίου οκτώβριος október أكتوبر اكتوبر жовтня
    november nov novembre noviembre novembro marraskuu marraskuuta listopada listopad ноября ноябрь
        kasım noiembrie νοεμβρίου νοέμβριος نوفمبر листопада
    december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desember
        joulukuu joulukuuta grudnia grudzień декабря декабрь prosince prosinec
        aralık decembrie δεκεμβρίου δεκέμβριος ديسمبر грудня
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
    (?:\d{{4}}|(?:令和|平成)\s*(?:\d{{1,2}}|元))\s*[年년]\s*\d{{1,2}}\s*[月월]\s*\d{{1,2}}\s*[日일]
    | \d{{4}}(?:[-/]|\.\s?)\d{{1,2}}(?:[-/]|\.\s?)\d{{1,2}}(?!\d)
    | \b\d{{1,2}}(?P<mark>[./-])\s?\d{{1,2}}(?P=mark)\s?\d{{4}}(?!\d)
    | \b\d{{1,2}}/\d{{1,2}}/\d{{2}}\b
    | (?<![\d.])\d{{2}}\.\d{{2}}\.\d{{2}}\b(?!\.\d)
    | \b\d{{4}}\.?\s+{_MONTH}\b\s+\d{{1,2}}\b\.?
    | \b\d{{1,2}}\s+tháng\s+\d{{1,2}},?\s+(?:năm\s+)?\d{{4}}(?!\d)
    | \b{_MONTH}\b\.?\s+{_DAY_NUMBER}\s*,?\s*\d{{4}}(?!\d)
    | \b{_DAY_NUMBER}(?:\s+day)?{_OF}[\s-]*{_MONTH}\b\.?,?{_OF}[\s-]*\d{{4}}(?!\d)
    | \b{_DAY_NUMBER}(?:-{_MONTH}-|\s?{_MONTH}\.?\s?['’])\d{{2}}\b
    | \b{_MONTH}\b\.?,?{_OF}\s+\d{{4}}\b
    )""",
)
"""The pattern of a day, for letters of either case."""
_NUMBER = re.compile(r"[\s.,_-]*(?:v|version|release)?[\s.]*0*([1-9]\d{0,3})", re.I)
_HOUR = re.compile(r"(?:[T\s,]+\d{1,2}:\d{2}.*)?")
_UNMARKED = re.compile(r"^(\d{4}(?=\d{4}(?!\d)| )|\d{1,2}(?= ))( ?)(\d\d?)\2(?=\d)")
_ERAS = {"平成": 1988, "令和": 2018}
"""The year before the first one of an era."""
FIRST_YEAR = 70
"""Two figures from here on are a year of the last century, lower ones of this."""
MAX_LETTERS = 40
"""No day is written with more letters than these."""


class WrittenDay(NamedTuple):
    """A day where it stands in a text: all that it may mean, and in half a sentence what is wrong.

    Nothing is where it means one day.
    """

    text: str
    days: tuple[date, ...] = ()
    fault: str = ""

    @property
    def day(self) -> date | None:
        """The day, where there is no doubt."""
        return self.days[0] if len(self.days) == 1 else None


def days_in(text: str) -> Iterator[WrittenDay]:
    """Yield the days that a text names, in order."""
    for match in re.finditer(DAY, text, re.IGNORECASE):
        yield _read(match[0])


def days_of(text: str) -> tuple[date, ...]:
    """Return the day that a text writes, both where it may mean two; none where it says more."""
    days, rest = _opening_days(text)
    return days if _HOUR.fullmatch(rest) else ()


def versions_of(text: str) -> tuple[str, ...]:
    """Return the version that a text writes in another form: a day and the number of a release."""
    days, rest = _opening_days(text)
    number = _NUMBER.fullmatch(rest)
    if number is None and rest.strip(" .,_-"):
        return ()
    return tuple(f"{day}.v{number[1] if number else 1}" for day in days)


def _opening_days(text: str) -> tuple[tuple[date, ...], str]:
    """Return what a text may mean that begins with a day, and what stands behind that."""
    text = _UNMARKED.sub(r"\1-\3-", text[:MAX_LETTERS], count=1) if text[:1].isdigit() else text
    match = re.match(DAY, text[:MAX_LETTERS], re.IGNORECASE)
    return (_read(match[0]).days, text[match.end() : MAX_LETTERS].rstrip()) if match else ((), "")


def _read(text: str) -> WrittenDay:
    figures = [int(number) for number in re.findall(r"\d+", text.replace("元", "1"))]
    figures[0] += _ERAS.get(text[:2], 0)
    month = _named_month(text)
    if month and len(figures) == 1:
        return WrittenDay(text, fault="names no day of a month")
    if month:
        year, number = figures if figures[0] > 999 else reversed(figures)
        orders = [(_whole_year(year), month, number)]
    elif figures[0] > 999:
        orders = [(figures[0], figures[1], figures[2])]
    else:
        first, second, year = figures
        year = _whole_year(year)
        orders = [(year, second, first), (year, first, second)]
    if "." in text or "tháng" in text.lower():  # the day stands first everywhere
        orders = orders[:1]
    days = tuple(sorted({day for order in orders for day in _dates(*order)}))
    faults = ("is a day that no calendar has", "", "may be read as two days, month or day first")
    return WrittenDay(text, days, faults[len(days)])


def _whole_year(year: int) -> int:
    return year + (2000 if year < FIRST_YEAR else 1900 if year < 100 else 0)


def _named_month(text: str) -> int:
    names = (MONTHS.get(name) for name in re.findall(r"[^\W\d_]+", text.lower()))
    return next(filter(None, names), 0)


def _dates(year: int, month: int, number: int) -> Iterator[date]:
    """Yield the day of a calendar, if there is one."""
    with suppress(ValueError):
        yield date(year, month, number)
