"""Is every redline exact, and every text rendered in pieces as it is rendered whole?

usage: exactness.py [CORPUS] [--histories]

Prints figures beside targets: all pairs, and with --histories all successive versions of the
bundled histories. Leaves with 1 when a target is missed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import markdown

from bench import real_texts
from gazette.errors import RedlineError
from gazette.text.document import Document
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS
from gazette.text.proof import prove
from gazette.text.reader import read_document
from gazette.text.redline import redline


class Tally:
    """Counts redlines and renderings, and those that are wrong."""

    def __init__(self) -> None:
        self.redlines = self.inexact = self.texts = self.misrendered = 0
        self.markdown = markdown.Markdown(extensions=list(DEFAULT_EXTENSIONS))

    def read(self, name: str, body: str) -> Document:
        document = read_document(body)
        self.texts += 1
        if document.html != self.markdown.reset().convert(body):
            self.misrendered += 1
            print(f"{name}: rendered otherwise than whole")
        return document

    def compare(self, name: str, old: Document, new: Document) -> None:
        self.redlines += 1
        try:
            prove(redline(old, new), old, new)
        except RedlineError as error:
            self.inexact += 1
            print(f"{name}: {error}")


def documents(tally: Tally, name: str, bodies: Iterator[str] | list[str]) -> Iterator[Document]:
    for body in bodies:
        yield tally.read(name, body)


def main() -> None:
    folder = real_texts.folder()
    tally = Tally()
    for name, *bodies in real_texts.pairs(folder / "pairs"):
        tally.compare(name, *documents(tally, name, bodies))
    if "--histories" in sys.argv:
        with tempfile.TemporaryDirectory() as scratch:
            for bundle in sorted((folder / "history").glob("*.bundle")):
                clone = real_texts.clone_of(bundle, Path(scratch))
                for name, texts in real_texts.histories(clone):
                    for old, new in pairwise(documents(tally, name, texts)):
                        tally.compare(name, old, new)
    print(f"redlines {tally.redlines}  inexact {tally.inexact} (target 0)")
    print(f"texts {tally.texts}  not as rendered whole {tally.misrendered} (target 0)")
    sys.exit(bool(tally.inexact or tally.misrendered))


if __name__ == "__main__":
    main()
