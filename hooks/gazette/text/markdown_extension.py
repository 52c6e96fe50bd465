"""An extension of Python-Markdown that reads texts as GitHub shows them.

The engine and the host load it by `NAME`, beside all extensions of the configuration: policies and
all other pages are read alike.
"""

from __future__ import annotations

import re
import string
import xml.etree.ElementTree as Tree
from html import unescape

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    REFERENCE_RE,
    HtmlInlineProcessor,
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from gazette.text.heading_anchors import OwnLetters
from gazette.text.markdown_blocks import BUILT_IN, KNOWN, BlockBuilder, reference_name

NAME = "gazette.text.markdown_extension"
_LAST_RESORT = frozenset({"empty", "paragraph"})
_BLOCKS = "github_blocks"
_NAME = r"[A-Za-z][A-Za-z0-9-]*+"
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`\x02]+)"""
_ATTRIBUTES = rf"(?:\s+[A-Za-z_:][\w.:-]*+(?:\s*=\s*{_VALUE})?)*+"
_TAG = (
    rf"(<{_NAME}{_ATTRIBUTES}\s*/?>|</{_NAME}\s*>"
    r"|<!--(?:-?>|.*?-->)|<\?.*?\?>|<![A-Za-z][^>]*>|<!\[CDATA\[.*?\]\]>)"
)
"""HTML between words by the rules of CommonMark: `<support.example>` is none."""
_LINK_TARGET = re.compile(
    r"\(\s*+(?:<(?P<quoted>[^<>\n]*)>|(?P<address>(?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*+))"
    r"""(?:\s++(?P<title>"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)"""
)
_HARD_BREAK = r"\\\n"
_STRUCK = r"(?<![~\\])~~?(?![~\s])"
_STRUCK_ENDS = {marks: re.compile(rf"(?<![~\s]){marks}(?!~)") for marks in ("~", "~~")}
_DOMAIN = r"[\w-]+(?:\.[\w-]+)*"
_ADDRESS = rf"(?<![^\s*_~(])(?:(?:https?|ftp)://{_DOMAIN}|www\.{_DOMAIN}\.{_DOMAIN})[^\s<\x02\x03]*"
_MAIL = r"(?<![\w.+/:@-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[\w-]*[^\W_](?![\w@-])"
_TRAILING = frozenset("?!.,:*_~'\";")
_ENTITY = frozenset(string.ascii_letters + string.digits)


class GitHubMarkdown(Extension):
    """Reads blocks by GitHub's rules, and what its writers mean between words."""

    _markdown: Markdown
    _blocks: _Blocks

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what reads blocks and what reads words."""
        self._markdown = md
        self._blocks = _Blocks(md.parser)
        md.registerExtension(self)
        md.ESCAPED_CHARS = [*string.punctuation]
        md.treeprocessors.register(_Read(self._blocks), "github_read", 51)  # notes follow, by 50
        patterns = md.inlinePatterns
        patterns.register(SubstituteTagInlineProcessor(_HARD_BREAK, "br"), "github_break", 185)
        patterns.register(_Reference(REFERENCE_RE, md), "reference", 170)
        patterns.register(_Target(LINK_RE, md), "link", 160)
        patterns.register(_ImageTarget(IMAGE_LINK_RE, md), "image_link", 150)
        patterns.register(_ShortReference(REFERENCE_RE, md), "short_reference", 130)
        patterns.register(HtmlInlineProcessor(_TAG, md), "html", 90)
        patterns.register(_Address(_ADDRESS), "github_address", 88)
        patterns.register(_Mail(_MAIL), "github_mail", 86)
        patterns.register(_Struck(_STRUCK), "github_struck", 65)

    def reset(self) -> None:
        """Take the place of the block processors, once all extensions are loaded."""
        processors = self._markdown.parser.blockprocessors
        if _BLOCKS in processors:
            self._blocks.builder.is_read = False
            return
        contents = self._markdown.treeprocessors
        if "toc" in contents and isinstance(contents["toc"], TocTreeprocessor):
            contents["toc"].slugify = OwnLetters(contents["toc"].slugify)
        names = frozenset(name for name in KNOWN if name in processors)
        reads_html = "markdown_block" in processors  # what it reads is taken out of the text before
        fences = None if reads_html else self._take_fences()
        if not reads_html:
            self._markdown.preprocessors.deregister("html_block", strict=False)
        self._blocks.builder = BlockBuilder(
            self._markdown, names, fences, reads_paragraphs=len(processors) > len(names)
        )
        for name in BUILT_IN - _LAST_RESORT:
            processors.deregister(name, strict=False)
        processors.register(self._blocks, _BLOCKS, 1000)

    def _take_fences(self) -> Preprocessor | None:
        """Return what renders fenced code, having taken it out of where it finds its fences."""
        preprocessors = self._markdown.preprocessors
        name = "fenced_code_block"
        if name not in preprocessors or not isinstance(
            preprocessors[name], FencedBlockPreprocessor
        ):
            return None
        fences = preprocessors[name]
        preprocessors.deregister(name)
        return fences


class _Blocks(BlockProcessor):
    """Reads all blocks that are left of a text at once."""

    builder: BlockBuilder

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)

    def test(self, parent: Tree.Element, block: str) -> bool:
        """Tell whether other block processors have not been asked to read the block."""
        return self.builder.is_responsible(parent)

    def run(self, parent: Tree.Element, blocks: list[str]) -> None:
        """Append the elements of all blocks."""
        text = "\n\n".join(blocks)
        blocks.clear()
        self.builder.build(parent, text)


class _Read(Treeprocessor):
    """Notes that all blocks are read, but those of notes."""

    def __init__(self, blocks: _Blocks) -> None:
        super().__init__()
        self._blocks = blocks

    def run(self, root: Tree.Element) -> None:
        """Tell the builder."""
        self._blocks.builder.is_read = True


class _Target(LinkInlineProcessor):
    """Reads what stands behind the words of a link by the rules of CommonMark."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """Return address, title, end, and whether there is a link."""
        match = _LINK_TARGET.match(data, index)
        if match is None:
            return "", None, index, False
        address = self.unescape(match["address"] or match["quoted"] or "")
        title = match["title"] and self.unescape(match["title"][1:-1])
        return address, title and " ".join(title.split()), match.end(), True


class _ImageTarget(_Target, ImageInlineProcessor):
    """The same of images."""


class _Reference(ReferenceInlineProcessor):
    """Takes the name of a link only where nothing stands before it; code in a name is a name."""

    RE_LINK = re.compile(r"\[([^\]]*)\]")

    def evalId(self, data: str, index: int, text: str) -> tuple[str | None, int, bool]:  # noqa: N802
        """Return the name, its end, and whether there is one."""
        name, end, is_name = super().evalId(data, index, text)
        return name and reference_name(self.unescape(name)), end, is_name


class _ShortReference(_Reference, ShortReferenceInlineProcessor):
    """The same of names that are the words of the link."""


class _Address(InlineProcessor):
    """Makes a link of an address that stands in the text, as GitHub does."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Tree.Element, int, int]:
        """Return the link, and where the address begins and ends."""
        address = m[0][: _end_of_address(m[0])]
        target = unescape(address)
        if target.startswith("www."):
            target = f"http://{target}"
        return _link(target, address), m.start(), m.start() + len(address)


def _end_of_address(address: str) -> int:
    """Return where signs and brackets follow that belong to the sentence; each is seen once."""
    end = len(address)
    unopened = address.count(")") - address.count("(")
    while end:
        last = address[end - 1]
        if last == ")" and unopened > 0:
            unopened -= 1
        elif last not in _TRAILING:
            break
        end -= 1
        if last == ";":
            start = end
            while start and address[start - 1] in _ENTITY:
                start -= 1
            if start and start < end and address[start - 1] == "&":
                end = start - 1
    return end


class _Struck(InlineProcessor):
    """Reads words between one or two tildes; what has no end is looked for once."""

    _endless: dict[str, str]
    """How the text goes on where no more such marks end anything, by the marks."""

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self._endless = {}

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Tree.Element | None, int | None, int | None]:
        """Return the struck words, and where they and their marks begin and end."""
        marks, start = m[0], m.end()
        endless = self._endless.get(marks)
        if endless and len(endless) >= len(data) - start and data.endswith(endless):
            return None, None, None
        end = _STRUCK_ENDS[marks].search(data, start + 1)
        if end is None:
            self._endless[marks] = data[start:]
            return None, None, None
        element = Tree.Element("del")
        element.text = data[start : end.start()]
        return element, m.start(), end.end()


class _Mail(InlineProcessor):
    """Makes a link of an e-mail address that stands in the text."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Tree.Element, int, int]:
        """Return the link, and where the address begins and ends."""
        return _link(f"mailto:{m[0]}", m[0]), m.start(), m.end()


def _link(target: str, text: str) -> Tree.Element:
    element = Tree.Element("a", {"href": target})
    element.text = AtomicString(text)
    return element


def makeExtension(**settings: object) -> GitHubMarkdown:  # noqa: N802
    """Return the extension, as Python-Markdown asks for it."""
    return GitHubMarkdown(**settings)
