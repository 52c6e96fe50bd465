"""Notes of imported texts that nothing refers to are named instead of shown."""

from __future__ import annotations

import pytest

from gazette.imports.markdown_file import without_lone_notes


def test_they_are_left_out_whole_and_named() -> None:
    body = (
        "Fees[^1]: three.\n\n[^1]: In euros.\n[^b]: *Never* by\nbank.\n\n    Nor in cash.\n\nEnd."
    )
    left, (omission,) = without_lone_notes(body, 7)
    assert left == "Fees[^1]: three.\n\n[^1]: In euros.\n\n\nEnd."
    assert omission.place == "Line 10"
    assert omission.what == "The note b, “*Never* by bank. Nor in cash.”"


@pytest.mark.parametrize("following", ["## Law\nWe keep it.", "- Law", "> Law", "1. Law"])
def test_what_begins_right_below_stays(following: str) -> None:
    left, (omission,) = without_lone_notes(f"Fees.\n\n[^1]: In euros,\nnot cash.\n{following}", 1)
    assert left == f"Fees.\n\n\n{following}"
    assert omission.what == "The note 1, “In euros, not cash.”"


@pytest.mark.parametrize(
    "body",
    [
        "A[^1].\n\n[^1]: B[^2].\n\n[^2]: C.",
        "A[^Law].\n\n[^law]: B.",
        "`[^1]: A`\n\n```\n[^2]: B\n```",
        "No notes [here].",
    ],
)
def test_others_stay(body: str) -> None:
    assert without_lone_notes(body, 1) == (body, [])
