"""What the archive and the pages about days say, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gazette.model import Absence, Policy, Status, VersionId
from gazette.site import time_pages
from gazette.site.outputs import Page
from published import policy, published, tree, version, withdrawn
from reading import words

ODD = policy(
    version("2026-01-05.v1", effective=date(2026, 1, 20)),
    version("2026-02-01.v1"),
    version("2026-02-01.v2"),
    version("2026-02-10.v1", effective=date(2026, 6, 1)),
    version("2026-03-01.v1", effective=date(2026, 4, 1)),
    version("2026-05-01.v1", status=Status.IN_FORCE),
    version("2026-11-01.v1", status=Status.UPCOMING, effective=date(2027, 1, 1)),
)
ODD = replace(
    ODD, complete_until=ODD.newest.id, absences=(Absence(date(2026, 4, 11), ODD.versions[4].id),)
)


def periods(terms: Policy, page: str = "on") -> list[tuple[str, list[str]]]:
    """Return each period's anchor and its sentences."""
    listed = tree(published(terms)[f"policies/terms/{page}/"]).xpath("//ol/li")
    return [(item.get("id"), [words(line) for line in item.xpath("./p")]) for item in listed]


@pytest.mark.parametrize("page", ["on", "since"])
def test_all_days_are_listed_in_words(page: str) -> None:
    assert periods(ODD, page) == [
        ("on-2027-01-01", ["Applies from 1 January 2027: version 2026-11-01.v1."]),
        ("on-2026-05-01", ["In force 1 May 2026 to 31 December 2026: version 2026-05-01.v1."]),
        (
            "on-2026-04-11",
            [
                "It is not recorded whether a version applied 11 April 2026 to 30 April 2026: the "
                "policy was taken out on 11 April 2026, and was back on 1 May 2026 at the latest."
            ],
        ),
        ("on-2026-04-01", ["In force 1 April 2026 to 10 April 2026: version 2026-03-01.v1."]),
        (
            "on-2026-02-01",
            [
                "In force 1 February 2026 to 31 March 2026: version 2026-02-01.v2.",
                "Version 2026-02-01.v1, posted on 1 February 2026, never was in force: version "
                "2026-02-01.v2 was posted the same day, after it.",
                "Version 2026-02-10.v1, posted on 10 February 2026, was to apply from 1 June 2026 "
                "and never was in force: version 2026-03-01.v1 took its place from 1 April 2026.",
            ],
        ),
        ("on-2026-01-20", ["In force 20 January 2026 to 31 January 2026: version 2026-01-05.v1."]),
        (
            "on-2026-01-05",
            [
                "From 5 January 2026 to 19 January 2026 no version applied yet. Version "
                "2026-01-05.v1 was posted on 5 January 2026 and applies from 20 January 2026."
            ],
        ),
        (
            "on-earlier",
            [
                "Before 5 January 2026 the record holds nothing: version 2026-01-05.v1, posted on "
                "that day, is the first."
            ],
        ),
    ]  # fmt: skip


def test_the_archive_lists_versions_and_gaps_with_their_periods() -> None:
    shown = tree(published(ODD)["policies/terms/versions/"])
    entries = shown.xpath("//li[contains(@class, 'gz-entry')]")
    assert [entry.get("id") for entry in entries] == [
        "2026-11-01.v1",
        "2026-05-01.v1",
        "on-2026-04-11",
        "2026-03-01.v1",
        "2026-02-10.v1",
        "2026-02-01.v2",
        "2026-02-01.v1",
        "2026-01-05.v1",
        "on-2026-01-05",
        "on-earlier",
    ]
    sentences = [words(entry.xpath(".//p[@class='gz-period']")[0]) for entry in entries]
    assert sentences[3] == "In force 1 April 2026 to 10 April 2026"
    assert sentences[4].startswith("Version 2026-02-10.v1, posted on 10 February 2026, was to ")
    assert "Posted 1 March 2026 · Effective 1 April 2026" in words(entries[3])
    anchors = {period for period, _ in periods(ODD)}
    assert anchors <= {element.get("id") for element in shown.xpath("//*[@id]")}


