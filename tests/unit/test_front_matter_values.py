"""Front matter rewritten: what is asked for changes, and not one byte more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.text import frontmatter
from gazette.text.frontmatter import with_values

PLAIN = "---\ntitle: Terms\nversion: 2026-01-05.v1\nupdated: 2026-01-05\n---\n\nText.\n"


@pytest.mark.parametrize(
    ("old", "facts", "new"),
    [
        ("title: A\nversion: x", {"version": "y"}, "title: A\nversion: y"),
        (
            "title: A # why\nversion: x  # when",
            {"version": "y"},
            "title: A # why\nversion: y  # when",
        ),
        ('title: A\nversion: "x"', {"version": "y"}, 'title: A\nversion: "y"'),
        ("title: A\nversion: 'x'", {"version": "it's"}, "title: A\nversion: 'it''s'"),
        ("title: A\nversion:", {"version": "y"}, "title: A\nversion: y"),
        ("title: A\nversion:\n  x", {"version": "y"}, "title: A\nversion:\n  y"),
        ("title: A\nsummary: a\n  b # c", {"summary": "d"}, "title: A\nsummary: d # c"),
        ("title: A\nsummary: >\n  a\n\n  b\n# c", {"summary": "d"}, "title: A\nsummary: d\n# c"),
        ("title: A\nsummary: |-\n  a\nversion: x", {"summary": None}, "title: A\nversion: x"),
        (
            "title: A\neffective: x # soon\nversion: y",
            {"effective": None},
            "title: A\n# soon\nversion: y",
        ),
        (
            "title: A\n# note\ncategory: B",
            {"summary": "c"},
            "title: A\nsummary: c\n# note\ncategory: B",
        ),
        ("description: A", {"title": "B"}, "title: B\ndescription: A"),
        ("title: A\nother: B", {"summary": "c"}, "title: A\nsummary: c\nother: B"),
        ("title: A", {"summary": "a: b"}, 'title: A\nsummary: "a: b"'),
        ("title: A", {"summary": "5 # 6"}, 'title: A\nsummary: "5 # 6"'),
        ("title: A", {"summary": "- x"}, 'title: A\nsummary: "- x"'),
        ("title: A", {"effective": None}, "title: A"),
    ],
)
def test_what_is_asked_for_changes_and_nothing_else(
    old: str, facts: dict[str, str | None], new: str
) -> None:
    def whole(block: str) -> str:
        return f"---\n{block}\n---\nversion: below\n"

    assert with_values(whole(old), facts) == whole(new)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(end: str, mark: str) -> None:
    old = mark + PLAIN.replace("\n", end)
    new = with_values(old, {"version": "2026-02-01.v1", "summary": "Less.", "updated": None})
    lines = [
        "---",
        "title: Terms",
        "version: 2026-02-01.v1",
        "summary: Less.",
        "---",
        "",
        "Text.",
        "",
    ]
    assert new == mark + end.join(lines)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1))
def test_any_line_of_text_is_read_again_as_it_was_written(text: str) -> None:
    text = text.strip()
    if not text:
        return
    metadata, problems = frontmatter.read_metadata("a.md", with_values(PLAIN, {"summary": text}))
    assert problems == []
    assert metadata
    assert metadata.summary == text


def test_a_text_without_front_matter_is_an_error() -> None:
    with pytest.raises(ValueError, match="no front matter"):
        with_values("Text.\n", {"version": "x"})
