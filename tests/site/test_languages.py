"""Languages on built pages: no sentence without a catalogue, and every script in its direction."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from bench.screenshots import kinds
from commands import BUILD, build, copy_center, run
from pseudo_language import OPEN, unmarked, write_center
from visits import DESKTOP, PHONE, OpenTab, rest_of, served

DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
"""A day as the browser writes it in the language of the page."""
THEME = resources.files("material") / "templates" / "partials" / "languages"

pytestmark = pytest.mark.xdist_group("languages")


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with every kind of page, texts in Greek letters, and the engine's words in marks."""
    folder = write_center(tmp_path_factory.mktemp("marked") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        result = run(BUILD, folder)
    assert result.returncode == 0, result.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def theme_words() -> frozenset[str]:
    """What the theme's own English catalogue says."""
    text = (THEME / "en.html").read_text("utf-8")
    return frozenset(re.findall(r'": "(.*)",?$', text, re.M))


def test_the_marked_site_has_every_kind_of_page(marked: Path, showcase: Path) -> None:
    assert kinds(marked).keys() >= kinds(showcase).keys()


def test_every_sentence_is_in_the_catalogue(marked: Path, theme_words: frozenset[str]) -> None:
    pages = sorted(marked.rglob("*.html"))
    texts = {page.relative_to(marked).as_posix(): page.read_text("utf-8") for page in pages}
    missing = {path: unmarked(text, theme_words) for path, text in texts.items()}
    assert {path: lines for path, lines in missing.items() if lines} == {}
    assert all(OPEN in text for text in texts.values())


def test_scripts_say_nothing_that_the_catalogue_lacks(
    open_tab: OpenTab, marked: Path, theme_words: frozenset[str]
) -> None:
    tab = open_tab(viewport=DESKTOP)
    missing = {}
    with served(marked) as address:
        for kind, page in sorted(kinds(marked).items()):
            tab.goto(address + page, wait_until=rest_of(page))
            _use(tab)
            lines = unmarked(tab.content(), theme_words)
            missing[kind] = [line for line in lines if not DAY.fullmatch(line)]
    assert {kind: lines for kind, lines in missing.items() if lines} == {}


def _use(tab: Page) -> None:
    """Do what readers can do on a page."""
    for control in tab.locator("summary:visible").all()[:3]:
        control.click()
    day = tab.locator("#gz-date")
    if day.count():
        day.fill("2025-09-15")
        tab.keyboard.press("Enter")
        tab.wait_for_timeout(200)
    tab.keyboard.press("n")


def test_a_sentence_without_a_catalogue_is_noticed() -> None:
    page = "<title>⟦a⟧</title><body><p>⟦All <b>words⟧</b> αβ</p><p title='Go on'>Stop here</p>"
    assert unmarked(page, frozenset()) == ["Stop here", "Go on"]
    assert unmarked(page, frozenset({"Stop here", "Go on"})) == []


GERMAN = """\
---
title: Allgemeine Geschäftsbedingungen
version: 2026-04-01.v1
updated: 2026-04-01
lang: de
---

## Kündigungsfristen

Die Frist beträgt zwei Wochen.
"""


@pytest.fixture(scope="module")
def spoken(showcase: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The showcase, with texts in Arabic and Japanese, and a German one."""
    folder = copy_center(showcase.parent, tmp_path_factory.mktemp("spoken") / "project")
    (folder / "docs/policies/agb.md").write_text(GERMAN, "utf-8")
    result = build(folder)
    assert result.returncode == 0, result.stderr
    return folder / "site"


def test_pages_speak_the_language_of_their_text(spoken: Path) -> None:
    for path, tag, words in (
        ("policies/agb/versions", "de", "Alle Versionen"),
        ("policies/privacy-ja/changes/2026-02-02.v1", "ja", "すべてのバージョン"),
        ("policies/privacy-ar/changes/2026-02-02.v1", "ar", "جميع الإصدارات"),
    ):
        page = (spoken / path / "index.html").read_text("utf-8")
        assert f"lang={tag}" in page.partition(">")[2].partition(">")[0] + page[:80]
        assert ("dir=rtl" in page[:80]) == (tag == "ar")
        assert words in page
        assert re.search(r'<time datetime="?20[^>]*>[^<]*[年.\u0600-\u06ff]', page)


def test_words_of_headings_are_found_in_every_script(open_tab: OpenTab, spoken: Path) -> None:
    """With what a reader may type: another form, a part, a noun without its article."""
    tab = open_tab(viewport=DESKTOP)
    with served(spoken) as address:
        tab.goto(f"{address}policies/agb/")
        tab.locator(".md-search__input").click()
        for typed, heading in (
            ("Kündigungsfrist", "Kündigungsfristen"),
            ("保存期間", "保存期間"),
            ("حقوقك", "حقوقك"),
            ("معلومات", "المعلومات التي نجمعها"),
        ):
            tab.locator(".md-search__input").fill(typed)
            tab.keyboard.press("End")
            matches = tab.locator(".md-search-result__article", has_text=heading)
            matches.first.wait_for()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_arabic_reads_from_right_to_left_and_tears_nothing(
    open_tab: OpenTab, spoken: Path, size: ViewportSize
) -> None:
    tab = open_tab(viewport=size)
    with served(spoken) as address:
        for page in ("", "versions/", "changes/2026-02-02.v1/", "on/"):
            tab.goto(f"{address}policies/privacy-ar/{page}")
            assert tab.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
            torn = tab.evaluate(
                """() => [...document.querySelectorAll("article bdi")].filter((name) => {
                  if (!/^20\\d\\d-\\d\\d-\\d\\d(\\.v\\d+)?$/.test(name.textContent)) return false;
                  const walker = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
                  const text = walker.nextNode(), range = document.createRange();
                  const at = (place) => {
                    range.setStart(text, place); range.setEnd(text, place + 1);
                    return range.getBoundingClientRect().left;
                  };
                  return at(0) > at(9);
                }).map((name) => name.textContent)"""
            )
            assert torn == []
            loose = tab.evaluate(
                """() => {
                  const walker = document.createTreeWalker(
                    document.querySelector("article"), NodeFilter.SHOW_TEXT);
                  const loose = [];
                  for (let text; (text = walker.nextNode());)
                    if (/20\\d\\d-\\d\\d/.test(text.data) && text.parentElement.checkVisibility()
                        && !text.parentElement.closest("bdi, code, option, [dir=ltr]"))
                      loose.push(text.data.trim());
                  return loose;
                }"""
            )
            assert loose == [], page
