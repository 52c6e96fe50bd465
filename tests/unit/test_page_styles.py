"""What the style sheets of a page hide, show and set apart, whatever their rules select."""

from __future__ import annotations

import pytest

from gazette.imports.draft import Page
from gazette.imports.html_page import read_html

HIDDEN = "It is hidden on the page."


def page(sheet: str, body: str, root: str = "") -> Page:
    head = f"<head><title>Terms</title><style>{sheet}</style></head>"
    return read_html(f"<html{root}>{head}<body><main class=policy>{body}</main></body></html>")


def words(sheet: str, body: str, root: str = "") -> list[str]:
    return [
        part.markdown for part in page(sheet, f"<h2>Fees</h2><p>Ten.</p>{body}", root).parts[2:]
    ]


@pytest.mark.parametrize(
    "selector",
    [
        "p.draft",
        ".draft.internal",
        ".policy p.draft",
        ".policy > .draft",
        "#no, main .internal",
        "h2 ~ .draft",
        "p + p.draft",
        "[data-for~=staff]",
        ".policy p[data-for^='sta' i]",
        "p:not(.public):not(:first-of-type, :last-of-type)",
        ":is(.draft, .old)",
        ":where(main, nav) > .draft",
        "p:nth-of-type(2)",
        "main:has(h2) .draft",
        r".draft.sm\:old",
        r".\64 raft.internal",
        "P.draft",
        ".policy { & > .draft",
        "main { p { &.draft",
        "main, nav { .draft { .policy &",
        "@media screen { @supports (a: b) { .policy .draft",
    ],
)
def test_a_rule_hides_whatever_its_selector_is(selector: str) -> None:
    ends = "}" * (selector.count("{") + 1)
    body = "<p class='draft internal sm:old' data-for='staff lawyers'>Draft.</p>"
    read = page(f"{selector} {{ display: none {ends}", f"<h2>Fees</h2><p>Ten.</p>{body}<p>End.")
    assert [part.markdown for part in read.parts] == ["## Fees", "Ten.", "End."]
    assert [str(line) for line in read.left_out] == [f"Line 1: “Draft.”. {HIDDEN}"]


def test_a_rule_strikes_words_wherever_they_stand() -> None:
    sheet = ".policy .old { text-decoration: line-through } .policy p > .new { font-weight: bold }"
    body = "<p>Fee: <span class=old>ten</span> <span class=new>two</span>.</p>"
    assert words(sheet, body) == ["Fee: <s>ten</s> **two**."]


@pytest.mark.parametrize(
    ("sheet", "style", "is_shown"),
    [
        (".policy .a {display: none} .policy .a {display: block}", "", True),
        (".policy .a {display: block} .policy .a {display: none}", "", False),
        ("main.policy .a {display: block} .policy .a {display: none}", "", True),
        ("#x {display: none} main.policy p.a {display: block}", "", False),
        (":where(#x) {display: none} .a {display: block}", "", True),
        (".a {display: none !important} main.policy p#x {display: block}", "", False),
        (".a {display: none !important} .a {display: block !important}", "", True),
        (".policy .a {display: none}", "display: block", True),
        (".policy .a {display: none !important}", "display: block", False),
        (".policy .a {display: none !important}", "display: block !important", True),
        (".policy .a {display: block !important}", "display: none", True),
    ],
)
def test_the_strongest_rule_counts(sheet: str, style: str, is_shown: bool) -> None:
    assert words(sheet, f"<p class=a id=x style='{style}'>Law.</p>") == ["Law."] * is_shown


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        (".js .tab {display: none}", "<p class=tab>Law."),
        (".b {display: none} .a.open .b {display: block}", "<div class=a><p class=b>Law."),
        (".b {display: none} .a.is-there .b {display: block}", "<div class=a><p class=b>Law."),
        (".a:not(.open) .b {display: none}", "<div class=a><p class=b>Law."),
        (".a > .b {display: none} .a > .active {display: block}", "<div class=a><p class=b>Law."),
        (".a li p {display: none} .a li.open p {display: block}", "<ul class=a><li><p>Law."),
        (".b {display: none} #c:checked ~ .b {display: block}", "<p class=b>Law."),
        (".b .c {visibility: hidden} .b:hover .c {visibility: visible}",
         "<p class=b><span class=c>Law."),
        (".policy .b:not(:hover) {display: none}", "<p class=b>Law."),
        (".policy.collapsed .b {display: none}", "<p class=b>Law."),
        ("[aria-expanded=false] + .b {display: none}",
         "<a aria-expanded=false></a><p class=b>Law."),
        (".b {display: none} @media (min-width: 60em) {.b {display: block}}", "<p class=b>Law."),
        ("@media (min-width: 60em) {.policy .b {display: none}}", "<p class=b>Law."),
        ("@media print {.policy .b {display: none}}", "<p class=b>Law."),
    ],
)  # fmt: skip
def test_what_a_reader_opens_is_text(sheet: str, body: str) -> None:
    assert "Law." in " ".join(words(sheet, body, " class=js"))


