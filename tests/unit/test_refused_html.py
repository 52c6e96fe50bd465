"""HTML in Markdown that no page may hold."""

from __future__ import annotations

import re

import pytest

from gazette.imports.refused_html import without_refused_html
from gazette.text.reader import read_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<center>Text.</center>", "Text."),
        ('<div class="wide" style="x">\n\nText.\n\n</div>', "<div>\n\nText.\n\n</div>"),
        ('<a href="a.md" target="_blank">A</a>', '<a href="a.md">A</a>'),
        ("a<script>run()</script>b", "ab"),
        ("<https://a.example> a < b", "<https://a.example> a < b"),
        ("`<form>`", "`<form>`"),
        (r"Write \<your-name> and \\<center>x</center>", r"Write \<your-name> and \\x"),
        ("As in:\n\n    <form>\n", "As in:\n\n    <form>\n"),
        ("Users of <shop.example> and <a@b.example>", "Users of <shop.example> and <a@b.example>"),
        ("x<sup>2</sup>", "x<sup>2</sup>"),
        ("Ten</b> or</i> <b>six</b></b>.", "Ten or <b>six</b>."),
        ("`</b>` Ten</p> or</br> six", "`</b>` Ten</p> or</br> six"),
        ("- <b>Ten\n- or</b> six</div>\n", "- <b>Ten\n- or</b> six\n"),
        ("By <The shop's> or <Your name, please>", "By &lt;The shop's> or &lt;Your name, please>"),
    ],
)
def test_what_readers_do_not_miss(text: str, expected: str) -> None:
    assert without_refused_html(text, 1) == (expected, [])
    assert read_document(expected).removals == ()


@pytest.mark.parametrize(
    ("text", "rest", "reason"),
    [
        ('One.\n\n<iframe src="https://a.example"></iframe>', "One.", "may hold <iframe>"),
        ("One.\n\n![A map](https://a.example/a.png)", "One.\n\nA map", "loaded from elsewhere"),
        ('One.\n\n<img src="//a.example/a.png" alt="A map">', "One.\n\nA map", "from elsewhere"),
        ('One.\n\n<img alt="A map" src="" ALT="Plan">', "One.\n\nA map", "names no file"),
        ("One.\n\n[`run` it](run:it)", "One.\n\n`run` it", "leads to no page"),
        ("One.\n\n[Run](javascript:run)", "One.\n\nRun", "leads to no page"),
        ("One.\n\n![A map](<https://a.example/a b.png>)", "One.\n\nA map", "from elsewhere"),
        (
            "One.\n\n[![Seal](https://a.example/s.png)](https://b.example)",
            "One.\n\n[Seal](https://b.example)",
            "loaded from elsewhere",
        ),
        (
            "One.\n\n[![Seal](https://a.example/s.png) ok](tel-net:1)",
            "One.\n\nSeal ok",
            "leads to no page",
        ),
        ("One.\n\n<https://%%HOST%%/a>", "One.\n\nhttps://%%HOST%%/a", "browsers can read"),
        ("One.\n\n[Fees](https://%%HOST%%/a)", "One.\n\nFees", "browsers can read"),
        ('One.\n\n<a href="https://[h]/">Fees</a>', "One.\n\n<a>Fees</a>", "browsers can read"),
        ("One.\n\n<Fees rate={3} />", "One.", "A program shows something here"),
        ("One.\n\n<fees rate=3>", "One.", "show nothing in place"),
        ("One.\n\n<p><The shop's> x</p>", "One.\n\n<p> x</p>", "A program shows something here"),
        ("One.\n\n<button>Accept</button>", "One.\n\nAccept", "may hold <button>"),
    ],
)
def test_what_readers_saw_is_named(text: str, rest: str, reason: str) -> None:
    cleaned, (omission,) = without_refused_html(text, 4)
    assert cleaned.strip() == rest
    assert omission.place == "Line 6"
    assert reason in omission.reason
    assert read_document(cleaned).removals == ()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("![A map][m]\n\n[M]: https://a.example/a.png", "A map\n\n[M]: https://a.example/a.png"),
        ("![A map]\n\n[a map]: //a.example/a.png", "A map\n\n[a map]: //a.example/a.png"),
        ("[Fees][]\n\n[fees]: https://%%HOST%%/", "Fees\n\n[fees]: https://%%HOST%%/"),
        ("[Fees] or [law]\n\n[fees]: gopher:a", "Fees or [law]\n\n[fees]: gopher:a"),
    ],
)
def test_links_and_images_by_a_label_are_named(text: str, rest: str) -> None:
    cleaned, omissions = without_refused_html(text, 1)
    assert cleaned == rest
    assert [omission.place for omission in omissions] == ["Line 1"]
    assert read_document(cleaned).removals == ()


def test_links_by_a_label_stay_where_they_may() -> None:
    text = "See [fees][f], ![map][m] and [x].\n\n[f]: fees.md\n[m]: ../assets/a.png"
    assert without_refused_html(text, 1) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "## Fees <iframe\nsrc=a.html>ten</iframe>\n",
        "## Fees <fee\nkind=low>ten\n",
        "> # Fees <script\ndefer>ten</script>\n",
        '## Fees<a id="fees\nof">ten</a>\n',
        "Fees <iframe\n\nsrc=a.html> ten\n",
    ],
)
def test_what_a_heading_or_paragraph_cuts_in_two_is_no_tag(text: str) -> None:
    cleaned, omissions = without_refused_html(text, 1)
    assert cleaned == re.sub("</.*>", "", text)
    assert read_document(cleaned).removals == ()
    assert not omissions


@pytest.mark.parametrize(
    "text",
    [
        "- Fees <b\n- ten>\n",
        "1. Fees <iframe\n2. ten>\n",
        "Fees <b\n# ten>\n",
        "| Fees <b | Rate |\n| --- | --- |\n| ten> | low |\n",
    ],
)
def test_what_the_next_item_row_or_heading_cuts_in_two_is_no_tag(text: str) -> None:
    assert without_refused_html(text, 1) == (text, [])
    assert read_document(text).removals == ()


@pytest.mark.parametrize(
    ("text", "rest", "what"),
    [
        ('Fees <b style="display:none">ten</b> apply.', "Fees  apply.", "ten</b>”"),
        ("Fees <i hidden>of <i>ten</i></i> apply.", "Fees  apply.", "ten</i></i>”"),
        ('<div style="display: none">\n\nTen.\n\n</div>\n\nFees.', "\n\nFees.", "Ten. </div>”"),
        ("<center hidden>Ten.</center>Fees", "Fees", "Ten.</center>”"),
        ('<img src="a.png" alt="Ten" hidden>Fees', "Fees", "hidden>”"),
        ('<p style="display:none">Ten', "<p>Ten", "<p style="),
        (
            'One <b style="display:none">ten\n\nFees</b>',
            "One <b>ten\n\nFees</b>",
            "“<b style=",
        ),
    ],
)
def test_what_is_hidden_is_left_out_and_named(text: str, rest: str, what: str) -> None:
    cleaned, (omission,) = without_refused_html(text, 1)
    assert cleaned == rest
    assert what in omission.what
    assert omission.reason == "It is hidden on the page."


@pytest.mark.parametrize("attributes", ['class="answer" hidden', 'hidden="until-found"'])
def test_panels_that_readers_open_stay(attributes: str) -> None:
    assert without_refused_html(f"<div {attributes}>Ten</div>", 1) == ("<div>Ten</div>", [])


def test_a_tag_on_lines_of_its_own_is_one() -> None:
    assert without_refused_html("<script\n\ndefer>run()</script>\nFees\n", 1) == ("\nFees\n", [])
