"""Sections that differ between an old version and the final text."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.forms import differences_html
from gazette.text.differences import Difference, Heading, differences

Text = list[Heading]


def text(*sections: tuple[str, str]) -> Text:
    return [
        Heading(i, 2, "", name, name.lower(), words) for i, (name, words) in enumerate(sections)
    ]


def compared(texts: list[Text], links: list[list[tuple[int, int]]]) -> list[tuple[Difference, ...]]:
    return [*differences(texts[-1], zip(texts[-2::-1], links[::-1], strict=True))]


def shown(texts: list[Text], links: list[list[tuple[int, int]]]) -> list[list[tuple[str, str]]]:
    return [
        [(entry.status, (entry.new or entry.old or texts[0][0]).heading) for entry in differing]
        for differing in compared(texts, links)
    ]


def test_amended_added_and_removed_across_two_updates() -> None:
    texts = [
        text(("Scope", "a"), ("Fees", "b"), ("Law", "c")),
        text(("Scope", "a"), ("Fees", "b2"), ("Law", "c")),
        text(("Scope", "a"), ("Fees", "b2"), ("Notices", "n")),
    ]
    links = [[(0, 0), (1, 1), (2, 2)], [(0, 0), (1, 1)]]
    assert shown(texts, links) == [
        [("removed", "Law"), ("added", "Notices")],
        [("amended", "Fees"), ("removed", "Law"), ("added", "Notices")],
    ]


def test_changed_back_is_no_difference() -> None:
    texts = [text(("Fees", "a")), text(("Fees", "b")), text(("Fees", "a"))]
    assert shown(texts, [[(0, 0)], [(0, 0)]]) == [[("amended", "Fees")], []]


def test_dropped_and_restored_section_is_the_same() -> None:
    texts = [
        text(("Scope", "s"), ("Law", "c")),
        text(("Scope", "s")),
        text(("Scope", "s"), ("Law", "c")),
    ]
    assert shown(texts, [[(0, 0)], [(0, 0)]])[1] == []


def test_split_section_is_told_with_each_part() -> None:
    texts = [text(("Ending", "x y")), text(("Pausing", "x"), ("Ending", "y"))]
    assert shown(texts, [[(0, 0), (0, 1)]]) == [[("amended", "Pausing"), ("amended", "Ending")]]


def test_a_section_of_the_final_text_is_told_once_beside_its_namesake() -> None:
    texts = [text(("Data", "d"), ("Ending", "x")), text(("Ending", "d x"), ("Pausing", "p"))]
    (differing,) = compared(texts, [[(0, 0), (1, 0), (0, 1)]])
    assert [
        (entry.old and entry.old.heading, entry.new and entry.new.heading) for entry in differing
    ] == [
        ("Data", "Pausing"),
        ("Ending", "Ending"),
    ]


def test_what_was_merged_and_then_dropped_is_told_as_removed() -> None:
    texts = [
        text(("Scope", "s"), ("Notices", "n")),
        text(("Scope", "s n")),
        text(("Scope", "s")),
    ]
    assert shown(texts, [[(0, 0), (1, 0)], [(0, 0)]])[1] == [("removed", "Notices")]


def test_two_sections_of_the_same_words_are_two() -> None:
    texts = [text(("Scope", "s")), text(("Scope", "s"), ("Law", "c"), ("Law", "c"))]
    assert shown(texts, [[(0, 0)]]) == [[("added", "Law"), ("added", "Law")]]


@pytest.mark.parametrize("links", [[(0, 0), (0, 1)], [(0, 0)], [(0, 1)]])
def test_a_copy_is_added_and_removed_like_any_section(links: list[tuple[int, int]]) -> None:
    single, double = text(("Law", "c")), text(("Law", "c"), ("Law", "c"))
    assert shown([single, double], [links]) == [[("added", "Law")]]
    back = [(new, old) for old, new in links]
    assert shown([double, single], [back]) == [[("removed", "Law")]]


def test_an_opening_without_a_word_is_no_section() -> None:
    empty = [Heading(0, 0, "", "", "", ""), Heading(1, 2, "", "Law", "law", "c")]
    opened = [Heading(0, 0, "", "", "", "words"), Heading(1, 2, "", "Law", "law", "c")]
    assert [entry.status for entry in compared([empty, opened], [[(1, 1)]])[0]] == ["added"]
    assert [entry.status for entry in compared([opened, empty], [[(1, 1)]])[0]] == ["removed"]


def test_sections_without_a_heading_are_named() -> None:
    opening, later = Heading(0, 0, "", "", "", "x"), Heading(2, 2, "", "", "later", "y")
    differing = [Difference("removed", opening, None), Difference("added", None, later)]
    html = differences_html.render("../then/", "../now/", differing)
    assert "<li>Opening <span" in html
    assert "<li>Section without a heading <span" in html


SECTION = st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz"))


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Text], list[list[tuple[int, int]]]]:
    """Texts of some sections each, with any links between neighbours."""
    drawn = draw(st.lists(st.lists(SECTION, max_size=4), min_size=2, max_size=4))
    texts = [text(*entry) for entry in drawn]
    links = [
        draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
        for pairs in (
            [(old.index, new.index) for old in before for new in after]
            for before, after in pairwise(texts)
        )
    ]
    return texts, links


@given(histories())
def test_nothing_that_differs_is_kept_quiet(
    history: tuple[list[Text], list[list[tuple[int, int]]]],
) -> None:
    texts, links = history
    final = texts[-1]
    for back, differing in enumerate(compared(texts, links), start=2):
        old = texts[-back]
        shown_old = {entry.old.index for entry in differing if entry.old}
        shown_new = [entry.new.index for entry in differing if entry.new]
        assert len(shown_new) == len(set(shown_new))
        unshown = Counter(entry.digest for entry in final if entry.index not in shown_new)
        assert unshown <= Counter(entry.digest for entry in old)
        for entry in old:
            heirs = {entry.index}
            for became in links[len(texts) - back :]:
                heirs = {new for before, new in became if before in heirs}
            is_shown = entry.index in shown_old or heirs & set(shown_new)
            assert is_shown or entry.digest in {same.digest for same in final}
