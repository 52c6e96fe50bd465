"""What HTML a text may become, and what is said of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]
import markdown
import material  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from gazette.text.markdown_extension import NAME
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS
from gazette.text.sanitizer import ELEMENTS, is_reserved, refusal, sanitize

ALLOWED = [
    '<h2 id="data" title="Our data">Data</h2>',
    '<p lang="pt-BR" dir="ltr">Olá<br>tudo</p>',
    '<p hidden="">Nothing to see.</p>',
    '<ol start="3" type="a" reversed=""><li value="7">x</li></ol>',
    '<table><tbody><tr><th scope="col" align="right">x</th>'
    '<td colspan="2" rowspan="3">y</td></tr></tbody></table>',
    '<details open=""><summary>More</summary><p>text</p></details>',
    '<a href="https://example.com/?a=1&amp;b=2" title="t">x</a>',
    '<a href="mailto:a@example.com">x</a><a href="tel:+4144">x</a><a href="HTTP://e.com">x</a>',
    '<a href="cookies.md#why">x</a><a href="#top">x</a><a href="/terms/">x</a><a name="old"></a>',
    '<img alt="Logo" src="../assets/logo.svg" width="20" height="50%">',
    "<p>H<sub>2</sub>O <sup>1</sup> <del>a</del> <ins>b</ins> <mark>c</mark> <kbd>d</kbd></p>",
    '<div class="admonition warning"><p class="admonition-title">Mind</p></div>',
    '<pre><code class="language-python">x = "&lt;b&gt;"\n</code></pre>',
    "<figure><img alt src=a.png><figcaption>x</figcaption></figure>",
    "<p>1 &lt; 2 &amp; 3 &gt; 2</p>",
    "<pre>\n\ntwo breaks</pre>",
]


@pytest.mark.parametrize("html", ALLOWED)
def test_what_policies_need_stays(html: str) -> None:
    result = sanitize(html)
    assert result.removals == ()
    assert result.html in (html, html.replace("alt src=a.png", 'alt="" src="a.png"'))


FORBIDDEN = [
    ("<script>alert(1)</script>x", "x", "<script> is HTML that a policy may not hold."),
    ("<SCRIPT/SRC=//e.com/x></SCRIPT>x", "x", "<script> is HTML that a policy may not hold."),
    ("<svg/onload=alert(1)>x</svg>", "", "<svg> is HTML that a policy may not hold."),
    ("<form action=/x>y</form>", "y", "<form> is HTML that a policy may not hold."),
    ("<x-card>y</x-card>", "y", "<x-card> is no HTML: browsers show nothing in its place."),
    ("<body onload=alert(1)>y", "y", "<body> is HTML that a policy may not hold."),
    ("<base href=//e.com>y", "y", "<base> is HTML that a policy may not hold."),
    ("<td>y</td>", "y", "<td> stands where browsers do not read it."),
    (
        '<b/><i title=">" onerror=alert(1)>y</i>',
        '<b><i title="&gt;">y</i></b>',
        "The attribute onerror runs a program when readers touch the text.",
    ),
    (
        '<p style="position:fixed">y</p>',
        "<p>y</p>",
        "<p> may not have the attribute style in a text.",
    ),
    (
        "<a href=x target=_blank>y</a>",
        '<a href="x">y</a>',
        "<a> may not have the attribute target in a text.",
    ),
    ("<a href=javascript:x>y</a>", "<a>y</a>", "A link to “javascript:” leads to no page."),
    ("<a href='java&#10;script:x'>y</a>", "<a>y</a>", "A link to “javascript:” leads to no page."),
    ("<a href=' JavaScript:x'>y</a>", "<a>y</a>", "A link to “javascript:” leads to no page."),
    ("<a href='java script:x'>y</a>", "<a>y</a>", "A link to “java script:” leads to no page."),
    ("<a href=data:text/html,x>y</a>", "<a>y</a>", "A link to “data:” leads to no page."),
    (
        "<a href='http://[x'>y</a>",
        "<a>y</a>",
        "Browsers cannot read href “http://[x” of <a>.",
    ),
    (
        "<img src=https://e.com/i.png>",
        "<img>",
        "The image https://e.com/i.png would be loaded from elsewhere.",
    ),
    ("<img src=//e.com/i>", "<img>", "The image //e.com/i would be loaded from elsewhere."),
    (r"<img src=/\e.com/i>", "<img>", r"The image /\e.com/i would be loaded from elsewhere."),
    ("<img src='/\t/e.com'>", "<img>", "The image //e.com would be loaded from elsewhere."),
    (
        "<img src=/i.png>",
        "<img>",
        "The address of an image “/i.png” names no file of the project.",
    ),
    (
        "<img src=a.png srcset='//e.com/b 2x'>",
        '<img src="a.png">',
        "<img> may not have the attribute srcset in a text.",
    ),
    (
        "<p class='md-banner note'>y</p>",
        '<p class="note">y</p>',
        "The class “md-banner” is not one that a text may use.",
    ),
    (
        "<p id=__search>y</p>",
        "<p>y</p>",
        "The id “__search” belongs to the page around the text.",
    ),
    (
        "<ol start=many></ol>",
        "<ol></ol>",
        "The attribute start of <ol> cannot be “many”.",
    ),
    ("x<?php y ?>", "x", "“<?php y ?>” is markup that a text may not hold."),
    ("x<!doctype html>", "x", "“<!doctype html>” is markup that a text may not hold."),
    ("x <!-- y", "x ", "A comment begins here and does not end."),
    ("x<v {", "x", "<v begins here and does not end with “>”."),
    ("x</title> y", "x y", "</title> ends nothing."),
    ("<b>x</b> y</b>", "<b>x</b> y", "</b> ends nothing."),
    ("x<br>&#6;", "x<br>", "A control character stands here, which shows nothing."),
]


@pytest.mark.parametrize(("html", "clean", "reason"), FORBIDDEN)
def test_the_rest_is_taken_out_and_reported(html: str, clean: str, reason: str) -> None:
    result = sanitize(html)
    assert result.html == clean
    assert [removal.reason for removal in result.removals] == [reason]


def test_each_occurrence_is_reported() -> None:
    result = sanitize("<p onclick=a>x</p><p onclick=a>y</p><iframe></iframe>")
    assert len(result.removals) == 3


def test_comments_go_without_a_word_but_not_what_only_seems_to_be_one() -> None:
    assert sanitize("a<!-- note -->b") == ("ab", ())
    assert sanitize("<!--><img src=x onerror=y>-->").removals[0].attribute == "onerror"


def test_a_column_stays_aligned_in_html_that_is_known_to_be_safe() -> None:
    cell = "<table><thead><tr><th{}>Fee</th></tr></thead></table>"
    html, removals = sanitize(Markup(cell).format(Markup(' style="text-align: right;"')))
    assert (html, removals) == (cell.format(' align="right"'), ())


FEATURES = """# Head "q" & b

