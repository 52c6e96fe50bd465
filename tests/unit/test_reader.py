"""A reader renders what versions share once; what it reads does not depend on what it read."""

from __future__ import annotations

import markdown
import pytest

from gazette.text import reader as reader_module
from gazette.text.blocks import blocks_of
from gazette.text.comparison import compare
from gazette.text.document import Document
from gazette.text.notes import Note, NoteKind
from gazette.text.reader import Reader, read_document

FEES = "They are due on the first day of each month, without exception. " * 5

TEXTS = [
    f"# Fees\n\n{FEES}\n\n# Terms\n\nold",
    f"# Fees\n\n{FEES}\n\n# Fees\n\n{FEES}\n\n# Terms\n\nnew",
    f"# Fees\n\n{FEES}[^1]\n\n# Terms\n\nold\n\n[^1]: A note.",
    f"# Fees\n\n{FEES} The [list][1]\n\n# Terms\n\nold\n\n[1]: https://example.com/list",
]


def anchors(document: Document) -> list[str]:
    return [section.anchor for section in document.sections]


@pytest.mark.parametrize("body", TEXTS)
def test_what_was_read_before_does_not_matter(body: str) -> None:
    reader = Reader()
    for text in TEXTS:
        reader.read(text)
    document, alone = reader.read(body), read_document(body)
    assert document.html == alone.html
    assert anchors(document) == anchors(alone)
    assert [s.digest for s in document.sections] == [s.digest for s in alone.sections]


def test_versions_share_the_sections_that_read_the_same() -> None:
    reader = Reader()
    for old, new in (TEXTS[:2], TEXTS[2:]):
        before, after = reader.read(old), reader.read(new)
        assert before.sections[1].heading == after.sections[1].heading == "Fees"
    assert reader.read(TEXTS[0]).sections[1] is reader.read(TEXTS[1]).sections[1]


def test_a_footnote_elsewhere_leaves_a_section_the_same_object() -> None:
    reader = Reader()
    old = reader.read(f"# Fees\n\n{FEES}\n\n# Terms\n\nold[^1]\n\n[^1]: A note.")
    new = reader.read(f"# Fees\n\n{FEES}\n\n# Terms\n\nnew[^1]\n\n[^1]: A note.")
    assert old.sections[1] is new.sections[1]
    assert old.sections[2] is not new.sections[2]


def test_files_of_other_bytes_make_other_blocks() -> None:
    reader = Reader()
    body = "![Map](../map.png)\n\n[Form](form.pdf), and\n\n[the law](https://law.example/).\n"
    files = {"map.png": "1", "policies/form.pdf": "2"}
    before = reader.read(body, files)
    after = reader.read(body, {"map.png": "1", "policies/form.pdf": "3"})
    assert [block.cells[0].files for block in before.sections[0].blocks] == [
        (("map.png", "1"),),
        (("policies/form.pdf", "2"),),
        (),
    ]
    (change,) = compare(before, after).sections
    assert [block.notes for block in change.blocks] == [
        (),
        (Note(NoteKind.FILE, "policies/form.pdf"),),
        (),
    ]
    assert not compare(
        before, reader.read(body, {"map.png": "1", "policies/form.pdf": "2"})
    ).changed


def test_a_text_that_no_library_reads_is_shown_as_its_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(html: str) -> object:
        if "<pre>" not in html:
            raise IndexError("list index out of range")
        return blocks_of(html)

    monkeypatch.setattr(reader_module, "blocks_of", fail)
    document = read_document("# Terms & more\n")
    assert document.fault == "The text cannot be rendered: IndexError: list index out of range."
    assert document.html == "<pre>\n# Terms &amp; more\n</pre>"
    assert [removal.reason for removal in document.removals] == [document.fault]
    assert [section.blocks[0].text for section in document.sections] == ["# Terms & more"]


def test_a_text_that_cannot_be_rendered_is_shown_as_its_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> object:
        raise ValueError("Invalid tag name")

    monkeypatch.setattr(markdown.Markdown, "convert", fail)
    document = read_document("Fees\n")
    assert document.fault == "The text cannot be rendered: ValueError: Invalid tag name."
