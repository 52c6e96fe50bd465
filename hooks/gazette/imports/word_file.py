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
from gazette.imports.inline_markdown import text_of
from gazette.imports.word_numbering import Numbering, W, attribute, number_of, read_numbering

DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LARGEST = 200_000_000
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_OFF = ("0", "false", "none", "off")
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


def is_docx(data: bytes) -> bool:
    """Tell whether these are the bytes of a Word file, or claim to be: those of a ZIP file."""
    return data.startswith(b"PK\x03\x04")


def read_docx(data: bytes) -> tuple[list[Part], str]:
    """Return the blocks of a Word file, and the title its properties name.

    Text under tracked deletion is left out, inserted text is taken in. Raises SourceError when the
    file is no Word file or is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            body = _xml(file, DOCUMENT).find(f"{W}body")
            links = {
                str(one.get("Id")): str(one.get("Target"))
                for one in _optional(file, RELATIONS)
                if one.get("TargetMode") == "External"
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


def _xml(file: zipfile.ZipFile, name: str) -> etree._Element:
    if file.getinfo(name).file_size > LARGEST:
        raise SourceError(f"{name} in it is larger than {LARGEST // 1_000_000} MB.")
    return etree.fromstring(file.read(name), _PARSER)


def _optional(file: zipfile.ZipFile, name: str) -> etree._Element:
    return _xml(file, name) if name in file.namelist() else etree.Element("none")


def _styles(root: etree._Element) -> dict[str, _Style]:
    """Return the styles by id; what a style does not say, the one it is based on says."""
    styles: dict[str, _Style] = {}
    named = {attribute(one, "styleId"): one for one in root.iter(f"{W}style")}
    for name in named:
        chain: list[etree._Element] = []
        at = name
        while at in named and named[at] not in chain:
            chain.append(named[at])
            at = attribute(named[at].find(f"{W}basedOn"), "val")
        level = next((stated for one in chain if (stated := _level(one))), 0)
        number = next((found for one in chain if (found := number_of(one.find(f"{W}pPr")))), None)
        styles[name] = _Style(level, number)
    return styles


def _level(style: etree._Element) -> int:
    """Return the level a style has as a heading: `Title` is 1, `Heading 1` is 2."""
    name = attribute(style.find(f"{W}name"), "val").lower()
    found = re.fullmatch(r"heading (\d)", name)
    if found:
        return min(int(found[1]) + 1, 6)
    outline = attribute(style.find(f"{W}pPr/{W}outlineLvl"), "val")
    if outline.isdecimal() and int(outline) < 9:
        return min(int(outline) + 2, 6)
    return 1 if name == "title" else 0


def _write(parent: etree._Element, out: etree._Element, word: _Word) -> None:
    """Write paragraphs and tables; neighbouring items of one kind are a list."""
    lists: list[tuple[int, etree._Element]] = []
    for node in _flat(parent):
        if node.tag == f"{W}tbl":
            lists = []
            _table(node, etree.SubElement(out, "table"), word)
        elif node.tag == f"{W}p":
            lists = _paragraph(node, out, word, lists)


def _flat(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, also those that a content control or an insertion holds."""
    for node in parent:
        if node.tag in (f"{W}p", f"{W}tbl"):
            yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            yield from _flat(node)


def _paragraph(
    node: etree._Element,
    out: etree._Element,
    word: _Word,
    lists: list[tuple[int, etree._Element]],
) -> list[tuple[int, etree._Element]]:
    """Write one paragraph; return the lists that are open after it, outermost first."""
    properties = node.find(f"{W}pPr")
    style = word.styles.get(_style_name(properties), _Style(0, None))
    number = number_of(properties) or style.numbering
    content = etree.Element("p")
    _inline(node, content, word)
    if not text_of(content).strip() and next(content.iter("img"), None) is None:
        return lists
    level = style.level or _outline(properties)
    marker = word.numbering.next(*number) if number and number[0] != "0" else None
    if marker and not level and marker.kind:
        return _item(content, out, marker.kind, marker.value, marker.depth, lists)
    content.tag = f"h{level}" if level else "p"
    if marker and marker.text:
        content.text = f"{marker.text} {content.text or ''}"
    out.append(content)
    return []


def _style_name(properties: etree._Element | None) -> str:
    return attribute(properties.find(f"{W}pStyle"), "val") if properties is not None else ""


def _outline(properties: etree._Element | None) -> int:
    if properties is None:
        return 0
    stated = attribute(properties.find(f"{W}outlineLvl"), "val")
    return min(int(stated) + 2, 6) if stated.isdecimal() and int(stated) < 9 else 0


def _item(
    content: etree._Element,
    out: etree._Element,
    kind: str,
    value: int,
    depth: int,
    lists: list[tuple[int, etree._Element]],
) -> list[tuple[int, etree._Element]]:
    """Write an item of a list, inside the item above it when it is deeper."""
    while lists and (lists[-1][0] > depth or (lists[-1][0] == depth and lists[-1][1].tag != kind)):
        lists = lists[:-1]
    if not lists or lists[-1][0] < depth:
        parent = lists[-1][1][-1] if lists else out
        started = etree.SubElement(parent, kind)
        if kind == "ol" and value != 1:
            started.set("start", str(value))
        lists = [*lists, (depth, started)]
    content.tag = "li"
    lists[-1][1].append(content)
    return lists


def _table(node: etree._Element, out: etree._Element, word: _Word) -> None:
    """Write a table; its first row is the header."""
    for place, row in enumerate(node.iterchildren(f"{W}tr")):
        written = etree.SubElement(out, "tr")
        for one in row.iter(f"{W}tc"):
            if next(one.iterancestors(f"{W}tr")) is not row:
                continue
            cell = etree.SubElement(written, "td" if place else "th")
            cell.set("colspan", attribute(one.find(f"{W}tcPr/{W}gridSpan"), "val") or "1")
            _write(one, cell, word)


def _inline(node: etree._Element, out: etree._Element, word: _Word) -> None:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{W}hyperlink":
            href = word.links.get(str(child.get(f"{R}id")), "")
            _inline(child, etree.SubElement(out, "a", href=href), word)
        elif child.tag == f"{W}r":
            _run(child, out)
        else:
            _inline(child, out, word)


def _run(run: etree._Element, out: etree._Element) -> None:
    """Write a run of letters of one look."""
    properties = run.find(f"{W}rPr")
    for tag, name in (("strong", "b"), ("em", "i"), ("s", "strike")):
        if _is_on(properties, name):
            out = etree.SubElement(out, tag)
    raised = properties.find(f"{W}vertAlign") if properties is not None else None
    placed = {"superscript": "sup", "subscript": "sub"}.get(attribute(raised, "val"))
    out = etree.SubElement(out, placed) if placed else out
    for child in run:
        if child.tag == f"{W}t":
            _append(out, child.text or "")
        elif child.tag in (f"{W}tab", f"{W}noBreakHyphen"):
            _append(out, "\u2011" if child.tag == f"{W}noBreakHyphen" else " ")
        elif child.tag in (f"{W}br", f"{W}cr") and attribute(child, "type") != "page":
            etree.SubElement(out, "br")


def _is_on(properties: etree._Element | None, name: str) -> bool:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and (attribute(found, "val") or "1") not in _OFF


def _append(out: etree._Element, text: str) -> None:
    if len(out):
        out[-1].tail = (out[-1].tail or "") + text
    else:
        out.text = (out.text or "") + text
