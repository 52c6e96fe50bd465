"""Which sections of a translation lag behind a change of its original."""

from __future__ import annotations

import pytest

from gazette.text.reader import read_document
from gazette.text.translated_sections import Lag, TextStep, passed_over, stale_sections
from translated import ENGLISH, GERMAN

FEES = "- 20 euros a month"


def named(lags: list[Lag]) -> list[tuple[str, str]]:
    """Return the sections of the original with those of the translation."""
    return [
        ("/".join(change.section.name for change in lag.changes), lag.section.name)
        if lag.section
        else (lag.changes[0].section.name, "")
        for lag in lags
    ]


def step(old: str, new: str) -> TextStep:
    return TextStep(read_document(old), read_document(new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (FEES, "- 30 euros a month", [("2. Fees", "2. Kosten")]),
        (FEES, "- **20** euros a month", []),
        (FEES, "- 20 Euros, a month!", []),
        (FEES, "1. 20 euros a month", []),
        (FEES, "- [20 euros](fees.pdf) a month", [("2. Fees", "2. Kosten")]),
        ("## 3. Questions", "## 4. Questions", []),
        ("## 3. Questions", "## 3. Your Questions", [("3. Your Questions", "3. Fragen")]),
        ("Our rules.", "Our house rules.", [("Opening", "Opening")]),
        ("## 3. Questions", "## 3. Dogs\n\nNo dogs.\n\n## 4. Questions", [("3. Dogs", "")]),
        ("## 1. Hours\n\nOpen from 9 to 17.\n\n", "", [("1. Hours", "1. Zeiten")]),
    ],
)
def test_what_changed_after_the_version_that_is_translated(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert old in ENGLISH
    lags = stale_sections(step(ENGLISH, ENGLISH.replace(old, new)), read_document(GERMAN))
    assert named(lags) == expected


DOGS = ("## 3. Questions", "## 3. Dogs\n\nNo dogs.\n\n## 4. Questions")
HUNDE = ("## 3. Fragen", "## 3. Hunde\n\nKeine Hunde.\n\n## 4. Fragen")
NO_HOURS = ("## 1. Hours\n\nOpen from 9 to 17.\n\n", "")
KEINE_ZEITEN = ("## 1. Zeiten\n\nOffen von 9 bis 17.\n\n", "")


@pytest.mark.parametrize(
    ("change", "translated", "expected"),
    [
        ((FEES, "- 30 euros"), ("- 20 Euro im Monat", "- 30 Euro"), []),
        ((FEES, "- 30 euros"), ("Unsere", "Die"), [("2. Fees", "2. Kosten")]),
        ((FEES, "- 30 euros"), ("- 20 Euro im", "- **20** Euro im"), [("2. Fees", "2. Kosten")]),
        (DOGS, HUNDE, []),
        (DOGS, ("## 3. Fragen", "## 4. Fragen"), [("3. Dogs", "")]),
        (NO_HOURS, KEINE_ZEITEN, []),
        (NO_HOURS, ("Unsere", "Die"), [("1. Hours", "1. Zeiten")]),
        (NO_HOURS, ("von 9 bis 17", "von 9 bis 18"), [("1. Hours", "1. Zeiten")]),
        (
            (FEES, "- 30 euros"),
            ("## 2. Kosten\n\n- 5 Euro am Tag\n- 20 Euro im Monat\n\n", ""),
            [("2. Fees", "")],
        ),
    ],
)
def test_what_an_update_of_the_translation_left_out(
    change: tuple[str, str], translated: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    original = step(ENGLISH, ENGLISH.replace(*change))
    german = step(GERMAN, GERMAN.replace(*translated))
    assert german.old.html != german.new.html
    assert named(list(passed_over(original, german).lags)) == expected
