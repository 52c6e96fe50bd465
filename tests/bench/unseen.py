"""Does each kind of mutation of real sections leave a mark, and each that nobody notices none?

usage: unseen.py [CORPUS] [--sections SECTIONS]

Mutates so many sections (500) of the corpus in every kind; leaves with 1 when any is missed.
"""

from __future__ import annotations

import sys
from itertools import chain, islice
from pathlib import Path

from bench import real_texts
from gazette.text.comparison import compare
from gazette.text.reader import read_document
from mutations import SEEN, UNSEEN, Mutate, mutated, sections_of

MOST_SECTIONS = 2
"""Of each text, so that the sections come from many texts."""


def sections(corpus: Path, wanted: int) -> list[str]:
    pairs = real_texts.pairs(corpus / "pairs")
    texts = (text for _, old, new in pairs for text in (old, new))
    sections = (
        islice(sections_of(read_document(text).html), 1, 1 + MOST_SECTIONS) for text in texts
    )
    return list(islice(chain.from_iterable(sections), wanted))


def is_marked(section: str, kind: Mutate, seed: int) -> bool:
    return bool(compare(*mutated(section, kind, seed)).changed)


def main() -> None:
    parser = real_texts.parser(__doc__)
    parser.add_argument("--sections", type=int, default=500)
    asked = parser.parse_args()
    texts = sections(real_texts.folder(asked.corpus), asked.sections)
    print(f"{len(texts)} sections")
    wrong = 0
    for kinds, expected in ((SEEN, True), (UNSEEN, False)):
        for name, kind in kinds.items():
            missed = [seed for seed, s in enumerate(texts) if is_marked(s, kind, seed) != expected]
            wrong += len(missed)
            print(f"{name}: {len(missed)} {'not marked' if expected else 'marked'}", missed[:5])
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
