"""Stored wordings: the blocks of sections as JSON, to compare them later without reading a text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from gazette.compact_json import compact
from gazette.text.document import Block, Cell, Container, Kind


def written(blocks: Sequence[Block]) -> list[str]:
    """Return the blocks of a section, those inside the same outermost element as one JSON text."""
    groups = groupby(enumerate(blocks), lambda placed: _outermost(*placed))
    return [_written([block for _, block in group]) for _, group in groups]


def _outermost(place: int, block: Block) -> int:
    """Return what tells neighbours inside one element from others; no element is its own."""
    return id(block.path[0]) if block.path else -1 - place


def _written(blocks: Sequence[Block]) -> str:
    places: dict[Container, int] = {}
    records = [
        (
            *(block.kind.value, block.tag, [_cell(cell) for cell in block.cells]),
            [places.setdefault(container, len(places)) for container in block.path],
            block.columns,
        )
        for block in blocks
    ]
    around = [(container.tag, container.attributes, container.number) for container in places]
    return compact((around, records))


def _cell(cell: Cell) -> tuple[object, ...]:
    """Return a cell without what is empty at its end; text that is the HTML stands once."""
    values = [cell.html, None if cell.text == cell.html else cell.text, *cell[2:]]
    while len(values) > 1 and (values[-1] is None or (len(values) > 2 and not values[-1])):
        values.pop()
    return tuple(values)


class WordingReader:
    """Reads stored wordings: what they share is the same objects, as a `Reader` makes them."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Block, ...]] = {}

    def blocks(self, stored: Sequence[str]) -> tuple[Block, ...]:
        """Return the blocks of a section."""
        return tuple(block for text in stored for block in self._read(text))

    def _read(self, text: str) -> tuple[Block, ...]:
        if text not in self._known:
            self._known[text] = tuple(_blocks(text))
        return self._known[text]


def _blocks(text: str) -> Iterator[Block]:
    around, records = json.loads(text)
    containers = [Container(*values) for values in around]
    for kind, tag, cells, path, columns in records:
        yield Block(
            Kind(kind),
            tag,
            tuple(_read_cell(*cell) for cell in cells),
            tuple(containers[place] for place in path),
            tuple(columns),
        )


def _read_cell(
    html: str = "",
    text: str | None = None,
    tag: str = "",
    attributes: str = "",
    files: Sequence[tuple[str, str]] = (),
) -> Cell:
    shown = html if text is None else text
    return Cell(html, shown, tag, attributes, tuple((path, digest) for path, digest in files))
