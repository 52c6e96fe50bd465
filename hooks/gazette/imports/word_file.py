"""A Word file: its paragraphs, lists, tables and links as an HTML tree."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from gazette.errors import SourceError
from gazette.imports.block_markdown import Part, parts_of
from gazette.imports.html_tree import Element, NestedLists, append_text, has, number_in, text_of
from gazette.imports.page_bounds import check_word
from gazette.imports.word_numbering import (
    Numbering,
    W,
    attribute,
    child,
    number_of,
    read_numbering,
)

DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"
PROPERTIES = "docProps/core.xml"
PARTS = (DOCUMENT, RELATIONS, STYLES, NUMBERING, PROPERTIES)
ENTRY = b"PK\x01\x02"
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways in which Word packs; the others can unpack without a bound."""
NO_WORD_FILE = "This is no Word file, or it is damaged. Open it in Word and save it again as .docx."
DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, struct.error, etree.XMLSyntaxError),
    *(KeyError, EOFError, NotImplementedError, RuntimeError, ValueError, OSError),
)
"""What the standard library and lxml raise while a damaged file is unpacked."""
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_UNPACKED_BYTES = 20_000_000
"""How large the parts of a file that are read may be together, once they are unpacked."""
MAX_PARTS = 10_000
"""Files inside a file; the list of them is read before any is."""
MAX_BASED_ON = 20
"""How many styles may be based on one another, as Word counts; further ones say nothing."""
ENCRYPTED = 1
"""The bit of a part's flags that says it takes a password."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_OFF = ("0", "false", "none", "off")
_POSITIONS = {"superscript": "sup", "subscript": "sub"}
_CHARACTERS = {f"{W}tab": " ", f"{W}noBreakHyphen": "\u2011"}
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr"}


@dataclass(frozen=True)
class _Style:
    """What a style of paragraphs is: its level as a heading (1 is the title), or 0."""

    level: int
    numbering: tuple[str, int] | None


@dataclass(frozen=True)
class _Word:
    """What the parts of the file beside its text say."""

    styles: Mapping[str, _Style]
    links: Mapping[str, str]
    numbering: Numbering


def read_docx(data: bytes) -> tuple[list[Part], str]:
    """Return the blocks of a Word file, and the title its properties name.

    Text under tracked deletion is left out, inserted text is taken in. Raises SourceError when the
    file is no Word file or is damaged.
    """
    if data.count(ENTRY) > MAX_PARTS:
        raise SourceError(f"It holds more than {MAX_PARTS:,} files: no Word file for readers.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = _unpacked(file)
        body = parts[DOCUMENT].find(f"{W}body")
    except DAMAGES as error:
        raise SourceError(NO_WORD_FILE) from error
    links = {
        str(relation.get("Id")): str(relation.get("Target"))
        for relation in parts[RELATIONS]
        if relation.get("TargetMode") == "External"
    }
    word = _Word(_styles(parts[STYLES]), links, read_numbering(parts[NUMBERING]))
    title = parts[PROPERTIES].findtext("{*}title") or ""
    root = etree.Element("body")
    if body is not None:
        check_word(sum(1 for _ in body.iter(f"{W}p")), _most_runs(body))
        _write(body, root, word)
    return parts_of(root), " ".join(title.split())


def _most_runs(body: Element) -> int:
    """Return how many pieces of text stand in the paragraph that has most."""
    holders = Counter(
        next(piece.iterancestors(f"{W}p"), body) for piece in body.iter(f"{W}t", f"{W}tab")
    )
    return max(holders.values(), default=0)


def _unpacked(file: zipfile.ZipFile) -> dict[str, Element]:
    """Return the parts of a file that are read, each as a tree; a part that is missing is empty.

    Raises SourceError when they are too large or take a password, KeyError when there is no text.
    """
    file.getinfo(DOCUMENT)
    present = set(file.namelist())
    parts = {name: file.getinfo(name) for name in PARTS if name in present}
    if any(part.flag_bits & ENCRYPTED for part in parts.values()):
        raise SourceError("It is protected by a password. Save it in Word without one.")
    if any(part.compress_type not in PACKINGS for part in parts.values()):
        raise SourceError(NO_WORD_FILE)
    if sum(part.file_size for part in parts.values()) > MAX_UNPACKED_BYTES:
        size = MAX_UNPACKED_BYTES // 1_000_000
        raise SourceError(f"Its texts are larger than {size} MB unpacked, which no policy is.")
    return {
        name: etree.fromstring(file.read(name), _PARSER) if name in parts else etree.Element("none")
        for name in PARTS
    }


def _styles(root: Element) -> dict[str, _Style]:
    """Return the styles by id; what a style does not say, the one it is based on says."""
    elements = {attribute(style, "styleId"): style for style in root.iter(f"{W}style")}
    styles: dict[str, _Style] = {}
    for style_id in elements:
        chain: list[Element] = []
        parent = style_id
        while parent in elements and len(chain) < MAX_BASED_ON:
            chain.append(elements[parent])
            parent = attribute(elements[parent].find(f"{W}basedOn"), "val")
        level = next(filter(None, map(_level, chain)), 0)
        numbers = (number_of(element.find(f"{W}pPr")) for element in chain)
        styles[style_id] = _Style(level, next(filter(None, numbers), None))
    return styles


def _level(style: Element) -> int:
    """Return the level a style has as a heading: `Title` is 1, `Heading 1` is 2."""
    name = attribute(style.find(f"{W}name"), "val").lower()
    if match := re.fullmatch(r"heading (\d)", name):
        return min(int(match[1]) + 1, 6)
    return _outline_level(style.find(f"{W}pPr")) or int(name == "title")


def _outline_level(properties: Element | None) -> int:
    """Return the level of a heading that paragraph properties state; the outline begins at 0."""
    outline = attribute(child(properties, "outlineLvl"), "val")
    level = number_in(outline, -1, 8)
    return min(level + 2, 6) if level >= 0 else 0


def _write(parent: Element, out: Element, word: _Word) -> None:
    """Write paragraphs and tables; neighbouring items of one kind are a list."""
    lists: NestedLists | None = None
    for node in _flat(parent):
        if node.tag == f"{W}tbl":
            lists = None
            _table(node, etree.SubElement(out, "table"), word)
        else:
            lists = _paragraph(node, out, word, lists)


def _flat(parent: Element) -> Iterator[Element]:
    """Yield paragraphs and tables, also those that a content control or an insertion holds."""
    for node in parent:
        if node.tag in (f"{W}p", f"{W}tbl"):
            yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            yield from _flat(node)


def _paragraph(
    node: Element, out: Element, word: _Word, lists: NestedLists | None
) -> NestedLists | None:
    """Write one paragraph; return the lists that are open after it."""
    properties = node.find(f"{W}pPr")
    style_id = attribute(child(properties, "pStyle"), "val")
    style = word.styles.get(style_id, _Style(0, None))
    number = number_of(properties) or style.numbering
    content = etree.Element("p")
    _inline(node, content, word)
    if not text_of(content).strip() and not has(content, "img"):
        return lists
    level = style.level or _outline_level(properties)
    marker = word.numbering.next(*number) if number and number[0] != "0" else None
    if marker and marker.kind and not level:
        lists = lists or NestedLists(out)
        item = lists.add_item(marker.depth, marker.kind, marker.value)
        item.text = content.text
        item.extend(content)
        return lists
    content.tag = f"h{level}" if level else "p"
    if marker and marker.text:
        content.text = f"{marker.text} {content.text or ''}"
    out.append(content)
    return None


def _table(node: Element, out: Element, word: _Word) -> None:
    """Write a table; its first row is the header."""
    for index, row in enumerate(node.iterchildren(f"{W}tr")):
        html_row = etree.SubElement(out, "tr")
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                html_cell = etree.SubElement(html_row, "td" if index else "th")
                span = attribute(cell.find(f"{W}tcPr/{W}gridSpan"), "val")
                html_cell.set("colspan", span or "1")
                _write(cell, html_cell, word)


def _inline(node: Element, out: Element, word: _Word) -> None:
    for part in node:
        if part.tag == f"{W}hyperlink":
            href = word.links.get(str(part.get(f"{R}id")), "")
            _inline(part, etree.SubElement(out, "a", href=href), word)
        elif part.tag == f"{W}r":
            _run(part, out)
        elif part.tag not in _SKIPPED:
            _inline(part, out, word)


def _run(run: Element, out: Element) -> None:
    """Write a run of letters of one look."""
    properties = run.find(f"{W}rPr")
    for tag, name in (("strong", "b"), ("em", "i"), ("s", "strike")):
        if _is_on(properties, name):
            out = etree.SubElement(out, tag)
    position = attribute(child(properties, "vertAlign"), "val")
    if position in _POSITIONS:
        out = etree.SubElement(out, _POSITIONS[position])
    for part in run:
        if part.tag == f"{W}t":
            append_text(out, part.text or "")
        elif part.tag in _CHARACTERS:
            append_text(out, _CHARACTERS[str(part.tag)])
        elif part.tag in (f"{W}br", f"{W}cr") and attribute(part, "type") != "page":
            etree.SubElement(out, "br")


def _is_on(properties: Element | None, name: str) -> bool:
    toggle = child(properties, name)
    return toggle is not None and (attribute(toggle, "val") or "1") not in _OFF
