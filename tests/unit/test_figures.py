"""Figures in one form, however they are written; what counts places is none."""

from __future__ import annotations

import pytest

from gazette.text.english import ENGLISH
from gazette.text.figures import Figure, FigureReader
from gazette.text.vocabularies import vocabulary_of
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


@pytest.mark.parametrize(
    ("tag", "text", "figure"),
    [
        ("de", "binnen dreißig (30) Werktagen", Figure(Topic.PERIOD, "30", "werktag")),
        ("de", "eine 14-tägige Frist", Figure(Topic.PERIOD, "14", "tag")),
        ("de", "es kostet 1.000,00 EUR", Figure(Topic.AMOUNT, "1000", "eur")),
        ("de", "ein Satz von 12,5 %", Figure(Topic.AMOUNT, "12,5", "%")),
        ("de", "ab dem 31. März 2026", Figure(Topic.DATE, "2026-03-31")),
        ("de", "ab dem 31.03.2026", Figure(Topic.DATE, "2026-03-31")),
        ("de", "wer das 16. Lebensjahr vollendet hat", Figure(Topic.AGE, "16")),
        ("fr", "sous 30 jours ouvrés", Figure(Topic.PERIOD, "30", "ouvrés jour")),
        ("fr", "à partir du 1er mars 2026", Figure(Topic.DATE, "2026-03-01")),
        ("fr", "le 01/03/2026", Figure(Topic.DATE, "2026-03-01")),
        ("fr", "une somme de 1\u202f000 €", Figure(Topic.AMOUNT, "1000", "€")),
        ("es", "en 30 días hábiles", Figure(Topic.PERIOD, "30", "hábiles día")),
        ("es", "el 31 de marzo de 2026", Figure(Topic.DATE, "2026-03-31")),
        ("es", "para mayores de 16 años", Figure(Topic.AGE, "16")),
        ("ja", "1,000 EUR", Figure(Topic.AMOUNT, "1000", "eur")),
    ],
)
def test_figures_of_other_languages(tag: str, text: str, figure: Figure) -> None:
    assert list(FigureReader(vocabulary_of(tag)).figures(text)) == [figure]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "nach § 4 Abs. 2 Satz 1 und Art. 6 Abs. 1 lit. f DSGVO"),
        ("de", "eine von ihnen"),
        ("fr", "les articles 6 et 7 du présent contrat"),
        ("es", "el artículo 6 y los apartados 2 y 3"),
    ],
)
def test_numbers_of_places_in_other_languages(tag: str, text: str) -> None:
    assert not FigureReader(vocabulary_of(tag)).figures(text)