def test_the_oldest_of_very_many_versions_are_lines_by_year(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = published(ODD)["policies/terms/versions/"]
    monkeypatch.setattr(time_pages, "MAX_ENTRIES", 3)
    page = published(ODD)["policies/terms/versions/"]
    assert isinstance(page, Page)
    shown, before = tree(page), tree(whole)
    assert len(shown.xpath("//li[contains(@class, 'gz-entry')]")) == 3
    assert shown.xpath("//details/@id") == ["year-2026"]
    assert page.contents[2:] == (("year-2026", "2026"),)
    places = "//ol/li/@id | //ol/li/@data-first | //ol/li/@data-last | //ol/li/@data-posted"
    assert shown.xpath(places) == before.xpath(places)
    ids = {str(name) for name in before.xpath("//*/@id")} | {"year-2026"}
    assert {str(name) for name in shown.xpath("//*/@id")} == ids
    lines = [words(line) for line in shown.xpath("//details//p[@class='gz-period']")]
    assert lines[0] == "In force 1 April 2026 to 10 April 2026: Version 2026-03-01.v1."
    assert lines[1].startswith("Version 2026-02-10.v1, posted on")
    assert lines[-1].startswith("Before 5 January 2026 the record holds nothing")
    assert pages_linked(shown) == pages_linked(before)


def pages_linked(archive: Any) -> set[str]:
    """Return the links of the entries of an archive to pages."""
    links = (str(link) for link in archive.xpath("//ol//a/@href") if link.endswith("/"))
    return {link.removeprefix("../versions/") for link in links}


def test_a_withdrawn_version_says_what_is_known_of_it() -> None:
    terms = policy(
        version("2026-01-05.v1", status=Status.IN_FORCE),
        version("2026-02-01.v1", status=Status.WITHDRAWN),
    )
    assert periods(terms)[0][1][1:] == [
        "Version 2026-02-01.v1, posted on 1 February 2026, was withdrawn. Nothing records for how "
        "long it stood here."
    ]


def test_days_on_which_a_version_applied_again_are_listed() -> None:
    terms = policy(
        version("2026-01-05.v1"),
        version("2026-03-01.v1", status=Status.IN_FORCE, effective=date(2026, 4, 1)),
        absences=(Absence(date(2026, 2, 1), VersionId.parse("2026-01-05.v1")),),
        complete_until=VersionId.parse("2026-03-01.v1"),
    )
    listed = periods(terms)
    assert [anchor for anchor, _ in listed] == [
        *("on-2026-04-01", "on-2026-03-01", "on-2026-02-01", "on-2026-01-05", "on-earlier"),
    ]
    assert listed[1][1] == [
        "In force again 1 March 2026 to 31 March 2026: version 2026-01-05.v1. The policy came back "
        "with a version that did not apply yet."
    ]
    assert listed[3][1] == ["In force 5 January 2026 to 31 January 2026: version 2026-01-05.v1."]
    archive = words(tree(published(terms)["policies/terms/versions/"]))
    assert "In force again 1 March 2026 to 31 March 2026" in archive
    assert "In force 5 January 2026 to 31 January 2026" in archive


def test_a_retired_policy_applied_until_it_left() -> None:
    terms = policy(
        version("2026-01-05.v1"),
        version("2026-02-01.v1", status=Status.RETIRED, effective=date(2026, 9, 1)),
        retired=date(2026, 3, 1),
    )
    assert [lines for _, lines in periods(terms)][:2] == [
        ["No version applied since 1 March 2026: the policy was retired."],
        [
            "In force 5 January 2026 to 28 February 2026: version 2026-01-05.v1.",
            "The record is not known to be complete here: a version may be missing that applied on "
            "some of these days.",
            "Version 2026-02-01.v1, posted on 1 February 2026, was to apply from 1 September 2026 "
            "and never was in force: the policy was retired before that day.",
        ],
    ]


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (None, "Nothing vouches for it that this record is complete"),
        (0, "known to be complete up to version 2026-01-05.v1; whether a version is missing"),
        (6, "The record is complete from its first version on, as far as its history tells."),
    ],
)
def test_pages_say_whether_the_record_is_complete(known: int | None, sentence: str) -> None:
    until = None if known is None else ODD.versions[known].id
    site = published(replace(ODD, complete_until=until))
    for page in ("versions", "on", "since"):
        assert sentence in words(tree(site[f"policies/terms/{page}/"]))


@pytest.mark.parametrize("page", ["on", "since"])
def test_each_period_leads_to_its_text_and_to_what_changed_since(page: str) -> None:
    shown = tree(published(ODD)[f"policies/terms/{page}/"])
    assert shown.xpath("//li[@id='on-2026-02-01']//a/@href") == [
        "../versions/2026-02-01.v2/",
        *(f"../versions/{never}/" for never in ("2026-02-01.v1", "2026-02-10.v1")),
        "../since/2026-02-01.v2/",
    ]


def test_days_before_the_first_version_lead_to_what_changed_since_it() -> None:
    shown = tree(published(ODD)["policies/terms/on/"])
    assert shown.xpath("//li[@id='on-earlier']//a/@href")[-1] == "../since/2026-01-05.v1/"


def test_days_on_which_a_withdrawn_version_applied_are_listed() -> None:
    terms = withdrawn(version("2026-03-01.v1", status=Status.IN_FORCE))
    known = replace(terms, complete_until=VersionId.parse("2026-03-01.v1"))
    assert [sentences for _, sentences in periods(known)][:-1] == [
        ["In force since 1 March 2026: version 2026-03-01.v1."],
        [
            "In force again 10 February 2026 to 28 February 2026: version 2026-01-05.v1. Version "
            "2026-02-01.v1 was withdrawn."
        ],
        ["In force 1 February 2026 to 9 February 2026: version 2026-02-01.v1."],
        ["In force 5 January 2026 to 31 January 2026: version 2026-01-05.v1."],
    ]


def test_the_archive_lists_days_after_a_withdrawal_in_their_place() -> None:
    terms = withdrawn(version("2026-03-01.v1", status=Status.IN_FORCE))
    shown = tree(published(terms)["policies/terms/versions/"])
    assert [entry.get("id") for entry in shown.xpath("//li[contains(@class, 'gz-entry')]")] == [
        *("2026-03-01.v1", "on-2026-02-10", "2026-02-01.v1", "2026-01-05.v1", "on-earlier"),
    ]


def test_a_version_that_was_withdrawn_before_it_applied_says_when() -> None:
    terms = withdrawn(effective=date(2026, 2, 20))
    assert next(sentences for _, sentences in periods(terms)) == [
        "In force since 5 January 2026: version 2026-01-05.v1.",
        "Version 2026-02-01.v1, posted on 1 February 2026, never was in force: it was withdrawn on "
        "10 February 2026.",
    ]
