"""Any two versions, compared in the browser: exact, with the sections of built redlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from commands import PROJECT
from comparisons import compare, faults, publish, statuses
from gazette.model import Policy, Status
from gazette.site.fragments import body_of
from gazette.text.frontmatter import body_of as below_front_matter
from gazette.text.reader import read_document
from published import html as html_of
from published import policy, published, version
from visits import served

FIRST = """\
These terms are for everybody who uses the service, wherever they live.

## 1. Fees

A fee of €12 is due on the first day of each month. You pay by card, by transfer or by
direct debit. We don't charge anything else.

- Reminders cost €5 each, and are sent two weeks after the day on which the fee was due.
- Reports cost nothing.

| Plan  | Fee | Term  |
| ----- | --- | ----- |
| Small | €3  | month |
| Large | €9  | year  |

## 2. Law

The law of the country in which you live applies to these terms. Courts there decide.

## 3. 通知

当社は、この規約を変更することがあります。変更は三十日前に知らせます。

## 4. إشعار

نرسل إليك إشعارًا قبل ثلاثين يومًا من أي تغيير في هذه الشروط.

## 5. Contact

Write to help@example.com, or call 0800 123 456 from Monday to Friday.
"""
AMENDED = (
    FIRST.replace("€12 is due on the first day", "€14 is due on the last day")
    .replace("| Large | €9  | year  |", "| Large | €9  | month |\n| Huge  | €30 | year  |")
    .replace("三十日前", "十四日前に電子メールで")
    .replace("ثلاثين يومًا", "أربعة عشر يومًا")
)
SPLIT = AMENDED.replace("- Reminders", "## 2. Reminders\n\n- Reminders").replace(
    "## 2. Law", "## 3. Law and Courts"
)
WITHOUT = re.sub(r"## 5\. Contact\n.*", "", SPLIT, flags=re.S).replace(
    "| Plan  | Fee | Term  |\n| ----- | --- | ----- |", "| Plan | Price | Term | Note |\n|-|-|-|-|"
)
MOVED = re.sub(
    r"(## 1\. Fees.*?)(## 2\. Rem.*?)(## 3\. Law.*?)(?=## 3\. 通)", r"\3\1\2", WITHOUT, flags=re.S
)
BACK = FIRST.replace("## 5. Contact", "## 5. How to “contact” us").replace("don't", "don’t")
TEXTS = (FIRST, AMENDED, SPLIT, WITHOUT, MOVED, BACK, FIRST.replace("\n\n", "\n\n---\n\n", 1))
DAYS = ("2026-01-05.v1", "2026-02-01.v1", "2026-02-01.v2", "2026-03-01.v1", "2026-04-01.v1")


def history(*texts: str) -> Policy:
    """A policy whose versions have these texts, the last in force."""
    ids = [f"2026-{1 + at // 28:02}-{1 + at % 28:02}.v1" for at in range(len(texts))]
    *earlier, last = zip(ids, texts, strict=True)
    return policy(*(version(name, text) for name, text in earlier), version(*last, Status.IN_FORCE))


def pairs_of(terms: Policy) -> list[tuple[str, str]]:
    return [(str(old.id), str(new.id)) for old, new in combinations(terms.versions, 2)]


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def terms() -> Policy:
    return history(*TEXTS)


@pytest.fixture(scope="module")
def address(terms: Policy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    publish(terms, folder)
    with served(folder) as found_at:
        yield found_at


def test_all_pairs_of_a_history_are_exact(tab: Page, address: str, terms: Policy) -> None:
    texts = {str(item.id): read_document(body_of(item)) for item in terms.versions}
    for (old, new), compared in zip(
        pairs_of(terms), compare(tab, address, terms, pairs_of(terms)), strict=True
    ):
        assert compared.is_exact
        assert faults(compared.html, texts[old], texts[new]) == []


def test_neighbours_have_the_sections_of_their_redline(
    tab: Page, address: str, terms: Policy
) -> None:
    pairs = [(str(old.id), str(new.id)) for old, new in pairwise(terms.versions[:-1])]
    site = published(terms)
    for (_, new), compared in zip(pairs, compare(tab, address, terms, pairs), strict=True):
        built = statuses(html_of(site[f"policies/terms/changes/{new}/"]))
        assert compared.sections == built


def test_golden_texts_are_exact_whatever_follows_them(tab: Page, tmp_path: Path) -> None:
    files = sorted((PROJECT / "tests/golden").glob("*/*.md"))
    texts = [below_front_matter(path.read_text("utf-8")) for path in files]
    terms = history(*texts)
    publish(terms, tmp_path)
    documents = {str(item.id): read_document(body_of(item)) for item in terms.versions}
    pairs = pairs_of(terms)[:: 1 if len(texts) < 20 else 7]
    with served(tmp_path) as address:
        for (old, new), compared in zip(pairs, compare(tab, address, terms, pairs), strict=True):
            assert compared.is_exact
            assert faults(compared.html, documents[old], documents[new]) == []
