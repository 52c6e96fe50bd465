"""The table says what was measured, and what missed its target."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.rows import Figure, Row, table, write_between

WARM = Row("warm", "{:.2f} times", 1.15, {"huge": 1.3})
SAVED = Row("saved", "{:.1f} times", limits={"huge": 1.5})
UNLIMITED = Row("unlimited", "{:.0f} ms")


@pytest.mark.parametrize(
    ("row", "size", "value", "missed"),
    [
        (WARM, "company", 1.15, False),
        (WARM, "company", 1.16, True),
        (WARM, "huge", 1.16, False),
        (WARM, "huge", 1.31, True),
        (SAVED, "huge", 1.6, True),
        (SAVED, "company", 1.6, False),
        (UNLIMITED, "company", 99.0, False),
    ],
)
def test_figure_over_its_target_is_missed(row: Row, size: str, value: float, missed: bool) -> None:
    assert Figure(row, size, value).missed is missed


def test_table_has_a_row_per_target_and_a_column_per_size() -> None:
    figures = [
        Figure(WARM, "company", 1.2, "1.20 s : 1.00 s"),
        Figure(WARM, "huge", 1.2),
        Figure(SAVED, "company", 2.0),
        Figure(UNLIMITED, "huge", 7),
    ]
    assert table(figures) == (
        "| what | target | company | huge |\n"
        "| --- | --- | --- | --- |\n"
        "| warm | at most 1.15 times, 1.30 times (huge) "
        "| 1.20 times (1.20 s : 1.00 s), **missed** | 1.20 times |\n"
        "| saved | at most 1.5 times (huge) | 2.0 times | not measured |\n"
        "| unlimited | none | not measured | 7 ms |\n"
    )


def test_only_what_stands_between_the_marks_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text("before\n<!-- bench -->\nold \\1\n<!-- /bench -->\nafter\n")
    write_between(file, "new \\1\n")
    write_between(file, "newer \\1\n")
    assert file.read_text() == "before\n<!-- bench -->\nnewer \\1\n<!-- /bench -->\nafter\n"


def test_file_without_marks_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text("nothing here\n")
    with pytest.raises(ValueError, match="no lines"):
        write_between(file, "new\n")
    assert file.read_text() == "nothing here\n"
