"""HTML becomes Markdown that shows the same."""

from __future__ import annotations

import pytest
from lxml import html

from gazette.imports.block_markdown import parts_of
from gazette.text.document import Kind
from gazette.text.numbers import written
from gazette.text.reader import read_document

CASES = {
    "paragraphs": ("<p>One\n  line.</p>Loose<p>Two.</p>", "One line.\n\nLoose\n\nTwo."),
    "line break": ("<p>Street 1<br>Town</p>", "Street 1  \nTown"),
    "emphasis": (
        "<p>A <b>bold</b>, <i>slanted</i><b>word</b> <em><strong>both</strong></em></p>",
        "A **bold**, _slanted_**word** _**both**_",
    ),
    "split runs": ("<p><b>one </b><b>word</b>s</p>", "**one word**s"),
    "inside a word": ("<p>un<i>b<b>e</b></i>lievable</p>", "un<em>b**e**</em>lievable"),
    "links": (
        '<p><a href="terms.html#x">Terms</a>, <a href="#">top</a>, '
        '<a href="https://a.example/b">https://a.example/b</a></p>',
        "[Terms](terms.html#x), top, <https://a.example/b>",
    ),
    "no script": ("<p><a href='javascript:x()'>Click</a></p>", "Click"),
    "image": ("<p><img src='a b.png' alt='A map'></p>", "![A map](<a b.png>)"),
    "code": (
        "<p>Run <code>a*b</code></p><pre>x = 1\n  y</pre>",
        "Run `a*b`\n\n```\nx = 1\n  y\n```",
    ),
    "nested lists": (
        "<ul><li>One<ol><li>a</li><li>b</li></ol></li><li>Two</li></ul>",
        "- One\n    1. a\n    2. b\n- Two",
    ),
    "list beside its item": ("<ul><li>One</li><ul><li>in</li></ul></ul>", "- One\n    - in"),
    "text between items": ("<ul>a<li>b</li>c</ul>", "- a\n- b\n- c"),
    "paragraphs in items": (
        "<ol start=3><li><p>One</p><p>more</p></li><li>Two</li></ol>",
        "3. One\n\n    more\n\n4. Two",
    ),
    "letters no list shows": (
        "<ol type=a start=2><li>One</li><li>Two</li></ol>",
        "- b. One\n- c. Two",
    ),
    "table": (
        "<table><tr><th>Data</th><th>Days</th></tr>"
        "<tr><td>Log | in</td><td>3<p>4</p></td></tr></table>",
        "| Data | Days |\n| --- | --- |\n| Log \\| in | 3<br>4 |",
    ),
    "table without header": (
        "<table><tr><td>a</td><td>b</td></tr></table>",
        "|  |  |\n| --- | --- |\n| a | b |",
    ),
    "wide and high cells": (
        "<table><tr><th colspan=2>A</th></tr><tr><td rowspan=2>x</td><td>1</td></tr>"
        "<tr><td>2</td></tr></table>",
        "| A |  |\n| --- | --- |\n| x | 1 |\n|  | 2 |",
    ),
    "text between rows": (
        "<table>a<tr><td>b</td><td>c</td></tr></table>",
        "a\n\n|  |  |\n| --- | --- |\n| b | c |",
    ),
    "table that only places": ("<table><tr><td><p>All</p></td></tr></table>", "All"),
    "quote": ("<blockquote><p>One</p><p>Two</p></blockquote>", "> One\n>\n> Two"),
    "definitions": ("<dl><dt>Term</dt><dd>What it is.</dd></dl>", "Term\n:   What it is."),
    "definition without a term": (
        "<p>Fees</p><dl><dt> </dt><dd>None.</dd><dt>A</dt><dt>B</dt><dd>x</dd><dd>y</dd></dl>",
        "Fees\n\nNone.\n\nA\nB\n:   x\n\n:   y",
    ),
    "lists beside one another": (
        "<ol><li>a</ol><ol><li>b</ol><div><ul><li>c</ul></div><ul><li>d</ul>",
        "1. a\n\n<!-- -->\n\n1. b\n\n- c\n\n<!-- -->\n\n- d",
    ),
    "lists beside one another in an item": (
        "<ul><li><ol><li>a</ol><ol><li>b</ol></ul>",
        "- &nbsp;\n    1. a\n\n    <!-- -->\n\n    1. b",
    ),
    "code below a list": (
        "<blockquote><ul><li>a</ul><pre>b</pre></blockquote>",
        "> - a\n>\n> <!-- -->\n>\n>     b",
    ),
    "inner list that does not begin with one": (
        "<ul><li>a<ol start=5><li>b</ol></ul>",
        "- a\n\n    5. b",
    ),
    "box that is letters": ("<ul><li>[x] Agreed</ul>", "- \\[x] Agreed"),
    "marked once more": (
        "<p><b><i>Fees</i><b>are</b> <span><b>due</b></span></b></p>",
        "***Fees*are due**",
    ),
    "image in a heading": (
        "<h2>Seal <img src=s.png alt=Mark></h2><h3><img src=t.png alt=All></h3>",
        "## Seal\n\n![Mark](s.png)\n\n![All](t.png)",
    ),
    "raised": ("<p>m<sup>2</sup></p>", "m<sup>2</sup>"),
}