[TOC]

Text[^1] with ABC, <me@example.com>, <https://example.com/?a=1&b=2> and `code`.

*[ABC]: A "B" C

[^1]: A note.

| a | b | c |
|:--|--:|:-:|
| 1 | 2 | 3 |

!!! warning "Mind"
    Text

``` { .python #code }
x = "<script>"
```

Term
:   Meaning

1. a
    - b  
      c

> quote {: .note }
"""  # noqa: W291


def test_what_extensions_write_is_never_reported() -> None:
    converter = markdown.Markdown(
        extensions=[*DEFAULT_EXTENSIONS, "codehilite", "smarty", "md_in_html", NAME],
        extension_configs={"toc": {"permalink": True}},
    )
    result = sanitize(converter.convert(FEATURES))
    assert result.removals == ()
    assert '<td align="right">2</td>' in result.html
    assert 'id="fnref:1"' in result.html


@pytest.mark.parametrize(
    "box",
    [
        '<input type="checkbox" disabled checked/>',
        '<input type="checkbox" disabled="disabled" checked="checked"/>',
        '<label class="task-list-control"><input type="checkbox" disabled checked/>'
        '<span class="task-list-indicator"></span></label>',
    ],
)
def test_boxes_of_task_lists_become_signs(box: str) -> None:
    html = f'<ul class="task-list"><li class="task-list-item">{box} done</li></ul>'
    assert "☑  done" in sanitize(html).html
    assert "☐" in sanitize(html.replace(" checked", "", 1).replace('="checked"', "")).html
    assert not sanitize(html).removals


@pytest.mark.parametrize("name", ["__search", "__md_scope", "gz-title", "mermaid", "a b", "x$", ""])
def test_ids_of_the_page_are_reserved(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["location", "fn:1", "1-scope", "déjà", "__codelineno-0-1"])
def test_other_ids_are_not(name: str) -> None:
    assert not is_reserved(name)


def test_ids_that_the_theme_uses_are_reserved() -> None:
    """Whatever Material's templates and scripts call their own."""
    folder = Path(material.__file__).parent / "templates"
    templates = "".join(file.read_text("utf-8") for file in folder.rglob("*.html"))
    scripts = "".join(file.read_text("utf-8") for file in folder.rglob("bundle*.js"))
    ids = set(re.findall(r'\bid="([\w-]+)"', templates)) | set(re.findall(r'"#(__\w+)', scripts))
    ids |= set(re.findall(r"\btypeof (mermaid)\b", scripts))
    assert len(ids) > 5
    assert [name for name in ids if not is_reserved(name)] == []


