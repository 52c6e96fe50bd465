"""What stands around the text of a Word file: notes, written behind it; headers, named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lxml import etree

from gazette.errors import SourceError
from gazette.imports.block_markdown import FOOTNOTE_TAG
from gazette.imports.html_tree import Element
from gazette.imports.omissions import quoted
from gazette.imports.word.blocks import write_blocks
from gazette.imports.word.names import R, W, attribute, value, words_of
from gazette.imports.word.word_state import ENDNOTE, FOOTNOTE, WordState

_ON_PAPER = "It is repeated on every page of paper; the site has its own head and foot."
_PICTURES = (f"{W}drawing", f"{W}pict")
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def notes_of(root: Element, kind: str) -> dict[str, Element]:
    """Return the notes in a part by id, without the lines that Word draws above them."""
    notes = root.iterchildren(f"{W}{kind}")
    return {
        attribute(note, "id"): note for note in notes if attribute(note, "type") not in _SEPARATORS
    }


def write_notes(notes: Mapping[str, Mapping[str, Element]], out: Element, state: WordState) -> None:
    """Write all notes that the text refers to: footnotes by their numbers, then endnotes."""
    main_relations = state.relations
    for kind in (FOOTNOTE, ENDNOTE):
        state.relations = state.package.relations(state.package.part_of_kind(f"{kind}s"))
        written: set[str] = set()
        while waiting := [
            name for name in state.note_names if name[0] == kind and name[1] not in written
        ]:
            for _, note_id in waiting:
                written.add(note_id)
                name = state.note_names[kind, note_id]
                note = notes[kind].get(note_id)
                state.place = f"{kind.capitalize()} {name.removeprefix('e')}"
                definition = etree.SubElement(out, FOOTNOTE_TAG, name=name)
                if note is not None:
                    write_blocks(note, definition, state)
    state.relations = main_relations


def omit_numbers(body: Element, state: WordState) -> None:
    """Name the notes whose numbers are others here than in Word."""
    settings = state.package.tree(state.package.part_of_kind("settings"))
    kinds = Counter(kind for kind, _ in state.note_names)
    for kind in kinds:
        above = kinds[FOOTNOTE] if kind == ENDNOTE else 0
        properties = [*settings.iter(f"{W}{kind}Pr"), *body.iter(f"{W}{kind}Pr")]
        forms = [value(element, "numFmt") for element in properties]
        others = [
            *(form for form in forms if form not in ("", "decimal")),
            *(element for element in properties if value(element, "numStart") not in ("", "1")),
            *(
                element
                for element in properties
                if value(element, "numRestart") not in ("", "continuous")
            ),
        ]
        if above or others or (kind == ENDNOTE and "decimal" not in forms):
            reason = f"They are footnotes from {above + 1} on."
            state.omit(f"the numbers of {kinds[kind]} {kind}s", reason, f"{kind}s".capitalize())


def omit_margins(body: Element, state: WordState) -> None:
    """Name the headers and footers that hold words or pictures, each once."""
    references = body.iter(f"{W}headerReference", f"{W}footerReference")
    parts: dict[str, str] = {}
    for reference in references:
        relation = state.relations.get(str(reference.get(f"{R}id")))
        if relation and not relation.is_external:
            name = "Header" if reference.tag == f"{W}headerReference" else "Footer"
            parts.setdefault(relation.target, name)
    contents: dict[tuple[str, str], None] = {}
    for path, name in parts.items():
        try:
            part = state.package.tree(path)
        except SourceError:
            contents[name, "a part that is damaged"] = None
            continue
        words = words_of(part)
        has_picture = next(part.iter(*_PICTURES), None) is not None
        what = quoted(words) if words else "a picture" * has_picture
        if what:
            contents[name, what] = None
    for name, what in contents:
        state.omit(what, _ON_PAPER, name)
