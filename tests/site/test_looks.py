"""How pages look: what readers of every kind of page can see, at every width and on paper.

A page of every kind is opened once with scripts and once without. All that is measured there is
measured on the open page, which is resized, printed and made light or dark, one after the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, ViewportSize

from barriers import barriers
from bench.first_changes import FIRST
from bench.screenshots import kinds
from visits import DESKTOP, PHONE, TABLET, Scheme, rest_of, served, turn

pytestmark = pytest.mark.xdist_group("showcase")

WIDE: ViewportSize = {"width": 2200, "height": 1200}
BLOCKS = "p, li, td, th, dd, dt, h1, h2, h3, summary, details, figcaption, div"
MOST_CHARACTERS = 70
"""So many a line of text may have."""
LONGEST_LINE = """([blockNames, most]) => {
  // A word with the space behind it, or a letter of a script that puts no spaces between words.
  const WORD = /[\\u3000-\\u9fff\\uff00-\\uffef]|[^\\s\\u3000-\\u9fff\\uff00-\\uffef]+\\s*|\\s+/g;
  const article = document.querySelector("article");
  const closed = [...article.querySelectorAll("details:not([open])")]
    .filter((details) => !details.closest(".gz-mark")); // addresses to cite are no sentences
  closed.forEach((details) => { details.open = true; });
  const textsOf = new Map();
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const parent = node.parentElement;
    const block = parent.closest(blockNames);
    if (!article.contains(block) || block === article || !node.data.trim()) continue;
    if (parent.closest("pre, gz-s, .gz-hidden, code") || !parent.checkVisibility()) continue;
    if (!textsOf.has(block)) textsOf.set(block, []);
    textsOf.get(block).push(node);
  }
  const lines = [];
  for (const [block, nodes] of textsOf) {
    if (getComputedStyle(block).display === "flex") continue; // names side by side, no text
    const all = nodes.map(({ data }) => data).join("").replace(/\\s+/g, " ").trim();
    if (all.length <= most) { lines.push(all); continue; } // whatever its lines are
    let line = "", bottom = -1;
    for (const node of nodes) {
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
  closed.forEach((details) => { details.open = false; });
  return lines.reduce((longest, line) => (line.length > longest.length ? line : longest), "");
}"""
"""Returns the longest line of text that the page shows where all opens that can be opened."""
UNREACHED = """[...document.querySelectorAll("article *")].filter((part) =>
  part.scrollWidth > part.clientWidth + 1
  && ["auto", "scroll"].includes(getComputedStyle(part).overflowX)
  && !(part.tabIndex >= 0 && part.ariaLabel)
).map((part) => part.outerHTML.slice(0, 200))"""
"""Returns what scrolls sideways and is not reached from the keyboard, or has no name there."""
WIDENED = """(table) => {
  for (const row of table.rows) {
    while (row.cells.length < 30) row.append(row.lastElementChild.cloneNode(true));
  }
  document.querySelector(".gz-mark").after(table.closest(".md-typeset__scrollwrap") ?? table);
}"""
"""Gives a table more columns than fit beside a note in the margin, and puts it there."""
LIST_OF_SECTIONS = """() => {
  const list = document.querySelector(".md-sidebar--secondary .gz-toc");
  const links = list ? [...list.querySelectorAll("li > a")] : [];
  if (!links.length) return null;
  const isShown = (link) => link.checkVisibility() && link.getBoundingClientRect().height > 0;
  const press = (element) => {
    element.scrollIntoView({ block: "center" });
    const { x, y, width, height } = element.getBoundingClientRect();
    const pressed = document.elementFromPoint(x + width / 2, y + height / 2);
    if (element.contains(pressed)) pressed.click();
  };
  const summary = list.querySelector("summary");
  const wasShown = isShown(links[0]);
  press(summary);
  const states = [wasShown, isShown(links[0])];
  press(links.at(-1));
  states.push(location.hash.length > 1);
  location.hash = "";
  summary.parentElement.open = false;
  return states;
}"""
"""Opens the list, follows its last link, and closes it; presses nothing that lies below others."""
OPENED = [False, True, True]
"""What it returns of a list that is closed at first, opens, and leads somewhere."""
NEAR_THE_EDGES = """["article", ".md-sidebar--secondary .gz-toc", "footer > *"].flatMap((part) => {
  const { left, right } = document.querySelector(part)?.getBoundingClientRect() ?? {};
  const inset = part === "footer > *" ? 0 : 16;
  return left < inset || right > innerWidth - inset ? [`${part}: ${left} to ${right}`] : [];
})"""
"""Returns what comes too near to the edges of the screen."""
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
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
EDGES = ".gz-card, .gz-days, .gz-days :is(input, button), .gz-return button, .gz-help"
CONTROLS = (
    "header, footer, button, input, select, .gz-actions, .gz-steps, .gz-toc, .headerlink, "
    ".md-sidebar, .gz-help, .gz-back, .gz-jump"
)
SHEET = """(controls) => {
  const box = (element) => element.getBoundingClientRect();
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && box(element).width > 0
    && box(element).height > 0;
  const lines = ["title", "link[rel=canonical]", ".gz-stamp"].map((selector) => {
    const line = document.querySelector(selector);
    return line && isShown(line) && getComputedStyle(line).position === "fixed"
      ? { bottom: box(line).bottom } : { missing: selector };
  });
  const room = getComputedStyle(document.querySelector(".md-container"), "::before");
  const start = [...document.querySelectorAll("article > :not(.gz-stamp)")].find(isShown);
  return {
    missing: lines.map(({ missing }) => missing).filter(Boolean),
    room: [room.display, room.breakInside],
    lowest: Math.max(...lines.map(({ bottom }) => bottom ?? 0)),
    start: box(start).top,
    controls: [...document.querySelectorAll(controls)].filter(isShown)
      .map((control) => control.outerHTML.slice(0, 200)),
    loose: [...document.querySelectorAll("article :is(h1, h2, h3, h4)")]
      .filter((heading) => getComputedStyle(heading).breakAfter !== "avoid")
      .map((heading) => heading.outerHTML.slice(0, 200)),
  };
}"""
"""Returns what stands on a sheet of paper, and where."""


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


Measurements = dict[tuple[str, int], Any]
"""What was measured, by kind of page and width; why not, where a page does not let it."""
Measure = Callable[[Page], Any]
"""Measures something of the page that a tab shows, and leaves it as it was."""
Results = dict[Measure, Measurements]
Plan = Sequence[tuple[ViewportSize, Sequence[Measure]]]
"""What to measure at which size."""


def measured(tab: Page, address: str, pages: dict[str, str], plan: Plan) -> Results:
    """Open each page once, at the first size, and measure it at all."""
    results: Results = defaultdict(dict)
    for kind, page in pages.items():
        tab.set_viewport_size(plan[0][0])
        tab.goto(address + page, wait_until=rest_of(page))
        for size, measures in plan:
            tab.set_viewport_size(size)
            for measure in measures:
                try:
                    result = measure(tab)
                except Error as error:
                    result = error
                results[measure][kind, size["width"]] = result
    return results


def taken(results: Results, measure: Measure) -> Measurements:
    """Return the measurements of all pages, where every page let itself be measured."""
    measurements = results[measure]
    assert {page: why for page, why in measurements.items() if isinstance(why, Error)} == {}
    return measurements


def page_width(tab: Page) -> Any:
    return tab.evaluate("document.documentElement.scrollWidth")


def unreached(tab: Page) -> Any:
    return tab.evaluate(UNREACHED)


def longest_line(tab: Page) -> Any:
    return tab.evaluate(LONGEST_LINE, [BLOCKS, MOST_CHARACTERS])


def first_change(tab: Page) -> Any:
    return tab.evaluate(FIRST)[0]


def list_of_sections(tab: Page) -> Any:
    """Tell whether its links are seen, at first and opened, and what its last link leads to."""
    return tab.evaluate(LIST_OF_SECTIONS)


def colours(tab: Page) -> dict[Scheme, Any]:
    """Return the colours of page and head as it was opened, and after the system turned."""
    opened, turned = _schemes(tab)
    shades = {opened: tab.evaluate(GROUND)}
    tab.emulate_media(color_scheme=turned)
    return shades | {turned: tab.evaluate(GROUND)}


def lively_colours(tab: Page) -> dict[Scheme, Any]:
    """Return the same where scripts turn the page, and the contrasts of edges with it."""
    opened, turned = _schemes(tab)
    shades = {opened: (tab.evaluate(GROUND), tab.evaluate(CONTRASTS, EDGES))}
    turn(tab, turned)
    return shades | {turned: (tab.evaluate(GROUND), tab.evaluate(CONTRASTS, EDGES))}


def _schemes(tab: Page) -> tuple[Scheme, Scheme]:
    return ("dark", "light") if tab.evaluate(IS_DARK) else ("light", "dark")


def sheet(tab: Page) -> Any:
    tab.emulate_media(media="print")
    printed = tab.evaluate(SHEET, CONTROLS)
    tab.emulate_media(media="screen")
    return printed


def after_letters(tab: Page) -> list[str]:
    """Return the address before and after letters were typed, and links that letters follow."""
    before = tab.url
    tab.keyboard.type("np.,")
    links = "[...document.querySelectorAll('head :is(link[rel=next], link[rel=prev])')]"
    return [before, *tab.evaluate(f"[location.href, ...{links}.map(link => link.outerHTML)]")]


def kept(tab: Page) -> Any:
    """Return how much pages keep in the browser, whatever was done with them."""
    return tab.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]")


def foot(tab: Page) -> Any:
    """Return the words of every foot of the page, and where its links lead."""
    return tab.evaluate("""[...document.querySelectorAll("footer")].map((foot) =>
      [foot.innerText, ...[...foot.querySelectorAll("a")].map((link) => link.href)])""")


def near_the_edges(tab: Page) -> Any:
    return tab.evaluate(NEAR_THE_EDGES)


LIVELY: Plan = (
    (PHONE, (page_width, unreached, list_of_sections, longest_line)),
    (TABLET, (list_of_sections, longest_line)),
    (DESKTOP, (first_change, lively_colours, sheet, longest_line)),
    (WIDE, (longest_line, after_letters, kept)),
)
STILL: Plan = (
    (PHONE, (foot, near_the_edges, list_of_sections, colours)),
    (TABLET, (near_the_edges, list_of_sections)),
)


@pytest.fixture(scope="module")
def lively(browser: Browser, address: str, pages: dict[str, str]) -> Results:
    """What a page of every kind shows with scripts, by measure."""
    tab = tab_of(browser, PHONE)
    results = measured(tab, address, pages, LIVELY)
    tab.context.close()
    return results


@pytest.fixture(scope="module")
def still(browser: Browser, address: str, pages: dict[str, str]) -> Results:
    """What a page of every kind shows without scripts, by measure."""
    tab = tab_of(browser, PHONE, scripts=False)
    results = measured(tab, address, pages, STILL)
    tab.context.close()
    return results


def test_no_page_scrolls_sideways_on_a_phone(lively: Results) -> None:
    assert {page: wide for page, wide in taken(lively, page_width).items() if wide != page[1]} == {}


def test_what_scrolls_sideways_is_reached_from_the_keyboard(
    lively: Results,
) -> None:
    assert {page: parts for page, parts in taken(lively, unreached).items() if parts} == {}


def test_no_page_keeps_anything(lively: Results) -> None:
    assert {
        page: lengths for page, lengths in taken(lively, kept).items() if lengths != [0, 0, 0]
    } == {}


def test_lines_have_at_most_70_characters(lively: Results) -> None:
    lines = taken(lively, longest_line)
    assert [page for page, line in lines.items() if not line] == []
    assert {page: line for page, line in lines.items() if len(line) > MOST_CHARACTERS} == {}


def test_the_first_change_is_on_the_first_screen(lively: Results) -> None:
    marks = {
        kind: mark
        for (kind, _), mark in taken(lively, first_change).items()
        if kind.startswith(("policy-changes-", "policy-since-"))
    }
    assert len(marks) >= 2
    assert all(0 < mark < DESKTOP["height"] for mark in marks.values()), marks


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(253"), ("dark", "rgb(23")])
def test_pages_without_scripts_are_as_dark_as_the_system(
    lively: Results, still: Results, scheme: Scheme, ground: str
) -> None:
    """Each second page is opened in the dark, the others turn dark while they are open."""
    shown = {kind: shades[scheme] for (kind, _), shades in taken(still, colours).items()}
    with_scripts = {
        kind: shades[scheme] for (kind, _), shades in taken(lively, lively_colours).items()
    }
    assert shown == {kind: page for kind, (page, _) in with_scripts.items()}
    assert [kind for kind, (page, _) in shown.items() if not page.startswith(ground)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_that_matter_are_seen(lively: Results, scheme: Scheme) -> None:
    shades = {
        kind: shades[scheme][1] for (kind, _), shades in taken(lively, lively_colours).items()
    }
    assert [kind for kind, contrasts in shades.items() if min(contrasts, default=9) < 3] == []
    assert sum(len(shades[kind]) for kind in ("home", "policy", "policy-on", "404")) > 12


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_list_of_sections_opens_where_there_is_no_room_beside_the_text(
    lively: Results, still: Results, scripts: bool
) -> None:
    lists = taken(lively if scripts else still, list_of_sections)
    present = {page: opened for page, opened in lists.items() if opened}
    assert {page: opened for page, opened in present.items() if opened != OPENED} == {}
    kinds_with_lists = {"policy", "policy-versions-version", "privacy-ja", "reseller-terms"}
    assert {(kind, size["width"]) for kind in kinds_with_lists for size in (PHONE, TABLET)} <= {
        *present
    }


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_list_of_sections_opens_under_a_finger(
    browser: Browser, address: str, scripts: bool
) -> None:
    tab = tab_of(browser, PHONE, scripts=scripts)
    tab.goto(f"{address}policies/privacy-policy/")
    tab.locator(".md-sidebar--secondary .gz-toc summary").click()
    tab.locator(".md-sidebar--secondary .gz-toc li > a").last.click()
    assert "#" in tab.url
    tab.context.close()


def test_text_keeps_away_from_the_edges(still: Results) -> None:
    assert {page: near for page, near in taken(still, near_the_edges).items() if near} == {}


def test_the_foot_of_every_page_says_who_publishes_it(still: Results, address: str) -> None:
    targets = [f"{address}imprint/", "https://example.com/licence/", f"{address}feed.xml"]
    for page, feet in taken(still, foot).items():
        assert [links for _, *links in feet] == [targets], page
        assert "NanoIP" in feet[0][0], page


def test_no_letter_alone_leaves_a_page(lively: Results) -> None:
    for page, (before, after, *links) in taken(lively, after_letters).items():
        assert (after.partition("#")[0], links) == (before.partition("#")[0], []), page


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


def strip(tab: Page, table: Locator, end: str) -> bytes:
    """Return a picture of some pixels at the "left" or "right" end of the second row of a table."""
    table.scroll_into_view_if_needed()
    whole, row = table.bounding_box(), table.locator("tr").nth(1).bounding_box()
    assert whole
    assert row
    left = whole["x"] if end == "left" else whole["x"] + whole["width"] - 4
    return tab.screenshot(clip={"x": left, "y": row["y"] + 3, "width": 4, "height": 4})


@pytest.mark.parametrize("dark", [False, True])
def test_a_table_is_shaded_where_more_of_its_columns_stand(
    browser: Browser, address: str, dark: bool
) -> None:
    tab = tab_of(browser, {"width": 320, "height": 800}, dark=dark)
    tab.goto(f"{address}policies/reseller-terms/")
    table = tab.locator("article table")
    assert strip(tab, table, "left") != strip(tab, table, "right")
    plain = strip(tab, table, "left")
    table.evaluate("table => { table.scrollLeft = 1000; }")
    assert strip(tab, table, "right") == plain != strip(tab, table, "left")
    tab.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_shows_all_columns_of_a_table(browser: Browser, address: str, scripts: bool) -> None:
    tab = tab_of(browser, DESKTOP, scripts=scripts)
    tab.goto(f"{address}policies/reseller-terms/")
    tab.emulate_media(media="print")
    mark, table = tab.locator(".gz-mark").first, tab.locator("article table")
    table.evaluate(WIDENED)
    last = table.locator("tr").last.locator("td").last
    assert last.evaluate("""cell => {
      const at = cell.getBoundingClientRect();
      scrollTo(at.x - 100, at.y - 100); // the page, never a frame in it
      const { x, y, width, height } = cell.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) === cell;
    }""")
    beside, whole = mark.bounding_box(), table.bounding_box()
    assert beside
    assert whole
    assert beside["y"] + beside["height"] <= whole["y"]
    tab.context.close()


def test_names_in_narrow_columns_are_not_torn(browser: Browser, address: str) -> None:
    tab = tab_of(browser, PHONE)
    tab.goto(f"{address}developers/")
    first, *_, last = tab.locator("td:first-child code").all()
    assert first.inner_text() == "policies.json"
    assert first.evaluate("name => name.getClientRects().length") == 1
    assert last.evaluate("name => name.getClientRects().length") > 1  # behind a slash
    seen = tab.locator("td:nth-child(2)").first.bounding_box()
    assert seen
    assert seen["x"] < 300
    tab.context.close()


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 700}])
@pytest.mark.parametrize(
    "page",
    [
        "policies/reseller-terms/versions/2026-02-02.v1/#gz-title",
        "policies/privacy-ja/versions/2026-11-02.v1/#5-クッキー",
    ],
)
def test_the_bar_covers_nothing_that_a_link_leads_to(
    browser: Browser, address: str, page: str, size: ViewportSize
) -> None:
    tab = tab_of(browser, size)
    tab.goto(f"{address}{page}")
    tab.wait_for_function("scrollY > 0")
    target, bar = (tab.locator(part).bounding_box() for part in (":target", ".gz-bar"))
    assert target
    assert bar
    assert target["y"] >= bar["y"] + bar["height"]
    tab.context.close()


def test_a_long_word_in_the_list_of_sections_is_seen_whole(browser: Browser, address: str) -> None:
    tab = tab_of(browser, DESKTOP)
    tab.goto(f"{address}policies/privacy-policy/")
    entry = tab.locator(".gz-toc li > a:visible").first
    entry.evaluate("(entry, word) => { entry.textContent = word; }", "Haftungsbeschränkung" * 4)
    assert entry.evaluate("entry => entry.scrollWidth <= entry.clientWidth")
    tab.context.close()


def test_what_will_change_stands_in_a_box_on_pages_since_a_version(
    browser: Browser, address: str
) -> None:
    tab = tab_of(browser, PHONE)
    look = "box => { const { fontSize, backgroundColor } = getComputedStyle(box);"
    look += " return [fontSize, backgroundColor]; }"
    looks = []
    for page, box in (("", ".gz-banner--upcoming"), ("since/2025-03-03.v1/", ".gz-coming")):
        tab.goto(f"{address}policies/privacy-ja/{page}")
        looks.append(tab.locator(box).evaluate(look))
    assert looks[0] == looks[1]
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


GONE = "policies/reseller-terms/"
COMPARED = f"{GONE}compare/?from=2025-03-03.v1&to=2026-02-02.v1"


@pytest.mark.parametrize("page", ["404.html", GONE, f"{GONE}changes/2026-02-02.v1/", COMPARED])
def test_pages_of_what_is_gone_pass_axe(browser: Browser, address: str, page: str) -> None:
    tab = tab_of(browser, PHONE)
    tab.goto(address + page, wait_until=rest_of(page))
    assert [*barriers(tab, (PHONE, DESKTOP))] == []
    for size in (PHONE, DESKTOP):
        tab.set_viewport_size(size)
        assert tab.evaluate(UNREACHED) == []
    if page == COMPARED:
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


@pytest.mark.parametrize("page", ["404.html", f"{GONE}on/", f"{GONE}since/"])
def test_nothing_is_asked_that_only_a_script_can_answer(
    browser: Browser, address: str, page: str
) -> None:
    for scripts in (True, False):
        tab = tab_of(browser, PHONE, scripts=scripts)
        tab.goto(address + page)
        assert tab.locator("article form").is_visible() == scripts
        tab.context.close()


def test_every_sheet_bears_title_address_version_and_days(
    lively: Results, pages: dict[str, str]
) -> None:
    """Browsers repeat fixed elements on every sheet, and the head of a table, which makes room."""
    for (kind, _), printed in taken(lively, sheet).items():
        if pages[kind].startswith("policies/"):  # others tell of no policy alone
            assert printed["missing"] == [], kind
            assert printed["room"] == ["table-header-group", "avoid"], kind
            assert printed["lowest"] <= printed["start"], kind


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
    lively: Results,
) -> None:
    for (kind, _), printed in taken(lively, sheet).items():
        if not kind.endswith("compare"):  # its whole page is a control
            assert (printed["controls"], printed["loose"]) == ([], []), kind
