"""What Python-Markdown is spared where it finds nothing: the HTML stays the same, byte for byte.

It asks each block for twenty kinds of construct and each text for two dozen inline patterns. Most
of a policy is paragraphs that begin with a letter and hold none of the characters that mean
anything: these are told at a glance, paragraphs of words, links and bold words are written here.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as Tree
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor, ParagraphProcessor
from markdown.extensions import Extension, abbr, toc
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString, Registry

# Extensions under which all of this is known to hold.
_KNOWN = frozenset(
    ("tables", "attr_list", "fenced_code", "def_list", "footnotes", "sane_lists", "admonition")
) | {"abbr", "toc", "md_in_html", "codehilite"}

# A line that begins so opens no construct, and no line after it can: what all of them look for is
# at the beginning of a line, but the bars of a table and the places of raw HTML.
_BEGINS_PLAINLY = r"""(?:[^\W\d_]|["'“‘(]|\*\*?[^\s*\[]|\[(?!\^)|\d+(?!\d|\.(?:[ \n]|\Z)))"""
_PARAGRAPH = re.compile(rf"(?:{_BEGINS_PLAINLY}[^\n|\x02]*(?:\n|\Z))+")
ABBREVIATION = re.compile(r"\*\[[^\n]*\] ?:")
"""The definition of an abbreviation, wherever it stands."""
_DEFINES = re.compile(r"\] ?:")
_INLINE_MARK = re.compile(r"[`*_\[\]\\<>&!{\x02\x03]|  \n")
# What the text of a simple paragraph has none of, its links and bold words aside; control
# characters are changed or dropped on the way.
_NOT_PLAIN = re.compile(r"[`*_\[\]\\<>&!{|\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]|  \n")
_LINK = re.compile(r"\[([^\[\]*]+)\]\(([\w.~:/?#@%+,;=$-]+)\)(?!\[)", re.ASCII)
_BOLD = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*")

_MARK = re.compile(r"  \n|!?\[\^?|[`\\<&*_]")
# The marks without which an inline pattern of that name finds nothing; others are always asked.
_WANTED_BY: Mapping[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "reference": ("[", "[^", "![", "![^"),
    "link": ("[", "[^", "![", "![^"),
    "image_link": ("![", "![^"),
    "image_reference": ("![", "![^"),
    "short_reference": ("[", "[^", "![", "![^"),
    "short_image_ref": ("![", "![^"),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "footnote": ("[^", "![^"),
}
_APPLY = "_InlineProcessor__applyPattern"
# Of which characters a text must hold one for a processor of that name to change anything.
_CHANGES_WITH = {"html_block": "<&", "attr_list": "{", "unescape": "\\"}


class Simple(NamedTuple):
    """A paragraph of words, links and bold words: its HTML, and its text as a reader sees it."""

    html: str
    text: str


def simple_paragraphs(text: str) -> tuple[Simple, ...]:
    """Return the paragraphs of a text that is nothing but simple ones; else nothing."""
    found = []
    for block in text.strip("\n").split("\n\n"):
        simple = _simple(block) if _PARAGRAPH.fullmatch(block) else None
        if simple is None:
            return ()
        found.append(simple)
    return tuple(found)


def _simple(block: str) -> Simple | None:
    if "*" not in block and "[" not in block:
        return None if _NOT_PLAIN.search(block) else Simple(block, " ".join(block.split()))
    words = _BOLD.sub(r"\1", _LINK.sub(r"\1", block))
    if _NOT_PLAIN.search(words):
        return None
    html = _BOLD.sub(r"<strong>\1</strong>", _LINK.sub(r'<a href="\2">\1</a>', block))
    return Simple(html, " ".join(words.split()))


class HostShortcuts(Extension):
    """The shortcuts as an extension: for a host that looks at the links of the rendered tree.

    So none of its HTML is written before.
    """

    def __init__(self, extensions: Iterable[str]) -> None:
        super().__init__()
        self._extensions = tuple(extensions)

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        """Register everything behind the other extensions."""
        prepared = _Prepared(Shortcuts(md, self._extensions, writes=False))
        md.preprocessors.register(prepared, "gazette_prepared", 1000)


class _Prepared(Preprocessor):
    def __init__(self, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._shortcuts = shortcuts

    def run(self, lines: list[str]) -> list[str]:
        self._shortcuts.prepare(["\n".join(lines)])
        return lines


class Shortcuts:
    """The ways round what a converter would do in vain, for the texts given to `prepare`.

    `writes` says whether the HTML of simple paragraphs may be written here.
    """

    def __init__(
        self, md: markdown.Markdown, extensions: Sequence[str], *, writes: bool = True
    ) -> None:
        self._contents = _Contents(md)
        self.has_own_marker = self._contents.has_own_marker
        self.known = _KNOWN.issuperset(extensions) and not self.has_own_marker
        self.known &= not _has_glossary(md)
        self._writes = writes
        self._paragraph = _Paragraph(md.parser)
        self._plain_text = _PlainText()
        self._idle: list[tuple[Any, str]] = []
        if self.known:
            md.parser.blockprocessors.register(self._paragraph, "gazette_paragraph", 201)
            md.parser.blockprocessors.register(_Heading(md.parser), "gazette_heading", 200)
            md.parser.blockprocessors = _Settled(md.parser.blockprocessors)
            md.treeprocessors.register(self._plain_text, "gazette_plain", 30)
            if hasattr(InlineProcessor, _APPLY):
                md.treeprocessors.register(_Inline(md), "inline", 20)
            self._idle = [
                (registry[name], marks)
                for registry in (md.preprocessors, md.treeprocessors)
                for name, marks in _CHANGES_WITH.items()
                if name in registry
            ]

    def prepare(self, texts: Sequence[str]) -> None:
        """Take the ways that are open for these texts."""
        if not self.known:
            return
        self._contents.prepare(texts)
        self._plain_text.active = not any(map(ABBREVIATION.search, texts))
        self._paragraph.writes = self._writes and self._plain_text.active
        for processor, marks in self._idle:
            asked = any(mark in text for mark in marks for text in texts)
            run = partial(type(processor).run, processor) if asked else _unchanged
            processor.run = run


class _Settled(Registry[BlockProcessor]):
    """Processors in their order, which is not looked for again at each block."""

    def __init__(self, found: Registry[BlockProcessor]) -> None:
        super().__init__()
        self.__dict__ |= found.__dict__
        self._in_order = list(found)

    def __iter__(self) -> Iterator[BlockProcessor]:
        return iter(self._in_order)


class _Paragraph(ParagraphProcessor):
    """Takes the blocks that only are a paragraph before the others look at them.

    The HTML of a simple one is stashed, as that of HTML in the text is.
    """

    writes = True

    def test(self, parent: Tree.Element, block: str) -> bool:
        return _PARAGRAPH.fullmatch(block) is not None and not _DEFINES.search(block)

    def run(self, parent: Tree.Element, blocks: list[str]) -> None:
        # Of several lines each may yet become a term, should a definition follow.
        marked = "\n" not in blocks[0] and ("](" in blocks[0] or "**" in blocks[0])
        simple = _simple(blocks[0]) if self.writes and marked else None
        if simple:
            blocks[0] = self.parser.md.htmlStash.store(simple.html)
        super().run(parent, blocks)


class _Heading(HashHeaderProcessor):
    """Takes the blocks that only are a heading before the others look at them."""

    def test(self, parent: Tree.Element, block: str) -> bool:
        return block.startswith("#") and "\n" not in block and super().test(parent, block)


class _PlainText(Treeprocessor):
    """Spares text without any inline mark the search for inline patterns.

    Atomic text is what Python-Markdown leaves alone; abbreviations are the only ones to want it.
    """

    active = True

    def run(self, root: Tree.Element) -> None:
        for element in root.iter() if self.active else ():
            if element.text and not _INLINE_MARK.search(element.text):
                element.text = AtomicString(element.text)


class _Inline(InlineProcessor):
    """Asks only those inline patterns that can find something in a text.

    One whose marks the text lacks finds nothing, and never will: the patterns before it only take
    characters away.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self._patterns = list(md.inlinePatterns)
        known = [name for name in _WANTED_BY if name in md.inlinePatterns]
        named = {md.inlinePatterns.get_index_for_name(name): name for name in known}
        self._names = [named.get(at) for at in range(len(self._patterns))]
        self._asked: dict[frozenset[str], list[int]] = {}

    # Overrides a private method: should it have another name one day, this is only not used.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        apply = getattr(self, _APPLY)
        for at in self._asked_for(frozenset(_MARK.findall(data))):
            found, start = at >= patternIndex, 0
            while found:
                data, found, start = apply(self._patterns[at], data, at, start)
        return data

    def _asked_for(self, marks: frozenset[str]) -> list[int]:
        """Return the patterns that a text with these marks is asked for, by place."""
        if marks not in self._asked:
            self._asked[marks] = [
                at
                for at, name in enumerate(self._names)
                if name is None or not marks.isdisjoint(_WANTED_BY[name])
            ]
        return self._asked[marks]


class _Contents:
    """Spares texts that do not ask for it the table of contents, which nobody here reads."""

    def __init__(self, md: markdown.Markdown) -> None:
        found = [one for one in md.treeprocessors if isinstance(one, toc.TocTreeprocessor)]
        self._made_by = [(one, str(one.marker)) for one in found]
        self.has_own_marker = any(marker not in ("", "[TOC]") for _, marker in self._made_by)

    def prepare(self, texts: Sequence[str]) -> None:
        for processor, marker in self._made_by:
            asked = bool(marker) and any(marker in text for text in texts)
            processor.marker = marker if asked else ""
            make = partial(toc.TocTreeprocessor.build_toc_div, processor) if asked else _nothing
            processor.build_toc_div = make  # type: ignore[method-assign, assignment]


def _has_glossary(md: markdown.Markdown) -> bool:
    """Whether abbreviations are defined before any text is read."""
    found = [one for one in md.treeprocessors if isinstance(one, abbr.AbbrTreeprocessor)]
    return any(one.abbrs for one in found)


def _unchanged(read: list[str] | Tree.Element) -> list[str] | None:
    """Leave lines as they are; a tree is changed in place, or not."""
    return read if isinstance(read, list) else None


def _nothing(_: object) -> Tree.Element:
    return Tree.Element("div")
