"""What of a page is text, and what is left out and named."""

from __future__ import annotations

import pytest

from gazette.errors import SourceError
from gazette.imports.draft import Page
from gazette.imports.html_page import read_html

WORDS = "We keep the address you order to for as long as the law asks us to keep it, and no longer."


def page(body: str, head: str = "") -> Page:
    return read_html(f"<html><head><title>Data</title>{head}</head><body>{body}</body></html>")


def texts(read: Page) -> list[str]:
    return [part.markdown for part in read.parts]


def reasons(read: Page) -> list[str]:
    return [omission.reason for omission in read.left_out]


@pytest.mark.parametrize(
    "closed",
    [
        '<h2>Fees</h2><div hidden="until-found"><p>€3.</p></div>',
        '<h2>Fees</h2><div style="display:none"><p>€3.</p></div>',
        "<h2><button aria-controls=f>Fees</button></h2><i></i><div id=f hidden><p>€3.</p></div>",
        '<div><h2>Fees</h2></div><section class="collapse" hidden><p>€3.</p></section>',
        '<h2>Fees</h2><div aria-hidden="true"><p>€3.</p></div>',
        "<form><h2>Fees</h2><input type=hidden value=x><p>€3.</p></form>",
        "<h2>Fees</h2><aside><p>€3.</p></aside>",
        '<h2>Fees</h2><div role="alert"><p>€3.</p></div>',
    ],
)
def test_words_that_readers_see_arrive(closed: str) -> None:
    read = page(f"<main><h1>Terms</h1>{closed}</main>")
    assert texts(read) == ["# Terms", "## Fees", "€3."]
    assert read.left_out == ()


def test_panel_hidden_by_the_styles_of_the_page() -> None:
    read = page("<h2>Fees</h2><div class=p>€3.</div>", "<style>.p { display: none }</style>")
    assert texts(read)[-1] == "€3."


def test_a_toggle_beside_its_panel_is_a_title() -> None:
    read = page("<main><button aria-expanded=false>Fees</button><div hidden>€3.</div></main>")
    assert texts(read) == ["**Fees**", "€3."]


@pytest.mark.parametrize(
    ("gone", "reason"),
    [
        ("<nav><a href=/>Home</a></nav>", "It leads around the website."),
        ("<aside><a href=/a>One</a> <a href=/b>Two</a></aside>", "It leads around the website."),
        ("<p hidden>Draft of 1999</p>", "It is hidden on the page."),
        ("<div hidden class=modal>Cookies?</div>", "It is hidden on the page."),
        ("<dialog open>Cookies?</dialog>", "It opens before the page, and belongs to the website."),
        ("<button>Copy</button>", "It is a control of the page."),
        ("<select><option>French</option></select>", "It is a control of the page."),
        ("<iframe src=https://a.example></iframe>", "It is no text."),
        ("<span class=sr-only>opens</span>", "It is hidden on the page, and only read aloud."),
        ("<img src=https://a.example/a.png>", "would be loaded from elsewhere."),
    ],
)
def test_what_is_no_text_is_named(gone: str, reason: str) -> None:
    read = page(f"<main><h1>Terms</h1>\n<p>€3.</p>\n{gone}</main>")
    assert texts(read) == ["# Terms", "€3."]
    (omission,) = read.left_out
    assert omission.place == "Line 3"
    assert omission.reason.endswith(reason)


def test_a_button_beside_the_words_of_a_heading_and_a_hidden_heading_are_none() -> None:
    hidden = "<label>x</label><h2 style='display:none'>Law</h2>"
    read = page(f"<main><h2>Fees <button>Copy</button></h2><p>€3.</p>{hidden}</main>")
    assert texts(read) == ["## Fees", "€3.", "x"]
    assert [omission.what for omission in read.left_out] == ["“Copy”", "“Law”"]


def test_the_website_around_the_text_is_named() -> None:
    read = page("<header>Shop</header><main><h1>T</h1><p>x</p></main><footer>2026</footer>")
    assert [(omission.what, omission.reason) for omission in read.left_out] == [
        ("“Shop”", "It belongs to the website around the text."),
        ("“2026”", "It belongs to the website around the text."),
    ]


def test_headers_inside_sections_are_text() -> None:
    read = page("<section><header><h2>Fees</h2></header><p>€3.</p></section>")
    assert texts(read) == ["## Fees", "€3."]


