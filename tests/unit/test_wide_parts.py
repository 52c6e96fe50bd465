"""Tables and code that a phone may cut off, reached from the keyboard."""

from __future__ import annotations

import pytest

from gazette.forms.wide_parts import reachable
from gazette.language import ENGLISH, language_of

NAMED = '<table tabindex="0" aria-label="Wide table">'


def table(*heads: str, start: str = "<table>") -> str:
    """A table with these heads over a row of short words."""
    head = "".join(f'<th align="left">{head}</th>' for head in heads)
    cells = "<td>as agreed</td>" * len(heads)
    return f"{start}<thead><tr>{head}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"


def test_a_table_that_may_leave_a_phone_is_reached_by_its_name() -> None:
    wide = table("Communication", "Advertisement", "Measurement")
    assert reachable(wide, ENGLISH) == wide.replace("<table>", NAMED)
    german = reachable(wide, language_of("de"))
    assert 'aria-label="Breite Tabelle"' in german


@pytest.mark.parametrize(
    "narrow",
    [
        table("Data", "Kept for"),
        table("Purpose of what is kept", "Days and weeks and months"),
        table("個人データの種類について", "利用目的と保存期間", "第三者への提供"),
        table("Communication", "Advertisement", "Measurement", start='<table class="plain">'),
        "<p>Prices stand in the table.</p>",
    ],
)
def test_what_fits_is_no_stop_of_the_keyboard(narrow: str) -> None:
    assert reachable(narrow, ENGLISH) == narrow


def test_a_caption_stays_the_name_of_its_table() -> None:
    wide = table("A", "B", "C", "D", "E", start="<table><caption>Levels</caption>")
    assert reachable(wide, ENGLISH).startswith('<table tabindex="0"><caption>')


def test_tables_in_each_other_are_measured_whole() -> None:
    """As where unchanged rows of a redline open in a row."""
    inner = "<table><tbody><tr><td>Fee</td></tr></tbody></table>"
    wide = "<tr><td>Communication</td><td>Advertisement</td><td>Measurement</td></tr>"
    outer = f"<table><tbody><tr><td>{inner}</td></tr>{wide}</tbody></table>"
    assert reachable(outer + inner, ENGLISH) == outer.replace("<table>", NAMED, 1) + inner


@pytest.mark.parametrize("before", ["<pre>", '<div class="highlight"><pre><span></span>'])
def test_code_with_long_lines_is_reached_by_its_name(before: str) -> None:
    named = '<code tabindex="0" role="group" aria-label="Code with long lines">'
    code = "<code>\n<span>a short line</span>\n<span>curl https://api.example.com</span></code>"
    assert reachable(before + code, ENGLISH) == before + code.replace("<code>", named)
    short = f"{before}<code>\n<span class='c'>curl example.com</span>\nas here</code>"
    assert reachable(short, ENGLISH) == short


def test_code_in_running_text_is_no_stop() -> None:
    text = "<p>Ask for <code>https://api.example.com/v1/prices</code>.</p><pre>as it is</pre>"
    assert reachable(text, ENGLISH) == text
