"""Markdown to HTML, exactly as Python-Markdown renders the whole text, but piece by piece.

A text is cut at blank lines behind which no list, quote, definition or raw HTML can go on. A piece
is rendered once per settings, whatever texts hold it; link definitions and abbreviations reach
across pieces and are handed to each rendering. Heading ids are the one thing that depends on the
rest of the page: a piece keeps a placeholder for each, and `assemble` makes them unique as
Python-Markdown's `toc` does. Texts where no cut is surely safe are one piece.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as Tree
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

import markdown
from markdown.extensions import toc
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString

DEFAULT_EXTENSIONS = (
    "tables",
    "attr_list",
    "fenced_code",
    "def_list",
    "footnotes",
    "sane_lists",
    "admonition",
    "abbr",
    "toc",
)

# Extensions under which the cuts below are known to be safe. Any other one: the text is one piece.
_CUTTABLE = frozenset(DEFAULT_EXTENSIONS) | {
    "md_in_html",
    "nl2br",
    "smarty",
    "codehilite",
    "meta",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.betterem",
}
# Extensions whose inline patterns all need one of the characters of `_INLINE_MARK`.
_MARKED = frozenset(DEFAULT_EXTENSIONS) | {"md_in_html", "meta", "codehilite"}
_INLINE_MARK = re.compile(r"[`*_\[\]\\<>&!{\x02\x03]|  \n")
# What a text must hold at least one of, for an inline pattern of that name to find anything in it.
_WANTED_BY = {
    "backtick": ("`",),
    "escape": ("\\",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "footnote": ("[^",),
}
_HEADING_ID = re.compile(r"gazetteheading(\d+)x")
_SEAM = "gazetteseam"
# Constructs that reach across blank lines: fences, footnotes, the table of contents in the text.
_REACHES_ACROSS = re.compile(r"^[ >]*(?:```|~~~)|\[\^|\[TOC\]", re.MULTILINE)
_DEFINITION = re.compile(r"^[ >*+-]*\[[^\[\]]*\] ?:", re.MULTILINE)
_ABBREVIATION = re.compile(r"^ *\*\[", re.MULTILINE)
_HEADING = r"#|[^\n]+\n(?:=+|-+) *(?:\n|\Z)"
_CUT = re.compile(
    rf"\n(?:[ \t]*\n)+(?![\s>:]|[*+-][ \t]|\d+\.[ \t]|\*?\[[^\[\]]*\] ?:)(?=({_HEADING})?)"
)
_TERM = re.compile(r"[^\n]*(?:\n[^\n]+)*?\n {0,3}:[ \t]")
# A definition without a term above it, which the paragraph of a seam would become.
_BEGINS_WITH_MEANING = re.compile(r"(?:\s*\*?\[[^\[\]]*\] ?:[^\n]*\n)*\s*:")
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
_CACHED_PIECES = 50_000


@dataclass(frozen=True, eq=False)
class MarkdownSettings:
    """Names of Python-Markdown's extensions and their settings; compared by identity."""

    extensions: tuple[str, ...] = DEFAULT_EXTENSIONS
    configs: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))


DEFAULT = MarkdownSettings()


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """HTML of a part of a text: literal parts, and between them the numbers of its headings.

    `slugs` are the headings' wished ids in order; `ids` those the text itself gives to elements.
    """

    parts: tuple[str, ...]
    slugs: tuple[str, ...]
    ids: frozenset[str]

    def html(self, ids: Sequence[str] | None = None) -> str:
        """Return the piece with these ids for its headings, or with their placeholders."""
        return "".join(
            part if at % 2 == 0 else ids[int(part)] if ids else placeholder(int(part))
            for at, part in enumerate(self.parts)
        )


def placeholder(number: int) -> str:
    """Return the id that a piece's heading carries until its page is known."""
    return f"gazetteheading{number}x"


