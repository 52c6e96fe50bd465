"""Addresses of the site that texts come from."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from gazette.imports.foreign_front_matter import stated_addresses
from gazette.imports.old_site import OldSite, address_of, old_site, stated_hosts

SLUGS = {"legal/privacy.md": "privacy", "legal/terms/index.md": "terms"}


def site(url: str = "") -> OldSite:
    return old_site(
        SLUGS, "legal/", {"terms": ["/tos/", "/old/terms.html"]}, ["www.shop.example"], url
    )


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/legal/privacy", "privacy.md"),
        ("/privacy.html", "privacy.md"),
        ("/Legal/Terms/", "terms.md"),
        ("/tos", "terms.md"),
        ("/old/terms", "terms.md"),
        ("https://shop.example/privacy/", "privacy.md"),
        ("https://other.example/privacy/", None),
        ("/blog/privacy", None),
        ("/", None),
    ],
)
def test_links(address: str, link: str | None) -> None:
    assert site().link(urlsplit(address)) == link


def test_links_below_the_address_that_an_editor_names() -> None:
    named = site("https://docs.example/help/")
    assert named.link(urlsplit("https://docs.example/help/privacy")) == "privacy.md"
    assert named.link(urlsplit("https://docs.example/blog/privacy")) is None
    assert named.link(urlsplit("/help/privacy")) == "privacy.md"


def test_hosts_that_files_name() -> None:
    files = [("CNAME", "help.example\n"), ("_config.yml", "title: x\nurl: https://a.example/b\n")]
    assert list(stated_hosts(files)) == ["help.example", "a.example"]


def test_folders_that_are_the_top_of_a_site() -> None:
    slugs = {"docs/source/fees/index.md": "fees", "_pages/law.md": "law", "fees.md": "tariff"}
    made = old_site(slugs, "", {}, (), "")
    assert made.link(urlsplit("/fees/index.md")) == "tariff.md"
    assert made.link(urlsplit("/docs/source/fees/")) == "fees.md"
    assert made.link(urlsplit("/law")) == "law.md"
    assert made.link(urlsplit("/source/fees")) is None


@pytest.mark.parametrize(
    "front_matter",
    [
        "---\npermalink: /fees/\nredirect_from:\n  - /prices\n  - '/old/prices.html'\n---\n",
        '---\nslug: "/fees"\naliases: [/prices, "/old/prices.html"]\n---\n',
        '+++\nurl = "/fees"\naliases = [\n  "/prices",\n  "/old/prices.html"\n]\n+++\n',
    ],
)
def test_addresses_that_texts_give_themselves(front_matter: str) -> None:
    text = f"{front_matter}\nurl: /elsewhere\n"
    assert [address_of(address) for address in stated_addresses(text)] == [
        "fees",
        "prices",
        "old/prices",
    ]
    assert list(stated_addresses("---\nslug: fees\nurl: https://a.example/b\n---\n")) == []
