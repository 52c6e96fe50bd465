"""Tokens, their alignment, and what of it a reader can follow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.text.tokens import fold, read_inline
from gazette.text.wording import align, runs_of, shared_sentences


def marked(old: str, new: str) -> str:
    before, after = read_inline(old), read_inline(new)
    brackets = {"=": "{}", "-": "[-{}-]", "+": "[+{}+]"}
    runs = runs_of(before, after, align(before, after))
    return "".join(brackets[run.op.value].format(run.text) for run in runs)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("don’t re-use it", ["don't", "re-use", "it"]),
        ("on January 5, 2026.", ["on", "January 5, 2026", "."]),
        ("pay $1,000.50 or 5 %", ["pay", "$1,000.50", "or", "5 %"]),
        ("see Section 4.2(b)", ["see", "Section 4.2(b)"]),
        ("write to a.b@example.com, please", ["write", "to", "a.b@example.com", ",", "please"]),
        ("at https://example.com/a?b=1.", ["at", "https://example.com/a?b=1", "."]),
        (
            "in the U.S. and elsewhere, e.g. here.",
            ["in", "the", "U.S.", "and", "elsewhere", ",", "e.g.", "here", "."],
        ),
        ("WWW.example.com is ours", ["WWW.example.com", "is", "ours"]),
        ("個人情報", ["個", "人", "情", "報"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("שלום עולם", ["שלום", "עולם"]),
        ("👩‍⚖️ 🇩🇪 ok", ["👩‍⚖️", "🇩🇪", "ok"]),
        ("e\u0301tude", ["étude"]),
    ],
)
def test_tokens(text: str, keys: list[str]) -> None:
    assert list(read_inline(text).keys) == keys


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Pay within 30 days.", "Pay within 14 days.", "Pay within [-30-][+14+] days."),
        ("You may leave.", "You may not leave.", "You may [+not +]leave."),
        ("It’s ours.", "It's ours.", "It's ours."),
        ("café", "cafe\u0301", "cafe\u0301"),
        (
            "The old firm of Smith",
            "The new firm or Jones",
            "The [-old firm of Smith-][+new firm or Jones+]",
        ),
        ("Ends here", "Ends here now", "Ends here[+ now+]"),
        ("a, b", "a b", "a[-,-] b"),
    ],
)
def test_what_a_reader_sees(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_a_kept_end_of_sentence_is_never_absorbed() -> None:
    assert marked("We sell data. You pay.", "We keep data. They pay.") == (
        "We [-sell-][+keep+] data. [-You-][+They+] pay."
    )


WORDS = st.lists(
    st.sampled_from(["the", "of", "30", ".", ",", "fee", "must", "数", "字", "ไทย", "é"]),
    max_size=30,
)


@given(WORDS, WORDS)
def test_runs_hold_both_texts(old: list[str], new: list[str]) -> None:
    before, after = read_inline(" ".join(old)), read_inline(" ".join(new))
    runs = runs_of(before, after, align(before, after))
    for side, inline in (("-", before), ("+", after)):
        text = "".join(run.text for run in runs if run.op.value in ("=", side))
        assert "".join(text.split()) == "".join(inline.text.split())


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text) or not text.isascii()


def test_shared_sentences_are_cut_off_at_their_ends() -> None:
    start, end = "This stays as it is. " * 8, " That stays as well. And so does this one." * 4
    old, new = f"{start}Pay 30 days later.{end}", f"{start}Pay 14 days later.{end}"
    lead, trail = shared_sentences(old, new)
    assert old[:lead] == start
    assert old[len(old) - trail :] == end.lstrip()
