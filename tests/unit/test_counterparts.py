"""Sections of a text and of its translation, matched by what languages share."""

from __future__ import annotations

import pytest

from gazette.text.counterparts import counterparts
from gazette.text.reader import read_document
from translated import ENGLISH, GERMAN

WITHOUT_FEES = GERMAN.replace("## 2. Kosten\n\n- 5 Euro am Tag\n- 20 Euro im Monat\n\n", "")


def heading(text: str, line: str) -> str:
    return text.replace("## 1. ", f"# {line}\n\n## 1. ", 1)


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        (ENGLISH, GERMAN, {0: 0, 1: 1, 2: 2, 3: 3}),
        (ENGLISH, GERMAN.replace("## 3.", "### 3."), {0: 0, 1: 1, 2: 2, 3: 3}),
        (ENGLISH, WITHOUT_FEES, {0: 0, 1: 1, 3: 2}),
        (ENGLISH, WITHOUT_FEES.replace("3. Fragen", "2. Fragen"), {0: 0, 1: 1, 3: 2}),
        (ENGLISH, "Unsere Regeln.\n\n## 2. Kosten\n\n- 5 Euro\n- 20 Euro\n", {0: 0, 2: 1}),
        (heading(ENGLISH, "Rules"), GERMAN, {0: 0, 2: 1, 3: 2, 4: 3}),
        (ENGLISH, "", {}),
    ],
)
def test_sections_are_matched_by_what_languages_share(
    original: str, translation: str, expected: dict[int, int]
) -> None:
    assert counterparts(read_document(original), read_document(translation)) == expected


def test_what_is_known_decides_where_others_may_be() -> None:
    original, translation = read_document(ENGLISH), read_document(WITHOUT_FEES)
    assert counterparts(original, translation, {2: 1}) == {0: 0, 2: 1, 3: 2}
    assert counterparts(original, translation, {1: 1, 3: 2}) == {0: 0, 1: 1, 3: 2}
