"""Languages: which one a page speaks, how it writes days and names, and in which direction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gazette.language import ENGLISH, direction_of, language_of
from published import SETTINGS, policy, version

DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("tags", "tag"),
    [
        (["de"], "de"),
        (["de-AT"], "de-AT"),
        (["DE"], "DE"),
        (["he"], "en"),
        (["he", "ar"], "ar"),
        (["en-GB", "de"], "en-GB"),
    ],
)
def test_a_language_without_a_catalogue_leaves_the_word_to_the_next(
    tags: list[str], tag: str
) -> None:
    assert language_of(*tags).tag == tag


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        *(("de", "ltr"), ("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("ja", "ltr")),
        *(("az-Arab", "rtl"), ("ku-Latn-TR", "ltr"), ("ar-Latn", "ltr"), ("FA", "rtl")),
    ],
)
def test_the_script_decides_the_direction(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        *(("en", "31 March 2026"), ("de", "31. März 2026"), ("fr", "31 mars 2026")),
        *(("es", "31 de marzo de 2026"), ("ar", "31 مارس 2026"), ("ja", "2026年3月31日")),
    ],
)
def test_a_day_is_written_as_in_its_language(tag: str, day: str) -> None:
    assert language_of(tag).day(DAY) == day


def test_an_austrian_page_has_the_austrian_name_of_january() -> None:
    assert language_of("de-AT").day(date(2026, 1, 1)) == "1. Jänner 2026"
    assert language_of("de-XX").day(date(2026, 1, 1)) == "1. Januar 2026"


@pytest.mark.parametrize(
    ("tag", "names", "listed"),
    [
        ("en", [], ""),
        ("en", ["A"], "A"),
        ("en", ["A", "B"], "A and B"),
        ("en", ["A", "B", "C"], "A, B and C"),
        ("de", ["A", "B", "C"], "A, B und C"),
        ("ja", ["A", "B", "C"], "A、B、C"),
        ("en", ["<b>", "B"], "&lt;b&gt; and B"),
        ("de", ["<b>", "B"], "&lt;b&gt; und B"),
    ],
)
def test_names_are_listed_as_in_their_language(tag: str, names: list[str], listed: str) -> None:
    assert language_of(tag).list(names) == listed


@pytest.mark.parametrize(
    ("tag", "numbers"),
    [
        ("en-GB", {"one": 1, "other": 2}),
        ("de", {"one": 1, "other": 0}),
        ("ja", {"other": 0}),
        ("ar", {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}),
    ],
)
def test_a_message_has_a_form_for_each_kind_of_number(tag: str, numbers: dict[str, int]) -> None:
    messages = language_of(tag).by_category(lambda number: f"{number} changes")
    assert messages == {name: f"{number} changes" for name, number in numbers.items()}


def test_names_are_isolated_where_a_direction_could_turn_them() -> None:
    arabic = language_of("ar")
    assert ENGLISH.isolated("2026-03-31.v1") == "2026-03-31.v1"
    assert ENGLISH.isolated("شروط & ") == "<bdi>شروط &amp; </bdi>"
    assert arabic.isolated("2026-03-31.v1") == "<bdi>2026-03-31.v1</bdi>"
    assert arabic.isolated_text("v1") == "\u2068v1\u2069"
    assert ENGLISH.isolated_text("v1") == "v1"


def test_the_language_of_a_policy_is_that_of_its_text_or_the_center() -> None:
    german = replace(SETTINGS, language="de")
    french = policy(version("2026-01-05.v1", lang="fr"))
    assert SETTINGS.language_of(french).tag == "fr"
    assert german.language_of(policy(version("2026-01-05.v1"))).tag == "de"
    assert german.language_of(policy(version("2026-01-05.v1", lang="he"))).tag == "de"
    assert SETTINGS.interface == ENGLISH


def test_a_language_without_a_catalogue_is_known_as_that_of_the_text() -> None:
    assert (language_of("he", "de").tag, language_of("he", "de").text) == ("de", "he")
    assert (language_of("he").tag, language_of("he").text) == ("en", "he")
