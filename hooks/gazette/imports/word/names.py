"""Names in Word's XML, and what elements of these names say."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.imports.html_tree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "none", "off")


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of one of Word's own names, None where there is none."""
    return element.find(f"{W}{name}") if element is not None else None


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute of Word's own, an empty text where there is none."""
    return str(element.get(f"{W}{name}", "")) if element is not None else ""


def value(element: Element | None, name: str) -> str:
    """Return the `val` of the child of this name, an empty text where there is none."""
    return attribute(child(element, name), "val")


def switch(properties: Element | None, name: str) -> bool | None:
    """Return whether properties turn something on or off, None where they do not say."""
    toggle = child(properties, name)
    return None if toggle is None else (attribute(toggle, "val") or "1") not in _OFF


def content_of(parent: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements of these tags below an element, but none that stand inside another."""
    for node in list(parent):
        if node.tag in tags:
            yield node
        else:
            yield from content_of(node, *tags)


def unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)


def remove(element: Element) -> None:
    """Take an element out of its tree; Word's elements have no text behind them."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def words_of(element: Element) -> str:
    """Return the letters that stand in an element, as far as they are text of the file."""
    texts = element.iter(f"{W}t", f"{W}delText", f"{W}tab", f"{W}br", f"{W}p")
    return " ".join("".join(text.text or " " for text in texts).split())
