"""Where in its source stands what the sanitizer took out of a text: a rendered text has no lines.

Tags, attribute lists and addresses are read from the source again, without its code. Things that
read alike are all taken out or none, so the third that was taken out is the third that is written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import chain
from typing import NamedTuple

from gazette.text.markdown_source import target_spans, without_blocks_of_code
from gazette.text.sanitizer import ATTRIBUTES, MARKUP, Removal, attributes_of, lone_ends, may_have

MAX_LOCATED = 200
"""So many of the things taken out are looked for in the source: nobody reads of more at once."""

_UNSEEN = re.compile(r"[\s\x00-\x20\"']+")
_ATTRIBUTE_LIST = re.compile(r"(?P<start>[ \t]*\{:?[ \t]*)(?P<words>[^{}\n]+?)(?P<end>[ \t]*\})")
_BLANKS = re.compile(r"\s*")
_WORD = re.compile(r"[^\s=\"']+=(?:\"[^\"]*\"|'[^']*'|\S*)|\S+")
_FENCE = re.compile(r"^[ >]*(?:```+|~~~+)(?=[ \t]*\{)", re.M)

_NAMING = frozenset({"id", "name"})
"""Attributes that links lead to."""
_NAMED = re.compile("(?:#|(?:id|name)=)(.+)", re.I | re.S)
"""The same between the braces of an attribute list."""

_BEFORE_LABELS = re.compile(r"^fn(?:ref\d*)?:")
"""What the ids of footnotes and of their marks have before the label that is written."""

_Key = tuple[str, str]
"""An attribute and its value, or nothing and an element."""
END = "</"
"""How an end tag begins; those that end nothing have keys of their own."""


class RemovalPlace(NamedTuple):
    """Where in a source something stands that was taken out, counted from 0.

    `removable` is the span that a source can do without, and what is to stand there instead; None
    where that would change what readers get. What an extension made of the text has no place: it is
    not `is_written`.
    """

    place: int
    removal: Removal
    removable: tuple[int, int, str] | None = None
    is_written: bool = True


@dataclass(frozen=True)
class _Unit:
    """A list of attributes as it is written: an attribute of HTML, its classes, or braces."""

    start: int
    end: int
    words: tuple[tuple[str, _Key], ...]
    opening: str = ""
    closing: str = ""

    def without(self, keys: frozenset[_Key]) -> str:
        """Return it without some of its words; nothing at all where none is left."""
        kept = " ".join(word for word, key in self.words if key not in keys)
        return kept and self.opening + kept + self.closing


class _Source:
    """What is written in a text by its key: the element, "" for any, the place, and the unit."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.written: dict[_Key, list[tuple[int, str, _Unit | None]]] = defaultdict(list)
        text = without_blocks_of_code(body)
        for tag in lone_ends(MARKUP.finditer(text)):
            self._add((END, tag[0]), tag.start())
        for tag in MARKUP.finditer(text):
            element = (tag["element"] or "").lower()
            if element and not tag["closing"]:
                self._add(("", element), tag.start(), element)
                self._add_attributes(element, tag["attributes"], tag.start("attributes"))
        for match in chain(_ATTRIBUTE_LIST.finditer(text), _lists_of_fences(self.body)):
            words = tuple((word, _key_of(word)) for word in _WORD.findall(match["words"]))
            unit = _Unit(*match.span(), words, match["start"], match["end"])
            for word, (_, key) in zip(_WORD.finditer(match["words"]), words, strict=True):
                self._add(key, match.start("words") + word.start(), "", unit)
        for start, end in target_spans(self.body):
            for attribute in ("href", "src"):
                self._add(_key(attribute, text[start:end]), start)
        for places in self.written.values():
            places.sort(key=lambda written: written[0])

    def _add(self, key: _Key, place: int, element: str = "", unit: _Unit | None = None) -> None:
        self.written[key].append((place, element, unit))

    def _add_attributes(self, element: str, text: str, offset: int) -> None:
        for match in ATTRIBUTES.finditer(text):
            name, value = match[1].lower(), (match[2] or "").strip("\"'")
            values = value.split() if name == "class" else [value]
            words = tuple((value, _key(name, value)) for value in values)
            start, end, lead = _span(match)
            unit = _Unit(start + offset, end + offset, words, f'{lead}{name}="', '"')
            for _, key in words:
                self._add(key, match.start(1) + offset, element, unit)

    def all_of(self, removal: Removal) -> list[tuple[int, str, _Unit | None]]:
        """Return what is written as this was, in order."""
        return [
            written
            for written in self.written.get(_key_of_removal(removal), [])
            if written[1] in ("", removal.element)
        ]

    def like(self, removal: Removal, after: int) -> int:
        """Return the place of letters that are like those of a removal; 0 where there are none."""
        attribute = removal.attribute and f"{removal.attribute}="
        for words in filter(None, (attribute, _written_value(removal), f"<{removal.element}")):
            place = self.body.find(words, after)
            place = place if place >= 0 else self.body.lower().find(words.lower())
            if place >= 0:
                return place
        return 0

    def holds(self, removal: Removal) -> bool:
        """Tell whether the letters of a removal are written in the text, however they are read."""
        value = _written_value(removal)
        words = value or removal.attribute or (removal.element and f"<{removal.element}")
        return words in self.body or "\n" in words or _letters(words) in self._all_letters

    @cached_property
    def _all_letters(self) -> str:
        return _letters(self.body)


