"""Letters survive Markdown: whatever is written, the same is read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gazette.imports.block_markdown import parts_of
from gazette.text.markdown_escapes import code, escaped, heading, line_start
from gazette.text.reader import read_document

SIGNS = st.sampled_from(
    [
        *"ab1 *_`[]()<>#+-.!|\\{}:=~&;\"'/@^\n",
        *("**", "__", "1. ", "- ", "&amp;", "[x]: y", "](", "!!! note", "*[HTML]: x", "---", "```"),
        *("[^1]", "{: #a}", "  ", "\\*", "https://a.example"),
    ]
)
TEXTS = st.lists(SIGNS, min_size=1, max_size=12).map("".join)
PLACES = ("p", "h2", "li", "th", "blockquote", "strong", "em", "a", "dd")


def read_back(markdown: str) -> str:
    document = read_document(markdown)
    blocks = (block.text for section in document.sections for block in section.blocks)
    return re.sub(r"\s", "", "".join(blocks))


def placed(text: str, place: str) -> etree._Element:
    body = etree.Element("body")
    around = {"li": ["ul"], "th": ["table", "tr"], "strong": ["p"], "em": ["p"], "a": ["p"]}
    parent = body
    for tag in around.get(place, ["dl"] if place == "dd" else []):
        parent = etree.SubElement(parent, tag)
    if place == "dd":
        etree.SubElement(parent, "dt").text = "term"
    if place == "th":
        etree.SubElement(parent, "th").text = "first"
    element = etree.SubElement(parent, place)
    element.text = text
    if place == "a":
        element.set("href", "https://a.example/x_(y)")
    return body


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=150)
@given(text=TEXTS)
def test_what_is_written_is_read(place: str, text: str) -> None:
    body = placed(text, place)
    expected = re.sub(r"\s", "", "".join(map(str, body.itertext())))
    markdown = "\n\n".join(part.markdown for part in parts_of(body))
    assert read_back(markdown) == expected, markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Company] keeps 5 * 4 files", r"[Company] keeps 5 \* 4 files"),
        ("snake_case and _this_", r"snake_case and \_this\_"),
        ("a < b, <b>", "a < b, &lt;b>"),
        ("AT&T &copy;", "AT&T &amp;copy;"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_only_what_markdown_would_take_is_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. Scope", r"1\. Scope"),
        ("- item", r"\- item"),
        ("-1 degree", "-1 degree"),
        ("#1 choice", r"\#1 choice"),
        ("2026 was", "2026 was"),
    ],
)
def test_line_that_begins_nothing(line: str, expected: str) -> None:
    assert line_start(line) == expected


def test_heading_and_code() -> None:
    assert heading(2, "1. Scope #") == r"## 1. Scope \#"
    assert code("a `b` c") == "``a `b` c``"
    assert code("`") == "`` ` ``"
