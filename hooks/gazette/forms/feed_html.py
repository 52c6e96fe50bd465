"""A redline for feed readers: the changed blocks alone, in HTML that needs no styles.

It is made from what is published for programs: the redline as data, and the blocks of both texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from gazette.forms.note_sentences import named
from gazette.forms.phrases import Phrases
from gazette.forms.redline_json import with_words
from gazette.text.differences import Heading
from gazette.text.lives import Pair
from gazette.text.notes import NoteKind

LONGEST_KEPT = 100
"""Words that stayed between two changes are shown up to so many letters on each side."""
TAGS = {"+": "ins", "-": "del"}
CELL_BORDER = " | "


class Text(NamedTuple):
    """A version: its sections by their headings, and their blocks as `blocks_json` writes them."""

    headings: Sequence[Heading]
    blocks: str


def sections(redline: str, old: Text, new: Text, phrases: Phrases) -> Iterator[tuple[Pair, Markup]]:
    """Yield each section that a redline, as it is published, changed, with its HTML."""
    texts = {"old": old, "new": new}
    lines = {side: text.blocks.split("\n") for side, text in texts.items()}  # one of each section
    for section in json.loads(redline)["sections"]:
        if section["status"] == "unchanged" and not section.get("flags"):
            continue
        indexes = {side: section[side]["index"] for side in texts if section[side]}
        names = {
            side: phrases.heading_text(texts[side].headings[at].heading, at)
            for side, at in indexes.items()
        }
        words = {side: json.loads(lines[side][at]) for side, at in indexes.items()}
        shown = Markup("").join(_block(block, phrases) for block in _changed(section, words))
        fates = phrases.joined(
            phrases.language.pgettext("section", word)
            for word in (section["status"], *section["flags"])
        )
        title = Markup("<h3>{} ({})</h3>").format(_name(names), fates)
        yield (indexes.get("old"), indexes.get("new")), title + shown


def _name(names: Mapping[str, str]) -> Markup:
    """Return the heading of a section, marked where it is another one, or in one text only."""
    old, new = names.get("old", ""), names.get("new", "")
    return escape(new) if old == new else _replaced(old, new)


def _replaced(old: str, new: str) -> Markup:
    """Return what was and what is, marked; one of both may be empty."""
    sides = ((tag, words) for tag, words in (("del", old), ("ins", new)) if words)
    return Markup(" ").join(Markup("<{0}>{1}</{0}>").format(*side) for side in sides)


def _changed(
    section: Mapping[str, Any], words: Mapping[str, Sequence[Any]]
) -> Iterator[Mapping[str, Any]]:
    """Yield the blocks of a section that changed but its heading, each with its runs."""
    for block in section.get("blocks", ()):
        if "count" not in block:
            if "to" not in block and (block["kind"] != "heading" or "notes" in block):
                text = _text(words["new"][block["new"]]) if "new" in block else ""
                yield {**block, "runs": [*with_words(block["runs"], text)]}
        elif block["status"] != "unchanged":
            side, op = ("old", "-") if block["status"] == "removed" else ("new", "+")
            first = block[side]
            for whole in words[side][first : first + block["count"]]:
                if whole["kind"] != "heading":
                    yield {"runs": [(op, _text(whole))]}


def _text(block: Mapping[str, Any]) -> str:
    text: str = "\n".join(block["cells"]) if "cells" in block else block["text"]
    return text


def _block(block: Mapping[str, Any], phrases: Phrases) -> Markup:
    runs = block["runs"]
    words = Markup("").join(
        _run(op, text, is_first=at == 0, is_last=at == len(runs) - 1)
        for at, (op, text) in enumerate(runs)
    )
    notes = Markup("").join(_note(note, phrases) for note in block.get("notes", ()))
    return Markup("<p>{}{}</p>").format(words, notes)


def _run(op: str, text: str, *, is_first: bool, is_last: bool) -> Markup:
    if op in TAGS:
        return Markup(f"<{TAGS[op]}>{_words(text)}</{TAGS[op]}>")
    return _words(_kept(text, is_first=is_first, is_last=is_last))


def _words(text: str) -> Markup:
    return escape(text.replace("\n", CELL_BORDER))


def _kept(text: str, *, is_first: bool, is_last: bool) -> str:
    """Return words that stayed: of many only those beside a change, or else the first."""
    if len(text) <= 2 * LONGEST_KEPT:
        return text
    head = text[:LONGEST_KEPT].rpartition(" ")[0]
    tail = text[-LONGEST_KEPT:].partition(" ")[2]
    if is_last:
        return f"{head} …"
    return f"… {tail}" if is_first else f"{head} … {tail}"


def _note(note: Mapping[str, str], phrases: Phrases) -> Markup:
    """Return what changed beside the words, where it is anything to be shown."""
    if not note["old"] and not note["new"]:
        return Markup("")
    kind = NoteKind(note["kind"])
    marked = _replaced(*(named(kind, note[side], phrases) for side in ("old", "new")))
    return Markup("<br>{}: {}").format(note["text"], marked) if note["text"] else marked
