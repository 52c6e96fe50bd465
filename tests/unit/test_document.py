"""Sections and blocks as a reader saw them."""

from __future__ import annotations

import pytest

from gazette.text.document import Kind
from gazette.text.numbers import heading_number
from gazette.text.reader import Reader, read_document


def blocks(body: str) -> list[tuple[str, str]]:
    return [(b.kind.value, b.text) for s in read_document(body).sections for b in s.blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("Just text.", [("paragraph", "Just text.")]),
        ("- one\n- two", [("list-item", "one"), ("list-item", "two")]),
        ("- one\n    - inner", [("list-item", "one"), ("list-item", "inner")]),
        ("- one\n\n    more", [("list-item", "one"), ("list-item", "more")]),
        ("> said\n\n", [("quote", "said")]),
        ("    code  here", [("code", "code here")]),
        ("| a | b |\n|-|-|\n| 1 | 2 |", [("table-row", "a\nb"), ("table-row", "1\n2")]),
        ("Term\n:   meaning", [("term", "Term"), ("definition", "meaning")]),
        ("!!! note\n    care", [("notice", "Note"), ("notice", "care")]),
        ("![A seal](seal.png)", [("paragraph", "\ufffc")]),
        ("[a](x)[b](y)", [("paragraph", "a b")]),
        ("one  \ntwo", [("paragraph", "one two")]),
    ],
)
def test_blocks(body: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(body) == expected


def test_sections_begin_at_headings_of_every_level() -> None:
    sections = read_document("Intro\n\n# 1. Scope\n\ntext\n\n### Detail\n\nTail\n====").sections
    assert [(s.index, s.level, s.number, s.title, s.anchor) for s in sections] == [
        (0, 0, "", "", ""),
        (1, 1, "1", "Scope", "1-scope"),
        (2, 3, "", "Detail", "detail"),
        (3, 1, "", "Tail", "tail"),
    ]


def test_headings_in_lists_and_quotes_open_no_section() -> None:
    document = read_document("> # Quoted\n\n- # Listed")
    assert len(document.sections) == 1
    assert {b.kind for b in document.sections[0].blocks} == {Kind.HEADING}


def test_unchanged_text_is_the_same_object() -> None:
    text = "A paragraph that is long enough to be a piece of its own. " * 5
    reader = Reader()
    old = reader.read(f"# A\n\n{text}\n\n# B\n\nold")
    new = reader.read(f"# A\n\n{text}\n\n# B\n\nnew")
    assert old.sections[1].blocks == new.sections[1].blocks
    assert old.sections[2].blocks != new.sections[2].blocks


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("1. Scope", "1"),
        ("4.2 Fees", "4.2"),
        ("a. Use", "a"),
        ("(b) Use", "b"),
        ("IV. Use", "iv"),
        ("Section 7: Use", "7"),
        ("Article 12 Use", "12"),
        ("第3条 目的", "3"),
        ("Scope", ""),
        ("A day in court", ""),
        ("", ""),
    ],
)
def test_heading_numbers(heading: str, number: str) -> None:
    assert heading_number(heading) == number


def test_control_characters_are_not_read() -> None:
    (block,) = read_document("Data  \n\x07is kept.").sections[0].blocks
    assert block.text == "Data is kept."


@pytest.mark.parametrize(
    "reaching", ["", "\n\n[home]: https://example.com", "[^1]\n\n[^1]: A note."]
)
def test_a_section_that_reads_the_same_is_the_same_in_all_texts(reaching: str) -> None:
    fees = "# Fees\n\n" + "They are due on the first day of each month. " * 8
    reader = Reader()
    old, new = (
        reader.read(f"{fees}\n\n# Law\n\n{law}{reaching}")
        for law in ("The law of the [land] applies.", "Another law applies.")
    )
    assert old.sections[1].blocks[1] is new.sections[1].blocks[1]
    assert old.sections[2].blocks[1] is not new.sections[2].blocks[1]
