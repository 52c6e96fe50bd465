"""Texts in comments: seen letter by letter, marking nothing, notifying nobody."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as tree

from gazette.forms.github_markdown import escaped, in_html, with_code

HOSTILE = [
    "@team please approve",
    "a@example.com and @org/team",
    "</details> <script>alert(1)</script>",
    "<!-- hidden --> <img src=x onerror=y>",
    "`code` and ``` fences",
    "# heading",
    "- item * item + item",
    "1. one 2) two",
    "> quote",
    "| a | b |",
    "[link](https://evil.example) ![image](x)",
    "**bold** _slanted_ ~~struck~~",
    "fixes #12, GH-7 and org/repo#3",
    "https://github.com/o/r/issues/1 www.example.com",
    ":tada: $x^2$ &lt; &amp;",
    "\\[ \\` \\@",
    "=== --- ***",
]


def seen(rendered: str) -> str:
    element = tree.fromstring(f"<div>{rendered}</div>")
    return " ".join("".join(map(str, element.itertext())).replace("\u200b", "").split())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_line_of_markdown_shows_the_text_and_nothing_more(text: str) -> None:
    for line in (escaped(text), f"- **x:** {escaped(text)}", f"<ins>{escaped(text)}</ins>"):
        rendered = markdown.markdown(line)
        assert seen(rendered).removeprefix("x: ") == " ".join(text.split())
        tags = set(re.findall(r"<(\w+)", rendered)) - {"p", "ul", "li", "strong", "ins"}
        assert tags == set()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("write", [escaped, in_html])
def test_nobody_is_called_and_nothing_referred_to(text: str, write: object) -> None:
    assert callable(write)
    assert "<" not in write(text)
    shown = html.unescape(write(text)).replace("\\", "")
    assert not re.search(r"@\w|#\d|GH-\d|:tada:|https?:/|www\.", shown)


@given(st.text())
def test_any_text_stays_on_one_line_and_opens_no_tag(text: str) -> None:
    for shown in (escaped(text), in_html(text), with_code(text)):
        assert "\n" not in shown
        assert "<" not in shown.replace("`", "") or "`" in shown
    assert "<" not in escaped(text)


def test_what_is_to_be_copied_from_a_finding_is_code() -> None:
    message = "Write `effective: 2026-01-01`, or add {: #7-rights } for #7-rights to @team."
    assert with_code(message) == (
        "Write `effective: 2026-01-01`, or add `{: #7-rights }` for `#7-rights` to @&#8203;team."
    )
