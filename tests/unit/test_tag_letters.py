"""Letters that another program might take for a tag are refused; the rest of prose is not."""

from __future__ import annotations

import pytest

from gazette.problems import Code
from gazette.site.left_out import page_problems
from gazette.text.reader import read_document
from gazette.text.tag_letters import tag_letters

FRONT = "---\ntitle: T\nversion: 2026-01-05.v1\nupdated: 2026-01-05\n---\n\n"

REFUSED = (
    "<u/onpointerenter=f(1)>a</u>",
    "a <section/open/ontoggle=f(1)>b",
    "<video/src=a/onerror=f(1)>",
    "<img/src=x onload=f(1)",
    "<SVG/onload=f(1)>",
    "<script/src=//e.com/a.js>",
    "<iframe/src=b>",
    "<a/href=javascript:f(1)>a</a>",
    "<a/href='java&#9;script:f(1)'>a</a>",
    "<own-element/onclick=f(1)>",
    "&lt;img src=x onerror=f(1)&gt;",
    r"\<script>",
    "[a](b.md '<img src=x onerror=f(1)>')",
    "![<svg/onload=f(1)>](b.png)",
    "- a\n\n    > <p/title='<'/onclick=f(1)>",
    "## 1. <b/onclick=f(1)>",
    "<IMG SRC=`javascript:f(1)`>",
    "&lt;img src=//e.com/a.png>",
    '<set attributeName="href" to="data:a',
    "[a](b.md '<img src=//e.com/a.png>')",
    "| a |\n|---|\n| <b/onclick=f(1)> |",
)
ALLOWED = (
    "a < b and c > d, x<y, 5 <6",
    "<support.example> or <https://example.com/a?onclick=1>",
    "&lt;Name of the person&gt; signs the &lt;form&gt; and the &lt;object&gt;",
    "`<img src=x onerror=f(1)>` and `<b/onclick=f(1)>`",
    "    <script/src=x>",
    "```\n<b/onclick=f(1)>\n```",
    "onclick=f(1), javascript:f(1), on= 3",
    "if a &lt;b and c = d",
    r"\<link to the form\>, \<set by the company\>, \<image of a card\>",
    "[a](b.md 'less < more') ![a < b](c.png)",
)


@pytest.mark.parametrize("body", REFUSED)
def test_letters_that_would_be_a_tag_elsewhere_are_refused(body: str) -> None:
    document = read_document(body)
    assert [*tag_letters(document.html)]


@pytest.mark.parametrize("body", ALLOWED)
def test_prose_and_code_are_not(body: str) -> None:
    document = read_document(body)
    assert not [*page_problems("docs/x.md", FRONT + body, document.html, document.removals)]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("a\n\n`<b/onclick=f(1)>`\n\n<b/onclick=f(1)>\n\n<b/onclick=f(1)>", [11, 13]),
        ("a\n\nb &lt;script&gt;", [9]),
        ("a\n\n```\nb", [9]),
        ("a\n\n- b\n\n    ~~~ c\n    d\n\ne", [11]),
        ("a\n\n```` b\n```\n", [9]),
    ],
)
def test_the_line_is_that_of_the_letters(body: str, lines: list[int]) -> None:
    document = read_document(body)
    reported = [*page_problems("docs/x.md", FRONT + body, document.html, document.removals)]
    assert [problem.line for problem in reported] == lines
    assert {problem.code for problem in reported} == {Code.RAW_HTML}


def test_code_that_ends_is_left_alone() -> None:
    body = "``` a\nb\n```\n\n- c\n\n    ~~~\n    d\n    ~~~\n\n> ```\n> e\n> ```\n\n```\n```\n"
    assert not [*page_problems("docs/x.md", FRONT + body, read_document(body).html, ())]


def test_many_letters_take_little_time() -> None:
    assert not [*tag_letters("<p>" + "&lt;a " * 100_000 + "</p>")]
