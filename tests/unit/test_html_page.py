"""A web page: its text, without what the website puts around it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from lxml import html

from gazette.errors import SourceError
from gazette.imports.draft import Draft, draft_of
from gazette.imports.html_page import is_html, read_html
from gazette.text.reader import read_document

PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><title>Returns Policy | Shop</title>
<style>p { color: red }</style><script>alert("no")</script></head>
<body><header><a href="/">Shop</a></header><nav><ul><li>Home</li></ul></nav>
<main>
  <p><a href="/help">Back to Help Center</a></p>
  <div><span>Version 2026-02-03.v2</span> <span>Updated 2026-02-03</span></div>
  <h1>Returns Policy<a class="headerlink" href="#top">¶</a></h1>
  <p>You can <em>send back</em> what you
  <a href="../terms/">bought</a>; see <a href="#s2">2</a>.</p>
  <nav>On this page: <a href="#s2">Condition</a></nav>
  <h2 id="s1">1. Time</h2><p>You have <strong>30 days</strong>.<button>Copy</button></p>
  <section id="s2"><h2>2. Condition</h2>
    <ul><li>unworn<ul><li>and clean</li></ul></li><li>complete</li></ul>
    <table><tr><th>What</th><th>Days</th></tr><tr><td>Shoes</td><td>30</td></tr></table>
    <pre><code>RMA-1</code></pre><p hidden>secret</p><p style="display: none">secret</p>
  </section>
  <section><h3>Need help?</h3><p>Write to us.</p></section>
</main><footer>Shop, Inc.</footer></body></html>"""
BODY = """You can *send back* what you [bought](../terms/); see [2](#s2).

## 1. Time

You have **30 days**.

## 2. Condition {: #s2 }

- unworn
    - and clean
- complete

| What | Days |
| --- | --- |
| Shoes | 30 |

```
RMA-1
```
"""


def draft(page: str) -> Draft:
    read = read_html(page)
    made = draft_of(read.parts, read.title, date(2026, 11, 23), read.left_out)
    assert made
    return made


def test_page() -> None:
    made = draft(PAGE)
    assert (made.title, str(made.version)) == ("Returns Policy", "2026-02-03.v2")
    assert made.body == BODY


def test_rendered_text_is_what_the_page_showed() -> None:
    document = read_document(draft(PAGE).body)
    read = " ".join(block.text for section in document.sections for block in section.blocks)
    page = html.fromstring(PAGE.replace("><", "> <"))
    left_out = ("head", "header", "footer", "nav", "button")
    assert isinstance(page, html.HtmlElement)
    for element in list(page.iter()):
        assert isinstance(element, html.HtmlElement)
        if element.tag in left_out or {"hidden", "style"} & set(element.attrib):
            element.drop_tree()
    shown = " ".join(page.text_content().split())
    shown = shown.partition("¶ ")[2].partition(" Need help?")[0]
    assert re.sub(r"\s", "", read) == re.sub(r"\s", "", shown)
    assert document.sections[2].anchor == "s2"


def test_title_outside_of_the_text() -> None:
    made = draft("<body><header><h1>Terms</h1></header><main><p>Text.</p></main></body>")
    assert (made.title, made.body) == ("Terms", "Text.\n")


def test_title_of_the_head_without_the_name_of_the_site() -> None:
    assert draft("<title>Terms - Shop</title><body><p>Text.</p>").title == "Terms"


def test_article_of_a_page_and_unclosed_tags() -> None:
    made = draft("<main><article><h1>A</h1><p>One<p>Two of two</article><p>More</main>")
    assert made.body == "One\n\nTwo of two\n"


def test_fragment_without_a_page_around_it() -> None:
    assert draft("<h1>Terms</h1><div>Text &amp; <b>more</b></div>").body == "Text & **more**\n"


def test_page_with_nothing_in_it() -> None:
    assert read_html("").parts == []


def test_is_html() -> None:
    assert is_html("<!DOCTYPE html><p>x")
    assert is_html(" <main>x")
    assert not is_html("<3 letters")


SHEETS = {
    "site_files/a.css": b".draft, .menu { display: none } .open .menu { display: block }",
    "site_files/paper.css": b".screen { display: none }",
}
LINK = '<link rel="stylesheet" href="{}" {}>'


@pytest.mark.parametrize(
    "labels",
    [
        "<table><tr><th>Version<td>4<tr><th>Last updated<td>March 7, 2026</table>",
        "<dl><dt>Effective date<dd>March 7, 2026<dt>Last updated<dd>March 7, 2026</dl>",
        "<div><div>Last updated:</div></div><ul><li>Updated<li>7 March 2026</ul>",
    ],
)
def test_labels_in_cells_of_their_own(labels: str) -> None:
    read = read_html(f"<h1>Fees</h1>{labels}<p>Text.</p><h2>A</h2><p>b</p>")
    draft = draft_of(read.parts, "x", date(2026, 11, 26))
    assert draft
    assert str(draft.version) == "2026-03-07.v1"


