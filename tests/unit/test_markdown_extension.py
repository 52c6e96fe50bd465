"""What GitHub has beside lists and tables, and what only Python-Markdown has, is read."""

from __future__ import annotations

import markdown
import pytest

from gazette.text.markdown_extension import NAME
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS
from gazette.text.reader import read_document


def html_of(text: str, *extensions: str) -> str:
    return markdown.markdown(text, extensions=[*DEFAULT_EXTENSIONS, *extensions, NAME])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~Old~~ fee, ~old~ fee", "<del>Old</del> fee, <del>old</del> fee"),
        ("~~a ~b~ ~~c ~d~", "~~a <del>b</del> ~~c <del>d</del>"),
        ("~a ~~b~~ ~c ~~d~~", "~a <del>b</del> ~c <del>d</del>"),
        ("~~a ~~b ~~c~~", "<del>a ~~b ~~c</del>"),
        ("~~a *b ~~c* ~~d~~", "<del>a <em>b ~~c</em> ~~d</del>"),
        ("~5 to ~6 days, \\~\\~x~~", "~5 to ~6 days, ~~x~~"),
        ("ask <support.example> or <help desk>", "ask &lt;support.example&gt; or "),
        ("a < b, <b>bold</b>, <!-- x -->", "a &lt; b, <b>bold</b>, <!-- x -->"),
        ("See www.example.com.", '<a href="http://www.example.com">www.example.com</a>.'),
        (
            "(https://example.com/a_b_c?d=e&amp;f)",
            '(<a href="https://example.com/a_b_c?d=e&amp;f">https://example.com/a_b_c?d=e&amp;f</a>)',
        ),
        ("[https://a.example](https://b.example)", '<a href="https://b.example">https://a.example</a>'),
        ("me@example.com, a@b", '<a href="mailto:me@example.com">me@example.com</a>, a@b'),
        ("`www.example.com`", "<code>www.example.com</code>"),
        ("first\\\nsecond", "first<br />\nsecond"),
        ("\\~ \\, \\| \\a", "~ , | \\a"),
        ("[a](b c) ![a](b c)", "[a](b c) ![a](b c)"),
        ("[a](<b c> 'd')", '<a href="b c" title="d">a</a>'),
    ],
)  # fmt: skip
def test_words(text: str, expected: str) -> None:
    assert expected in html_of(text)


@pytest.mark.parametrize("kind", ["Note", "Tip", "Important", "Warning", "Caution"])
def test_an_alert_is_a_notice(kind: str) -> None:
    html = html_of(f"> [!{kind.upper()}]\n> You **must** pay.\n>\n> - now")
    assert html.startswith(f'<div class="admonition {kind.lower()}">')
    assert f'<p class="admonition-title">{kind}</p>\n<p>You <strong>must</strong> pay.</p>' in html
    assert "<li>now</li>" in html


@pytest.mark.parametrize(
    "text", ["> [!NOTE]", "> [!NOTE] now\n> pay", "> [!FEE]\n> pay", "[!NOTE]"]
)
def test_what_is_no_alert(text: str) -> None:
    assert "[!" in html_of(text)


def test_markdown_inside_html_that_a_blank_line_interrupts() -> None:
    html = read_document("<details>\n<summary>Fees</summary>\n\n- **five**\n\n</details>").html
    assert "<details>\n<summary>Fees</summary>\n<ul>\n<li><strong>five</strong></li>" in html
    assert "**" in read_document("<div>\n**five**\n</div>").html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fee\n: *a*\n\n: ten", "<dd><em>a</em></dd>\n<dd>\n<p>ten</p>\n</dd>"),
        ("Fee\n\n:   five\n\nDay\n:   a", "<p>five</p>\n</dd>\n<dt>Day</dt>\n<dd>a</dd>"),
        ("Fee\n:   five\n\n    - a\n    - b", "<p>five</p>\n<ul>\n<li>a</li>\n<li>b</li>"),
        ("# Fee\n: five", "<p>: five</p>"),
        ("a[^1]\n\n[^1]: five\ngoes on\n\n    - now", "<p>five\ngoes on</p>\n<ul>\n<li>now</li>"),
        ("a[^1]\n\n[^1]: now\n[^1]: later", '<li id="fn:1">\n<p>now&#160;'),
        ("!!! tip \"Pay\"\n    - now\n\n    later\n\nend", '"admonition-title">Pay</p>\n<ul>'),
        ("text\n!!! note\n    now\nafter", "<p>text</p>\n<div"),
        ("The SLA\n\n*[SLA]: Agreement", '<abbr title="Agreement">SLA</abbr>'),
        ("[TOC]\n\n## Fees", '<div class="toc">'),
        ("pay now\n{: .note #now }", '<p class="note" id="now">pay now</p>'),
        ("- pay\n- now\n{: .note }", '<li class="note">now</li>'),
        ("## Fees ## {: #now }", '<h2 id="now">Fees</h2>'),
        ("[a] [b][A]\n\n[a]: c 'd'\n[A]: e", '<a href="c" title="d">b</a>'),
        ("[b][a]\n\n[a]: c\n\nFee\n:   five\n\n    [a]: e", '<a href="c">b</a>'),
        ("- x\n\n  ```py\n  a < b\n  ```", '<pre><code class="language-py">a &lt; b\n</code>'),
        ("``` { .python #now }\na\n```", '<pre id="now"><code class="language-python">a\n'),
        ("```a b\nc\n", '<pre><code class="language-a">c\n</code></pre>'),
    ],
)  # fmt: skip
def test_what_extensions_know(text: str, expected: str) -> None:
    assert expected in html_of(text)


def test_markdown_in_html_is_read_where_its_extension_reads_it() -> None:
    html = html_of(
        '<div markdown="1">\n\n1. **now**\n   - pay\n\n</div>\n\n- a\n\n- b', "md_in_html"
    )
    assert "<li><strong>now</strong><ul>\n<li>pay</li>" in html
    assert "<li>\n<p>a</p>" in html


def test_an_instance_reads_one_text_after_the_other() -> None:
    reader = markdown.Markdown(extensions=[*DEFAULT_EXTENSIONS, NAME])
    assert reader.convert("[a]\n\n[a]: b") == '<p><a href="b">a</a></p>'
    assert reader.reset().convert("[a]\n- b") == "<p>[a]</p>\n<ul>\n<li>b</li>\n</ul>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fees:\n/// note | Fees\nFive.\n\n- now\n\n- then\n///\nEnd.", "</ul>\n</div>\n<p>End"),
        ("//// note | A\n/// tip | B\nx\n\n- y\n///\n- z\n////\nEnd.", "</ul>\n</div>\n<p>End."),
        ("- Fees\n\n    /// note | A\n    - five\n    ///\n- End", "</div>\n</li>\n<li>\n<p>End"),
        ("/// fees\n[Five][a]\n\n- now\n///\n\n[a]: b", '<p>/// fees\n<a href="b">Five</a></p>'),
        ("    /// note\n    Five.", "<code>/// note\nFive."),
        ("/// note | A\nFive.", "Five.</p>\n</div>"),
        ("///\n\n/// note | A\n- now\n///\nEnd.", "</ul>\n</div>\n<p>End."),
    ],
)  # fmt: skip
def test_blocks_between_slashes(text: str, expected: str) -> None:
    assert expected in html_of(text, "pymdownx.blocks.admonition")
    assert "///" in html_of(text)


def test_tabs() -> None:
    html = html_of('=== "A"\n\n    - now\n\n=== "B"\n\n    Five.\n\nEnd.', "pymdownx.tabbed")
    assert "===" not in html
    assert html.endswith("<p>End.</p>")
