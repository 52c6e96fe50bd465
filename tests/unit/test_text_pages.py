"""Texts that were printed in pages."""

from __future__ import annotations

from gazette.imports.block_markdown import Part
from gazette.imports.draft import ranked
from gazette.imports.text_pages import joined_pages, with_whole_words, without_contents

PAGES = (
    "Terms\n\nYou pay when the parcel\n\nShop Ltd    Page 1\n\f"
    "Terms of Shop\n\narrives.\n\nShop Ltd    Page 2\n\f"
    "Terms of Shop\n\nNext clause.\n\nShop Ltd    Page 3\n"
)


def test_headers_and_footers_go_and_paragraphs_stay_whole() -> None:
    text, omissions = joined_pages(PAGES)
    assert text == "Terms\n\nYou pay when the parcel\narrives.\n\nNext clause."
    assert [(omission.place, omission.what) for omission in omissions] == [
        ("Line 5, and like it on other pages", "“Shop Ltd Page 1”"),
        ("Line 6, and like it on other pages", "“Terms of Shop”"),
    ]


def test_numbers_of_pages() -> None:
    text, omissions = joined_pages("A first clause.\n\n- 1 -\n\fA second clause.\n\n- 2 -\n")
    assert text == "A first clause.\n\nA second clause."
    assert len(omissions) == 1


def test_a_text_without_pages() -> None:
    assert joined_pages("Terms\n\n2\n") == ("Terms\n\n2\n", [])


def test_parts_stand_above_sections() -> None:
    headings = ["Foreword", "Part I", "1. Fees", "Part II", "2. Law", "Annex A", "1. Forms"]
    parts = [Part(f"## {text}", text, 2) for text in headings]
    assert [part.level for part in ranked(parts)] == [2, 2, 3, 2, 3, 2, 3]
    assert [part.level for part in ranked(parts[2:3] + parts[4:5])] == [2, 2]


def test_contents_go_where_their_entries_stand_in_the_text() -> None:
    text = "Terms\n\nContents\n\n1. Fees ..... 1\n2. Law . . . . 2\n\n1. Fees\n\nPay.\n\n2. Law\n"
    rest, (omission,) = without_contents(text)
    assert rest == "Terms\n\n\n\n\n\n\n1. Fees\n\nPay.\n\n2. Law\n"
    assert (omission.place, omission.what) == (
        "Line 3", "a table of contents of 3 lines, “Contents 1. Fees ..... 1 2. Law . . . . 2”"
    )  # fmt: skip
    prices = "Fees\n\nBasic ..... 10\nLarge ..... 20\n"
    assert without_contents(prices) == (prices, [])


def test_words_that_are_cut_at_the_end_of_a_line() -> None:
    text = (
        "The ser-\nvice, our service, is well-\nknown: a well-known, short-\nand long one-\nline.\n"
    )
    rest, (omission,) = with_whole_words(text)
    assert rest == (
        "The service,\nour service, is well-known:\na well-known, short-\nand long one-line.\n"
    )
    assert (omission.place, omission.what) == ("Line 4", "“one-line”")


def test_no_line_comes_in_behind_a_word_that_ends_one() -> None:
    assert with_whole_words("Our ser-\nvice.\nThe service ends.")[0] == (
        "Our service.\nThe service ends."
    )
