"""Tables that are drawn in a plain text."""

from __future__ import annotations

import pytest

from gazette.imports.drawn_tables import with_tabbed_tables


@pytest.mark.parametrize(
    ("drawn", "rows"),
    [
        ("Plan      Fee     Days\n--------- ------- ----\nBasic     10 EUR  30\nLarge one 20 EUR",
         "Plan\tFee\tDays\nBasic\t10 EUR\t30\nLarge one\t20 EUR\t"),
        ("+----+-----+\n| A  | B   |\n+====+=====+\n| a  | b   |\n| c  |     |\n+----+-----+",
         "A\tB\na c\tb"),
        ("A | B\n--|--\na | b", "A\tB\na\tb"),
        ("Basic     10 EUR\nLarge     20 EUR", "Basic\t10 EUR\nLarge\t20 EUR"),
        ("Fees:\nPlan  Fee\n----- ---\nBasic 10", "Fees:\nPlan\tFee\nBasic\t10"),
    ],
)  # fmt: skip
def test_tables(drawn: str, rows: str) -> None:
    assert with_tabbed_tables(f"Text.\n\n{drawn}\n\nEnd.") == f"Text.\n\n{rows}\n\nEnd."


@pytest.mark.parametrize(
    "text",
    [
        "You pay.  We serve.\nYou ask.  We tell.",
        "(a)     we serve\n(b)     you pay",
        "Fees\n----\nYou pay.",
        "One | two",
        "",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert with_tabbed_tables(text) == text
