"""Does each kind of mutation of real sections leave a mark, and each that nobody notices none?

usage: unseen.py [CORPUS] [SECTIONS]

Mutates so many sections (500) of the corpus in every kind; leaves with 1 when any is missed.
"""

from __future__ import annotations

import sys
from itertools import chain, islice

from bench import real_texts
from gazette.text.comparison import compare
from gazette.text.reader import read_document
from mutations import SEEN, UNSEEN, Mutate, mutated, sections_of

MOST_SECTIONS = 2
"""Of each text, so that the sections come from many texts."""


def sections(wanted: int) -> list[str]:
    pairs = real_texts.pairs(real_texts.folder() / "pairs")
    texts = (text for _, old, new in pairs for text in (old, new))
    own = (islice(sections_of(read_document(text).html), 1, 1 + MOST_SECTIONS) for text in texts)
    return list(islice(chain.from_iterable(own), wanted))


def is_marked(section: str, kind: Mutate, seed: int) -> bool:
    return bool(compare(*mutated(section, kind, seed)).changed)


def main() -> None:
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    texts = sections(wanted)
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
