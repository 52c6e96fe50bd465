"""Catalogues: every sentence of the engine is in each of them, translated as it is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from bench.words import catalogue, extracted
from gazette.language import CATALOGUES

LANGUAGES = ("ar", "de", "es", "fr", "ja")
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
TAG = re.compile(r"</?[a-z]+|(?:href|class)=\"[^\"]*\"")
CODE = re.compile(r"`[^`]+`")
NAME = re.compile(r"%\((\w+)\)")
QUOTES = {"ar": "«»", "de": "„“", "es": "«»", "fr": "«»", "ja": "「」"}
FORMS = {"ar": 6, "de": 2, "es": 2, "fr": 2, "ja": 1}


@pytest.fixture(scope="module")
def messages() -> Catalog:
    """What the templates, the code and the scripts of the engine say."""
    return extracted()


def key(message: Message) -> tuple[str | None, object]:
    return message.context, message.id


def texts(value: object) -> Sequence[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, tuple) else []


def test_there_are_five_languages_beside_english() -> None:
    assert sorted(path.stem for path in CATALOGUES.glob("*.po")) == list(LANGUAGES)


@pytest.fixture(scope="module", params=LANGUAGES)
def path(request: pytest.FixtureRequest) -> Path:
    """The file of a language."""
    return CATALOGUES / f"{request.param}.po"


def test_a_catalogue_has_every_message_and_no_other(path: Path, messages: Catalog) -> None:
    """After a change of sentences, `make words` brings them in; a translation is to be added."""
    stated = {key(message) for message in messages if message.id}
    translated = {key(message) for message in catalogue(path) if message.id}
    assert stated - translated == set(), "make words"
    assert translated - stated == set(), "make words"


def test_every_message_is_translated(path: Path) -> None:
    catalog = catalogue(path)
    assert len(catalog.obsolete) == 0
    for message in catalog:
        assert not (message.id and message.fuzzy), message.id
        assert "" not in (texts(message.string) or [""]) or not message.id, message.id


def test_a_translation_names_what_its_message_names(path: Path) -> None:
    """A form for a single number may leave the number out."""
    for message in catalogue(path):
        wanted = [set(PLACEHOLDER.findall(text)) for text in texts(message.id)]
        tags = [sorted(TAG.findall(text)) for text in texts(message.id)]
        for text in texts(message.string) if message.id else ():
            names = set(PLACEHOLDER.findall(text))
            assert names | {"num"} == wanted[-1] | {"num"}, text
            assert sorted(TAG.findall(text)) in tags, text


def test_plurals_have_all_forms_of_their_language(path: Path) -> None:
    catalog = catalogue(path)
    assert catalog.num_plurals == FORMS[path.stem]
    for message in catalog:
        if message.pluralizable:
            assert len(texts(message.string)) == FORMS[path.stem], message.id


def test_words_for_programs_are_not_translated(path: Path) -> None:
    for message in catalogue(path):
        names = sorted(CODE.findall(texts(message.id)[-1]))
        for text in texts(message.string) if message.id else ():
            assert sorted(CODE.findall(text)) == names, text


def test_quotation_marks_are_those_of_the_language(path: Path) -> None:
    foreign = set("“”„«»「」") - set(QUOTES[path.stem])
    quoted = [text for message in catalogue(path) for text in texts(message.string) if message.id]
    assert [text for text in quoted if foreign & set(text)] == []


def test_a_translation_can_be_filled(path: Path) -> None:
    for message in catalogue(path):
        names = {name: 1 for text in texts(message.id) for name in NAME.findall(text)}
        for text in texts(message.string) if names else ():
            assert "%(" not in text % names


def test_messages_are_whole_and_not_pieces_of_sentences(messages: Catalog) -> None:
    """Only what stands between others may end with a space."""
    stated = [text for message in messages for text in texts(message.id)]
    assert [text for text in stated if text != text.strip() and text.strip(" ,;")] == []
