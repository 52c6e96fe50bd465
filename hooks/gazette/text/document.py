"""What a reader saw: a text as sections of blocks, read from its rendered structure.

Blocks are made once for each piece of text, whatever versions hold it: the blocks that two
documents share are the same objects, and nobody needs to compare them.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from lxml import etree

from gazette.text.markdown_settings import DEFAULT, MarkdownSettings
from gazette.text.memory import remembered
from gazette.text.rendering import Piece, assemble, pieces_of, placeholder


class Kind(enum.Enum):
    """What a block is; the value stands in records, `sentence` is for readers."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list-item"
    ROW = "table-row"
    CODE = "code"
    QUOTE = "quote"
    TERM = "term"
    DEFINITION = "definition"
    NOTICE = "notice"
    FOOTNOTE = "footnote"

    @property
    def sentence(self) -> str:
        """The kind as a reader would say it."""
        return self.value.replace("-", " ")


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """An element around blocks (list, item, table, quote ...); one object per element."""

    tag: str
    attributes: str = ""
    number: int | None = None
    """What the reader sees before an item of a numbered list."""


class Cell(NamedTuple):
    """Inline content: its HTML, and its visible text with white space folded."""

    html: str
    text: str
    tag: str = ""
    attributes: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What a redline never crosses: a paragraph, list item, table row, code, quote or heading.

    Only a table row has more than one cell. `columns` are the headers above them, `lead` says that
    the block begins its container (a second paragraph of a list item does not).
    """

    kind: Kind
    tag: str
    cells: tuple[Cell, ...]
    path: tuple[Container, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The visible text, cells separated by a line break."""
        return self.cells[0].text if len(self.cells) == 1 else "\n".join(c.text for c in self.cells)


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A heading with its own text up to the next heading of any level; index 0 has no heading.

    The first of `blocks` is the heading itself, except in section 0.
    """

    index: int
    level: int
    number: str
    heading: str
    anchor: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The heading without its number."""
        return self.heading[_number_length(self.heading) :]

    @property
    def name(self) -> str:
        """What a reader calls the section: without a heading its first words."""
        if self.heading or not self.index:
            return self.heading or "Opening"
        words = next((block.text.split() for block in self.blocks[1:] if block.text), [])
        return f"“{' '.join(words[:6])} …”" if words else "Section without a heading"


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A text as published: its HTML, and its sections in order, section 0 always the first."""

    html: str
    sections: tuple[Section, ...]


def read_document(body: str, markdown: MarkdownSettings = DEFAULT) -> Document:
    """Render the Markdown `body` (no front matter) and take its structure apart."""
    pieces = pieces_of(body, markdown)
    html, anchors = assemble(pieces)
    sections: list[Section] = []
    held: list[Block] = []
    opening = (0, "", "")
    first = 0
    alone = all(piece.alone for piece in pieces)
    for piece in pieces:
        for block, level, own_id in _blocks(piece):
            if level:
                sections.append(_section(len(sections), opening, held, alone))
                anchor = anchors[first + own_id] if isinstance(own_id, int) else own_id
                heading = " ".join(block.text.replace(OBJECT, " ").split())
                opening, held = (level, heading, anchor), []
            held.append(block)
        first += len(piece.slugs)
    sections.append(_section(len(sections), opening, held, alone))
    return Document(html, tuple(sections))


def _section(index: int, opening: tuple[int, str, str], held: list[Block], alone: bool) -> Section:
    level, heading, anchor = opening
    blocks = tuple(held)
    if not alone:
        blocks = _shared(_Seen(_as_seen(blocks), blocks))
    return Section(index, level, heading_number(heading), heading, anchor, blocks)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Blocks told apart by what is seen of them; the objects do not count."""

    seen: tuple[object, ...]
    blocks: tuple[Block, ...] = field(compare=False)


@remembered(20_000)
def _shared(section: _Seen) -> tuple[Block, ...]:
    """Return the blocks of a section, the same objects for every text in which it reads the same.

    So that what did not change is known at a glance, also where pieces depend on the text around.
    """
    return section.blocks


