"""What a reader learns about time in a browser: in two clicks or fewer, on a phone as well."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from visits import DESKTOP, PHONE, OpenTab

POLICY = "policies/privacy-policy/"
FIRST, SECOND, CURRENT = "2025-02-10.v1", "2025-09-01.v1", "2026-03-31.v1"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def tab(open_tab: OpenTab, address: str, request: Any) -> Page:
    """A page of the sample, to which addresses are relative."""
    return open_tab(viewport=request.param, base_url=address)


def answer(tab: Page) -> str:
    return tab.locator(".gz-days__answer").inner_text()


def test_what_applied_on_a_day_takes_one_click(tab: Page) -> None:
    tab.goto(POLICY)
    tab.get_by_role("link", name="All versions").last.click()
    tab.wait_for_load_state()  # scripts answer once the page stands
    tab.get_by_label("What applied on").fill("2025-09-15")
    assert "15 September 2025" in answer(tab)
    assert "In force 10 February 2025 to 30 September 2025" in answer(tab)
    tab.locator(".gz-days__answer a").first.click()
    assert tab.url.endswith(f"versions/{FIRST}/")


def test_a_day_written_before_the_scripts_ran_is_answered(tab: Page) -> None:
    held: list[Route] = []
    tab.route("**/days.js", lambda route: held.append(route))
    tab.goto(f"{POLICY}versions/", wait_until="commit")
    tab.get_by_label("What applied on").fill("2025-09-15")
    held[0].continue_()
    tab.locator(".gz-days__answer strong").first.wait_for()
    assert "15 September 2025" in answer(tab)


def test_what_changed_since_a_day_takes_two_clicks(tab: Page) -> None:
    tab.goto(POLICY)
    tab.get_by_role("link", name="Changes since a day").click()
    tab.wait_for_load_state()  # scripts answer once the page stands
    tab.get_by_label("What changed since").fill("2025-10-01")
    assert f"version {SECOND}" in answer(tab)
    tab.locator(".gz-days__answer").get_by_role("link", name="All changes since").click()
    assert tab.url.endswith(f"since/{SECOND}/")


@pytest.mark.parametrize("anchor", ["#8-retention-period", "#1-what-we-collect", ""])
def test_a_deep_link_shows_which_version_it_led_to(tab: Page, anchor: str) -> None:
    tab.goto(f"{POLICY}versions/{SECOND}/{anchor}")
    bar = tab.locator(".gz-bar")
    assert f"version {SECOND}" in bar.inner_text()
    assert "Superseded on 31 March 2026" in bar.inner_text()
    for scrolled in (False, True):
        if scrolled:
            tab.mouse.wheel(0, 900)
            tab.wait_for_timeout(300)
        box = bar.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] < 250
    bar.get_by_role("link", name="Go to the text in force").click()
    assert tab.url.split("#")[0].endswith(POLICY)


def test_a_section_of_the_text_in_force_names_its_version_in_one_click(tab: Page) -> None:
    tab.goto(f"{POLICY}#3-logs-and-traffic-data")
    mark = tab.locator(".gz-mark", has_text="Cite").nth(3)
    mark.locator("summary").click()
    assert f"version {CURRENT}, section 3" in mark.locator("details p").inner_text()


def test_no_heading_that_a_link_leads_to_is_below_the_bar(tab: Page) -> None:
    tab.goto(f"{POLICY}versions/{SECOND}/")
    for anchor in tab.evaluate("[...document.querySelectorAll('.gz-text h2[id]')].map(h => h.id)"):
        tab.goto("about:blank")
        tab.goto(f"{POLICY}versions/{SECOND}/#{anchor}")
        bar = tab.locator(".gz-bar").bounding_box()
        heading = tab.locator(f"[id='{anchor}']").bounding_box()
        assert bar
        assert heading
        assert heading["y"] >= bar["y"] + bar["height"], anchor


def test_a_section_of_then_is_cited_in_two_clicks(tab: Page) -> None:
    tab.goto(f"{POLICY}on/?date=2025-10-15")
    tab.locator(".gz-days__answer a").first.click()
    mark = tab.locator(".gz-mark", has_text="Cite").nth(7)
    mark.locator("summary").click()
    cited = mark.locator("details p").inner_text()
    assert f"version {SECOND}, section 7" in cited
    assert f"/{POLICY}versions/{SECOND}/#" in cited


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("2025-09-15", "In force 10 February 2025 to 30 September 2025: version 2025-02-10.v1."),
        ("2025-02-10", "In force 10 February 2025 to 30 September 2025: version 2025-02-10.v1."),
        ("2025-02-09", "Before 10 February 2025 the record holds nothing"),
        ("0001-01-01", "Before 10 February 2025 the record holds nothing"),
        ("9998-01-01", "1 January 9998, unless another version is posted before then:"),
        ("2025-02-30", "“2025-02-30” is no day of the calendar."),
        ("yesterday", "“yesterday” is no day of the calendar."),
        ("<b>1</b>", "“<b>1</b>” is no day of the calendar."),
        ("", "“” is no day of the calendar."),
    ],
)
def test_an_address_answers_any_day(
    open_tab: OpenTab, address: str, date: str, sentence: str
) -> None:
    tab = open_tab(base_url=address)
    for page in ("on/", "since/"):
        tab.goto(f"{POLICY}{page}?date={date}")
        assert sentence in answer(tab)


def test_a_day_asked_for_in_the_field_can_be_linked(tab: Page) -> None:
    asked: list[str] = []
    tab.goto(f"{POLICY}on/")
    tab.wait_for_load_state("networkidle")
    tab.on("request", lambda request: asked.append(request.url))
    tab.get_by_label("What applied on").fill("2026-04-01")
    assert "In force since 31 March 2026" in answer(tab)
    assert tab.url.endswith("on/?date=2026-04-01")
    tab.get_by_role("button", name="Show").click()
    assert tab.url.endswith("on/?date=2026-04-01")
    assert [url for url in asked if not url.endswith("/favicon.svg")] == []


def test_without_scripts_the_periods_are_listed(open_tab: OpenTab, address: str) -> None:
    tab = open_tab(java_script_enabled=False, base_url=address)
    tab.goto(f"{POLICY}versions/#on-2025-10-01")
    assert tab.locator("[id='on-2025-10-01']").inner_text() == (
        "In force 1 October 2025 to 30 March 2026"
    )
    tab.get_by_label("What applied on").fill("2025-10-15")
    tab.get_by_role("button", name="Show").click()
    assert tab.url.endswith("on/?date=2025-10-15")
    assert "In force 1 October 2025 to 30 March 2026" in tab.locator("main").inner_text()


TELL = re.compile("Tell me what changed when I come back")
STORED = "[localStorage, sessionStorage].map(storage => storage.length)"


def showing(tab: Page, built: Path, version: str) -> None:
    """Have the page of the policy show another version, as it did once."""
    page = (built / POLICY / "index.html").read_text("utf-8")
    earlier = page.replace(f'data-version="{CURRENT}"', f'data-version="{version}"')
    assert earlier != page
    tab.route(re.compile(f"/{POLICY}$"), lambda route: route.fulfill(body=earlier))


def test_a_browser_tells_what_changed_since_the_last_visit(tab: Page, built: Path) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    showing(tab, built, SECOND)
    status = tab.locator(".gz-return [role=status]")
    tab.goto(POLICY, wait_until="networkidle")
    assert tab.evaluate(STORED) == [0, 0]
    assert not any(url.endswith(".json") for url in asked)
    tab.get_by_role("button", name=TELL).click()
    status.get_by_text("now keeps which version").wait_for()
    assert tab.evaluate(STORED) == [1, 0]
    tab.reload()
    status.get_by_text("Nothing has changed since your last visit.").wait_for()

    tab.unroute_all()
    for _ in range(2):  # a reload tells it again
        tab.goto(POLICY)
        link = status.get_by_role("link", name="See what changed")
        link.wait_for()
        assert "Changed since your last visit: sections " in status.inner_text()
        assert link.get_attribute("href") == f"since/{SECOND}/"
    records = [url for url in asked if url.endswith(".json")]
    assert [url.split("/")[-1] for url in records] == [f"{SECOND}.json", f"{CURRENT}.json"]
    assert all(url.startswith("GET ") and "?" not in url for url in asked)

    tab.get_by_role("button", name="forget").click()
    assert tab.evaluate(STORED) == [0, 0]
    tab.reload(wait_until="networkidle")
    assert tab.get_by_role("button", name=TELL).is_visible()
    assert status.inner_text() == ""


GARBAGE = (
    *("", "null", "1", "[]", '"x"', "{", "{}", '{"version": 1, "sections": {}}'),
    *('{"version": "../x", "sections": {}}', '{"version": "2025-02-10.v1", "sections": null}'),
)


def test_whatever_else_is_stored_there_is_no_visit(tab: Page) -> None:
    tab.goto(POLICY)
    for value in GARBAGE:
        tab.evaluate("value => localStorage.setItem(`gazette ${location.pathname}`, value)", value)
        tab.reload()
        tab.get_by_role("button", name=TELL).wait_for()
        assert tab.locator(".gz-return [role=status]").inner_text() == ""


def test_a_section_that_is_gone_is_reported_whatever_it_was_called(tab: Page) -> None:
    tab.goto(POLICY)
    sections = {name: ["0", name] for name in ("constructor", "toString", "valueOf")}
    visit = json.dumps({"version": SECOND, "sections": sections})
    tab.evaluate("value => localStorage.setItem(`gazette ${location.pathname}`, value)", visit)
    tab.reload()
    status = tab.locator(".gz-return [role=status]")
    status.get_by_text("sections constructor, toString and valueOf of then").wait_for()


def test_a_browser_that_keeps_nothing_says_so(tab: Page) -> None:
    tab.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
    )
    tab.goto(POLICY, wait_until="networkidle")
    tab.get_by_role("button", name=TELL).click()
    refused = tab.get_by_text("This browser lets pages keep nothing here")
    refused.wait_for()
    assert tab.get_by_role("button", name=TELL).is_visible()
