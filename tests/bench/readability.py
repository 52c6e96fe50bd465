"""Can the redlines be read? Changes for each touched sentence, scraps kept between, ink.

usage: readability.py [CORPUS]

A change is a run of deletions and insertions without kept text between; a scrap a kept run of one
or two words between two changes of a block; ink the marked words beside the fewest possible.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel

from bench import real_texts
from gazette.text.document import Document, read_document
from gazette.text.redline import Redline, redline
from gazette.text.wording import Op, Run

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?;:]\s")


def words(document: Document) -> list[str]:
    return [w for s in document.sections for b in s.blocks for w in WORD.findall(b.text)]


def counted(runs: list[Run]) -> tuple[int, int, int, int]:
    """Return changes, touched sentences, scraps and marked words of a block."""
    changes = scraps = marked = sentence = 0
    touched: set[int] = set()
    inside = False
    for at, run in enumerate(runs):
        if run.op is Op.KEPT:
            between = inside and at + 1 < len(runs)
            scraps += between and 1 <= len(WORD.findall(run.text)) <= 2
            sentence += len(SENTENCE_END.findall(run.text))
            inside = False
        elif run.text.strip():
            changes += not inside
            inside = True
            touched.add(sentence)
            marked += len(WORD.findall(run.text))
    return changes, len(touched), scraps, marked


def figures(change: Redline) -> list[tuple[int, int, int, int]]:
    return [
        counted([run for cell in block.cells for run in cell.runs])
        for section in change.sections
        for block in section.blocks
    ]


def main() -> None:
    sums = [0, 0, 0, 0]
    fewest = 0
    for _, old, new in real_texts.pairs(real_texts.folder() / "pairs"):
        before, after = read_document(old), read_document(new)
        fewest += Indel.distance(words(before), words(after))
        for own in figures(redline(before, after)):
            sums = [total + one for total, one in zip(sums, own, strict=True)]
    changes, touched, scraps, marked = sums
    print(f"changes for each touched sentence {changes / max(1, touched):.2f} (target 1.5)")
    print(f"scraps {scraps / max(1, changes):.1%} of the changes (target 7 %)")
    print(f"ink {marked / max(1, fewest):.2f} of the fewest marked words (target 1.17)")


if __name__ == "__main__":
    main()
