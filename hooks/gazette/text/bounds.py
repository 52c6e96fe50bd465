"""How large and how intricate a text may be, looked at before anything parses it.

Python-Markdown looks for the end of whatever seems to begin, wherever that is; redlines
compare sections with sections. A text of a few kilobytes can keep both busy for hours, or nest
deeper than Python calls functions. Within these bounds the time that a text takes is bounded, too:
a second or two for the worst of them. The bounds are counts that one look at the text gives, far
above every text of two public collections of policies (4,700 texts, the longest of 800,000
characters); each says how far.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

MAX_CHARACTERS = 2_000_000
"""A text, front matter included; the longest known has 800,000."""
MAX_LINE = 200_000
"""Characters in a line; 61,000 are known."""
MAX_LINES = 50_000
"""Lines. Each takes about 40 microseconds, also where thousands of them are one paragraph."""
MAX_SECTIONS = 2_000
"""Headings; 630 are known. Sections are matched in pairs: twice as many take four times as long."""
MAX_BLOCKS = 10_000
"""Paragraphs, list items, table rows and their like; 5,000 are known. Redlines pair them."""
MAX_DEPTH = 40
"""Lists, quotes, notices and definitions inside one another; 6 are known. Each takes about eight
calls of functions inside one another, of the thousand that Python allows."""
MAX_ELEMENTS = 100
"""HTML elements that are open at once; 5 are known."""
MAX_BLANKS = 2_000
"""Spaces and tabs in a row; 149 are known. Looked through from each one on."""
MAX_REACH = 2_000_000
"""Sum of the ways from each bracket to the one that closes it, in a paragraph; 160,000 are known.
One that is never closed reaches to the end. Each step takes about 0.3 microseconds."""
MAX_SEARCH = 100_000_000
"""Sum over paragraphs: places where something begins, times letters in which its end is looked
for; 36 million are known. About 20 nanoseconds each."""
MAX_MARKS = 2_000_000_000
"""The same for marks that are replaced one by one, the text being copied each time; 250 million are
known. Below one nanosecond each."""
MAX_CELLS = 50_000
"""Columns of a table times its rows; 234 are known."""
MAX_SPANS = 2_000
"""Sum of all `colspan` and `rowspan` of a text."""
MAX_REFERENCES = 2_000
"""References to footnotes; each is compared with all others of its note."""
MAX_CONTENTS = 5
"""Tables of contents, each of which lists all headings; no text is known to have two."""
MAX_FRONT_MATTER = 20_000
"""Characters between the two lines of dashes."""
MAX_VALUE_DEPTH = 50
"""Lists and mappings inside one another in the front matter, brackets of quoted texts included."""
MAX_INDENT = 40
"""Blanks and dashes before a line of the front matter, which nest as well."""


@dataclass(frozen=True, slots=True)
class Excess:
    """Where a text goes beyond a bound: its line, counted from 1, the message, and a remedy."""

    line: int
    message: str
    hint: str


class _Glance:
    """What a glance at a text tells: it is within most bounds, which then need no measuring.

    `line` is the length of the longest line, `paragraph` that of the longest paragraph, or more;
    `opens_deep` says whether any line begins with nothing but markers and blanks for a while.
    """

    def __init__(self, body: str) -> None:
        lines = body.split("\n")
        self.body, self.length, self.lines = body, len(body), len(lines)
        self.line = max(map(len, lines))
        self.paragraph = max(map(len, body.split("\n\n")))
        self.opens_deep = any(
            len(line) > MAX_DEPTH and not line[:20].strip(_PREFIX) for line in lines
        )

    def count(self, marks: str) -> int:
        """Return how often any of these characters stands in the text."""
        return sum(map(self.body.count, marks))


class _Bound(NamedTuple):
    """`at_most` is a number that the measure cannot exceed, and that costs nearly nothing."""

    most: int
    at_most: Callable[[_Glance], int]
    measure: Callable[[str], _Place]
    message: str
    hint: str


_Place = tuple[int, int]
"""How much of something there is, and the place in the text where most of it stands."""

_PREFIX = " \t>*+-:.!?0123456789"
_BREAK = re.compile(r"\n[ \t>]*\n")
_HEADING = re.compile(r"^[ >]*(?:#|(?:=+|-+)[ \t]*$)|<h[1-6]", re.M | re.I)
_STARTS = re.compile(r"^[ \t]*(?:[*+>|:#<-]|\d+[.)])", re.M)
_MARKER = r"(?:>|[*+:-](?=[ \t])|\d+[.)](?=[ \t])|[!?]{3})"
_NESTING = re.compile(rf"^(?:[ \t]*{_MARKER})+", re.M)
_RULE = re.compile(r"[ >]*([*_-])(?:[ \t]*\1)*[ \t]*")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_CLOSED_BY_OTHERS = frozenset(
    ("a", "area", "br", "col", "dd", "dt", "hr", "img", "input", "li", "p", "td", "th", "tr", "wbr")
)
_BLANKS = re.compile(rf"[ \t]{{{MAX_BLANKS + 1}}}")
_LINE_START = re.compile(r"^ {0,3}[#*_=-]", re.M)
_MARK = re.compile(r"[\\`*_<&\[!~]")
_TICKS = re.compile(r"`+")
_MEANING = re.compile(r"^ {0,3}:[ \t]", re.M)
_CONTENTS = re.compile(r"\[TOC\]")
_FOOTNOTE = re.compile(r"\[\^")
# Python's reader of HTML, which the host asks before it renders, ends in an error at any other.
_SECTION = re.compile(
    r"<!\[(?!(?:temp|cdata|ignore|include|rcdata|if|else|endif)(?![-_.a-z0-9]))", re.I
)
_FENCE = re.compile(r"^[ >]*(?:```|~~~)", re.M)
_ABBREVIATION = re.compile(r"^[ ]*\*\[", re.M)
_SPAN = re.compile(r"(?:col|row)span[\s=\"']*(\d+)", re.I)
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)
_VALUE_START = re.compile(r"^[ \t?:-]*", re.M)


def excesses(text: str) -> list[Excess]:
    """Return every bound that a policy's file goes beyond, in the order of its lines.

    `text` has line feeds alone at the ends of its lines. Takes a tenth of a second for the longest
    text that is allowed; nothing else is looked at in one that is too long or has too many parts.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"The text has {len(text):,} characters; {MAX_CHARACTERS:,} are the most."
        return [Excess(1, message, "Make several policies of it.")]
    front = _FRONT_MATTER.match(text)
    beyond = list(front_matter_excesses(front[1])) if front else []
    start = front.end() if front else 0
    beyond += _of_body(text[start:], text.count("\n", 0, start))
    return sorted(beyond, key=lambda excess: excess.line)


