"""Where the links of a text lead within it: an anchor can move while every word stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from gazette.text.sanitizer import MARKUP, attributes_of
from gazette.text.tokens import fold

_OF_FOOTNOTES = ("fn:", "fnref")
"""How the ids of footnotes begin: names that nobody sees, which links tell."""
_OF_CODE = "__"
"""How the ids of lines of code begin."""


def moved_anchors(old: str, new: str) -> Iterator[str]:
    """Yield the anchors that stand, or whose links lead, elsewhere in HTML that reads the same.

    What came, or led nowhere, is no matter; nor is what nothing leads to and is gone.
    """
    (old_links, before), (new_links, after) = map(_links_and_anchors, (old, new))
    for name, new_name in zip(old_links, new_links, strict=False):
        if name in before and before[name] != after.get(new_name):
            yield new_name
    for name, place in before.items():
        if not name.startswith(_OF_FOOTNOTES) and after.get(name, place) != place:
            yield name


def _links_and_anchors(html: str) -> tuple[list[str], dict[str, int]]:
    """Return the anchors that links name, in order, and the place of each anchor.

    A place is the number of letters before it; a table of contents is left out.
    """
    links: list[str] = []
    anchors: dict[str, int] = {}
    for attributes, place in _tags(html):
        for name in _names(attributes):
            anchors.setdefault(name, place)
        href = attributes.get("href", "")
        if href.startswith("#"):
            links.append(unquote(href[1:]))
    return links, anchors


def repeated_ids(html: str) -> list[str]:
    """Return the ids that HTML gives to several places, in the order in which they come again.

    A name of a link is one, too. Between two places are letters: what stands right before a heading
    is where that stands. Ids of lines of code are left out.
    """
    places: dict[str, set[int]] = defaultdict(set)
    repeated: dict[str, None] = {}
    for attributes, place in _tags(html):
        for name in _names(attributes):
            places[name].add(place)
            if len(places[name]) > 1 and not name.startswith(_OF_CODE):
                repeated[name] = None
    return list(repeated)


def _tags(html: str) -> Iterator[tuple[Mapping[str, str], int]]:
    """Yield the attributes of each tag and its place; a table of contents is left out."""
    letters = depth = end = 0
    for tag in MARKUP.finditer(html):
        if not depth:
            letters += _letters(html[end : tag.start()])
        end = tag.end()
        attributes = dict(attributes_of(tag))
        if tag["element"] == "div" and (depth or attributes.get("class") == "toc"):
            depth += -1 if tag["closing"] else 1
        if not depth:
            yield attributes, letters


def _names(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield the names by which links lead to an element, each once."""
    names = (attributes.get("id"), attributes.get("name"))
    return filter(None, dict.fromkeys(names))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, fold(unescape(text))))
