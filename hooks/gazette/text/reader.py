"""The reader: Markdown to documents, each piece of text rendered and taken apart once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from gazette.model import Version
from gazette.text.blocks import PlacedBlock, blocks_of
from gazette.text.document import Block, Document, Section, numbered_paths
from gazette.text.frontmatter import body_of
from gazette.text.links import FOLDER, folder_of, targets
from gazette.text.markdown_settings import DEFAULT, MarkdownSettings
from gazette.text.numbers import heading_number
from gazette.text.rendering import (
    BEYOND_LIBRARIES,
    Piece,
    Renderer,
    as_source,
    assemble,
    former_anchors,
    placeholders,
)
from gazette.text.suppressions import without_allowed_links
from gazette.text.tokens import OBJECT

Files = Mapping[str, str]
"""The digests of the files that a text shows or links, by their paths below `docs/`."""
Shown = tuple[tuple[str, str], ...]


class _Linked(NamedTuple):
    """The files that a text may show or link, and the folder below `docs/` it was written in."""

    files: Files
    folder: str


class Reader:
    """Reads texts, mostly of one policy: what they share is rendered once, the same objects.

    It remembers every piece that it ever read, so it should live no longer than the work on a
    policy or two; or than a review, which reads of all policies what stands and what stood before.
    """

    def __init__(self, markdown: MarkdownSettings = DEFAULT) -> None:
        self.markdown = markdown
        self._blocks: dict[tuple[Piece, Shown], tuple[PlacedBlock, ...]] = {}
        self._same_blocks: dict[tuple[object, ...], tuple[Block, ...]] = {}
        self._sections: dict[tuple[object, ...], Section] = {}

    @cached_property
    def _renderer(self) -> Renderer:
        """What renders the texts; most of the time none has to be read."""
        return Renderer(self.markdown)

    def read(self, body: str, files: Files | None = None, folder: str = FOLDER) -> Document:
        """Render the Markdown `body` (no front matter) and take its structure apart.

        Texts that are compared come all with their `files`, or all without. The text was written in
        the `folder` below `docs/`.
        """
        pieces = self._renderer.pieces(body)
        try:
            return self._document(pieces, _Linked(files or {}, folder))
        except BEYOND_LIBRARIES as error:
            return self._document((as_source(body, error),), _Linked({}, folder))

    def read_version(self, version: Version) -> Document:
        """Read the text of a version with the files that it shows or links.

        Its links that an import let pass although they lead nowhere are words, as readers get them.
        """
        body = without_allowed_links(version.text, body_of(version.text))
        return self.read(body, version.files, folder_of(version.path))

    def _document(self, pieces: Sequence[Piece], linked: _Linked) -> Document:
        html, anchors = assemble(pieces)
        others = dict(zip(anchors, former_anchors(pieces), strict=False))
        parts: list[tuple[int, str, list[Block]]] = [(0, "", [])]
        for block, level, anchor in self._placed_blocks(pieces, anchors, linked):
            if level:
                parts.append((level, anchor, []))
            parts[-1][2].append(block)
        shared = all(piece.shared for piece in pieces)
        sections = (
            self._section(index, level, anchor, self._same(blocks, shared))
            for index, (level, anchor, blocks) in enumerate(parts)
        )
        former = {
            index: others[anchor]
            for index, (_, anchor, _) in enumerate(parts)
            if others.get(anchor, anchor) != anchor
        }
        removals = tuple(removal for piece in pieces for removal in piece.removals)
        fault = next((piece.fault for piece in pieces if piece.fault), "")
        return Document(html, tuple(sections), removals, fault, former)

    def _placed_blocks(
        self, pieces: Sequence[Piece], anchors: Sequence[str], linked: _Linked
    ) -> Iterator[PlacedBlock]:
        """Yield the blocks of a text, with the ids that its headings have on its page."""
        first = 0
        for piece in pieces:
            ids = dict(zip(placeholders(piece), anchors[first:], strict=False))
            for placed in self._blocks_of(piece, linked):
                if placed.level and placed.anchor in ids:
                    yield placed._replace(anchor=ids[placed.anchor])
                else:
                    yield placed
            first += len(piece.slugs)

    def _blocks_of(self, piece: Piece, linked: _Linked) -> tuple[PlacedBlock, ...]:
        """Return the blocks of a piece, with the digests of what they show and link."""
        shown = _shown(piece.html(placeholders(piece)), linked) if linked.files else ()
        if (piece, shown) not in self._blocks:
            blocks = blocks_of(piece.html(placeholders(piece)))
            if shown:
                blocks = tuple(_with_files(placed, linked) for placed in blocks)
            self._blocks[piece, shown] = blocks
        return self._blocks[piece, shown]

    def _same(self, blocks: Sequence[Block], shared: bool) -> tuple[Block, ...]:
        """Return the blocks of a section, the same objects for every text in which it reads so.

        Blocks of `shared` pieces are that already.
        """
        section_blocks = tuple(blocks)
        if shared:
            return section_blocks
        return self._same_blocks.setdefault(_as_seen(section_blocks), section_blocks)

    def _section(self, index: int, level: int, anchor: str, blocks: tuple[Block, ...]) -> Section:
        key = (index, anchor, blocks)
        if key not in self._sections:
            heading = " ".join(blocks[0].text.replace(OBJECT, " ").split()) if level else ""
            number = heading_number(heading)
            self._sections[key] = Section(index, level, number, heading, anchor, blocks)
        return self._sections[key]


def read_document(body: str, markdown: MarkdownSettings = DEFAULT) -> Document:
    """Read a single text; of several, `Reader` knows what they share."""
    return Reader(markdown).read(body)


def _shown(html: str, linked: _Linked) -> Shown:
    """Return the files that HTML shows or links, with their digests."""
    if "src=" not in html and "href=" not in html:
        return ()
    files = linked.files
    return tuple((path, files[path]) for path in targets(html, linked.folder) if path in files)


def _with_files(placed: PlacedBlock, linked: _Linked) -> PlacedBlock:
    block = placed.block
    cells = tuple(cell._replace(files=_shown(cell.html, linked)) for cell in block.cells)
    return placed if cells == block.cells else placed._replace(block=replace(block, cells=cells))


def _as_seen(blocks: Sequence[Block]) -> tuple[object, ...]:
    """Return all that is seen of blocks."""
    return tuple(
        (block.kind, block.tag, block.cells, block.columns, *path)
        for block, path in zip(blocks, numbered_paths(blocks), strict=True)
    )
