"""Style sheets taken apart: their rules, each with one selector and what is declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import tinycss2

_NOT_ON_PAGE = re.compile(
    r"@(?:media\b(?!\s*not\b)[^,]*\b(?:print|speech|max-width)\b[^,]*\Z|page\b|keyframes\b)", re.I
)
_ON_EVERY_SCREEN = re.compile(
    r"@(?:media\s+(?:only\s+)?(?:all|screen)\s*\Z|(?:layer|supports)\b)", re.I
)
_DATA = re.compile(r"""url\(\s*(?:"data:[^"]*"|'data:[^']*'|data:[^)"']*)\s*\)""", re.I)
"""Fonts and pictures within a sheet: most of its letters, where it has any."""
_LONG_NAMES = {"list-style": "list-style-type", "text-decoration": "text-decoration-line"}
_READ = {
    *("display", "visibility", "font-weight", "font-style", "vertical-align", "float"),
    *("text-decoration-line", "list-style-type", "content", "text-transform", "white-space"),
    *("position", "left", "right", "top", "clip", "clip-path", "text-indent"),
}
_READ_OF_ONE = {
    *("overflow", "height", "max-height", "opacity", "color", "font-size"),
    *("background", "background-color"),
}
"""What is read where the attribute `style` of an element says it."""
_HIDING = {"display": ("none",), "visibility": ("hidden", "collapse")}
WORDS = re.compile(r"counters?\(|attr\(|[\"'](?:[^\"'\\]|\\[^0-9a-f])*?\w", re.I)
"""What `content` and `list-style` write that is read: numbers, or letters in quotation marks."""
MAX_NESTED, MAX_SELECTORS, MAX_SELECTOR_LETTERS = 8, 1000, 2000
"""How deep blocks are read, how many selectors one has, and how long one may be."""


class Declaration(NamedTuple):
    """What a rule says of a property; a value without quotation marks is in small letters."""

    name: str
    value: str
    is_important: bool

    @property
    def hides(self) -> bool:
        """Whether nobody sees what it is said of, however it stands on the page."""
        return self.value in _HIDING.get(self.name, ())

    @property
    def shows(self) -> bool:
        """Whether it says that something is seen."""
        return self.name in _HIDING and not self.hides


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule of a sheet for one selector; what an at-rule holds may hold under a condition."""

    selector: str
    declarations: Sequence[Declaration]
    is_conditional: bool = False


@dataclass
class Sheet:
    """What a sheet says: its rules, ways of counting, and the sheets it loads for wide screens."""

    rules: list[Rule] = field(default_factory=list)
    counter_styles: set[str] = field(default_factory=set)
    imported: list[str] = field(default_factory=list)


class _Around(NamedTuple):
    """What stands around the contents of a block."""

    selectors: Sequence[str] = ()
    is_conditional: bool = False
    depth: int = 0


def short_sheet(text: str) -> str:
    """Return a sheet without the files in it."""
    return _DATA.sub("url()", text)


def read_sheet(text: str) -> Sheet:
    """Return what a sheet says."""
    sheet = Sheet()
    _add(tinycss2.parse_stylesheet(text, True, True), _Around(), sheet)
    return sheet


def _add(nodes: Sequence[Any], around: _Around, sheet: Sheet) -> None:
    """Add what the contents of a block say, inner blocks behind it."""
    declarations = tuple(_declared(nodes, _READ))
    if declarations:
        is_conditional = around.is_conditional
        sheet.rules += (
            Rule(selector, declarations, is_conditional) for selector in around.selectors
        )
    outer = ", ".join(around.selectors)
    is_readable = around.depth < MAX_NESTED and len(outer) <= MAX_SELECTOR_LETTERS
    for node in nodes if is_readable else ():
        inner = None
        if node.type == "qualified-rule":
            inner = around._replace(selectors=list(_selectors(node.prelude, outer)))
        elif node.type == "at-rule":
            inner = _within(node, around, sheet)
        if inner is not None and node.content:
            contents = tinycss2.parse_blocks_contents(node.content, True, True)
            _add(contents, inner._replace(depth=around.depth + 1), sheet)


def _within(node: Any, around: _Around, sheet: Sheet) -> _Around | None:
    """Add what an at-rule itself says; return what stands around its contents, if they count."""
    prelude = tinycss2.serialize(node.prelude).strip()
    rule = f"@{node.lower_at_keyword} {prelude}"
    if node.lower_at_keyword == "counter-style":
        sheet.counter_styles.add(prelude.lower())
    elif node.lower_at_keyword == "import" and node.prelude:
        sheet.imported += _address(node.prelude)
    if _NOT_ON_PAGE.match(rule):
        return None
    is_conditional = around.is_conditional or not _ON_EVERY_SCREEN.match(rule)
    return around._replace(is_conditional=is_conditional)


def _address(prelude: Sequence[Any]) -> Iterator[str]:
    """Yield the address of a sheet that is loaded for wide screens."""
    words = [token for token in prelude if token.type not in ("whitespace", "comment")]
    for word in words[:1]:
        address = word.arguments[0] if word.type == "function" and word.arguments else word
        media = tinycss2.serialize(words[1:])
        if address.type in ("url", "string") and is_for_screens(media):
            yield address.value


def _selectors(prelude: Iterable[Any], outer: str) -> Iterator[str]:
    """Yield the selectors of a list, in the place of `&` those of the block around them."""
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    for part in islice(parts, MAX_SELECTORS):
        selector = " ".join(tinycss2.serialize(part).split())
        if outer:
            selector = selector if "&" in selector else f"& {selector}"
            is_plain = "," not in outer and selector.rfind("&") == 0
            selector = selector.replace("&", outer if is_plain else f":is({outer})")
        if len(selector) <= MAX_SELECTOR_LETTERS:
            yield selector


def is_for_screens(media: str) -> bool:
    """Tell whether a sheet for such media may be for wide screens."""
    return not _NOT_ON_PAGE.match(f"@media {media}")


def own_declarations(text: str) -> list[Declaration]:
    """Return what the attribute `style` of an element says, as far as it is read."""
    nodes = tinycss2.parse_blocks_contents(text, True, True) if text else ()
    return list(_declared(nodes, _READ | _READ_OF_ONE))


def declared(text: str) -> Mapping[str, str]:
    """Return the properties that the attribute `style` of an element states."""
    return {declaration.name: declaration.value for declaration in own_declarations(text)}


def _declared(nodes: Iterable[Any], names: set[str]) -> Iterator[Declaration]:
    """Yield declarations that are read, and those of variables that hold words."""
    for node in nodes:
        name = node.lower_name if node.type == "declaration" else ""
        name = _LONG_NAMES.get(name, name)
        if name in names or name.startswith("--"):
            value = " ".join(tinycss2.serialize(node.value).split())
            if name in names or WORDS.search(value):
                is_quoted = "'" in value or '"' in value
                yield Declaration(name, value if is_quoted else value.lower(), node.important)
