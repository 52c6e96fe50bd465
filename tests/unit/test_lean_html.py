"""End tags and quotes that pages may do without."""

from __future__ import annotations

import pytest
from lxml import html as parser

from gazette.build.lean_html import lean

LISTS = (
    ("<ul><li>a</li>\n<li><p>b</p>\n<ol><li>c</li></ol></li></ul>", 4),
    ("<div><p>a</p><p>b</p>\n<h2>c</h2><p>d</p></div>", 3),
    ("<table><thead><tr><th>a</th><th>b</th></tr></thead><tr><td><p>c</p></td></tr></table>", 6),
    ("<select><option>a</option>\n<option>b</option></select>", 2),
    ("<details><summary>a</summary><p>b</p></details><p>c</p>", 1),
)


@pytest.mark.parametrize(("text", "count"), LISTS)
def test_what_browsers_read_is_the_same_without_end_tags(text: str, count: int) -> None:
    short = lean(text)
    assert text.count("</") - short.count("</") == count
    shown = (structure(f"<div>{page}</div>") for page in (text, short))
    assert next(shown) == next(shown)


def structure(page: str) -> list[tuple[str, int, str]]:
    """Return the elements of a page in order: name, depth and the words before the next."""
    root = parser.document_fromstring(f"<!doctype html><body>{page}</body>")
    return [
        (element.tag, len(list(element.iterancestors())), (element.text or "").strip())
        for element in root.iter()
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<ins><p>a</p></ins><p>b</p>",
        "<p>a</p> words",
        "<li>a</li> words",
        "<p>a</p><ins>b</ins>",
        "<dl><dt>a</dt><dd>b</dd></dl>",
        "<pre>&lt;/li> &lt;li>\n</pre>",
        "<p>a\n<a>b</a>\n</p>",
        "<pre><code>a\n    <span>b</span>\n\n</code></pre>",
        "<p>says class=gz-page itself",
        '<script>for (;a <b;) {c="d"; e = "<p>f</p>\n  <p>"} g > h</script>',
        '<style>a <b[title="c"] > d {}</style>',
    ],
)
def test_other_end_tags_and_line_breaks_stay(text: str) -> None:
    assert lean(text) == text


@pytest.mark.parametrize(
    ("tag", "short"),
    [
        ('<a href="../x.html#y" class="z">', "<a href=../x.html#y class=z>"),
        ('<a href=".." title="a b" id="c">', '<a href=.. title="a b" id=c>'),
        ('<a href="../" id="b">', "<a href=../ id=b>"),
        ('<a class="gz-page" href="../#b">', "<a href=../#b>"),
        ('<time datetime="2026-03-31">', "<time datetime=2026-03-31>"),
        ('<a alt="" title="a=b" id="c">', '<a alt="" title="a=b" id=c>'),
        ('<a title="b>c" id="d">', '<a title="b>c" id=d>'),
        ('<path d="M3"/><i id="x"/>', '<path d="M3"/><i id="x"/>'),
        ("""<a title=' b="c" '>""", """<a title=' b="c" '>"""),
    ],
)
def test_values_that_need_no_quotes_have_none(tag: str, short: str) -> None:
    text = ' says b="c" '
    assert lean(f"{text}{tag}{text}") == f"{text}{short}{text}"


def test_white_space_that_nobody_sees_is_left_out() -> None:
    page = "<section>\n<ul>\n  <li>a\n\n</li>\n\n<li>b</li>\n</ul>\n\n</section>\n<p>c"
    assert lean(page) == "<section>\n<ul>\n<li>a\n<li>b\n</ul>\n</section>\n<p>c"
