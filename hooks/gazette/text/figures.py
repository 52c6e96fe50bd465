"""Figures of a sentence, in one form however they are written: 30 days, thirty (30) days, 1'000."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gazette.text.tokens import fold
from gazette.text.vocabulary import NOTHING, Topic, Vocabulary
from gazette.text.wording import Op, Run

_ADDRESS = re.compile(r"\S*(?://|@|www\.)\S*")
_CODE = re.compile(r"\+?\d[\d()./ -]{8,}\d|\d+/\d{3,}\S*")
"""Numbers of telephones and of regulations."""
_CLAUSE_NUMBER = r"^\W*\(?\d+(?:\.\d+)*[.)]\s|^\W*\d+(?:\.\d+)+\s|\(\d{1,2}\)\s"
_DAY = re.compile(r"\b(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})\b")
_YEAR = re.compile(r"\d{4}|\d[-/.]\d{1,2}[-/.]\d").search
"""Without any of these a text has no date."""
_IS_YEAR = re.compile(r"(?:19|20)\d\d").fullmatch
_BARE = re.compile(r"\s*\d{1,3}(?:[.,'’]\d+)*\s*").fullmatch
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)")
_DIGITS = r"\d+(?:[.,'’ ]\d{3})*(?:[.,]\d+)?"
_CODES = "usd|eur|gbp|chf|cad|aud|jpy|inr|mxn"
_PERCENT = r"%|(?:percent|per cent|prozent|pour cent|por ciento)\b"
_ORDINAL = r"(?:st|nd|rd|th|er|[.º°])?"
_OF = r"(?:(?:of|del?)\s+)?"
_AND = "and|or|to|und|oder|bis|et|ou|à|au|y|o|al?|-|–"
"""What stands between numbers of sections, in any language."""
_AROUND = 24
"""Characters around a number in which a word tells that it is an age."""


class Figure(NamedTuple):
    """A number with its unit; `topic` is what kind of figure it is."""

    topic: Topic
    value: str
    unit: str = ""


class FigureReader:
    """Reads figures with the words of a language."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        months, numerals, units, sorts = map(
            _any_of, (vocabulary.months, vocabulary.numerals, vocabulary.units, vocabulary.sorts)
        )
        currency = rf"[$€£¥₹]|\b(?:{_CODES}|{vocabulary.currencies})\b"
        self._part = re.compile(rf"\d|{currency}|{_PERCENT}|\b(?:{numerals}|{units}|{sorts})\b")
        place = r"\d[\d.]*(?:\([a-z\d]+\))*"
        self._vocabulary = vocabulary
        self._clause_number = re.compile(rf"(?:{_CLAUSE_NUMBER})(?!(?:{units})\b)")
        self._reference = re.compile(
            rf"(?:\b(?:{vocabulary.references})s?|§+)\s*{place}"
            rf"(?:(?:,\s*(?:(?:{_AND})\s*)?|\s*(?:{_AND})\s*){place})*"
        )
        self._date = re.compile(
            rf"\b(?:({months})\.?\s+(\d{{1,2}}){_ORDINAL},?\s+(\d{{4}})"
            rf"|(\d{{1,2}}){_ORDINAL}\s+{_OF}({months})\.?,?\s+{_OF}(\d{{4}})"
            rf"|({months})\.?,?\s+{_OF}(\d{{4}}))\b"
        )
        self._repeated = re.compile(rf"\b(?:(?:{numerals})[\s-]+)+(?:\w+\s+)?\((?={currency}|\d)")
        self._unit = re.compile(
            rf"\)?(?:\s?(?:{_PERCENT}|{currency})"
            rf"|[\s-]+(?:(?:{sorts})\s+)?(?:{units})\b(?:\s+(?:{sorts})\b)?)?"
        )
        self._age = re.compile(rf"\b(?:{vocabulary.ages})\b")
        self._number = re.compile(
            rf"(?P<before>{currency})?\s?(?:(?P<digits>{_DIGITS})|\b(?P<word>{numerals})\b)"
            rf"(?P<behind>\s?(?:{_PERCENT}|{currency}))?"
            rf"(?:\)?[\s-]*(?:(?P<sort>{sorts})\s+)?(?P<unit>{units})\b"
            rf"(?:\s+(?P<sort_behind>{sorts})\b)?)?"
        )

    def with_units(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        """Return the runs, with a replaced number what follows it: of "(3) days" only 3 changed."""
        parts = list(runs)
        for at, (old, new, kept) in enumerate(zip(parts, parts[1:], parts[2:], strict=False)):
            if [run.op for run in (old, new, kept)] != [Op.DELETED, Op.INSERTED, Op.KEPT]:
                continue
            if match := self._unit_behind(old.text, new.text, kept.text):
                widened = [Run(run.op, run.text + match[0]) for run in (old, new)]
                parts[at : at + 3] = [*widened, Run(Op.KEPT, kept.text[match.end() :])]
        return tuple(parts)

    def _unit_behind(self, old: str, new: str, kept: str) -> re.Match[str] | None:
        """Return the unit behind two numbers; behind bare ones any word that can be a unit."""
        if not (self._is_number(old) and self._is_number(new)):
            return None
        match = self._unit.match(kept)
        if match and match[0]:
            return match
        following = _NEXT_WORD.match(kept) if _BARE(old) and _BARE(new) else None
        return following if following and self._can_be_unit(following[1].casefold()) else None

    def _can_be_unit(self, word: str) -> bool:
        vocabulary = self._vocabulary
        return not any(word in known for known in (vocabulary.idle, vocabulary.modals))

    def _is_number(self, text: str) -> bool:
        """Tell whether words end with a number."""
        last = re.split(r"[\s-]", text.rstrip())[-1].casefold()
        return last[-1:].isdigit() or last in self._vocabulary.numerals

    def has_part(self, text: str) -> bool:
        """Tell whether words hold a number, or what one can be a number of: "weeks", "EUR"."""
        return self._part.search(fold(text).casefold()) is not None

    def figures(self, text: str) -> Counter[Figure]:
        """Count the figures of a sentence; numbers of clauses, references, addresses are none."""
        counts: Counter[Figure] = Counter()
        text = fold(text).casefold()
        if "//" in text or "@" in text or "www." in text:
            text = _ADDRESS.sub(" ", text)
        if _YEAR(text):
            counts.update(map(self._named_day, self._date.finditer(text)))
            text = self._date.sub(" ", text)
            counts.update(map(self._day, _DAY.finditer(text)))
            text = _DAY.sub(" ", text)
        for pattern in (_CODE, self._clause_number, self._reference):
            text = pattern.sub(" ", text)
        if "(" in text:
            text = self._repeated.sub("(", text)
        for match in self._number.finditer(text):
            if figure := self._quantity(match, text):
                counts[figure] += 1
        return counts

    def _named_day(self, match: re.Match[str]) -> Figure:
        first, second, third = match.groups()[:3], match.groups()[3:6], match.groups()[6:]
        month, day, year = first if first[0] else (second[1], second[0], second[2])
        month, year = month or third[0], year or third[1]
        number = self._vocabulary.months[month]
        return Figure(Topic.DATE, f"{year}-{number:02}-{(day or '').zfill(2)}")

    def _day(self, match: re.Match[str]) -> Figure:
        parts = [part.zfill(2) for part in match.groups()]
        if len(parts[2]) == 4 and not ("/" in match[0] and self._vocabulary.month_first):
            parts.reverse()
        return Figure(Topic.DATE, "-".join(parts))

    def _quantity(self, match: re.Match[str], text: str) -> Figure | None:
        word, unit = match["word"], self._vocabulary.units.get(match["unit"], "")
        money = match["before"] or match["behind"]
        if word and not unit and not money:
            return None  # "one of them"
        value = str(self._vocabulary.numerals[word]) if word else _value(match["digits"])
        around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        if not money and unit in ("", self._vocabulary.year) and self._age.search(around):
            return Figure(Topic.AGE, value)
        if money:
            return Figure(Topic.AMOUNT, value, money.strip().rstrip("s"))
        if unit:
            return Figure(
                Topic.PERIOD, value, f"{match['sort'] or match['sort_behind'] or ''} {unit}".strip()
            )
        return Figure(Topic.DATE if _IS_YEAR(value) else Topic.NUMBER, value)


def _any_of(words: Iterable[str]) -> str:
    """Return alternatives of a pattern for words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or NOTHING


def _value(digits: str) -> str:
    """Return a number without what groups its digits, and without zeros behind the point."""
    whole = re.sub(r"[.,'’ ](?=\d{3}(?:\D|$))", "", digits)
    return re.sub(r"[.,]0+$", "", whole)
