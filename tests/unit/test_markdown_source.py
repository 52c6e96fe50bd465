"""Links to renamed files, and tags that lead on from a page, in the source of a text."""

from __future__ import annotations

import pytest

from gazette.text.markdown_source import links_of, with_renamed_files, with_tags_leading

NAMES = {
    "policies/cookies.md": "policies/cookie-policy.md",
    "policies/terms.md": "policies/terms-of-service.md",
    "policies/impressum.md": "policies/de/imprint.md",
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("See [ours](cookies.md).", "See [ours](cookie-policy.md)."),
        ("[a](./cookies.md#use)", "[a](cookie-policy.md#use)"),
        ("[b](../policies/terms.md?x=1#y)", "[b](terms-of-service.md?x=1#y)"),
        ("[ours][c]\n\n[c]: cookies.md", "[ours][c]\n\n[c]: cookie-policy.md"),
        ("[ours][c]\n\n[c]:\n  <cookies.md>", "[ours][c]\n\n[c]:\n  <cookie-policy.md>"),
        ('<a href="cookies.md">ours</a>', '<a href="cookie-policy.md">ours</a>'),
        ("[d](impressum.md#us)", "[d](de/imprint.md#us)"),
        ('[a](cookies.md "cookies.md")', '[a](cookie-policy.md "cookies.md")'),
        ("`x\n\n[ours](cookies.md) y`", "`x\n\n[ours](cookie-policy.md) y`"),
        (
            "```\nx\n````\n\n`a` [ours](cookies.md) `b`",
            "```\nx\n````\n\n`a` [ours](cookie-policy.md) `b`",
        ),
        ("`code` and [ours](cookies.md)", "`code` and [ours](cookie-policy.md)"),
    ],
)
def test_links_lead_to_the_present_name(source: str, expected: str) -> None:
    assert with_renamed_files(source, NAMES, "policies") == expected


def test_links_of_a_translation_lead_from_its_folder() -> None:
    source = "[a](../cookies.md) [b](cookies.md) [c](../impressum.md)"
    expected = "[a](../cookie-policy.md) [b](cookies.md) [c](imprint.md)"
    assert with_renamed_files(source, NAMES, "policies/de") == expected


@pytest.mark.parametrize(
    "source",
    [
        "The file is called cookies.md.",
        "`[ours](cookies.md)`",
        "[elsewhere](guides/cookies.md) [other](my-cookies.md) [far](https://a.example/cookies.md)",
    ],
)
def test_everything_else_stays(source: str) -> None:
    assert with_renamed_files(source, NAMES, "policies") == source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<a href="fees.md#x">F</a>', '<a href="../fees/#x">F</a>'),
        ("<img alt='A' src='../assets/a%20b.png'>", "<img alt='A' src='../../assets/a%20b.png'>"),
        ('<a href="fees.md?a=1&amp;b=2">F</a>', '<a href="../fees/?a=1&amp;b=2">F</a>'),
        ('<a href="gone.md">G</a>', '<a href="gone.md">G</a>'),
        ('<a href="https://a.example/fees.md">', '<a href="https://a.example/fees.md">'),
        ('[F](fees.md) `<a href="fees.md">`', '[F](fees.md) `<a href="fees.md">`'),
    ],
)
def test_tags_lead_on_from_the_page(source: str, expected: str) -> None:
    known = {"policies/fees.md": "../fees/", "assets/a b.png": "../../assets/a%20b.png"}
    assert with_tags_leading(source, "policies", known.get) == expected


def test_images_have_no_words_behind_them() -> None:
    first, second = links_of('<img src="a.png"> b <a href="c.md">d</a>')
    assert (first.start, first.end, first.target) == (0, 16, "a.png")
    assert second.target == "c.md"


def test_three_ticks_inside_a_line_open_no_block() -> None:
    assert [link.target for link in links_of("```a``` b.\n\n[c](d.md)")] == ["d.md"]
    assert links_of("```a\n[c](d.md)") == []