def front_matter_excesses(block: str) -> Iterator[Excess]:
    """Yield the bounds that the YAML between the two lines of dashes goes beyond."""
    if len(block) > MAX_FRONT_MATTER:
        message = (
            f"The front matter has {len(block):,} characters; {MAX_FRONT_MATTER:,} are the most."
        )
        yield Excess(1, message, "Move what readers are to know into the text.")
    brackets = re.finditer(r"[\[\]{}]", block)
    depth, place = _deepest((match.start(), 1 if match[0] in "[{" else -1) for match in brackets)
    start = max(_VALUE_START.finditer(block), key=lambda match: len(match[0]))
    deep = depth > MAX_VALUE_DEPTH or len(start[0]) > MAX_INDENT
    if deep:
        line = block.count("\n", 0, place if depth > MAX_VALUE_DEPTH else start.start()) + 2
        message = f"Values stand inside one another more than {MAX_VALUE_DEPTH} deep here."
        yield Excess(line, message, 'Write each line as key: value; put a text with "[" in quotes.')


def _deepest(events: Iterable[tuple[int, int]]) -> _Place:
    """Return how many are open at most, and where, of what opens (1) and closes (-1) at places."""
    depth = most = place = 0
    for start, change in events:
        depth = max(0, depth + change)
        if depth > most:
            most, place = depth, start
    return most, place


def _of_body(body: str, lines_before: int) -> Iterator[Excess]:
    glance = _Glance(body)
    for bound in _BOUNDS:
        if bound.at_most(glance) <= bound.most:
            continue
        count, place = bound.measure(body)
        if count > bound.most:
            blank = len(body) - place - len(body[place:].lstrip("\n"))
            line = lines_before + body.count("\n", 0, place + blank) + 1
            message = bound.message.format(count=count, most=bound.most)
            yield Excess(line, message, bound.hint)
            if bound.measure in _FIRST:
                return


# ---- measures: each is linear in the length of the text


def _lines(body: str) -> _Place:
    count = body.count("\n")
    return count, len(body) - len(body.split("\n", MAX_LINES)[-1]) if count > MAX_LINES else 0


def _longest_line(body: str) -> _Place:
    longest, start, place = 0, 0, 0
    for line in body.split("\n"):
        if len(line) > longest:
            longest, place = len(line), start
        start += len(line) + 1
    return longest, place


