r"""Fields of a Word file: what they say is put in their place, and what only paper needs goes.

A field is an instruction (`REF _Ref12 \h`) and what Word showed for it when the file was saved.
Readers see the latter; the instruction says where it leads, or that it is a table of contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gazette.errors import SourceError
from gazette.imports.html_tree import Element, number_in
from gazette.imports.omissions import Omission, quoted
from gazette.imports.word.names import (
    W,
    attribute,
    child,
    content_of,
    remove,
    switch,
    unwrap,
    value,
    words_of,
)
from gazette.imports.word.styles import Styles
from gazette.imports.word.word_state import WHOLE_TEXT

TABLES = {"TOC": "a table of contents", "INDEX": "an index", "TOA": "a table of authorities"}
"""Fields whose lines end in page numbers; the site makes its own from the headings."""
UNCOUNTED = {"LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"}
"""Fields that count and do not say in the file how far."""
COMPUTED = {"EQ", "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME"}
"""Fields that show something even where the file does not say what."""
REFERENCES = {"REF", "PAGEREF", "NOTEREF"}
CHECKED, UNCHECKED = "\u2612", "\u2610"
LINK_ADDRESS, LINK_ANCHOR = f"{W}address", f"{W}anchor"
"""The attributes of a link that a field makes: an address, or the name of a bookmark."""
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_TOC_STYLE = re.compile(
    r"toc \d|(?:toc|toa|index|contents) heading|table of (?:figures|authorities)|index \d", re.I
)


@dataclass
class Field:
    """A field that is open while the text is read: its instruction, and whether that has ended."""

    start: Element
    words: list[str] = field(default_factory=list)
    shows_result: bool = False
    result: list[Element] = field(default_factory=list)

    @property
    def arguments(self) -> list[str]:
        """The words of the instruction, its name first."""
        words = (quoted or bare for quoted, bare in _WORD.findall("".join(self.words)))
        return [word.replace("\\\\", "\\") for word in words if word] or [""]


def resolve_fields(root: Element) -> list[Omission]:
    """Put what fields show in their place, as text and links; return what was left out.

    Raises SourceError for a field that counts without saying how far.
    """
    omissions: list[Omission] = []
    for simple in list(root.iter(f"{W}fldSimple")):
        _as_runs(simple)
    open_fields: list[Field] = []
    closed: list[Field] = []
    for run in list(root.iter(f"{W}r")):
        _read_run(run, open_fields, closed)
    for ended in closed:
        omissions += _resolve(ended)
    for leftover in [open_field for open_field in open_fields if not open_field.shows_result]:
        _check_counting(leftover.arguments, leftover.start)
    for piece in list(root.iter(f"{W}fldChar", f"{W}instrText")):
        remove(piece)
    return omissions


def _as_runs(simple: Element) -> None:
    """Write a field that is one element as others are: in marks around what it shows."""
    begin, end = etree.Element(f"{W}r"), etree.Element(f"{W}r")
    kinds = ("begin", "separate") if any(len(run) for run in simple.iter(f"{W}r")) else ("begin",)
    for kind in kinds:
        etree.SubElement(begin, f"{W}fldChar", {f"{W}fldCharType": kind})
    begin.insert(1, etree.Element(f"{W}instrText"))
    begin[1].text = attribute(simple, "instr")
    etree.SubElement(end, f"{W}fldChar", {f"{W}fldCharType": "end"})
    simple.insert(0, begin)
    simple.append(end)
    unwrap(simple)


def _read_run(run: Element, open_fields: list[Field], closed: list[Field]) -> None:
    """Follow the fields that begin and end in a run; what is no result of one is taken out."""
    for piece in list(run):
        if piece.tag == f"{W}fldChar":
            kind = attribute(piece, "fldCharType")
            if kind == "begin":
                open_fields.append(Field(piece))
            elif open_fields and kind == "separate":
                open_fields[-1].shows_result = True
            elif open_fields and kind == "end":
                closed.append(open_fields.pop())
            continue
        instructed = next(
            (open_field for open_field in reversed(open_fields) if not open_field.shows_result),
            None,
        )
        if instructed and piece.tag not in (f"{W}fldChar", f"{W}rPr"):
            instructed.words.append(piece.text or "")
            remove(piece)
    if all(open_field.shows_result for open_field in open_fields):
        for holder in open_fields:
            holder.result.append(run)


def _resolve(ended: Field) -> list[Omission]:
    """Put the result of a field in its place; return it where that cannot be."""
    arguments = ended.arguments
    name = arguments[0].upper()
    if name in TABLES:
        return _without_table(ended, TABLES[name])
    if not ended.shows_result:
        _check_counting(arguments, ended.start)
        _write_shown(ended, arguments)
        return _without_result(ended) if name in COMPUTED else []
    link = _link(arguments)
    if link is not None:
        _wrap(ended.result, link)
    elif name in ("FORMCHECKBOX", "FORMDROPDOWN"):
        _write_shown(ended, arguments)
    return []


def _without_result(ended: Field) -> list[Omission]:
    """Return the line of the list for a field whose result Word works out when it shows it."""
    paragraph = next(ended.start.iterancestors(f"{W}p"), ended.start)
    what = f"a field, {quoted(''.join(ended.words))}"
    reason = "Word works out what it shows and does not write it into the file: write it as text."
    return [Omission(quoted(words_of(paragraph)), what, reason)]


def _without_table(ended: Field, noun: str) -> list[Omission]:
    """Take the lines of a table of contents out, with their paragraphs."""
    start = next(ended.start.iterancestors(f"{W}p"), None)
    paragraphs: list[Element] = [start] if start is not None else []
    words = " ".join(map(words_of, ended.result))
    for run in ended.result:
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None and paragraph not in paragraphs[-1:]:
            paragraphs.append(paragraph)
        remove(run)
    lines = max(len(paragraphs), 1)
    for paragraph in paragraphs:
        kept = content_of(paragraph, f"{W}t", f"{W}drawing", f"{W}pict", f"{W}sectPr")
        if next(kept, None) is None:
            _remove_block(paragraph)
    return [_table(noun, lines, words)] if words.strip() else []


def remove_contents(root: Element, styles: Styles) -> Iterator[Omission]:
    """Take out the lines of tables of contents that no field made; yield a line for the list."""
    lines = [
        paragraph
        for paragraph in root.iter(f"{W}p")
        if words_of(paragraph) and _TOC_STYLE.fullmatch(styles.of_paragraph(paragraph).name)
    ]
    if lines:
        yield _table(TABLES["TOC"], len(lines), " ".join(map(words_of, lines)))
    for line in lines:
        _remove_block(line)


def _table(noun: str, lines: int, words: str) -> Omission:
    """Return the line of the list for a table of contents, with the words that it begins with."""
    what = f"{noun} of {'1 line' if lines == 1 else f'{lines} lines'}, {quoted(words)}"
    return Omission(WHOLE_TEXT, what, "The site makes its own from the headings.")


def _remove_block(paragraph: Element) -> None:
    parent = paragraph.getparent()
    is_only = parent is not None and parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) < 2
    if not is_only:
        remove(paragraph)


def _check_counting(arguments: list[str], element: Element) -> None:
    if arguments[0].upper() in UNCOUNTED:
        paragraph = next(element.iterancestors(f"{W}p"), element)
        raise SourceError(
            f"{quoted(words_of(paragraph))} holds a number ({arguments[0].upper()}) that Word "
            "counts and does not write into the file. Write it as text in Word, then do this again."
        )


def _write_shown(ended: Field, arguments: list[str]) -> None:
    """Write what a field shows that has no result: a box of a form, a symbol, a button's words."""
    name = arguments[0].upper()
    run = ended.start.getparent()
    form = child(ended.start, "ffData")
    if run is None:
        return
    if name == "FORMCHECKBOX":
        _text(run, CHECKED if _is_checked(child(form, "checkBox")) else UNCHECKED)
    elif name == "FORMDROPDOWN" and not any(map(words_of, ended.result)):
        _text(run, _chosen(child(form, "ddList")))
    elif name == "SYMBOL" and len(arguments) > 1:
        _symbol(run, arguments)
    elif name in ("MACROBUTTON", "GOTOBUTTON"):
        _text(run, " ".join(arguments[2:]))


