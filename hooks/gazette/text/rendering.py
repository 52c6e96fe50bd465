"""Markdown to HTML, exactly as the whole text is rendered, but piece by piece.

A text is cut at blank lines behind which no list, quote, definition or raw HTML can go on. A piece
is rendered once, whatever texts hold it; link definitions and abbreviations reach
across pieces and are handed to each rendering. Heading ids are the one thing that depends on the
rest of the page: a piece keeps a placeholder for each, and `assemble` makes them unique as
Python-Markdown's `toc` does. Texts where no cut is surely safe are one piece.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as Tree
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import markdown
from markdown.extensions import toc
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from gazette.text import markdown_extension
from gazette.text.blocks import CONTENTS_MARK, PERMALINK_MARK
from gazette.text.bounds import excesses
from gazette.text.heading_anchors import OwnLetters, Slugify
from gazette.text.markdown_settings import DEFAULT, DEFAULT_EXTENSIONS, MarkdownSettings
from gazette.text.sanitizer import GLOBAL_NAMES, Removal, is_reserved, sanitize

# Extensions under which the cuts below are known to be safe. Any other one: the text is one piece.
_CUTTABLE = frozenset(DEFAULT_EXTENSIONS) | {
    "tables",
    "sane_lists",
    "md_in_html",
    "nl2br",
    "smarty",
    "codehilite",
    "meta",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.betterem",
}
# Extensions that look for nothing else in a line of text than the marks below.
_MARKED = _CUTTABLE - {"nl2br", "smarty"}
# What every inline pattern begins with; STX marks what Python-Markdown put aside before.
_INLINE_MARK = re.compile(r"[`\\\[<&*_~@\x02]|://|www\.|  \n")
# Two characters that Unicode keeps for the inside of programs: they are taken out of every text.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_HEADING_ID = re.compile(rf"{_OPEN}(\d+){_CLOSE}")
_MADE = re.compile(f"{CONTENTS_MARK}|{PERMALINK_MARK}")
_SEAM = f"{_OPEN}seam{_CLOSE}"
_ENCODED_ID = re.compile(r"%EF%B7%90(\d+)%EF%B7%91")  # the same in an address
_CONTENTS = "[TOC]"  # where Python-Markdown puts a table of contents, unless it is set otherwise
_FENCE = re.compile(r"^[ >*+\-\d.)]*(?:```|~~~)", re.MULTILINE)
_ABBREVIATION = re.compile(r"\*\[[^\n]*\] ?:")
_DEFINITION = re.compile(r"^[ >*+-]*\[[^\[\]]*\] ?:", re.MULTILINE)
_HEADING = r"#|[^\n]+\n(?:=+|-+) *(?:\n|\Z)"
_CUT = re.compile(
    r"\n(?:[ \t]*\n)++"
    rf"(?P<cut>(?![\s>:]|[*+-]\s|\d+[.)]\s|\*?\[[^\[\]]*\] ?:)(?=(?P<heading>{_HEADING})?))?"
)
_BLANKS = " \t\n"  # Python-Markdown renders any other white space, if it stands in a block of code
_MEANING = re.compile(r"\n {0,3}:[ \t]")
# Below a definition an empty item is an item or the line below a heading, by what stands before it.
_EMPTY_ITEM = re.compile(r"^[ \t]*-[ \t]*$", re.MULTILINE)
_TERM = re.compile(rf"[^\n]*(?:\n[^\n]+)*?(?:\n[ \t]*)*{_MEANING.pattern}")
# A definition without a term above it, which the paragraph of a seam would become; and a first line
# of blanks, which opens a block of code.
_BEGINS_WITH_MEANING = re.compile(r"(?:\s*\*?\[[^\[\]]*\] ?:[^\n]*\n)*\s*:|[ \t]+\n")
# A piece shorter than this takes the following block along: small pieces cost more than they save.
_SMALL = 160
_ATTRIBUTES = r"""(?:\s+[\w:-]+(?:=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+))?)*\s*/?>"""
_INLINE_TAGS = "a|abbr|b|bdi|bdo|br|cite|code|em|i|img|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr"
_LATER_TAGS = "li|ol|p|ul|td|th|tr"
# HTML that is over where it ends: inline tags, block tags behind other text, addresses, "a < b".
_HARMLESS = re.compile(
    rf"</?(?:{_INLINE_TAGS}){_ATTRIBUTES}"
    rf"|(?<=[^\s<>])</?(?:{_LATER_TAGS}){_ATTRIBUTES}"
    r"|<(?:https?://|mailto:)[^\s<>]*>|<[\w.+-]+@[\w.-]+>|<(?=[\s\d=])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """HTML of a part of a text: literal parts, and between them the numbers of its headings.

    `slugs` are the headings' wished ids in order, `former` those of before they were made of all
    letters; `ids` are those the text itself gives to elements.
    A `shared` piece is the same object in every text that holds it. `removals` are what was taken
    out of it; `fault` says why it is the source of a text, shown as it is written.
    """

    parts: tuple[str, ...]
    slugs: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    shared: bool = True
    removals: tuple[Removal, ...] = ()
    fault: str = ""

    def html(self, ids: Sequence[str]) -> str:
        """Return the piece with these ids for its headings."""
        if not ids:
            return self.parts[0]
        return "".join(
            part if at % 2 == 0 else ids[int(part)] for at, part in enumerate(self.parts)
        )


def assemble(pieces: Sequence[Piece]) -> tuple[str, list[str]]:
    """Return the whole text's HTML, and the ids of its headings in order."""
    taken = set(GLOBAL_NAMES).union(*(piece.ids for piece in pieces))
    html: list[str] = []
    anchors: list[str] = []
    for piece in pieces:
        ids = [toc.unique(slug, taken) for slug in piece.slugs]
        anchors += ids
        if piece.parts != ("",):
            html.append(piece.html(ids))
    return _MADE.sub("", "\n".join(html)), anchors