def _counted(pattern: re.Pattern[str], most: int) -> Callable[[str], _Place]:
    """Return a measure that counts `pattern`; its place is the first match beyond `most`."""

    def measure(body: str) -> _Place:
        count = place = 0
        for match in pattern.finditer(body):
            count += 1
            if count == most + 1:
                place = match.start()
        return count, place

    return measure


def _blocks(body: str) -> _Place:
    return len(_BREAK.findall(body)) + len(_STARTS.findall(body)), 0


def _nesting(body: str) -> _Place:
    """Count the markers before a line and the steps it is indented; rules of dashes have none."""
    deepest: _Place = (0, 0)
    for match in _NESTING.finditer(body):
        prefix = match[0].expandtabs(4)
        depth = len(re.findall(_MARKER, prefix + " ")) + prefix.count(" ") // 4
        if depth > max(MAX_DEPTH, deepest[0]):
            end = body.find("\n", match.end())
            line = body[match.start() : end if end >= 0 else len(body)]
            deepest = deepest if _RULE.fullmatch(line) else (depth, match.start())
    return deepest


def _open_elements(body: str) -> _Place:
    tags = (match for match in _TAG.finditer(body) if match[2].lower() not in _CLOSED_BY_OTHERS)
    return _deepest((tag.start(), -1 if tag[1] else 1) for tag in tags)


def _meanings(body: str) -> _Place:
    """Return how many definitions a paragraph has at most: each is read inside the one before."""
    counts = ((len(_MEANING.findall(text)), -start) for start, text in _paragraphs(body))
    most, start = max(counts)
    return most, -start


def _reach(opening: str, closing: str) -> Callable[[str], _Place]:
    """Return a measure of how far it is from each `opening` to its `closing` in a paragraph."""
    marks = re.compile(f"{re.escape(opening)}|{re.escape(closing)}")

    def of_paragraph(text: str) -> int:
        total, opened = 0, []
        for match in marks.finditer(text):
            if match[0] == opening:
                opened.append(match.start())
            elif opened:
                total += match.start() - opened.pop()
        return total + sum(len(text) - start for start in opened)

    return lambda body: _summed(body, of_paragraph)


def _reach_of_tags(body: str) -> _Place:
    """Return how far it is from each `<` to the next `>`: HTML goes on through blank lines."""
    total, place, end = 0, 0, -1
    for match in re.finditer("<", body):
        start = match.start()
        if end < start:
            end = body.find(">", start) if end < len(body) else end
            end = len(body) if end < 0 else end
        if total <= MAX_REACH < total + end - start:
            place = start
        total += end - start
    return total, place


def _search(pattern: re.Pattern[str]) -> Callable[[str], _Place]:
    """Return a measure of places times length, paragraph by paragraph."""
    return lambda body: _summed(body, lambda text: len(pattern.findall(text)) * len(text))


def _search_in_all(pattern: re.Pattern[str]) -> Callable[[str], _Place]:
    """Return the same measure for what is looked for in the whole text."""
    return lambda body: (len(pattern.findall(body)) * len(body), 0)


def _summed(body: str, measure: Callable[[str], int]) -> _Place:
    """Add up what paragraphs measure; the place is that of the one that measures most."""
    amounts = [(measure(text), -start) for start, text in _paragraphs(body)]
    return sum(amount for amount, _ in amounts), -max(amounts)[1]


