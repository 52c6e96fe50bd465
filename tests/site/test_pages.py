"""Every page stands at its address and says what its readers come for."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from commands import tree
from reading import feed, page, parsed, words

PRIVACY = "policies/privacy-policy"
EARLIER = ("2025-02-10.v1", "2025-09-01.v1")
CURRENT = "2026-03-31.v1"
HEADINGS = [
    "1. Information Collection",
    "2. Information Use",
    "3. Logs and Traffic Data",
    "4. Cookies",
    "5. Information Sharing",
    "6. Data Security",
    "7. Retention Period",
    "8. User Rights",
    "9. Cross-Border Data",
    "10. Policy Updates",
]


def article(site: Path, address: str) -> Any:
    (file,) = page(site, address).xpath("//article")
    return file


def test_policy_has_the_anatomy_of_a_help_center_page(built: Path) -> None:
    text = article(built, f"{PRIVACY}/")
    shown = words(text)
    order = [
        "Back to Help Center",
        f"Version {CURRENT}",
        "Updated 31 March 2026",
        "Privacy Policy",
        *HEADINGS,
        "Need help?",
        "Contact support",
    ]
    places = [shown.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)
    headings = [
        words(element).rstrip("¶") for element in text.xpath(".//h2[not(@id='gz-need-help')]")
    ]
    assert headings == HEADINGS
    assert text.xpath(".//a[text()='Contact support']/@href") == ["mailto:support@example.com"]


def test_home_lists_policies_by_category_and_the_latest_updates(built: Path) -> None:
    text = article(built, "")
    assert [words(element) for element in text.xpath(".//h2")][:3] == [
        "Privacy",
        "Terms",
        "Latest updates",
    ]
    links = text.xpath(".//h3/a/@href")
    assert set(links) == {
        "policies/privacy-policy/",
        "policies/cookie-policy/",
        "policies/terms-of-service/",
    }
    updates = text.xpath(".//section[@class='gz-latest']//li//a/@href")
    assert len(updates) == 5
    assert all("/changes/" in link for link in updates)


@pytest.mark.parametrize("version", [*EARLIER, CURRENT])
def test_every_version_stands_at_its_address_with_its_own_text(built: Path, version: str) -> None:
    project = built.parent
    here = built / PRIVACY / "versions" / version
    kept = project / "versions/privacy-policy" / f"{version}.md"
    source = kept if kept.exists() else project / "docs/policies/privacy-policy.md"
    assert (here / f"{version}.md").read_bytes() == source.read_bytes()
    record = json.loads((here / f"{version}.json").read_text())
    assert record["sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
    assert record["version"] == version
    shown = words(article(built, f"{PRIVACY}/versions/{version}/"))
    for section in record["sections"]:
        assert section["heading"] in shown


def test_text_of_the_current_version_is_the_text_in_force(built: Path) -> None:
    def text(address: str) -> str:
        (file,) = article(built, address).xpath(".//div[@class='gz-text']")
        for line in file.xpath(
            ".//*[@class and contains('gz-mark gz-old gz-had gz-gone', @class)]"
        ):
            line.drop_tree()
        return words(file)

    assert text(f"{PRIVACY}/versions/{CURRENT}/") == text(f"{PRIVACY}/")


@pytest.mark.parametrize(
    ("version", "since"),
    [
        ("2025-02-10.v1", "2025-10-01"),  # its successor said from when it applies
        ("2025-09-01.v1", "2026-03-31"),
    ],
)
def test_earlier_version_says_since_when_it_is_superseded(
    built: Path, version: str, since: str
) -> None:
    here = f"{PRIVACY}/versions/{version}/"
    (bar,) = article(built, here).xpath(".//aside[contains(@class, 'gz-bar--superseded')]")
    assert words(bar).startswith("Superseded on")
    assert f"version {version}." in words(bar)
    assert bar.xpath(".//time/@datetime") == [since]
    links = set(bar.xpath(".//a/@href"))
    assert {"../../", f"../../since/{version}/"} <= links


@pytest.mark.parametrize("version", EARLIER)
def test_earlier_version_is_kept_from_search_and_navigation(built: Path, version: str) -> None:
    address = f"{PRIVACY}/versions/{version}/"
    robots = page(built, address).xpath("//meta[@name='robots']/@content")
    assert robots == ["noindex"]
    assert version not in (built / "sitemap.xml").read_text()
    assert f"versions/{version}" not in (built / "search/search_index.json").read_text()
    for navigation in page(built, "").xpath("//nav[contains(@class, 'md-nav--primary')]"):
        assert not navigation.xpath(f".//a[contains(@href, '{version}')]")


def test_search_finds_texts_and_nothing_that_stands_around_their_headings(built: Path) -> None:
    index = (built / "search/search_index.json").read_text("utf-8")
    assert "Retention Period" in index
    for words_of_lines in ("Last changed", "Cite", "You followed a link", "Other sections had"):
        assert words_of_lines not in index


def test_current_version_may_be_found_by_search_engines_as_the_policy(built: Path) -> None:
    current = page(built, f"{PRIVACY}/versions/{CURRENT}/")
    assert current.xpath("//link[@rel='canonical']/@href") == [
        "https://help.example.com/policies/privacy-policy/"
    ]
    assert current.xpath("//meta[@name='robots']/@content") == ["index"]


def test_the_heads_of_pages_relate_them_to_others(built: Path) -> None:
    def related(address: str) -> dict[str, str]:
        links = page(built, address).xpath("//head/link[@rel]")
        return {link.get("rel"): urljoin(f"/{address}", link.get("href")) for link in links}

    policy, archive = f"/{PRIVACY}/", f"/{PRIVACY}/versions/"
    home, current = related(f"{PRIVACY}/"), f"{archive}{CURRENT}/"
    assert (home["original"], home["version-history"]) == (policy, archive)
    assert home["latest-version"] == home["memento"] == current
    assert (built / home["timemap"][1:]).read_text().count('memento"') == 3
    assert related(f"{PRIVACY}/versions/{CURRENT}/")["predecessor-version"] in (
        f"{archive}{version}/" for version in EARLIER
    )
    assert "original" not in related("")


def test_search_engines_learn_of_all_pages_and_the_days_they_changed(built: Path) -> None:
    assert "Sitemap: https://help.example.com/sitemap.xml" in (built / "robots.txt").read_text()
    sitemap = (built / "sitemap.xml").read_text()
    days = dict(re.findall(r"<loc>https://help.example.com/(.*?)</loc>\s*<lastmod>(.*?)<", sitemap))
    assert days["policies/terms-of-service/"] == "2026-06-01"  # the day it came into force
    assert days[f"{PRIVACY}/"] == "2026-03-31"
    assert days[""] == max(days.values())


def test_other_sites_can_show_a_link_with_an_image_of_this_one(built: Path) -> None:
    for address in ("", f"{PRIVACY}/"):
        properties = page(built, address).xpath("//meta[starts-with(@property, 'og:')]")
        facts = {meta.get("property"): meta.get("content") for meta in properties}
        assert facts["og:url"] == f"https://help.example.com/{address}"
        assert all(facts.values())
        image = built / facts["og:image"].removeprefix("https://help.example.com/")
        assert image.read_bytes().startswith(b"\x89PNG")


def test_archive_lists_every_version_newest_first_with_counts(built: Path) -> None:
    entries = article(built, f"{PRIVACY}/versions/").xpath(".//li[@class='gz-entry']")
    assert [entry.get("id") for entry in entries] == [CURRENT, *reversed(EARLIER)]
    shown = [words(entry) for entry in entries]
    assert re.search(r"\d+ sections? amended", shown[0])
    assert "First version" in shown[-1]
    assert all(re.search(r"Posted \d+ [A-Z][a-z]+ \d{4}", element) for element in shown)


def test_first_build_shows_every_kind_of_change(built: Path) -> None:
    seen: set[str] = set()
    for path in built.glob("policies/*/changes/*/*.json"):
        for section in json.loads(path.read_text())["sections"]:
            seen |= {section["status"], *section.get("flags", ())}
    expected = {"amended", "added", "removed", "renamed", "renumbered", "moved", "split"}
    assert expected <= seen


def test_every_update_has_a_redline_and_its_data(built: Path) -> None:
    for record in built.glob("policies/*/versions.json"):
        versions = json.loads(record.read_text())["versions"]
        assert len(versions) > 1
        for version in versions[:-1]:
            text = words(article(built, version["changes"]))
            assert f"From version {version['previous']} to version {version['version']}" in text
            assert (built / version["changes"] / f"{version['version']}.json").exists()
        assert versions[-1]["changes"] is None


def test_previous_and_next_lead_through_all_versions(built: Path) -> None:
    for kind in ("versions", "changes"):
        here, seen = f"{PRIVACY}/{kind}/{CURRENT}/", [CURRENT]
        while previous := article(built, here).xpath(".//a[@rel='prev']/@href"):
            version = previous[0].strip("./")
            here = f"{PRIVACY}/{kind}/{version}/"
            assert f"../{seen[-1]}/" in article(built, here).xpath(".//a[@rel='next']/@href")
            seen.append(version)
        assert seen == [CURRENT, *reversed(EARLIER)][: len(seen)]
        assert len(seen) == (3 if kind == "versions" else 2)


def test_every_link_inside_the_site_leads_somewhere(built: Path) -> None:
    broken = []
    for path in built.rglob("*.html"):
        for link in parsed(path).xpath("//@href | //@src"):
            target, _, fragment = link.partition("#")
            if re.match(r"[a-z]+:", link) or (path.name == "404.html" and link.startswith("/")):
                continue
            file = (path.parent / target).resolve() if target else path
            file = file / "index.html" if file.is_dir() else file
            if not file.exists():
                broken.append(f"{path.relative_to(built)}: {link}")
            elif fragment and file.suffix == ".html":
                ids = parsed(file).xpath("//@id | //a/@name")
                if fragment not in ids:
                    broken.append(f"{path.relative_to(built)}: {link}")
    assert broken == []


def test_a_page_that_is_not_there_leads_home_and_to_support(built: Path) -> None:
    (text,) = parsed(built / "404.html").xpath("//article")
    assert "This page does not exist" in words(text)
    assert [words(element) for element in text.xpath(".//p/a")] == [
        "Help Center",
        "tell us",
    ]
    assert text.xpath(".//p/a/@href") == ["/.", "mailto:support@example.com"]


def test_no_shell_is_left(built: Path) -> None:
    assert [name for name, data in tree(built).items() if "gazette-slot" in name] == []
    pages = [name for name, data in tree(built).items() if b"gazette-slot" in data]
    assert pages == []


def test_feeds_are_atom_with_absolute_links(built: Path) -> None:
    for address in ("feed.xml", f"{PRIVACY}/feed.xml"):
        root = feed(built / address)
        assert root.tag == "{http://www.w3.org/2005/Atom}feed"
        links = root.xpath("//*[local-name()='entry']/*[local-name()='link']/@href")
        assert len(links) >= 3
        for link in links:
            assert (built / link.removeprefix("https://help.example.com/") / "index.html").exists()
