"""What is taken out of a text: told to its editors with the line, to its readers in a line."""

from __future__ import annotations

import pytest

from gazette.language import ENGLISH
from gazette.problems import Code, Problem, printable
from gazette.review.fixing import apply_fixes
from gazette.site.left_out import left_out, markup_problems, metadata_problems
from gazette.text.frontmatter import read_metadata
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader, read_document
from gazette.text.sanitizer import Removal

FRONT = "---\ntitle: T\nversion: 2026-01-05.v1\nupdated: 2026-01-05\n---\n\n"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("a\n\n<script>x</script>", [9]),
        ("a\n\n[b](javascript:x)", [9]),
        ("a\n\n[b](java&#115;cript:x)\n\n[c](javascript:x)", [9, 11]),
        ("<b onclick=x>a</b>\n\nb\n\n<b onclick=x>a</b>", [7, 11]),
        ("a\n\nb\n{: onclick=x }", [10]),
        ("![x](https://example.com/i.png)", [7]),
        ("a\n\n<Name of the officer>", [9]),
        ("<iframe></iframe>\n\na\n\n<svg></svg>", [7, 11]),
    ],
)
def test_each_is_found_on_its_line(body: str, lines: list[int]) -> None:
    removals = read_document(body).removals
    reported = list(markup_problems("docs/x.md", FRONT + body, removals))
    assert [problem.line for problem in reported] == lines
    assert {problem.code for problem in reported} == {Code.RAW_HTML}


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        ("an <i class='lead note wide'>x</i>", 'an <i class="note">x</i>'),
        ("an <i class=lead>x</i>", "an <i>x</i>"),
        ("words\n{: .lead .note title=y .wide }", "words\n{: .note title=y }"),
        ("words\n{: .lead onclick=x }\n\nmore", "words\n\n\nmore"),
        ("# Head {: .lead #head }", "# Head {: #head }"),
        ("<img alt=a\n  srcset='b 1x, c 2x'\n  src=b.png>", "<img alt=a\n  src=b.png>"),
        ("<a href=b.md target=_blank data-x>b</a>", "<a href=b.md>b</a>"),
        ("<i class=lead>x</i>\n\n`<i class=lead>`\n", "<i>x</i>\n\n`<i class=lead>`\n"),
        ("[a](javascript:x)", "[a](javascript:x)"),
        ("<p id=__search>a</p>", "<p id=__search>a</p>"),
        ("<ol type=1.1></ol>", "<ol type=1.1></ol>"),
    ],
)
def test_what_no_reader_misses_is_taken_out_by_a_fix(body: str, fixed: str) -> None:
    reported = markup_problems("docs/x.md", FRONT + body, read_document(body).removals)
    data, _ = apply_fixes((FRONT + body).encode(), reported)
    assert data.decode() == FRONT + fixed
    assert read_document(fixed).html == read_document(body).html


@pytest.mark.parametrize(
    ("body", "remedy"),
    [
        ("![a](//e.com/a.png)", "docs/assets/"),
        ("[a](javascript:x)", "Link to a page"),
        ("Dear <Name>", "&lt;"),
        ("<button>a</button>", "in Markdown"),
    ],
)
def test_the_remedy_is_that_of_the_kind(body: str, remedy: str) -> None:
    (problem,) = markup_problems("docs/x.md", FRONT + body, read_document(body).removals)
    assert remedy in problem.hint


@pytest.mark.parametrize(
    ("extension", "body"),
    [
        ("pymdownx.emoji", "<u>a</u>\n\n:smile: and <u>b</u>"),
        ("pymdownx.tabbed", '<div title="a">b</div>\n\n=== "Companies"\n\n    They have 14 days.'),
    ],
)
def test_what_an_extension_made_is_said_to_come_from_it(extension: str, body: str) -> None:
    """Its editor wrote no HTML, and a line where something alike stands would mislead."""
    removals = Reader(MarkdownSettings((extension,))).read(body).removals
    reported = list(markup_problems("docs/x.md", FRONT + body, removals))
    assert reported
    assert {(problem.line, problem.fix) for problem in reported} == {(0, None)}
    assert all("An extension or a plugin in mkdocs.yml" in problem.hint for problem in reported)


