"""Every command makes the same slug of a title, and always a valid one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.imports.page_import import read_page
from gazette.model import Slug
from gazette.record.published import untitled
from gazette.text.markdown_settings import DEFAULT
from gazette.text.slugs import is_slug, slug_below, slug_from, unique_slug

SLUGS = st.from_regex("[a-z0-9]{1,3}(-[a-z0-9]{1,3}){0,2}", fullmatch=True)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Terms & Conditions", "terms-and-conditions"),
        ("Règles d’usage", "regles-dusage"),
        ("User's Guide", "users-guide"),
        ("Verkauf außer Haus", "verkauf-ausser-haus"),
        ("Smørrebrød", "smorrebrod"),
        ("legal/terms of_use", "legal-terms-of-use"),
        ("利用規約", ""),
        ("!!!", ""),
    ],
)
def test_slug_of_words(words: str, slug: str) -> None:
    assert slug_from(words) == slug


@given(st.text())
def test_slug_of_anything_is_valid_or_empty(words: str) -> None:
    slug = slug_from(words)
    assert slug == "" or is_slug(slug)
    assert slug_from(slug) == slug


@pytest.mark.parametrize("words", ["Terms & Conditions", "Straße", "A’s & B's"])
def test_import_makes_the_slug_of_the_title(words: str) -> None:
    page = f"{words}\n\nText of the policy.\n".encode()
    assert read_page("page.txt", page, date(2026, 11, 23), DEFAULT).slug == slug_from(words)


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "a\n", "A", "a b", "é"])
def test_what_is_no_slug(text: str) -> None:
    assert not is_slug(text)


@given(st.lists(SLUGS, min_size=1), st.sets(SLUGS))
def test_unique_slug_is_valid_and_free(candidates: list[str], taken: set[str]) -> None:
    slug = unique_slug(["", *candidates], taken)
    assert is_slug(slug)
    assert slug not in taken


def test_unique_slug_prefers_the_first_candidate_then_a_number() -> None:
    assert unique_slug(("a", "b"), {"a"}) == "b"
    assert unique_slug(("a", "b"), {"a", "b", "b-2"}) == "b-3"


def test_a_text_without_a_title_is_named_after_its_file_without_its_language() -> None:
    assert untitled(Slug("privacy-policy")) == "Privacy policy"
    assert untitled(Slug("de/privacy-policy")) == "Privacy policy"


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("docs/policies/terms.md", "terms"),
        ("docs/policies/pt-BR/terms.md", "pt-BR/terms"),
        ("docs/policies/drafts/terms.md", None),
        ("docs/policies/de/old/terms.md", None),
        ("docs/policies/terms.txt", None),
        ("docs/terms.md", None),
    ],
)
def test_policies_stand_in_their_folder_and_in_those_of_languages(
    path: str, slug: str | None
) -> None:
    assert slug_below(path, "docs/policies/") == slug
