"""Is every redline exact and complete, and every text rendered in pieces as if whole?

usage: exactness.py [CORPUS] [--histories [NAME [UPDATES]]] [--since [NAME [VERSIONS]]]

Prints figures beside targets: all pairs, and with --histories instead the successive versions of
the bundled histories, or of that whose name begins so; of more than UPDATES, so many evenly spread.
With --since both texts are recovered from what is published of everything that changed since every
version of these histories; of more than VERSIONS of a policy, since the newest. Notes are counted
by kind: the one that names no difference has to be rare. Leaves with 1 when a target is missed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import markdown

from bench import real_texts
from gazette.errors import RedlineError
from gazette.model import Status
from gazette.site.outputs import File, Page
from gazette.text import markdown_extension
from gazette.text.bounds import excesses
from gazette.text.document import Document
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS
from gazette.text.notes import NoteKind
from gazette.text.proof import prove
from gazette.text.reader import read_document
from gazette.text.redline import redline
from gazette.text.sanitizer import sanitize
from published import html, policy, published, text, version
from recovery import blocks_of, misread, with_blocks

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


class SinceTally:
    """Counts what is published of everything that changed since versions, and what is wrong."""

    def __init__(self) -> None:
        self.policies = self.redlines = self.misread = self.brief = 0

    def check(self, name: str, texts: Sequence[str]) -> None:
        """Recover both texts since every version of a policy that had these texts."""
        self.policies += 1
        day, last = date(2001, 1, 1), len(texts) - 1
        versions = [
            version(
                f"{day + timedelta(days=number)}.v1",
                text,
                Status.SUPERSEDED if number < last else Status.IN_FORCE,
                summary="Changed.",
            )
            for number, text in enumerate(texts)
        ]
        site = published(policy(*versions))
        ids = [str(version.id) for version in versions]
        records = {id_: self.record(site, f"versions/{id_}", id_) for id_ in ids}
        new = blocks_of(ids[-1], records)
        for id_ in ids[:-1]:
            old = blocks_of(id_, records)
            self.redlines += 1
            wrong = misread(self.since(site, id_), old, new)
            page = html(site[f"policies/terms/since/{id_}/"])
            self.brief += page.count("gz-words")
            if "gz-unproved" in page:
                wrong.append("not proved")
            self.misread += bool(wrong)
            if wrong:
                print(f"{name}, since {id_}: {', '.join(wrong)}", flush=True)

    def since(self, site: Mapping[str, Page | File], id_: str) -> dict[str, Any]:
        def load(other: str) -> dict[str, Any]:
            return self.record(site, f"since/{other}", other)

        return with_blocks(load(id_), load)

    @staticmethod
    def record(site: Mapping[str, Page | File], folder: str, version_id: str) -> dict[str, Any]:
        content = text(site[f"policies/terms/{folder}/{version_id}.json"])
        loaded: dict[str, Any] = json.loads(content)
        return loaded


def check_since(folder: Path, name: str, most: int) -> None:
    """Check everything published since the versions of histories; leave with 1 if it is wrong."""
    tally = SinceTally()
    for bundle in sorted((folder / "history").glob(f"{name}*.bundle")):
        with tempfile.TemporaryDirectory() as scratch:
            clone = real_texts.clone_of(bundle, Path(scratch))
            for path, texts in real_texts.histories(clone):
                pairs = zip(texts, ["", *texts], strict=False)
                changed = [body for body, before in pairs if body != before]
                if len(changed) > 1:
                    tally.check(path, changed[-most:])
    print(
        f"policies {tally.policies}  redlines since versions {tally.redlines}  "
        f"inexact or not proved {tally.misread} (target 0)  sections in brief {tally.brief}"
    )
    sys.exit(bool(tally.misread))


def name_and_most(values: Sequence[str]) -> tuple[str, int]:
    """Return how the name of a history begins, and how many are taken of it at most."""
    name, most = [*values, "", ""][:2]
    return name, int(most or sys.maxsize)


def main() -> None:
    parser = real_texts.parser(__doc__)
    parser.add_argument("--histories", nargs="*", metavar="NAME UPDATES")
    parser.add_argument("--since", nargs="*", metavar="NAME VERSIONS")
    asked = parser.parse_args()
    folder = real_texts.folder(asked.corpus)
    tally = Tally()
    if asked.since is not None:
        check_since(folder, *name_and_most(asked.since))
    if asked.histories is not None:
        name, most = name_and_most(asked.histories)
        for bundle in sorted((folder / "history").glob(f"{name}*.bundle")):
            compare_updates(tally, bundle, most)
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