def test_articles_side_by_side_all_arrive() -> None:
    read = page("<article><h2>A</h2>One two.</article><article><h2>B</h2>Three.</article>")
    assert texts(read) == ["## A", "One two.", "## B", "Three."]


def test_a_page_that_a_script_builds_is_refused() -> None:
    with pytest.raises(SourceError, match="a script builds it in the browser"):
        page("<div id=root></div><script src=app.js></script>")


def test_scripts_beside_a_text_are_left_alone() -> None:
    assert texts(page(f"<p>{WORDS}</p><script>track()</script>")) == [WORDS]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ol><li>a<li value=5>b<li>c</ol>", "1. a\n\n5) b\n6) c"),
        ("<ol reversed><li>a<li>b</ol>", "- 2\\. a\n- 1\\. b"),
        ("<ol start=4><li>a<li>b</ol>", "4. a\n5. b"),
        ('<ol style="list-style-type: upper-roman"><li>a<li>b</ol>', "- I. a\n- II. b"),
        ('<ol style="list-style: none"><li>1.1 a<li>1.2 b</ol>', "1.1 a"),
        ("<ol type=a><li>a<li value=4>b</ol>", "- a. a\n- d. b"),
        ('<p>A <span style="font-weight:700">bold</span> word</p>', "A **bold** word"),
        ('<p style="font-style: italic">All of it</p>', "*All of it*"),
        ('<p>x<span style="vertical-align: super">2</span></p>', "x<sup>2</sup>"),
        ('<p>Old <b style="font-weight:normal">plain</b></p>', "Old plain"),
        ("<p>请按<b>“同意”</b>继续。</p>", "请按<strong>“同意”</strong>继续。"),
    ],
)
def test_numbers_and_looks(source: str, expected: str) -> None:
    assert texts(page(f"<main>{source}</main>"))[0] == expected


def test_letters_of_a_class() -> None:
    styles = (
        "<style>@media print { ol.x { list-style-type: disc } } ol.x{list-style-type:lower-alpha}"
    )
    read = page("<ol class=x><li>One</ol>", f"{styles}</style>")
    assert texts(read) == ["- a. One"]


def test_the_title_is_the_heading_of_the_text_rather_than_that_of_the_website() -> None:
    read = page("<header><h1>Shop</h1></header><main><h2>Terms</h2><h3>A</h3>x<h3>B</h3>y</main>")
    assert texts(read)[0] == "## Terms"
    assert read.parts[0].level == 1


@pytest.mark.parametrize(
    "style",
    [
        "font-size:0",
        "opacity: 0.0",
        "color:transparent",
        "position:absolute;left:-9999px",
        "position:absolute;clip:rect(0,0,0,0)",
        "max-height:0;overflow:hidden",
        "text-indent:-999em",
        "visibility:collapse",
    ],
)
def test_words_out_of_sight_are_named(style: str) -> None:
    read = page(f'<main><h1>Terms</h1><p>You pay <span style="{style}">nothing</span>.</p></main>')
    assert texts(read) == ["# Terms", "You pay ."]
    assert reasons(read) == ["It is hidden on the page."]


def test_first_lines_that_hang_far_are_text() -> None:
    body = '<p>You pay.</p><p style="margin-left:144pt;text-indent:-108.0pt">Fee: ten.</p>'
    assert texts(page(f"<main><h1>Terms</h1>{body}</main>"))[2] == "Fee: ten."


def test_what_may_open_or_fade_in_is_no_hidden_text() -> None:
    sheet = "<style>.fade {opacity: 0} .p {max-height: 0; overflow: hidden}</style>"
    body = "<main><h1>Terms</h1><p class=fade>Fee</p><div class=p><p>Law</p></div></main>"
    assert texts(page(body, sheet)) == ["# Terms", "Fee", "Law"]


def test_words_that_a_style_writes_are_named() -> None:
    sheet = """<style>ol.c > li::before {content: counters(n, ".")} .x:after {content: "(new)"}
    a:before {content: "\\f101"} .gone:before {content: "no"} p:before {content: ""}</style>"""
    read = page("<main><h1>T</h1><ol class=c><li>a<li>b</ol><p class=x><a>y</a></main>", sheet)
    assert [omission.what for omission in read.left_out] == [
        "numbers beside 2 places",
        "“(new)” beside 1 place",
    ]


