"""Lists, tables and the other blocks of a text are those that GitHub shows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.text.github_reading import github_html
from gazette.text.reader import read_document

LISTS = [
    ("We ask for:\n- a name\n- a town", "p(We ask for:) ul(li(a name) li(a town))"),
    ("Steps:\n1. pay\n2. sign", "p(Steps:) ol(li(pay) li(sign))"),
    ("Founded in\n1998. Closed in\n2004.", "p(Founded in 1998. Closed in 2004.)"),
    ("- fees\n  - yearly\n  - once\n- none", "ul(li(fees ul(li(yearly) li(once))) li(none))"),
    (
        "1. No member may:\n   1. vote twice;\n   2. sell a vote.\n2. All may speak.",
        "ol(li(No member may: ol(li(vote twice;) li(sell a vote.))) li(All may speak.))",
    ),
    ("- fees\n    - yearly", "ul(li(fees ul(li(yearly))))"),
    ("- fees\n - dues", "ul(li(fees) li(dues))"),
    ("3) pay\n4) sign", "ol 3(li(pay) li(sign))"),
    ("1. pay\n1) sign", "ol(li(pay)) ol(li(sign))"),
    ("- pay\n* sign", "ul(li(pay)) ul(li(sign))"),
    ("- pay\n\n1. sign", "ul(li(pay)) ol(li(sign))"),
    ("- pay\n\n- sign", "ul(li(p(pay)) li(p(sign)))"),
    ("- pay\n-\n- sign", "ul(li(pay) li() li(sign))"),
    ("- the fee\nof a year", "ul(li(the fee of a year))"),
    ("- the fee\n\n  of a year", "ul(li(p(the fee) p(of a year)))"),
    ("1. Write\n\n   ```\n   5\n   ```\n2. Save", "ol(li(p(Write) pre(5)) li(p(Save)))"),
    (
        "1. Open\n2. Write\n\n```\n5\n```\n\n3. Save",
        "ol(li(Open) li(Write)) pre(5) ol 3(li(Save))",
    ),
    ("> - pay\n> - sign", "blockquote(ul(li(pay) li(sign)))"),
    ("- [ ] paid\n- [x] signed", "ul(li(\u2610 paid) li(\u2611 signed))"),
    ("!!! note\n    - pay\n\n    - sign", "div(p(Note) ul(li(p(pay)) li(p(sign))))"),
    ("Fee\n:   five\n    - now\n    - later", "dl(dt(Fee) dd(five ul(li(now) li(later))))"),
]
TABLES = [
    (
        "fee | day\n-|-:\nfive | `a\\|b`",
        "table(thead(tr(th(fee) th right(day))) tbody(tr(td(five) td right(a|b))))",
    ),
    (
        "Fees:\n\n| a | b |\n|---|---|\n| 1 |\n| 2 | 3 | 4 |\nend",
        "p(Fees:) table(thead(tr(th(a) th(b)))"
        " tbody(tr(td(1) td()) tr(td(2) td(3)) tr(td(end) td())))",
    ),
    ("Fees:\n| a |\n|---|", "p(Fees:) table(thead(tr(th(a))))"),
    ("- x\n\n  a | b\n  -|-", "ul(li(p(x) table(thead(tr(th(a) th(b))))))"),
    ("a | b\n1 | 2", "p(a | b 1 | 2)"),
]
ONLY_HERE = ("!!!", "Fee\n:")


def shape(html: str) -> str:
    """Return the elements of HTML with their numbers or sides, and words without inline marks."""
    html = re.sub(r"</?(?:code|em|a)\b[^>]*>", "", html)
    html = re.sub(r'<(\w+)(?: (?:start|align)="(\w+)"| \w+="[^"]*")*>', r" \1 \2(", html)
    return normal(re.sub(r"</\w+>", ")", html))


def normal(shape: str) -> str:
    return re.sub(r"\s*([()])\s*", r"\1", " ".join(shape.split()))


@pytest.mark.parametrize(("markdown", "expected"), [*LISTS, *TABLES])
def test_lists_and_tables(markdown: str, expected: str) -> None:
    assert shape(read_document(markdown).html) == normal(expected)
    if not markdown.startswith(ONLY_HERE):
        assert plain(read_document(markdown).html) == plain(github_html(markdown))


def plain(html: str) -> str:
    """Return HTML without what GitHub writes otherwise, and without white space."""
    return re.sub(r' (?:align|id|class)="[^"]*"|[\u2610\u2611]|\s+', "", html)


def lines() -> st.SearchStrategy[str]:
    """Return lines that begin items and other blocks, or go on with them, at various indents."""
    markers = ["- ", "* ", "+ ", "1. ", "2. ", "7) ", "", "> ", "# ", "-", "10. ", "-    "]
    words = ["fee", "the day", "", "a | b", "-|-", "```", "1998. and", "===", "---"]
    parts = st.tuples(st.integers(0, 9), st.sampled_from(markers), st.sampled_from(words))
    return parts.map(lambda part: " " * part[0] + part[1] + part[2])


@settings(max_examples=400)
@given(st.lists(lines(), min_size=1, max_size=9).map("\n".join))
def test_any_lines_are_read_as_github_reads_them(markdown: str) -> None:
    ours = read_document(markdown).html
    assert plain(ours) == plain(github_html(markdown)), ours


def test_headings_begin_with_a_mark_and_a_blank() -> None:
    html = read_document("Our\n#1 aim:\n##no heading\n\n# A heading #").html
    assert html.count("<h") == 1
    assert "#1 aim:\n##no heading</p>" in html