_TOKENS = (
    "<a <b> </b> <p> </p> <div> </div> <table> <tr> <td> </table> <svg> </svg> <math> <mtext>"
    " <mglyph> <style> </style> <script> </script> <title> </title> <textarea> <noscript>"
    " </noscript> <template> <select> <option> <form> <input> <iframe> <plaintext> <!-- -->"
    " <![CDATA[ ]]> <? <! > < ' \" = / & &lt; &#60; &quot; &#0; href= src= onerror=x onload title="
    " id= class="
    " javascript: data: http: // \\ style= srcset= <img <br/> <pre> </pre> <li> <ol> <ul> <dl> <h1>"
    " <details open> <summary> <a> </a> <caption> <col> <x-y> <image xlink:href="
    " <isindex> </br> x y"
)
TOKENS = _TOKENS.split()
FRAGMENTS = st.lists(
    st.sampled_from([*TOKENS, " ", "\n", "\0", "\xa0", "\x06", "\ufffe", "é"]), max_size=25
).map("".join)


def _elements(html: str) -> Iterator[Element]:
    """Read HTML with a parser that has nothing to do with the sanitizer's."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    yield from (element for element in tree.iter() if element is not tree)


def _assert_allowed(html: str) -> None:
    for element in _elements(html):
        assert isinstance(element.tag, str), "a comment"
        assert element.tag in ELEMENTS
        for name, value in element.attrib.items():
            assert not refusal(element.tag, name, value), (element.tag, name, value)


@given(FRAGMENTS)
def test_nothing_else_ever_comes_out(html: str) -> None:
    _assert_allowed(sanitize(html).html)


@given(FRAGMENTS)
def test_clean_html_is_left_alone(html: str) -> None:
    once = sanitize(html).html
    assert sanitize(once) == (once, ())


@given(FRAGMENTS)
def test_the_parser_of_redlines_revives_nothing(html: str) -> None:
    clean = sanitize(html).html
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(f"<html><body><div>{clean}</div></body></html>".encode(), parser)
    div = root.find("body/div")
    assert div is not None
    _assert_allowed(str(etree.tostring(div, encoding="unicode", method="html")))


@given(FRAGMENTS)
def test_nothing_goes_silently(html: str) -> None:
    """Whatever another parser sees in the source and not in the result was told."""
    result = sanitize(html)
    if not result.removals:
        after = {element.tag for element in _elements(result.html)}
        before = {element.tag for element in _elements(html) if isinstance(element.tag, str)}
        assert before <= after


def test_a_heading_as_long_as_a_paragraph_keeps_its_id() -> None:
    heading = " ".join(["whoever rents a boat brings it back"] * 20)
    anchor = heading.replace(" ", "-")
    assert sanitize(f'<h2 id="{anchor}">{heading}</h2>') == (
        f'<h2 id="{anchor}">{heading}</h2>',
        (),
    )
