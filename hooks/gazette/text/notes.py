"""Notes: what changed for a reader while the words stayed."""

from __future__ import annotations

import enum
from typing import NamedTuple

SAME, ANOTHER = "the same ", "another "
"""Stand before the name of what a text stands in, where a note says it of the text above, too."""


class NoteKind(enum.Enum):
    """A change that is named beside the text, not marked in it."""

    LINK = "link-target"
    TOOLTIP = "tooltip"
    FORMATTING = "formatting"
    VISIBILITY = "visibility"
    LANGUAGE = "language"
    DIRECTION = "direction"
    SPACING = "spacing"
    LINE_BREAK = "line-break"
    LAYOUT = "layout"
    LEVEL = "heading-level"
    NUMBER = "item-number"
    MARKER = "list-marker"
    NESTING = "nesting"
    SEPARATION = "separation"
    NOTICE = "notice-kind"
    FOLDING = "folding"
    ALIGNMENT = "alignment"
    SPAN = "cell-span"
    HEADER = "header-cell"
    IMAGE = "image"
    FILE = "linked-file"
    COLUMN_ADDED = "column-added"
    COLUMN_REMOVED = "column-removed"
    COLUMN_MOVED = "column-moved"
    WORDS_GONE = "words-gone"
    WORDS_COME = "words-come"
    OTHER = "other"

    @property
    def sentence(self) -> str:
        """What the note says, for a reader."""
        return _SENTENCES[self]

    @property
    def phrase(self) -> str:
        """The same for the end of a sentence."""
        return self.sentence[0].lower() + self.sentence[1:].rstrip(".")


_SENTENCES = {
    NoteKind.LINK: "The link leads to another address.",
    NoteKind.TOOLTIP: "What is shown when pointing at the words changed.",
    NoteKind.FORMATTING: "The words are set in another way.",
    NoteKind.VISIBILITY: "The words are hidden now, or shown again.",
    NoteKind.LANGUAGE: "The words are marked as another language.",
    NoteKind.DIRECTION: "The words run in another direction.",
    NoteKind.SPACING: "A space came in or went.",
    NoteKind.LINE_BREAK: "A line break came in or went.",
    NoteKind.LAYOUT: "The text has another place in the layout.",
    NoteKind.LEVEL: "The heading has another level.",
    NoteKind.NUMBER: "The list item has another number.",
    NoteKind.MARKER: "The list has other markers.",
    NoteKind.NESTING: "The text stands inside something else.",
    NoteKind.SEPARATION: "What the text stands in begins or ends at another place.",
    NoteKind.NOTICE: "The notice is of another kind.",
    NoteKind.FOLDING: "The text is folded now, or open.",
    NoteKind.ALIGNMENT: "The text is aligned in another way.",
    NoteKind.SPAN: "The table cell spans other rows or columns.",
    NoteKind.HEADER: "The table cell became a header, or is none any more.",
    NoteKind.IMAGE: "The image changed.",
    NoteKind.FILE: "The linked file changed.",
    NoteKind.COLUMN_ADDED: "The table has a new column.",
    NoteKind.COLUMN_REMOVED: "The table lost a column.",
    NoteKind.COLUMN_MOVED: "The columns of the table stand in another order.",
    NoteKind.WORDS_GONE: "Some words now stand elsewhere in the section.",
    NoteKind.WORDS_COME: "Some words stood elsewhere in the section.",
    NoteKind.OTHER: "How the words are shown changed.",
}


class Note(NamedTuple):
    """A note on some words: `old` and `new` are what the kind of the note names, before and now."""

    kind: NoteKind
    text: str
    old: str = ""
    new: str = ""
