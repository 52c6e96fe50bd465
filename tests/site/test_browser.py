"""Pages as a browser shows them: alone on the network, without scripts, for everybody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, ViewportSize

from barriers import barriers
from gazette.host_config import THEME
from gazette.language import ENGLISH
from gazette.site.addresses import Address
from gazette.site.articles import moved_page
from visits import PHONE, OpenTab, Scheme

pytestmark = pytest.mark.xdist_group("sample")
PAGES = [
    "",
    "developers/",
    "policies/privacy-policy/",
    "policies/privacy-policy/versions/",
    "policies/privacy-policy/on/",
    "policies/privacy-policy/on/?date=2025-09-15",
    "policies/privacy-policy/since/?date=2025-09-15",
    "policies/privacy-policy/versions/2025-02-10.v1/",
    "policies/privacy-policy/versions/2026-03-31.v1/",
    "policies/privacy-policy/changes/2026-03-31.v1/",
    "policies/cookie-policy/changes/2025-12-08.v1/",
    "policies/privacy-policy/since/2025-02-10.v1/",
    "policies/privacy-policy/sections/6-retention/",
    "policies/privacy-policy/compare/",
    "policies/privacy-policy/compare/?from=2025-02-10.v1&to=2026-03-31.v1",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}


class Visit(NamedTuple):
    """What was seen of a page while it was open."""

    asked: list[str]
    failed: list[str]
    narrow_width: int
    complaints: list[str]


@pytest.fixture(scope="module")
def visit(browser: Browser, address: str) -> Callable[[str], Visit]:
    """Open a page once, in a context of its own, however many tests ask what was seen of it."""

    @cache
    def visited(page: str) -> Visit:
        context = browser.new_context(
            color_scheme="light", viewport=DESKTOP, reduced_motion="reduce"
        )
        tab = context.new_page()
        asked: list[str] = []
        failed: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: failed.extend([message.text] * (message.type == "error")))
        tab.goto(address + page, wait_until="networkidle")
        by_itself = asked[:], failed[:]
        complaints = [*barriers(tab, (DESKTOP, PHONE), is_whole=not page)]
        tab.set_viewport_size(NARROW)
        width: int = tab.evaluate("document.documentElement.scrollWidth")
        context.close()
        return Visit(*by_itself, width, complaints)

    return visited


@pytest.mark.parametrize("page", PAGES)
def test_page_asks_no_other_host(visit: Callable[[str], Visit], address: str, page: str) -> None:
    asked = visit(page).asked
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert visit(page).failed == []


@pytest.mark.parametrize("page", PAGES)
def test_page_passes_axe(visit: Callable[[str], Visit], page: str) -> None:
    assert visit(page).complaints == []


@pytest.mark.parametrize("page", PAGES)
def test_page_fits_a_phone(visit: Callable[[str], Visit], page: str) -> None:
    assert visit(page).narrow_width <= NARROW["width"]


@pytest.mark.parametrize("page", PAGES)
def test_page_works_without_scripts(open_tab: OpenTab, address: str, page: str) -> None:
    tab = open_tab(java_script_enabled=False)
    tab.goto(address + page)
    assert tab.locator("h1").first.is_visible()
    link = tab.locator("article a:not([href^='#']):not([href^='mailto:']):visible").first
    target = tab.evaluate(
        "here => new URL(here, document.baseURI).href", link.get_attribute("href")
    )
    response = tab.goto(target)
    assert response is not None
    assert response.ok


BORDER = "element => getComputedStyle(element).borderBlockEndStyle"
REDLINE = "policies/terms-of-service/changes/2026-05-04.v1/"


def test_changes_are_reached_from_the_keyboard(open_tab: OpenTab, address: str) -> None:
    tab = open_tab(viewport=DESKTOP)
    tab.goto(address + REDLINE, wait_until="networkidle")

    def places_after(keys: str) -> list[int]:
        places = []
        for key in keys:
            tab.keyboard.press(key)
            current = tab.locator(".gz-current")
            assert current.evaluate("element => element === document.activeElement")
            assert current.is_visible()
            every = '[...document.querySelectorAll(".gz-redline ins, .gz-redline del")]'
            places.append(current.evaluate(f"element => {every}.indexOf(element)"))
        return places

    first, second, again, third = places_after("nnpn")
    assert first < second
    assert again == first
    assert third == second
    assert tab.url == address + REDLINE


def test_changes_are_spoken_in_words_out_of_sight(open_tab: OpenTab, address: str) -> None:
    tab = open_tab(java_script_enabled=False)
    tab.goto(address + REDLINE)
    for tag, spoken in (("ins", "insertion"), ("del", "deletion")):
        read = "all => all.map(mark => [mark.textContent, mark.nextSibling?.textContent ?? ''])"
        changes = tab.locator(f".gz-section {tag}").evaluate_all(read)
        assert changes
        silent = 0  # so many passages behind one that told of them say nothing
        for text, behind in changes:
            if silent:
                silent -= 1
                continue
            assert text.startswith(("inserted", "deleted"))
            number = re.match(r"\w+ passages \((\d+)\)", text)
            silent = int(number[1]) - 1 if number else 0
            if behind.strip() and not behind.startswith(("inserted", "deleted")):
                assert text.endswith(f"end of {spoken}")
    hidden = tab.locator(".gz-section ins gz-s, .gz-section del gz-s")
    assert hidden.count() > 0
    boxes = [hidden.nth(at).bounding_box() for at in range(6)]
    assert all(box and box["width"] <= 1 and box["height"] <= 1 for box in boxes)


def test_printed_redline_needs_no_colour(open_tab: OpenTab, address: str) -> None:
    tab = open_tab()
    tab.goto(address + REDLINE, wait_until="networkidle")
    tab.emulate_media(media="print")
    style = "element => getComputedStyle(element).textDecorationLine"
    assert tab.locator(".gz-section ins").first.evaluate(style) == "underline"
    assert tab.locator(".gz-section del").first.evaluate(style) == "line-through"
    assert not tab.locator(".gz-keys").first.is_visible()
    tab.goto(address + "policies/cookie-policy/changes/2025-12-08.v1/", wait_until="networkidle")
    assert tab.locator(".gz-section del a").first.evaluate(style) == "line-through"
    assert tab.locator(".gz-section del a").first.evaluate(BORDER) == "none"


def test_search_index_is_loaded_when_search_is_opened(open_tab: OpenTab, address: str) -> None:
    index = f"{address}search/search_index.json"
    tab = open_tab(viewport=PHONE)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    for page in ("policies/cookie-policy/", REDLINE):
        tab.goto(address + page, wait_until="networkidle")
    assert index not in asked
    tab.locator("label[for=__search]:visible").first.click()
    tab.get_by_role("textbox", name="Search").press_sequentially("cookie")
    result = tab.locator(".md-search-result__link").first
    result.wait_for()
    assert asked.count(index) == 1
    result.click()
    tab.locator("article mark").first.wait_for()  # the page it led to shows what was sought


@pytest.mark.parametrize("page", ["policies/cookie-policy/", REDLINE])
def test_colours_are_those_of_the_system_until_they_are_chosen_and_stay_then(
    open_tab: OpenTab, address: str, page: str
) -> None:
    tab = open_tab(viewport=DESKTOP)
    body = tab.locator("body[data-md-color-media]")
    schemes: dict[Scheme, str] = {"dark": "slate", "light": "default"}
    for scheme, colours in schemes.items():
        tab.emulate_media(color_scheme=scheme)
        tab.goto(address + page)
        assert body.get_attribute("data-md-color-scheme") == colours
        assert tab.evaluate("localStorage.length + sessionStorage.length") == 0
    for scheme, colours in schemes.items():  # while the page is open
        tab.emulate_media(color_scheme=scheme)
        tab.locator(f"body[data-md-color-scheme={colours}]").wait_for()
        assert tab.evaluate("localStorage.length + sessionStorage.length") == 0
    tab.locator("label[for=__palette_1]:visible").click()
    for system in schemes:
        tab.emulate_media(color_scheme=system)
        assert tab.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (
            system == "dark"
        )
        assert body.get_attribute("data-md-color-scheme") == "slate"
    for there in (page, "policies/privacy-policy/versions/", "policies/privacy-policy/"):
        tab.goto(address + there)
        assert tab.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_search_in_an_address_is_answered(open_tab: OpenTab, address: str) -> None:
    tab = open_tab(viewport=DESKTOP)
    tab.goto(f"{address}policies/privacy-policy/?q=cookie")
    tab.locator(".md-search-result__link").first.wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_moved_page_leads_on(open_tab: OpenTab, tmp_path: Path, scripts: bool) -> None:
    """With scripts, the query and the fragment of the address arrive as well."""
    old, new = Address("policies/old/"), Address("policies/new/index.html")
    for address in (old, Address("policies/new/")):
        (tmp_path / address).mkdir(parents=True)
    (tmp_path / old / "index.html").write_text(moved_page(ENGLISH, "Terms", old, new), "utf-8")
    (tmp_path / new).write_text("<title>Here</title>", "utf-8")
    shutil.copytree(THEME / "assets", tmp_path / "assets")
    opened = open_tab(java_script_enabled=scripts)
    opened.goto(f"{(tmp_path / old).as_uri()}/index.html?h=fees#2-fees")
    expected = (tmp_path / new).as_uri() + ("?h=fees#2-fees" if scripts else "")
    opened.wait_for_url(expected)
