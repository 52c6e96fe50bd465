"""Sections that differ between an earlier version and the final text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from gazette.text.differences import MOST_TOGETHER, Heading, Kin, Text, differences

Named = tuple[str, str | None, str | None]


def text(*sections: tuple[str, str]) -> Text:
    """Return a text of sections by ID and words; the words stand for their digest."""
    headings = [
        Heading(number, 2, "", name, name.lower(), words)
        for number, (name, words) in enumerate(sections, 1)
    ]
    return Text([Heading(0, 0, "", "", "", ""), *headings], ["", *(name for name, _ in sections)])


def compared(old: Text, final: Text, kin: Kin | None = None) -> list[list[Named]]:
    """Return each cluster of sections that differ, by what binds them and by their names."""
    return [
        [
            (
                "part" if tie.is_part else "moved" if tie.is_moved else "",
                tie.old.heading if tie.old else None,
                tie.new.heading if tie.new else None,
            )
            for tie in cluster
        ]
        for cluster in differences(old, final, kin or {}).clusters
    ]


def test_amended_added_and_removed() -> None:
    old = text(("Scope", "a"), ("Fees", "b"), ("Law", "c"))
    new = text(("Scope", "a"), ("Fees", "b2"), ("Notices", "n"))
    assert compared(old, new) == [
        [("", "Fees", "Fees")],
        [("", "Law", None)],
        [("", None, "Notices")],
    ]
    assert [pair[0].heading for pair in differences(old, new, {}).kept] == ["Scope"]


def test_what_reads_the_same_is_the_same_whatever_its_life() -> None:
    assert compared(text(("Law", "c")), text(("Law-2", "c"))) == []


def test_what_moved_is_reported() -> None:
    old = text(("Scope", "s"), ("Fees", "f"), ("Law", "c"))
    new = text(("Fees", "f"), ("Law", "c"), ("Scope", "s"))
    assert compared(old, new) == [[("moved", "Scope", "Scope")]]


def test_text_of_a_split_section_is_looked_for_in_each_part() -> None:
    old = text(("Ending", "x y"))
    new = text(("Pausing", "x"), ("Ending", "y"))
    kin = {"Pausing": {"Ending"}, "Ending": {"Pausing"}}
    assert compared(old, new, kin) == [
        [("", None, "Pausing"), ("", "Ending", "Ending"), ("part", "Ending", "Pausing")]
    ]


def test_kin_of_kin_count_and_sections_that_read_the_same_do_not() -> None:
    kin: dict[str, set[str]] = {"A": {"B"}, "B": {"A", "C"}, "C": {"B"}}
    assert compared(text(("A", "x y")), text(("C", "y")), kin) == [
        [("", "A", None), ("", None, "C"), ("part", "A", "C")]
    ]
    kept = text(("A", "x y")), text(("A", "x y"), ("C", "y"))
    assert compared(*kept, kin) == [[("", None, "C")]]


def test_too_many_sections_are_compared_one_by_one() -> None:
    names = [f"Part {number}" for number in range(MOST_TOGETHER + 1)]
    kin: Mapping[str, set[str]] = {name: {"Whole"} for name in names}
    clusters = compared(text(("Whole", "w")), text(*((name, name) for name in names)), kin)
    assert {len(cluster) for cluster in clusters} == {1}


SECTION = st.tuples(st.sampled_from("ABCDE"), st.sampled_from("xyz"))
TEXT = st.lists(SECTION, max_size=5).map(lambda sections: text(*sections))
KIN = st.dictionaries(st.sampled_from("ABCDE"), st.sets(st.sampled_from("ABCDE")))


@given(TEXT, TEXT, KIN)
def test_every_section_of_both_texts_is_named(old: Text, final: Text, kin: Kin) -> None:
    kept, clusters = differences(old, final, kin)
    assert all(before.digest == after.digest for before, after in kept)
    ties = [tie for cluster in clusters for tie in cluster if not tie.is_part]
    before = [*(pair[0] for pair in kept), *(tie.old for tie in ties if tie.old)]
    after = [*(pair[1] for pair in kept), *(tie.new for tie in ties if tie.new)]
    for sections, whole in ((before, old), (after, final)):
        assert Counter(sections) == Counter(section for section in whole.sections if section.digest)
