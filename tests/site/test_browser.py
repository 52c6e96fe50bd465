"""Pages as a browser shows them: alone on the network, without scripts, for everybody."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize

Scheme = Literal["light", "dark"]
PAGES = [
    "",
    "policies/privacy-policy/",
    "policies/privacy-policy/versions/",
    "policies/privacy-policy/versions/2025-02-10.v1/",
    "policies/privacy-policy/versions/2026-03-31.v1/",
    "policies/privacy-policy/changes/2026-03-31.v1/",
    "policies/cookie-policy/changes/2025-12-08.v1/",
    "policies/privacy-policy/since/2025-02-10.v1/",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.mark.parametrize("page", PAGES)
def test_page_asks_no_other_host(browser: Browser, address: str, page: str) -> None:
    asked: list[str] = []
    context = browser.new_context()
    tab = context.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    failed: list[str] = []
    tab.on(
        "console", lambda message: failed.append(message.text) if message.type == "error" else None
    )
    tab.goto(address + page, wait_until="networkidle")
    context.close()
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert failed == []


@pytest.mark.parametrize("page", PAGES)
def test_page_works_without_scripts(browser: Browser, address: str, page: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + page)
    assert tab.locator("h1").first.is_visible()
    link = tab.locator("article a:not([href^='#']):not([href^='mailto:']):visible").first
    target = tab.evaluate(
        "here => new URL(here, document.baseURI).href", link.get_attribute("href")
    )
    response = tab.goto(target)
    assert response is not None
    assert response.ok
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("page", PAGES)
def test_page_passes_axe(
    browser: Browser, address: str, page: str, scheme: Scheme, size: ViewportSize
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport=size, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(address + page, wait_until="networkidle")
    palette = tab.locator("body").get_attribute("data-md-color-scheme")
    assert palette == {"light": "default", "dark": "slate"}[scheme]
    results = Axe().run(tab)
    context.close()
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("page", PAGES)
def test_page_fits_a_phone(browser: Browser, address: str, page: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    tab.goto(address + page)
    wide = tab.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= 360
