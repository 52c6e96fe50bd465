"""The canonical form: all that a reader can see, hear or use of a text, and nothing else.

Two texts with the same form are the same for every reader: kinds of white space, wrapping,
entities, the order of attributes, soft hyphens and zero-width characters, curly and straight
quotes, full-width and plain digits, ids, and the names of footnotes are not part of it. Words, the
numbers and markers of lists, levels of headings, what stands in what, addresses and titles of
links, tooltips, images with their descriptions, the bytes of files that are shown or linked,
alignment and spans of cells, kinds of notices, what is hidden, languages and directions are.
`link_places` tells where the ids stand that links lead to.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from html import unescape
from typing import NamedTuple

from gazette.fingerprint import fingerprint
from gazette.model import SectionReading
from gazette.text.anchors import common_length
from gazette.text.document import Block, Cell, Container, Kind, Section
from gazette.text.tokens import LINE, OTHER_LINK, Inline, Mark, fold, read_inline

READING = 2
"""The number of these rules: it rises when texts of all kinds get another form and are the same.

A reading recorded under another number is held against the HTML alone. So is, in effect, that of
the few texts that a rule about rare letters gives another form: for them alone it stays.
"""

WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""A sign of a script that has no spaces."""
_SPACE_AT_END = re.compile(r"[ \t]+\n")

Attributes = tuple[tuple[str, str], ...]
"""Names and values, sorted."""

_ATTRIBUTE = re.compile(r'([^\s=]+)="([^"]*)"')
_UNSEEN_ATTRIBUTES = frozenset({"id", "name", "rel", "target", "loading", "decoding", "xmlns"})
_SHOWN_BY_NUMBERS = frozenset({"start", "value", "reversed"})
"""Attributes of lists: the numbers of items show them, but where a list stands among words."""
_READ_ALOUD = frozenset("&#@%‰§*/†‡")
"""Punctuation by Unicode's names that is read as a word, or leads to one."""
ROWS = "tbody"
"""The tag of all groups of rows."""
_ROW_GROUPS = frozenset({"thead", ROWS, "tfoot"})
_UNSEEN_CONTAINERS = _ROW_GROUPS | {"div", "section", "article", "main", "header", "footer"}
"""Without an attribute these look like nothing."""
_ALIGNMENT = re.compile(r"\s*text-align\s*:\s*([a-z]+)\s*;?\s*")
_FORMATS = {
    "strong": "bold",
    "b": "bold",
    "em": "italic",
    "i": "italic",
    "code": "code",
    "u": "underlined",
    "ins": "underlined",
    "s": "struck",
    "strike": "struck",
    "del": "struck",
    "sup": "raised",
    "sub": "lowered",
    "mark": "highlighted",
    "small": "small",
}
_SHOWN_BY_ATTRIBUTES = frozenset({"a", "abbr", "span", "img", "input", "hr"})
"""Elements whose attributes say all that a reader gets of them."""
_OF_CODE = frozenset({"highlight", "codehilite"})
_WITH_OWN_NOTES = frozenset({"href", "title", "hidden", "lang", "dir"})
"""Attributes that fields of their own hold in `WordsForm`."""


# ---- words ----


class WordsForm(NamedTuple):
    """How words are shown, and what can be done with them."""

    link: str = ""
    tooltip: str = ""
    format: str = "plain"
    visibility: str = "shown"
    language: str = ""
    direction: str = ""
    other: str = ""


PLAIN = WordsForm()


def words_form(marks: tuple[Mark, ...]) -> WordsForm:
    """Return what the elements around words make of them."""
    if not marks:
        return PLAIN
    elements = [
        (tag, dict(_attributes(attributes, _UNSEEN_ATTRIBUTES))) for tag, attributes in marks
    ]
    formats = {_FORMATS[tag] for tag, _ in elements if tag in _FORMATS}
    is_hidden = any("hidden" in attributes for _, attributes in elements)
    return WordsForm(
        link=next(
            (
                _address(attributes)
                for tag, attributes in elements
                if tag == "a" and "href" in attributes
            ),
            "",
        ),
        tooltip=" / ".join(
            attributes["title"] for tag, attributes in elements if "title" in attributes
        ),
        format=", ".join(sorted(formats)) or "plain",
        visibility="hidden" if is_hidden else "shown",
        language=_last("lang", elements),
        direction=_last("dir", elements),
        other="".join(_others(tag, attributes) for tag, attributes in elements),
    )


