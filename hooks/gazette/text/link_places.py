"""Where the links of a text lead within it: an anchor can move while every word stays."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from gazette.text.sanitizer import ATTRIBUTES, MARKUP
from gazette.text.tokens import fold

_OF_FOOTNOTES = ("fn:", "fnref")
"""How the ids of footnotes begin: names that nobody sees, which links tell."""


class LinkPlaces(NamedTuple):
    """The anchors that the links of a text name, in order, and the place of each anchor.

    A place is the number of letters before it.
    """

    links: tuple[str, ...]
    anchors: dict[str, int]


def moved_anchors(old: str, new: str) -> Iterator[str]:
    """Yield the anchors that stand, or whose links lead, elsewhere in HTML that reads the same.

    What came, or led nowhere, is no matter; nor is what nothing leads to and is gone.
    """
    before, after = link_places(old), link_places(new)
    for name, new_name in zip(before.links, after.links, strict=False):
        if name in before.anchors and before.anchors[name] != after.anchors.get(new_name):
            yield new_name
    for name, place in before.anchors.items():
        if not name.startswith(_OF_FOOTNOTES) and after.anchors.get(name, place) != place:
            yield name


def link_places(html: str) -> LinkPlaces:
    """Return where links and anchors of HTML stand; a table of contents is left out."""
    links: list[str] = []
    anchors: dict[str, int] = {}
    letters = depth = end = 0
    for tag in MARKUP.finditer(html):
        if not depth:
            letters += _letters(html[end : tag.start()])
        end = tag.end()
        attributes = _attributes(tag["attributes"] or "")
        if tag["element"] == "div" and (depth or attributes.get("class") == "toc"):
            depth += -1 if tag["closing"] else 1
        if depth:
            continue
        for name in (attributes.get("id"), attributes.get("name")):
            if name:
                anchors.setdefault(name, letters)
        href = attributes.get("href", "")
        if href.startswith("#"):
            links.append(unquote(href[1:]))
    return LinkPlaces(tuple(links), anchors)


def _attributes(written: str) -> dict[str, str]:
    """Return the attributes of a tag as the sanitizer writes them."""
    return {name: unescape(value.strip("\"'")) for name, value in ATTRIBUTES.findall(written)}


def _letters(text: str) -> int:
    return sum(map(str.isalnum, fold(unescape(text))))