def test_sheets_beside_a_page_hide_text() -> None:
    head = LINK.format("site_files/a.css?v=2", "") + LINK.format(
        "./site_files/paper.css", "media=print"
    )
    body = "<p class=draft>Old</p><p class=menu>Fees</p><p class=screen>Law</p>"
    read = read_html(f"<head>{head}</head><body>{body}", "help/terms.html", {
        f"help/{name}": data for name, data in SHEETS.items()
    }.get)  # fmt: skip
    assert [part.text for part in read.parts] == ["Fees", "Law"]
    assert [str(line) for line in read.left_out] == ["Line 1: “Old”. It is hidden on the page."]


def test_a_sheet_that_is_not_beside_a_page_is_named() -> None:
    head = LINK.format("https://a.example/a.css", "") + LINK.format("b.css", "")
    (line,) = read_html(f"<head>{head}</head><body><p>Fees</p>").left_out
    assert str(line).startswith("Head of the page: The style sheet https://a.example/a.css and 1 ")


def test_sheets_that_sheets_load_count_and_are_named_where_they_are_missing() -> None:
    files = {
        "css/site.css": b"@import 'https://a.example/f?a;b'; @import url(parts/law.css) screen;",
        "css/parts/law.css": b"@import url('../site.css'); .draft { display: none }",
    }
    head = "<style>/* @import 'no.css'; */ @import \"css/site.css\";</style>"
    read = read_html(f"<head>{head}</head><p class=draft>Old</p><p>Fees</p>", "", files.get)
    assert [part.text for part in read.parts] == ["Fees"]
    hidden, missing = map(str, read.left_out)
    assert hidden.endswith("“Old”. It is hidden on the page.")
    assert missing.startswith("Head of the page: The style sheet https://a.example/f?a;b. It is")


@pytest.mark.parametrize("media", ["(max-width: 600px)", "only screen and (max-width: 40em)"])
def test_what_only_small_screens_hide_stays(media: str) -> None:
    style = "<style{}>.fees {{ display: none }}</style>".format
    body = "<p class=fees>Fees</p><p>Law</p>"
    assert len(read_html(style(f' media="{media}"') + body).parts) == 2
    assert len(read_html(style(' media="print, screen"') + body).parts) == 1


@pytest.mark.parametrize("place", ["<div id=page></div>", "<shop-page></shop-page>"])
def test_a_page_whose_text_a_script_builds_is_refused(place: str) -> None:
    page = f"<head><title>Terms</title></head><body>{place}<script src=a.js></script>"
    with pytest.raises(SourceError, match="a script builds it in the browser"):
        read_html(page)
    assert read_html(f"{page}<p>{'word ' * 40}</p>").parts


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        (
            "<u>Fee</u> <mark>due</mark> <ins>now</ins>",
            "<u>Fee</u> <mark>due</mark> <ins>now</ins>",
        ),
        ("<abbr title='Data\n| Act'>DA</abbr>", '<abbr title="Data &#124; Act">DA</abbr>'),
        ("<abbr>DA</abbr>", "DA"),
        ("<span style='text-decoration:underline'>Fee</span>", "<u>Fee</u>"),
        ("<span style='background:#ff0'>Fee</span>", "<mark>Fee</mark>"),
        ("<span style='background:#fff'>Fee</span>", "Fee"),
        ("<u><a href='https://a.example'>Fee</a></u>", "[Fee](https://a.example)"),
    ],
)
def test_looks_that_readers_see(source: str, markdown: str) -> None:
    assert read_html(f"<body><p>{source}</p></body>").parts[0].markdown == markdown


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<ol start=-1><li>a<li>b</ol>", "- -1. a\n- 0\\. b"),
        ("<ol start='3.'><li>a<li value='7x'>b</ol>", "3. a\n\n7) b"),
        ("<ol style='list-style:lower-greek'><li>a</ol>", "- α. a"),
        ("<ol style='list-style:decimal-leading-zero'><li>a</ol>", "- 01\\. a"),
        ("<ol style='list-style:square'><li>a</ol>", "- a"),
        ("<ul style='list-style:decimal'><li>a</ul>", "1. a"),
        ("<ol><li>a<li style='list-style:none'>b<li>c</ol>", "1. a\n\n    b\n\n3) c"),
        ("<ol reversed><li>a<li style='list-style:none'>b<li>c</ol>",
         "- 3\\. a\n\n    b\n\n- 1\\. c"),
        ("<ol type=A><li>a<ol type=a><li>b</ol></ol>", "- A. a\n    - a. b"),
        ("<ol><li>a<ol><li>b<li>c</ol></ol>", "1. a\n    - 1\\. b\n    - 2\\. c"),
        ("<ol><li>a<ol type=a><li>b</ol></ol>", "1. a\n    1. b"),
        ("<dir><li>a</dir>", "- a"),
        ("<table><tr><th>A<th>B<tr><td><ol start=4><li>a</ol><td>b</table>",
         "| A | B |\n| --- | --- |\n| 4. a | b |"),
    ],
)  # fmt: skip
def test_numbers_of_items(source: str, markdown: str) -> None:
    assert (
        "\n\n".join(part.markdown for part in read_html(f"<body>{source}</body>").parts) == markdown
    )