def _last(name: str, elements: Sequence[tuple[str, Mapping[str, str]]]) -> str:
    return next(
        (attributes[name] for _, attributes in reversed(elements) if name in attributes), ""
    )


def _address(attributes: Mapping[str, str]) -> str:
    """Return where a link leads; a footnote is known by its number, nobody sees its name."""
    return attributes["href"].partition(":")[0] if _is_footnote(attributes) else attributes["href"]


def _is_footnote(attributes: Mapping[str, str]) -> bool:
    """Tell whether a link leads to a footnote, or back, as the extension writes it."""
    is_named = attributes.get("class", "").startswith("footnote-")
    is_there = attributes.get("href", "").startswith("#fn")
    return is_named and is_there and OTHER_LINK not in attributes


def _others(tag: str, attributes: Mapping[str, str]) -> str:
    left = "".join(
        f' {name}="{value}"'
        for name, value in sorted(attributes.items())
        if name not in _WITH_OWN_NOTES and not (name == "class" and _is_made(value, attributes))
    )
    known = tag in _FORMATS or tag in _SHOWN_BY_ATTRIBUTES
    return "" if known and not left else f"<{tag}{left}>"


def _is_made(classes: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether extensions gave an element its classes, which then look like nothing."""
    if _is_footnote(attributes):
        return True
    names = classes.split()
    return bool(names) and all(name.startswith("language-") or name in _OF_CODE for name in names)


def attributes_of(text: str) -> Attributes:
    """Return the attributes of the start tag of a block that a reader notices."""
    return _attributes(text, _UNSEEN_ATTRIBUTES | _SHOWN_BY_NUMBERS)


def _attributes(text: str, unseen: Set[str]) -> Attributes:
    if not text:
        return ()
    attributes = {
        name: fold(" ".join(unescape(value).split()))
        for name, value in _ATTRIBUTE.findall(text)
        if name not in unseen
    }
    if alignment := _ALIGNMENT.fullmatch(attributes.get("style", "")):
        del attributes["style"]
        attributes["align"] = alignment[1]
    return tuple(sorted(attributes.items()))


Token = tuple[tuple[str, WordsForm], ...]
"""The characters of a token with how they are shown, one part for each way."""


def token_form(inline: Inline, at: int) -> Token:
    """Return one token."""
    stretches = inline.stretches(at)
    if len(stretches) == 1:
        return ((inline.keys[at], words_form(stretches[0][1])),)
    shown = [(fold(text), words_form(marks)) for text, marks in stretches]
    if len({form for _, form in shown}) == 1:
        return ((inline.keys[at], shown[0][1]),)
    parts = itertools.groupby(shown, key=lambda stretch: stretch[1])
    return tuple(("".join(text for text, _ in group), form) for form, group in parts)


def _seen(token: Token) -> Token:
    """Leave out the format of what has no letter: nobody sees it but where a symbol is struck."""
    characters = "".join(text for text, _ in token)
    if any(map(str.isalnum, characters)):
        return token
    is_punctuation = all(
        unicodedata.category(character)[0] == "P" and character not in _READ_ALOUD
        for character in characters
    )

    def seen(form: WordsForm) -> WordsForm:
        is_struck = not is_punctuation and "struck" in form.format.split(", ")
        return form._replace(format="struck" if is_struck else "plain")

    return tuple((text, seen(form)) for text, form in token)


def gap_form(inline: Inline, at: int, *, is_code: bool = False) -> str:
    """Return the white space before a token: in code as it is, else a line break, a space, or none.

    Between ideographs a space says nothing: it comes from how the source is wrapped.
    """
    gap = inline.gap(at)
    if not gap:
        return ""
    if is_code:
        return _SPACE_AT_END.sub("\n", gap)
    if LINE in gap:
        return "\n" * gap.count(LINE)
    before = inline.keys[at - 1][-1:] if at else ""
    is_wide = WIDE.search(before + inline.keys[at][:1]) is not None
    return "" if is_wide or at == 0 else " "


CellForm = tuple[str, Attributes, tuple[tuple[str, Token], ...]]
"""Whether it is a header, its attributes and the files it shows or links with their digests, and
its tokens, each behind its white space."""


def cell_form(cell: Cell, *, is_code: bool = False) -> CellForm:
    """Return the canonical form of a cell."""
    inline = read_inline(cell.html)
    places = range(len(inline.keys))
    gaps = [gap_form(inline, at, is_code=is_code) for at in places]
    if inline.is_plain:
        shown: Iterable[Token] = (((key, PLAIN),) for key in inline.keys)
    else:
        shown = (_seen(token_form(inline, at)) for at in places)
    tokens = tuple(zip(gaps, shown, strict=True))
    tag = cell.tag if cell.tag in ("td", "th") else ""
    return tag, (*attributes_of(cell.attributes), *cell.files), tokens


# ---- what is around words ----


class ContainerForm(NamedTuple):
    """An element around blocks, as far as a reader notices it."""

    tag: str
    attributes: Attributes


def seen_path(block: Block) -> tuple[Container, ...]:
    """Return the containers around a block that a reader notices."""
    return tuple(container for container in block.path if _is_seen(container))


def _is_seen(container: Container) -> bool:
    return container.tag not in _UNSEEN_CONTAINERS or bool(attributes_of(container.attributes))


def container_form(container: Container) -> ContainerForm:
    """Return what a reader notices of a container."""
    tag = ROWS if container.tag in _ROW_GROUPS else container.tag
    return ContainerForm(tag, attributes_of(container.attributes))


class Frame(NamedTuple):
    """What is around the words of a block: its own element, and what it stands in."""

    kind: Kind
    tag: str
    path: tuple[ContainerForm, ...]


def frame_of(block: Block) -> Frame:
    """Return the frame of a block."""
    tag = "" if block.tag == "p" else block.tag
    return Frame(block.kind, tag, tuple(map(container_form, seen_path(block))))


def numbers_of(block: Block) -> tuple[int, ...]:
    """Return the numbers before the items of numbered lists that a block stands in."""
    return tuple(item.number for item in block.path if item.number is not None)


def joined(before: Block, block: Block) -> int:
    """Return how many containers around a block hold the block before it, too."""
    return common_length(_apart(before), _apart(block))


def _apart(block: Block) -> list[Container]:
    """Return the containers whose borders a reader notices: where groups of rows meet, none is."""
    return [container for container in seen_path(block) if container.tag not in _ROW_GROUPS]


# ---- whole sections and texts ----


def structure_of(blocks: Sequence[Block]) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Return the numbers of items around each block, and how much holds the block before it."""
    numbers = map(numbers_of, blocks)
    shared = [0, *itertools.starmap(joined, itertools.pairwise(blocks))]
    return tuple(zip(numbers, shared, strict=False))


class FormDigests:
    """The digests of canonical forms; those of sections and blocks that texts share only once."""

    def __init__(self) -> None:
        self._sections: dict[tuple[Block, ...], str] = {}
        self._blocks: dict[tuple[Frame, tuple[Cell, ...]], str] = {}
        self._readings: dict[SectionReading, SectionReading] = {}

    def same(self, reading: SectionReading) -> SectionReading:
        """Return the same object for all sections that are read so."""
        return self._readings.setdefault(reading, reading)

    def of_section(self, section: Section) -> str:
        """Return the digest of the canonical form of a section."""
        blocks = section.blocks
        if blocks not in self._sections:
            digests = [self._of_block(frame_of(block), block.cells) for block in blocks]
            self._sections[blocks] = fingerprint(structure_of(blocks), digests)
        return self._sections[blocks]

    def _of_block(self, frame: Frame, cells: tuple[Cell, ...]) -> str:
        if (frame, cells) not in self._blocks:
            forms = [cell_form(cell, is_code=frame.kind is Kind.CODE) for cell in cells]
            form = [frame.kind.value, frame.tag, frame.path, forms]
            self._blocks[frame, cells] = fingerprint(form)
        return self._blocks[frame, cells]
