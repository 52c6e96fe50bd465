"""A text as GitHub shows it: the reading that the site's is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from html import unescape
from itertools import zip_longest
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gazette.text.blocks import blocks_of
from gazette.text.document import Block, Container
from gazette.text.markdown_blocks import MAX_NESTING, BlockParser
from gazette.text.markdown_source import without_code
from gazette.text.sanitizer import DONE, OPEN, sanitize
from gazette.text.tokens import fold

NO_ANCHOR = re.compile(r"[^\w\- ]")
"""What GitHub leaves out of the anchor of a heading."""
_PLACE = re.compile("\ufdd0(\\d+)\ufdd1")
"""A line, written before what a block begins with; no text holds these two characters."""
_TAG = re.compile(r"<(/?)(strong|em|code|del|s|br|img|b|i|sup|sub)\b")
_BOX = re.compile(f"[{DONE}{OPEN}] ?")
_PROCESSORS = {
    "admonition": "admonition",
    "pymdownx.details": "details",
    "pymdownx.tabbed": "tabbed",
    "footnotes": "footnote",
    "abbr": "abbr",
    "def_list": "deflist",
}
"""The block processors of extensions whose blocks GitHub does not know, or knows otherwise."""
ATTRIBUTE = r"""(?:[#.][\w:-]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+))"""
"""The pattern of an attribute in braces: `#id`, `.class` or `name=value`."""
_ATTRIBUTE_LIST = rf"\{{:? *{ATTRIBUTE}(?: +{ATTRIBUTE})* *\}}"
_ATTRIBUTES = re.compile(
    rf"^[ \t>]*{_ATTRIBUTE_LIST}[ \t]*$|(?<=[)\]*_`>]){_ATTRIBUTE_LIST}"
    rf"|(?<=\S)[ \t]+{_ATTRIBUTE_LIST}[ \t]*$",
    re.M,
)
_CONTENTS = re.compile(r"^\[TOC\][ \t]*$", re.M)
_NOTE = re.compile(r"\[\^([^\]\n]+)\](?!:)")


class ShownBlock(NamedTuple):
    """A block as it is shown: where it stands, its words, and how they are formatted.

    `line` counts from 0, and is -1 where it is not known. `around` are the containers, each with
    its number, and whether the block before stood in it as well.
    """

    line: int
    around: tuple[tuple[str, int | None, bool], ...]
    tag: str
    text: str
    format: tuple[str, ...]

    @property
    def shown(self) -> tuple[object, ...]:
        """All that readers see of it."""
        return (*self[1:3], "".join(fold(self.text).split()), self.format)


class SiteOnly(NamedTuple):
    """What only the site knows: its kind, its first line, the line behind, and its signs.

    Lines count from 0.
    """

    kind: str
    first: int
    end: int
    signs: str


class _GitHub(MarkdownIt):
    """markdown-it, which would take links of other schemes for text: here they are taken out."""

    def __init__(self) -> None:
        super().__init__("gfm-like2", {"linkify": False, "maxNesting": MAX_NESTING})
        self.disable("linkify")

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


def github_anchor(heading: str) -> str:
    """Return the anchor that GitHub gives a heading that no other heading equals."""
    return NO_ANCHOR.sub("", heading.lower()).replace(" ", "-")


def github_html(body: str) -> str:
    """Return the HTML that GitHub makes of a Markdown text, without what no page may hold."""
    return sanitize(_GitHub().render(body)).html


def github_blocks(body: str) -> list[ShownBlock]:
    """Return the blocks of a text as GitHub shows them."""
    reader = _GitHub()
    tokens = reader.parse(body)
    for token in tokens:
        place = f"\ufdd0{token.map[0]}\ufdd1" if token.map else ""
        if token.children is not None:
            token.children.insert(0, Token("text", "", 0, content=place))
        elif token.type in ("fence", "code_block"):
            token.content = place + token.content
    html = sanitize(reader.renderer.render(tokens, reader.options, {})).html
    return shown_blocks(placed.block for placed in blocks_of(html))


def shown_blocks(blocks: Iterable[Block]) -> list[ShownBlock]:
    """Return what readers see of blocks."""
    shown: list[ShownBlock] = []
    before: tuple[Container, ...] = ()
    for block in blocks:
        html = "\n".join(cell.html for cell in block.cells)
        around = tuple((c.tag, c.number, c in before) for c in block.path if c.tag != "div")
        tags = ["del" if name == "s" else name for _, name in _TAG.findall(html)]
        place = _PLACE.search(block.text)
        text = _BOX.sub("", _PLACE.sub("", block.text)).strip()
        line = int(place[1]) if place else -1
        if not (text or tags or around):
            continue  # nobody sees an empty paragraph
        shown.append(ShownBlock(line, around, block.tag, text, tuple(sorted(tags))))
        before = block.path
    return shown


def without_site_only(
    body: str, extensions: Sequence[str], html: str
) -> tuple[str, list[SiteOnly]]:
    """Return a text without what only `extensions` know; and all that they know of it.

    `html` is the site's page of the text: what stands there as it is written is known to nobody.
    Every line keeps its number. The kinds are names of block processors, `attributes` and
    `contents`.
    """
    page = unescape(html)
    names = frozenset(name for extension in extensions if (name := _processor(extension)))
    parts = list(_blocks(body, names, page)) if names else []
    lines = body.split("\n")
    for part in parts:
        lines[part.first : part.end] = [""] * (part.end - part.first)
    rest = "\n".join(lines)
    if "footnote" in names:
        defined = set(re.findall(r"^ {0,3}\[\^([^\]\n]+)\]:", body, re.M))
        rest = _NOTE.sub(lambda note: "" if note[1] in defined else note[0], rest)
    for kind, extension, pattern in (
        ("attributes", "attr_list", _ATTRIBUTES),
        ("contents", "toc", _CONTENTS),
    ):
        signs = _unshown(pattern, rest, page) if extension in extensions else []
        for sign in signs:
            line = rest.count("\n", 0, sign.start())
            parts.append(SiteOnly(kind, line, line + 1, sign[0]))
        for sign in reversed(signs):
            rest = rest[: sign.start()] + rest[sign.end() :]
    return rest, parts


def _blocks(body: str, names: frozenset[str], page: str) -> Iterator[SiteOnly]:
    """Yield the blocks of the processors of these names."""
    lines = body.split("\n")
    for token in BlockParser(names).parse(body):
        kind = "deflist" if token.type == "definitions" else token.type
        if kind in names and token.map and not token.level:
            first, end = token.map
            if kind != "blocks" or lines[first].strip() not in page:
                yield SiteOnly(kind, first, end, " ".join(lines[first:end]))


def _processor(extension: str) -> str | None:
    is_block = extension.startswith("pymdownx.blocks.")
    return "blocks" if is_block else _PROCESSORS.get(extension)


def _unshown(pattern: re.Pattern[str], text: str, page: str) -> list[re.Match[str]]:
    """Return the matches that the page shows less often than they are written."""
    matches = list(pattern.finditer(without_code(text)))
    written = {match[0].strip(" \t>") for match in matches}
    hidden = {signs for signs in written if page.count(signs) < text.count(signs)}
    return [match for match in matches if match[0].strip(" \t>") in hidden]


def differences(
    site: Sequence[ShownBlock], github: Sequence[ShownBlock]
) -> Iterator[tuple[ShownBlock | None, ShownBlock | None]]:
    """Yield what stands in each place where the two readings differ, on the site and on GitHub."""
    matcher = SequenceMatcher(
        None, [block.shown for block in site], [block.shown for block in github], autojunk=False
    )
    for change, start, end, github_start, github_end in matcher.get_opcodes():
        if change != "equal":
            yield from zip_longest(site[start:end], github[github_start:github_end])
