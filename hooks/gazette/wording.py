"""Words inside a block: what a token is, how two token rows align, and what of it a reader can follow.

An exact alignment of words keeps every stray "the" and cannot be read. So short kept runs between
two changes are taken into the change, and a sentence of which less than half stays is replaced.
"""

from __future__ import annotations

import enum
import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import NamedTuple

from lxml import etree
from rapidfuzz.distance import LCSseq

from gazette.document import OBJECT

Mark = tuple[str, str]
"""An inline element around words: its tag, and its attributes as they stand in a start tag."""


LINE = "\u2028"
"""White space that a reader saw as a line break."""


class Op(enum.Enum):
    """What happened to a run of words; the value stands in records."""

    KEPT = "="
    DELETED = "-"
    INSERTED = "+"

    @property
    def sentence(self) -> str:
        """The operation as a reader would say it."""
        return {"=": "kept", "-": "deleted", "+": "inserted"}[self.value]


class Token(NamedTuple):
    """A word, punctuation mark, or a date, amount, reference, address or code as a whole.

    `key` is what is compared: composed Unicode, straight quotes, single spaces. `space` is the white
    space before it (`LINE` for a line break); `pieces` its characters with the elements around them.
    """

    key: str
    space: str
    pieces: tuple[tuple[str, tuple[Mark, ...]], ...]

    @property
    def text(self) -> str:
        """The token's characters."""
        return "".join(text for text, _ in self.pieces)


class Step(NamedTuple):
    """Part of an alignment: old tokens [a:b] against new tokens [c:d], equal when `kept`."""

    kept: bool
    a: int
    b: int
    c: int
    d: int


# ---- tokens ----

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
# Scripts whose vowel signs are no letters for Python: taken as letters altogether.
_INDIC = "\u0900-\u0dff\u0f00-\u0fff"
# Scripts written without spaces; a token is one sign with what is written above, below, behind it.
_IDEOGRAPHS = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SOUTH_EAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_SOUTH_EAST_SIGNS = (
    "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"
)
_LETTER = rf"(?:(?![{_IDEOGRAPHS}{_SOUTH_EAST}])[^\W_]|[{_MARKS}{_INDIC}\u200c\u200d])"
_EMOJI = "\u2190-\u21ff\u231a-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_SKIN = "\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"

_WHOLE = rf"""
      (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | (?:{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}
      | \d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\.?,?\s+\d{{4}}
      | \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}} | \d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}})\b
    | (?:sections?|articles?|clauses?|paragraphs?|annex|appendix)\s+\d+(?:\.\d+)*(?:\([a-z\d]+\))*\b
    | §+\s*\d+(?:\.\d+)*[a-z]?(?:\([a-z\d]+\))*
    | (?:[A-Z]{{2,3}}\s?)?[$€£¥₹]\s?\d+(?:[.,]\d+)*
    | \d+(?:[.,:]\d+)*(?:\s?%|\s?[€£]|{_LETTER}*)
    """
_PLAIN = rf"""
      {_LETTER}+(?:['’ʼ‘\-‐‑]{_LETTER}+)*
    | [{_IDEOGRAPHS}][{_MARKS}]*
    | [{_SOUTH_EAST}][{_SOUTH_EAST_SIGNS}]*
    | [\U0001f1e6-\U0001f1ff]{{2}}
    | [{_EMOJI}][{_SKIN}]*(?:\u200d[{_EMOJI}][{_SKIN}]*)*
    | \S[{_MARKS}\u200d]*
    """