def test_the_label_of_a_footnote_stands_where_it_is_written() -> None:
    body = "A word.\n\nA note[^<i x>].\n\n[^<i x>]: Here.\n"
    removals = read_document(body).removals
    reported = list(markup_problems("docs/x.md", FRONT + body, removals))
    assert reported
    assert {problem.line for problem in reported} == {FRONT.count("\n") + 3}


def test_tags_in_metadata_are_told_on_their_line() -> None:
    text = FRONT.replace("title: T", "title: T <img src=x>\nsummary: 1 < 2")
    metadata, problems = read_metadata("docs/x.md", text)
    assert metadata is not None
    assert not problems
    (problem,) = metadata_problems("docs/x.md", text, metadata)
    assert (problem.line, "<img src=x>" in problem.message) == (2, True)


@pytest.mark.parametrize("title", [r'"T\x01b"', r'"a\n::error::b"', r'"a\u2028b"'])
def test_control_characters_in_a_title_are_refused_and_shown(title: str) -> None:
    metadata, (problem,) = read_metadata("docs/x.md", FRONT.replace("title: T", f"title: {title}"))
    assert metadata is None
    assert (problem.code, problem.line) == (Code.INVALID_VALUE, 2)
    assert str(problem).isprintable()


@pytest.mark.parametrize(
    ("title", "right"),
    [
        (r'"The\tFees"', "The Fees"),
        (r'"T\x07he Fees"', "The Fees"),
        (r'"a\u2028\n \"b\""', r"a \"b\""),
    ],
)
def test_the_remedy_of_a_title_with_control_characters_is_the_title_without(
    title: str, right: str
) -> None:
    _, (problem,) = read_metadata("docs/x.md", FRONT.replace("title: T", f"title: {title}"))
    assert f'Write title: "{right}".' in problem.hint
    assert problem.fix
    assert problem.fix.text == f'title: "{right}"'


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("lang: pt_BR", "lang: pt-BR"),
        ("lang: Deutsch!", ""),
        ("translates: old", ""),
        ("category: ''", ""),
    ],
)
def test_no_remedy_is_the_wrong_value_in_quotation_marks(line: str, right: str) -> None:
    _, (problem,) = read_metadata("docs/x.md", FRONT.replace("title: T", f"title: T\n{line}"))
    assert (problem.fix.text if problem.fix else "") == right
    assert right in problem.hint


@pytest.mark.parametrize(
    "line", [r'"a\n::error::b": c', r'"\x1b[31m": a', r'category: "a\n::error::b"']
)
def test_control_characters_of_keys_and_values_are_shown(line: str) -> None:
    text = FRONT.replace("title: T", f"title: T\n{line}\n{line}")
    _, problems = read_metadata("docs/x.md", text)
    assert len(problems) > 1
    assert all(str(problem).isprintable() for problem in problems)


def test_a_text_beyond_the_bounds_is_refused_where_it_is_read() -> None:
    metadata, (problem, *_) = read_metadata("docs/x.md", FRONT + "[" * 5_000)
    assert metadata is None
    assert (problem.code, problem.line) == (Code.BOUNDS, 7)


def test_a_version_has_a_number_of_a_few_digits() -> None:
    text = FRONT.replace(".v1", f".v{'1' * 300}")
    metadata, (problem, *_) = read_metadata("docs/x.md", text)
    assert metadata is None
    assert (problem.code, len(problem.message) < 200) == (Code.INVALID_VALUE, True)


def test_the_page_says_what_it_leaves_out() -> None:
    assert left_out(ENGLISH, ()) == ""
    line = left_out(ENGLISH, [Removal("<script> is HTML that a policy may not hold.", "script")])
    assert "1 thing of the source.<" in line
    assert "2 things" in left_out(ENGLISH, [Removal("a"), Removal("b")])


def test_control_characters_are_shown() -> None:
    assert printable("a\x1b[31m\n\x9b\u2028é") == r"a\x1b[31m\n\x9b\u2028é"
    assert str(Problem("a\n::error::b.md", 1, Code.SLUG, "x\x1b")).startswith(
        r"a\n::error::b.md:1: x\x1b"
    )
