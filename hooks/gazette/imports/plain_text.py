"""A page as plain text, pasted or saved: which lines are headings, lists, tables, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from lxml import etree

from gazette.imports.block_markdown import Part, parts_of
from gazette.imports.draft import MAX_HEADING_LETTERS, heading_level, is_way_back, label_of
from gazette.imports.html_tree import Element, NestedLists
from gazette.imports.page_bounds import check_lines

BULLET = re.compile(r"([•◦▪‣●○■·*+–—-]|o(?=\t))[ \t\xa0]+(?=\S)")
ITEM_NUMBER = re.compile(r"(\d{1,3})[.)][ \t\xa0]+(?=\S)")
TAB_WIDTH = 4
WRAPPED_LINES = 8
"""A text where less than one line in so many stands behind a blank one has no blank lines between
its paragraphs: each line of it is a paragraph."""


@dataclass(frozen=True)
class _Line:
    """A line that holds something; `gap` says that a blank line stands before it."""

    text: str
    indent: int
    gap: bool

    @property
    def kind(self) -> str:
        """What the line looks like alone: a bullet, a number, a row of a table, or text."""
        if BULLET.match(self.text):
            return "ul"
        if ITEM_NUMBER.match(self.text):
            return "ol"
        return "row" if "\t" in self.text else "p"


def read_text(text: str) -> list[Part]:
    """Return the blocks of a page; its first line that says something of its own is the title.

    Raises SourceError when it is too long to be read.
    """
    check_lines(text)
    lines = list(_lines(text))
    body = etree.Element("body")
    above = list(takewhile(lambda line: _is_furniture(line.text), lines))
    for line in above:
        etree.SubElement(body, "p").text = line.text
    if len(above) < len(lines):
        etree.SubElement(body, "h1").text = lines[len(above)].text
        _write(body, _joined(lines[len(above) + 1 :]))
    return parts_of(body)


def _lines(text: str) -> Iterator[_Line]:
    gap = True
    for raw in text.replace("\u2028", "\n").split("\n"):
        plain = raw.strip(" \t\xa0\u3000")
        if plain:
            spaced = raw.expandtabs(TAB_WIDTH)
            yield _Line(plain, len(spaced) - len(spaced.lstrip(" \xa0")), gap)
        gap = not plain


def _is_furniture(line: str) -> bool:
    return is_way_back(line) or label_of(line) is not None


def _joined(lines: Sequence[_Line]) -> list[_Line]:
    """Join the lines of a paragraph that was wrapped; a text without blank lines has one each."""
    gaps = sum(line.gap for line in lines)
    joined: list[_Line] = []
    texts: list[list[str]] = []
    for line in lines:
        before = joined[-1] if joined else None
        goes_on = before and not line.gap and line.kind == "p" and not heading_level(line.text)
        wraps = before and (gaps * WRAPPED_LINES > len(lines) or line.indent > before.indent)
        if before and goes_on and wraps and _is_wrapped(before, line):
            texts[-1].append(line.text)
            if len(before.text) <= MAX_HEADING_LETTERS:  # a longer one is only joined at the end
                joined[-1] = _Line(f"{before.text} {line.text}", before.indent, before.gap)
        else:
            joined.append(line)
            texts.append([line.text])
    return [
        _Line(" ".join(words), line.indent, line.gap)
        for line, words in zip(joined, texts, strict=True)
    ]


def _is_wrapped(before: _Line, line: _Line) -> bool:
    if before.kind != "p":
        return line.indent > before.indent or line.text[:1].islower()
    return not heading_level(before.text)


def _write(body: Element, lines: Sequence[_Line]) -> None:
    """Write lines as HTML: headings, paragraphs, and what several lines make together."""
    start, last_heading = 0, 0
    while start < len(lines):
        line = lines[start]
        run = _run(lines, start)
        if line.kind == "ol" and _are_headings(run, last_heading):
            last_heading = _number(run[-1])
            for heading in run:
                etree.SubElement(body, "h2").text = heading.text
        elif line.kind == "ul" or (line.kind == "ol" and len(run) > 1):
            _list(body, run)
        elif line.kind == "row" and len(run) > 1:
            _table(body, run)
        else:
            run = run[:1]
            level = heading_level(line.text)
            etree.SubElement(body, f"h{level}" if level else "p").text = line.text
        start += len(run)


def _are_headings(run: Sequence[_Line], last: int) -> bool:
    """Tell whether numbered lines are headings: one alone, or several that go on from `last`."""
    if not all(line.gap and line.kind == "ol" and heading_level(line.text) for line in run):
        return len(run) == 1 and bool(heading_level(run[0].text))
    return len(run) < 3 or _number(run[0]) == last + 1 > 1


def _run(lines: Sequence[_Line], start: int) -> Sequence[_Line]:
    """Return the lines from `start` on that make one list or table with the first."""
    end = start + 1
    while end < len(lines) and _belongs(lines[start], lines[end - 1], lines[end]):
        end += 1
    return lines[start:end]


def _belongs(first: _Line, before: _Line, line: _Line) -> bool:
    if first.kind == "row":
        same = line.text.count("\t") == first.text.count("\t")
        return line.kind == "row" and not line.gap and same
    if first.kind == "p" or line.kind not in ("ul", "ol"):
        return False
    if line.kind == "ol" and before.kind == "ol" and line.indent == before.indent:
        return _number(line) == _number(before) + 1
    nested = line.indent > first.indent
    return nested or line.kind == first.kind == "ul" or (line.kind == "ol" and first.kind == "ol")


def _number(line: _Line) -> int:
    number = ITEM_NUMBER.match(line.text)
    return int(number[1]) if number else 0


def _list(body: Element, lines: Sequence[_Line]) -> None:
    """Write a list; deeper lines are lists inside the item above them."""
    lists = NestedLists(body)
    for line in lines:
        depth = max(line.indent, lines[0].indent)
        item = lists.add_item(depth, line.kind, _number(line))
        mark = BULLET.match(line.text) or ITEM_NUMBER.match(line.text)
        item.text = line.text[mark.end() :] if mark else line.text


def _table(body: Element, lines: Sequence[_Line]) -> None:
    """Write rows whose cells are separated by tabs; the first one is the header."""
    table = etree.SubElement(body, "table")
    for index, line in enumerate(lines):
        row = etree.SubElement(table, "tr")
        for words in line.text.split("\t"):
            etree.SubElement(row, "td" if index else "th").text = words.strip()
