"""Addresses of the site that texts come from."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from gazette.imports.old_site import OldSite, old_site, stated_hosts

SLUGS = {"legal/privacy.md": "privacy", "legal/terms/index.md": "terms"}


def site(url: str = "") -> OldSite:
    return old_site(SLUGS, "legal/", {"terms": "/tos/"}, ["www.shop.example"], url)


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/legal/privacy", "privacy.md"),
        ("/privacy.html", "privacy.md"),
        ("/Legal/Terms/", "terms.md"),
        ("/tos", "terms.md"),
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
