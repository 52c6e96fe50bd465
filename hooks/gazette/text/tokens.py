"""Inline HTML as a row of tokens: what is compared, and where each stands in the visible text."""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from lxml import etree

from gazette.text.visible import UNSEEN

OBJECT = "\ufffc"
"""Stands in the text for an image, a check box or a line across the page."""
OBJECTS = frozenset({"img", "input", "hr"})
"""The elements for which it stands; they hold no words."""

OTHER_LINK = "data-link"
"""The attribute of a link that has the class of footnotes, but leads elsewhere."""

Mark = tuple[str, str]
"""An inline element around words: its tag, and its attributes as they stand in a start tag."""


LINE = "\u2028"
"""White space that a reader saw as a line break."""
BORDER = "\n"
"""White space where an element begins that stands apart from the words before it."""
APART = frozenset({"li", "p", "div", "tr", "td", "th", "dt", "dd", "ul", "ol", "pre", "blockquote"})
"""Elements that a reader sees apart from the words before them."""


Span = tuple[int, int, tuple[Mark, ...]]
"""A stretch of characters from start to end, and the elements around it from outside in."""


@dataclass(frozen=True, slots=True, eq=False)
class Inline:
    """Inline content as a row of tokens: words, punctuation marks, whole dates, amounts and so on.

    `text` is what a reader sees, `LINE` for a line break; `keys` are what is compared (composed
    Unicode, straight quotes, single spaces); `starts` and `ends` are the tokens' places in `text`.
    """

    text: str
    spans: tuple[Span, ...]
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def is_plain(self) -> bool:
        """Whether no element stands around any of it."""
        return not any(marks for _, _, marks in self.spans)

    def spaced(self, at: int) -> bool:
        """Tell whether white space stands before a token."""
        return bool(self.gap(at))

    def gap(self, at: int) -> str:
        """Return the white space before a token."""
        gap = self.text[self.ends[at - 1] if at else 0 : self.starts[at]]
        return gap if gap.isascii() else UNSEEN.sub("", gap)

    def marks(self, at: int) -> tuple[Mark, ...]:
        """Return the elements around the first character of a token."""
        return self.spans[self._span(self.starts[at])][2]

    def stretches(self, at: int) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
        """Return the characters of a token with the elements around them, one part for each."""
        return tuple(self.pieces(self.starts[at], self.ends[at]))

    def turns(self, first: int, end: int) -> Iterator[int]:
        """Yield `first`, and each token before `end` with or within which a stretch begins."""
        while first < end:
            yield first
            stretch_end = self.spans[self._span(self.starts[first])][1]
            following = bisect.bisect_left(self.starts, stretch_end, first + 1, end)
            if first < following - 1 and self.ends[following - 1] > stretch_end:
                yield following - 1
            first = following

    def _span(self, place: int) -> int:
        return bisect.bisect_right(self.spans, place, key=lambda span: span[0]) - 1

    def pieces(self, start: int, end: int) -> Iterator[tuple[str, tuple[Mark, ...]]]:
        """Yield the characters between two places with the elements around them."""
        at = self._span(start)
        while start < end:
            stop = min(end, self.spans[at][1])
            yield self.text[start:stop], self.spans[at][2]
            start, at = stop, at + 1