def pieces_of(body: str, settings: MarkdownSettings = DEFAULT) -> tuple[Piece, ...]:
    """Render the text's pieces, in order; equal pieces are the same object."""
    return _renderer(settings).pieces(body) if body.strip() else ()


def assemble(pieces: Sequence[Piece]) -> tuple[str, list[str]]:
    """Return the whole text's HTML, and the ids of its headings in order."""
    taken: set[str] = set().union(*(piece.ids for piece in pieces))
    html: list[str] = []
    anchors: list[str] = []
    for piece in pieces:
        own = [toc.unique(slug, taken) for slug in piece.slugs]
        anchors += own
        if piece.parts != ("",):
            html.append(piece.html(own))
    return "\n".join(html), anchors


@lru_cache(maxsize=8)
def _renderer(settings: MarkdownSettings) -> _Renderer:
    return _Renderer(settings)


class _Renderer:
    """Renders pieces under fixed settings and remembers them."""

    def __init__(self, settings: MarkdownSettings) -> None:
        self._slugs: list[str] = []
        self._ids = _IdCollector()
        self._pieces: dict[tuple[str, ...], Piece] = {}
        self._cuttable = _CUTTABLE.issuperset(settings.extensions)
        self._markdown = markdown.Markdown(
            extensions=list(settings.extensions), extension_configs=self._configs(settings)
        )
        # After attribute lists (8) have given ids, before the table of contents (5) adds its own.
        self._markdown.treeprocessors.register(self._ids, "gazette_ids", 6)
        self._plain = _PlainText()
        if _MARKED.issuperset(settings.extensions):
            self._markdown.treeprocessors.register(self._plain, "gazette_plain", 30)
            self._markdown.treeprocessors.register(_Inline(self._markdown), "inline", 20)
        self._contents = _Contents(self._markdown)

    def pieces(self, body: str) -> tuple[Piece, ...]:
        texts = list(_cut(body)) if self._cuttable else [body]
        context = [text for text in texts if _DEFINITION.search(text)] if len(texts) > 1 else []
        everywhere = any(_ABBREVIATION.search(text) for text in context)
        shared = tuple(context)
        keys = [(text, *shared) if everywhere or "[" in text else (text,) for text in texts]
        wanted = {key: None for key in keys if key not in self._pieces}
        if wanted:
            if len(self._pieces) > _CACHED_PIECES:
                self._pieces.clear()
                wanted = dict.fromkeys(keys)
            self._render([key[0] for key in wanted], context, list(wanted))
        return tuple(self._pieces[key] for key in keys)

    def _render(self, texts: list[str], context: list[str], keys: list[tuple[str, ...]]) -> None:
        """Render all texts in one go: a paragraph of its own marks each seam in the result."""
        self._slugs.clear()
        self._markdown.reset()
        self._plain.active = not any(map(_ABBREVIATION.search, context + texts))
        self._contents.prepare(texts)
        # Definitions come first and in their order: as in the whole text, the last one counts.
        html = self._markdown.convert(f"\n\n{_SEAM}\n\n".join(context + texts))
        rendered = html.split(f"<p>{_SEAM}</p>")[len(context) :]
        ids = self._ids.found[len(context) :]
        for key, piece_html, own_ids in zip(keys, rendered, ids, strict=True):
            self._pieces[key] = self._piece(piece_html.strip("\n"), own_ids)

    def _piece(self, html: str, ids: frozenset[str]) -> Piece:
        parts = _HEADING_ID.split(html)
        numbers = {number: at for at, number in enumerate(sorted({int(n) for n in parts[1::2]}))}
        parts[1::2] = [str(numbers[int(number)]) for number in parts[1::2]]
        return Piece(tuple(parts), tuple(self._slugs[number] for number in numbers), ids)

    def _configs(self, settings: MarkdownSettings) -> dict[str, dict[str, Any]]:
        """Return the settings, with the slug function noting slugs and giving placeholders."""
        configs = {name: dict(values) for name, values in settings.configs.items()}
        if "toc" in settings.extensions:
            own = configs.setdefault("toc", {})
            own["slugify"] = self._noting(own.get("slugify", toc.slugify))
        return configs

    def _noting(self, slugify: Callable[[str, str], str]) -> Callable[[str, str], str]:
        def note(name: str, separator: str) -> str:
            self._slugs.append(slugify(name, separator))
            return placeholder(len(self._slugs) - 1)

        return note