@pytest.mark.parametrize(
    ("sheet", "body", "markdown"),
    [
        (".t ol {list-style-type: upper-roman}", "<ol><li>a</ol>", "- I. a"),
        ("div > ol {list-style: inside upper-alpha}", "<ol><li>a</ol>", "- A. a"),
        (".t ol ol {list-style: upper-roman} .t ol {list-style: decimal}",
         "<ol><li>a<ol><li>b</ol></ol>", "1. a\n    - I. b"),
        ("ol.x {list-style: lower-roman} .t ol {list-style: square}", "<ol class=x><li>a</ol>",
         "- a"),
        ("li {list-style-type: lower-alpha}", "<ol><li>a<li>b</ol>", "- a. a\n- b. b"),
        ("@media print {.t ol {list-style: square}}", "<ol><li>a</ol>", "1. a"),
    ],
)  # fmt: skip
def test_numbers_have_the_form_that_the_styles_give_them(
    sheet: str, body: str, markdown: str
) -> None:
    page = read_html(f"<head><style>{sheet}</style></head><body><div class=t>{body}</div></body>")
    assert "\n\n".join(part.markdown for part in page.parts) == markdown
    assert not page.left_out


@pytest.mark.parametrize(
    ("styles", "body", "form"),
    [
        ("ol {list-style-type: hebrew}", "<ol><li>a</ol>", "hebrew"),
        ("ul {list-style-type: hebrew}", "<ul><li>a</ul>", "hebrew"),
        ("ol {list-style: 'Step '}", "<ol><li>a</ol>", '"Step "'),
        ("@counter-style Own {symbols: 'I.1' 'I.2'} ol {list-style: Own}", "<ol><li>a</ol>", "own"),
        (".b {list-style: upper-roman}", "<ol><li>a<li class=b>b</ol>", "I"),
    ],
)
def test_numbers_in_a_form_that_no_list_here_has_are_named(
    styles: str, body: str, form: str
) -> None:
    page = read_html(f"<head><style>{styles}</style></head><body>{body}</body>")
    assert [omission.what for omission in page.left_out] == [
        f"the form of the numbers of a list, {form}"
    ]


def test_a_heading_ends_at_the_end_of_one_of_another_level() -> None:
    body = "<H2 id=x>Fees</h3><p>None.</p><h3>Refunds</h3><p>All.</p></h4>"
    assert [part.markdown for part in read_html(f"<body>{body}</body>").parts] == [
        "## Fees", "None.", "### Refunds", "All.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p style='white-space:pre-line'>Corp\nRoad 1<b>a</b>,\n\nTown</p>",
         "Corp  \nRoad 1**a**,  \nTown"),
        ("<div style='white-space:pre'>\n<p>a\nb</p>\n<p style='white-space:normal'>c\nd</p></div>",
         "a  \nb\n\nc d"),
        ("<p>a\nb</p><pre style='white-space:pre-wrap'>c\nd</pre>", "a b\n\n```\nc\nd\n```"),
    ],
)  # fmt: skip
def test_lines_end_where_the_styles_keep_their_ends(source: str, shown: str) -> None:
    parts = read_html(f"<body>{source}</body>").parts
    assert "\n\n".join(part.markdown for part in parts) == shown


def test_letters_are_capitals_where_the_styles_show_them_so() -> None:
    sheet = ".c {text-transform: uppercase} .n {text-transform: none}"
    body = (
        "<p class=c>We <b>disclaim</b> all<span class=n> but Fees</span>.</p><h2 class=c>Law</h2>"
    )
    parts = read_html(f"<head><style>{sheet}</style></head><body>{body}</body>").parts
    assert [part.markdown for part in parts] == ["WE **DISCLAIM** ALL but Fees.", "## Law"]


def test_a_page_of_frames_is_refused() -> None:
    page = "<html><frameset><frame src=a.html><noframes>Use another browser.</noframes></frameset>"
    with pytest.raises(SourceError, match=re.escape("in other files (a.html)")):
        read_html(page)


