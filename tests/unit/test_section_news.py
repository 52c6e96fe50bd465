"""What changed in a section, as one line: a table of (old, new, what a lawyer reads)."""

from __future__ import annotations

import pytest

from gazette.forms.section_news import news
from gazette.forms.sentences import counted
from gazette.text.reader import read_document
from gazette.text.redline import Redline, redline

FOUR = "\n\n".join(f"## {n}. Part {name}\n\nText of {name}." for n, name in enumerate("abcd", 1))


def compared(old: str, new: str) -> Redline:
    return redline(read_document(old), read_document(new))


def section(text: str) -> str:
    return f"## 7. Retention Period\n\n{text}\n"


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("Kept for 30 days.", "Kept for 14 days.", "“30 days” becomes “14 days”"),
        ("30 days, or 30 days.", "14 days, or 14 days.", "“30 days” becomes “14 days” in 2 places"),
        (
            "Kept for 30 days. It runs here, one supposes.",
            "Kept for 14 days. It stands there, one supposes.",
            "“30 days” becomes “14 days”; 1 more passage reworded",
        ),
        ("We must delete it.", "We may delete it.", "“must” becomes “may”"),
        ("We keep logs.", "We keep all logs.", "“all” is added"),
        ("We keep all logs.", "We keep logs.", "“all” is taken out"),
        ("We keep logs of it.", "We keep records of it.", "“logs” becomes “records”"),
        ("One.\n\n- a list\n- of points", "One.\n\n- a list", "1 list item removed"),
        ("One.", "One.\n\nTwo here.\n\nThree there.", "2 paragraphs added"),
        ("A dog. Then, a dog.", "A cat. Then, a cat.", "“dog” becomes “cat” in 2 places"),
        (
            "- one;\n- two; and\n- three.",
            "- one;\n- two;\n- three; and\n- four.",
            "1 list item added",
        ),
        ("- one; or\n- two.", "- one; and\n- two.", "“or” becomes “and”"),
        ("See [it](a.md).", "See [it](b.md).", "the link leads to another address"),
    ],
)
def test_how_a_section_changed(old: str, new: str, how: str) -> None:
    assert news(compared(section(old), section(new))) == [("Section 7, Retention Period", how)]


def test_a_replacement_is_counted_where_it_stands() -> None:
    old = "## 1. A\n\nIn 14 days, or 14 days.\n\n## 2. B\n\nAfter 14 days.\n"
    assert news(compared(old, old.replace("14", "30"))) == [
        ("Section 1, A", "“14 days” becomes “30 days” in 2 places"),
        ("Section 2, B", "“14 days” becomes “30 days”"),
    ]


def test_long_passages_are_counted_not_quoted() -> None:
    old = (
        "We keep logs. " + "It is done in the manner that stood here before anybody edited it. " * 2
    )
    new = (
        "We keep logs. "
        + "Whoever wants to know more asks our office in writing, and then waits. " * 2
    )
    ((_, how),) = news(compared(section(old), section(new)))
    assert how == "2 passages reworded"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (FOUR, FOUR.replace("## 2. Part b", "## 2. Parts of b"), "was called “Part b”"),
        (FOUR, FOUR.partition("\n\n## 4")[0], "is removed"),
        (FOUR, f"{FOUR}\n\n## 5. Part e\n\nAll that is left to say.", "is new"),
        ("Opening.\n", "Another text.\n", "1 paragraph removed; 1 paragraph added"),
    ],
)
def test_what_became_of_a_section(old: str, new: str, what: str) -> None:
    ((_, how),) = news(compared(old, new))
    assert how == what


def test_neighbours_that_only_got_other_numbers_are_one_line() -> None:
    new = "## 1. Part new\n\nNothing like the rest.\n\n" + FOUR
    for number in (4, 3, 2, 1):
        new = new.replace(
            f"## {number}. Part {'abcd'[number - 1]}", f"## {number + 1}. Part {'abcd'[number - 1]}"
        )
    assert news(compared(FOUR, new)) == [
        ("Section 1, Part new", "is new"),
        ("Sections 1 to 4", "become Sections 2 to 5; their texts are the same"),
    ]


def test_a_moved_section_says_where_it_stands() -> None:
    parts = FOUR.split("\n\n## ")
    moved = "\n\n## ".join([parts[0], parts[2], parts[3], parts[1]])
    sentence = dict(news(compared(FOUR, moved)))
    assert sentence == {"Section 2, Part b": "now stands after Section 4, Part d"}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (FOUR, FOUR, "no section changed in wording"),
        (FOUR, FOUR.replace("Text of a", "Words of a"), "1 section amended"),
        (FOUR, FOUR.replace("Text of", "Words about"), "4 sections amended"),
    ],
)
def test_counts(old: str, new: str, sentence: str) -> None:
    assert counted(compared(old, new)) == sentence


def test_words_that_moved_are_reported_once() -> None:
    old = "Goats may graze on the meadow in summer, sheep only after the hay is in, geese never."
    new = "Goats may graze on the meadow in summer.\n\nSheep may graze only after the hay is in."
    (line,) = news(compared(section(old), section(new)))
    assert "elsewhere" in line[1]
    assert line[1].count("elsewhere") == 1


def test_changes_of_little_weight_stand_last() -> None:
    old = section("We keep it, and read it.")
    assert news(compared(old, old.replace(", and", " and"))) == [
        ("Only punctuation or small words", "Section 7, Retention Period")
    ]
