"""What matters first: amounts, duties, terms replaced throughout; and what is none of these."""

from __future__ import annotations

import pytest

from gazette.text.highlights import Topic, highlights
from gazette.text.reader import read_document
from gazette.text.redline import redline

Highlights = list[tuple[str, str, str]]


def matters(old: str, new: str) -> Highlights:
    change = redline(read_document(old), read_document(new))
    return [(h.topic.value, h.old, h.new) for h in highlights(change)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # A bare number takes its unit along, other words do not.
        ("Pay in 30 days.", "Pay in 14 days.", [("amount", "30 days", "14 days")]),
        ("It costs 30.", "It costs 14.", [("amount", "30", "14")]),
        ("It costs €30 today.", "It costs €45 today.", [("amount", "€30 today", "€45 today")]),
        ("Pay thirty days on.", "Pay sixty days on.", [("amount", "thirty", "sixty")]),
        ("On 2026-01-05.", "On 2026-02-06.", [("amount", "2026-01-05", "2026-02-06")]),
        ("A rate of 5 % holds.", "A rate of 3 % holds.", [("amount", "5 % holds", "3 % holds")]),
        ("It is due daily now.", "It is due weekly now.", [("amount", "daily", "weekly")]),
        # On one side alone only what is measured counts.
        ("Pay here.", "Pay here within 3 days.", [("amount", "", "within 3 days")]),
        ("Pay here within 3 days.", "Pay here.", [("amount", "within 3 days", "")]),
        ("Pay here.", "Pay here in room 3.", []),
        ("Pay here.", "Pay for it here in no more than 3 days.", []),  # five words and more
        # Numbers of places are no amounts.
        ("See section 4 here.", "See section 5 here.", []),
        ("See § 4 here.", "See § 5 here.", []),
        ("See Articles 4 and 6 too.", "See Articles 4 and 7 too.", [("amount", "6 too", "7 too")]),
        ("Ask https://a.example/1 now.", "Ask https://a.example/2 now.", []),
        ("Ask a1@b.example now.", "Ask a2@b.example now.", []),
        ("4\\) Fees are due.", "5\\) Fees are due.", []),
        ("4\\. Fees are due.", "5\\. Fees are due.", []),
        ("4 fees are due.", "5 fees are due.", [("amount", "4 fees", "5 fees")]),
        # Duties.
        ("You may go.", "You must go.", [("duty", "may", "must")]),
        ("You may go.", "You may not go.", [("duty", "", "not")]),
        ("You may not go.", "You may go.", [("duty", "not", "")]),
        ("You can go.", "You cannot go.", [("duty", "can", "cannot")]),
        ("You do go.", "You don't go.", [("duty", "do", "don't")]),
        ("MAY we go?", "May we go?", []),
        ("We go.", "We go there now.", []),
        ("You sell it.", "You never sell it.", [("duty", "", "never")]),
        # Both: the amount is what is named.
        ("It may take 3.", "It must take 4.", [("amount", "may take 3", "must take 4")]),
        # Formatting and headings are no words that matter.
        ("We **must** go.", "We must go.", []),
        ("# 30 days\n\nText.", "# 14 days\n\nText.", []),
        ("Only text.", "Another word.", []),
        ("", "You must pay 30 days ahead.", []),
    ],
)  # fmt: skip
def test_what_matters(old: str, new: str, expected: Highlights) -> None:
    assert matters(old, new) == expected


def test_the_order_of_amounts_is_no_change_of_them() -> None:
    assert matters("Choose 5 or 10 or 20.", "Choose 10 or 20 or 5.") == []
    assert matters("You may sing and must dance.", "All must leave or may run.") == []
    assert matters("You may sing and must dance.", "All must leave or shall run.") != []


@pytest.mark.parametrize(("count", "expected"), [(8, 1), (9, 0)])
def test_a_replacement_of_many_words_is_to_be_read_in_its_place(count: int, expected: int) -> None:
    old = " ".join(f"old{word}" for word in "abcdefghi"[: count - 1])
    new = " ".join(f"new{word}" for word in "abcdefghi"[: count - 1])
    kept = "and all the other words of this long sentence stay exactly as they were before"
    assert len(matters(f"We {old} may {kept}.", f"We {new} must {kept}.")) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("not at any time", 1), ("not at any such time", 0)]
)
def test_of_a_lone_change_four_words_are_the_most(words: str, expected: int) -> None:
    kept = "We sell the data of the readers of this page", "to the other companies of the group"
    assert len(matters(f"{kept[0]} {kept[1]}.", f"{kept[0]} {words} {kept[1]}.")) == expected
    assert len(matters(f"{kept[0]} {words} {kept[1]}.", f"{kept[0]} {kept[1]}.")) == expected


def repeated(word: str, times: int) -> str:
    return "\n\n".join(f"Here the {word} does number {at} of it." for at in range(times))


@pytest.mark.parametrize(
    ("old", "new", "times", "expected"),
    [
        ("Vendor", "Supplier", 5, [("term", "Vendor", "Supplier", 5)]),
        ("Vendor", "Supplier", 4, []),
        ("A", "B", 5, [("term", "A", "B", 5)]),
        ("club (old)", "house", 6, [("term", "club (old)", "house", 6)]),
        ("“", "‹", 5, []),
        ("may", "must", 6, [("duty", "may", "must", 6)]),
    ],
)
def test_a_term_replaced_throughout(old: str, new: str, times: int, expected: list[object]) -> None:
    before, after = repeated(old, times), repeated(new, times)
    change = redline(read_document(before), read_document(after))
    assert [(h.topic.value, h.old, h.new, h.times) for h in highlights(change)] == expected


def test_words_that_are_everywhere_new_are_no_term() -> None:
    assert matters(repeated("", 6), repeated("good", 6)) == []


def test_each_replacement_is_told_once_where_it_stands_first() -> None:
    old = "\n\n".join(
        f"# {name}\n\nPay in 30 days for {name}." for name in ("Kept", "First", "Last")
    )
    new = old.replace("30 days for First", "14 days for First").replace(
        "30 days for Last", "14 days for Last"
    )
    (actual,) = highlights(redline(read_document(old), read_document(new)))
    assert (actual.place, actual.times) == (1, 2)


def test_amounts_come_before_duties_and_these_before_terms() -> None:
    terms = repeated("Vendor", 5), repeated("Supplier", 5)
    old = f"{terms[0]}\n\nYou may go.\n\nPay in 30 days."
    new = f"{terms[1]}\n\nYou must go.\n\nPay in 14 days."
    assert [topic for topic, *_ in matters(old, new)] == ["amount", "duty", "term"]


def test_sections_that_are_wholly_new_or_gone_have_no_replacements() -> None:
    section = "# Fees\n\nYou must pay the fee in 30 days."
    assert matters(f"# Law\n\nThe law holds.\n\n{section}", "# Law\n\nThe law holds.") == []
    assert matters("# Law\n\nThe law holds.", f"# Law\n\nThe law holds.\n\n{section}") == []


def test_cells_of_tables_have_their_replacements() -> None:
    old = "| Key | Days |\n|-|-|\n| Fee | 30 days |\n| Tax | 7 days |"
    assert matters(old, old.replace("30 days", "14 days")) == [("amount", "30 days", "14 days")]


def test_topics_as_a_reader_sees_them() -> None:
    assert [topic.sentence for topic in Topic] == [
        "Number, date or amount",
        "Duty or right",
        "Replaced throughout",
    ]
