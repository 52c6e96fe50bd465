"""Rendered HTML to blocks, as a browser would lay them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import chain, islice, repeat
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from gazette.text.document import Block, Cell, Container, Kind
from gazette.text.tokens import APART, BORDER, OBJECT, OTHER_LINK, is_apart

_CONTAINERS = {
    *("ul", "ol", "li", "blockquote", "dl", "dd", "div", "details", "section", "article", "aside"),
    *("figure", "main", "center", "header", "footer", "form", "fieldset"),
}
_LEAVES = {
    *("p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "figcaption", "address"),
    *("caption", "legend"),
}
_STRUCTURE = _CONTAINERS | _LEAVES | {"table", "hr"}
_TRANSPARENT = {"div", "section", "article", "main", "center"}
_KINDS = {"pre": Kind.CODE, "dt": Kind.TERM}
_KINDS_BY_CONTAINER = {"li": Kind.ITEM, "dd": Kind.DEFINITION, "blockquote": Kind.QUOTE}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SHOWN_ATTRIBUTES = (
    *("class", "start", "type", "reversed", "dir", "lang", "colspan", "rowspan", "style", "align"),
    *("open", "hidden", "title", "scope", "role", "aria-hidden", "aria-label", "width", "height"),
    "valign",
)
CONTENTS_MARK = "\ufdd0contents\ufdd1"
"""Begins a table of contents that the headings make: these are compared, it is not."""
PERMALINK_MARK = "\ufdd0permalink\ufdd1"
"""Begins the link to itself that a heading is given; one of the same class is text of an author."""
_PARSER = etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
)
_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,9}")
_SIGN_OF_NOTE = re.compile(r"fnref[0-9]*:(.*)", re.S)
# Characters that no reader sees and that lxml does not write.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class PlacedBlock(NamedTuple):
    """A block; where it opens a section, the level of its heading and its id."""

    block: Block
    level: int = 0
    anchor: str = ""


def blocks_of(html: str) -> tuple[PlacedBlock, ...]:
    """Return the blocks of HTML in order; inline content between them is a block, too."""
    html = _CONTROL.sub("", html)
    if not html:
        return ()
    root = etree.fromstring(f"<html><body>{html}</body></html>".encode(), _PARSER)
    body = root.find("body") if root is not None else None
    if body is None:
        return ()
    for line_break in [*body.iter("br")]:
        if "hidden" in line_break.attrib:
            line_break.tag = "span"  # the line goes on
        else:
            line_break.tail = "\n" + (line_break.tail or "")
    for shown in body.iter("img", "input", "hr"):
        shown.text = OBJECT  # counts as text, is not written out: these elements have no content
    for link in body.iter("a"):
        following = link.getnext()
        if not link.tail and following is not None and following.tag == "a":
            link.tail = " "  # two links side by side are two words
    for link in _other_links(body):
        link.set(OTHER_LINK, "")
    numbers: dict[etree._Element, int] = {}
    for ordered in body.iter("ol"):
        numbers |= _item_numbers(ordered)
    return tuple(_walk(body, (), numbers))


def _other_links(body: etree._Element) -> Iterator[etree._Element]:
    """Yield the links of a class of footnotes that lead elsewhere: an author can write it, too.

    To a footnote one leads by its number, and back to its sign from within the footnote.
    """
    links = [link for link in body.iter("a") if link.get("class", "").startswith("footnote-")]
    if not links:
        return
    notes = [*filter(_is_note, body.iter("li"))]
    by_number = {str(number): note for number, note in enumerate(notes, 1)}
    ids = {element.get("id") for element in body.iter() if "id" in element.attrib}
    for link in links:
        name = unquote(link.get("href", ""))[1:]
        if back := _SIGN_OF_NOTE.match(name):
            name = f"fn:{back[1]}"
            note = next(filter(_is_note, link.iterancestors("li")), None)
        else:
            note = by_number.get(re.sub(r"[^0-9]+", "", "".join(map(str, link.itertext()))))
        if note is None or note.get("id") != (name if name in ids else None):
            yield link  # a name with a blank is no id: what leads to it leads nowhere


def _is_note(item: etree._Element) -> bool:
    parents = [*islice(item.iterancestors(), 2)]
    around = [(parent.tag, parent.get("class")) for parent in parents]
    return around == [("ol", None), ("div", "footnote")]


def _walk(
    parent: etree._Element, path: tuple[Container, ...], numbers: dict[etree._Element, int]
) -> Iterator[PlacedBlock]:
    """Yield the blocks inside an element; loose text between its block elements is one, too."""
    loose: list[str | etree._Element] = [parent.text or ""]
    for child in parent:
        tag = child.tag
        if tag not in _STRUCTURE:
            loose.append(child)
            continue
        yield from _loose(loose, path)
        loose = [child.tail or ""]
        if (child.text or "").startswith(CONTENTS_MARK):
            continue
        if tag in _LEAVES:
            yield from _leaf(child, path)
        elif tag == "table":
            yield from _table(child, (*path, _container(child)))
        elif tag != "hr":
            inside = (*path, _container(child, numbers.get(child)))
            if tag == "li" and not len(child) and not (child.text or "").strip():
                yield PlacedBlock(Block(Kind.ITEM, "", (Cell("", ""),), inside))
            else:
                yield from _walk(child, inside, numbers)
        elif parent.get("class") != "footnote":  # every text with footnotes has a line
            line = Cell("<hr>", OBJECT, "", _attributes(child))
            yield PlacedBlock(Block(Kind.LINE, "hr", (line,), path))
    yield from _loose(loose, path)


def _item_numbers(parent: etree._Element) -> dict[etree._Element, int]:
    """Return the numbers of the items of one list, whatever stands between it and them."""
    items = [item for item in parent.iter("li") if next(item.iterancestors("ol", "ul")) is parent]
    step = -1 if "reversed" in parent.attrib else 1
    number = _number(parent, "start", 1 if step > 0 else len(items))
    numbers: dict[etree._Element, int] = {}
    for item in items:
        numbers[item] = _number(item, "value", number)
        number = numbers[item] + step
    return numbers


def _number(element: etree._Element, attribute: str, default: int) -> int:
    match = _NUMBER.match(element.get(attribute, ""))
    return int(match[0]) if match else default


def _container(element: etree._Element, number: int | None = None) -> Container:
    return Container(element.tag, _attributes(element), number)


def _attributes(element: etree._Element) -> str:
    return _written(_shown_attributes(element)) if element.attrib else ""


def _shown_attributes(element: etree._Element) -> dict[str, str]:
    return {name: element.get(name, "") for name in _SHOWN_ATTRIBUTES if name in element.attrib}


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


def _leaf(element: etree._Element, path: tuple[Container, ...]) -> Iterator[PlacedBlock]:
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
    yield PlacedBlock(block, opens, element.get("id", "") if opens else "")


def _drop_permalinks(heading: etree._Element) -> None:
    for link in heading.findall("a"):
        if (link.text or "").startswith(PERMALINK_MARK):
            heading.remove(link)


def _kind_in(path: tuple[Container, ...]) -> Kind:
    for container in reversed(path):
        if container.tag in _KINDS_BY_CONTAINER:
            return _KINDS_BY_CONTAINER[container.tag]
        if container.tag == "div" and "admonition" in container.attributes:
            return Kind.NOTICE
    return Kind.PARAGRAPH


def _loose(nodes: list[str | etree._Element], path: tuple[Container, ...]) -> Iterator[PlacedBlock]:
    """Yield inline content that stands directly in a container, as in the items of tight lists."""
    if len(nodes) == 1 and isinstance(nodes[0], str) and not nodes[0].strip():
        return  # white space between elements: by far the most
    html = "".join(escape(n, quote=False) if isinstance(n, str) else _html(n) for n in nodes)
    if html.strip():
        text = "".join(n if isinstance(n, str) else _text(n) for n in nodes)
        cell = Cell(html.strip(), " ".join(text.split()))
        yield PlacedBlock(Block(_kind_in(path), "", (cell,), path))


def _cell(element: etree._Element) -> Cell:
    if not len(element):
        plain = element.text or ""
        folded = " ".join(plain.split())
        return Cell(escape(plain, quote=False), folded, element.tag, _attributes(element))
    html = escape(element.text or "", quote=False) + "".join(map(_html, element))
    text = "".join(_texts(element))
    return Cell(html, " ".join(text.split()), element.tag, _attributes(element))


def _html(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", method="html")


def _text(element: etree._Element) -> str:
    """Return the words of an inline element in loose content, and those behind it."""
    border = BORDER if _is_border(element) else ""
    return border + "".join(_texts(element)) + (element.tail or "")


def _texts(element: etree._Element) -> Iterator[str]:
    """Yield the text in an element, with white space where a reader sees a border."""
    if next(element.iterdescendants("br", "sup", *APART), None) is None:
        yield from map(str, element.itertext())
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            if _is_border(child):
                yield BORDER
            yield from _texts(child)
        yield child.tail or ""


def _is_border(element: etree._Element) -> bool:
    return element.tag == "br" or is_apart(element)


def _table(table: etree._Element, path: tuple[Container, ...]) -> Iterator[PlacedBlock]:
    groups: dict[etree._Element, Container] = {}
    for caption in table.iterchildren("caption"):
        yield from _leaf(caption, path)
    grid = _Grid()
    for row in _as_shown(table):
        elements = list(row.iterchildren("td", "th"))
        cells = tuple(map(_cell, elements))
        part = row.getparent()
        if part is not None and part is not table and part not in groups:
            groups[part] = _container(part)
        group = _group_of(row, groups.get(part) if part is not None else None)
        columns = grid.add(elements, cells)
        if any(cell.html for cell in cells) or columns:
            yield PlacedBlock(Block(Kind.ROW, "tr", cells, (*path, *group), columns))


def _as_shown(table: etree._Element) -> list[etree._Element]:
    """Return the rows in the order in which browsers show them: head first, foot last."""
    head, foot = table.find("thead"), table.find("tfoot")

    def place(row: etree._Element) -> int:
        group = row.getparent()
        return (group is not head) + (group is foot)

    return sorted(table.iter("tr"), key=place)


def _group_of(row: etree._Element, group: Container | None) -> tuple[Container, ...]:
    """Return the group around a row; one with attributes stands in its own, which has them too."""
    attributes = _shown_attributes(row)
    if not attributes:
        return (group,) if group else ()
    parent = row.getparent()
    around = _shown_attributes(parent) if group is not None and parent is not None else {}
    if "class" in around and "class" in attributes:
        attributes["class"] = f"{around['class']} {attributes['class']}"
    return (Container(group.tag if group else "tbody", _written({**around, **attributes})),)


class _Grid:
    """Knows the headers of a table, and in which columns cells stand below those that span rows."""

    def __init__(self) -> None:
        self._names: tuple[str, ...] = ()
        self._has_spans = False
        self._rows_left: dict[int, int] = {}

    def add(self, row: Sequence[etree._Element], cells: Sequence[Cell]) -> tuple[str, ...]:
        """Return the headers above the cells of the next row; the first row of headers has none."""
        places = self._places(row)
        if self._names:
            above = [self._names[at] for at in places if at < len(self._names)]
            return tuple(above) if self._has_spans else self._names
        if cells and all(cell.tag == "th" for cell in cells):
            widths = [_span(element, "colspan") for element in row]
            repeated = map(repeat, (cell.text for cell in cells), widths)
            self._names = tuple(chain.from_iterable(repeated))
        return ()

    def _places(self, row: Sequence[etree._Element]) -> list[int]:
        """Return the column of each cell of the next row, from 0; none before the first span."""
        spans = {"colspan", "rowspan"}
        self._has_spans = self._has_spans or not all(spans.isdisjoint(c.attrib) for c in row)
        if not self._has_spans:
            return []
        places, at = [], 0
        below = {column: rows - 1 for column, rows in self._rows_left.items() if rows > 1}
        for cell in row:
            while self._rows_left.get(at):
                at += 1
            places.append(at)
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            below |= {column: height - 1 for column in range(at, at + width) if height > 1}
            at += width
        self._rows_left = below
        return places


def _span(cell: etree._Element, attribute: str) -> int:
    return max(1, int(cell.get(attribute, "1")))
