"""Style sheets taken apart: their blocks, with the selectors and what is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product

from gazette.imports.style_selectors import selectors_in

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_PIECE = re.compile(
    r"""((?:[^{};"'\\]++|\\.|"(?:[^"\\\n]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+'|["'\\])*+)([{};]|\Z)""",
    re.S,
)
_NOT_ON_PAGE = re.compile(
    r"@(?:media\b(?!\s*not\b)[^,]*\b(?:print|speech|max-width)\b[^,]*\Z|page\b|keyframes\b)", re.I
)
_ON_EVERY_SCREEN = re.compile(
    r"@(?:media\s+(?:only\s+)?(?:all|screen)\s*\Z|(?:layer|supports)\b)", re.I
)
_IMPORT = re.compile(
    r"""@import\s+(?:url\(\s*(?P<plain>[^"'()\s]+)\s*\)"""
    r"""|(?:url\(\s*)?(?P<mark>["'])(?P<quoted>[^"'\n]+)(?P=mark)\s*\)?)(?P<media>[^;]*)""",
    re.I,
)
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_READ = {
    *("display", "visibility", "font-weight", "font-style", "text-decoration", "vertical-align"),
    *("text-decoration-line", "list-style-type", "content"),
    *("position", "left", "right", "top", "clip", "clip-path", "text-indent", "overflow"),
    *("height", "max-height", "opacity", "color", "font-size", "background", "background-color"),
}
WORDS = re.compile(r"counters?\(|attr\(|[\"'](?:[^\"'\\]|\\[^0-9a-f])*?\w", re.I)
"""What `content` and `list-style` write that is read: numbers, or letters in quotation marks."""
MAX_NESTED, MAX_SELECTOR_LETTERS = 8, 500
"""How many selectors a block in another one has, and how long one may be."""


@dataclass(frozen=True)
class Block:
    """A block of a sheet; what an at-rule holds may hold under a condition."""

    prelude: str = ""
    selectors: tuple[str, ...] = ("",)
    is_conditional: bool = False
    pieces: list[str] = field(default_factory=list)

    def inner(self, prelude: str) -> Block:
        """Return a block that opens in this one, with its selectors written out."""
        if not self.selectors or prelude.startswith("@"):
            selectors = () if _NOT_ON_PAGE.match(prelude) else self.selectors[:MAX_NESTED]
            is_conditional = self.is_conditional or not _ON_EVERY_SCREEN.match(prelude)
            return Block(prelude, selectors, is_conditional)
        if self.selectors == ("",):
            return Block(prelude, tuple(selectors_in(prelude)), self.is_conditional)
        inner = list(islice(selectors_in(prelude), MAX_NESTED))
        pairs = product(self.selectors, (it if "&" in it else f"& {it}" for it in inner))
        joined = (it.replace("&", outer) for outer, it in islice(pairs, MAX_NESTED))
        selectors = tuple(it for it in joined if len(it) < MAX_SELECTOR_LETTERS)
        return Block(prelude, selectors, self.is_conditional)


def blocks_of(sheet: str) -> Iterator[Block]:
    """Yield the blocks of a sheet that hold declarations, inner ones first."""
    blocks = [Block()]
    for text, end in _PIECE.findall(_COMMENT.sub("", sheet)):
        if end == "{":
            blocks.append(blocks[-1].inner(text.strip()))
            continue
        blocks[-1].pieces.append(text)
        if end == "}" and len(blocks) > 1:
            yield blocks.pop()
    yield from reversed(blocks[1:])


def imported_sheets(sheet: str) -> Iterator[str]:
    """Yield the addresses of the sheets that a sheet loads for wide screens."""
    for loaded in _IMPORT.finditer(_COMMENT.sub("", sheet)):
        if is_for_screens(loaded["media"]):
            yield loaded["plain"] or loaded["quoted"]


def is_for_screens(media: str) -> bool:
    """Tell whether a sheet for such media may be for wide screens."""
    return not _NOT_ON_PAGE.match(f"@media {media}")


def declared(text: str) -> dict[str, str]:
    """Return the properties of a style that are read, and variables that hold words."""
    properties = {}
    for name, value in _DECLARATION.findall(text):
        name = "list-style-type" if name.lower() == "list-style" else name.lower()
        value = value.replace("!important", "").strip()
        if name in _READ or (name.startswith("--") and WORDS.search(value)):
            properties[name] = value if "'" in value or '"' in value else value.lower()
    return properties
