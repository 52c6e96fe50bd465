"""How large and how intricate a page may be, whatever its format; beyond that it is refused.

Every step of an import takes a time that grows with these numbers alone, so each file is read, or
refused, within seconds. All are far above every policy known: the longest has 800,000 letters.
"""

from __future__ import annotations

import re
from pathlib import Path

from gazette.errors import SourceError
from gazette.imports.html_tree import HEADINGS, Element
from gazette.text.bounds import excesses

MAX_FILE_BYTES = 100_000_000
"""A file as it lies there; a Word file may hold photographs, which are never unpacked."""
MAX_PAGE_BYTES = 5_000_000
"""A text, Markdown or HTML file, with all scripts and styles in it."""
MAX_TAGS = 100_000
"""Tags of an HTML page."""
MAX_ATTRIBUTE_WORK = 50_000_000
"""The sum of the squares of the attributes of all tags: each is compared with those before it."""
MAX_DEPTH = 100
"""Elements inside one another: each takes up to four calls of Python's 1,000."""
MAX_LETTERS = 2_000_000
"""What may remain to be read, in letters; no policy may be longer."""
MAX_BLOCKS = 20_000
"""Paragraphs, headings, items of lists and rows of tables."""
MAX_LINES = 200_000
"""Lines of a text file, blank ones included."""
MAX_RUNS = 5_000
"""Runs of letters of one look in a paragraph of a Word file."""
MAX_CELLS = 50_000
"""Columns of a table times its rows."""

_TAG = re.compile(
    r"""<[a-zA-Z](?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>])*+(?:>|\Z)""",
)
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_ATTRIBUTE = re.compile(r"(?<![\s/])[\s/]++[^\s/>]")
_BLOCK_TAGS = ("p", *HEADINGS, "li", "tr", "dt", "dd", "pre")


def read_bounded(file: Path) -> bytes:
    """Return the bytes of a file; raises SourceError when there are too many, OSError as usual."""
    with file.open("rb") as content:
        return within_bounds(content.read(MAX_FILE_BYTES + 1))


def within_bounds(data: bytes) -> bytes:
    """Return the bytes of a file, read no further than they may go."""
    _check("It", len(data), MAX_FILE_BYTES, "bytes")
    return data


def check_html(text: str) -> None:
    """Raise SourceError unless a page in HTML can be parsed in a time that is known."""
    _check("The page", text.count("<"), MAX_TAGS, "tags")
    work = 0
    for tag in _TAG.finditer(text):
        work += len(_ATTRIBUTE.findall(_VALUE.sub("=", tag[0]))) ** 2
    if work > MAX_ATTRIBUTE_WORK:
        raise SourceError("A tag in the page has thousands of attributes: no page for readers.")


def check_tree(root: Element) -> None:
    """Raise SourceError unless the elements of a page can be written as Markdown."""
    letters = blocks = 0
    depths = {root: 0}
    for element in root.iter():
        parent = element.getparent()
        depth = depths[element] = depths.get(parent, 0) + 1 if parent is not None else 0
        _check("The page", depth, MAX_DEPTH, "elements inside one another")
        blocks += element.tag in _BLOCK_TAGS
        letters += len(element.text or "") + len(element.tail or "")
    _check("The page", blocks, MAX_BLOCKS, "paragraphs, headings, items and rows")
    _check("The page", letters, MAX_LETTERS, "letters")


def check_word(paragraphs: int, runs: int) -> None:
    """Raise SourceError unless a Word file has so many paragraphs, and so many runs in one."""
    _check("The file", paragraphs, MAX_BLOCKS, "paragraphs")
    _check("A paragraph", runs, MAX_RUNS, "pieces of text")


def check_page(data: bytes) -> None:
    """Raise SourceError unless a text, Markdown or HTML file is of a size that is read."""
    _check("The page", len(data), MAX_PAGE_BYTES, "bytes")


def check_lines(text: str) -> None:
    """Raise SourceError unless a text file has so many lines."""
    _check("The page", text.count("\n"), MAX_LINES, "lines")


def check_markdown(text: str) -> None:
    """Raise SourceError where a policy of this text would be refused as too long or intricate."""
    if beyond := excesses(text):
        raise SourceError(f"Line {beyond[0].line}: {beyond[0].message} {beyond[0].hint}")


def check_table(rows: int, columns: int) -> None:
    """Raise SourceError unless a table can be written with every cell in its column."""
    _check("A table", rows * columns, MAX_CELLS, "cells")


def _check(name: str, count: int, most: int, noun: str) -> None:
    if count > most:
        raise SourceError(
            f"{name} has more than {most:,} {noun}, which no policy has. Bring in its text alone, "
            "or several shorter ones."
        )
