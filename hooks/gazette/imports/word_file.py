"""A Word file: its paragraphs, lists, tables and links as an HTML tree."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from gazette.errors import SourceError
from gazette.imports.block_markdown import Part, parts_of
from gazette.imports.html_tree import Element, NestedLists, append_text, has, text_of
from gazette.imports.word_numbering import (
    Numbering,
    W,
    attribute,
    child,
    number_of,
    read_numbering,
)

DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_BYTES = 200_000_000
"""How large a part of a file may be once it is unpacked; no policy comes near it."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            body = _xml(file, DOCUMENT).find(f"{W}body")
            links = {
                str(relation.get("Id")): str(relation.get("Target"))
                for relation in _optional(file, RELATIONS)
                if relation.get("TargetMode") == "External"
            }
            numbering = read_numbering(_optional(file, "word/numbering.xml"))
            word = _Word(_styles(_optional(file, "word/styles.xml")), links, numbering)
            title = _optional(file, "docProps/core.xml").findtext("{*}title") or ""
    except (zipfile.BadZipFile, zlib.error, KeyError, etree.XMLSyntaxError, OSError) as error:
        raise SourceError(
            "This is no Word file, or it is damaged. Open it in Word and save it again as .docx."
        ) from error
    root = etree.Element("body")
    if body is not None:
        _write(body, root, word)
    return parts_of(root), " ".join(title.split())


def _xml(file: zipfile.ZipFile, name: str) -> Element:
    if file.getinfo(name).file_size > MAX_BYTES:
        raise SourceError(f"{name} in it is larger than {MAX_BYTES // 1_000_000} MB.")
    return etree.fromstring(file.read(name), _PARSER)


def _optional(file: zipfile.ZipFile, name: str) -> Element:
    return _xml(file, name) if name in file.namelist() else etree.Element("none")


def _styles(root: Element) -> dict[str, _Style]:
    """Return the styles by id; what a style does not say, the one it is based on says."""
    elements = {attribute(style, "styleId"): style for style in root.iter(f"{W}style")}
    styles: dict[str, _Style] = {}
    for style_id in elements:
        chain: list[Element] = []
        parent = style_id
        while parent in elements and elements[parent] not in chain:
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
    return min(int(outline) + 2, 6) if outline.isdecimal() and int(outline) < 9 else 0


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