def _written_value(removal: Removal) -> str:
    """Return the value as its editor wrote it: ids of footnotes are made of their labels."""
    is_id = removal.attribute == "id"
    return _BEFORE_LABELS.sub("", removal.value) if is_id else removal.value


def located(body: str, removals: Sequence[Removal]) -> Iterator[RemovalPlace]:
    """Yield what was taken out with the place in `body` where it stands, in the order given."""
    source = _Source(body)
    dead = Counter(map(_key_of_removal, filter(_is_dead, removals)))
    used: Counter[Removal] = Counter()
    place = 0
    for removal in removals[:MAX_LOCATED]:
        written = source.all_of(removal)
        if used[removal] < len(written):
            place, _, unit = written[used[removal]]
            keys = frozenset(key for key in dead if dead[key] == len(source.written[key]))
            yield RemovalPlace(place, removal, _removable(unit, removal, keys))
        elif source.holds(removal):
            place = source.like(removal, place)
            yield RemovalPlace(place, removal)
        else:
            yield RemovalPlace(0, removal, is_written=False)
        used[removal] += 1


def id_places(body: str) -> dict[str, list[int]]:
    """Return where in `body` each id is given, from its beginning on, and each name of a link.

    In HTML and in attribute lists, not by headings and notes, which have ids by themselves.
    """
    text = without_blocks_of_code(body)
    given: dict[str, list[int]] = defaultdict(list)
    for tag in MARKUP.finditer(text):
        for name in {value for attribute, value in attributes_of(tag) if attribute in _NAMING}:
            given[name].append(tag.start())
    for attributes in chain(_ATTRIBUTE_LIST.finditer(text), _lists_of_fences(body)):
        for word in _WORD.finditer(attributes["words"]):
            if match := _NAMED.fullmatch(word[0]):
                given[match[1].strip("\"'")].append(attributes.start("words") + word.start())
    return {name: sorted(places) for name, places in given.items()}


def _is_dead(removal: Removal) -> bool:
    """Tell whether an attribute says nothing that another one could say: it never had an effect."""
    known = may_have(removal.element, removal.attribute) and removal.attribute != "class"
    return bool(removal.attribute) and not known


def _removable(
    unit: _Unit | None, removal: Removal, keys: frozenset[_Key]
) -> tuple[int, int, str] | None:
    if unit is None or _key_of_removal(removal) not in keys:
        return None
    return unit.start, unit.end, unit.without(keys)


def _span(attribute: re.Match[str]) -> tuple[int, int, str]:
    """Return the span to take out with an attribute: blanks on one side; and those before it.

    It begins on the line of the attribute, and leaves no blank line inside of the tag.
    """
    start, name = attribute.start(), attribute.start(1)
    lead = attribute.string[start:name]
    if "\n" not in lead:
        return start, attribute.end(), lead
    blanks = _BLANKS.match(attribute.string, attribute.end())
    return name, blanks.end() if blanks else attribute.end(), ""


def _lists_of_fences(text: str) -> Iterator[re.Match[str]]:
    """Yield the attribute lists behind the fences that open blocks of code."""
    for fence in _FENCE.finditer(text):
        yield from _ATTRIBUTE_LIST.finditer(text, fence.end(), text.find("\n", fence.end()))


def _key_of(word: str) -> _Key:
    """Return the key of a word between the braces of an attribute list."""
    if word[0] in ".#":
        return _key("class" if word[0] == "." else "id", word[1:])
    name, _, value = word.partition("=")
    return _key(name.lower(), value)


def _key_of_removal(removal: Removal) -> _Key:
    if removal.attribute:
        return _key(removal.attribute, removal.value)
    is_end = removal.value.startswith(END)
    return (END, removal.value) if is_end else ("", removal.element)


def _key(attribute: str, value: str) -> _Key:
    """Return a key that is the same for a source and what it renders to: no blanks, no quotes."""
    return attribute, _letters(value)


def _letters(text: str) -> str:
    return _UNSEEN.sub("", unescape(text)).lower()
