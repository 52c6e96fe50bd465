"""The search of a help center: what it covers, what it says of that, and where it leads."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize

from visits import DESKTOP, PHONE, OpenTab, served

PREFIX = "company/help"
WORD = re.compile(r"\w+")
LINK = re.compile(r"\[([^]]+)\]\([^)]+\)")
TAG = re.compile(r"<[^>]+>")
SOURCES = {
    "cookie-policy": "docs/policies/cookie-policy.md",
    "privacy-policy": "docs/policies/privacy-policy.md",
    "terms-of-service": "docs/policies/terms-of-service.md",
    "partner-rules": "docs/policies/partner-rules.md",
    "privacy-ar": "docs/policies/privacy-ar.md",
    "privacy-ja": "versions/privacy-ja/2026-02-02.v1.md",
}
"""The texts in force, by policy: of the others one is retired, and one only announced."""
COVERED = "Only the texts in force are searched."


@pytest.fixture(scope="module")
def address(showcase: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the help center is served, below a path of its host."""
    root = tmp_path_factory.mktemp("host")
    (root / PREFIX).parent.mkdir()
    (root / PREFIX).symlink_to(showcase)
    with served(root) as address:
        yield f"{address}{PREFIX}/"


def test_the_search_covers_texts_in_force_and_nothing_around_them(showcase: Path) -> None:
    project = showcase.parent
    index = json.loads((showcase / "search/search_index.json").read_bytes())
    texts: dict[str, str] = {}
    for entry in index["docs"]:
        page = entry["location"].partition("#")[0]
        words = html.unescape(TAG.sub(" ", f"{entry['title']} {entry['text']} "))
        texts[page] = texts.get(page, "") + words
    assert texts.keys() == {"", "imprint/", *(f"policies/{slug}/" for slug in SOURCES)}
    for slug, source in SOURCES.items():
        known = set(WORD.findall(LINK.sub(r"\1", (project / source).read_text("utf-8"))))
        assert set(WORD.findall(texts[f"policies/{slug}/"])) - known == set()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "page", ["", "policies/partner-rules/", "policies/partner-rules/versions/2025-03-03.v1/"]
)
def test_a_result_leads_to_the_text_below_the_path_of_the_site(
    open_tab: OpenTab, address: str, size: ViewportSize, page: str
) -> None:
    tab = open_tab(viewport=size)
    tab.goto(address + page)
    tab.locator("label[for=__search]:visible, .md-search__input:visible").first.click()
    tab.get_by_role("textbox", name="Search").press_sequentially("partner")
    result = tab.locator(".md-search-result__link").first
    result.wait_for()
    assert tab.get_by_text(COVERED).is_visible()
    result.click()
    tab.locator("article mark").first.wait_for()
    assert tab.url.startswith(f"{address}policies/partner-rules/")