def _is_checked(box: Element | None) -> bool:
    checked = switch(box, "checked")
    return bool(switch(box, "default") if checked is None else checked)


def _chosen(choices: Element | None) -> str:
    entries = (
        [attribute(entry, "val") for entry in choices.iter(f"{W}listEntry")]
        if choices is not None
        else []
    )
    default = number_in(value(choices, "default"), 0, 1000)
    place = number_in(value(choices, "result"), default, 1000)
    return entries[place] if place < len(entries) else ""


def _text(run: Element, words: str) -> None:
    etree.SubElement(run, f"{W}t").text = words


def _symbol(run: Element, arguments: list[str]) -> None:
    r"""Write the symbol that a field names by its number and font: `SYMBOL 74 \f Wingdings`."""
    number = arguments[1]
    code = number_in(number, -1, 65535)
    if number.lower().startswith("0x"):
        code = int(number, 16) if re.fullmatch(r"0[xX][0-9a-fA-F]{1,4}", number) else -1
    font = _options(arguments).get("\\f", "")
    if code >= 0:
        attributes = {f"{W}font": font, f"{W}char": f"{code:04X}"}
        etree.SubElement(run, f"{W}sym", attributes)


def _options(arguments: list[str]) -> dict[str, str]:
    """Return each word of an instruction with the one behind it."""
    return dict(zip(arguments, [*arguments[1:], ""], strict=True))


def _link(arguments: list[str]) -> Element | None:
    """Return the link that an instruction makes, None where it makes none."""
    name = arguments[0].upper()
    options = _options(arguments)
    if name == "HYPERLINK":
        address = arguments[1] if len(arguments) > 1 and arguments[1][:1] != "\\" else ""
        anchor = options.get("\\l", "")
        return etree.Element(f"{W}hyperlink", {LINK_ADDRESS: address, LINK_ANCHOR: anchor})
    if name in REFERENCES and "\\h" in options and len(arguments) > 1:
        return etree.Element(f"{W}hyperlink", {LINK_ADDRESS: "", LINK_ANCHOR: arguments[1]})
    return None


def _wrap(runs: list[Element], link: Element) -> None:
    """Put the runs of a result into a link; of one over several paragraphs, each has its own."""
    groups: list[list[Element]] = []
    for run in runs:
        if groups and groups[-1][-1].getnext() is run:
            groups[-1].append(run)
        else:
            groups.append([run])
    for group in groups:
        parent = group[0].getparent()
        if parent is None or f"{W}hyperlink" in (
            parent.tag,
            *(element.tag for element in parent.iterancestors()),
        ):
            continue
        copy = etree.Element(str(link.tag), {str(key): str(text) for key, text in link.items()})
        parent.insert(parent.index(group[0]), copy)
        copy.extend(group)
