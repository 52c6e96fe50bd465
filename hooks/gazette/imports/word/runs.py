"""The inside of a paragraph of a Word file: runs of letters, links, notes, drawings, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from gazette.imports.html_tree import Element, append_text
from gazette.imports.omissions import quoted
from gazette.imports.word.drawings import write_drawing
from gazette.imports.word.fields import LINK_ADDRESS
from gazette.imports.word.formulas import write_formula
from gazette.imports.word.names import M, R, W, attribute, child, value, words_of
from gazette.imports.word.symbols import is_symbolic, symbol
from gazette.imports.word.word_state import ENDNOTE, FOOTNOTE, WordState

TO_BOOKMARK = "#bookmark:"
"""How the address of a link to a bookmark begins until the place of that is known."""
NOTE = "noteref"
"""The element that stands for a reference to a note."""
_POSITIONS = {"superscript": "sup", "subscript": "sub"}
_CHARACTERS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "\u2011"}
DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")
_SKIPPED = {f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}smartTagPr", f"{W}rt"}
_LOOKS = (
    *(("strong", ("b",)), ("em", ("i",)), ("s", ("strike", "dstrike"))),
    *(("u", ("u",)), ("mark", ("highlight",))),
)
"""The tags that show what properties of letters show."""
BLANK_LINE = "____"
"""What stands for blanks that are underlined: a line on which something is to be written."""
MOST_BLANKS = 3
"""So many blanks in a row may be underlined because the words beside them are."""
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.I)


def write_inline(node: Element, out: Element, state: WordState) -> None:
    """Write what a paragraph, or a part of one, holds behind what `out` holds."""
    for part in node:
        if part.tag == f"{W}r":
            _run(part, out, state)
        elif part.tag == f"{W}hyperlink":
            _link(part, out, state)
        elif part.tag in (f"{M}oMath", f"{M}oMathPara"):
            write_formula(part, out)
        elif isinstance(part.tag, str) and part.tag not in _SKIPPED:
            write_inline(part, out, state)


def _link(link: Element, out: Element, state: WordState) -> None:
    """Write a link; one that leads nowhere on a website is its words, and named."""
    href = "" if _is_in_link(out) else _address(link, state)
    last = out[-1] if len(out) else None
    if not href:
        write_inline(link, out, state)
    elif last is not None and not last.tail and (last.tag, last.get("href")) == ("a", href):
        write_inline(link, last, state)
    else:
        last = etree.SubElement(out, "a", href=href)
        write_inline(link, last, state)
    if href and last is not None:
        for reference in list(last.iter(NOTE)):
            _move_behind(reference, last)


def _is_in_link(element: Element) -> bool:
    return element.tag == "a" or next(element.iterancestors("a"), None) is not None


def _move_behind(reference: Element, link: Element) -> None:
    """Put the reference to a note behind a link, as no link stands inside another."""
    parent, before = reference.getparent(), reference.getprevious()
    if parent is None:
        return
    tail, reference.tail = reference.tail or "", None
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    link.addnext(reference)


def _address(link: Element, state: WordState) -> str:
    relation = state.relations.get(link.get(f"{R}id", ""))
    target = link.get(LINK_ADDRESS, "") or (relation.target if relation else "")
    anchor = attribute(link, "anchor")
    if not target or target.startswith("#"):
        name = anchor or target[1:]
        return f"{TO_BOOKMARK}{name}" if name else ""
    if not _SCHEME.match(target):
        what = f"the address of {quoted(words_of(link))}, {target}"
        state.omit(what, "It leads to no place on the web: its words alone are here.")
        return ""
    return f"{target}#{anchor}" if anchor and "#" not in target else target


def _run(run: Element, out: Element, state: WordState) -> None:
    """Write a run of letters of one look."""
    properties = child(run, "rPr")
    styles = state.styles
    is_link = _is_in_link(out)
    for tag, names in _LOOKS:
        if any(styles.is_emphasized(run, name) for name in names) and not (tag == "u" and is_link):
            out = _inside(out, tag)
    position = value(properties, "vertAlign") or _moved(properties)
    pieces = list(_pieces(run))
    if out.tag == "u" and _is_line_to_write_on(pieces):
        append_text(out, BLANK_LINE)
        return
    if position in _POSITIONS and not any(piece.tag in _REFERENCES for piece in pieces):
        out = _inside(out, _POSITIONS[position])
    for piece in pieces:
        _piece(piece, run, out, state)


def _is_line_to_write_on(pieces: Sequence[Element]) -> bool:
    """Tell whether a run is nothing but tabs or several blanks, which are underlined."""
    shown = [piece for piece in pieces if piece.tag != f"{W}rPr"]
    tabs = sum(piece.tag == f"{W}tab" for piece in shown)
    blanks = sum(len(piece.text or "") for piece in shown if piece.tag == f"{W}t")
    is_blank = all(piece.tag in (f"{W}t", f"{W}tab") for piece in shown)
    is_blank = is_blank and not any((piece.text or "").strip() for piece in shown)
    return is_blank and (tabs > 0 or blanks > MOST_BLANKS)


def _moved(properties: Element | None) -> str:
    """Return how small letters are moved up or down, as LibreOffice writes raised ones."""
    steps = value(properties, "position")
    if not value(properties, "sz") or steps in ("", "0"):
        return ""
    return "subscript" if steps.startswith("-") else "superscript"


def _inside(out: Element, tag: str) -> Element:
    """Return an element of a look at the end of `out`: the last one, where that ends there."""
    last = out[-1] if len(out) else None
    if last is not None and last.tag == tag and not last.tail:
        return last
    return etree.SubElement(out, tag)


def _pieces(run: Element) -> Iterator[Element]:
    """Yield what a run holds; behind a note with a mark of its own that mark is left out."""
    for piece in run:
        yield piece
        if piece.tag in _REFERENCES and attribute(piece, "customMarkFollows") in ("1", "true"):
            return


_REFERENCES = {f"{W}footnoteReference": FOOTNOTE, f"{W}endnoteReference": ENDNOTE}


def _piece(piece: Element, run: Element, out: Element, state: WordState) -> None:
    tag = str(piece.tag)
    if tag == f"{W}t":
        _text(piece.text or "", run, out, state)
    elif tag in _CHARACTERS:
        append_text(out, _CHARACTERS[tag])
    elif tag in (f"{W}br", f"{W}cr"):
        etree.SubElement(out, "br")
    elif tag == f"{W}sym":
        code = attribute(piece, "char")
        is_code = re.fullmatch(r"[0-9A-Fa-f]{1,6}", code)
        _symbol(int(code, 16) if is_code else 0, attribute(piece, "font"), out, state)
    elif tag in _REFERENCES:
        name = state.name_of_note(_REFERENCES[tag], attribute(piece, "id"))
        etree.SubElement(out, NOTE, name=name)
    elif tag in DRAWINGS or tag == f"{W}contentPart":
        write_drawing(piece, out, state)
    elif tag == f"{W}commentReference":
        _comment(piece, state)
    elif tag == f"{W}ruby":
        _ruby(piece, out, state)


def _text(text: str, run: Element, out: Element, state: WordState) -> None:
    """Write letters as they are shown: those of a font of symbols are none, some are capitals."""
    font = state.styles.font(run)
    if not is_symbolic(text, font):
        append_text(out, text.upper() if _is_in_capitals(run, state) else text)
        return
    for letter in text:
        if letter.isspace():
            append_text(out, letter)
        else:
            _symbol(ord(letter), font, out, state)


def _is_in_capitals(run: Element, state: WordState) -> bool:
    """Tell whether Word shows letters as capitals, as contracts do with what is to be noticed.

    Headings look as the site has them.
    """
    if not state.styles.is_on(run, "caps"):
        return False
    paragraph = next(run.iterancestors(f"{W}p"), None)
    return paragraph is None or not state.styles.level_of(paragraph)


def _symbol(code: int, font: str, out: Element, state: WordState) -> None:
    shown = symbol(code, font)
    if shown is None:
        what = f"a symbol of the font {font or 'of the text'} (number {code:X})"
        state.omit(what, "What it shows is not known here. Write it in another font in Word.")
    else:
        append_text(out, shown)


def _comment(piece: Element, state: WordState) -> None:
    comment = state.comments.get(attribute(piece, "id"))
    words = words_of(comment) if comment is not None else ""
    state.omit(f"a comment {quoted(words)}", "It speaks of the text and is no part of it.")


def _ruby(ruby: Element, out: Element, state: WordState) -> None:
    """Write letters and, in parentheses, how they are read."""
    for name, around in (("rubyBase", ("", "")), ("rt", ("(", ")"))):
        part = child(ruby, name)
        if part is not None:
            append_text(out, around[0])
            write_inline(part, out, state)
            append_text(out, around[1])