def _paragraphs(body: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph with its place."""
    start = 0
    for gap in _BREAK.finditer(body):
        yield start, body[start : gap.start()]
        start = gap.end()
    yield start, body[start:]


def _cells(body: str) -> _Place:
    def of_paragraph(text: str) -> int:
        lines = text.split("\n")
        return len(lines) * max((line.count("|") for line in lines[:3]), default=0)

    return _summed(body, of_paragraph)


def _spans(body: str) -> _Place:
    return sum(int(number[:6]) for number in _SPAN.findall(body)), 0


_SHORTER = (
    "Divide the paragraph with blank lines, or write a \\ before the marks that are only letters."
)
_CLOSE = "Close it, or write a \\ before it."
_headings = _counted(_HEADING, MAX_SECTIONS)
_FIRST = (_headings, _blocks)
_BOUNDS: tuple[_Bound, ...] = (
    _Bound(
        MAX_SECTIONS,
        lambda text: 2 * text.lines + text.count("<"),
        _headings,
        "The text has {count:,} headings; {most:,} are the most.",
        "Make several policies of it.",
    ),
    _Bound(
        MAX_BLOCKS,
        lambda text: 2 * text.lines,
        _blocks,
        "The text has {count:,} paragraphs, items and rows; {most:,} are the most.",
        "Make several policies of it.",
    ),
    _Bound(
        MAX_LINES,
        lambda text: text.lines,
        _lines,
        "The text has {count:,} lines; {most:,} are the most.",
        "Make several policies of it.",
    ),
    _Bound(
        MAX_LINE,
        lambda text: text.line,
        _longest_line,
        "A line of {count:,} characters; {most:,} are the most.",
        _SHORTER,
    ),
    _Bound(
        MAX_DEPTH,
        lambda text: text.length if text.opens_deep else 0,
        _nesting,
        "Lists and quotes stand inside one another {count} deep here; {most} are the most.",
        "Use sections with headings instead.",
    ),
    _Bound(
        MAX_DEPTH,
        lambda text: text.body.count("\n:") + text.body.count("\n :") + text.body.count("  :") + 1,
        _meanings,
        "{count} definitions stand in one paragraph here; {most} are the most.",
        "Set a blank line before each term.",
    ),
    _Bound(
        MAX_REFERENCES,
        lambda text: text.count("^"),
        _counted(_FOOTNOTE, MAX_REFERENCES),
        "The text has {count:,} footnotes and references to them; {most:,} are the most.",
        "Make several policies of it.",
    ),
    _Bound(
        MAX_CONTENTS,
        lambda text: text.body.count("[TOC]"),
        _counted(_CONTENTS, MAX_CONTENTS),
        "The text has {count:,} tables of contents; {most:,} are the most.",
        "Keep one [TOC].",
    ),
    _Bound(
        0,
        lambda text: text.body.count("<!["),
        _counted(_SECTION, 0),
        "“<![” begins markup that nothing can read.",
        "Write &lt;![ where the signs are meant.",
    ),
    _Bound(
        MAX_ELEMENTS,
        lambda text: text.count("<"),
        _open_elements,
        "{count} HTML elements are open at once here; {most} are the most.",
        "Close each of them, or write it in Markdown.",
    ),
    _Bound(
        0,
        lambda text: text.line - MAX_BLANKS,
        _counted(_BLANKS, 0),
        f"More than {MAX_BLANKS:,} spaces in a row.",
        "Take them out.",
    ),
    _Bound(
        MAX_REACH,
        lambda text: text.count("[") * text.paragraph,
        _reach("[", "]"),
        "Many a “[” in this paragraph is not closed.",
        _CLOSE,
    ),
    _Bound(
        MAX_REACH,
        lambda text: text.count("[") * text.paragraph,
        _reach("](", ")"),
        "Many a “](” in this paragraph is not closed.",
        _CLOSE,
    ),
    _Bound(
        MAX_REACH,
        lambda text: text.count("<") * text.length,
        _reach_of_tags,
        "Many a “<” from here on is not closed.",
        "Write &lt; for each.",
    ),
    _Bound(
        MAX_SEARCH,
        lambda text: text.lines * text.paragraph,
        _search(_LINE_START),
        "A paragraph with too many headings or rules.",
        _SHORTER,
    ),
    _Bound(
        MAX_SEARCH,
        lambda text: text.count("`") * text.paragraph,
        _search(_TICKS),
        "A paragraph with too many backticks.",
        _SHORTER,
    ),
    _Bound(
        MAX_SEARCH,
        lambda text: text.count("{") * text.paragraph,
        _search(re.compile(r"\{")),
        "A paragraph with too many “{{”.",
        _SHORTER,
    ),
    _Bound(
        MAX_MARKS,
        lambda text: text.count("\\`*_<&[!~") * text.paragraph,
        _search(_MARK),
        "A paragraph with too many marks for its length.",
        _SHORTER,
    ),
    _Bound(
        MAX_SEARCH,
        lambda text: text.count("`~") * text.length,
        _search_in_all(_FENCE),
        "The text has too many fences of code.",
        _CLOSE,
    ),
    _Bound(
        MAX_SEARCH // 4,
        lambda text: text.body.count("*[") * text.length,
        _search_in_all(_ABBREVIATION),
        "The text has too many abbreviations for its length.",
        "Define only those that it uses.",
    ),
    _Bound(
        MAX_CELLS,
        lambda text: text.count("|") * text.lines,
        _cells,
        "Tables of {count:,} cells; {most:,} are the most.",
        "Make several tables or policies of it.",
    ),
    _Bound(
        MAX_SPANS,
        lambda text: MAX_SPANS + 1 if "span" in text.body.lower() else 0,
        _spans,
        "Cells of tables span {count:,} columns and rows; {most:,} are the most.",
        "Write the table without `colspan` and `rowspan`.",
    ),
)
