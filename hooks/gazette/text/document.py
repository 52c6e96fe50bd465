"""What a reader saw: a text as sections of blocks.

A `Reader` makes blocks once for each piece of text: the blocks that two versions share are the same
objects, and nobody needs to compare them. So facts of a block or section are found once, too.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple, TypeVar

from gazette.model import Digest, digest_of
from gazette.text.html_sentences import Sentence, html_sentences
from gazette.text.links import targets
from gazette.text.numbers import number_length
from gazette.text.sanitizer import Removal
from gazette.text.section_html import inner_ids
from gazette.text.tokens import fold, words_of
from gazette.text.visible import UNSEEN

Side = TypeVar("Side")
Grams = frozenset[int]
"""Runs of three words, each as the hash of the three: only ever compared within a process."""
FIRST_WORDS = 6
"""So many words tell a reader which text is meant that has no heading."""
GRAM = 3
"""Two words recur by chance, of four in a row an edit leaves too few."""


class Kind(enum.Enum):
    """What a block is; the value stands in records, `sentence` is for readers."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list-item"
    ROW = "table-row"
    CODE = "code"
    QUOTE = "quote"
    TERM = "term"
    DEFINITION = "definition"
    NOTICE = "notice"
    FOOTNOTE = "footnote"
    LINE = "line"

    @property
    def sentence(self) -> str:
        """The kind as a reader would say it."""
        return self.value.replace("-", " ")


def shown_side(new: Side | None, old: Side | None) -> Side:
    """Return which of both sides of a change to show: the new one where there is one."""
    side = new or old
    assert side is not None
    return side


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """An element around blocks (list, item, table, quote ...); one object per element."""

    tag: str
    attributes: str = ""
    number: int | None = None
    """What the reader sees before an item of a numbered list."""


class Cell(NamedTuple):
    """Inline content: its HTML, and its visible text with white space folded.

    `files` are what it shows or links of `docs/`, each with the digest of its bytes, where known.
    """

    html: str
    text: str
    tag: str = ""
    attributes: str = ""
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Block:
    """What a redline never crosses: a paragraph, list item, table row, code, quote or heading.

    Only a table row has more than one cell; `columns` are the headers above them. `path` are the
    containers around the block, the outermost first.
    """

    kind: Kind
    tag: str
    cells: tuple[Cell, ...]
    path: tuple[Container, ...] = ()
    columns: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The visible text, cells separated by a line break."""
        return "\n".join(cell.text for cell in self.cells)

    @cached_property
    def key(self) -> str:
        """What makes two blocks the same text, whatever their quotes, forms and formatting."""
        return fold(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in small letters."""
        return tuple(words_of(self.text))

    @cached_property
    def bag(self) -> frozenset[str]:
        """The same words, each once."""
        return frozenset(self.words)

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences of its first cell."""
        return html_sentences(self.cells[0].html)

    @cached_property
    def grams(self) -> Grams:
        """The runs of three words; all words together where they are fewer."""
        words = self.words
        if len(words) < GRAM:
            return frozenset([hash(words)] if words else [])
        return frozenset(map(hash, zip(words, words[1:], words[2:], strict=False)))


@dataclass(frozen=True, eq=False)
class Section:
    """A heading with its own text up to the next heading of any level; index 0 has no heading.

    The first of `blocks` is the heading itself, except in section 0.
    """

    index: int
    level: int
    number: str
    heading: str
    anchor: str
    blocks: tuple[Block, ...]

    @cached_property
    def title(self) -> str:
        """The heading without its number."""
        return title_of(self.heading)

    @cached_property
    def title_key(self) -> str:
        """What makes two titles the same, whatever their case and punctuation."""
        return title_key(self.heading)

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks but the heading."""
        return self.blocks[1:] if self.level else self.blocks

    @property
    def is_visible(self) -> bool:
        """Whether there is anything to see: a text that begins with a heading has no opening."""
        return self.index > 0 or bool(self.blocks)

    @cached_property
    def grams(self) -> Grams:
        """The runs of three words in the body."""
        return grams_of(self.body)

    @cached_property
    def bag(self) -> frozenset[str]:
        """The words in the body, each once."""
        return frozenset().union(*(block.bag for block in self.body))

    @cached_property
    def length(self) -> int:
        """How many characters the body has."""
        return sum(len(block.text) for block in self.body)

    @cached_property
    def digest(self) -> str:
        """The digest of all that a reader sees of the section, empty where that is nothing."""
        seen = [
            (
                *(block.kind.value, block.tag, block.columns),
                path,
                [(cell.html, *cell[2:]) for cell in block.cells],
            )
            for block, path in zip(self.blocks, numbered_paths(self.blocks), strict=True)
        ]
        return sha256(repr(seen).encode()).hexdigest() if seen else ""

    @property
    def name(self) -> str:
        """What a reader calls the section: without a heading its first words."""
        if self.heading or not self.index:
            return self.heading or "Opening"
        return f"“{self.first_words} …”" if self.first_words else "Section without a heading"

    @property
    def first_words(self) -> str:
        """The first words below the heading, to identify the section by."""
        words = next((block.text.split() for block in self.blocks[1:] if block.text), [])
        return " ".join(words[:FIRST_WORDS])


@dataclass(frozen=True, eq=False)
class Document:
    """A text as published: its HTML, and its sections in order, section 0 always the first.

    `removals` are what the author wrote and no reader gets, because a text may not hold it;
    `fault` says why the text is shown as its source. `former_anchors` are those that sections had
    before anchors were made of all letters, by index, where they are others.
    """

    html: str
    sections: tuple[Section, ...]
    removals: tuple[Removal, ...] = ()
    fault: str = ""
    former_anchors: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def html_digest(self) -> Digest:
        """The digest of its HTML."""
        return digest_of(self.html.encode("utf-8", "surrogatepass"))

    @cached_property
    def inner_ids(self) -> Mapping[int, Sequence[str]]:
        """The ids of places inside its sections, by the index of the section."""
        return inner_ids(self.html, [section.anchor for section in self.sections])

    @cached_property
    def has_local_links(self) -> bool:
        """Whether it links or shows anything of `docs/`."""
        return next(targets(self.html), None) is not None

    @cached_property
    def repeated_texts(self) -> frozenset[str]:
        """The keys that more than one block has: boilerplate."""
        counts = Counter(block.key for section in self.sections for block in section.blocks)
        return frozenset(key for key, count in counts.items() if count > 1)


def numbered_paths(blocks: Iterable[Block]) -> Iterator[list[tuple[object, ...]]]:
    """Yield what is seen of the elements around each block, those around several by number."""
    numbers: dict[Container, int] = {}
    for block in blocks:
        yield [
            (numbers.setdefault(item, len(numbers)), item.tag, item.attributes, item.number)
            for item in block.path
        ]


def title_of(heading: str) -> str:
    """Return a heading without its number."""
    seen = UNSEEN.sub("", heading)
    return seen[number_length(seen) :]


def title_key(heading: str) -> str:
    """Return what makes the titles of two headings the same, whatever their case."""
    return " ".join(words_of(title_of(heading)))


def grams_of(blocks: Iterable[Block]) -> Grams:
    """Return the runs of three words in the blocks."""
    return frozenset().union(*(block.grams for block in blocks))
