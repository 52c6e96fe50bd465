"""A comment cut to size: never longer, never half a line, every fold closed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.forms.fitting import RESERVE, Fold, Item, fitted


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_what_fits_is_whole() -> None:
    items: list[Item] = ["# A", Fold("More", ("one", "two"), "elsewhere"), "end"]
    shown = "# A\n<details>\n<summary>More</summary>\n\none\n\ntwo\n\n</details>\nend\n"
    assert fitted(items) == shown


def test_a_fold_that_is_too_long_says_where_the_rest_is() -> None:
    fold = Fold("More", ("x" * 500, "y" * 500), "elsewhere")
    shown = fitted(["# A", fold, "end"], RESERVE + 700)
    assert "x" * 500 in shown
    assert "yyy" not in shown
    assert "elsewhere\n\n</details>\nend" in shown


def test_lines_come_before_folds() -> None:
    shown = fitted([Fold("More", ("x" * 900,), "elsewhere"), "line " * 100], RESERVE + 800)
    assert "line " * 100 in shown
    assert "x" not in shown.replace("elsewhere", "")


def test_lines_that_are_too_many_are_counted() -> None:
    shown = fitted(["x" * 98] * 100, RESERVE + 1000)
    assert "*90 more lines did not fit into this comment.*" in shown


WORDS = st.text("ab😀\n", max_size=300)
ITEMS = st.one_of(
    WORDS, st.builds(Fold, st.just("t"), st.lists(WORDS, max_size=4).map(tuple), st.just("there"))
)


@pytest.mark.parametrize("limit", [RESERVE + 50, RESERVE + 500, RESERVE + 2000])
@given(items=st.lists(ITEMS, max_size=12))
def test_it_is_never_too_long_and_every_fold_is_closed(limit: int, items: list[Item]) -> None:
    shown = fitted(items, limit)
    assert units(shown) <= limit
    assert shown.count("<details>") == shown.count("</details>")
