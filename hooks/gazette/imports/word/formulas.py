"""Formulas of a Word file as text on one line: `(a+b)/2`, `x` with a raised `2`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from gazette.imports.html_tree import Element, append_text, text_of
from gazette.imports.word.names import M, W

_RAISED = {f"{M}sup": "sup", f"{M}sub": "sub", f"{M}deg": "sup"}
_INTEGRAL = "\u222b"
_PROPERTIES = "Pr"


def write_formula(formula: Element, out: Element) -> None:
    """Write a formula behind all that `out` holds."""
    if formula.tag == f"{M}oMathPara":
        for index, line in enumerate(formula.iterchildren(f"{M}oMath")):
            if index:
                etree.SubElement(out, "br")
            write_formula(line, out)
        return
    for part in formula:
        _write(part, out)


def _write(part: Element, out: Element) -> None:
    tag = str(part.tag)
    if tag.endswith(_PROPERTIES):
        return
    if tag in (f"{M}t", f"{W}t"):
        append_text(out, part.text or "")
    elif tag in (f"{W}br", f"{W}tab"):
        append_text(out, " ")
    else:
        _WRITERS.get(tag, write_formula)(part, out)


def _raised(part: Element, out: Element) -> None:
    raised = etree.SubElement(out, _RAISED[str(part.tag)])
    write_formula(part, raised)
    if not text_of(raised).strip():
        out.remove(raised)


def _fraction(part: Element, out: Element) -> None:
    _group(part.find(f"{M}num"), out)
    append_text(out, "/")
    _group(part.find(f"{M}den"), out)


def _nary(part: Element, out: Element) -> None:
    append_text(out, _property(part, "nary", "chr", _INTEGRAL))
    write_formula(part, out)


def _accent(part: Element, out: Element) -> None:
    write_formula(part, out)
    append_text(out, _property(part, "acc", "chr", "\u0302"))


def _property(part: Element, name: str, of: str, default: str) -> str:
    stated = part.find(f"{M}{name}Pr/{M}{of}")
    return default if stated is None else str(stated.get(f"{M}val", ""))


def _group(part: Element | None, out: Element) -> None:
    """Write what a fraction or root holds, in parentheses where it is no number or name."""
    if part is None:
        return
    held = etree.Element("span")
    write_formula(part, held)
    text = text_of(held).strip()
    is_plain = (text.isalnum() or len(text) <= 1) and len(held) == 0
    append_text(out, "" if is_plain else "(")
    append_text(out, held.text or "")
    out.extend(list(held))
    append_text(out, "" if is_plain else ")")


def _root(part: Element, out: Element) -> None:
    degree = part.find(f"{M}deg")
    if degree is not None:
        _raised(degree, out)
    append_text(out, "\u221a")
    _group(part.find(f"{M}e"), out)


def _delimited(part: Element, out: Element) -> None:
    separator = _property(part, "d", "sepChr", "|")
    append_text(out, _property(part, "d", "begChr", "("))
    for index, held in enumerate(part.iterchildren(f"{M}e")):
        append_text(out, separator if index else "")
        write_formula(held, out)
    append_text(out, _property(part, "d", "endChr", ")"))


def _rows(part: Element, out: Element) -> None:
    """Write the rows of a matrix, or the lines of a group of equations: `a, b; c, d`."""
    rows = list(_cells(part))
    for index, cells in enumerate(rows):
        append_text(out, "; " if index else "")
        for place, cell in enumerate(cells):
            append_text(out, ", " if place else "")
            write_formula(cell, out)


def _cells(part: Element) -> Iterator[list[Element]]:
    for row in part:
        if row.tag == f"{M}mr":
            yield list(row.iterchildren(f"{M}e"))
        elif row.tag == f"{M}e":
            yield [row]


def _function(part: Element, out: Element) -> None:
    for name in ("fName", "e"):
        held = part.find(f"{M}{name}")
        if held is not None:
            append_text(out, " " if name == "e" else "")
            write_formula(held, out)


_WRITERS: Mapping[str, Callable[[Element, Element], None]] = {
    f"{M}sup": _raised,
    f"{M}sub": _raised,
    f"{M}f": _fraction,
    f"{M}rad": _root,
    f"{M}nary": _nary,
    f"{M}d": _delimited,
    f"{M}m": _rows,
    f"{M}eqArr": _rows,
    f"{M}acc": _accent,
    f"{M}func": _function,
}
