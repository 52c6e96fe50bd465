"""What matters first: changed numbers, dates and amounts, turned duties, terms replaced throughout.

A replacement is a deletion and the insertion in its place. What counts is found by looking at the
words, without a model: the same text gives the same list on every machine.
"""

from __future__ import annotations

import enum
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazette.text.document import Kind
from gazette.text.redline import BlockChange, Redline, SectionStatus
from gazette.text.replacements import Replacement, replacements
from gazette.text.wording import Run


class Topic(enum.Enum):
    """Why a change matters; in the order in which a reader should see them."""

    AMOUNT = "amount"
    DUTY = "duty"
    TERM = "term"

    @property
    def sentence(self) -> str:
        """The topic as a reader would say it."""
        return _SENTENCES[self]


_SENTENCES = {
    Topic.AMOUNT: "Number, date or amount",
    Topic.DUTY: "Duty or right",
    Topic.TERM: "Replaced throughout",
}


@dataclass(frozen=True, slots=True)
class Highlight:
    """One replacement: `place` is its section's place in the redline, where it stands first."""

    topic: Topic
    old: str
    new: str
    place: int
    times: int = 1


_THROUGHOUT = 5
"""So often the same replacement is a term that was replaced throughout, as the design says."""
_LONGEST = 8
"""Words of a replacement that a list can hold in a line; the longest that lawyers named first."""
_LONGEST_ALONE = 4
"""Words added or struck without any in their place: more of them are a sentence, not a term."""
_AMOUNT = re.compile(
    r"(?:[$€£¥₹]\s?)?\d+(?:[.,]\d+)*\s?%?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"twelve|fifteen|twenty|thirty|sixty|ninety|hundred|daily|weekly|monthly|yearly|annual(?:ly)?)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:must|shall|may|will|should|can(?:not)?|never|not|\w+n['’]t)\b", re.IGNORECASE
)
_MEASURED = re.compile(r"%|[$€£¥₹]|\b(?:hour|day|week|month|year|minute)s?\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s[^\W\d_]+")
_DATE = re.compile(r"\d[/.-]\d+[/.-]\d")
_ADDRESS = re.compile(r"\S*(?://|@|www\.)\S*")
_ITEM_NUMBER = re.compile(r"^\s*\(?\d+(?:\.\d+)*[.)]\s|^\s*\d+(?:\.\d+)+\s")
_BARE_NUMBER = re.compile(r"\(?\d+(?:\.\d+)*")
_REFERENCE = re.compile(r"\b(?:section|article|clause|paragraph)s?\b|§", re.IGNORECASE)


def highlights(change: Redline) -> tuple[Highlight, ...]:
    """Return what a reader should see first: amounts, duties, terms, each in the order of the text.

    The same replacement is listed once, with the number of its places.
    """
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, section in enumerate(change.sections):
        if section.status is SectionStatus.AMENDED:
            for words in _short_replacements(section.blocks):
                places[words].append(place)
    matters = [
        Highlight(topic, old, new, sections[0], len(sections))
        for (old, new), sections in places.items()
        if (topic := _topic(old, new, len(sections)))
    ]
    order = list(Topic)
    return tuple(sorted(matters, key=lambda highlight: order.index(highlight.topic)))


def _short_replacements(blocks: Sequence[BlockChange]) -> Iterator[tuple[str, str]]:
    """Yield what few words replaced, headings left out, with the unit behind a bare number."""
    for block in blocks:
        for cell in block.cells if block.block.kind is not Kind.HEADING else ():
            for replacement in replacements(cell.runs):
                if words := _short_words(replacement, cell.runs):
                    yield words


def _short_words(replacement: Replacement, runs: Sequence[Run]) -> tuple[str, str] | None:
    if runs[replacement.start].inline is None:
        return None  # a whole cell
    old, new = replacement.old, replacement.new
    kept = runs[replacement.end].text if replacement.end < len(runs) else ""
    longest = _LONGEST if old and new else _LONGEST_ALONE
    if old and new:
        if replacement.start == 0 and _is_renumbering(old, new, kept):
            return None
        unit = _unit(old + new, kept)
        old, new = old + unit, new + unit
    if max(len(old.split()), len(new.split())) > longest:
        return None
    return old.strip(), new.strip()


def _is_renumbering(old: str, new: str, kept: str) -> bool:
    """Whether a block begins with another number than before, written as text: "4. Fees"."""
    numbers = all(_BARE_NUMBER.fullmatch(text.strip()) for text in (old, new))
    return numbers and kept.startswith((".", ")"))


def _unit(numbers: str, kept: str) -> str:
    """Return the kept word behind two bare numbers: of "30 days" only the number changed."""
    if any(map(str.isalpha, numbers)) or _DATE.search(numbers):
        return ""
    word = _NEXT_WORD.match(kept)
    return word[0] if word else ""


def _topic(old: str, new: str, times: int) -> Topic | None:
    words = old + new
    before, after = _amounts(old), _amounts(new)
    counts = bool(before and after) or _MEASURED.search(words) is not None
    if before != after and counts and not _REFERENCE.search(words):
        return Topic.AMOUNT
    if _matches(_DUTY, old) != _matches(_DUTY, new):
        return Topic.DUTY
    return Topic.TERM if times >= _THROUGHOUT and old and new and old[0].isalnum() else None


def _amounts(text: str) -> list[str]:
    return _matches(_AMOUNT, _ADDRESS.sub("", _ITEM_NUMBER.sub("", text)))


def _matches(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted(word.lower() for word in pattern.findall(text))
