"""The theme's script on a phone: it runs when a reader does something, and misses nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from visits import DESKTOP, PHONE, served

POLICY = "policies/cookie-policy/"
REDLINE = "policies/terms-of-service/changes/2026-05-04.v1/"
HAS_BEGUN = "!!window.document$"
PLACES = """() => [...document.querySelectorAll("main *, header *")]
    .filter((element) => element.checkVisibility({ checkOpacity: true }))
    .filter((element) => !element.closest(".md-search"))
    .filter((element) => !/scrollwrap|typeset__table/.test(element.className))
    .map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [element.tagName, element.className, x, y, width, height].join(" ");
    })"""


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[Page]:
    """A tab on a phone, or on a screen that `options` tell."""
    context = browser.new_context(**{"viewport": PHONE, "reduced_motion": "reduce", **options})
    yield context.new_page()
    context.close()


def wait_for_theme(tab: Page) -> None:
    """Wait until the theme's script has done its work in a tab: then the page has its colour."""
    tab.locator("meta[name=theme-color]").wait_for(state="attached")


@contextmanager
def held(tab: Page) -> Iterator[None]:
    """Keep the theme's script back while the block runs."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.resource_type == "script":
            routes.append(route)
        else:
            route.abort()

    tab.route("**/bundle.*.js", hold)
    yield
    assert not tab.evaluate(HAS_BEGUN)
    tab.wait_for_timeout(50)
    assert len(routes) == 1
    routes[0].continue_()
    wait_for_theme(tab)


SIGNS: dict[str, Callable[[Page], object]] = {
    "scroll": lambda tab: tab.mouse.wheel(0, 300),
    "key": lambda tab: tab.keyboard.press("Tab"),
    "press": lambda tab: tab.locator("article p").first.click(),
    "width": lambda tab: tab.set_viewport_size(DESKTOP),
    "colours": lambda tab: tab.emulate_media(color_scheme="dark"),
}


def test_the_script_runs_at_the_first_sign_of_a_reader(browser: Browser, address: str) -> None:
    with opened(browser) as tab:
        for (sign, act), page in zip(SIGNS.items(), cycle([POLICY, REDLINE]), strict=False):
            tab.set_viewport_size(PHONE)
            tab.goto(address + page, wait_until="networkidle")
            assert not tab.evaluate(HAS_BEGUN), sign
            act(tab)
            wait_for_theme(tab)


def test_the_script_runs_at_once_where_it_places_something(browser: Browser, address: str) -> None:
    with opened(browser, viewport=DESKTOP) as tab:
        tab.goto(address + REDLINE)
        wait_for_theme(tab)
    with opened(browser) as tab:
        tab.goto(f"{address}developers/")  # keys scroll its long lines
        tab.locator("pre > code[tabindex]").first.wait_for()
        tab.goto(f"{address}{POLICY}?h=cookie")
        tab.locator("article mark").first.wait_for()


@pytest.mark.parametrize("page", [POLICY, REDLINE])
def test_nothing_that_a_reader_did_before_the_script_is_lost(
    browser: Browser, address: str, page: str
) -> None:
    body = "[...document.body.attributes].map(({ value }) => value)"
    with opened(browser) as tab:
        with held(tab):
            tab.goto(address + page)
            tab.locator("label[for=__palette_1]:visible").click()
        assert "slate" in tab.evaluate(body)
        tab.locator("label[for=__palette_0]:visible").click()
        assert "slate" not in tab.evaluate(body)
        with held(tab):
            tab.goto(address + page)
            tab.locator("header label[for=__search]:visible").first.click()
            tab.keyboard.type("cookie")
        tab.locator(".md-search-result__link").first.wait_for()
        with held(tab):
            tab.goto(address + page)
            tab.keyboard.press("s")
        tab.locator("[name=query]:focus").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_moves_when_the_script_runs(browser: Browser, showcase: Path, scheme: str) -> None:
    """Not even tables, around which it puts frames."""
    pages = ("policies/privacy-ja/", "policies/privacy-ja/changes/2026-02-02.v1/")
    with served(showcase) as address, opened(browser, color_scheme=scheme) as tab:
        for page in pages:
            tab.goto(address + page, wait_until="networkidle")
            paper = tab.evaluate("getComputedStyle(document.body).backgroundColor")
            before = tab.evaluate(PLACES)
            assert not tab.evaluate(HAS_BEGUN)
            tab.keyboard.press("Shift")
            tab.locator(".md-typeset__scrollwrap").first.wait_for(state="attached")
            assert tab.evaluate(PLACES) == before
            assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == paper
