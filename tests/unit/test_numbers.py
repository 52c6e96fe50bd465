"""Numbers of sections, read and written."""

from __future__ import annotations

import pytest

from gazette.text.numbers import heading_number, number_length, number_of, shown, values_of, written

ROMAN = {4: "iv", 9: "ix", 14: "xiv", 39: "xxxix", 40: "xl", 49: "xlix", 90: "xc", 400: "cd"}
ROMAN |= {944: "cmxliv", 1999: "mcmxcix", 2026: "mmxxvi", 3999: "mmmcmxcix"}


@pytest.mark.parametrize(("value", "text"), ROMAN.items())
def test_roman_numbers(value: int, text: str) -> None:
    assert written(value, "i") == text
    assert written(value, "I") == text.upper()


def test_every_roman_number_is_read_as_it_is_written() -> None:
    for value in range(1, 4000):
        assert value in values_of(written(value, "i"))
        assert heading_number(f"{written(value, 'I')}. Fees") == written(value, "i")


@pytest.mark.parametrize(
    ("text", "values"),
    [("a", [1]), ("z", [26]), ("i", [9, 1]), ("C", [3, 100]), ("iiii", []), ("ic", []), ("", [])],
)
def test_a_letter_may_be_a_roman_number(text: str, values: list[int]) -> None:
    assert values_of(text) == values


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (3, "1", "3"),
        (3, "a", "c"),
        (28, "a", "bb"),
        (28, "A", "BB"),
        (0, "a", "0"),
        (4000, "i", "4000"),
    ],
)
def test_numbers_of_lists(value: int, style: str, text: str) -> None:
    assert written(value, style) == text


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("XLII. Fees", "xlii", "Fees"),
        ("Article XC: Fees", "xc", "Fees"),
        ("Mild winters", "", "Mild winters"),
        ("Civil. Penal", "", "Civil. Penal"),
        ("4.2 Fees", "4.2", "Fees"),
        ("3 May 2024", "", "3 May 2024"),
        ("3. Mai 2024", "", "3. Mai 2024"),
        ("17 sept. 2024, corrected", "", "17 sept. 2024, corrected"),
        ("07.11.2023 Edition", "", "07.11.2023 Edition"),
        ("3 Fees from 2024", "3", "Fees from 2024"),
        ("12. Fees", "12", "Fees"),
        ("Artikel 3: Preise", "3", "Preise"),
        ("Anhang A – Listen", "a", "Listen"),
        ("Teilnahme", "", "Teilnahme"),
        ("Annexe 1 – Liste", "1", "Liste"),
        ("Annexe – Liste", "", "Annexe – Liste"),
        ("Partie d'essai", "", "Partie d'essai"),
        ("Artículo 4. Precio", "4", "Precio"),
        ("Parte y contraparte", "", "Parte y contraparte"),
        ("Anexo a la lista", "", "Anexo a la lista"),
        ("المادة 2: الرسوم", "2", "الرسوم"),
        ("المادة ٢ – الرسوم", "٢", "الرسوم"),
    ],
)
def test_headings(heading: str, number: str, title: str) -> None:
    assert heading_number(heading) == number
    assert heading[number_length(heading) :] == title


def test_parts_of_a_number() -> None:
    assert number_of("3.2(b)") == ("3", "2", "b")
    assert shown(("3", "2", "b")) == "3.2(b)"