def former_anchors(pieces: Sequence[Piece]) -> list[str]:
    """Return the ids that the headings had before they were made of all letters, in order.

    Nothing where they had the same.
    """
    if all(piece.former == piece.slugs for piece in pieces):
        return []
    taken = set(GLOBAL_NAMES).union(*(piece.ids for piece in pieces))
    return [toc.unique(slug, taken) for piece in pieces for slug in piece.former]


def placeholders(piece: Piece) -> list[str]:
    """Return the ids that a piece's headings carry until their page is known."""
    return [_placeholder(number) for number in range(len(piece.slugs))]


def _placeholder(number: int) -> str:
    return f"{_OPEN}{number}{_CLOSE}"


BEYOND_LIBRARIES = (
    *(AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError),
)
"""What libraries raise at texts that they cannot read; no such text is known."""


class Renderer:
    """Renders the pieces of texts under fixed settings, each once."""

    def __init__(self, settings: MarkdownSettings = DEFAULT) -> None:
        self._slugs: list[tuple[str, str]] = []
        self._ids = _IdCollector()
        self._markdown = markdown.Markdown(
            extensions=[*settings.extensions, markdown_extension.NAME],
            extension_configs=self._configs(settings),
        )
        self._markdown.treeprocessors.register(_ContentsMarker(self._ids), "gazette_contents", 4)
        # After attribute lists (8) have given ids, before the table of contents (5) adds its own.
        self._markdown.treeprocessors.register(self._ids, "gazette_ids", 6)
        self._plain_text = _PlainText()
        self._is_marked = _MARKED.issuperset(settings.extensions) and not settings.configs.get(
            "abbr"
        )
        self._markdown.treeprocessors.register(self._plain_text, "gazette_plain", 30)
        marker = settings.configs.get("toc", {}).get("marker", _CONTENTS)
        self._cuttable = _CUTTABLE.issuperset(settings.extensions) and marker in ("", _CONTENTS)
        # By its text, and the definitions from elsewhere in the text that it may use.
        self._pieces: dict[tuple[str, ...], Piece] = {}

    def pieces(
        self, body: str, is_wanted: Callable[[str], bool] = lambda text: True
    ) -> tuple[Piece, ...]:
        """Render the text's pieces whose source `is_wanted`, in order; equal ones are the same.

        A text beyond the bounds is one piece, and shown as its source.
        """
        if not body.strip():
            return ()
        body = _MARKS.sub("", body)
        if beyond := excesses(body):
            return (_source(body, [excess.message for excess in beyond]),)
        try:
            return self._cut_pieces(body, is_wanted)
        except BEYOND_LIBRARIES as error:
            return (as_source(body, error),)

    def _cut_pieces(self, body: str, is_wanted: Callable[[str], bool]) -> tuple[Piece, ...]:
        texts = _cut(body) if self._cuttable else [body]
        context = list(filter(_defines, texts)) if len(texts) > 1 else []
        everywhere = any(_ABBREVIATION.search(text) for text in context)
        keys = [
            (text, *context) if everywhere or "[" in text else (text,)
            for text in filter(is_wanted, texts)
        ]
        wanted = [key for key in dict.fromkeys(keys) if key not in self._pieces]
        if wanted:
            shared = len(texts) > 1 and not context
            pieces = self._rendered([key[0] for key in wanted], context, shared)
            self._pieces |= zip(wanted, pieces, strict=True)
        return tuple(self._pieces[key] for key in keys)

    def _rendered(self, texts: list[str], context: list[str], shared: bool) -> Iterator[Piece]:
        """Render all texts in one go: a paragraph of its own marks each seam in the result."""
        self._slugs.clear()
        self._markdown.reset()
        # Definitions come first and in their order: as in the whole text, the first one counts.
        text = f"\n\n{_SEAM}\n\n".join(context + texts)
        self._plain_text.is_known = self._is_marked and "*[" not in text  # abbreviations are words
        html = self._markdown.convert(text)
        rendered = html.split(f"<p>{_SEAM}</p>")[len(context) :]
        ids = self._ids.by_piece[len(context) :]
        for piece_html, own_ids in zip(rendered, ids, strict=True):
            yield self._piece(piece_html.strip("\n"), own_ids, shared)

    def _piece(self, html: str, ids: frozenset[str], shared: bool) -> Piece:
        html, removals = sanitize(html)
        if CONTENTS_MARK in html:
            html = _ENCODED_ID.sub(self._decoded_id, html)
        parts = _HEADING_ID.split(html)
        numbers = {number: at for at, number in enumerate(sorted({int(n) for n in parts[1::2]}))}
        parts[1::2] = [str(numbers[int(number)]) for number in parts[1::2]]
        slugs, former = (tuple(self._slugs[n][side] for n in numbers) for side in (0, 1))
        return Piece(tuple(parts), slugs, former, ids, shared, removals)

    def _decoded_id(self, match: re.Match[str]) -> str:
        """Return the placeholder that an address in the contents names, if any."""
        number = int(match[1])
        return _placeholder(number) if number < len(self._slugs) else match[0]

    def _configs(self, settings: MarkdownSettings) -> dict[str, dict[str, Any]]:
        """Return the settings, with the slug function noting slugs and giving placeholders."""
        configs = {name: dict(values) for name, values in settings.configs.items()}
        if "toc" in settings.extensions:
            config = configs.setdefault("toc", {})
            config["slugify"] = self._noting(OwnLetters(config.get("slugify", toc.slugify)))
        return configs

    def _noting(self, slugify: OwnLetters) -> Slugify:
        def note(name: str, separator: str) -> str:
            slug = slugify(name, separator)
            if slug and is_reserved(slug):
                return slug  # the sanitizer takes it out, and reports it
            self._slugs.append((slug, slugify.former(name, separator)))
            return _placeholder(len(self._slugs) - 1)

        return note


