"""Formulas of a Word file as text on one line: `(a+b)/2`, `x` with a raised `2`."""

from __future__ import annotations

from lxml import etree

from gazette.imports.html_tree import Element, append_text, text_of
from gazette.imports.word.names import M

_RAISED = {"sup": "sup", "sub": "sub", "deg": "sup"}
_BETWEEN = {"f": "/", "rad": "√", "func": " ", "m": "; ", "eqArr": "; ", "mr": ", "}
"""What stands between the parts of a fraction, root, function, matrix, its rows; else nothing."""


def write_formula(formula: Element, out: Element) -> None:
    """Write a formula behind all that `out` holds."""
    parts = [part for part in formula if not _name(part).endswith("Pr")]
    begin, between, end = _signs(formula, _name(formula))
    append_text(out, begin)
    for index, part in enumerate(parts):
        if index and formula.tag == f"{M}oMathPara":
            etree.SubElement(out, "br")
        append_text(out, between if index else "")
        _write(part, out)
    append_text(out, end)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _signs(formula: Element, name: str) -> tuple[str, str, str]:
    """Return what stands before, between and behind the parts of a formula."""
    if name == "d":
        begin, end = (
            _property(formula, of, sign) for of, sign in (("begChr", "("), ("endChr", ")"))
        )
        return begin, _property(formula, "sepChr", "|"), end
    begin = _property(formula, "chr", "\u222b") if name == "nary" else ""
    end = _property(formula, "chr", "\u0302") if name == "acc" else ""
    return begin, _BETWEEN.get(name, ""), end


def _property(formula: Element, of: str, default: str) -> str:
    stated = formula.find(f"{formula.tag}Pr/{M}{of}")
    return default if stated is None else str(stated.get(f"{M}val", ""))


def _write(part: Element, out: Element) -> None:
    name = _name(part)
    parent = part.getparent()
    if name == "t":
        append_text(out, part.text or "")
    elif name in ("br", "tab"):
        append_text(out, " ")
    elif name in _RAISED:
        raised = etree.SubElement(out, _RAISED[name])
        write_formula(part, raised)
        if not text_of(raised).strip():
            out.remove(raised)
    elif name in ("num", "den") or (parent is not None and _name(parent) == "rad"):
        _write_group(part, out)
    else:
        write_formula(part, out)


def _write_group(part: Element, out: Element) -> None:
    """Write what a fraction or root holds, in parentheses where it is no number or name."""
    held = etree.Element("span")
    write_formula(part, held)
    text = text_of(held).strip()
    is_plain = (text.isalnum() or len(text) <= 1) and len(held) == 0
    append_text(out, "" if is_plain else "(")
    append_text(out, held.text or "")
    out.extend(list(held))
    append_text(out, "" if is_plain else ")")
