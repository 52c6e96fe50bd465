"""Every kind of page under its Content Security Policy, in a browser, with all that it can do."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from bench.screenshots import kinds
from commands import build
from visits import DESKTOP, served

pytestmark = pytest.mark.xdist_group("showcase")
VIOLATED = "violated: "
LISTEN = f"""
addEventListener("securitypolicyviolation", ({{ effectiveDirective, blockedURI }}) =>
  console.error(`{VIOLATED}${{location.pathname}} ${{effectiveDirective}} ${{blockedURI}}`));
"""
POLICY = re.compile(r'<meta http-equiv="?Content-Security-Policy"? content="([^"]+)">')
REDLINE = "policies/terms-of-service/changes/2026-05-04.v1/"
PRIVACY = "policies/privacy-policy/"


@dataclass
class Complaints:
    """What a browser complains of, and what pages ask of other hosts."""

    messages: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[tuple[Page, Complaints]]:
    """A tab whose pages are bound by their policy, and what it complains of."""
    complaints = Complaints()
    context = browser.new_context(viewport=DESKTOP, color_scheme="light", reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(LISTEN)
    context.on(
        "console",
        lambda message: (
            complaints.messages.append(f"{message.text} {message.location['url']}")
            if message.type == "error"
            else None
        ),
    )
    context.on("weberror", lambda error: complaints.messages.append(str(error.error)))
    context.on(
        "request",
        lambda request: (
            complaints.elsewhere.append(request.url)
            if not request.url.startswith((address, "data:", "blob:"))
            else None
        ),
    )
    yield context.new_page(), complaints
    context.close()


@pytest.fixture(scope="module")
def address(showcase: Path) -> Iterator[str]:
    """Where the help center with every kind of page is served."""
    with served(showcase) as address:
        yield address


def test_every_page_has_a_policy_that_allows_no_other_script_and_style(showcase: Path) -> None:
    for path in showcase.rglob("*.html"):
        page = path.read_text("utf-8")
        [policy] = POLICY.findall(page)
        assert "unsafe" not in policy
        assert "default-src 'self'" in policy
        assert "http:" not in policy
        before = page[: page.index("Content-Security-Policy")]
        assert not re.search(r"<(?:script|link|style|img)\b", before)
        assert not re.search(r"<style\b|<[^>]+\s(?:style|on[a-z]+)=", page)


def test_no_kind_of_page_violates_its_policy_or_asks_another_host(
    browser: Browser, showcase: Path, address: str
) -> None:
    pages = kinds(showcase)
    assert len(pages) > 20
    with opened(browser, address) as (tab, complaints):
        tabs = deque([tab, *(tab.context.new_page() for _ in range(3))])
        for page in pages.values():  # in turn, so that one can rest while others load
            tabs[0].wait_for_load_state("networkidle")
            tabs[0].goto(address + page)
            tabs.rotate(-1)
        for tab in tabs:
            tab.wait_for_load_state("networkidle")
    assert complaints == Complaints()


def test_a_script_that_was_not_published_does_not_run(browser: Browser, address: str) -> None:
    def altered(route: Route) -> None:
        page = route.fetch().text()
        route.fulfill(body=page.replace("</article>", "<script>window.ran = 1</script></article>"))

    with opened(browser, address) as (tab, complaints):
        for page in (PRIVACY, REDLINE):
            tab.route(address + page, altered)
            tab.goto(address + page)
            assert tab.evaluate("window.ran") is None
        violations = [text for text in complaints.messages if VIOLATED in text]
        assert len(violations) == 2


@pytest.mark.parametrize("page", ["", PRIVACY, REDLINE, "404.html"])
def test_search_and_palette_work(browser: Browser, address: str, page: str) -> None:
    with opened(browser, address) as (tab, complaints):
        tab.goto(address + page)
        tab.locator("label[for=__palette_1]:visible").click()
        assert tab.locator("body").get_attribute("data-md-color-scheme") == "slate"
        tab.get_by_role("textbox", name="Search").click()
        tab.get_by_role("textbox", name="Search").press_sequentially("cookie")
        tab.locator(".md-search-result__link").first.click()
        tab.locator("article mark").first.wait_for()
        assert tab.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert complaints == Complaints()


def test_what_scripts_do_on_pages_of_policies_works(browser: Browser, address: str) -> None:
    with opened(browser, address) as (tab, complaints):
        tab.goto(address + REDLINE, wait_until="networkidle")
        tab.keyboard.press("n")
        assert tab.locator(".gz-current").count() == 1
        tab.goto(f"{address}{PRIVACY}compare/?from=2025-02-10.v1&to=2026-03-31.v1")
        tab.locator(".gz-compared ins").first.wait_for()
        tab.goto(f"{address}{PRIVACY}on/")
        tab.locator("form.gz-days input[type=date]").fill("2025-10-15")
        tab.locator(".gz-days__answer a").first.wait_for()
        tab.goto(address + PRIVACY)
        tab.locator(".gz-return button").click()
        tab.locator(".gz-return [role=status]").filter(has_text=re.compile(".+")).wait_for()
        tab.locator(".gz-mark summary").first.click()
        tab.locator(".gz-copy").first.click()
        tab.locator(".gz-copy").filter(has_text="Copied").wait_for()
        tab.goto(f"{address}policies/partners/#2-visits")
        tab.wait_for_url(f"{address}policies/partner-rules/#2-visits")
    assert complaints == Complaints()


OWN = """{% extends "help-center.html" %}
{% block scripts %}
  {{ super() }}
  <style>.own { color: rgb(1, 2, 3) }</style>
  <script>document.body.dataset.within = "yes"</script>
{% endblock %}
"""


def test_scripts_of_the_project_and_instant_navigation_work(
    project: Path, browser: Browser
) -> None:
    config = project / "mkdocs.yml"
    text = config.read_text().replace("  features:\n", "  features:\n    - navigation.instant\n")
    text += "\nextra_javascript:\n  - own.js\n"
    (project / "hooks/theme/main.html").write_text(OWN)
    (project / "hooks/theme/own.js").write_text("document$.subscribe(() => (own = location.href))")
    (project / "hooks/theme/_headers").write_text("/*\n  X-Own: 1\n")
    with served(project / "site") as address:
        port = address.rpartition(":")[2]  # the theme only takes over pages at the site's own
        config.write_text(text.replace("//help.example.com/", f"//help.example.com:{port}"))
        result = build(project)
        assert result.returncode == 0, result.stderr
        assert (project / "site/_headers").read_text() == "/*\n  X-Own: 1\n"
        with opened(browser, address) as (tab, complaints):
            for page in (REDLINE, PRIVACY, ""):
                tab.goto(address + page, wait_until="networkidle")
                assert tab.locator("body").get_attribute("data-within") == "yes"
                assert tab.evaluate("window.own") == address + page
            tab.evaluate("window.same = true")
            tab.locator("article a[href$='cookie-policy/']").first.click()
            tab.wait_for_url(f"{address}policies/cookie-policy/")
            tab.locator(".gz-return button").wait_for()
            assert tab.evaluate("window.same")  # the theme replaced the page, and loaded no other
            tab.locator(".gz-mark summary").first.click()
            tab.locator(".gz-copy").first.wait_for()
    assert complaints == Complaints()


def test_a_build_stops_where_a_page_would_load_from_elsewhere(project: Path) -> None:
    config = project / "mkdocs.yml"
    text = config.read_text() + "\nextra_javascript:\n  - https://static.example.org/x.js\n"
    config.write_text(text)
    result = build(project)
    assert result.returncode == 1
    assert "mkdocs.yml: Pages load https://static.example.org/x.js, which" in result.stderr
    assert "name https://static.example.org in extra.help_center.hosts" in result.stderr
    named = "  help_center:\n    hosts: [https://static.example.org]\n"
    config.write_text(text.replace("  help_center:\n", named))
    result = build(project)
    assert result.returncode == 0, result.stderr
    [policy] = POLICY.findall((project / "site" / REDLINE / "index.html").read_text())
    assert policy.startswith("default-src 'self' https://static.example.org;")
