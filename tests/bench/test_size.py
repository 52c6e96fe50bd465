"""The figures of the engine's size count what they say."""

from __future__ import annotations

from bench.size import Sizes, add_module, spread

SOURCE = '''"""A module."""

from functools import cache

TABLE: dict[str, int] = {}
"""A table."""
FILLED = dict(zip("ab", "cd"))


@cache
def first(name: str, other: x._Hidden) -> str:
    """Return something.

    More about it.
    """
    # A comment.

    if name and other._secret:
        return (
            "a"
            "b"
        )
    return [letter for letter in name if letter][0]


class _Thing:
    def method(self):
        return self._own
'''


def sizes() -> Sizes:
    sizes = Sizes()
    add_module(sizes, "package/module.py", SOURCE)
    return sizes


def test_blank_lines_comments_and_docstrings_are_no_lines_of_code() -> None:
    assert sizes().lines == 14
    assert sizes().packages == {"package": 14}


def test_function_is_measured_with_its_signature() -> None:
    first, method = sizes().functions
    assert (first.place, first.lines, first.branches) == ("package/module.py:11 first", 7, 4)
    assert (method.lines, method.branches) == (2, 0)


def test_only_public_definitions_need_docstrings_and_types() -> None:
    assert sizes().documented == [True]
    assert sizes().return_types == [True]


def test_private_names_of_others_and_memo_tables_are_counted() -> None:
    assert sizes().private == ["package/module.py:18"]
    assert sizes().memo_tables == {"package": 2}


def test_spread_of_figures() -> None:
    assert spread(range(1, 102)) == "51 / 96 / 101"
    assert spread([]) == "none"
