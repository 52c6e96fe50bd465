"""Can the redlines be read? Changes for each touched sentence, orphans, ink.

usage: readability.py [CORPUS]

A change is a run of deletions and insertions without kept text between; an orphan a kept run of one
or two words between two changes of a block; ink the marked words beside the fewest possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance import Indel

from bench import real_texts
from gazette.text.document import Document
from gazette.text.reader import read_document
from gazette.text.redline import Redline, redline
from gazette.text.wording import Op, Run

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?;:]\s")


class Readability(NamedTuple):
    """Figures of many redlines together: shares, not percentages."""

    changes_per_sentence: float
    orphans: float
    ink: float


class Counts(NamedTuple):
    """What is counted in the runs of a cell, and summed."""

    changes: int = 0
    sentences: int = 0
    orphans: int = 0
    marked: int = 0

    def plus(self, other: Counts) -> Counts:
        """Return the sums of both."""
        return Counts(*(x + y for x, y in zip(self, other, strict=True)))


def words(document: Document) -> list[str]:
    """Return all words that a reader sees, in order."""
    return [w for s in document.sections for b in s.blocks for w in WORD.findall(b.text)]


def counted(runs: list[Run]) -> Counts:
    """Count changes, touched sentences, orphans and marked words of a block."""
    changes = orphans = marked = sentence = 0
    touched: set[int] = set()
    inside = False
    for at, run in enumerate(runs):
        if run.op is Op.KEPT:
            between = inside and at + 1 < len(runs)
            orphans += between and 1 <= len(WORD.findall(run.text)) <= 2
            sentence += len(SENTENCE_END.findall(run.text))
            inside = False
        elif run.text.strip():
            changes += not inside
            inside = True
            touched.add(sentence)
            marked += len(WORD.findall(run.text))
    return Counts(changes, len(touched), orphans, marked)


def counts(change: Redline) -> Counts:
    """Count what is in all blocks of a redline."""
    total = Counts()
    for section in change.sections:
        for block in section.blocks:
            total = total.plus(counted([run for cell in block.cells for run in cell.runs]))
    return total


def readability(pairs: Iterable[tuple[Document, Document]]) -> Readability:
    """Return the figures of the redlines of all pairs of an old and a new text."""
    total, fewest = Counts(), 0
    for old, new in pairs:
        total = total.plus(counts(redline(old, new)))
        fewest += Indel.distance(words(old), words(new))
    return Readability(
        total.changes / max(1, total.sentences),
        total.orphans / max(1, total.changes),
        total.marked / max(1, fewest),
    )


def main() -> None:
    corpus = real_texts.folder(real_texts.parser(__doc__).parse_args().corpus)
    texts = real_texts.pairs(corpus / "pairs")
    figures = readability((read_document(old), read_document(new)) for _, old, new in texts)
    print(f"changes for each touched sentence {figures.changes_per_sentence:.2f} (target 1.5)")
    print(f"orphans {figures.orphans:.1%} of the changes (target 7 %)")
    print(f"ink {figures.ink:.2f} of the fewest marked words (target 1.17)")


if __name__ == "__main__":
    main()