_PLAIN_TOKEN = re.compile(_PLAIN, re.VERBOSE)
_TOKEN = re.compile(f"{_WHOLE} | {_PLAIN}", re.IGNORECASE | re.VERBOSE)
# What every date, amount, reference and address holds; texts without it take the short way.
_HOLDS_WHOLE = re.compile(r"\d|@|//|www\.")
_WORDS = re.compile(rf"[{_IDEOGRAPHS}{_SOUTH_EAST}]|\w+")
_STRAIGHT = (
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("‛", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("‟", '"'),
    ("‑", "-"), ("‐", "-"), ("\u00a0", " "), ("\u202f", " "), ("\u00ad", ""), ("\u200b", ""),
    ("\ufeff", ""),
)  # fmt: skip
_WORDLIKE = re.compile(r"[^\W_]")
_SENTENCE_END = frozenset(".!?;:。！？；：؟")
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
_NOT_SHOWN = ("id", "name")


def fold(text: str) -> str:
    """Return the text as it is compared: composed, straight quotes, single spaces."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    for curly, straight in _STRAIGHT:
        if curly in text:
            text = text.replace(curly, straight)
    return " ".join(text.split())


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, each ideograph a word: for likeness, not ink."""
    return _WORDS.findall(fold(text).casefold())


@functools.lru_cache(maxsize=4096)
def tokens_of(html: str) -> tuple[Token, ...]:
    """Return the tokens of inline HTML, each with the elements around it."""
    text, spans = _flatten(html)
    found: list[Token] = []
    at, end = 0, 0
    pattern = _TOKEN if _HOLDS_WHOLE.search(text) else _PLAIN_TOKEN
    for match in pattern.finditer(text):
        start = match.start()
        while spans[at][1] <= start:
            at += 1
        space = text[end:start]
        end = match.end()
        if end <= spans[at][1]:
            pieces: tuple[tuple[str, tuple[Mark, ...]], ...] = ((match[0], spans[at][2]),)
        else:
            pieces = tuple(_pieces(text, spans, at, start, end))
        found.append(Token(_key(match[0], pieces), space, pieces))
    return tuple(found)


_Span = tuple[int, int, tuple[Mark, ...]]


def _key(text: str, pieces: tuple[tuple[str, tuple[Mark, ...]], ...]) -> str:
    if text == OBJECT:
        return OBJECT + "".join(f"<{tag}{attributes}>" for tag, attributes in pieces[0][1][-1:])
    if text.isascii():
        return " ".join(text.split()) if " " in text or "\n" in text else text
    return fold(text)


def _pieces(
    text: str, spans: Sequence[_Span], at: int, start: int, end: int
) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    while start < end:
        stop = min(end, spans[at][1])
        if stop > start:
            yield text[start:stop], spans[at][2]
        start = stop
        at += 1


def _flatten(html: str) -> tuple[str, list[_Span]]:
    """Return the visible text, and its stretches with the elements around each."""
    if "<" not in html and "&" not in html:
        return html, [(0, len(html), ())]
    root = etree.fromstring(f"<html><body><div>{html}</div></body></html>".encode(), _PARSER)
    parts: list[str] = []
    spans: list[_Span] = []
    place = 0
    for text, marks in _texts(root.find("body/div"), ()):
        parts.append(text)
        spans.append((place, place + len(text), marks))
        place += len(text)
    return "".join(parts), spans


def _texts(
    element: etree._Element, marks: tuple[Mark, ...]
) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    if element.text:
        yield element.text, marks
    for child in element:
        if isinstance(child.tag, str):
            if child.tag == "br":
                yield LINE, marks
            elif child.tag in ("img", "input"):
                yield OBJECT, (*marks, _mark(child))
            else:
                yield from _texts(child, (*marks, _mark(child)))
        if child.tail:
            yield child.tail, marks


def _mark(element: etree._Element) -> Mark:
    shown = (
        f' {name}="{escape(value)}"'
        for name, value in element.attrib.items()
        if name not in _NOT_SHOWN
    )
    return element.tag, "".join(shown)


def is_word(token: Token) -> bool:
    """Whether a reader would count the token as a word or words."""
    return _WORDLIKE.search(token.key) is not None


# ---- alignment ----

_LARGE = 4_000_000


def align(old: Sequence[Token], new: Sequence[Token]) -> list[Step]:
    """Align two token rows so that a reader can follow; the steps cover both rows in order."""
    return _readable(_exact([t.key for t in old], [t.key for t in new]), old, new)


def _exact(old: list[str], new: list[str]) -> list[Step]:
    """Longest common subsequence, behind equal ends; unique words first when that is too large."""
    head = 0
    for x, y in zip(old, new, strict=False):
        if x != y:
            break
        head += 1
    tail = 0
    for x, y in zip(reversed(old[head:]), reversed(new[head:]), strict=False):
        if x != y:
            break
        tail += 1
    n, m = len(old) - tail, len(new) - tail
    steps = [Step(True, 0, head, 0, head)] if head else []
    steps += _middle(old, new, head, n, head, m)
    if tail:
        steps.append(Step(True, n, len(old), m, len(new)))
    return _joined(steps)


def _middle(old: list[str], new: list[str], a: int, b: int, c: int, d: int) -> list[Step]:
    if a == b or c == d:
        return [Step(False, a, b, c, d)] if b > a or d > c else []
    if (b - a) * (d - c) > _LARGE:
        return _by_unique_words(old, new, a, b, c, d)
    numbers: dict[str, int] = {}
    x = [numbers.setdefault(key, len(numbers)) for key in old[a:b]]
    y = [numbers.setdefault(key, len(numbers)) for key in new[c:d]]
    return [
        Step(o.tag == "equal", a + o.src_start, a + o.src_end, c + o.dest_start, c + o.dest_end)
        for o in LCSseq.opcodes(x, y)
    ]


def _by_unique_words(old: list[str], new: list[str], a: int, b: int, c: int, d: int) -> list[Step]:
    """Anchor on the words that stand once on either side, in order; align between the anchors."""
    pairs = increasing(_unique_pairs(old, new, a, b, c, d))
    if not pairs:
        return [Step(False, a, b, c, d)]
    steps: list[Step] = []
    i, j = a, c
    for x, y in [*pairs, (b, d)]:
        steps += _middle(old, new, i, x, j, y)
        if x < b:
            steps.append(Step(True, x, x + 1, y, y + 1))
        i, j = x + 1, y + 1
    return steps


def _unique_pairs(
    old: list[str], new: list[str], a: int, b: int, c: int, d: int
) -> list[tuple[int, int]]:
    once_old, once_new = _once(old, a, b), _once(new, c, d)
    return [(at, once_new[key]) for key, at in once_old.items() if key in once_new]


def _once(keys: list[str], start: int, end: int) -> dict[str, int]:
    at: dict[str, int] = {}
    twice: set[str] = set()
    for place in range(start, end):
        if keys[place] in at:
            twice.add(keys[place])
        at[keys[place]] = place
    return {key: place for key, place in at.items() if key not in twice}


def increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs (ordered by first) in which the seconds increase."""
    tops: list[int] = []
    back: list[int] = []
    for at, (_, second) in enumerate(pairs):
        low, high = 0, len(tops)
        while low < high:
            mid = (low + high) // 2
            if pairs[tops[mid]][1] < second:
                low = mid + 1
            else:
                high = mid
        back.append(tops[low - 1] if low else -1)
        tops[low : low + 1] = [at]
    chain: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]


def _joined(steps: list[Step]) -> list[Step]:
    """Join neighbouring steps of the same sort."""
    joined: list[Step] = []
    for step in steps:
        if joined and joined[-1].kept == step.kept:
            last = joined[-1]
            joined[-1] = Step(step.kept, last.a, step.b, last.c, step.d)
        else:
            joined.append(step)
    return joined


# ---- runs ----


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one fate; `text` holds the white space, so that runs can simply be joined.

    `tokens` is empty when the run is a whole cell as it stands.
    """

    op: Op
    text: str
    tokens: tuple[Token, ...] = ()


def runs_of(old: Sequence[Token], new: Sequence[Token], steps: Sequence[Step]) -> tuple[Run, ...]:
    """Return the runs of an alignment, the deletion before the insertion; kept words are the new."""
    runs: list[Run] = []
    for step in steps:
        if step.kept:
            runs.append(_run(Op.KEPT, new[step.c : step.d]))
            continue
        if step.b > step.a:
            runs.append(_run(Op.DELETED, old[step.a : step.b]))
        if step.d > step.c:
            runs.append(_run(Op.INSERTED, new[step.c : step.d]))
    return tuple(_tidy(runs))


def _run(op: Op, tokens: Sequence[Token]) -> Run:
    text = "".join(" " + t.text if t.space else t.text for t in tokens)
    return Run(op, " ".join(text.split(" ")) if "\n" in text else text, tuple(tokens))


def _tidy(runs: list[Run]) -> list[Run]:
    """Let white space that both sides have stand outside the change, as a writer would put it."""
    for at in range(1, len(runs)):
        before = runs[at - 1]
        if before.op is not Op.KEPT:
            continue
        hunk = [place for place in range(at, min(at + 2, len(runs))) if runs[place].op is not Op.KEPT]
        after = hunk[-1] + 1
        follows = after < len(runs) and runs[after].text.startswith(" ")
        if not all(runs[place].text.startswith(" ") for place in hunk):
            continue
        if len(hunk) == 2:
            for place in hunk:
                runs[place] = replace(runs[place], text=runs[place].text[1:])
        elif follows:
            runs[at] = replace(runs[at], text=runs[at].text[1:] + " ")
            runs[after] = replace(runs[after], text=runs[after].text[1:])
        else:
            continue
        runs[at - 1] = replace(before, text=before.text + " ")
    return runs


# ---- what a reader can follow ----

_SHORT = 2


def _readable(steps: list[Step], old: Sequence[Token], new: Sequence[Token]) -> list[Step]:
    if len(steps) < 3:
        return steps
    return _absorbed(_replaced(_absorbed(steps, new), old, new), new)


def _absorbed(steps: list[Step], new: Sequence[Token]) -> list[Step]:
    """Take a kept run of at most two words into the changes around it.

    Not when it holds the end of a sentence or is longer than the larger of the two changes.
    """
    out: list[Step] = []
    for at, step in enumerate(steps):
        if 0 < at < len(steps) - 1 and step.kept and out:
            larger = max(map(_size, (out[-1], steps[at + 1])))
            run = new[step.c : step.d]
            words = sum(map(is_word, run))
            if words <= _SHORT and words <= larger and not _holds_sentence_end(run):
                step = step._replace(kept=False)
        if out and out[-1].kept == step.kept:
            last = out.pop()
            step = Step(step.kept, last.a, step.b, last.c, step.d)
        out.append(step)
    return out


def _size(step: Step) -> int:
    return max(step.b - step.a, step.d - step.c)


def _holds_sentence_end(run: Sequence[Token]) -> bool:
    return any(token.key in _SENTENCE_END for token in run)


def _replaced(steps: list[Step], old: Sequence[Token], new: Sequence[Token]) -> list[Step]:
    """Replace a sentence as a whole when less than half of its words stay."""
    out: list[Step] = []
    for sentence in _sentences(steps, new):
        kept = sum(is_word(t) for s in sentence if s.kept for t in new[s.c : s.d])
        first, last = sentence[0], sentence[-1]
        words = max(
            sum(map(is_word, old[first.a : last.b])), sum(map(is_word, new[first.c : last.d]))
        )
        changed = sum(not s.kept for s in sentence)
        if changed > 1 and kept * 2 < words:
            out.append(Step(False, first.a, last.b, first.c, last.d))
        else:
            out += sentence
    return _joined(out)


def _sentences(steps: list[Step], new: Sequence[Token]) -> Iterator[list[Step]]:
    """Cut the steps behind every kept end of a sentence."""
    sentence: list[Step] = []
    for step in steps:
        start = step.c
        for at in range(step.c, step.d) if step.kept else ():
            ends = new[at].key in _SENTENCE_END and (at + 1 == len(new) or new[at + 1].space)
            if ends:
                moved = step.a - step.c
                sentence.append(Step(True, start + moved, at + 1 + moved, start, at + 1))
                yield sentence
                sentence, start = [], at + 1
        if not step.kept:
            sentence.append(step)
        elif start < step.d:
            sentence.append(step._replace(a=start + step.a - step.c, c=start))
    if sentence:
        yield sentence
