"""The site stands below a path of its host, and its copy opens from files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser

from commands import GAZETTE, build, copy_center, run

ADDRESS = "https://corp.example.com/legal/help/"


@pytest.fixture(scope="module")
def project(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built for an address below a path, and copied for whoever has no server."""
    folder = copy_center(built.parent, tmp_path_factory.mktemp("below") / "project")
    config = folder / "mkdocs.yml"
    config.write_text(re.sub("(?m)^site_url: .*", f"site_url: {ADDRESS}", config.read_text()))
    result = build(folder)
    assert result.returncode == 0, result.stderr
    result = run([*GAZETTE, "preview", "preview"], folder)
    assert result.returncode == 0, result.stderr
    return folder


def links(page: Path) -> Iterator[str]:
    """Yield what a page links, shows and loads of the same site."""
    for element in html.document_fromstring(page.read_bytes()).iter():
        for parts in (urlsplit(element.get(key, "")) for key in ("href", "src", "action")):
            if parts.path and not parts.scheme and not parts.netloc:
                yield unquote(parts.path)


def test_whole_addresses_hold_the_path(project: Path) -> None:
    named = [project / "site" / name for name in ("feed.xml", "sitemap.xml")]
    named.append(project / "site/policies/privacy-policy/feed.xml")
    for file in named:
        addresses = re.findall(r"https://corp[^<\"]*", file.read_text("utf-8"))
        assert addresses
        assert all(address.startswith(ADDRESS) for address in addresses)


def test_what_stands_for_missing_pages_finds_its_files_from_everywhere(project: Path) -> None:
    for link in links(project / "site/404.html"):
        assert link.startswith("/legal/help/")
        assert (project / "site" / link.removeprefix("/legal/help/")).exists()


def test_every_link_of_the_copy_names_a_file(project: Path) -> None:
    copy = project / "preview"
    pages = [page for page in copy.rglob("*.html") if page.name != "404.html"]
    assert len(pages) > 30
    for page in pages:
        for link in links(page):
            assert (page.parent / link).is_file(), f"{page.relative_to(copy)} links {link}"


def test_the_copy_is_read_without_a_server(project: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((project / "preview/index.html").as_uri())
    page.locator("article a", has_text="Privacy Policy").first.click()
    assert page.url.endswith("/policies/privacy-policy/index.html")
    assert page.locator("h1").first.inner_text().startswith("Privacy Policy")
    page.close()


def test_a_copy_takes_the_place_of_nothing(project: Path) -> None:
    result = run([*GAZETTE, "preview", "docs"], project)
    assert result.returncode == 2
    assert "docs is there already" in result.stderr
    result = run([*GAZETTE, "preview", "new", "--site", "docs"], project)
    assert result.returncode == 2
    assert "There is no built site in docs" in result.stderr
