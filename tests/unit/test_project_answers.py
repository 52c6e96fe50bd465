"""Answers about a new project: what is taken, how it is written, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gazette.authoring.project_answers import (
    category_names,
    company_name,
    site_address,
    site_language,
    support_address,
)
from gazette.errors import SetupError
from gazette.settings import BLOCK

LANGUAGES = {"de", "en", "pt-BR", "zh-Hant"}


def language(text: str) -> str:
    return site_language(text, LANGUAGES)


@pytest.mark.parametrize(
    ("check", "typed", "taken"),
    [
        (company_name, "  Müller &  Söhne ", "Müller & Söhne"),
        (company_name, 'The "Best": Company', 'The "Best": Company'),
        (company_name, "株式会社", "株式会社"),
        (site_address, "https://help.corp.example/", "https://help.corp.example/"),
        (site_address, "help.corp.example", "https://help.corp.example/"),
        (site_address, "http://corp.example:8080/legal", "http://corp.example:8080/legal/"),
        (site_address, "http://localhost/", "http://localhost/"),
        (site_address, "https://hilfe.müller.example/", "https://hilfe.müller.example/"),
        (support_address, "help@corp.example", "mailto:help@corp.example"),
        (support_address, "mailto:help@corp.example", "mailto:help@corp.example"),
        (support_address, " https://corp.example/ask?x=1 ", "https://corp.example/ask?x=1"),
        (language, "DE", "de"),
        (language, "pt_br", "pt-BR"),
        (category_names, "Privacy, Terms", ("Privacy", "Terms")),
        (category_names, " a,, b ,a", ("a", "b")),
        (category_names, "", ()),
    ],
)
def test_answers_are_taken_as_settings_have_them(
    check: Callable[[str], object], typed: str, taken: object
) -> None:
    assert check(typed) == taken


@pytest.mark.parametrize(
    ("check", "typed", "words"),
    [
        (company_name, " ", "needs a name"),
        (company_name, "\u200b\u2060", "needs a name"),
        (company_name, "x" * 101, "101"),
        (site_address, "our site", "no address of a site"),
        (site_address, "", "no address of a site"),
        (site_address, "corp", "no address of a site"),
        (site_address, "ftp://corp.example/", "no address of a site"),
        (site_address, "https://corp.example:port/", "no address of a site"),
        (site_address, "https://a..example/", "no address of a site"),
        (site_address, f"https://{'x' * 64}.example/", "no address of a site"),
        (site_address, "https://corp.example/?page=1", "leave out"),
        (site_address, "https://corp.example/#top", "leave out"),
        (site_address, "https://me:secret@corp.example/", "password"),
        (support_address, "help", "neither an e-mail address"),
        (support_address, "help@corp", "neither an e-mail address"),
        (support_address, "javascript:alert(1)", "neither an e-mail address"),
        (support_address, "https://corp", "neither an e-mail address"),
        (support_address, "", "neither an e-mail address"),
        (language, "english", "It knows: de, en"),
        (category_names, "Pri\u200bvacy", "nobody sees"),
        (category_names, "x" * 101, "letters"),
    ],
)
def test_other_answers_are_refused_with_a_sentence(
    check: Callable[[str], object], typed: str, words: str
) -> None:
    with pytest.raises(SetupError, match=words):
        check(typed)


@pytest.mark.parametrize("typed", ["help@corp.example", "https://corp.example/ask"])
def test_support_is_what_the_settings_take(typed: str) -> None:
    support = support_address(typed)
    assert BLOCK.validate_python({"support": support}).support == support
