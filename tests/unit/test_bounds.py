"""How large and intricate a text may be: hostile ones are told at once, all others stay fast."""

from __future__ import annotations

import cProfile

import pytest

from gazette.text import bounds
from gazette.text.bounds import excesses
from gazette.text.reader import read_document

FRONT = "---\ntitle: T\n---\n"

HOSTILE = {
    "characters": ("x" * 2_000_001, "characters"),
    "a long line": ("x" * 200_001, "A line of"),
    "contents": ("[TOC]\n\n" * 6, "contents"),
    "lines": ("a\n" * 50_001, "lines"),
    "headings": ("# a\n" * 2_001, "headings"),
    "HTML headings": ("<h1>a</h1>\n" * 2_001, "headings"),
    "paragraphs": ("a\n\n" * 10_001, "paragraphs"),
    "rows": ("|a|\n" * 10_001, "paragraphs"),
    "nested lists": ("\n".join("    " * level + "- x" for level in range(300)), "deep"),
    "nested lists on a line": ("- " * 80 + "x", "deep"),
    "nested numbers": ("1. " * 80 + "x", "deep"),
    "nested quotes": (">" * 80 + "x", "deep"),
    "nested notices": ("".join("    " * level + "!!! a\n" for level in range(80)), "deep"),
    "definitions": ("a\n: b\n" * 41, "definitions"),
    "elements": ("<div>" * 101, "elements"),
    "blanks": ("a" + " " * 2_001 + "b", "spaces"),
    "brackets": ("[" * 50_000, "“[”"),
    "nested brackets": ("[" * 5_000 + "]" * 5_000, "“[”"),
    "addresses": ("[a](" * 2_000, "“](”"),
    "images": ("![" * 25_000, "“[”"),
    "tags": ("<a " * 5_000, "“<”"),
    "declarations": ("<![CDATA[" * 5_000, "“[”"),
    "sections": ('a <![><img src="]>', "<!["),
    "rules": ("***\n" * 9_000, "rules"),
    "backticks": (" ".join("`" * length for length in range(1, 600)), "backticks"),
    "braces": ("# a {:" * 9_000, "{"),
    "entities": ("&amp;" * 39_000, "marks"),
    "tildes": ("~~a " * 20_000, "marks"),
    "fences": ("~~~ x\n" * 9_000, "fences"),
    "abbreviations": ("".join(f"*[A{n}]: b\n" for n in range(2_000)), "abbreviations"),
    "footnotes": ("x[^1]" * 6_000 + "\n\n[^1]: b\n", "footnotes"),
    "columns": ("|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n" + "|a\n" * 500, "cells"),
    "many spans": ('<td colspan="999"></td>' * 3, "span"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_never_end_is_reported(name: str) -> None:
    text, words = HOSTILE[name]
    messages = [excess.message for excess in excesses(FRONT + text)]
    assert any(words in message for message in messages), messages


FRONTS = {
    "flow": ("summary: " + "[" * 900 + "]" * 900, 3),
    "mappings": ("summary: " + "{a: " * 60, 3),
    "indented": ("".join(" " * level + "a:\n" for level in range(60)), 62),
    "dashes": ("a:\n" + "- " * 300 + "b", 4),
}


@pytest.mark.parametrize("name", FRONTS)
def test_nested_front_matter_is_reported_with_its_line(name: str) -> None:
    block, line = FRONTS[name]
    problems = excesses(f"---\ntitle: T\n{block}\n---\nx")
    assert [excess.line for excess in problems] in ([line], [line + 1])
    assert "deep" in problems[0].message


def test_front_matter_has_a_size() -> None:
    problems = excesses("---\nsummary: " + "x" * 20_001 + "\n---\nx")
    assert "front matter has 20," in problems[0].message


def test_the_line_is_that_of_the_file() -> None:
    (problem,) = excesses(FRONT + "One.\n\n" + "[" * 5_000)
    assert problem.line == 6
    (problem,) = excesses(FRONT + "One.\n\n" + "- " * 60 + "x")
    assert problem.line == 6


ORDINARY = [
    FRONT + "# Terms\n\nWe keep data.\n" * 500,
    "* * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * *\n",
    "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -\n",
    "Signed: " + "_" * 150,
    "[a](https://example.com/(x)) " * 500,
    "| a | b | c |\n|---|---|---|\n" + "| 1 | 2 | 3 |\n" * 1_000,
    "<br>\n" * 1_000,
    "<p>a\n" * 500,
    "".join(f"Text[^{n}].\n\n[^{n}]: Note.\n\n" for n in range(200)),
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_are_let_pass(text: str) -> None:
    assert excesses(text) == []


def _at_most(count: int, unit: str) -> str:
    """Return as many units as the bounds let pass, beginning from `count`."""
    while excesses(unit * count + "x"):
        count = count * 2 // 3
    return unit * count + "x"


@pytest.mark.parametrize(
    "unit",
    [
        "- ",
        "1. ",
        ">",
        "> - ",
        "a\n: b\n",
        "<div>",
        "<b>",
        "[",
        "![",
        "[^",
        "(",
        "*a ",
        "***a **b ",
    ],
)
def test_what_passes_nests_no_deeper_than_python_calls(unit: str) -> None:
    assert read_document(_at_most(2_000, unit)).html


def test_a_list_as_deep_as_may_be_is_read() -> None:
    text = "\n".join("    " * level + "- x" for level in range(bounds.MAX_DEPTH // 2))
    assert excesses(text) == []
    assert read_document(text).html.count("<li>") == bounds.MAX_DEPTH // 2


def _calls(text: str) -> int:
    """Return how many functions are called while a text is read."""
    assert excesses(text) == []
    profile = cProfile.Profile()
    profile.runcall(read_document, text)
    return sum(int(entry.callcount) for entry in profile.getstats())


@pytest.mark.parametrize("unit", ["1) a\n", "1. a\n", "- a\n", "> a\n", "a\n", "a\n===\n"])
def test_twice_as_many_lines_take_twice_as_long(unit: str) -> None:
    assert _calls(unit * 800) < 2.3 * _calls(unit * 400)


@pytest.mark.parametrize("unit", ["1) a\n", "1. a\n", "- a\n", "> a\n", "a\n"])
def test_so_they_do_above_the_meaning_of_a_term(unit: str) -> None:
    meaning = "\nTerm\n: What it means.\n"
    assert _calls(unit * 800 + meaning) < 2.3 * _calls(unit * 400 + meaning)
