"""Is every redline exact and complete, and every text rendered in pieces as if whole?

usage: exactness.py [CORPUS] [--histories [NAME [UPDATES]]]

Prints figures beside targets: all pairs, and with --histories instead the successive versions of
the bundled histories, or of that whose name begins so; of more than UPDATES, so many evenly spread.
Notes are counted by kind: the one that names no difference has to be rare. Leaves with 1 when a
target is missed.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import markdown

from bench import real_texts
from gazette.errors import RedlineError
from gazette.text import markdown_extension
from gazette.text.bounds import excesses
from gazette.text.document import Document
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS
from gazette.text.notes import NoteKind
from gazette.text.proof import prove
from gazette.text.reader import read_document
from gazette.text.redline import redline
from gazette.text.sanitizer import sanitize

MOST_VAGUE = 0.01


class Tally:
    """Counts redlines and renderings, and those that are wrong."""

    def __init__(self) -> None:
        self.redlines = self.inexact = self.texts = self.misrendered = 0
        self.notes: Counter[NoteKind] = Counter()
        self.markdown = markdown.Markdown(extensions=[*DEFAULT_EXTENSIONS, markdown_extension.NAME])

    def read(self, name: str, body: str) -> Document:
        document = read_document(body)
        self.texts += 1
        if not excesses(body) and document.html != self.rendered_whole(body):
            self.misrendered += 1
            print(f"{name}: rendered otherwise than whole")
        return document

    def rendered_whole(self, body: str) -> str:
        return sanitize(self.markdown.reset().convert(body))[0]

    def compare(self, name: str, old: Document, new: Document) -> None:
        self.redlines += 1
        change = redline(old, new)
        blocks = (block for section in change.sections for block in section.blocks)
        self.notes.update(note.kind for block in blocks for note in block.notes)
        try:
            prove(change, old, new)
        except RedlineError as error:
            self.inexact += 1
            print(f"{name}: {error}")


def compare_pairs(tally: Tally, folder: Path) -> None:
    for name, *bodies in real_texts.pairs(folder):
        tally.compare(name, *(tally.read(name, body) for body in bodies))


def compare_updates(tally: Tally, bundle: Path, most: int) -> None:
    """Compare the successive texts of a history; of more updates than `most` an even part."""
    with tempfile.TemporaryDirectory() as scratch:
        clone = real_texts.clone_of(bundle, Path(scratch))
        updates = [
            (name, *pair) for name, texts in real_texts.histories(clone) for pair in pairwise(texts)
        ]
    step = max(1, -(-len(updates) // most))
    print(f"{bundle.stem}: {len(updates[::step])} of {len(updates)} updates", flush=True)
    for name, *bodies in updates[::step]:
        tally.compare(name, *(tally.read(name, body) for body in bodies))


def main() -> None:
    folder = real_texts.folder()
    tally = Tally()
    arguments = sys.argv[1:]
    if "--histories" in arguments:
        name, most = [*arguments[arguments.index("--histories") + 1 :], "", ""][:2]
        for bundle in sorted((folder / "history").glob(f"{name}*.bundle")):
            compare_updates(tally, bundle, int(most or sys.maxsize))
    else:
        compare_pairs(tally, folder / "pairs")
    print(f"redlines {tally.redlines}  inexact or incomplete {tally.inexact} (target 0)")
    print(f"texts {tally.texts}  not as rendered whole {tally.misrendered} (target 0)")
    print(
        "notes", *(f"{kind.value} {count}" for kind, count in tally.notes.most_common()), sep="  "
    )
    vague = tally.notes[NoteKind.OTHER] / max(1, tally.notes.total())
    print(f"notes that name no difference {vague:.2%} (target below {MOST_VAGUE:.0%})")
    sys.exit(bool(tally.inexact or tally.misrendered or vague >= MOST_VAGUE))


if __name__ == "__main__":
    main()
