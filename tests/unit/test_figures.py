"""Figures in one form, however they are written; what counts places is none."""

from __future__ import annotations

import pytest

from gazette.text.english import ENGLISH
from gazette.text.figures import Figure, FigureReader
from gazette.text.vocabulary import Topic
from gazette.text.wording import Op, Run

READER = FigureReader(ENGLISH)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("within 30 days", Figure(Topic.PERIOD, "30", "day")),
        ("within thirty (30) days", Figure(Topic.PERIOD, "30", "day")),
        ("within thirty days", Figure(Topic.PERIOD, "30", "day")),
        ("within ten working days", Figure(Topic.PERIOD, "10", "working day")),
        ("pay €1,000.00 now", Figure(Topic.AMOUNT, "1000", "€")),
        ("pay 1'000 euros now", Figure(Topic.AMOUNT, "1000", "euro")),
        ("a rate of 5 % holds", Figure(Topic.AMOUNT, "5", "%")),
        ("children under 13 may not", Figure(Topic.AGE, "13")),
        ("at least 16 years old", Figure(Topic.AGE, "16")),
        ("room for 12 guests", Figure(Topic.NUMBER, "12")),
        ("on 3 March 2024", Figure(Topic.DATE, "2024-03-03")),
        ("on March 3rd, 2024", Figure(Topic.DATE, "2024-03-03")),
        ("on 2024-03-03", Figure(Topic.DATE, "2024-03-03")),
        ("since March 2024", Figure(Topic.DATE, "2024-03-00")),
        ("copyright 2024", Figure(Topic.DATE, "2024")),
    ],
)
def test_what_is_a_figure(text: str, figure: Figure) -> None:
    assert list(READER.figures(text)) == [figure]


@pytest.mark.parametrize(
    "text",
    [
        "see sections 4, 5 and 6.1(b) of it",
        "see § 12 here",
        "4. Fees are due",
        "if (1) it rains or (2) it snows",
        "ask https://a.example/12 or a7@b.example",
        "call +49 170 555 1234",
        "under Regulation 2016/679",
        "one of them",
    ],
)
def test_what_is_none(text: str) -> None:
    assert not READER.figures(text)


@pytest.mark.parametrize(
    ("old", "new", "kept", "expected"),
    [
        ("30", "14", " days long", ("30 days", "14 days", " long")),
        ("three (3", "five (5", ") days", ("three (3) days", "five (5) days", "")),
        ("30", "14", " Tage", ("30 Tage", "14 Tage", "")),
        ("13", "16", " may go", ("13", "16", " may go")),
        ("2016", "2017", " The house", ("2016", "2017", " The house")),
        ("5 %", "8 %", " a month", ("5 %", "8 %", " a month")),
        ("dogs", "cats", " days", ("dogs", "cats", " days")),
    ],
)
def test_numbers_take_their_units_along(
    old: str, new: str, kept: str, expected: tuple[str, str, str]
) -> None:
    runs = Run(Op.DELETED, old), Run(Op.INSERTED, new), Run(Op.KEPT, kept)
    assert tuple(run.text for run in READER.with_units(runs)) == expected