def markdown_of(source: str) -> str:
    return "\n\n".join(part.markdown for part in parts_of(html.fragment_fromstring(source, "body")))


@pytest.mark.parametrize("case", CASES)
def test_html_as_markdown(case: str) -> None:
    source, expected = CASES[case]
    assert markdown_of(source) == expected


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<ol><li>a</ol><ol><li>b</ol>", ["1", "1"]),
        ("<ol><li>a</ol><ol start=4><li>b</ol>", ["1", "4"]),
        ("<ul><li>c<ol start=5><li>a<li>b</ol></ul>", ["None", "5", "6"]),
        ("<ol><li>c<ol><li>a</ol><ol><li>b</ol></ol>", ["1", "1", "1"]),
    ],
)
def test_items_keep_their_numbers(source: str, shown: list[str]) -> None:
    blocks = [
        block for section in read_document(markdown_of(source)).sections for block in section.blocks
    ]
    assert [str(block.path[-1].number) for block in blocks if block.kind is Kind.ITEM] == shown


def test_structure_is_read_back() -> None:
    source = """<h2>1. Data</h2><ul><li>Account
        <ul><li>name</li><li>address<ul><li>street</li></ul></li></ul></li><li>Log</li></ul>
        <h3>1.1 Kinds</h3><table><thead><tr><th>Kind</th><th>Kept</th></tr></thead>
        <tbody><tr><td>Mail</td><td>2 years</td></tr></tbody></table>
        <ol><li>First<p>and more</p></li><li>Second</li></ol><blockquote>Said.</blockquote>"""
    sections = read_document(markdown_of(source)).sections
    assert [(section.level, section.heading) for section in sections[1:]] == [
        (2, "1. Data"),
        (3, "1.1 Kinds"),
    ]
    blocks = [block for section in sections for block in section.blocks]
    assert [(block.kind, block.text, len(block.path)) for block in blocks] == [
        (Kind.HEADING, "1. Data", 0),
        (Kind.ITEM, "Account", 2),
        (Kind.ITEM, "name", 4),
        (Kind.ITEM, "address", 4),
        (Kind.ITEM, "street", 6),
        (Kind.ITEM, "Log", 2),
        (Kind.HEADING, "1.1 Kinds", 0),
        (Kind.ROW, "Kind\nKept", 2),
        (Kind.ROW, "Mail\n2 years", 2),
        (Kind.ITEM, "First", 2),
        (Kind.ITEM, "and more", 2),
        (Kind.ITEM, "Second", 2),
        (Kind.QUOTE, "Said.", 1),
    ]


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [(3, "1", "3"), (3, "a", "c"), (28, "A", "BB"), (14, "i", "xiv"), (1990, "I", "MCMXC")],
)
def test_counting(number: int, style: str, expected: str) -> None:
    assert written(number, style) == expected
