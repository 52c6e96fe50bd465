"""An HTML tree as Markdown, block by block: headings, paragraphs, lists, tables, quotes, code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from gazette.imports.html_tree import HEADINGS, Element, Node, children, place_of, text_of, words_of
from gazette.imports.inline_markdown import BLOCKS, LINK, inline, is_block
from gazette.imports.list_numbers import STYLES, numbers_of, written_number
from gazette.imports.omissions import Omission, quoted
from gazette.imports.page_bounds import check_tree
from gazette.imports.table_markdown import cells_of, grid_of, has_columns
from gazette.text.markdown_escapes import escaped, heading, line_start

SEPARATOR = "separator"
"""The tag of what keeps two lists apart that would else be read as one."""
DELIMITER = "data-delimiter"
"""The attribute of a list that says what stands behind its numbers in the source."""
_COUNTED = "data-counted"
"""The attribute of a list that the site counts itself, so that it sets the form of inner ones."""
FOOTNOTE_TAG = "footnote"
"""The tag of what holds a footnote, named by its reference (`noteref`)."""
LISTS = {"ul", "ol", "menu", "dir"}
SHOWN_AT_DEPTH = ("1", "a", "i", "A")
"""How a help center numbers ordered lists inside one another."""
INDENT = "    "
STRUCTURE = re.compile(r"[-|>:#]|\d+[.)] |    ")
LIST_ITEM = re.compile(r"(?:-|\d+[.)]) ")
_MARKER = re.compile(r"^(?:\d+)?([-.)]) ", re.M)
_OPENS_AT_ONCE = re.compile(r"(?:-|1[.)]) ")
"""A list that begins right below a line of text; one from another number on needs a blank line."""
_TASK = re.compile(r"\A\[[ xX]\](?=\s)")
"""What Markdown shows as a box at the beginning of an item."""
_MEANING = re.compile(r"^:   ", re.M)
_APART = "<!-- -->"
"""What stands between blocks of which the second would else be a part of the first."""


@dataclass(frozen=True)
class Part:
    """One block of a text: its Markdown, the words a reader sees, its level when it is a heading.

    `bold` says that all of it is; `kept_id` is the address a heading has to keep, `notes` are its
    references to footnotes in Markdown.
    """

    markdown: str
    text: str
    level: int = 0
    bold: bool = False
    kept_id: str = ""
    notes: str = ""


def parts_of(root: Element) -> list[Part]:
    """Return all blocks below an element, in order; raises SourceError when there is no end."""
    check_tree(root)
    return [part for part in _parts(root, 0) if part.markdown.strip()]


def lost_in_markdown(root: Element) -> Iterator[Omission]:
    """Yield what below an element no block has: links in headings, columns of tables in tables."""
    reason = "A heading holds no link here: its words alone are here."
    for heading_ in root.iter(*HEADINGS):
        for link in heading_.iter("a"):
            address = link.get("href") or ""
            is_lost = bool(LINK.match(address)) and address[:1] not in ("", "#")
            if is_lost and words_of(link):
                what = f"The address of the link {quoted(words_of(link))}, {quoted(address)}"
                yield Omission(place_of(heading_), what, reason)
    reason = "No table here stands inside another: its cells are lines of that one's cell."
    for table in root.iter("table"):
        outer = [around for around in table.iterancestors("table") if has_columns(cells_of(around))]
        if outer and has_columns(cells_of(table)):
            what = f"the columns of a table inside a cell, {quoted(words_of(table))}"
            yield Omission(place_of(table), what, reason)


def _parts(parent: Element, depth: int) -> Iterator[Part]:
    """Yield the blocks inside an element, kept apart where two would be read as one."""
    before = ""
    for part in _blocks(parent, depth):
        if _goes_on(before, part.markdown):
            yield Part(_APART, "")
        before = part.markdown if part.markdown.strip() else before
        yield part


def _goes_on(before: str, markdown: str) -> bool:
    """Tell whether a block would go on with the one before it: a list, or code below an entry."""
    if markdown.startswith(INDENT):
        return bool(LIST_ITEM.match(before) or _MEANING.search(before))
    if not (LIST_ITEM.match(before) and LIST_ITEM.match(markdown)):
        return False
    return bool(_MARKER.findall(before)[-1] == _MARKER.findall(markdown)[0])


def _blocks(parent: Element, depth: int) -> Iterator[Part]:
    """Yield the blocks inside an element; inline content between them is a paragraph."""
    loose: list[Node] = []
    for node in children(parent):
        if isinstance(node, str) or not is_block(node):
            loose.append(node)
            continue
        yield from _paragraph(loose)
        loose = []
        yield from _block(node, depth)
    yield from _paragraph(loose)


def _paragraph(nodes: Sequence[Node]) -> Iterator[Part]:
    markdown = inline(nodes)
    if markdown:
        text = " ".join("".join(map(_words, nodes)).split())
        core = markdown.replace("  \n", " ")
        bold = bool(re.fullmatch(r"\*\*[^*]+\*\*[.:]?", core))
        yield Part(markdown, text, bold=bold)


def _words(node: Node) -> str:
    if isinstance(node, str):
        return node
    words = "".join(map(_words, children(node)))
    return f" {words} " if node.tag in BLOCKS or node.tag == "br" else words


def _block(node: Element, depth: int) -> Iterator[Part]:
    tag = str(node.tag)
    text = " ".join(_words(node).split())
    if re.fullmatch("h[1-6]", tag):
        level = int(tag[1])
        notes = inline(node.iter("noteref"))
        if text:
            yield Part(
                heading(level, text) + notes, text, level, kept_id=node.get("id", ""), notes=notes
            )
        yield from _paragraph(list(node.iter("img")))
    elif tag in LISTS:
        yield Part("\n".join(_list(node, depth)), text)
    elif tag == "table":
        yield from _table(node, depth)
    elif tag == "pre":
        yield Part(_code(node, depth), text)
    elif tag == "blockquote":
        yield Part(_prefixed("> ", _joined(_parts(node, depth + 1))), text)
    elif tag == "dl":
        yield from _definitions(node, depth)
    elif tag == SEPARATOR:
        yield Part(_APART, "")
    elif tag == FOOTNOTE_TAG:
        yield Part(_footnote(node, depth), text)
    elif tag == "hr":
        yield Part("---", "")
    elif tag in ("summary", "legend", "caption"):
        yield Part(f"**{escaped(text).strip()}**" if text else "", text, bold=True)
    else:
        yield from _parts(node, depth)


def _footnote(node: Element, depth: int) -> str:
    """Return the definition of a footnote; what follows its first line is indented."""
    body = _joined(_parts(node, depth + 1)) or "&nbsp;"
    return f"[^{node.get('name')}]: " + _prefixed(INDENT, body).removeprefix(INDENT)


def _joined(parts: Iterator[Part]) -> str:
    return "\n\n".join(part.markdown for part in parts if part.markdown.strip())


def _prefixed(prefix: str, text: str) -> str:
    return "\n".join(prefix + line if line else prefix.rstrip() for line in text.split("\n"))


# ---- lists ----


def _list(node: Element, depth: int) -> Iterator[str]:
    """Yield the lines of a list; without paragraphs in its items it has no blank lines.

    Where the numbers do not go on, another list begins, marked by another delimiter behind its
    numbers.
    """
    elements = _items(node)
    markers = _markers(node, elements)
    items = [[part.markdown for part in _parts(item, depth + 1)] for item in elements]
    loose = any(sum(not LIST_ITEM.match(block) for block in item) > 1 for item in items)
    for index, (marker, blocks) in enumerate(zip(markers, items, strict=True)):
        if index and (loose or marker[-2:] != markers[index - 1][-2:]):
            yield ""
        yield from _item(marker, blocks, loose)


def _items(node: Element) -> list[Element]:
    """Return the items; a list that stands beside them belongs to the item before it.

    Other text in a list is shown by browsers, too, and is an item.
    """
    items: list[Element] = []
    for child in list(children(node)):
        if isinstance(child, str):
            if child.strip():
                items.append(etree.Element("li"))
                items[-1].text = child
        elif child.tag == "li":
            items.append(child)
        else:
            child.tail = None
            items = items or [etree.Element("li")]
            items[-1].append(child)
    return items


def _markers(node: Element, items: Sequence[Element]) -> list[str]:
    """Return what stands before each item: a bullet, a number, or a bullet and a visible letter."""
    if node.tag != "ol":
        return ["- "] * len(items)
    numbers = numbers_of(node, items)
    style = node.get("type", "")
    outer_lists = sum(_COUNTED in outer.attrib for outer in node.iterancestors("ol"))
    shown = SHOWN_AT_DEPTH[min(outer_lists, len(SHOWN_AT_DEPTH) - 1)]
    is_other = style in STYLES and style != shown
    if "reversed" in node.attrib or is_other or min(numbers, default=0) < 0:
        return [f"- {line_start(f'{written_number(number, style)}.')} " for number in numbers]
    node.set(_COUNTED, "")
    markers: list[str] = []
    delimiter = ")" if node.get(DELIMITER) == ")" else "."
    for index, number in enumerate(numbers):
        if index and number != numbers[index - 1] + 1:
            delimiter = ")" if delimiter == "." else "."
        markers.append(f"{number}{delimiter} ")
    return markers


def _item(marker: str, blocks: Sequence[str], loose: bool) -> Iterator[str]:
    if not blocks:
        return
    opening, *rest = ("&nbsp;", *blocks) if STRUCTURE.match(blocks[0]) else blocks
    opening = _TASK.sub(r"\\\g<0>", opening)
    yield marker + opening.split("\n")[0]
    yield from (INDENT + line for line in opening.split("\n")[1:])
    for block in rest:
        if loose or opening == _APART or not _OPENS_AT_ONCE.match(block):
            yield ""
        opening = block
        yield from ((INDENT + line) if line else "" for line in block.split("\n"))


def _definitions(node: Element, depth: int) -> Iterator[Part]:
    """Yield a list of definitions; what stands above its first term is text without one.

    Else the paragraph before the list would be read as its term.
    """
    items = [item for item in node.iter("dt", "dd") if next(item.iterancestors("dl")) is node]
    is_term = [item.tag == "dt" and bool(_words(item).strip()) for item in items]
    first = is_term.index(True) if True in is_term else len(items)
    for child in items[:first]:
        yield from _parts(child, depth)
    entries = list(_entries(items[first:], depth))
    if entries:
        yield Part("\n\n".join(entries), " ".join(" ".join(map(_words, items[first:])).split()))


def _entries(items: Sequence[Element], depth: int) -> Iterator[str]:
    """Yield the entries of a list of definitions: terms, then their definitions."""
    terms: list[str] = []
    for child in items:
        if child.tag == "dt":
            terms += filter(None, [inline(children(child)).replace("  \n", " ")])
            continue
        body = _joined(_parts(child, depth + 1)).replace("\n", f"\n{INDENT}")
        yield "\n".join([*terms, f":   {body}"])
        terms = []
    if terms:
        yield "  \n".join(terms)


def _code(node: Element, depth: int) -> str:
    text = text_of(node).strip("\n").expandtabs(4)
    if depth or "```" in text:
        return "\n".join(INDENT + line if line.strip() else "" for line in text.split("\n"))
    return f"```\n{text}\n```" if text.strip() else ""


def _stray(table: Element) -> list[Node]:
    """Return the text of a table outside of its cells, which browsers show above it."""
    texts: list[Node] = []
    for part in table.iter("table", "thead", "tbody", "tfoot", "tr"):
        if part is table or next(part.iterancestors("table")) is table:
            texts += [text for text in children(part) if isinstance(text, str) and text.strip()]
    return texts


def _table(node: Element, depth: int) -> Iterator[Part]:
    """Yield a table: its caption, then its rows; one that only places a text yields that text."""
    for caption in node.iterchildren("caption"):
        yield from _block(caption, depth)
    yield from _paragraph(_stray(node))
    grid = cells_of(node)
    if has_columns(grid):
        yield Part(grid_of(grid), " ".join(_words(node).split()))
    else:
        for row in grid:
            yield from _parts(row[0], depth)
