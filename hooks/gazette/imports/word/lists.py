"""Numbered paragraphs of a Word file as lists, where a list of the site shows the same numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from gazette.imports.block_markdown import DELIMITER, SEPARATOR, SHOWN_AT_DEPTH
from gazette.imports.html_tree import Element
from gazette.imports.word.numbering import BULLET, Marker


@dataclass
class _OpenList:
    """A list that the next paragraph may go on with: its level, and the number it expects."""

    depth: int
    element: Element
    list_id: str
    expected: int


@dataclass
class Lists:
    """The lists at the end of an element, inside one another; `parent` holds them all.

    In the cells of a table there are none: what stands before a paragraph there is text.
    """

    parent: Element
    are_written: bool = True
    open_lists: list[_OpenList] = field(default_factory=list)

    def close(self) -> None:
        """End all lists: what follows stands behind them."""
        self.open_lists.clear()

    def place(self, marker: Marker, as_text: bool = False) -> tuple[Element, bool]:
        """Return the element for the next paragraph, and whether that shows the marker itself.

        Where it does not, which `as_text` asks for, the marker is to be written as text.
        """
        lists = self.open_lists
        while lists and lists[-1].depth > marker.depth:
            lists.pop()
        if not as_text and self._goes_on(marker):
            lists[-1].expected += 1
            return etree.SubElement(lists[-1].element, "li"), True
        while lists and lists[-1].depth >= marker.depth:
            lists.pop()
        parent = lists[-1].element[-1] if lists else self.parent
        if as_text or not self._can_begin(marker):
            return etree.SubElement(parent, "p"), False
        return self._begin(marker, parent), True

    def _goes_on(self, marker: Marker) -> bool:
        """Tell whether the innermost list goes on with a paragraph."""
        if not self.open_lists or self.open_lists[-1].depth != marker.depth:
            return False
        last = self.open_lists[-1]
        if marker.style == BULLET:
            return last.element.tag == "ul"
        is_same = last.list_id == marker.list_id and last.expected == marker.value
        return last.element.tag == "ol" and bool(marker.style) and is_same

    def _can_begin(self, marker: Marker) -> bool:
        """Tell whether a list inside those that are open would show the marker."""
        if not self.are_written:
            return False
        outer = sum(open_list.element.tag == "ol" for open_list in self.open_lists)
        shown = SHOWN_AT_DEPTH[min(outer, len(SHOWN_AT_DEPTH) - 1)]
        return marker.style == BULLET or (marker.style == shown and marker.value > 0)

    def _begin(self, marker: Marker, parent: Element) -> Element:
        """Begin a list and return its first item; it is kept apart from a list before it."""
        if len(parent) and parent[-1].tag in ("ul", "ol") and not parent[-1].tail:
            etree.SubElement(parent, SEPARATOR)
        element = etree.SubElement(parent, "ul" if marker.style == BULLET else "ol")
        if element.tag == "ol":
            element.set(DELIMITER, marker.text.rstrip()[-1:])
        if element.tag == "ol" and marker.value != 1:
            element.set("start", str(marker.value))
        self.open_lists.append(_OpenList(marker.depth, element, marker.list_id, marker.value + 1))
        return etree.SubElement(element, "li")
