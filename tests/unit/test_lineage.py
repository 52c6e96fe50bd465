"""Which section became which, in one update and through a history."""

from __future__ import annotations

import pytest

from gazette.text.document import Document, read_document
from gazette.text.identity import trace
from gazette.text.lineage import match_sections

PRIVACY = (
    "We collect the name and the address of every customer in order to send the goods ordered."
)
FEES = "The fee is due on the first working day of each month and is paid by transfer to our bank."
DISPUTES = (
    "Any dispute goes to the court of the town where the company has its registered office now."
)
NOTICE = (
    "Notices are sent by letter or by electronic mail to the address that was given at the start."
)


def document(*sections: tuple[str, str]) -> Document:
    return read_document("\n\n".join(f"## {heading}\n\n{text}" for heading, text in sections))


A, B, C = ("1. Privacy", PRIVACY), ("2. Fees", FEES), ("3. Disputes", DISPUTES)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([A, B], [A, B], [(1, 1, ""), (2, 2, "")]),
        ([A], [A, B], [(1, 1, ""), (None, 2, "")]),
        ([A, B, C], [A, C], [(1, 1, ""), (2, None, ""), (3, 2, "")]),
        ([A], [("1. Your data", PRIVACY)], [(1, 1, "renamed")]),
        ([A], [("2. Privacy", PRIVACY)], [(1, 1, "renumbered")]),
        ([A, B, C], [C, A, B], [(3, 1, "moved"), (1, 2, ""), (2, 3, "")]),
        (
            [("Both", f"{PRIVACY}\n\n{FEES}")],
            [("Both", PRIVACY), ("Fees", FEES)],
            [(1, 1, "split"), (1, 2, "renamed split")],
        ),
        (
            [("Data", PRIVACY), ("Fees", FEES)],
            [("Data", f"{PRIVACY}\n\n{FEES}")],
            [(1, 1, "merged"), (2, 1, "renamed merged")],
        ),
        ([("Same", PRIVACY)], [("Same", DISPUTES)], [(1, 1, "")]),
        ([("Privacy", PRIVACY)], [("Courts", DISPUTES)], [(None, 1, ""), (1, None, "")]),
    ],
)
def test_links(
    old: list[tuple[str, str]],
    new: list[tuple[str, str]],
    expected: list[tuple[int | None, int | None, str]],
) -> None:
    links = match_sections(document(*old), document(*new))
    found = [(link.old, link.new, " ".join(f.value for f in link.flags)) for link in links]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_identity_survives_renaming_moving_and_a_gap() -> None:
    history = [
        document(A, B, C),
        document(("1. Your data", PRIVACY), C),
        document(C, ("2. Your data", PRIVACY), ("3. Notice", NOTICE)),
        document(C, ("2. Fees", FEES), ("3. Your data", PRIVACY)),
    ]
    # A section's number is the order of its first appearance; -1 is the empty opening.
    assert trace(history) == ((-1, 0, 1, 2), (-1, 0, 2), (-1, 2, 0, 3), (-1, 2, 1, 0))


def test_of_a_split_the_part_with_the_heading_is_the_section() -> None:
    history = [
        document(("Data and fees", f"{PRIVACY}\n\n{FEES}")),
        document(("Fees", FEES), ("Data and fees", PRIVACY)),
    ]
    assert trace(history)[1] == (-1, 1, 0)
