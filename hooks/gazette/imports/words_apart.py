"""Words that a page shows apart, or as capitals, although its source does not have them so."""

from __future__ import annotations

from lxml import etree

from gazette.imports.html_tree import HEADINGS, Element, append_text, text_of
from gazette.imports.inline_markdown import BLOCKS
from gazette.imports.page_styles import PageStyles

_ON_OWN_LINES = ("block", "flex", "grid", "table", "list-item", "flow-root")
_WITH_ITEMS = ("flex", "grid", "inline-flex", "inline-grid")
_KEEPING_LINES = ("pre", "pre-line", "pre-wrap", "break-spaces")
_BOXES = ("inline-block", "inline-flex", "inline-grid", "inline-table")


def set_words_apart(content: Element, styles: PageStyles) -> None:
    """Put line breaks, blanks and brackets where a page shows words on lines or in boxes."""
    for reading in content.iter("rt"):
        _bracket(reading)
    inline = (element for element in content.iterdescendants("*") if element.tag not in BLOCKS)
    for element in list(inline):
        display = styles.of(element).get("display")
        if display in _ON_OWN_LINES:
            _set_on_lines(element)
        elif _stands_apart(element, styles):
            _set_between_blanks(element)
        elif display in _BOXES and _is_in_row(element, styles):
            element.tail = " "


def set_as_shown(content: Element, styles: PageStyles) -> None:
    """Put breaks at the ends of lines that a page keeps, and letters as capitals that it shows so.

    Headings look as the site has them, and code keeps its lines anyway.
    """
    shown: dict[Element | None, tuple[str, str]] = {}
    elements = list(content.iter("*"))
    for element in elements:
        outer = shown.get(element.getparent(), ("", ""))
        style = styles.of(element)
        computed = style.get("text-transform", outer[0]), style.get("white-space", outer[1])
        shown[element] = ("", "") if element.tag in (*HEADINGS, "pre") else computed
    for element in elements:
        transform, space = shown[element]
        if transform == "uppercase":
            _set_in_capitals(element)
        if space in _KEEPING_LINES:
            _keep_lines(element)


def _set_in_capitals(element: Element) -> None:
    element.text = element.text.upper() if element.text else None
    for child in element:
        child.tail = child.tail.upper() if child.tail else None


def _keep_lines(element: Element) -> None:
    for child in reversed(list(element)):
        first, *others = (child.tail or "").split("\n")
        child.tail = first
        for line in reversed(others):
            child.addnext(_break_before(line))
    first, *others = (element.text or "").split("\n")
    element.text = first
    for line in reversed(others):
        element.insert(0, _break_before(line))


def _break_before(line: str) -> Element:
    ending = etree.Element("br")
    ending.tail = line
    return ending


def _bracket(reading: Element) -> None:
    """Put brackets around how signs are read, unless the page has some for old browsers."""
    before = reading.getprevious()
    if text_of(reading).strip() and (before is None or before.tag != "rp"):
        reading.text = f"({reading.text or ''}"
        append_text(reading, ")")


def _stands_apart(element: Element, styles: PageStyles) -> bool:
    """Tell whether an element is apart from what is beside it; a large first letter is not."""
    parent, style = element.getparent(), styles.of(element)
    if parent is not None and styles.of(parent).get("display") in _WITH_ITEMS:
        return True
    is_apart = style.get("float") in ("left", "right") or style.get("display") == "table-cell"
    return is_apart and _is_word(element)


def _is_in_row(element: Element, styles: PageStyles) -> bool:
    """Tell whether the next element stands right behind a box, and both hold words."""
    following = element.getnext()
    if following is None or element.tail or styles.of(following).get("display") not in _BOXES:
        return False
    return _is_word(element) and _is_word(following)


def _is_word(element: Element) -> bool:
    return len(text_of(element).strip()) > 1


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
