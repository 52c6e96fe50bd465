"""Notes name what changed around words; edits that explain a number need none."""

from __future__ import annotations

import pytest

from gazette.forms.note_sentences import sentence
from gazette.forms.phrases import Phrases
from gazette.language import ENGLISH
from gazette.text.comparison import compare
from gazette.text.reader import read_document


def notes_of(old: str, new: str) -> list[str]:
    """Return every note of a redline as a reader reads it."""
    change = compare(read_document(old), read_document(new))
    blocks = (block for section in change.sections for block in section.blocks)
    return [str(sentence(note, Phrases(ENGLISH))) for block in blocks for note in block.notes]


ROWS = "<table><thead><tr><th>Fee</th></tr></thead><tbody><tr><td>9 euros</td></tr></tbody></table>"


@pytest.mark.parametrize(
    ("old", "new", "notes"),
    [
        ("1. Pay.\n2. Go.", "3. Pay.\n4. Go.", ["Was item 1, is now item 3"]),
        ("- Pay.", "1. Pay.", ["Bullets became numbers"]),
        ("## Fees", "### Fees", ["Heading level 2 became 3"]),
        ("Pay.", "Pay.\n{: hidden }", ["“Pay.”: was shown, is now hidden"]),
        (ROWS, ROWS.replace("<tbody", "<tbody hidden"), ["Was shown, is now hidden"]),
        (ROWS, ROWS.replace("<tr><td", "<tr hidden><td"), ["Was shown, is now hidden"]),
        (ROWS, ROWS.replace("<thead", "<thead dir=rtl"), ["Was none, is now rtl"]),
        ("Pay now.", 'Pay <span hidden="">now</span>.', ["“now”: was shown, is now hidden"]),
        (
            "The DPA says.\n\n*[DPA]: an office",
            "The DPA says.\n\n*[DPA]: a contract",
            ["“DPA”: the tooltip was “an office”, is now “a contract”"],
        ),
        (
            "!!! note\n    Mind.",
            "!!! warning\n    Mind.",
            ["Was note, is now warning"],
        ),
        (
            "- Pay.\n- Go.",
            "- Pay.\n    - Go.",
            ["Stood in: list item; stands now in: list item, list item"],
        ),
        ("a  \nb", "a b", ["“a b”: a line break came in or went"]),
        ("Pay **now**.", "Pay now.", ["“now”: was bold, is now plain"]),
    ],
)
def test_note_names_the_difference(old: str, new: str, notes: list[str]) -> None:
    actual = notes_of(old, new)
    assert [note for note in actual if note.rstrip(".") in notes or note in notes], actual


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1. Pay.\n2. Go.", "1. Pay.\n2. Come.\n3. Go."),
        ("1. Pay.\n2. Come.\n3. Go.", "1. Pay.\n2. Go."),
        ("Kept.[^a]\n\n[^a]: In winter.", "Kept.[^b]\n\n[^b]: In winter."),
        ("Our duty ends.", "Our du\u00adty ends."),
        ("10 EUR a month", "10\u00a0EUR\na month"),
    ],
)
def test_what_edits_explain_or_nobody_sees_has_no_note(old: str, new: str) -> None:
    assert notes_of(old, new) == []


def test_a_row_that_comes_to_stand_at_the_foot_moved() -> None:
    rows = "<table><{0}><tr><td>One</td></tr></{0}><tbody><tr><td>Two</td></tr></tbody></table>"
    old, new = (read_document(rows.format(group)) for group in ("tbody", "tfoot"))
    assert [b.text for s in new.sections for b in s.blocks] == ["Two", "One"]
    assert compare(old, new).changed
    assert not compare(old, read_document(rows.format("thead"))).changed


def test_a_row_hidden_alone_is_the_same_as_one_hidden_with_its_group() -> None:
    alone, grouped = (
        ROWS.replace("<tr><td", "<tr hidden><td"),
        ROWS.replace("<tbody", "<tbody hidden"),
    )
    assert not compare(read_document(alone), read_document(grouped)).changed
