"""Words that are written in a text and that no reader gets: a page has to hold all of them.

What reads a text may drop parts of it without a word: cells that no column is for, a definition
that nothing uses, a second one of the same name. So the words of the source are counted against
those of the page, its tags and addresses included; what was taken out on purpose is reported
elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from gazette.text.markdown_source import blanked
from gazette.text.sanitizer import ELEMENTS, MARKUP, WITH_CONTENT, Removal, attributes_of

_WORD = re.compile(r"[^\W_]+")
_FORMAT = re.compile(r"[*_~`\\]+")
"""Marks that may stand inside a word and are not shown."""
_ELEMENT = re.compile(
    rf"<(?P<around>{'|'.join(sorted(WITH_CONTENT))})\b.*?(?:</(?P=around)[^>]*>|\Z)"
    r"|</?(?P<element>[a-zA-Z][^\s/>]*)[^>]*>",
    re.S | re.I,
)
_ID = re.compile(r' id="([^"]*)"')
_UNSEEN = re.compile(
    r"<!--.*?-->"
    r"|^[ \t>]*(?:(?:[*+-]|\d{1,9}[.)])(?=\s)[ \t]*)+(?:\[[xX]\])?"  # what begins an item
    r"|^[ \t>]*\*?\[[^\]\n]*\][ ]?:|(?<=\])\[[^\[\]\n]*\]|\[\^[^\]\n]*\]:?|^\[TOC\]"  # names
    r"|^[ \t>]*\[!\w+\][ \t]*$",
    re.S | re.M,
)
"""What is written for the program that reads the text: no reader misses it."""


class UnshownWords(NamedTuple):
    """Words of a line that are on no page, and the place of the first of them, from 0."""

    place: int
    words: tuple[str, ...]


def unshown(body: str, html: str, removals: Sequence[Removal]) -> Iterator[UnshownWords]:
    """Yield the words of a Markdown text that its `html` does not hold, line by line.

    Words whose number on the page is right are taken to be there; those of `removals` are reported
    elsewhere.
    """
    source = _without_removed(_UNSEEN.sub(lambda match: blanked(match[0]), body), removals)
    missing = _missing(source, html, removals)
    if not missing:
        return
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    wanted = [[word for word in _words(line) if word in missing] for line in lines]
    for number in sorted(range(len(lines)), key=lambda line: (-len(wanted[line]), -line)):
        words = tuple(_taken(wanted[number], missing))
        if words:
            column = lines[number].lower().find(words[0])
            yield UnshownWords(starts[number] + max(column, 0), words)


def _without_removed(source: str, removals: Sequence[Removal]) -> str:
    """Blank the tags of all elements that are no HTML of a text, some with what is in them."""
    names = {removal.element for removal in removals if removal.element and not removal.attribute}
    if not names - ELEMENTS:
        return source

    def kept(match: re.Match[str]) -> str:
        is_gone = (match["element"] or match["around"]).lower() in names - ELEMENTS
        return blanked(match[0]) if is_gone else match[0]

    return _ELEMENT.sub(kept, source)


def _missing(source: str, html: str, removals: Sequence[Removal]) -> Counter[str]:
    """Return the words that the source has more often, whether marks divide words or not."""
    removed = " ".join(f"{what.element} {what.attribute} {what.value}" for what in removals)
    source = unescape(source)
    divided = Counter(_words(source))
    own_ids = [value for value in _ID.findall(html) if f"#{value}" not in source]
    glance = Counter(_words(f"{unescape(html)} {removed}")) - Counter(_words(" ".join(own_ids)))
    if divided <= glance:
        return Counter()
    page = _either(" ".join(_in_tags(html, source))) + Counter(_words(removed))
    page += _either(unescape(MARKUP.sub("", html)), unescape(MARKUP.sub(" ", html)))
    return divided & (Counter(_words(_FORMAT.sub("", source))) - page) & (divided - page)


def _in_tags(html: str, source: str) -> Iterator[str]:
    """Yield the names and values in the tags of a page, but ids that it gives of its own."""
    for tag in MARKUP.finditer(html):
        yield tag["element"] or ""
        for name, value in attributes_of(tag):
            if name != "id" or f"#{value}" in source or f"{name}=" in source:
                yield f"{name} {value}"


def _either(*texts: str) -> Counter[str]:
    """Count the words of texts in each way in which marks may divide them; of each the most."""
    counts = Counter[str]()
    for text in texts:
        counts |= Counter(_words(text)) | Counter(_words(_FORMAT.sub("", text)))
    return counts


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _taken(words: Iterable[str], missing: Counter[str]) -> Iterator[str]:
    for word in words:
        if missing[word]:
            missing[word] -= 1
            yield word