def as_source(body: str, error: Exception) -> Piece:
    """Return a text as its source, because of the error at which rendering it ended."""
    return _source(body, [f"The text cannot be rendered: {type(error).__name__}: {error}."])


def _source(body: str, reasons: Sequence[str]) -> Piece:
    removals = tuple(Removal(reason) for reason in reasons)
    html = f"<pre>\n{escape(body, quote=False)}</pre>"
    return Piece((html,), removals=removals, fault=" ".join(reasons))


class _PlainText(Treeprocessor):
    """Spares text without any mark the two dozen inline patterns: atomic text is left alone.

    Only where its marks are all that is looked for in a text is it to do so: `is_known` says that.
    """

    is_known = False

    def run(self, root: Tree.Element) -> None:
        for element in root.iter() if self.is_known else ():
            if element.text and not _INLINE_MARK.search(element.text):
                element.text = AtomicString(element.text)


class _IdCollector(Treeprocessor):
    """Notes the ids that each piece's own text gives, which its headings must not take."""

    by_piece: list[frozenset[str]]
    boxes: list[Tree.Element]
    """What would pass for a table of contents, and is text."""
    links: list[Tree.Element]
    """What would pass for the link of a heading to itself, and is text."""

    def run(self, root: Tree.Element) -> None:
        self.links = list(_permalinks(root))
        self.boxes = [element for element in root.iter("div") if element.get("class") == "toc"]
        self.by_piece = [frozenset(ids) for ids in self._pieces(root)]

    def _pieces(self, root: Tree.Element) -> Iterator[set[str]]:
        ids: set[str] = set()
        for element in root:
            if element.text == _SEAM:
                yield ids
                ids = set()
            else:
                ids.update(e.attrib["id"] for e in element.iter() if "id" in e.attrib)
        yield ids