def _as_seen(blocks: Sequence[Block]) -> tuple[object, ...]:
    """Return all that is seen of blocks; elements around several of them are told by number."""
    number: dict[Container, int] = {}
    return tuple(
        (
            *(block.kind, block.tag, block.cells, block.columns),
            *(
                (number.setdefault(one, len(number)), one.tag, one.attributes, one.number)
                for one in block.path
            ),
        )
        for block in blocks
    )


_NUMBER = re.compile(
    r"""(?:(?:section|article|part|chapter|annex|appendix|schedule|§+)\s*)?
    (?: \(? (?P<a>(?>\d+(?:\.\d+)*[a-z]?) | [a-z] | [ivxlc]+) \)? \s*
        (?:[.):]|\s[-–—](?=\s)|(?<=\)))
      | (?P<b>\d+(?:\.\d+)+ | \d{1,3}) (?=\s)
    ) \s* (?=\S)
    | (?:section|article|part|chapter|annex|appendix|schedule|§+) \s*
      (?P<c>\d+(?:\.\d+)*|[a-z]|[ivxlc]+)\b[.):]?\s*
    | 第\s*(?P<d>[\d〇一二三四五六七八九十百]+)\s*[条章节節部]\s*""",
    re.IGNORECASE | re.VERBOSE,
)


def _number_length(heading: str) -> int:
    found = _NUMBER.match(heading)
    return found.end() if found else 0


@remembered(20_000)
def heading_number(heading: str) -> str:
    """Return the number or letter a heading begins with ("4.2", "b"), or an empty text."""
    found = _NUMBER.match(heading)
    return next((g for g in found.groups() if g), "").lower() if found else ""


# ---- from HTML to blocks ----

OBJECT = "\ufffc"
"""Stands in the text for an image or a check box."""

_CONTAINERS = {
    "ul",
    "ol",
    "li",
    "blockquote",
    "dl",
    "dd",
    "div",
    "details",
    "section",
    "article",
    "aside",
    "figure",
    "main",
    "center",
    "header",
    "footer",
    "form",
    "fieldset",
}
_LEAVES = {
    "p",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dt",
    "summary",
    "figcaption",
    "address",
    "caption",
    "legend",
}
_STRUCTURE = _CONTAINERS | _LEAVES | {"table", "hr"}
_TRANSPARENT = {"div", "section", "article", "main", "center"}
_KINDS = {"pre": Kind.CODE, "dt": Kind.TERM}
_KINDS_BY_CONTAINER = {"li": Kind.ITEM, "dd": Kind.DEFINITION, "blockquote": Kind.QUOTE}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SHOWN_ATTRIBUTES = (
    "class",
    "start",
    "type",
    "reversed",
    "dir",
    "lang",
    "colspan",
    "rowspan",
    "style",
    "align",
    "open",
)
_PARSER = etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
)
# Characters that no reader sees and that lxml does not write.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PLACEHOLDER = re.compile(placeholder(0).replace("0", r"(\d+)"))

_Found = tuple[Block, int, int | str]
"""A block; its level when it opens a section; its id, or the number of its placeholder."""


@remembered(50_000)
def _blocks(piece: Piece) -> tuple[_Found, ...]:
    html = _CONTROL.sub("", piece.html())
    if not html:
        return ()
    root = etree.fromstring(f"<html><body>{html}</body></html>".encode(), _PARSER)
    body = root.find("body") if root is not None else None
    if body is None:
        return ()
    for line_break in body.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    for shown in body.iter("img", "input"):
        shown.text = OBJECT  # counts as text, is not written out: these elements have no content
    for link in body.iter("a"):
        following = link.getnext()
        if not link.tail and following is not None and following.tag == "a":
            link.tail = " "  # two links side by side are two words
    return tuple(_walk(body, ()))


def _walk(parent: etree._Element, path: tuple[Container, ...]) -> Iterator[_Found]:
    """Yield the blocks inside an element; loose text between its block elements is one, too."""
    loose: list[str | etree._Element] = [parent.text or ""]
    number = int(parent.get("start") or 1) if parent.tag == "ol" and _is_number(parent) else 1
    for child in parent:
        tag = child.tag
        if tag not in _STRUCTURE:
            loose.append(child)
            continue
        yield from _loose(loose, path)
        loose = [child.tail or ""]
        if tag in _LEAVES:
            yield from _leaf(child, path)
        elif tag == "table":
            yield from _table(child, (*path, _container(child)))
        elif tag != "hr":
            shown = None
            if tag == "li" and parent.tag == "ol":
                number = int(child.get("value", number)) if _is_number(child) else number
                shown = number
                number += 1
            yield from _walk(child, (*path, _container(child, shown)))
    yield from _loose(loose, path)


