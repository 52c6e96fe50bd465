"""Redlines as readers see them in the theme: what is in sight first, and how to get about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Page

from gazette.model import Policy, Status
from published import html, policy, published, version
from visits import DESKTOP, PHONE, OpenTab

FRAME = "policies/privacy-policy/changes/2026-03-31.v1/"
SUMMARY = (
    "Members may pause their plan for a season, parcels are kept for three weeks instead of two, "
    "and whoever returns a tool late pays for each further day until it is back on its shelf."
)
FIRST_CHANGE = ".gz-section :is(ins, del, .gz-note)"


@pytest.fixture(scope="module")
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a redline in the theme, whose article can be exchanged."""
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(address + FRAME)
    yield page
    context.close()


def put(tab: Page, article: str) -> None:
    """Put another article into the theme's frame."""
    tab.evaluate("html => { document.querySelector('article').innerHTML = html }", article)
    tab.evaluate("scrollTo(0, 0)")


def long_policy(sections: int) -> Policy:
    """A policy of which two updates changed every second section."""
    numbers = count(7)

    def text(edition: int) -> str:
        parts = ["The workshop lends tools to its members."]
        for at in range(sections):
            fee = edition * next(numbers) if at % 2 else 3
            words = f"A member owes {fee} coins for tool {at}, which must be back on its shelf. "
            also = "Nobody may lend it on to others. " if edition > 1 and at % 4 == 1 else ""
            parts.append(f"## {at + 1}. Shelf {at}\n\n{words}{also}" + "The caretaker agrees. " * 9)
        return "\n\n".join(parts) + "\n"

    days = ("2026-01-05.v1", "2026-02-05.v1", "2026-03-05.v1")
    statuses = (Status.SUPERSEDED, Status.SUPERSEDED, Status.IN_FORCE)
    editions = enumerate(zip(days, statuses, strict=True), start=1)
    return policy(*(version(d, text(n), s, summary=SUMMARY) for n, (d, s) in editions))


@pytest.mark.parametrize("sections", [4, 90])
@pytest.mark.parametrize("page", ["changes/2026-03-05.v1/", "since/2026-01-05.v1/"])
def test_first_change_is_on_the_first_screen(tab: Page, page: str, sections: int) -> None:
    put(tab, html(published(long_policy(sections))[f"policies/terms/{page}"]))
    box = tab.locator(FIRST_CHANGE).first.bounding_box()
    assert box
    assert box["y"] + 20 < DESKTOP["height"]


@pytest.mark.parametrize("scripts", [True, False])
def test_changed_sections_stand_beside_the_redline(
    open_tab: OpenTab, address: str, scripts: bool
) -> None:
    tab = open_tab(viewport=DESKTOP, java_script_enabled=scripts)
    tab.goto(address + FRAME)
    links = tab.locator(".gz-jump li")
    assert links.count() == tab.locator(".gz-redline .gz-section").count()
    assert tab.locator(".gz-jump li:not(:has(gz-b))").count() == 0
    last = links.last
    for _ in range(2):
        box, text = last.bounding_box(), tab.locator(".gz-section").last.bounding_box()
        assert box
        assert text
        assert box["x"] > text["x"] + text["width"]
        assert last.is_visible()
        last.locator("a").click()
        assert tab.url.endswith(str(last.locator("a").get_attribute("href")))


def test_changed_sections_stand_folded_above_the_redline_on_a_phone(
    open_tab: OpenTab, address: str
) -> None:
    tab = open_tab(viewport=PHONE, java_script_enabled=False)
    tab.goto(address + FRAME)
    last = tab.locator(".gz-jump a").last
    assert not last.is_visible()
    tab.locator(".gz-jump summary").first.click()
    assert last.is_visible()
    box, text = last.bounding_box(), tab.locator(".gz-section").first.bounding_box()
    assert box
    assert text
    assert box["y"] + box["height"] < text["y"]


