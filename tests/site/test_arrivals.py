"""Links to sections as readers follow them: to old anchors, on a phone, from a former name."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, ViewportSize

from barriers import barriers
from bench.sites import make_from
from commands import build, git
from lending import files
from visits import PHONE, OpenTab, served

pytestmark = pytest.mark.xdist_group("lending")
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
HEADER = 48
"""So much of the top is covered by the head of the page."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose policy has done all that sections can do, and was renamed."""
    project = make_from(tmp_path_factory.mktemp("lending") / "project", files())
    old, new = (project / "docs/policies" / f"{name}.md" for name in ("lending", "loans"))
    new.write_bytes(old.read_bytes().replace(b"title:", b"formerly: [lending]\ntitle:", 1))
    old.unlink()
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Rename")
    result = build(project)
    assert result.returncode == 0, result.stderr
    with served(project / "site") as address:
        yield f"{address}policies/"


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A phone without scripts."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context
    context.close()


def top(element: Locator) -> float:
    box = element.bounding_box()
    assert box
    return box["y"]


@SIZES
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("fragment", ["räume", quote("räume"), "3-fines"])
def test_an_old_anchor_arrives_at_its_successor(
    open_tab: OpenTab, site: str, size: ViewportSize, scripts: bool, fragment: str
) -> None:
    page = open_tab(viewport=size, java_script_enabled=scripts)
    page.goto(f"{site}loans/#{fragment}")
    line = page.locator(".gz-old:visible")
    assert line.count() == 1
    heading = page.locator("#rooms" if "r" in fragment[:1] else "#\\32 -late-returns")
    assert HEADER <= top(line) < top(heading) < size["height"] / 2
    assert "You followed a link to" in line.inner_text()


def test_nobody_else_sees_or_hears_of_old_anchors(plain: BrowserContext, site: str) -> None:
    page = plain.new_page()
    page.goto(f"{site}loans/#deposits")
    assert page.locator(".gz-old:visible, .gz-had:visible").count() == 0
    assert "You followed" not in page.locator("article").aria_snapshot()
    heights = "() => document.documentElement.scrollHeight"
    before = page.evaluate(heights)
    page.evaluate(
        "document.querySelectorAll('.gz-old, .gz-had, .gz-gone').forEach(e => e.remove())"
    )
    assert page.evaluate(heights) == before


def test_a_removed_section_arrives_at_its_last_wording(plain: BrowserContext, site: str) -> None:
    page = plain.new_page()
    page.goto(f"{site}loans/#guests")
    line = page.locator(".gz-old:visible")
    assert "It was removed on 5 February 2025." in line.inner_text()
    assert "bags and coats in the lockers" in line.inner_text()
    assert HEADER <= top(line) < PHONE["height"]
    line.get_by_role("link", name="Read its history").click()
    assert page.locator("h1").inner_text() == "Guests: its history"


def test_an_anchor_that_several_had_arrives_at_a_choice(plain: BrowserContext, site: str) -> None:
    page = plain.new_page()
    page.goto(f"{site}loans/#fees")
    line = page.locator(".gz-old:visible")
    assert HEADER <= top(line) < PHONE["height"]
    line.get_by_role("link", name="“Deposits”").click()
    assert page.url.endswith("#deposits")
    assert HEADER <= top(page.locator("#deposits")) < 200


def test_an_anchor_in_use_arrives_and_names_the_others(plain: BrowserContext, site: str) -> None:
    page = plain.new_page()
    page.goto(f"{site}loans/#contact")
    assert HEADER <= top(page.locator("h2#contact")) < 200
    assert "Other sections had this address" in page.locator(".gz-had:visible").inner_text()
    page.goto(f"{site}loans/#rooms")
    assert page.locator(".gz-had:visible").count() == 0


def test_a_link_to_a_former_name_arrives(open_tab: OpenTab, site: str) -> None:
    page = open_tab(viewport=PHONE)
    page.goto(f"{site}lending/#3-fines")
    page.wait_for_url(f"{site}loans/#3-fines")
    assert "It is now section 2." in page.locator(".gz-old:visible").inner_text()
    page.goto(f"{site}lending/sections/3-fines/")
    page.wait_for_url(f"{site}loans/sections/3-fines/")


def test_a_visit_under_a_former_name_is_shown_and_forgotten(open_tab: OpenTab, site: str) -> None:
    tab = open_tab(viewport=PHONE)
    tab.goto(f"{site}loans/")
    tab.evaluate("""sections => {
      const visit = { version: "2025-01-05.v1", sections };
      localStorage.setItem("gazette /policies/lending/", JSON.stringify(visit));
    }""", {"guests": ["0", "Guests"]})  # fmt: skip
    status = tab.locator(".gz-return [role=status]")
    for _ in range(2):  # a reload tells it again
        tab.reload()
        status.get_by_role("link", name="See what changed").wait_for()
        assert "Removed since your last visit: section Guests of then." in status.inner_text()
    assert tab.evaluate("Object.keys(localStorage)") == ["gazette /policies/loans/"]
    tab.get_by_role("button", name="forget").click()
    assert tab.evaluate("[localStorage, sessionStorage].map(kept => kept.length)") == [0, 0]


def test_a_citation_is_copied_with_two_clicks(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=PHONE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}loans/versions/2025-02-05.v1/#3-late-returns")
    mark = page.locator("#\\33 -late-returns + .gz-mark")
    mark.get_by_text("Cite", exact=True).click()
    mark.get_by_role("button", name="Copy").click()
    mark.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        "NanoIP, Lending, version 2025-02-05.v1, section 3, "
        "https://help.example.com/policies/loans/versions/2025-02-05.v1/#3-late-returns"
    )
    context.close()


def test_a_citation_can_be_selected_without_a_script(plain: BrowserContext, site: str) -> None:
    page = plain.new_page()
    page.goto(f"{site}loans/")
    mark = page.locator("#rooms + .gz-mark")
    mark.get_by_text("Cite", exact=True).click()
    assert "“Rooms”, https://help.example.com/" in mark.locator("p:visible").inner_text()
    assert mark.locator("button").count() == 0


def test_what_stands_at_a_heading_can_be_touched(plain: BrowserContext, site: str) -> None:
    page = plain.new_page()
    page.goto(f"{site}loans/")
    for selector in (".headerlink", ".gz-mark > a", ".gz-mark summary"):
        targets = page.locator(f".gz-text {selector}")
        assert targets.count() >= 8
        for target in targets.all():
            box = target.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24, selector
            assert float(target.evaluate("e => getComputedStyle(e).opacity")) > 0.5


def test_paper_has_no_controls(plain: BrowserContext, site: str) -> None:
    page = plain.new_page()
    page.goto(f"{site}loans/#fees")
    page.emulate_media(media="print")
    assert page.locator(".gz-mark summary:visible, .headerlink:visible").count() == 0
    assert page.locator(".gz-old:visible").count() == 0


@pytest.mark.parametrize(
    "address", ["loans/#3-fines", "loans/#guests", "loans/sections/3-fines/", "loans/#contact"]
)
def test_pages_pass_axe(open_tab: OpenTab, site: str, address: str) -> None:
    page = open_tab(viewport=PHONE, reduced_motion="reduce")
    page.goto(site + address)
    page.locator(".gz-mark summary").first.click() if "sections" not in address else None
    assert [*barriers(page, (PHONE, DESKTOP))] == []
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
