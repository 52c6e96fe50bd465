"""A policy in several languages: where each of its pages goes on in the others."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from gazette.model import Policy, Slug, Status, VersionId
from gazette.site import addresses
from gazette.site.addresses import Address
from gazette.site.editions import (
    Editions,
    about,
    alternates,
    editions_of,
    languages_of,
    listed_policies,
    switcher,
    with_languages,
)
from gazette.site.outputs import Page
from published import SETTINGS, policy, published, version

FIRST, SECOND, THIRD = "2026-01-05.v1", "2026-03-02.v1", "2026-05-04.v1"


def translation(slug: str, *translated: tuple[str, str]) -> Policy:
    """Return a translation with these versions, each with the version that it translates."""
    *older, newest = translated
    members = [
        version(posted, translates=VersionId.parse(original), title="Bedingungen")
        for posted, original in older
    ]
    last = version(newest[0], status=Status.IN_FORCE, translates=VersionId.parse(newest[1]))
    return policy(*members, last, slug=slug)


TERMS = policy(version(FIRST), version(SECOND), version(THIRD, status=Status.IN_FORCE))
GERMAN = translation(
    "de/terms", ("2026-01-09.v1", FIRST), ("2026-03-09.v1", SECOND), ("2026-04-01.v1", SECOND)
)
FRENCH = translation("fr/terms", ("2026-03-20.v1", SECOND))
PRIVACY = policy(version(FIRST, status=Status.IN_FORCE, title="Privacy"), slug="privacy")
ALL = (TERMS, PRIVACY, GERMAN, FRENCH)


def editions_in(*policies: Policy) -> Editions:
    return editions_of(SETTINGS, policies)[Slug("terms")]


@pytest.mark.parametrize(
    ("start", "below", "expected"),
    [
        (TERMS, "", ["policies/terms/", "de/policies/terms/", "fr/policies/terms/"]),
        (
            GERMAN,
            "versions/",
            [
                "policies/terms/versions/",
                "de/policies/terms/versions/",
                "fr/policies/terms/versions/",
            ],
        ),
        (
            TERMS,
            f"versions/{SECOND}/",
            [
                f"policies/terms/versions/{SECOND}/",
                "de/policies/terms/versions/2026-04-01.v1/",
                "fr/policies/terms/versions/2026-03-20.v1/",
            ],
        ),
        (
            GERMAN,
            "since/2026-01-09.v1/",
            [f"policies/terms/since/{FIRST}/", "de/policies/terms/since/2026-01-09.v1/"],
        ),
        (
            FRENCH,
            "versions/2026-03-20.v1/",
            [
                f"policies/terms/versions/{SECOND}/",
                "de/policies/terms/versions/2026-04-01.v1/",
                "fr/policies/terms/versions/2026-03-20.v1/",
            ],
        ),
        (
            TERMS,
            f"changes/{SECOND}/",
            [f"policies/terms/changes/{SECOND}/", "de/policies/terms/changes/2026-04-01.v1/"],
        ),
        (TERMS, f"versions/{THIRD}/", [f"policies/terms/versions/{THIRD}/"]),
        (TERMS, "compare/", ["policies/terms/compare/", "de/policies/terms/compare/"]),
        (TERMS, "sections/opening/", ["policies/terms/sections/opening/"]),
    ],
)
def test_a_page_has_its_counterpart_in_each_language(
    start: Policy, below: str, expected: list[str]
) -> None:
    folder = addresses.folder(start.slug)
    pages = editions_in(*ALL).of_page(start, Address(f"{folder}{below}"))
    assert [page.address for page in pages] == expected


def test_the_switcher_names_languages_as_their_speakers_do() -> None:
    html = switcher(SETTINGS, editions_in(*ALL), TERMS, Address("policies/terms/"))
    assert '<span aria-current="page">English</span>' in html
    assert '<a href="../../fr/policies/terms/" hreflang="fr">Français</a>' in html
    assert not switcher(
        SETTINGS, editions_in(*ALL), TERMS, Address(f"policies/terms/versions/{THIRD}/")
    )
    assert not switcher(SETTINGS, None, PRIVACY, Address("policies/privacy/"))


def test_search_engines_get_whole_addresses_and_one_for_everybody_else() -> None:
    urls = alternates(SETTINGS, editions_in(*ALL), GERMAN, Address("de/policies/terms/"))
    assert urls == [
        ("en", "https://help.example.com/policies/terms/"),
        ("de", "https://help.example.com/de/policies/terms/"),
        ("fr", "https://help.example.com/fr/policies/terms/"),
        ("x-default", "https://help.example.com/policies/terms/"),
    ]
    assert urls == alternates(SETTINGS, editions_in(*ALL), TERMS, Address("policies/terms/"))
    no_address = replace(SETTINGS, site_url="")
    assert alternates(no_address, editions_in(*ALL), TERMS, Address("policies/terms/")) == []


def test_retired_translations_are_offered_nowhere() -> None:
    gone = replace(GERMAN, retired=date(2026, 6, 1), in_force=None)
    both = editions_in(TERMS, gone)
    assert len(both.of_page(TERMS, Address("policies/terms/"))) == 1
    assert len(both.of_page(gone, Address("de/policies/terms/"))) == 2


TRANSLATES = f"terms/versions/{SECOND}/"


@pytest.mark.parametrize(
    ("setting", "start", "links"),
    [
        ("original", TERMS, []),
        (
            "original",
            FRENCH,
            [f"../../../policies/{TRANSLATES}", f"../../../policies/{TRANSLATES}"],
        ),
        ("none", FRENCH, [f"../../../policies/{TRANSLATES}"]),
        ("de", TERMS, ["../../de/policies/terms/"]),
        (
            "de",
            FRENCH,
            [
                f"../../../policies/{TRANSLATES}",
                "../../../de/policies/terms/versions/2026-04-01.v1/",
            ],
        ),
        ("de", GERMAN, [f"../../../policies/{TRANSLATES}"]),
        ("ja", GERMAN, [f"../../../policies/{TRANSLATES}", f"../../../policies/{TRANSLATES}"]),
    ],
)
def test_readers_learn_what_a_text_translates_and_which_one_prevails(
    setting: str, start: Policy, links: list[str]
) -> None:
    settings, address = replace(SETTINGS, prevailing=setting), addresses.policy(start.slug)
    note = about(settings, editions_in(*ALL), start, start.shown, address)
    assert re.findall('<a href="([^"]*)"', note) == links


@pytest.mark.parametrize(("tag", "comma"), [("fr", ", "), ("ar", "، "), ("ja", "、")])
def test_the_version_of_the_original_follows_its_title_as_the_language_writes_it(
    tag: str, comma: str
) -> None:
    start = translation(f"{tag}/terms", ("2026-03-20.v1", SECOND))
    note = about(
        SETTINGS, editions_in(TERMS, start), start, start.shown, addresses.policy(start.slug)
    )
    assert re.sub("<[^>]*>", "", note).count(f"Terms{comma}{SECOND}") == 1


def test_a_translation_is_made_again_where_its_original_is_called_otherwise() -> None:
    first, *_, third = TERMS.versions
    renamed = policy(first, version(SECOND, title="Conditions"), third)
    start, address = FRENCH.shown, addresses.policy(FRENCH.slug)
    both = editions_in(*ALL), editions_in(renamed, PRIVACY, GERMAN, FRENCH)
    notes = [about(SETTINGS, edition, FRENCH, start, address) for edition in both]
    assert ["Conditions" in note for note in notes] == [False, True]
    assert both[0].key != both[1].key


def test_a_home_page_lists_each_policy_once() -> None:
    editions = editions_of(SETTINGS, ALL)
    assert listed_policies(ALL, editions, "") == [TERMS, PRIVACY]
    assert listed_policies(ALL, editions, "de") == [GERMAN, PRIVACY]
    assert listed_policies(ALL, editions, "ja") == [TERMS, PRIVACY]
    assert listed_policies([GERMAN], {}, "") == [GERMAN]


def test_a_home_page_leads_to_the_other_languages() -> None:
    leading = languages_of(SETTINGS, [TERMS, PRIVACY], editions_of(SETTINGS, ALL), "")
    assert [*leading] == ["terms"]
    links = re.findall('<a href="([^"]*)"', leading[Slug("terms")])
    assert links == ["de/policies/terms/", "fr/policies/terms/"]


def test_every_page_leads_to_its_languages_and_files_stay_as_they_are() -> None:
    outputs, editions = published(GERMAN), editions_in(*ALL)
    archive = outputs["de/policies/terms/versions/"]
    page = with_languages(SETTINGS, editions, archive)
    assert isinstance(archive, Page)
    assert isinstance(page, Page)
    assert page.article.endswith(archive.article)
    assert 'href="../../../../policies/terms/versions/"' in page.article
    hreflangs = [relation.hreflang for relation in page.relations if relation.hreflang]
    assert hreflangs == ["en", "de", "fr", "x-default"]
    assert with_languages(SETTINGS, None, archive) is archive
    feed = outputs["de/policies/terms/feed.xml"]
    assert with_languages(SETTINGS, editions, feed) is feed