_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MARKS = (
    "\u0300-\u036f\u3099\u309a\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
# Scripts whose vowel signs are no letters for Python: taken as letters altogether.
_INDIC = "\u0900-\u0dff\u0f00-\u0fff"
# Scripts written without spaces; a token is one sign with what is written above, below, behind it.
_IDEOGRAPHS = (
    "\u3040-\u3098\u309b-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_SOUTH_EAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_SOUTH_EAST_SIGNS = (
    "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"
)
_EMOJI = "\u2190-\u21ff\u231a-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_SKIN = "\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"

# What needs more than a row of letters to be one token; without any of it the short way is taken.
_SPECIAL = re.compile(
    f"[{_MARKS}{_INDIC}\u200c\u200d{_IDEOGRAPHS}{_SOUTH_EAST}{_EMOJI}{_SKIN}\U0001f1e6-\U0001f1ff]"
)
_ADDRESS = r"""(?i:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]"""
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# A look at the first character spares most words the attempt.
_DATE = rf"""(?=[jfmasondJFMASOND\d])
    (?i:{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}
      | \d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\.?,?\s+\d{{4}}
      | \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}} | \d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}})\b"""
_REFERENCE = r"""(?=[sacpSACP§])
    (?i:(?:sections?|articles?|clauses?|paragraphs?|annex|appendix)
      \s+\d+(?:\.\d+)*(?:\([a-z\d]+\))*(?!\w)
    | §+\s*\d+(?:\.\d+)*[a-z]?(?:\([a-z\d]+\))*)"""
_GROUPED = r"\d{1,3}(?:['’]\d{3}|[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?"
"""A number in groups of three as in Switzerland, or in France and by ISO."""
_AMOUNT = rf"(?=[A-Z$€£¥₹])(?:\b[A-Z]{{2,3}}\s*)?[$€£¥₹]\s*(?:{_GROUPED}|\d+(?:[.,]\d+)*)"
_ABBREVIATION = r"(?:\b[^\W\d_]\.){2,}"


def _token(special: bool, address: bool, compound: bool) -> re.Pattern[str]:
    """Return the pattern of tokens, of all those kinds that a text can hold.

    There are eight; `re` compiles each once.
    """
    letter, more = "[^\\W_]", ""
    if special:
        letter = rf"(?:(?![{_IDEOGRAPHS}{_SOUTH_EAST}])[^\W_]|[{_MARKS}{_INDIC}\u200c\u200d])"
        more = rf"""
            | [{_IDEOGRAPHS}][{_MARKS}]*
            | [{_SOUTH_EAST}][{_SOUTH_EAST_SIGNS}]*
            | [\U0001f1e6-\U0001f1ff]{{2}}
            | [{_EMOJI}][{_SKIN}]*(?:\u200d[{_EMOJI}][{_SKIN}]*)*
            | \S[{_MARKS}\u200d]*"""
    whole = [_ADDRESS, _MAIL] if address else []
    if compound:
        amount = rf"(?:{_GROUPED}|\d+(?:[.,:]\d+)*)(?:\s*[%％]|\s*[€£]|{letter}*)"
        whole += [_DATE, _REFERENCE, _AMOUNT, amount, _ABBREVIATION]
    plain = rf"{letter}+(?:['’ʼ‘\-‐‑]{letter}+)* {more} | \S"
    return re.compile(f"({' | '.join([*whole, plain])})", re.VERBOSE)


_DIGIT = re.compile(r"\d")
_WIDE_FIGURE = re.compile(
    r"[％，．０-９：](?:(?<=[０-９])|(?<=\d[．，：])(?=\d)|(?<=\d％)|(?<=\d\s％))"
)
_ABBREVIATED = re.compile(r"\.[^\W\d_]\.")
_WORDS = re.compile(r"\w+")
_WORDS_AND_SIGNS = re.compile(
    rf"[{_IDEOGRAPHS}{_SOUTH_EAST}]|(?:(?![{_IDEOGRAPHS}{_SOUTH_EAST}])\w)+"
)
_STRAIGHT = (
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("‛", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("‟", '"'),
    ("‑", "-"), ("‐", "-"), ("\u00a0", " "), ("\u202f", " "),
)  # fmt: skip
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
_NOT_SHOWN = ("id", "name")


def fold(text: str) -> str:
    """Return the text as it is compared: composed, straight quotes, plain digits, single spaces."""
    if text.isascii():
        return text
    text = _in_plain_digits(unicodedata.normalize("NFC", UNSEEN.sub("", text)))
    for curly, straight in _STRAIGHT:
        if curly in text:
            text = text.replace(curly, straight)
    return " ".join(text.split())


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, each ideograph a word: for likeness, not ink."""
    return words_as_written(text.casefold())


def words_as_written(text: str) -> list[str]:
    """Return the same words with their capitals."""
    return (_WORDS if text.isascii() else _WORDS_AND_SIGNS).findall(fold(text))


def read_inline(html: str) -> Inline:
    """Read inline HTML as tokens: what the pattern splits a text at, white space between them."""
    text, spans = _flatten(html)
    unseen = not text.isascii() and UNSEEN.search(text) is not None
    parts = _split(_in_plain_digits(UNSEEN.sub("", text) if unseen else text))
    places = tuple(itertools.accumulate(map(len, parts)))
    keys = parts[1::2]
    if not text.isascii():
        keys = [fold(key) for key in keys]
    keys = [key if key.isalnum() else " ".join(key.split()) for key in keys]
    starts, ends = places[:-1:2], places[1::2]
    if unseen:
        starts, ends = _with_unseen(text, starts, ends)
    inline = Inline(text, spans, tuple(keys), starts, ends)
    return _with_objects(inline) if OBJECT in text else inline


def _in_plain_digits(text: str) -> str:
    """Return a text with its full-width figures in plain ones, every letter in its place."""
    if text.isascii():
        return text
    return _WIDE_FIGURE.sub(lambda figure: unicodedata.normalize("NFKC", figure[0]), text)


def _split(text: str) -> list[str]:
    """Split a text into white space and tokens, by turns."""
    compound = bool(_DIGIT.search(text) or _ABBREVIATED.search(text))
    address = "@" in text or "//" in text or "www." in text.lower()
    special = not text.isascii() and _SPECIAL.search(text) is not None
    return _token(special, address, compound).split(text)


def _with_unseen(
    text: str, starts: Sequence[int], ends: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the places of tokens in a text that has characters which nobody sees as well."""
    unseen = {place for match in UNSEEN.finditer(text) for place in range(*match.span())}
    seen = [place for place in range(len(text)) if place not in unseen]
    return tuple(seen[start] for start in starts), tuple(seen[end - 1] + 1 for end in ends)


def _with_objects(inline: Inline) -> Inline:
    """Let an image be compared by its address and description."""
    keys = tuple(
        fold(f"{key}{inline.marks(at)[-1:]}") if key == OBJECT else key
        for at, key in enumerate(inline.keys)
    )
    return replace(inline, keys=keys)


def _flatten(html: str) -> tuple[str, tuple[Span, ...]]:
    """Return the visible text, and its stretches with the elements around each."""
    if "<" not in html and "&" not in html:
        return html, ((0, len(html), ()),)
    root = etree.fromstring(f"<html><body><div>{html}</div></body></html>".encode(), _PARSER)
    content = root.find("body/div")
    assert content is not None  # the element just written
    parts: list[str] = []
    spans: list[Span] = []
    place = 0
    for text, marks in _texts(content, ()):
        if text is BORDER and not place:
            continue
        parts.append(text)
        spans.append((place, place + len(text), marks))
        place += len(text)
    return "".join(parts), tuple(spans)


def _texts(
    element: etree._Element, marks: tuple[Mark, ...]
) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    if element.text:
        yield element.text, marks
    for child in element:
        if isinstance(child.tag, str):
            if child.tag == "br":
                yield LINE, marks
            elif child.tag in OBJECTS:
                yield OBJECT, (*marks, _mark(child))
            else:
                if is_apart(child):
                    yield BORDER, marks
                yield from _texts(child, (*marks, _mark(child)))
        if child.tail:
            yield child.tail, marks


def is_apart(element: etree._Element) -> bool:
    """Tell whether a reader sees an element within inline content apart from the words before it.

    That is an item or paragraph in the cell of a table, and the sign of a footnote.
    """
    if element.tag in APART:
        return True
    return element.tag == "sup" and element.find("a[@class='footnote-ref']") is not None


def _mark(element: etree._Element) -> Mark:
    shown = (
        f' {name}="{escape(element.get(name, ""))}"'
        for name in sorted(map(str, element.attrib))
        if name not in _NOT_SHOWN
    )
    return str(element.tag), "".join(shown)
