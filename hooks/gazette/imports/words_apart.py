"""Words that a page shows apart although no blank is between them in its source."""

from __future__ import annotations

from lxml import etree

from gazette.imports.html_tree import Element, append_text, text_of
from gazette.imports.inline_markdown import BLOCKS
from gazette.imports.page_styles import PageStyles

_ON_OWN_LINES = ("block", "flex", "grid", "table", "list-item", "flow-root")
_WITH_ITEMS = ("flex", "grid", "inline-flex", "inline-grid")
_BOXES = ("inline-block", "inline-flex", "inline-grid", "inline-table")


def set_words_apart(content: Element, styles: PageStyles) -> None:
    """Put line breaks, blanks and brackets where a page shows words on lines or in boxes."""
    for reading in content.iter("rt"):
        _bracket(reading)
    for element in list(content.iterdescendants()):
        if element.tag in BLOCKS or not isinstance(element.tag, str):
            continue
        if styles.of(element).get("display") in _ON_OWN_LINES:
            _set_on_lines(element)
        elif _is_box(element, styles):
            _set_between_blanks(element)


def _bracket(reading: Element) -> None:
    """Put brackets around how signs are read, unless the page has some for old browsers."""
    before = reading.getprevious()
    if text_of(reading).strip() and (before is None or before.tag != "rp"):
        reading.text = f"({reading.text or ''}"
        append_text(reading, ")")


def _is_box(element: Element, styles: PageStyles) -> bool:
    """Tell whether an element stands apart from words beside it; the letter of a word does not."""
    style, parent = styles.of(element), element.getparent()
    if parent is not None and styles.of(parent).get("display") in _WITH_ITEMS:
        return True
    if len(text_of(element).strip()) < 2:
        return False
    if style.get("float") in ("left", "right") or style.get("display") == "table-cell":
        return True
    others = (element.getnext() if not element.tail else None, _neighbour_before(element))
    is_one_of_several = any(
        it is not None and styles.of(it).get("display") in _BOXES for it in others
    )
    return style.get("display") in _BOXES and is_one_of_several


def _neighbour_before(element: Element) -> Element | None:
    before = element.getprevious()
    return None if before is None or before.tail else before


def _set_on_lines(element: Element) -> None:
    """Put line breaks before and behind an element."""
    element.addprevious(etree.Element("br"))
    end = etree.Element("br")
    element.addnext(end)
    end.tail, element.tail = element.tail, None


def _set_between_blanks(element: Element) -> None:
    """Put blanks between an element and the words beside it."""
    inner, before, parent = text_of(element), element.getprevious(), element.getparent()
    if before is not None and _touch(before.tail or text_of(before), inner):
        before.tail = f"{before.tail or ''} "
    elif before is None and parent is not None and _touch(parent.text or "", inner):
        parent.text = f"{parent.text} "
    following = element.getnext()
    behind = element.tail or (text_of(following) if following is not None else "")
    if _touch(inner, behind):
        element.tail = f" {element.tail or ''}"


def _touch(before: str, behind: str) -> bool:
    """Tell whether two words run together."""
    return before[-1:].isalnum() and behind[:1].isalnum()