def _is_number(element: etree._Element) -> bool:
    return all(element.get(name, "1").isdecimal() for name in ("start", "value"))


def _container(element: etree._Element, number: int | None = None) -> Container:
    return Container(element.tag, _attributes(element), number)


def _attributes(element: etree._Element) -> str:
    if not element.attrib:
        return ""
    return "".join(
        f' {name}="{escape(element.get(name, ""))}"'
        for name in _SHOWN_ATTRIBUTES
        if name in element.attrib
    )


def _leaf(element: etree._Element, path: tuple[Container, ...]) -> Iterator[_Found]:
    tag = element.tag
    level = _HEADINGS.get(tag, 0)
    if level:
        _drop_permalinks(element)
    cell = _cell(element)
    if not cell.html.strip() and not level:
        return
    kind = Kind.HEADING if level else _KINDS.get(tag) or _kind_in(path)
    block = Block(kind, tag, (cell,), path)
    opens = level if all(c.tag in _TRANSPARENT for c in path) else 0
    yield block, opens, _own_id(element) if opens else ""


def _drop_permalinks(heading: etree._Element) -> None:
    for link in heading.findall("a[@class]"):
        if "headerlink" in link.get("class", ""):
            heading.remove(link)


def _own_id(element: etree._Element) -> int | str:
    own = element.get("id") or ""
    known = _PLACEHOLDER.fullmatch(own)
    return int(known[1]) if known else own


def _kind_in(path: tuple[Container, ...]) -> Kind:
    for container in reversed(path):
        if container.tag in _KINDS_BY_CONTAINER:
            return _KINDS_BY_CONTAINER[container.tag]
        if container.tag == "div" and "admonition" in container.attributes:
            return Kind.NOTICE
    return Kind.PARAGRAPH


def _loose(nodes: list[str | etree._Element], path: tuple[Container, ...]) -> Iterator[_Found]:
    """Yield inline content that stands directly in a container, as in the items of tight lists."""
    if len(nodes) == 1 and isinstance(nodes[0], str) and not nodes[0].strip():
        return  # white space between elements: by far the most
    html = "".join(escape(n, quote=False) if isinstance(n, str) else _html(n) for n in nodes)
    if html.strip():
        text = "".join(n if isinstance(n, str) else _text(n) for n in nodes)
        cell = Cell(html.strip(), " ".join(text.split()))
        yield Block(_kind_in(path), "", (cell,), path), 0, ""


def _cell(element: etree._Element) -> Cell:
    if not len(element):
        plain = element.text or ""
        folded = " ".join(plain.split())
        return Cell(escape(plain, quote=False), folded, element.tag, _attributes(element))
    html = escape(element.text or "", quote=False) + "".join(map(_html, element))
    text = "".join(map(str, element.itertext()))
    return Cell(html, " ".join(text.split()), element.tag, _attributes(element))


def _html(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", method="html")


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())) + (element.tail or "")


def _table(table: etree._Element, path: tuple[Container, ...]) -> Iterator[_Found]:
    columns: tuple[str, ...] = ()
    groups: dict[etree._Element, Container] = {}
    for caption in table.iterchildren("caption"):
        yield from _leaf(caption, path)
    for row in table.iter("tr"):
        cells = tuple(_cell(cell) for cell in row.iterchildren("td", "th"))
        part = row.getparent()
        if part is not None and part is not table and part not in groups:
            groups[part] = _container(part)
        group = (groups[part],) if part in groups else ()
        if any(cell.html for cell in cells):
            yield Block(Kind.ROW, "tr", cells, (*path, *group), columns), 0, ""
        if not columns and cells and all(cell.tag == "th" for cell in cells):
            columns = tuple(cell.text for cell in cells)