@pytest.mark.parametrize(
    ("base", "link"),
    [
        ("https://old.example/legal/", "https://old.example/legal/terms"),
        ("//old.example/legal/", "terms"),
        ("/legal/", "terms"),
    ],
)
def test_links_begin_where_the_page_says(base: str, link: str) -> None:
    body = "<body><p><a href=terms>T</a> <a href='#x'>X</a> <a href='https://[x'>Y</a>"
    page = read_html(f"<head><base target=_top><base href='{base}'></head>{body}")
    assert page.parts[0].markdown == f"[T]({link}) [X](#x) [Y](https://[x)"


def test_what_is_a_heading_for_those_who_listen_is_one() -> None:
    body = "<div role=heading aria-level=3>Fees</div><div role=heading><p>None.</p></div>"
    assert [part.level for part in read_html(f"<body>{body}<p>a</p>").parts] == [3, 0, 0]


def test_links_of_headings_and_columns_in_cells_are_named() -> None:
    body = (
        "<h2>See <a href='https://a.example'>the act</a> <a href='#x'>#</a></h2>"
        "<table><tr><td>Fees<td><table><tr><td>EU<td>5<tr><td>US<td>6</table></table>"
        "<table><tr><td><table><tr><td>A<td>b</table></table>"
    )
    page = read_html(f"<body>{body}</body>")
    assert [str(omission) for omission in page.left_out] == [
        "Line 1: The address of the link “the act”, “https://a.example”. "
        "A heading holds no link here: its words alone are here.",
        "Line 1: the columns of a table inside a cell, “EU 5 US 6”. "
        "No table here stands inside another: its cells are lines of that one's cell.",
    ]


def test_words_on_lines_of_their_own_stay_apart() -> None:
    source = "<p><b style='display:block'>Fees</b>Three <span style='display:flex'>euros</span></p>"
    assert [part.markdown for part in read_html(source).parts] == ["**Fees**  \nThree  \neuros"]


def test_an_image_that_a_script_would_load_is_shown() -> None:
    read = read_html('<p><img data-src="seal.png" alt="Seal"></p>')
    assert [part.markdown for part in read.parts] == ["![Seal](seal.png)"]


def test_items_that_a_style_marks_with_a_sign_are_named() -> None:
    read = read_html("<ol style=\"list-style-type: '§'\"><li>Fees</ol>")
    assert '"§"' in read.left_out[0].what


def test_meanings_that_show_when_readers_point_at_words() -> None:
    body = (
        "<p>A <span title='Acme Ltd'>seller</span>, <dfn title=x>you</dfn> <span title=a>a</span>"
    )
    assert read_html(f"<body>{body}").parts[0].markdown == (
        'A <abbr title="Acme Ltd">seller</abbr>, <abbr title="x">you</abbr> a'
    )


def test_an_address_that_no_link_may_have_is_listed_once_with_its_words() -> None:
    page = read_html(
        "<body><p>Get the <a href='ftp://a.example/form'>form</a>,\n"
        "the <a href='ftp://a.example/form'>form</a> again, <a href=' DATA:text/plain,x '>a note"
        "</a>, <a href='sms:5'>a message</a>, <a href='sms:5'></a><a href='blob:7'> </a>, "
        "<a href='java\nscript:print()'>Print</a>, <a href='tel:5'>call</a>, "
        "<a href='mailto:a@b.example'>write</a>, <a href='b.html'>read</a>.</p></body>"
    )
    assert [str(omission) for omission in page.left_out] == [
        "Line 1: The address of the link “form”, “ftp://a.example/form”. "
        "A link to “ftp:” leads to no page.",
        "Line 2: The address of the link “a note”, “DATA:text/plain,x”. "
        "A link to “data:” leads to no page.",
        "Line 2: The address of the link “a message”, “sms:5”. A link to “sms:” leads to no page.",
    ]
    [part] = page.parts
    assert "Get the form," in part.markdown
    assert "[call](tel:5)" in part.markdown


def test_tooltips_and_linked_parts_of_images_are_named_together() -> None:
    page = (
        '<h1>Terms</h1>\n<p>We <a href="/fees" title="Since 2025, in euros">charge</a> fees.</p>\n'
        '<p title="Charge">We charge <span title="By van">delivery</span>.</p>\n'
        + "".join(f'<p title="At {hour}"><b title="At {hour}">We</b>.</p>\n' for hour in range(6))
        + '<img src="map.png" usemap="#m"><map name="m">'
        '<area href="/north" alt="North"><area href="/south" title="South"><area alt="Sea"></map>'
    )
    named = [str(omission) for omission in read_html(page).left_out]
    assert named == [
        "Line 2: 7 tooltips: “Since 2025, in euros” (line 2), “At 0” (line 4), “At 1” "
        "(line 5), “At 2” (line 6), “At 3” (line 7) and 2 more. "
        "Readers see it when they point at something: write it into the text.",
        "Line 10: 2 linked image parts: “North” to /north, “South” to /south. "
        "No image here has parts that are links: write them below it.",
    ]
