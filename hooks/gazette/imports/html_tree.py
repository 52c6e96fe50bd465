"""HTML trees that pages are read into: what an element holds, and text put into it or left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from gazette.imports.omissions import quoted

if TYPE_CHECKING:
    from lxml.etree import _Element

Element: TypeAlias = "_Element"
"""An element of a tree; lxml has no public name for the type that its functions return."""

REMOVED = "removed"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

Node: TypeAlias = "str | Element"
"""A part of what an element holds: text or an element."""


def text_of(element: Element) -> str:
    """Return all letters inside an element."""
    return "".join(map(str, element.itertext()))


def words_of(element: Element) -> str:
    """Return the words of an element, blanks between its parts."""
    return " ".join(" ".join(map(str, element.itertext())).split())


def place_of(element: Element) -> str:
    """Return where an element stands in its file: its line, or its words where none is known."""
    return f"Line {element.sourceline}" if element.sourceline else quoted(words_of(element))


def children(element: Element) -> Iterator[Node]:
    """Yield what an element holds: its text, and its children, each followed by its tail."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield child
        yield child.tail or ""


def has(element: Element, tag: str) -> bool:
    """Tell whether an element is, or holds, one of this tag."""
    return next(element.iter(tag), None) is not None


def number_in(text: str, default: int, most: int) -> int:
    """Return the number that an attribute states, `default` where it states none up to `most`."""
    text = text.strip()
    if not text.isdecimal() or len(text) > len(str(most)) or int(text) > most:
        return default
    return int(text)


def append_text(element: Element, text: str) -> None:
    """Add text behind all that an element holds."""
    last = next(element.iterchildren(reversed=True), None)
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        element.text = (element.text or "") + text


def remove_all(root: Element, elements: Iterable[Element]) -> None:
    """Take elements out of the tree below `root` and leave the text behind each."""
    for element in elements:
        if element is not root:
            element.tag = REMOVED
    etree.strip_elements(root, REMOVED, with_tail=False)
