"""The words of a text as JSON, for programs: the blocks of each section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from gazette.compact_json import compact
from gazette.text.document import Block, Container, Document, Kind
from gazette.text.tokens import OBJECT


def render(document: Document) -> str:
    """Return the blocks of all sections, those of each section as a list on a line of its own."""
    sections = ([*_blocks(section.blocks)] for section in document.sections)
    return "\n".join(map(compact, sections))


def _blocks(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    """Yield what kind each block is and its words as readers see them, those of a row by cells.

    The first block of an item in a numbered list has its number, too.
    """
    begun: set[Container] = set()
    for block in blocks:
        kind = block.kind.value
        if block.kind is Kind.ROW:
            yield {"kind": kind, "cells": [cell.text for cell in block.cells]}
        else:
            number = _number(block, begun)
            known = {"kind": kind} if number is None else {"kind": kind, "number": number}
            yield {**known, "text": words_of(block)}
        begun.update(block.path)


def _number(block: Block, begun: Set[Container]) -> int | None:
    """Return the number before a block, if it is the first of an item that has one."""
    items = [container for container in block.path if container.tag == "li"]
    return items[-1].number if items and items[-1] not in begun else None


def words_of(block: Block) -> str:
    """Return the words of a block as readers see them, a line break between the cells of a row."""
    return "" if block.text == OBJECT else block.text
