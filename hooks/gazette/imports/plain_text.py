"""A page as plain text, pasted or saved: which lines are headings, lists, tables, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from lxml import etree

from gazette.imports.block_markdown import DELIMITER, Part, parts_of
from gazette.imports.draft import MAX_HEADING_LETTERS, heading_level, is_label, is_way_back, ranked
from gazette.imports.drawn_tables import with_tabbed_tables
from gazette.imports.html_tree import Element
from gazette.imports.page_bounds import check_lines
from gazette.text.canonical import WIDE
from gazette.text.numbers import values_of

BULLET = re.compile(r"([•◦▪‣●○■·*+–—-]|o(?=\t))[ \t\xa0]+(?=\S)")
ITEM_NUMBER = re.compile(r"(\d{1,3})(?:\.\)|[.)])[ \t\xa0]+(?=\S)")
LETTER = re.compile(
    r"(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,3})\)|\[\d{1,3}\]|(?:[a-zA-Z]|[ivx]{1,5})(?:\.\)|[.)]))"
    r"[ \t\xa0]+(?=\S)"
)
"""What stands before a clause that no list of a help center counts: it stays in the text."""
WIDE_ITEM = re.compile(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}、)(?=\S)"
)
"""What stands before a clause in Chinese or Japanese."""
CLAUSE_BEFORE = re.compile(r"(?:[.:;,–—-]|\b(?:and|or|und|oder|et|ou))$")
ANY_NUMBER = re.compile(
    r"(?:§\s*|(?:section|clause)\s+)?(\d{1,3}(?:\.\d{1,3})*)[.)]?[ \t\xa0]", re.I
)
CLAUSE_NUMBER = re.compile(
    r"(?:§\s*|(?:section|clause)\s+)?(\d{1,3}(?:\.\d{1,3})+)\.?[ \t\xa0]", re.I
)
QUOTE = re.compile(r">+ ?")
"""What stands before the lines of an earlier mail."""
DRAWN = re.compile(r"([=_~*#-])\1{2,}|(?:[=_*-] ){2,}[=_*-]")
"""A line that is drawn, not written: a rule, or what underlines the line above it."""
MIN_WIDTH = 50
"""A text whose longest line is shorter is not wrapped at a column."""
WIDE_MARGIN = 1.25
"""In a script without spaces the longest line may be so many times as long as one that is full."""
TAB_WIDTH = 4
WRAPPED_LINES = 8
"""A text where less than one line in so many stands behind a blank one has no blank lines between
its paragraphs: each line of it is a paragraph."""


@dataclass(frozen=True)
class _Line:
    """A line that holds something; `gap` says that a blank line stands before it.

    `level` is that of a heading where the line is underlined.
    """

    text: str
    indent: int
    gap: bool
    level: int = 0

    @property
    def kind(self) -> str:
        """What the line looks like alone: a heading, a bullet, a number, a row, or text."""
        if self.level:
            return "heading"
        if BULLET.match(self.text):
            return "ul"
        if ITEM_NUMBER.match(self.text):
            return "ol"
        if LETTER.match(self.text):
            return "letter"
        if QUOTE.match(self.text):
            return "quote"
        return "row" if "\t" in self.text else "p"


def read_text(text: str) -> list[Part]:
    """Return the blocks of a page; its first line is the title, unless it begins a sentence.

    Raises SourceError when it is too long to be read.
    """
    check_lines(text)
    lines = _lines(with_tabbed_tables(text))
    body = etree.Element("body")
    above = list(takewhile(lambda line: _is_furniture(line.text), lines))
    for line in above:
        etree.SubElement(body, "p").text = line.text
    rest = lines[len(above) :]
    if rest and not _begins_sentence(rest):
        etree.SubElement(body, "h1").text = rest.pop(0).text
    _write(body, _joined(rest))
    return ranked(parts_of(body))


def _lines(text: str) -> list[_Line]:
    """Return the lines that hold words; a drawn line makes a heading of the short one above it."""
    lines: list[_Line] = []
    gap = True
    for raw in text.replace("\u2028", "\n").split("\n"):
        plain = raw.strip(" \t\xa0\u3000")
        is_drawn = DRAWN.fullmatch(plain) is not None
        if is_drawn and lines and not gap and _may_be_heading(lines[-1]):
            level = heading_level(lines[-1].text) or (2 if plain[0] == "=" else 3)
            lines[-1] = replace(lines[-1], level=level)
        elif plain and not is_drawn:
            spaced = raw.expandtabs(TAB_WIDTH)
            lines.append(_Line(plain, len(spaced) - len(spaced.lstrip(" \xa0")), gap))
        gap = is_drawn or not plain
    return lines


def _begins_sentence(lines: Sequence[_Line]) -> bool:
    """Tell whether the first line is long, or goes on in the next one."""
    first, following = lines[0], lines[1] if len(lines) > 1 else None
    goes_on = following is not None and not following.gap and following.kind == "p"
    width = max(len(line.text) for line in lines)
    is_cut = following is not None and (
        following.text[0].islower() or _is_full(first.text, following, width)
    )
    return len(first.text) > MAX_HEADING_LETTERS or (goes_on and is_cut)


def _is_full(text: str, following: _Line, width: int) -> bool:
    """Tell whether a line of a text of some width has no room for what the next begins with."""
    return len(text) + 1 + len(following.text.split()[0]) > width >= MIN_WIDTH


def _may_be_heading(line: _Line) -> bool:
    return line.gap and len(line.text) <= MAX_HEADING_LETTERS and line.text[-1] not in ".;,"


def _is_furniture(line: str) -> bool:
    return is_way_back(line) or is_label(line)


def _joined(lines: Sequence[_Line]) -> list[_Line]:
    """Join the lines of a paragraph that was wrapped; a text without blank lines has one each."""
    gaps = sum(line.gap for line in lines)
    width = max((len(line.text) for line in lines), default=0)
    joined: list[_Line] = []
    texts: list[list[str]] = []
    lettered = _lettered(lines)
    for at, line in enumerate(lines):
        before = joined[-1] if joined else None
        wraps = before and (gaps * WRAPPED_LINES > len(lines) or line.indent > before.indent)
        if (
            before
            and wraps
            and at not in lettered
            and _goes_on(before, line)
            and _is_wrapped(before, texts[-1], line, width)
        ):
            texts[-1].append(line.text)
            if len(before.text) <= MAX_HEADING_LETTERS:  # a longer one is only joined at the end
                joined[-1] = _Line(f"{before.text} {line.text}", before.indent, before.gap)
        else:
            joined.append(line)
            texts.append([line.text])
    return [replace(line, text=_line_of(words)) for line, words in zip(joined, texts, strict=True)]


def _line_of(lines: Sequence[str]) -> str:
    """Return lines as one; scripts without spaces get none."""
    gaps = ["" if WIDE.search(end[-1] + start[0]) else " " for end, start in pairwise(lines)]
    return "".join(f"{line}{gap}" for line, gap in zip(lines, [*gaps, ""], strict=True))


def _lettered(lines: Sequence[_Line]) -> set[int]:
    """Return the places of lines that begin with letters of which one follows another.

    No blank line stands between them.
    """
    places: set[int] = set()
    above: dict[tuple[str, bool, int], int] = {}
    for at, line in enumerate(lines):
        above = {} if line.gap else above
        mark = LETTER.match(line.text)
        letter = re.sub(r"\W", "", mark[0]) if mark else ""
        sign = mark[0].strip().replace(letter, "") if mark else ""
        for value in [int(letter)] if letter.isdecimal() else values_of(letter):
            before = above.get((sign, letter.isupper(), value - 1))
            places |= set() if before is None else {before, at}
            above[sign, letter.isupper(), value] = at
    return places


def _goes_on(before: _Line, line: _Line) -> bool:
    """Tell whether a line may go on with the one before: it begins nothing of its own."""
    if line.gap or heading_level(line.text) or _is_next_clause(before.text, line.text):
        return False
    if WIDE_ITEM.match(line.text) or (WIDE.match(line.text) and is_label(line.text)):
        return False
    if line.kind == "letter":  # as in `paragraph / (a) of this policy`
        begins = line.indent > before.indent or CLAUSE_BEFORE.search(before.text)
        return not (begins or before.kind in ("letter", "ol", "ul"))
    return line.kind == "p"


def _is_next_clause(before: str, line: str) -> bool:
    """Tell whether a line begins with the number that follows that of the clause before it."""
    numbers = [ANY_NUMBER.match(before), CLAUSE_NUMBER.match(line)]
    last, current = (
        [int(figure) for figure in number[1].split(".")] if number else [] for number in numbers
    )
    nexts = [[*last[:at], number + 1] for at, number in enumerate(last)]
    if last:
        nexts.append([*last, 1])
    return any(
        current[: len(following)] == following and set(current[len(following) :]) <= {1}
        for following in nexts
    )


def _is_wrapped(before: _Line, texts: Sequence[str], line: _Line, width: int) -> bool:
    """Tell whether a line stands alone only because the one before it was full.

    `texts` are the lines that make the block before, `width` the length of the longest line.
    """
    is_full = _is_full(texts[-1], line, width)
    if WIDE.match(texts[-1][-1]) and len(texts[-1]) * WIDE_MARGIN < width:
        return False
    if before.kind != "p":
        is_cut = before.text[-1].isalpha() and line.text[:1].isdigit()
        is_cut = is_cut and not CLAUSE_NUMBER.match(line.text)
        return line.indent > before.indent or line.text[:1].islower() or is_full or is_cut
    return not heading_level(before.text) or line.text[:1].islower() or is_full


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
        elif line.kind == "ul" or (line.kind in ("ol", "letter") and len(run) > 1):
            _list(body, run)
        elif line.kind == "quote":
            quote = etree.SubElement(etree.SubElement(body, "blockquote"), "p")
            for quoted in run:
                etree.SubElement(quote, "br").tail = quoted.text[1:].strip()
        elif line.kind == "row" and len(run) > 1:
            _table(body, run)
        else:
            run = run[:1]
            level = line.level or heading_level(line.text)
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
    while end < len(lines) and _belongs(lines[start:end], lines[end]):
        end += 1
    return lines[start:end]


def _belongs(run: Sequence[_Line], line: _Line) -> bool:
    first = run[0]
    if first.kind == "row":
        same = line.text.count("\t") <= first.text.count("\t")
        return line.kind == "row" and not line.gap and same
    if "quote" in (first.kind, line.kind):
        return first.kind == line.kind and not line.gap
    if first.kind in ("p", "heading") or line.kind in ("p", "row", "heading"):
        return False
    beside = (item for item in reversed(run) if item.kind == "ol" and item.indent == line.indent)
    counted = next(beside, None) if line.kind == "ol" else None
    if counted:
        return _number(line) == _number(counted) + 1
    below = line.kind == "letter" and not line.gap
    return line.indent > first.indent or line.kind == first.kind or below


def _number(line: _Line) -> int:
    number = ITEM_NUMBER.match(line.text)
    return int(number[1]) if number else 0


def _list(body: Element, lines: Sequence[_Line]) -> None:
    """Write a list; a deeper line begins a list in the item above, another kind one beside it."""
    open_lists: list[tuple[int, Element]] = []
    for line in lines:
        below = line.kind == "letter" and lines[0].kind != "letter"
        depth = 2 * max(line.indent, lines[0].indent) + below
        kind = "ol" if line.kind == "ol" else "ul"
        while open_lists and (open_lists[-1][0], open_lists[-1][1].tag) != (depth, kind):
            if open_lists[-1][0] < depth:
                break
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < depth:
            opened = etree.SubElement(open_lists[-1][1][-1] if open_lists else body, kind)
            if kind == "ol":
                opened.set("start", str(_number(line)))
                opened.set(DELIMITER, line.text.lstrip("0123456789")[:1])
            open_lists.append((depth, opened))
        mark = BULLET.match(line.text) or ITEM_NUMBER.match(line.text)
        etree.SubElement(open_lists[-1][1], "li").text = line.text[mark.end() if mark else 0 :]


def _table(body: Element, lines: Sequence[_Line]) -> None:
    """Write rows whose cells are separated by tabs; the first one is the header."""
    table = etree.SubElement(body, "table")
    for index, line in enumerate(lines):
        row = etree.SubElement(table, "tr")
        for words in line.text.split("\t"):
            etree.SubElement(row, "td" if index else "th").text = words.strip()