@pytest.mark.parametrize(
    ("sheet", "what"),
    [
        ("@media (min-width: 4em) {h2::before {content: counter(s)}}", ["numbers beside 2 places"]),
        ("@layer base {p::after {content: ' (draft)'}}", ["“(draft)” beside 1 place"]),
        ("@media print {p::after {content: ' (draft)'}}", []),
        ("@media (max-width: 40em) {p::after {content: ' (draft)'}}", []),
        ("h2 {counter-increment: s; &::before {content: 'Part ' counter(s)}}",
         ["numbers beside 2 places"]),
        ("main {h2, h3 {&::before {content: 'Part'}}}", ["“Part” beside 2 places"]),
        ("li::marker {content: counter(list-item) '. Clause'}", ["numbers beside 1 place"]),
        ("main > *::before {content: counter(s)}", ["numbers beside 5 places"]),
        (":is(h2, p)::before {content: 'See'}", ["“See” beside 3 places"]),
        ("h2::before {content: attr(data-no) ' '}", ["“Art. 4” beside 1 place"]),
        (":root {--state: 'Draft'} p::after {content: var(--state)}", ["“Draft” beside 1 place"]),
        ("p::after {content: 'a}b{c;'} h2::before {content: 'd'}",
         ["“a}b{c;” beside 1 place", "“d” beside 2 places"]),
        ("main > li::before {content: 'no'} p::before {content: '»'}", []),
    ],
)  # fmt: skip
def test_what_any_rule_writes_is_named(sheet: str, what: list[str]) -> None:
    body = "<h1>T</h1><h2 data-no='Art. 4'>A</h2><p>x</p><h2>B</h2><ol><li>y</ol>"
    read = page(f"<main>{body}</main>", f"<style>{sheet}</style>")
    assert [omission.what for omission in read.left_out] == what


def test_a_rule_that_writes_is_named_however_many_do_for_other_pages() -> None:
    others = "".join(f".icon-{number}::before {{content: 'x'}}" for number in range(500))
    read = page("<main><p>x</p></main>", f"<style>{others} p::after {{content: 'old'}}</style>")
    assert [omission.what for omission in read.left_out] == ["“old” beside 1 place"]


@pytest.mark.parametrize(
    "rule", ["@media screen", "@media only all", "@layer a", "@supports (a:b)"]
)
def test_rules_for_every_screen_hide_text(rule: str) -> None:
    sheet = (
        f"{rule} {{.old {{display: none}} .x {{top: 0}}}} @media print {{.new {{display: none}}}}"
    )
    body = "<main><h1>T</h1><p class=new>New.</p><p class=old>Old.</p></main>"
    read = page(body, f"<style>{sheet}</style>")
    assert texts(read) == ["# T", "New."]
    assert reasons(read) == ["It is hidden on the page."]


def test_what_components_show_stands_around_what_is_given_to_them() -> None:
    shown = "<p>Above.</p><div><slot></slot></div><p>Below.</p>"
    component = f"<template shadowrootmode=open>{shown}</template><p>Given.</p>"
    read = page(f"<main><h1>T</h1><x-box>{component}</x-box><template><p>No.</template></main>")
    assert texts(read) == ["# T", "Above.", "Given.", "Below."]


def test_terms_that_are_not_closed_stand_once() -> None:
    read = page("<main><h1>T</h1><dl><dt>Fee<dt>Price<dd>€3.<dt>Tax<dd>€1.</dl></main>")
    assert texts(read)[1] == "Fee\nPrice\n:   €3.\n\nTax\n:   €1."


def test_buttons_that_bear_words_of_the_text() -> None:
    read = page("<main><h1>T</h1><p>Click <button>here</button> to object.</p></main>")
    assert texts(read) == ["# T", "Click here to object."]
    panel = "<button class=collapsible>Fees</button><div class=content hidden><p>€3.</p></div>"
    assert texts(page(f"<main><h1>T</h1>{panel}</main>")) == ["# T", "**Fees**", "€3."]


@pytest.mark.parametrize(
    "closed",
    [
        "<div aria-expanded=false>Fees</div><div hidden><p>€3.</p></div>",
        "<p>Fees</p><span id=more style='display:none'>€3.</span>",
    ],
)
def test_what_opens_behind_its_title_is_text(closed: str) -> None:
    assert texts(page(f"<main><h1>T</h1>{closed}</main>")) == ["# T", "Fees", "€3."]
