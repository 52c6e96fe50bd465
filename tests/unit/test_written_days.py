"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.text.written_days import days_in, days_of, versions_of


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-07",
        "2026/3/7",
        "2026.03.07",
        "2026. 3. 7",
        "March 7, 2026",
        "Mar. 7 2026",
        "20260307",
        "2026 03 07",
        "2026-03-07 10:00",
        "7th of March 2026",
        "7-Mar-2026",
        "07.03.2026",
        "7. März 2026",
        "7 mars 2026",
        "7 de marzo de 2026",
        "7 marzo 2026",
        "7 de março de 2026",
        "7 maart 2026",
        "7 marca 2026",
        "7 марта 2026",
        "2026年3月7日",
        "2026년 3월 7일",
    ],
)
def test_a_day(text: str) -> None:
    assert days_of(text) == (date(2026, 3, 7),)


def test_the_figure_above_twelve_is_the_day() -> None:
    assert days_of("25/03/2026") == days_of("03/25/2026") == (date(2026, 3, 25),)
    assert days_of("03/03/26") == (date(2026, 3, 3),)
    assert days_of("04/03/2026") == (date(2026, 3, 4), date(2026, 4, 3))


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("7 March 2026, version 3", "2026-03-07.v3"),
        ("2026/3/7", "2026-03-07.v1"),
        ("07.03.2026v2", "2026-03-07.v2"),
    ],
)
def test_versions(text: str, version: str) -> None:
    assert versions_of(text) == (version,)
    assert versions_of(f"{text} or so") == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("April 31, 2026", "no calendar has"),
        ("2025-02-29", "no calendar has"),
        ("04/05/2026", "two days"),
        ("April 2026", "no day of a month"),
    ],
)
def test_what_is_no_day(text: str, fault: str) -> None:
    (written,) = days_in(f"Posted {text}.")
    assert written.day is None
    assert fault in written.fault


def test_two_figures_are_the_year_nearest_to_help_centers() -> None:
    assert days_of("31.12.99") == (date(1999, 12, 31),)
    assert days_of("05.03.26") == (date(2026, 3, 5),)


def test_numbers_of_more_parts_are_no_day() -> None:
    assert not list(days_in("Clause 1.10.11.12, and 10.11.12.13."))


def test_words_that_only_look_like_days() -> None:
    assert list(days_in("You may cancel 30 days before 2026, and may 12 of us.")) == []
