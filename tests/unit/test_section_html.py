"""The HTML of a text, cut at its headings and made to stand elsewhere."""

from __future__ import annotations

import pytest

from gazette.text.reader import read_document
from gazette.text.section_html import (
    around_headings,
    inner_ids,
    sections_of,
    standalone,
    with_heading_level,
    words_of,
)

TEXTS = [
    "Hello.\n\n# A\n\nText.\n\n## B\n\n## C\n\n- item\n",
    "# A\n\n> ## Quoted\n>\n> Words.\n\nMore.\n\n## B\n",
    "- item\n\n    ## In a list\n\n    Text.\n\n## B\n",
    "No heading at all.\n",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_as_many_parts_as_sections(text: str) -> None:
    document = read_document(text)
    parts = sections_of(document.html, [section.anchor for section in document.sections])
    assert "".join(parts) == document.html
    assert len(parts) == len(document.sections)
    for part, section in zip(parts, document.sections, strict=True):
        assert not section.index or f'id="{section.anchor}"' in part


PLACES = """<a id="start"></a>

# A {#a}

> ## Quoted
>
> <span id="held">Words.</span>

- ## In a list

<a name="named"></a>More.[^1]
{: #more }

    code(" id="text")

<a id="before"></a>

## B <b id="inside">it</b>

| a |
| --- |
| <i id="cell">x</i> |

[^1]: A note. <a id="end"></a>
"""


def test_ids_inside_sections_belong_to_those_whose_words_follow() -> None:
    document = read_document(PLACES)
    anchors = [section.anchor for section in document.sections]
    assert anchors == ["", "a", "b-it"]
    assert inner_ids(document.html, anchors) == {
        1: ("start", "quoted", "held", "in-a-list", "more", "named", "fnref:1"),
        2: ("before", "inside", "cell", "fn:1", "end"),
    }


def test_headings_of_sections_and_lines_of_code_are_no_ids_inside() -> None:
    code = '<p>a</p><h2 id="a">A</h2><pre><span id="__span-0-1">x</span></pre>'
    assert inner_ids(code, ["", "a"]) == {}
    text = f'<p id="b">b</p>{code}'
    assert inner_ids(text, ["", "a"]) == {0: ("b",)}


def test_a_part_gives_no_ids_and_leads_back_to_its_page() -> None:
    part = '<h2 id="a" class="x">A</h2><p>See <a href="#b">b</a>, id="c", <a href="x#y">x</a></p>'
    assert standalone(part, "../v/") == (
        '<h2 class="x">A</h2><p>See <a class="gz-page" href="../v/#b">b</a>, id="c", '
        '<a href="x#y">x</a></p>'
    )


def test_a_part_is_whole_wherever_it_was_cut() -> None:
    assert standalone("<blockquote><h2>A</h2><p>x<br>y</p>", "") == (
        "<blockquote><h2>A</h2><p>x<br>y</p></blockquote>"
    )
    assert standalone("<p>x</p></blockquote></div><ul><li>y", "") == "<p>x</p><ul><li>y</li></ul>"


def test_links_to_a_heading_do_not_go_with_it() -> None:
    heading = '<h2>A<a class="headerlink" href="#a" title="Link">¶</a></h2>'
    assert standalone(heading, "") == "<h2>A</h2>"


def test_only_the_own_heading_of_a_section_gets_another_level() -> None:
    assert with_heading_level('<h1 class="x">A</h1><p>h1</p>', 3) == '<h3 class="x">A</h3><p>h1</p>'


def test_words_stand_apart_where_a_reader_sees_a_border() -> None:
    part = "<h2>A</h2><p>Write to <a>us</a>.</p><ul><li>One &amp; all</li><li>Two</li></ul>"
    assert words_of(part) == "Write to us. One & all Two"


def test_lines_stand_around_headings_and_behind_a_summary() -> None:
    text = '<h2 id="a&amp;b">A</h2><details><summary><h3 id="c">C</h3></summary>x</details>'
    assert around_headings(text, lambda anchor, _: (f"[{anchor}", "|", "]")) == (
        '[a&b<h2 id="a&amp;b">A|</h2>]<details><summary>[c<h3 id="c">C|</h3></summary>]x</details>'
    )
