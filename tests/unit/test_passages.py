"""Words that stay while the blocks around them change are told as such."""

from __future__ import annotations

import pytest

from gazette.forms import redline_html
from gazette.text.notes import NoteKind
from gazette.text.proof import prove
from gazette.text.reader import read_document
from gazette.text.redline import redline

KEPT = "Refunds are paid within fourteen days to the card that was charged"
FIRST = "Fees are due on the first day of each month and are not reduced"
LAST = "Support answers on working days between nine and five in the afternoon"


def notes_of(old: str, new: str) -> list[tuple[int, str, str]]:
    """The notes of the only section: place of the block, what, and the words."""
    before, after = read_document(old), read_document(new)
    change = redline(before, after)
    prove(change, before, after)
    return [
        (place, note.kind.value, note.text)
        for place, block in enumerate(change.sections[0].blocks)
        for note in block.notes
        if note.kind in (NoteKind.WORDS_GONE, NoteKind.WORDS_COME)
    ]


def test_sentence_that_became_two_paragraphs() -> None:
    words = "Refunds are paid within fourteen days …"
    assert notes_of(f"{FIRST}, and {KEPT}.", f"{FIRST}.\n\n{KEPT}.") == [
        (0, "words-gone", words),
        (1, "words-come", words),
    ]


def test_two_paragraphs_that_became_one_sentence() -> None:
    shown = notes_of(f"{FIRST}.\n\n{KEPT}.", f"{FIRST}, and {KEPT}.")
    assert [kind for _, kind, _ in shown] == ["words-come", "words-gone"]


def test_list_that_became_a_paragraph() -> None:
    shown = notes_of(f"- {FIRST}\n- {KEPT}\n- {LAST}", f"{FIRST}; {KEPT}; {LAST}.")
    assert {words for _, kind, words in shown if kind == "words-come"} >= {
        "Refunds are paid within fourteen days …",
        "Support answers on working days between …",
    }


def test_sentence_at_another_place_of_its_paragraph() -> None:
    shown = notes_of(f"{FIRST}. {KEPT}. {LAST}.", f"{KEPT}. {FIRST}. {LAST}.")
    assert {kind for _, kind, _ in shown} == {"words-gone", "words-come"}
    assert {place for place, _, _ in shown} == {0}


def test_sentence_that_became_a_list_of_few_words_and_back() -> None:
    sentence = "You may bring ponies, carts and hay to the fair."
    items = "You may bring:\n\n- ponies,\n- carts, and\n- hay"
    shown = notes_of(sentence, items)
    assert {words for _, kind, words in shown if kind == "words-come"} == {"ponies", "carts", "hay"}
    assert {place for place, kind, _ in shown if kind == "words-gone"} == {0}
    back = notes_of(items, sentence)
    assert {words for _, kind, words in back if kind == "words-gone"} == {"ponies", "carts", "hay"}
    assert notes_of(sentence, "You may bring:\n\n- ponies\n- dogs") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FIRST, KEPT),
        (f"{FIRST}. Fees are final.", f"{FIRST}.\n\nFees are final."),
        (f"{KEPT}.\n\n{FIRST}.", f"{FIRST}.\n\n{KEPT}."),
        (f"Mostly, {KEPT}.", f"{LAST} although, if nobody objects to it at all, {KEPT}."),
    ],
    ids=["other words", "few words", "a block that moved", "in place of itself"],
)
def test_what_is_no_passage(old: str, new: str) -> None:
    assert notes_of(old, new) == []


def test_readers_learn_at_both_places() -> None:
    old, new = read_document(f"{FIRST}, and {KEPT}."), read_document(f"{FIRST}.\n\n{KEPT}.")
    html = redline_html.render(redline(old, new))
    assert "these words now stand elsewhere in this section" in html
    assert "these words stood elsewhere in this section" in html


def test_words_whose_small_letters_are_more_words_are_reported_as_written() -> None:
    capitals = "İzmir İstanbul İslam"
    shown = notes_of(f"{FIRST}, and {KEPT}.", f"{FIRST}.\n\n{capitals} {KEPT}.")
    assert {words for _, _, words in shown} == {"Refunds are paid within fourteen days …"}
