"""What is known of a Word file while its text is read, and what has been noted on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gazette.imports.html_tree import Element
from gazette.imports.omissions import Omission, quoted
from gazette.imports.word.names import words_of
from gazette.imports.word.numbering import Numbering
from gazette.imports.word.package import Package, Relation
from gazette.imports.word.styles import Styles

WHOLE_TEXT = "Throughout the text"
"""The place of what stands in many places, or at none."""
FOOTNOTE, ENDNOTE = "footnote", "endnote"


@dataclass
class WordState:
    """One file that is being read.

    `relations` are those of the part that is being read. `images` are the files to be written by
    their names; `note_names` what each note is called, in the order of the references; `boxes` the
    text boxes that hang on the paragraph being read; `targets` the heading above each bookmark.
    """

    package: Package
    styles: Styles
    numbering: Numbering
    comments: Mapping[str, Element]
    relations: Mapping[str, Relation]
    bookmarks: Mapping[Element, list[str]]
    place: str = ""
    paragraphs: int = 0
    heading: Element | None = None
    images: dict[str, bytes] = field(default_factory=dict)
    note_names: dict[tuple[str, str], str] = field(default_factory=dict)
    boxes: list[Element] = field(default_factory=list)
    targets: dict[str, Element] = field(default_factory=dict)
    left_out: list[Omission] = field(default_factory=list)

    def omit(self, what: str, reason: str, place: str = "") -> None:
        """Note that something does not arrive, at the present place unless another is given."""
        self.left_out.append(Omission(place or self.place or "At the beginning", what, reason))

    def enter(self, paragraph: Element) -> None:
        """Note that a paragraph is read now."""
        self.paragraphs += 1
        words = words_of(paragraph)
        self.place = f"Paragraph {self.paragraphs}" + (f", {quoted(words)}" if words else "")

    def name_of_note(self, kind: str, note_id: str) -> str:
        """Return what a footnote or endnote is called here: numbers for the former, `e1` else."""
        key = (kind, note_id)
        if key not in self.note_names:
            number = sum(known == kind for known, _ in self.note_names) + 1
            self.note_names[key] = f"{number}" if kind == FOOTNOTE else f"e{number}"
        return self.note_names[key]