@pytest.mark.parametrize(
    "sheet",
    [
        ".a.b {display: none} .side .b {display: flex}",
        ".a {display: none !important} .b:hover {display: block}",
        ".a {display: none} .open {display: block}",
        ".policy .a {display: none} .policy p {display: block}",
    ],
)
def test_a_rule_for_something_else_opens_nothing(sheet: str) -> None:
    assert words(sheet, "<p class='a b'>Draft.</p>") == []


def test_a_rule_that_may_hide_words_and_is_not_understood_is_named() -> None:
    sheet = ".b:new(2) {display: none} .no:new(2) {display: none} .b::-webkit-a {display: none}"
    read = page(sheet, "<h2>Fees</h2><p class=b>Law.</p>")
    assert [part.markdown for part in read.parts] == ["## Fees", "Law."]
    assert [str(line) for line in read.left_out] == [
        "Head of the page: The rule of a style sheet .b:new(2). "
        "It is not understood: if it hides words, they are in the text."
    ]


def test_styles_for_browsers_without_scripts_hide_nothing() -> None:
    body = "<noscript><style>.b {display: none}</style></noscript><p class=b>Law.</p>"
    assert words("", body) == ["Law."]


def test_the_strongest_rule_writes() -> None:
    sheet = "p::after {content: 'old'} .policy .b::after {content: none}"
    assert page(sheet, "<h2>Fees</h2><p class=b>Law.</p>").left_out == ()
    (line,) = page(sheet, "<h2>Fees</h2><p class=b>Law.<p>End.</p>").left_out
    assert line.what == "“old” beside 1 place"


def test_what_is_written_in_each_state_is_named() -> None:
    sheet = ".b::after {content: 'open'} .b[open]::after {content: 'close'}"
    read = page(sheet, "<h2>Fees</h2><p class=b>Law.</p>")
    assert [line.what for line in read.left_out] == [
        "“open” beside 1 place",
        "“close” beside 1 place",
    ]


@pytest.mark.parametrize(
    ("sheet", "body", "markdown"),
    [
        (".a {display: flex}", "<div class=a><i>Mail</i><span>a@b.example</span></div>",
         "*Mail* a@b.example"),
        (".a {display: inline-grid}", "<p class=a>Mail<b>us</b>now, <b>please</b>.</p>",
         "Mail **us** now, **please**."),
        (".policy .a {float: left}", "<p><span class=a>Fee</span>Ten</p>", "Fee Ten"),
        (".policy .a {float: left}", "<p><span class=a>F</span>ees</p>", "Fees"),
        (".a {display: inline-block}", "<p><b class=a>One</b><i class=a>Two</i></p>",
         "**One** *Two*"),
        (".a {display: inline-block}", "<p><u class=a>O</u><span class=a>n</span>e</p>",
         "<u>O</u>ne"),
        (".a {display: inline-block}", "<p>un<b class=a>limited</b>ly</p>", "un**limited**ly"),
        (".a {display: inline-block}", "<p><b class=a>One</b>s, <i class=a>two</i>s</p>",
         "**One**s, *two*s"),
        (".a {display: table-cell}", "<p><b class=a>One</b><i class=a>Two</i></p>",
         "**One** *Two*"),
        ("", "<p>保存<ruby>期間<rt>きかん</rt></ruby>は</p>", "保存期間(きかん)は"),
        ("", "<p><ruby>期<rp>（</rp><rt>き</rt><rp>）</rp></ruby>は</p>", "期（き）は"),
    ],
)  # fmt: skip
def test_words_in_boxes_stay_apart(sheet: str, body: str, markdown: str) -> None:
    assert words(sheet, body) == [markdown]
