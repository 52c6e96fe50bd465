"""Articles: what stands around the texts, and that no word of a text is taken for HTML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from markupsafe import Markup

from gazette.language import ENGLISH
from gazette.model import Absence, Status, Version, VersionId
from gazette.site import articles, time_pages
from gazette.site.articles import Banner
from gazette.site.outputs import Page
from gazette.site.overview import LATEST, latest_updates, site_files
from gazette.site.periods import timeline
from gazette.site.updates import Update
from published import (
    DAY,
    SETTINGS,
    fragments_of,
    html,
    policy,
    published,
    text,
    tree,
    version,
    withdrawn,
)

IN_FORCE, UPCOMING = Status.IN_FORCE, Status.UPCOMING
HOSTILE = "<b>&\"'</b>"


def test_a_policy_is_shown_with_its_version_and_what_is_coming() -> None:
    terms = policy(
        version("2026-01-05.v1"),
        version("2026-02-01.v1", status=IN_FORCE),
        version("2026-12-01.v1", status=UPCOMING),
    )
    page = articles.policy_page(
        SETTINGS, terms, timeline(terms), Markup("<h1>Terms</h1><p>Text.</p>")
    )
    assert "Version 2026-02-01.v1" in page
    assert "<p>Text.</p>" in page
    assert 'href="changes/2026-02-01.v1/"' in page
    assert "A new version applies from" in page
    assert 'href="versions/2026-12-01.v1/"' in page
    assert page.count("<h1") == 1
    assert "<h1>Terms</h1>" in articles.policy_page(
        SETTINGS, terms, timeline(terms), Markup("<p>Text.</p>")
    )


def test_a_policy_not_in_force_yet_says_so() -> None:
    terms = policy(version("2026-12-01.v1", status=UPCOMING))
    page = articles.policy_page(SETTINGS, terms, timeline(terms), Markup("<p>Text.</p>"))
    assert "<strong>Applies from <time" in page


def test_pages_name_days_so_that_a_late_build_makes_none_of_them_false() -> None:
    old, new = version("2026-01-05.v1", status=IN_FORCE), version("2026-12-01.v1", status=UPCOMING)
    site = published(policy(old, new))
    pages = [html(output) for output in site.values() if isinstance(output, Page)]
    words = " ".join(tree(page).text_content() for page in pages)
    for phrase in (
        "not in force",
        "upcoming",
        "currently",
        "today",
        "permanent copy of the text in",
    ):
        assert phrase not in words.lower()
    archive = " ".join(tree(site["policies/terms/versions/"]).text_content().split())
    assert "Version 2026-01-05.v1 In force 5 January 2026 to 30 November 2026" in archive
    assert "Version 2026-12-01.v1 Applies from 1 December 2026" in archive
    alone = html(published(policy(old))["policies/terms/versions/2026-01-05.v1/"])
    assert "In force since <time" in alone


def test_a_draft_is_announced_above_the_text() -> None:
    terms = policy(version("2026-01-05.v1", status=IN_FORCE))
    banner = Banner("Not released.", "1 section amended", (("Fees", "“1” becomes “2”"),), 2, "x/")
    page = articles.policy_page(SETTINGS, terms, timeline(terms), Markup("<p>Text.</p>"), banner)
    assert "Not released." in page
    assert "“1” becomes “2”" in page
    assert "and 2 more" in page


FACTS: dict[str, dict[str, Any]] = {
    "Cookies": {"category": "Privacy"},
    "Terms": {"category": "Terms"},
    "Data": {"category": "Privacy", "description": "What we keep."},
    "Brand": {},
}


def test_the_home_page_groups_policies_in_the_order_of_the_settings() -> None:
    named = [
        policy(version("2026-01-05.v1", status=IN_FORCE, title=title, **facts), slug=title.lower())
        for title, facts in FACTS.items()
    ]
    gone = policy(version("2026-01-05.v1", status=Status.RETIRED), slug="gone", retired=DAY)
    page = articles.home_page(SETTINGS, Markup("<h1>Help</h1>"), [*named, gone], [])
    shown = tree(page)
    sections = shown.xpath("//section[@class='gz-category']")
    assert [
        [str(item.text_content()) for item in section.xpath("./h2 | .//h3")] for section in sections
    ] == [["Privacy", "Cookies", "Data"], ["Terms", "Terms"], ["Other policies", "Brand"]]
    assert "What we keep." in page
    assert "retired" in page
    intro = Markup('<h1>Help</h1><h2 id="retired-policies">Retired Policies</h2>')
    ids = tree(articles.home_page(SETTINGS, intro, [*named, gone], [])).xpath("//@id")
    assert len(ids) == len(set(ids))
    alone = articles.home_page(SETTINGS, Markup(""), [named[3]], [])
    assert ">Policies</h2>" in alone


def home_of(titles: list[str]) -> Any:
    """Return the home page of policies with these titles."""
    named = [
        policy(version("2026-01-05.v1", status=IN_FORCE, title=title), slug=f"policy-{number}")
        for number, title in enumerate(titles)
    ]
    latest = [(named[0], Update(named[0].newest, named[0].newest, ()))]
    return tree(articles.home_page(SETTINGS, Markup(""), named, latest))


def test_very_many_policies_are_listed_by_initials_below_what_is_new() -> None:
    titles = [f"{'abc'[number % 3]} terms {number}" for number in range(articles.MAX_CARDS - 1)]
    shown = home_of([*titles, "7 rules", "(Draft) rules"])
    headings = shown.xpath("//section[@class='gz-category']//h3")
    assert [heading.text for heading in headings] == ["#", "A", "B", "C"]
    assert shown.xpath("//p[@class='gz-initials']/a/@href") == [
        f"#{heading.get('id')}" for heading in headings
    ]
    assert len(shown.xpath("//ul[@class='gz-names']/li/a")) == articles.MAX_CARDS + 1
    assert shown.xpath("//section/@class") == ["gz-latest", "gz-category"]
    few = home_of(titles)
    assert len(few.xpath("//li[@class='gz-card']")) == len(titles)
    assert few.xpath("//section/@class") == ["gz-category", "gz-latest"]


@pytest.mark.parametrize("others", [1, articles.MAX_CARDS])
def test_policies_of_one_name_are_distinguished_by_their_addresses(others: int) -> None:
    titles = ["Privacy", "Privacy", *(f"Rules {number}" for number in range(others))]
    items = home_of(titles).xpath("//section[@class='gz-category']//li")
    stamps = [item.xpath("./p[@class='gz-stamp'][1]")[0].text_content() for item in items[:2]]
    assert stamps == ["policy-0", "policy-1"]
    assert not any("policy-" in item.text_content() for item in items[2:])


def test_initials_are_left_out_where_nearly_every_name_has_its_own() -> None:
    titles = [chr(ord("一") + number) for number in range(articles.MAX_CARDS + 1)]
    shown = home_of(titles)
    assert not shown.xpath("//section[@class='gz-category']//h3 | //p[@class='gz-initials']")
    assert len(shown.xpath("//ul[@class='gz-names']/li")) == len(titles)


def test_latest_updates_are_the_newest_of_all_policies() -> None:
    versions = [version(f"2026-01-0{day}.v1", summary=f"Day {day}.") for day in range(1, 9)]
    terms = policy(*versions)
    privacy = policy(version("2026-01-05.v2"), version("2026-01-08.v2"), slug="privacy")
    update = Update(privacy.versions[0], privacy.versions[1], (("amended", 1), ("added", 2)))
    asked: list[str] = []

    def updates_of(slug: str) -> list[Update]:
        asked.append(slug)
        return [update]

    latest = latest_updates([terms, privacy], updates_of)
    assert len(latest) == LATEST
    assert latest[0] == (privacy, update)
    assert [str(item.new.id) for _, item in latest[1:]] == [
        f"2026-01-0{day}.v1" for day in (8, 7, 6, 5)
    ]
    assert asked == ["privacy"]  # counts are asked for only where no summary says what changed
    page = articles.home_page(SETTINGS, Markup(""), [terms, privacy], latest)
    assert "1 section amended, 2 sections added" in page
    assert "Day 8." in page


def test_all_policies_share_a_record_and_a_feed() -> None:
    *schemas, record, feed = site_files(SETTINGS, [policy(version("2026-01-05.v1"))], fragments_of)
    assert {schema.address.partition("/")[0] for schema in schemas} == {"schemas"}
    assert record.address == "policies.json"
    assert '"policy":"terms"' in text(record)
    assert feed.address == "feed.xml"
    assert "Terms, version 2026-01-05.v1" in text(feed)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (
            Status.UPCOMING,
            "Applies from 1 February 2026: version 2026-02-01.v1, no section changed in wording. "
            "See what will change Go to the text that applies until then",
        ),
        (
            Status.WITHDRAWN,
            "Withdrawn: version 2026-02-01.v1. Go to the text in force All changes since",
        ),
    ],
)
def test_the_page_of_a_version_says_where_it_stands(status: Status, sentence: str) -> None:
    terms = policy(
        version("2026-01-05.v1", status=IN_FORCE), version("2026-02-01.v1", status=status)
    )
    page = html(published(terms)["policies/terms/versions/2026-02-01.v1/"])
    assert bar(page) == sentence
    assert 'rel="prev" href="../2026-01-05.v1/"' in page
    assert 'rel="next"' not in page


@pytest.mark.parametrize(
    ("effective", "following", "sentence"),
    [
        (date(2026, 2, 1), [], "in force since 1 February 2026"),
        (date(2026, 1, 20), [], "in force since 1 February 2026"),
        (
            date(2026, 2, 1),
            [version("2026-10-01.v1", status=Status.UPCOMING, effective=DAY)],
            "in force until 31 October 2026",
        ),
    ],
)
def test_a_redline_names_the_days_on_which_its_version_is_in_force(
    effective: date, following: list[Version], sentence: str
) -> None:
    new = version("2026-02-01.v1", status=IN_FORCE, effective=effective)
    terms = policy(version("2026-01-05.v1"), new, *following)
    shown = tree(published(terms)["policies/terms/changes/2026-02-01.v1/"])
    [badge] = shown.xpath("//span[contains(@class, 'gz-badge')]")
    assert badge.text_content().strip() == sentence


def bar(page: str) -> str:
    """Return the words of the bar above a text that is not in force."""
    [element] = tree(page).xpath("//aside[contains(@class, 'gz-bar')]")
    return " ".join(element.text_content().split())


def test_the_bar_of_a_superseded_text_stays_the_same_when_versions_follow() -> None:
    versions = [
        version("2026-01-05.v1"),
        version("2026-02-01.v1", effective=date(2026, 6, 1)),
        version("2026-03-01.v1"),
        version("2026-03-01.v2"),
        version("2026-04-01.v1"),
    ]
    before = published(policy(*versions[:-1], replace(versions[-1], status=IN_FORCE)))
    after = published(policy(*versions, version("2026-05-01.v1", status=IN_FORCE)))
    expected = {
        0: "Superseded on 1 March 2026: version 2026-01-05.v1.",
        1: "Never in force: version 2026-02-01.v1. Version 2026-03-01.v1 took its place.",
        2: "Never in force: version 2026-03-01.v1. Version 2026-03-01.v2 was posted the same day.",
        3: "Superseded on 1 April 2026: version 2026-03-01.v2.",
    }
    for place, sentence in expected.items():
        address = f"policies/terms/versions/{versions[place].id}/"
        links = " Go to the text in force All changes since"
        assert bar(html(before[address])) == bar(html(after[address])) == sentence + links


def test_texts_of_a_retired_policy_lead_to_its_page() -> None:
    terms = policy(
        version("2026-01-05.v1"),
        version("2026-02-01.v1", status=Status.RETIRED),
        retired=DAY,
    )
    site = published(terms)
    assert bar(html(site["policies/terms/versions/2026-02-01.v1/"])) == (
        "Retired on 1 November 2026: version 2026-02-01.v1. Go to the policy"
    )
    assert bar(html(site["policies/terms/versions/2026-01-05.v1/"])) == (
        "Superseded on 1 February 2026: version 2026-01-05.v1. Go to the policy All changes since"
    )


def test_a_text_that_applied_until_its_policy_left_says_so() -> None:
    terms = policy(
        version("2026-01-05.v1"),
        version("2026-03-01.v1", status=IN_FORCE),
        absences=(Absence(date(2026, 2, 1), VersionId.parse("2026-01-05.v1")),),
    )
    assert bar(html(published(terms)["policies/terms/versions/2026-01-05.v1/"])).startswith(
        "In force until 31 January 2026: version 2026-01-05.v1."
    )


def test_the_text_in_force_has_no_bar_but_says_since_when() -> None:
    terms = policy(
        version("2026-01-05.v1"),
        version("2026-02-01.v1", status=IN_FORCE, summary="The fee rises.", effective=DAY),
    )
    page = articles.policy_page(SETTINGS, terms, timeline(terms), Markup("<p>Text.</p>"))
    copy = html(published(terms)["policies/terms/versions/2026-02-01.v1/"])
    assert "gz-bar" not in page + copy
    [line] = tree(page).xpath("//p[@class='gz-applies']")
    assert " ".join(line.text_content().split()) == (
        "In force since 1 November 2026 · Last change: The fee rises. See it"
    )
    assert line.xpath("./a/@href") == ["changes/2026-02-01.v1/"]
    [line] = tree(copy).xpath("//p[@class='gz-applies']")
    assert " ".join(line.text_content().split()).startswith("In force since 1 November 2026. ")


def test_steps_between_updates_begin_with_the_second_version() -> None:
    earlier = (version(f"2026-01-0{day}.v1", f"Text {day}.\n") for day in (1, 2))
    terms = policy(*earlier, version("2026-01-03.v1", "Text 3.\n", IN_FORCE))
    site = published(terms)
    first = html(site["policies/terms/changes/2026-01-02.v1/"])
    assert 'rel="prev"' not in first
    assert 'rel="next" href="../2026-01-03.v1/"' in first
    assert 'rel="prev" href="../2026-01-02.v1/"' in html(
        site["policies/terms/changes/2026-01-03.v1/"]
    )


def test_a_long_list_of_updates_is_cut() -> None:
    versions = [version(f"2026-01-05.v{number}", f"Text {number}.\n") for number in range(1, 25)]
    terms = policy(*versions, version("2026-02-01.v1", "Text.\n", IN_FORCE))
    page = html(published(terms)["policies/terms/since/2026-01-05.v1/"])
    assert "in 24 updates" in page
    assert f"These are the newest {articles.NEWEST}" in page
    assert page.count("No section changed") + page.count("section amended") == articles.NEWEST


def test_titles_and_summaries_are_never_html() -> None:
    facts: dict[str, Any] = {"title": HOSTILE, "summary": HOSTILE, "description": HOSTILE}
    terms = policy(
        version("2026-01-05.v1", f"## {HOSTILE}\n", **facts),
        version("2026-02-01.v1", "## Law\n", IN_FORCE, **facts),
        former_slugs=("old",),
    )
    retired = replace(terms, retired=DAY)
    outputs = published(terms)
    pages = [
        item for item in outputs.values() if not item.address.endswith((".md", ".json", ".xml"))
    ]
    for page in pages:
        elements = [item for item in tree(page).iter("b") if item.text == "&\"'"]
        # The editor's own heading is the only one: raw HTML of a policy's text is kept.
        assert len(elements) <= 2
        assert all(item.getparent().tag in ("h2", "h3", "ins", "del", "p") for item in elements)
    for article in (
        *(page.article for page in time_pages.pages(ENGLISH, terms, [], timeline(terms))),
        articles.moved_page(ENGLISH, HOSTILE, pages[0].address, pages[0].address),
        articles.home_page(SETTINGS, Markup(""), [terms], []),
        articles.retired_page(SETTINGS, retired, timeline(retired), titled=False),
    ):
        assert "<b>" not in article


def test_the_bar_of_a_withdrawn_text_says_when_it_was() -> None:
    page = html(published(withdrawn())["policies/terms/versions/2026-02-01.v1/"])
    links = "Go to the text in force All changes since"
    assert bar(page) == f"Withdrawn on 10 February 2026: version 2026-02-01.v1. {links}"
