"""Numbered places of a text: sections and paragraphs that can be referred to by number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gazette.text.document import FIRST_WORDS, Block, Document, Section
from gazette.text.numbers import Number, heading_noun, number_of

DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)\.?(?=\s|$)")
LETTERED = re.compile(r"\((\d{1,2}|[a-z]{1,4})\)\s")
PLAIN = re.compile(r"(\d{1,2})\.\s")
NOT_SHOWN = re.compile(r"^(?:\d+(?:\.\d+)*\.?|\([a-z\d]+\))\s*")


@dataclass(frozen=True, eq=False)
class NumberedPlace:
    """What stands under a number: a section, or a block of it."""

    number: Number
    section: Section
    block: Block | None = None

    @property
    def name(self) -> str:
        """What readers see there: the heading, or the first words."""
        if self.block is None:
            return self.section.heading
        words = self.opening.split()
        return " ".join(words[:FIRST_WORDS]) + (" ..." if len(words) > FIRST_WORDS else "")

    @property
    def opening(self) -> str:
        """The heading, or the block, without its number."""
        return NOT_SHOWN.sub("", self.block.text) if self.block else self.section.title


def places_of(document: Document, noun: str) -> Mapping[Number, NumberedPlace]:
    """Return what stands under each number; a number that stands twice is left out.

    `noun` is that of a reference: where headings bear it, only those are meant; else rather those
    without any.
    """
    headings = list(_headings(document))
    named = [place for place in headings if heading_noun(place.section.heading) == noun]
    if named:
        return _unique(_all_places(document, named))
    bare = [place for place in headings if not heading_noun(place.section.heading)]
    places = _unique(_all_places(document, headings))
    return {**places, **_unique(_all_places(document, bare))} if bare else places


def numbers_of(document: Document) -> frozenset[Number]:
    """Return every number under which something stands."""
    return frozenset(_all_places(document, list(_headings(document))))


def _unique(places: Mapping[Number, Mapping[int, NumberedPlace]]) -> dict[Number, NumberedPlace]:
    return {
        number: next(iter(by_section.values()))
        for number, by_section in places.items()
        if len(by_section) == 1
    }


def _all_places(
    document: Document, headings: Sequence[NumberedPlace]
) -> Mapping[Number, Mapping[int, NumberedPlace]]:
    places: dict[Number, dict[int, NumberedPlace]] = defaultdict(dict)
    for place in headings:
        places[place.number][id(place.section)] = place
    full = {place.section.index: place.number for place in headings}
    plain = not headings and not _restarts(document)
    for section in document.sections:
        for place in _blocks(section, full.get(section.index, ()), plain=plain):
            if all(other.block for other in places[place.number].values()):
                places[place.number][id(place.block)] = place
    return places


def _restarts(document: Document) -> bool:
    """Return whether lists of several sections begin with the same number: it tells no place."""
    firsts = [
        {
            next((item.number for item in block.path if item.number is not None), None)
            for block in section.blocks
        }
        for section in document.sections
    ]
    numbers = [number for first in firsts for number in first - {None}]
    return len(numbers) > len(set(numbers))


def _headings(document: Document) -> Iterator[NumberedPlace]:
    """Yield each numbered section under its own number, and under that with its parent's before."""
    above: list[tuple[int, Number]] = []
    for section in document.sections[1:]:
        while above and above[-1][0] >= section.level:
            above.pop()
        number = number_of(section.number)
        parent = above[-1][1] if above else ()
        if number:
            yield NumberedPlace(number, section)
        if number and parent and number[: len(parent)] != parent and len(number) == 1:
            number = parent + number
            yield NumberedPlace(number, section)
        if number:
            above.append((section.level, number))


def _blocks(section: Section, base: Number, *, plain: bool) -> Iterator[NumberedPlace]:
    opened: set[int] = set()
    for block in section.body:
        items = [item for item in block.path if item.number is not None]
        if items and id(items[-1]) not in opened and (base or plain):
            opened.add(id(items[-1]))
            yield NumberedPlace(base + tuple(str(item.number) for item in items), section, block)
        if match := DOTTED.match(block.text):
            yield NumberedPlace(number_of(match[1]), section, block)
        elif base and (match := LETTERED.match(block.text)):
            yield NumberedPlace((*base, match[1]), section, block)
        elif plain and (match := PLAIN.match(block.text)):
            yield NumberedPlace((match[1],), section, block)
