"""The words of a text as JSON, for programs: the blocks of each section."""

from __future__ import annotations

from typing import Any

from gazette.compact_json import compact
from gazette.text.document import Block, Document, Kind
from gazette.text.tokens import OBJECT


def render(document: Document) -> str:
    """Return the blocks of all sections, those of each section as a list on a line of its own."""
    sections = ([_block(block) for block in section.blocks] for section in document.sections)
    return "\n".join(map(compact, sections))


def _block(block: Block) -> dict[str, Any]:
    """Return what kind a block is and its words as readers see them, those of a row by cells."""
    kind = block.kind.value
    if block.kind is Kind.ROW:
        return {"kind": kind, "cells": [cell.text for cell in block.cells]}
    return {"kind": kind, "text": words_of(block)}


def words_of(block: Block) -> str:
    """Return the words of a block as readers see them, a line break between the cells of a row."""
    return "" if block.text == OBJECT else block.text
