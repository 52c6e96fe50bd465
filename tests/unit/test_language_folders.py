"""Which files say in another language what another one says."""

from __future__ import annotations

import pytest

from gazette.imports.language_folders import editions_of, links_from

TEXTS = {"de": "Diese Regeln gelten überall.", "": "These rules hold everywhere."}


def languages(*paths: str, text: str = "") -> dict[str, str]:
    """Return the language of each file that is a translation, and its original behind it."""

    def text_of(path: str) -> str:
        return text or TEXTS["de" if "de" in path else ""]

    editions = editions_of(paths, text_of)
    return {path: " ".join(filter(None, edition)) for path, edition in editions.items()}


@pytest.mark.parametrize(
    ("path", "original", "language"),
    [
        ("de/terms.md", "terms.md", "de"),
        ("legal/de/a/terms.md", "legal/a/terms.md", "de"),
        ("de-at/terms.md", "terms.md", "de-AT"),
        ("terms.de.md", "terms.md", "de"),
        ("legal/terms.pt_BR.md", "legal/terms.md", "pt-BR"),
        ("locales/fr/terms.md", "terms.md", "fr"),
        ("site/translations/fr/legal/terms.md", "site/docs/legal/terms.md", "fr"),
        ("i18n/fr/docusaurus-plugin-content-docs/current/a/b.md", "docs/a/b.md", "fr"),
        ("i18n/fr/docusaurus-plugin-content-docs-legal/version-2/b.md", "legal/b.md", "fr"),
        ("www/i18n/zh-Hans/docusaurus-plugin-content-pages/b.md", "www/src/pages/b.md", "zh-Hans"),
    ],
)
def test_places_of_translations(path: str, original: str, language: str) -> None:
    text = "" if "de" in path else "一二三"
    assert languages(path, original, "else.md", text=text) == {path: f"{language} {original}"}


def test_folders_of_languages_without_a_text_above_them() -> None:
    assert languages("text/en/terms.md", "text/de/terms.md", "text/de/fees.md") == {
        "text/en/terms.md": "text/terms.md",
        "text/de/terms.md": "de text/en/terms.md",
    }


@pytest.mark.parametrize(
    "paths",
    [
        ("de/terms.md", "fees.md"),
        ("api/terms.md", "terms.md"),
        ("docs/terms.md", "terms.md"),
        ("terms.old.md", "terms.md"),
    ],
)
def test_what_is_no_translation(paths: tuple[str, ...]) -> None:
    assert languages(*paths) == {}


def test_texts_of_countries_in_one_language_are_no_translations() -> None:
    assert languages("uk/terms.md", "terms.md", text="These rules hold everywhere.") == {}


def test_links_lead_on_from_the_folder_of_a_language() -> None:
    body = "[a](fees.md#b) ![c](../assets/d.png) [e](de/f.md) [g](#h) [i](j.md)"
    known = {"fees.md", "de/f.md"}
    assert links_from(body, "de", known.__contains__) == (
        "[a](../fees.md#b) ![c](../../assets/d.png) [e](f.md) [g](#h) [i](j.md)"
    )
