"""What a page says of itself around its text."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.imports.block_markdown import Part
from gazette.imports.draft import draft_of, heading_level, is_way_back
from gazette.imports.labels import label_of
from gazette.text.markdown_escapes import heading

TODAY = date(2026, 11, 23)


def parts(*lines: str) -> list[Part]:
    """Return a paragraph for each line, a heading for one that begins with `#`."""
    made = []
    for line in lines:
        level = len(line) - len(line.lstrip("#"))
        text = line[level:].strip()
        made.append(Part(heading(level, text) if level else text, text, level))
    return made


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("3. Retention", 2),
        ("3.2 Deletion on Request", 3),
        ("3.2.1) Backups", 4),
        ("Article IV Law", 2),
        ("3. We keep it for 30 days.", 0),
        ("3 apples", 0),
        ("Retention", 0),
    ],
)
def test_heading_level(line: str, level: int) -> None:
    assert heading_level(line) == level


def test_labels_and_ways_back() -> None:
    assert label_of("Version 2026-03-31.v1 | Last updated: March 31, 2026")
    assert label_of("Last updated on 31 March 2026.")
    assert not label_of("Updated terms apply")
    assert not label_of("—")
    assert is_way_back("← Back to Help Center")
    assert not is_way_back(
        "Back to the roots: why we write policies at all, and for whom we do it now"
    )


def test_version_and_date_from_labels() -> None:
    made = draft_of(parts("# Terms", "Version 3.2", "Updated March 31, 2026", "Text."), "x", TODAY)
    assert made
    assert (str(made.version), made.body) == ("2026-03-31.v1", "Text.\n")


def test_days_of_earlier_versions_listed_at_the_end_are_not_those_of_the_text() -> None:
    earlier = Part("- Updated June 1, 2024\n- Updated May 2, 2020", "Updated June 1, 2024")
    made = draft_of(
        [*parts("# T", "Effective May 1, 2023", "Text.", "## Earlier"), earlier], "x", TODAY
    )
    assert made
    assert str(made.version) == "2023-05-01.v1"


def test_a_first_line_that_is_the_title_of_the_file_stands_once() -> None:
    made = draft_of(parts("Data Policy", "Text.", "## Scope", "We."), "Data policy", TODAY)
    assert made
    assert (made.title, made.body) == ("Data Policy", "Text.\n\n## Scope\n\nWe.\n")


def test_version_that_bears_another_day_is_reported() -> None:
    made = draft_of(parts("Version 2026-03-31.v1 Updated 2026-04-01", "# T", "Text."), "x", TODAY)
    assert made
    assert made.notes == ("It was updated on 2026-04-01, but its version says 2026-03-31: kept.",)


def test_headings_begin_at_the_second_level() -> None:
    made = draft_of(parts("# Title", "Intro.", "### A", "#### B", "Text."), "x", TODAY)
    assert made
    assert made.body == "Intro.\n\n## A\n\n### B\n\nText.\n"


def test_several_headings_of_the_first_level_are_sections() -> None:
    made = draft_of(parts("# A", "One.", "# B", "Two."), "Named", TODAY)
    assert made
    assert (made.title, made.body) == ("Named", "## A\n\nOne.\n\n## B\n\nTwo.\n")


def test_bold_lines_are_headings_where_there_are_no_others() -> None:
    bold = Part("**Scope**", "Scope", bold=True)
    made = draft_of([*parts("# Title"), bold, *parts("Text.")], "x", TODAY)
    assert made
    assert made.body == "## Scope\n\nText.\n"


def test_page_without_text_is_no_draft() -> None:
    assert draft_of(parts("# Title", "Version 2026-03-31.v1"), "x", TODAY) is None


@pytest.mark.parametrize("box", [["## Need help?", "Ask us."], ["Still need help? Ask us."]])
def test_help_box_is_left_out(box: list[str]) -> None:
    made = draft_of(parts("# Title", "## A", "Text.", *box), "x", TODAY)
    assert made
    assert made.body == "## A\n\nText.\n"


def test_questions_are_part_of_the_text() -> None:
    made = draft_of(parts("# Title", "## A", "Have any questions? Ask our officer."), "x", TODAY)
    assert made
    assert made.body.endswith("Have any questions? Ask our officer.\n")
