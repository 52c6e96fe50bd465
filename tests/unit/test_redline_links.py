"""Links within a text lead on from its redline: to a section shown there, else the right text."""

from __future__ import annotations

import re

import pytest

from gazette.forms import redline_html
from gazette.model import Policy, Status
from gazette.text.reader import read_document
from gazette.text.redline import redline
from published import html, policy, published, tree, version

OLD = """\
Start with [fees](#1-fees), then [tools](#2-tools) and [the end](#4-the-end).

## 1. Fees

Members pay three coins, see [returns](#3-returns) and [the **old**](#2-tools "Tools") shelf.

## 2. Tools

Hammers and saws are lent for a week.

## 3. Returns

Return a tool clean, as [agreed](#1-fees).

## 4. The End

Nothing else is agreed. See [top](#).
"""
NEW = (
    OLD.replace("three coins", "four coins, [each week](#4-the-end),")
    .replace(', see [returns](#3-returns) and [the **old**](#2-tools "Tools") shelf', "")
    .replace("## 3. Returns\n\nReturn a tool clean, as [agreed](#1-fees).", "")
    .replace("Nothing else is agreed.", "Nothing else is agreed, [fees](#1-fees) [apart](#gone).")
    .replace("then [tools]", "then our [tools]")
)


def links(page: str) -> dict[str, str]:
    """Return where each link in the words of the sections leads, by its words."""
    anchors = tree(page).xpath("//section//*[self::p or self::li or self::td]//a[@href]")
    return {re.sub(r"^(in|de)\w+: ", "", link.text_content()): link.get("href") for link in anchors}


def test_links_lead_to_sections_of_the_redline_or_to_the_text_that_has_them() -> None:
    change = redline(read_document(OLD), read_document(NEW))
    page = redline_html.render(change, "../old/", "../new/")
    assert links(page) == {
        "fees": "#change-1-fees",
        "tools": "../new/#2-tools",  # unchanged
        "the end": "#change-4-the-end",
        "each week": "#change-4-the-end",
        "returns": "#removed-3-returns",
        "the old": "../old/#2-tools",  # the link was deleted, the section is not shown
        "agreed": "#change-1-fees",
        "apart": "../new/#gone",
        "top": "../new/#",
    }
    assert "\1" not in page
    assert 'title="Tools"' in page


def test_links_stay_without_pages_of_the_texts() -> None:
    page = redline_html.render(redline(read_document(OLD), read_document(NEW)))
    assert links(page)["tools"] == "#2-tools"
    assert links(page)["returns"] == "#removed-3-returns"


def test_links_within_partly_changed_links_and_whole_blocks_are_led_on() -> None:
    old = "## A\n\nSee [the small print](#b).\n\n| [x](#b) |\n| - |\n| one |\n\n"
    old += "## B\n\nOld [a](#a).\n"
    new = old.replace("small print", "large print").replace("Old", "New")
    new += "\n## C\n\nAll of [this](#b) is new.\n\n```\n#b\n```\n"
    page = redline_html.render(redline(read_document(old), read_document(new)), "../o/", "../n/")
    assert set(re.findall(r'href="(#[^"]*)"', page)) == {"#change-a", "#change-b", "#change-c"}
    words = page[page.index("<section") :]
    assert words.count('href="#change-b">') == 3  # in two paragraphs and a table


@pytest.fixture(scope="module")
def terms() -> Policy:
    return policy(
        version("2026-01-05.v1", OLD),
        version("2026-02-05.v1", OLD.replace("Hammers", "Drills")),
        version("2026-03-05.v1", NEW.replace("Hammers", "Drills"), Status.IN_FORCE),
    )


@pytest.mark.parametrize(
    ("depth", "present"),
    [
        ("changes/2026-03-05.v1/", "../../versions/2026-03-05.v1/"),
        ("since/2026-02-05.v1/", "../../"),
    ],
)
def test_pages_of_redlines_lead_links_on(terms: Policy, depth: str, present: str) -> None:
    page = html(published(terms)[f"policies/terms/{depth}"])
    shown = links(page)
    assert shown["fees"] == "#change-1-fees"
    assert shown["tools"] == f"{present}#2-tools"
    assert shown["the old"] == "../../versions/2026-02-05.v1/#2-tools"
    assert shown["returns"] == "#removed-3-returns"
    ids = set(tree(page).xpath("//@id"))
    assert {link[1:] for link in shown.values() if link.startswith("#")} <= ids


def test_links_lead_to_sections_that_other_portions_show(terms: Policy) -> None:
    page = html(published(terms)["policies/terms/since/2026-01-05.v1/"])
    assert links(page)["tools"] == "#change-2-tools"
    assert links(page)["the old"] == "#change-2-tools"


def test_pages_of_sections_lead_links_to_the_redline_that_shows_them(terms: Policy) -> None:
    page = html(published(terms)["policies/terms/sections/4-the-end/"])
    shown = links(page)
    assert shown["fees"] == "../../changes/2026-03-05.v1/#change-1-fees"
    assert shown["apart"] == "../../versions/2026-03-05.v1/#gone"
    top = tree(page).xpath("//div[starts-with(@class, 'gz-text')]//a/@href")[-1]
    assert top == "../../versions/2026-03-05.v1/#"
    assert "gz-missing" not in page