class _ContentsMarker(Treeprocessor):
    """Marks what is made of headings and is no text: tables of contents, links to themselves."""

    def __init__(self, ids: _IdCollector) -> None:
        super().__init__()
        self._ids = ids

    def run(self, root: Tree.Element) -> None:
        for box in root.iter("div"):
            if box.get("class") == "toc" and box not in self._ids.boxes:
                box.text = CONTENTS_MARK + (box.text or "")
        for link in _permalinks(root):
            if link not in self._ids.links:
                link.text = AtomicString(PERMALINK_MARK + (link.text or ""))


def _permalinks(root: Tree.Element) -> Iterator[Tree.Element]:
    return (link for link in root.iter("a") if "headerlink" in link.get("class", ""))


def _cut(body: str) -> list[str]:
    """Cut the text where it renders as the same HTML in parts; nowhere when that is not sure."""
    if _reaches_across(body) or _BEGINS_WITH_MEANING.match(body):
        return [body]
    cuts = [0]
    defines = _MEANING.search(body)
    if defines and _EMPTY_ITEM.search(body):
        return [body]
    for blank in _CUT.finditer(body):
        is_small = blank.start() - cuts[-1] < _SMALL
        if blank["cut"] is None or (is_small and not blank["heading"]):
            continue
        if not (defines and _TERM.match(body, blank.end())):
            cuts.append(blank.end())
    texts = [body[start:end] for start, end in zip(cuts, [*cuts[1:], len(body)], strict=True)]
    texts = [text for text in texts if text.strip(_BLANKS)]
    return texts if "<" not in body or all(map(_is_self_contained, texts)) else [body]


def _defines(text: str) -> bool:
    return ("]:" in text or "] :" in text) and _DEFINITION.search(text) is not None


def _reaches_across(body: str) -> bool:
    """Tell whether footnotes, the table of contents or a fence reach across blank lines."""
    if "[^" in body or _CONTENTS in body:
        return True
    return ("```" in body or "~~~" in body) and _FENCE.search(body) is not None


def _is_self_contained(text: str) -> bool:
    return "<" not in text or "<" not in _HARMLESS.sub("", text)
