"""Paragraphs of a Word file, one after another: headings, items of lists, text, text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gazette.imports.draft import MAX_HEADING_LETTERS, MAX_HEADING_WORDS
from gazette.imports.html_tree import Element, has, number_in, text_of
from gazette.imports.word.lists import Lists
from gazette.imports.word.names import W, attribute, child, value
from gazette.imports.word.numbering import BULLET, DEEPEST, Marker
from gazette.imports.word.runs import DRAWINGS, NOTE, write_inline
from gazette.imports.word.styles import Style, Styles
from gazette.imports.word.tables import columns_of, write_table
from gazette.imports.word.word_state import WordState

MOST_TIMES_LONGER = 2
"""A heading may be so many times longer than usual where it does not end like a sentence."""
_SENTENCE_END = re.compile(r"[.;:,。；][\"'”’)\]]*$")
_HOLDERS = {
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
}
_CHUNKS = {f"{W}altChunk": "another file", f"{W}subDoc": "a part in a file of its own"}


def write_blocks(parent: Element, out: Element, state: WordState, in_cell: bool = False) -> None:
    """Write the paragraphs and tables below an element behind all that `out` holds."""
    lists = Lists(out, not in_cell)
    dropped_capital = ""
    for node in _flat(parent):
        if node.tag == f"{W}tbl":
            lists.close()
            is_in_cell = in_cell or columns_of(node) > 1
            for cell, html_cell in write_table(node, etree.SubElement(out, "table")):
                write_blocks(cell, html_cell, state, is_in_cell)
        elif node.tag in _CHUNKS:
            state.omit(_CHUNKS[str(node.tag)], "Word joins it when the file is opened: save it.")
        elif _is_dropped_capital(node):
            dropped_capital += "".join(text.text or "" for text in node.iter(f"{W}t"))
        else:
            _paragraph(node, lists, state, dropped_capital)
            dropped_capital = ""


def _flat(parent: Element) -> Iterator[Element]:
    """Yield paragraphs and tables, also those that a content control or an insertion holds."""
    for node in list(parent):
        if node.tag in (f"{W}p", f"{W}tbl") or node.tag in _CHUNKS:
            yield node
        elif node.tag in DRAWINGS:
            loose = etree.Element(f"{W}p")
            etree.SubElement(loose, f"{W}r").append(node)
            yield loose
        elif node.tag in _HOLDERS:
            yield from _flat(node)


def _is_dropped_capital(node: Element) -> bool:
    frame = child(child(node, "pPr"), "framePr")
    return attribute(frame, "dropCap") in ("drop", "margin")


def _paragraph(node: Element, lists: Lists, state: WordState, opening: str) -> None:
    """Write one paragraph, and behind it the text boxes that hang on it."""
    state.enter(node)
    boxes, state.boxes = state.boxes, []
    style = state.styles.of_paragraph(node)
    number = _number_of(node, style, state)
    marker = state.numbering.next(*number) if number else None
    content = etree.Element("p")
    content.text = opening
    write_inline(node, content, state)
    _note_bookmarks(node, state)
    if _shows(content, marker):
        _write(content, _level(node, state.styles, text_of(content)), marker, lists, state)
        _note_bookmarks(node, state)
    own_boxes, state.boxes = state.boxes, boxes
    for box in own_boxes:
        lists.close()
        write_blocks(box, lists.parent, state, not lists.are_written)


def _shows(content: Element, marker: Marker | None) -> bool:
    """Tell whether a reader sees a paragraph: one without words has a number at least."""
    has_number = marker is not None and bool(marker.text) and marker.style != BULLET
    return has_number or bool(text_of(content).strip()) or has(content, "img") or has(content, NOTE)


def _note_bookmarks(node: Element, state: WordState) -> None:
    """Note the heading that the bookmarks of a paragraph stand at or below."""
    heading = state.heading
    if heading is not None:
        state.targets |= dict.fromkeys(state.bookmarks.get(node, ()), heading)


def _number_of(node: Element, style: Style, state: WordState) -> tuple[str, int] | None:
    """Return the numbering that a paragraph is in and its level there, None where it is in none."""
    properties = child(child(node, "pPr"), "numPr")
    style_number, style_level = style.numbering()
    number = value(properties, "numId") or style_number
    if number in ("", "0"):
        return None
    stated = value(properties, "ilvl")
    tied = state.numbering.level_of_style(number, style.ids)
    if not stated:
        stated = str(tied) if tied is not None else style_level
    return number, number_in(stated, 0, DEEPEST)


def _level(node: Element, styles: Styles, text: str) -> int:
    """Return the level of a paragraph as a heading; a clause is none, whatever its style."""
    level = styles.level_of(node)
    return 0 if level > 1 and _is_clause(" ".join(text.split())) else level


def _is_clause(text: str) -> bool:
    """Tell whether a text is too long for a heading, or long and ends like a sentence."""
    excess = max(len(text.split()) / MAX_HEADING_WORDS, len(text) / MAX_HEADING_LETTERS)
    return excess > (1 if _SENTENCE_END.search(text) else MOST_TIMES_LONGER)


def _write(
    content: Element, level: int, marker: Marker | None, lists: Lists, state: WordState
) -> None:
    """Put a paragraph where its marker and level say."""
    is_heading = level > 0 and bool(text_of(content).strip()) and lists.are_written
    shows_marker = False
    is_empty = not text_of(content).strip() and not len(content)
    if marker is None or not marker.text or is_heading:
        lists.close()
        out = etree.SubElement(lists.parent, f"h{level}" if is_heading else "p")
    else:
        out, shows_marker = lists.place(marker, as_text=is_empty)
    text = content.text or ""
    out.text = f"{marker.text}{text.lstrip()}" if marker and not shows_marker else text
    out.extend(list(content))
    if is_heading:
        state.heading = out
