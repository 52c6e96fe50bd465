"""What matters first: changed numbers, dates and amounts, turned duties, terms replaced throughout.

A replacement is a deletion and the insertion in its place. What counts is found by looking at the
words, without a model: the same text gives the same list on every machine.
"""

from __future__ import annotations

import enum
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gazette.text.document import Kind
from gazette.text.redline import BlockChange, Redline, SectionStatus
from gazette.text.wording import Op, Run


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
_LONGEST = 8
_LONGEST_ALONE = 4
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
            for swap in _swaps(section.blocks):
                places[swap].append(place)
    found = [
        Highlight(topic, old, new, where[0], len(where))
        for (old, new), where in places.items()
        if (topic := _topic(old, new, len(where)))
    ]
    order = list(Topic)
    return tuple(sorted(found, key=lambda one: order.index(one.topic)))


def _swaps(blocks: tuple[BlockChange, ...]) -> list[tuple[str, str]]:
    """Return the short replacements of a section, and one-sided changes of a single word or two."""
    return [
        swap
        for block in blocks
        if block.block.kind is not Kind.HEADING
        for cell in block.cells
        for swap in _in_runs(cell.runs)
    ]


def _in_runs(runs: tuple[Run, ...]) -> Iterator[tuple[str, str]]:
    for at, run in enumerate(runs):
        if run.op is Op.KEPT or run.inline is None:
            continue
        follows = runs[at + 1] if at + 1 < len(runs) else None
        if run.op is Op.DELETED and follows and follows.op is Op.INSERTED:
            if at == 0 and _is_renumbering(run, follows, runs[2:3]):
                continue
            unit = _unit(run.text, follows.text, runs[at + 2 : at + 3])
            yield from _short(run.text + unit, follows.text + unit, _LONGEST)
        elif run.op is Op.DELETED:
            yield from _short(run.text, "", _LONGEST_ALONE)
        elif at == 0 or runs[at - 1].op is not Op.DELETED:
            yield from _short("", run.text, _LONGEST_ALONE)


def _is_renumbering(old: Run, new: Run, after: tuple[Run, ...]) -> bool:
    """Whether a block begins with another number than before, written as text: "4. Fees"."""
    bare = all(_BARE_NUMBER.fullmatch(run.text.strip()) for run in (old, new))
    return bare and bool(after) and after[0].op is Op.KEPT and after[0].text.startswith((".", ")"))


def _unit(old: str, new: str, after: tuple[Run, ...]) -> str:
    """Return the kept word behind two bare numbers: of "30 days" only the number changed."""
    bare = not any(map(str.isalpha, old + new)) and not _DATE.search(old + new)
    if not bare or not after or after[0].op is not Op.KEPT:
        return ""
    word = _NEXT_WORD.match(after[0].text)
    return word[0] if word else ""


def _short(old: str, new: str, longest: int) -> Iterator[tuple[str, str]]:
    if max(len(old.split()), len(new.split())) <= longest:
        yield old.strip(), new.strip()


def _topic(old: str, new: str, times: int) -> Topic | None:
    both = old + new
    before, after = _amounts(old), _amounts(new)
    counts = bool(before and after) or _MEASURED.search(both) is not None
    if before != after and counts and not _REFERENCE.search(both):
        return Topic.AMOUNT
    if _found(_DUTY, old) != _found(_DUTY, new):
        return Topic.DUTY
    return Topic.TERM if times >= _THROUGHOUT and old and new and old[0].isalnum() else None


def _amounts(text: str) -> list[str]:
    return _found(_AMOUNT, _ADDRESS.sub("", _ITEM_NUMBER.sub("", text)))


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted(word.lower() for word in pattern.findall(text))
