"""Numbers in the forms of Word."""

from __future__ import annotations

import pytest

from gazette.imports.word.number_forms import in_form


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimalZero", {1: "01", 12: "12"}),
        ("upperRoman", {4: "IV"}),
        ("lowerLetter", {27: "aa"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 112: "112th"}),
        ("cardinalText", {8: "Eight", 21: "Twenty-one", 115: "One hundred fifteen", 1000: "1000"}),
        ("ordinalText", {1: "First", 12: "Twelfth", 20: "Twentieth", 21: "Twenty-first"}),
        ("chicago", {2: "†", 5: "**"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("ideographTraditional", {1: "甲", 11: "甲甲"}),
        ("ideographDigital", {10: "一〇"}),
        ("chineseCounting", {10: "十", 11: "十一", 20: "二十", 110: "一百一十", 1001: "一千零一"}),
        ("chineseLegalSimplified", {10: "壹拾", 105: "壹佰零伍"}),
        ("japaneseCounting", {11: "十一", 100: "百", 1001: "千一"}),
        ("numberInDash", {3: "- 3 -"}),
    ],
)
def test_forms(form: str, shown: dict[int, str]) -> None:
    assert {value: in_form(value, form) for value in shown} == shown


def test_words_are_english_only() -> None:
    assert in_form(2, "ordinal", "en-GB") == "2nd"
    assert in_form(2, "ordinal", "fr-FR") is None
    assert in_form(2, "decimal", "fr-FR") == "2"
    assert in_form(2, "thaiNumbers") is None
