"""How a text is read, as a record: what a later library or engine is compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher

from gazette.fingerprint import fingerprint
from gazette.model import Digest, Metadata, Reading
from gazette.text.canonical import READING, FormDigests
from gazette.text.document import Document, Section

DIGITS = 16
"""So many digits of a section's digest tell it from every other in the same text."""


def seen_digest(metadata: Metadata, html: Digest) -> Digest:
    """Return the digest of what readers get of a version: its metadata, and rendered `html`."""
    return Digest(fingerprint("seen", _shown(metadata), html))


def reading_of(
    metadata: Metadata,
    document: Document,
    recorded: date,
    digests: FormDigests | None = None,
) -> Reading:
    """Return how a version is read now, to be recorded on a day.

    Of several versions, take the same `digests` for all.
    """
    digests = digests or FormDigests()
    forms = [digests.of_section(section) for section in document.sections]
    return Reading(
        recorded=recorded,
        rules=READING,
        seen=seen_digest(metadata, document.html_digest),
        form=Digest(fingerprint("form", _shown(metadata), forms)),
        sections=tuple(
            digests.same((section.name, digest[:DIGITS], _blocks(section)))
            for section, digest in zip(document.sections, forms, strict=True)
        ),
    )


def _shown(metadata: Metadata) -> list[object]:
    """Return what readers are shown of the metadata."""
    dates = metadata.updated, metadata.effective
    return [
        *(metadata.title, *dates, metadata.change.value),
        *(metadata.summary, metadata.description, metadata.category),
    ]


def _blocks(section: Section) -> str:
    counts = Counter(block.kind.sentence for block in section.blocks)
    return ", ".join(f"{count} {kind}{'s' * (count > 1)}" for kind, count in counts.items())


def is_same(recorded: Reading, present: Reading) -> bool:
    """Tell whether a reader gets the same, however its HTML is written."""
    return recorded.seen == present.seen or (
        recorded.rules == present.rules and recorded.form == present.form
    )


def differences(recorded: Reading, present: Reading) -> Iterator[str]:
    """Yield a phrase for each section that is read otherwise, and one for the metadata."""
    old, new = recorded.sections, present.sections
    before, after = ([section[1:] for section in side] for side in (old, new))
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    for _, a, b, c, d in changed:
        yield from _differing(old[a:b], new[c:d])
    if not changed:
        yield "a value of the front matter, or the HTML around the words"


def _differing(
    old: Sequence[tuple[str, str, str]], new: Sequence[tuple[str, str, str]]
) -> Iterator[str]:
    for (name, _, before), (heading, _, after) in zip(old, new, strict=False):
        renamed = f", which is “{heading}” now" if heading != name else ""
        held = f" (it held {before or 'nothing'}; now {after or 'nothing'})"
        yield f"“{name}”{renamed}{held if before != after else ''}"
    for name, _, before in old[len(new) :]:
        yield f"“{name}”, which is no section any more (it held {before})"
    for heading, _, after in new[len(old) :]:
        yield f"“{heading}”, which was no section (it holds {after})"
