"""What a Word file holds and does not show: hidden text, and places that nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.imports.html_tree import Element
from gazette.imports.omissions import Omission, quoted
from gazette.imports.word.names import WP, V, W, child, remove, switch, value, words_of
from gazette.imports.word.styles import Styles
from gazette.imports.word.tracked_changes import join_next
from gazette.imports.word.word_state import WHOLE_TEXT

_HIDDEN = "vanish"
_NOT_SHOWN = "Word does not show it, so no reader is meant to see it."
_WHITE = ("FFFFFF", "white")
_GROUND = ("shd", "tblStyle", "highlight")
"""What gives letters another ground than white paper."""
_UNSEEN_SHAPE = re.compile(r"visibility\s*:\s*hidden", re.I)


def remove_hidden(root: Element, styles: Styles) -> Iterator[Omission]:
    """Take out what Word does not show: runs, rows and drawings that are hidden.

    A paragraph goes with its mark where nothing is left of it, and joins the next one where it has
    words left. Yield a line for the list that counts the passages.
    """
    passages = [*_without_objects(root), *_without_runs(root, styles)]
    if passages:
        several = f" in {len(passages)} paragraphs, first" if passages[1:] else ""
        yield Omission(WHOLE_TEXT, f"hidden text{several} {quoted(passages[0])}", _NOT_SHOWN)
    for paragraph in reversed(list(root.iter(f"{W}p"))):
        if _is_mark_hidden(paragraph, styles):
            parent = paragraph.getparent()
            if next(paragraph.iter(f"{W}r"), None) is not None:
                if not styles.level_of(paragraph):
                    join_next(paragraph)
            elif parent is not None and len(parent.findall(f"{W}p")) > 1:
                remove(paragraph)


def _without_objects(root: Element) -> Iterator[str]:
    """Take out hidden rows and drawings; yield the words of each that has any."""
    rows = (row for row in root.iter(f"{W}tr") if switch(child(row, "trPr"), "hidden"))
    drawings = (
        next(mark.iterancestors(f"{W}drawing"), mark)
        for mark in root.iter(f"{WP}docPr")
        if mark.get("hidden") in ("1", "true")
    )
    shapes = (
        _with_frame(shape)
        for shape in root.iter(f"{V}*")
        if _UNSEEN_SHAPE.search(str(shape.get("style", "")))
    )
    for element in [*rows, *drawings, *shapes]:
        if words := words_of(element):
            yield words
        remove(element)


def _with_frame(shape: Element) -> Element:
    """Return what a shape is drawn in, or the shape alone where words of others are in that."""
    frame = next(shape.iterancestors(f"{W}pict"), shape)
    return frame if words_of(frame) == words_of(shape) else shape


def _without_runs(root: Element, styles: Styles) -> Iterator[str]:
    """Take out hidden runs; yield the words of each paragraph that had any with words."""
    hidden: dict[Element, str] = {}
    for run in list(root.iter(f"{W}r")):
        if styles.is_on(run, _HIDDEN) or _is_white(run):
            paragraph = next(run.iterancestors(f"{W}p"), root)
            hidden[paragraph] = f"{hidden.get(paragraph, '')}{words_of(run)} ".lstrip()
            remove(run)
    yield from filter(None, hidden.values())


def _is_white(run: Element) -> bool:
    """Tell whether the letters of a run are white on the white of the paper."""
    if value(child(run, "rPr"), "color") not in _WHITE or not words_of(run):
        return False
    holders = [run, *run.iterancestors()]
    grounds = (next(holder.iter(f"{W}{name}"), None) for holder in holders[:1] for name in _GROUND)
    properties = (
        child(holder, kind) for holder in holders for kind in ("pPr", "tcPr", "tblPrEx", "tblPr")
    )
    grounds_around = (child(holder, name) for holder in properties for name in _GROUND)
    is_framed = any(holder.tag == f"{W}txbxContent" for holder in holders)
    is_styled = bool(value(child(run, "rPr"), "rStyle") or _style_of(run))
    has_page_color = child(holders[-1], "background") is not None
    is_colored = any(ground is not None for ground in (*grounds, *grounds_around))
    return not (is_framed or is_styled or has_page_color or is_colored)


def _style_of(run: Element) -> str:
    return value(child(next(run.iterancestors(f"{W}p"), None), "pPr"), "pStyle")


def remove_placeholders(root: Element) -> Iterator[Omission]:
    """Take out the words that stand in places nobody filled in yet; yield each for the list."""
    for control in list(root.iter(f"{W}sdt")):
        runs = [run for run in control.iter(f"{W}r") if words_of(run)]
        if not runs or not switch(child(control, "sdtPr"), "showingPlcHdr"):
            continue
        place = quoted(words_of(next(control.iterancestors(f"{W}p"), control)))
        what = f"a place to fill in, {quoted(words_of(control))}"
        yield Omission(place, what, "Nobody filled it in: write here what it is to say.")
        for run in runs:
            remove(run)


def _is_mark_hidden(paragraph: Element, styles: Styles) -> bool:
    direct = switch(child(child(paragraph, "pPr"), "rPr"), _HIDDEN)
    return bool(styles.of_paragraph(paragraph).switch(_HIDDEN)) if direct is None else direct
