"""The numbers of an ordered list in HTML: from where it counts, in which form, upwards or down."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gazette.imports.html_tree import Element
from gazette.text.numbers import written

MAX_START = 9_999
"""The highest number that a list may begin with; a page that states more is wrong."""
DIGITS = "1"
PADDED, GREEK = "01", "α"
"""Forms of numbers that style sheets have and HTML has not."""
STYLES = ("a", "A", "i", "I", DIGITS, PADDED, GREEK)
_GREEK_LETTERS = "αβγδεζηθικλμνξοπρστυφχψω"
_INTEGER = re.compile(r"\s*([+-]?\d{1,4})(?!\d)")


def numbers_of(node: Element, items: Sequence[Element]) -> list[int]:
    """Return the number of each item: its own, or the next one; some lists count down."""
    step = -1 if "reversed" in node.attrib else 1
    number = _integer(node.get("start", ""), len(items) if step < 0 else 1)
    numbers = []
    for item in items:
        number = _integer(item.get("value", ""), number)
        numbers.append(number)
        number += step
    return numbers


def form_of(node: Element) -> str:
    """Return the form in which a list counts, in digits where an ordered one says none."""
    if node.tag != "ol":
        return ""
    stated = node.get("type", "")
    return stated if stated in STYLES else DIGITS


def _integer(text: str, default: int) -> int:
    """Return the number that an attribute begins with, as browsers read it."""
    match = _INTEGER.match(text)
    return int(match[1]) if match else default


def written_number(number: int, style: str) -> str:
    """Return a number in a form of lists, without the sign behind it."""
    if style == PADDED:
        return f"{number:02}"
    if style == GREEK and 0 < number <= len(_GREEK_LETTERS):
        return _GREEK_LETTERS[number - 1]
    return written(number, style or DIGITS)
