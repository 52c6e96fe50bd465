"""Sections that differ between an old version and the final text."""

from __future__ import annotations

from gazette.publishing.distance import differences
from gazette.publishing.fragments import Heading

Text = list[Heading]


def text(*sections: tuple[str, str]) -> Text:
    return [
        Heading(i, 2, "", name, name.lower(), words) for i, (name, words) in enumerate(sections)
    ]


def told(texts: list[Text], links: list[list[tuple[int, int]]]) -> list[list[tuple[str, str]]]:
    return [
        [(one.status, (one.new or one.old or texts[0][0]).heading) for one in found]
        for found in differences(texts, links)
    ]


def test_amended_added_and_removed_across_two_updates() -> None:
    texts = [
        text(("Scope", "a"), ("Fees", "b"), ("Law", "c")),
        text(("Scope", "a"), ("Fees", "b2"), ("Law", "c")),
        text(("Scope", "a"), ("Fees", "b2"), ("Notices", "n")),
    ]
    links = [[(0, 0), (1, 1), (2, 2)], [(0, 0), (1, 1)]]
    assert told(texts, links) == [
        [("removed", "Law"), ("added", "Notices")],
        [("amended", "Fees"), ("removed", "Law"), ("added", "Notices")],
    ]


def test_changed_back_is_no_difference() -> None:
    texts = [text(("Fees", "a")), text(("Fees", "b")), text(("Fees", "a"))]
    assert told(texts, [[(0, 0)], [(0, 0)]]) == [[("amended", "Fees")], []]


def test_dropped_and_restored_section_is_the_same() -> None:
    texts = [
        text(("Scope", "s"), ("Law", "c")),
        text(("Scope", "s")),
        text(("Scope", "s"), ("Law", "c")),
    ]
    assert told(texts, [[(0, 0)], [(0, 0)]])[1] == []


def test_split_section_is_told_with_each_part() -> None:
    texts = [text(("Ending", "x y")), text(("Pausing", "x"), ("Ending", "y"))]
    assert told(texts, [[(0, 0), (0, 1)]]) == [[("amended", "Pausing"), ("amended", "Ending")]]
