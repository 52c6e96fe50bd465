"""How pages look: what readers of every kind of page can see, at every width and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from bench.first_changes import FIRST
from bench.screenshots import kinds
from visits import DESKTOP, PHONE, TABLET, rest_of, served

WIDE: ViewportSize = {"width": 2200, "height": 1200}
BLOCKS = "p, li, td, th, dd, dt, h1, h2, h3, summary, details, figcaption, div"
LONGEST_LINE = (
    """() => {
  // A word with the space behind it, or a letter of a script that puts no spaces between words.
  const WORD = /[\\u3000-\\u9fff\\uff00-\\uffef]|[^\\s\\u3000-\\u9fff\\uff00-\\uffef]+\\s*|\\s+/g;
  const lines = [];
  for (const block of document.querySelector("article").querySelectorAll("BLOCKS")) {
    if (getComputedStyle(block).display === "flex") continue; // names side by side, no text
    let line = "", bottom = -1;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const parent = node.parentElement;
      if (parent.closest("BLOCKS") !== block) continue;
      if (parent.closest("pre, gz-s, .gz-hidden, code") || !parent.checkVisibility()) continue;
      for (const { 0: word, index } of node.data.matchAll(WORD)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        for (const { top, bottom: end, width } of range.getClientRects()) {
          if (width < 2) continue;
          if (top > bottom - 4) { lines.push(line.trim()); line = ""; bottom = end; }
        }
        line += word.replace(/\\s+/g, " ");
      }
    }
    lines.push(line.trim());
  }
  return lines.reduce((longest, line) => (line.length > longest.length ? line : longest), "");
}"""
).replace("BLOCKS", BLOCKS)
"""Returns the longest line of text that the page shows."""
OPEN_ALL = """document.querySelectorAll("article details:not(.gz-mark details)")
  .forEach((details) => { details.open = true; })"""
"""Opens all that opens but the addresses to cite, which are no sentences."""
UNREACHED = """[...document.querySelectorAll("article *")].filter((part) =>
  part.scrollWidth > part.clientWidth + 1
  && ["auto", "scroll"].includes(getComputedStyle(part).overflowX)
  && !(part.tabIndex >= 0 && part.ariaLabel)
).map((part) => part.outerHTML.slice(0, 200))"""
"""Returns what scrolls sideways and is not reached from the keyboard, or has no name there."""
CONTRASTS = """(selectors) => {
  const shade = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map(Number).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = shade(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll(selectors)].map((element) => {
    const line = shade(getComputedStyle(element).borderBlockStartColor);
    return (Math.max(line, ground) + 0.05) / (Math.min(line, ground) + 0.05);
  });
}"""
"""Returns the contrast of the upper edges of elements with the ground of the page."""
GROUND = """[document.body, document.querySelector(".md-header")].map((element) => {
  const { backgroundColor, color } = getComputedStyle(element);
  return backgroundColor + color;
})"""
"""Returns the colours of the page and of its head."""
EDGES = ".gz-card, .gz-days, .gz-days :is(input, button), .gz-return button, .gz-help"
CONTROLS = (
    "header, footer, button, input, select, .gz-actions, .gz-steps, .gz-toc, .headerlink, "
    ".md-sidebar, .gz-help, .gz-back, .gz-jump"
)


@pytest.fixture(scope="module")
def address(showcase: Path) -> Iterator[str]:
    """Where the help center with every kind of page is served."""
    with served(showcase) as address:
        yield address


@pytest.fixture(scope="module")
def pages(showcase: Path) -> dict[str, str]:
    """The address of a page of every kind, by kind, but for pages that lead on at once."""
    return {
        kind: page
        for kind, page in kinds(showcase).items()
        if "md-main" in _file(showcase, page).read_text("utf-8")
    }


def _file(site: Path, page: str) -> Path:
    path = site / page.partition("?")[0]
    return path / "index.html" if path.is_dir() else path


def style_of(selector: str) -> str:
    """Return the script that asks how the first such element looks."""
    return f"getComputedStyle(document.querySelector('{selector}'))"


def tab_of(
    browser: Browser, size: ViewportSize, *, scripts: bool = True, dark: bool = False
) -> Page:
    """A tab of this size, to be closed with its context."""
    context = browser.new_context(
        viewport=size,
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    return context.new_page()


def test_lines_are_short_none_leaves_the_screen_and_no_page_keeps_anything(
    browser: Browser, address: str, pages: dict[str, str]
) -> None:
    tab = tab_of(browser, PHONE)
    longest, wide, unreached = {}, [], {}
    for kind, page in pages.items():
        tab.goto(address + page, wait_until=rest_of(page))
        if tab.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            wide.append(kind)
        unreached[kind] = tab.evaluate(UNREACHED)
        for size in (PHONE, TABLET, DESKTOP, WIDE):
            tab.set_viewport_size(size)
            tab.evaluate(OPEN_ALL)
            longest[kind, size["width"]] = tab.evaluate(LONGEST_LINE)
        tab.set_viewport_size(PHONE)
    kept = tab.evaluate("[localStorage.length, sessionStorage.length]"), tab.context.cookies()
    tab.context.close()
    assert kept == ([0, 0], [])
    assert not wide
    assert {kind: parts for kind, parts in unreached.items() if parts} == {}
    assert all(longest.values())
    assert {where: line for where, line in longest.items() if len(line) > 70} == {}


def test_the_first_change_is_on_the_first_screen(
    browser: Browser, address: str, pages: dict[str, str]
) -> None:
    tab = tab_of(browser, DESKTOP)
    marks = {}
    for kind, page in pages.items():
        if kind.startswith(("policy-changes-", "policy-since-")):
            tab.goto(address + page)
            marks[kind] = tab.evaluate(FIRST)[0]
    tab.context.close()
    assert len(marks) >= 2
    assert all(0 < mark < DESKTOP["height"] for mark in marks.values()), marks


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_without_scripts_are_as_dark_as_the_system(
    browser: Browser, address: str, pages: dict[str, str], dark: bool
) -> None:
    still = tab_of(browser, DESKTOP, scripts=False, dark=dark)
    lively = tab_of(browser, DESKTOP, dark=dark)
    for page in pages.values():
        still.goto(address + page)
        lively.goto(address + page)
        colours = still.evaluate(GROUND)
        assert colours == lively.evaluate(GROUND), page
        assert colours[0].startswith("rgb(23" if dark else "rgb(253"), page
    still.context.close()
    lively.context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_edges_that_matter_are_seen(browser: Browser, address: str, dark: bool) -> None:
    tab = tab_of(browser, DESKTOP, dark=dark)
    seen = 0
    for page in ("", "policies/privacy-policy/", "policies/privacy-policy/on/", "404.html"):
        tab.goto(address + page, wait_until="networkidle")
        contrasts = tab.evaluate(CONTRASTS, EDGES)
        assert min(contrasts) >= 3, page
        seen += len(contrasts)
    assert seen > 12
    tab.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_list_of_sections_opens_where_there_is_no_room_beside_the_text(
    browser: Browser, address: str, pages: dict[str, str], scripts: bool
) -> None:
    tab = tab_of(browser, PHONE, scripts=scripts)
    opened = []
    for kind, page in pages.items():
        for size in (PHONE, TABLET):
            tab.set_viewport_size(size)
            tab.goto(address + page)
            links = tab.locator(".md-sidebar--secondary .gz-toc li > a")
            if not links.count():
                break
            assert not links.first.is_visible()
            tab.locator(".md-sidebar--secondary .gz-toc summary").click()
            assert links.first.is_visible()
            links.last.click()
            assert "#" in tab.url
            opened.append(kind)
    assert {"policy", "policy-versions-version", "privacy-ja", "reseller-terms"} <= {*opened}
    tab.context.close()


def test_text_keeps_away_from_the_edges_and_the_foot_says_who_publishes_it(
    browser: Browser, address: str, pages: dict[str, str]
) -> None:
    tab = tab_of(browser, PHONE, scripts=False)
    for kind, page in pages.items():
        tab.goto(address + page)
        foot = tab.locator("footer")
        assert foot.count() == 1, kind
        assert "NanoIP" in foot.inner_text()
        targets = foot.locator("a").evaluate_all("links => links.map(link => link.href)")
        assert targets == [
            f"{address}imprint/",
            "https://example.com/licence/",
            f"{address}feed.xml",
        ]
        for size in (PHONE, TABLET):
            tab.set_viewport_size(size)
            for selector in ("article", ".md-sidebar--secondary .gz-toc", "footer > *"):
                if tab.locator(selector).count():
                    box = tab.locator(selector).first.bounding_box()
                    assert box, (kind, selector)
                    inset = 0 if selector == "footer > *" else 16
                    assert box["x"] >= inset, (kind, selector)
                    assert box["x"] + box["width"] <= size["width"] - inset, (kind, selector)
        tab.set_viewport_size(PHONE)
    tab.context.close()


def test_the_list_of_sections_stands_beside_the_text_where_there_is_room(
    browser: Browser, address: str
) -> None:
    tab = tab_of(browser, DESKTOP, scripts=False)
    for page in ("policies/privacy-policy/", "policies/privacy-policy/versions/2025-02-10.v1/"):
        tab.goto(address + page)
        box = tab.locator(".md-sidebar--secondary .gz-toc li > a").first.bounding_box()
        text = tab.locator("article .gz-text > p").first.bounding_box()
        assert box
        assert text
        assert box["x"] > text["x"] + text["width"]
        assert not tab.locator(".md-sidebar--secondary .gz-toc summary").is_visible()
    tab.context.close()


def test_no_letter_alone_leaves_a_page(
    browser: Browser, address: str, pages: dict[str, str]
) -> None:
    tab = tab_of(browser, DESKTOP)
    for page in pages.values():
        tab.goto(address + page, wait_until=rest_of(page))
        before = tab.url
        for key in "np.,":
            tab.keyboard.press(key)
        assert tab.url.partition("#")[0] == before.partition("#")[0]
        assert tab.locator("head link[rel=next], head link[rel=prev]").count() == 0
    tab.context.close()


def test_scripts_without_slanted_letters_have_none_and_heads_stand_over_their_columns(
    browser: Browser, address: str
) -> None:
    tab = tab_of(browser, PHONE, scripts=False)
    style = "element => [getComputedStyle(element).fontStyle, getComputedStyle(element).textAlign]"
    for name, slant in (
        ("privacy-ja", "normal"),
        ("privacy-ar", "normal"),
        ("partner-rules", "italic"),
    ):
        tab.goto(f"{address}policies/{name}/changes/2026-02-02.v1/")
        assert tab.locator(".gz-summary").evaluate(style)[0] == slant, name
    tab.goto(f"{address}policies/privacy-ja/")
    for cell in ("th", "td"):
        assert tab.locator(f".gz-text {cell}").nth(2).evaluate(style)[1].endswith("right"), cell
    tab.context.close()


def test_notices_and_what_opens_are_as_large_as_the_text(browser: Browser, address: str) -> None:
    tab = tab_of(browser, DESKTOP)
    tab.goto(f"{address}imprint/")
    size = "elements => elements.map(element => getComputedStyle(element).fontSize)"
    [text] = tab.locator("article").evaluate_all(size)
    assert (
        tab.locator("article > details, .admonition, .admonition p").evaluate_all(size)[:3]
        == [text] * 3
    )
    boxes = [tab.locator(part).bounding_box() for part in (".admonition", ".admonition-title")]
    around, title = (box["width"] if box else 0 for box in boxes)
    assert 0 < title <= around <= title + 4
    tab.context.close()


def test_a_retired_policy_shows_its_last_text_and_when_it_was_in_force(
    browser: Browser, address: str
) -> None:
    tab = tab_of(browser, DESKTOP)
    tab.goto(f"{address}policies/reseller-terms/")
    banner = tab.locator(".gz-banner--retired").inner_text()
    assert "retired on 2 November 2026" in banner
    assert "in force from 2 February 2026 to 1 November 2026" in banner
    assert "less 15 percent" in tab.locator(".gz-text").inner_text()
    tab.context.close()


def test_a_section_of_a_retired_policy_can_be_cited(browser: Browser, address: str) -> None:
    tab = tab_of(browser, DESKTOP)
    tab.goto(f"{address}policies/reseller-terms/")
    tab.locator(".gz-mark summary").first.click()
    assert tab.locator(".gz-copy").inner_text() == "Copy"
    tab.context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_of_what_is_gone_pass_axe(
    browser: Browser, address: str, size: ViewportSize, dark: bool
) -> None:
    tab = tab_of(browser, size, dark=dark)
    terms = "policies/reseller-terms/"
    compared = f"{terms}compare/?from=2025-03-03.v1&to=2026-02-02.v1"
    for page in ("404.html", terms, f"{terms}changes/2026-02-02.v1/", compared):
        tab.goto(address + page, wait_until="networkidle")
        assert tab.evaluate(UNREACHED) == []
        results = Axe().run(tab)
        assert results.violations_count == 0, results.generate_report()
    assert tab.evaluate(f"{style_of('.gz-compared pre')}.overflowX") == "auto"
    tab.context.close()


def test_an_address_that_leads_nowhere_offers_a_search(browser: Browser, address: str) -> None:
    tab = tab_of(browser, DESKTOP)
    tab.goto(f"{address}404.html")
    assert "does not exist" in tab.locator("h1").inner_text()
    tab.locator("#gz-find").fill("cookies")
    tab.locator("#gz-find").press("Enter")
    tab.locator(".md-search-result__link").first.wait_for()
    tab.context.close()


def test_every_sheet_bears_title_address_version_and_days(
    browser: Browser, address: str, pages: dict[str, str]
) -> None:
    """Browsers repeat fixed elements on every sheet, and the head of a table, which makes room."""
    tab = tab_of(browser, DESKTOP)
    tab.emulate_media(media="print")
    fixed = "element => getComputedStyle(element).position === 'fixed' && element.checkVisibility()"
    for kind, page in pages.items():
        if not page.startswith("policies/"):
            continue  # it tells of no policy alone
        tab.goto(address + page, wait_until="networkidle")
        for selector in ("title", "link[rel=canonical]", ".gz-stamp"):
            assert tab.locator(selector).first.evaluate(fixed), (kind, selector)
        room = "getComputedStyle(document.querySelector('.md-container'), '::before')"
        assert tab.evaluate(f"{room}.display") == "table-header-group"
        assert tab.evaluate(f"{room}.breakInside") == "avoid"
        bottoms = [
            tab.locator(selector).first.bounding_box() for selector in ("title", ".gz-stamp")
        ]
        start = tab.locator("article > :visible:not(.gz-stamp)").first.bounding_box()
        assert start
        assert all(box and box["y"] + box["height"] <= start["y"] for box in bottoms)
    tab.context.close()


def test_a_sheet_says_what_was_asked_and_answered(browser: Browser, address: str) -> None:
    tab = tab_of(browser, DESKTOP)
    tab.emulate_media(media="print")
    terms = "policies/reseller-terms/"
    for page in ("on/?date=2026-03-01", "compare/?from=2025-03-03.v1&to=2026-02-02.v1"):
        tab.goto(f"{address}{terms}{page}#gz-title", wait_until="networkidle")
        stated = tab.locator("link[rel=canonical]").get_attribute("href")
        assert stated == f"{address}{terms}{page}"
    tab.goto(f"{address}{terms}changes/2026-02-02.v1/?h=percent")
    stated = tab.locator("link[rel=canonical]").get_attribute("href")
    assert stated == f"{address}{terms}changes/2026-02-02.v1/"
    tab.goto(f"{address}{terms}on/?date=2026-03-01")
    tab.locator(".gz-days__answer", has_text="1 March 2026").wait_for()
    assert not tab.locator(".gz-days :is(label, input, button)").locator("visible=true").count()
    tab.goto(f"{address}{terms}on/")
    assert not tab.locator(".gz-days").is_visible()
    tab.context.close()


def test_a_long_title_and_a_long_address_are_one_line_of_a_sheet(
    browser: Browser, address: str, pages: dict[str, str]
) -> None:
    tab = tab_of(browser, PHONE)
    tab.emulate_media(media="print")
    tab.goto(address + pages["policy"])
    tab.evaluate("document.title = 'Data Processing Addendum for Customers '.repeat(5)")
    tab.locator("link[rel=canonical]").evaluate("link => (link.href += 'long-name/'.repeat(20))")
    lines = ("title", "link[rel=canonical]", ".gz-stamp")
    title, link, stamp = (tab.locator(line).first.bounding_box() for line in lines)
    tab.context.close()
    assert title
    assert link
    assert stamp
    assert 0 < title["y"] + title["height"] <= link["y"] + 0.5
    assert link["y"] + link["height"] <= stamp["y"] + 0.5


def test_paper_shows_no_controls_and_keeps_headings_with_their_text(
    browser: Browser, address: str, pages: dict[str, str]
) -> None:
    tab = tab_of(browser, DESKTOP)
    tab.emulate_media(media="print")
    for kind, page in pages.items():
        if kind.endswith("compare"):
            continue  # its whole page is a control
        tab.goto(address + page)
        assert tab.locator(CONTROLS).locator("visible=true").count() == 0, kind
        loose = tab.locator("article :is(h1, h2, h3, h4)").evaluate_all(
            "all => all.filter(it => getComputedStyle(it).breakAfter !== 'avoid').length"
        )
        assert loose == 0, kind
    tab.context.close()
