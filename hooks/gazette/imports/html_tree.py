"""HTML trees that pages are read into: what an element holds, and text put into it or left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element

Element: TypeAlias = "_Element"
"""An element of a tree; lxml has no public name for the type that its functions return."""

Node: TypeAlias = "str | Element"
"""A part of what an element holds: text or an element."""


def text_of(element: Element) -> str:
    """Return all letters inside an element."""
    return "".join(map(str, element.itertext()))


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


def append_text(element: Element, text: str) -> None:
    """Add text behind all that an element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def remove(element: Element) -> None:
    """Take an element out of its tree and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)
