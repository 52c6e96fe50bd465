"""Write the matching of labelled section pairs, for the scorer that lies beside them.

usage: sections.py CORPUS > predictions.jsonl; python CORPUS/gold/evaluate.py predictions.jsonl
"""

from __future__ import annotations

import json

from bench import real_texts
from gazette.text.document import Section
from gazette.text.reader import read_document
from gazette.text.redline import redline


def index(section: Section | None) -> int | None:
    return section.index if section else None


def main() -> None:
    corpus = real_texts.folder(real_texts.parser(__doc__).parse_args().corpus)
    for name, old, new in real_texts.pairs(corpus / "gold" / "pairs"):
        change = redline(read_document(old), read_document(new))
        sections = [
            {
                "old": index(section.old),
                "new": index(section.new),
                "status": section.status.value,
                "flags": [flag.value for flag in section.flags],
            }
            for section in change.sections
        ]
        print(json.dumps({"id": name, "sections": sections}))


if __name__ == "__main__":
    main()