CHANGED_LINKS = """\
## Fees [and dues](#fees)

Pay by [card or cash](#fees), or [by post](#fees) at `the desk`.

- A [list of tools](#fees)

| Plan | [Fee in euros](#fees) |
| ---- | --------------------- |
| Year | [nine at once](#fees) |

> As [we agreed](#fees) before.
"""
EXCHANGED = (
    *(("dues", "charges"), ("cash", "coin"), ("[by post](#fees)", "in person")),
    *(("the desk", "our desk"), ("tools", "shelves"), ("euros", "dollars"), ("nine", "ten")),
    *(("agreed", "promised"), ("before.", "before. [Ask us](#fees).")),
)
STYLE = """element => {
  const style = getComputedStyle(element);
  return [style.color, style.backgroundColor, style.textDecorationLine, style.textDecorationStyle];
}"""


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_changes_look_like_changes_within_links_and_code(tab: Page, scheme: str) -> None:
    new = CHANGED_LINKS
    for words, others in EXCHANGED:
        new = new.replace(words, others)
    terms = policy(
        version("2026-01-05.v1", CHANGED_LINKS), version("2026-02-05.v1", new, Status.IN_FORCE)
    )
    put(tab, html(published(terms)["policies/terms/changes/2026-02-05.v1/"]))
    scheme_of = "([name]) => { document.body.dataset.mdColorScheme = name }"
    tab.evaluate(scheme_of, [scheme])
    for tag in ("ins", "del"):
        plain = tab.locator(f".gz-legend {tag}").evaluate(STYLE)
        for place in ("h3", "li", "th", "td"):
            within = tab.locator(f".gz-section {place} a {tag}")
            styles = [within.nth(at).evaluate(STYLE) for at in range(within.count())]
            assert styles == [plain]
        for inner in ("a", "code"):
            color, ground, *line = tab.locator(f".gz-section {tag} > {inner}").first.evaluate(STYLE)
            assert color == plain[0]
            assert ground == "rgba(0, 0, 0, 0)"  # that of the change shows through
            assert inner == "code" or line == plain[2:]
    tab.evaluate(scheme_of, ["default"])


def test_places_arrive_under_the_names_that_they_had(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    tab.goto(f"{address}{FRAME}#change-opening")
    tab.wait_for_function("location.hash === '#opening-change'", timeout=5000)
    assert tab.locator(":target.gz-section").count() == 1
    tab.close()


def test_keys_say_where_they_lead_and_can_be_turned_off(open_tab: OpenTab, address: str) -> None:
    tab = open_tab(viewport=DESKTOP)
    tab.goto(address + FRAME)
    status = tab.locator(".gz-redline > [role=status]")
    tab.keyboard.press("n")
    assert status.inner_text().startswith("Change 1 of ")
    assert status.inner_text().endswith(", in Opening")
    tab.keyboard.press("p")
    number, total = status.inner_text().split(",")[0].removeprefix("Change ").split(" of ")
    assert number == total
    tab.get_by_role("button", name="Turn keys off").click()
    tab.reload()
    tab.keyboard.press("n")
    assert tab.locator(".gz-current").count() == 0
    tab.get_by_role("button", name="Turn keys on").click()
    tab.keyboard.press("n")
    assert tab.locator(".gz-current").count() == 1
    assert tab.url == address + FRAME


def test_a_replacement_is_one_change_for_keys_and_a_move_is_one(tab: Page) -> None:
    old = "## Fees\n\nPay three coins.\n\n## Law\n\nCourts decide.\n\n## Tools\n\nBe careful.\n"
    new = "## Tools\n\nBe careful.\n\n## Fees\n\nPay four coins.\n\n## Law\n\nCourts decide.\n"
    terms = policy(version("2026-01-05.v1", old), version("2026-02-05.v1", new, Status.IN_FORCE))
    put(tab, html(published(terms)["policies/terms/changes/2026-02-05.v1/"]))
    places = []
    for _ in range(3):
        tab.keyboard.press("n")
        places.append(tab.locator(".gz-redline > [role=status]").inner_text())
    first, second = "Change 1 of 2, in Tools", "Change 2 of 2, in Fees"
    assert places == [first, second, first]
