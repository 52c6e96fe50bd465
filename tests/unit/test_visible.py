"""A line that shows nothing is empty, whatever it is made of."""

from __future__ import annotations

import pytest

from gazette.text.visible import visible_line


@pytest.mark.parametrize(
    "text", ["", " \n", "\ufeff", "\u200b \u2060", "\u3164", "\u2800", "\x00\x7f", "\u202e\u202c"]
)
def test_what_no_reader_sees(text: str) -> None:
    assert visible_line(text) == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" Terms\n of\tUse ", "Terms of Use"),
        ("\ufeffTerms\x00", "Terms"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u2028b\x85c", "a b c"),
    ],
)
def test_white_space_is_folded_and_joiners_stay(text: str, line: str) -> None:
    assert visible_line(text) == line