class _IdCollector(Treeprocessor):
    """Notes the ids that each piece's own text gives, which its headings must not take."""

    found: list[frozenset[str]]

    def run(self, root: Tree.Element) -> None:
        self.found = [frozenset(ids) for ids in self._by_piece(root)]

    def _by_piece(self, root: Tree.Element) -> Iterator[set[str]]:
        ids: set[str] = set()
        for element in root:
            if element.text == _SEAM:
                yield ids
                ids = set()
            else:
                ids.update(e.attrib["id"] for e in element.iter() if "id" in e.attrib)
        yield ids


class _PlainText(Treeprocessor):
    """Spares text without any inline mark the search for two dozen inline patterns.

    Atomic text is what Python-Markdown leaves alone; abbreviations are the only ones to want it.
    """

    active = True

    def run(self, root: Tree.Element) -> None:
        for element in root.iter() if self.active else ():
            if element.text and not _INLINE_MARK.search(element.text):
                element.text = AtomicString(element.text)


class _Inline(InlineProcessor):
    """Asks only those inline patterns that can find something in a text.

    Python-Markdown asks two dozen of each text. One whose characters the text lacks finds nothing,
    and never will: the patterns before it only take characters away.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        known = md.inlinePatterns
        named = {known.get_index_for_name(name): name for name in _WANTED_BY if name in known}
        self._wanted = [_WANTED_BY.get(named.get(at, ""), ("",)) for at in range(len(known))]
        self._patterns = list(known)

    # Overrides a private method: should it have another name one day, this is only not used.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        apply, start = getattr(self, "_InlineProcessor__applyPattern"), 0  # noqa: B009
        for at in range(patternIndex, len(self._patterns)):
            found = any(mark in data for mark in self._wanted[at])
            while found:
                data, found, start = apply(self._patterns[at], data, at, start)
        return data


class _Contents:
    """Spares texts that do not ask for it the table of contents, which nobody here reads."""

    def __init__(self, md: markdown.Markdown) -> None:
        found = [one for one in md.treeprocessors if isinstance(one, toc.TocTreeprocessor)]
        self._made_by = [(one, str(one.marker)) for one in found]

    def prepare(self, texts: Sequence[str]) -> None:
        for processor, marker in self._made_by:
            asked = bool(marker) and any(marker in text for text in texts)
            processor.marker = marker if asked else ""
            make = partial(toc.TocTreeprocessor.build_toc_div, processor) if asked else _nothing
            processor.build_toc_div = make  # type: ignore[method-assign, assignment]


def _nothing(_: object) -> Tree.Element:
    return Tree.Element("div")


def _cut(body: str) -> list[str]:
    """Cut the text where it renders as the same HTML in parts; nowhere when that is not sure."""
    if _REACHES_ACROSS.search(body) or _BEGINS_WITH_MEANING.match(body):
        return [body]
    cuts = [0]
    for blank in _CUT.finditer(body):
        long_enough = blank.start() - cuts[-1] >= _SMALL
        if (long_enough or blank[1]) and not _TERM.match(body, blank.end()):
            cuts.append(blank.end())
    texts = [body[start:end] for start, end in zip(cuts, [*cuts[1:], len(body)], strict=True)]
    texts = [text for text in texts if text.strip()]
    return texts if "<" not in body or all(map(_is_self_contained, texts)) else [body]


def _is_self_contained(text: str) -> bool:
    return "<" not in text or "<" not in _HARMLESS.sub("", text)
