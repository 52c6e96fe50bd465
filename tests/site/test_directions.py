"""Redlines in scripts that run from right to left: what is read first stands to the right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from comparisons import publish
from gazette.model import Policy, Status
from published import policy, version
from visits import DESKTOP, served

OLD = """\
تسري هذه الشروط على الجميع.

## 1. الرسوم

يبلغ الرسم (12) يورو في الشهر، وتدفعه إلى حساب Example Ltd لدى البنك قبل 30 يومًا.

## 2. الإنهاء

يمكنك إنهاء العقد عن طريق [رسالة](https://example.com/letter).
"""
NEW = (
    OLD.replace("(12)", "(14)")
    .replace("Ltd", "Holdings Inc")
    .replace("30", "60")
    .replace("letter", "form")
)
PLACES = """(selector) => {
  // Some browsers take no notice of words that are only heard when they order the others.
  for (const spoken of document.querySelectorAll("gz-s")) spoken.remove();
  return [...document.querySelectorAll(selector)].map((element) => {
    const box = element.getClientRects()[0];
    return [Math.round(box.left), Math.round(box.right)];
  });
}"""


def terms(language: str) -> Policy:
    old = version("2026-01-05.v1", OLD, lang=language)
    return policy(old, version("2026-02-05.v1", NEW, Status.IN_FORCE, lang=language))


@pytest.fixture(params=["ar", "he"])
def tab(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A tab with the redline in a language that has a catalogue, and in another that has none."""
    publish(terms(request.param), tmp_path)
    context = browser.new_context(viewport=DESKTOP)
    with served(tmp_path) as address:
        tab = context.new_page()
        tab.goto(f"{address}policies/terms/versions/")
        tab.goto(f"{address}policies/terms/changes/2026-02-05.v1/")
        if request.param == "ar":
            tab.evaluate("document.documentElement.lang = 'ar'; document.dir = 'rtl'")
        tab.add_style_tag(path="hooks/gazette/theme/assets/stylesheets/help-center.css")
        yield tab
    context.close()


def test_what_was_deleted_is_read_before_what_was_inserted(tab: Page) -> None:
    deleted = tab.evaluate(PLACES, ".gz-section p del")
    inserted = tab.evaluate(PLACES, ".gz-section p ins")
    assert len(deleted) == len(inserted) == 3
    for at in (0, 2):
        assert deleted[at][0] >= inserted[at][1] - 1


def test_a_latin_name_is_read_from_left_to_right(tab: Page) -> None:
    deleted = tab.evaluate(PLACES, ".gz-section p del")[1]
    inserted = tab.evaluate(PLACES, ".gz-section p ins")[1]
    assert deleted[1] <= inserted[0] + 1


def test_words_and_sentences_bear_their_own_language(tab: Page) -> None:
    section = tab.locator(".gz-section").first
    assert section.evaluate("e => getComputedStyle(e).direction") == "rtl"
    note = tab.locator(".gz-note").first
    direction = "rtl" if tab.evaluate("document.dir") == "rtl" else "ltr"
    assert note.evaluate("e => getComputedStyle(e).direction") == direction
