"""Notes: what changed for a reader while the words stayed."""

from __future__ import annotations

from typing import NamedTuple

from gazette.text.kinds_with_sentences import KindWithSentence

SAME, ANOTHER = "the same ", "another "
"""Stand before the name of what a text stands in, where a note says it of the text above, too."""


class NoteKind(KindWithSentence):
    """A change that is told beside the text, not marked in it: for records, and as a sentence."""

    LINK = ("link-target", "The link leads to another address.")
    TOOLTIP = ("tooltip", "What is shown when pointing at the words changed.")
    FORMATTING = ("formatting", "The words are set in another way.")
    VISIBILITY = ("visibility", "The words are hidden now, or shown again.")
    LANGUAGE = ("language", "The words are marked as another language.")
    DIRECTION = ("direction", "The words run in another direction.")
    SPACING = ("spacing", "A space came in or went.")
    LINE_BREAK = ("line-break", "A line break came in or went.")
    LAYOUT = ("layout", "The text has another place in the layout.")
    LEVEL = ("heading-level", "The heading has another level.")
    NUMBER = ("item-number", "The list item has another number.")
    MARKER = ("list-marker", "The list has other markers.")
    NESTING = ("nesting", "The text stands inside something else.")
    SEPARATION = ("separation", "What the text stands in begins or ends at another place.")
    NOTICE = ("notice-kind", "The notice is of another kind.")
    FOLDING = ("folding", "The text is folded now, or open.")
    ALIGNMENT = ("alignment", "The text is aligned in another way.")
    SPAN = ("cell-span", "The table cell spans other rows or columns.")
    HEADER = ("header-cell", "The table cell became a header, or is none any more.")
    IMAGE = ("image", "The image changed.")
    FILE = ("linked-file", "The linked file changed.")
    COLUMN_ADDED = ("column-added", "The table has a new column.")
    COLUMN_REMOVED = ("column-removed", "The table lost a column.")
    COLUMN_MOVED = ("column-moved", "The columns of the table stand in another order.")
    WORDS_GONE = ("words-gone", "Some words now stand elsewhere in the section.")
    WORDS_COME = ("words-come", "Some words stood elsewhere in the section.")
    OTHER = ("other", "How the words are shown changed.")

    @property
    def phrase(self) -> str:
        """What the note says, for the end of a sentence."""
        return self.sentence[0].lower() + self.sentence[1:].rstrip(".")


class Note(NamedTuple):
    """A note on some words: `old` and `new` are what the kind of the note names, before and now."""

    kind: NoteKind
    text: str
    old: str = ""
    new: str = ""
