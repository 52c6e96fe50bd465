"""The lives of sections through a history: IDs kept, given anew, and got back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from gazette.text.differences import headings_of
from gazette.text.document import Document
from gazette.text.lineage import Link
from gazette.text.lives import Lives, Pair, lives_of
from gazette.text.reader import read_document
from gazette.text.redline import redline
from gazette.text.section_ids import section_ids, unrecorded_rows
from gazette.text.section_links import section_links
from policy_texts import numbered

Part = tuple[str, str]


def document(*sections: Part) -> Document:
    parts = [f"## {heading}\n\n{text}" if heading else text for heading, text in sections]
    return read_document("\n\n".join(parts))


def lives(
    history: Sequence[Document], links: Sequence[Sequence[Link] | None] | None = None
) -> Lives:
    """Return the lives in a history; `links` are those of its updates where they are known."""
    known = links or [None] * (len(history) - 1)
    updates = [
        section_links(redline(old, new, update))
        for (old, new), update in zip(pairwise(history), known, strict=True)
    ]
    versions = [f"2026-01-{day:02}.v1" for day in range(1, len(history) + 1)]
    texts = [headings_of(document) for document in history]
    ids = section_ids(versions, texts, updates, [()] * len(history))
    return lives_of(ids, texts, updates)


def trace(
    history: Sequence[Document], links: Sequence[Sequence[Link]] | None = None
) -> tuple[tuple[int, ...], ...]:
    """Return which sections are the same, as numbers in the order of first appearance."""
    sections = lives(history, links)
    numbers = {"": -1} | {name: number for number, name in enumerate(sections.lives)}
    return tuple(tuple(numbers[name] for name in row) for row in sections.ids)


A, B, C, D = (
    ("1. Privacy", numbered("a")),
    ("2. Fees", numbered("b")),
    ("3. Disputes", numbered("c")),
    ("4. Notice", numbered("d")),
)


def test_identity_survives_renaming_moving_and_a_gap() -> None:
    history = [
        document(A, B, C),
        document(("1. Your data", A[1]), C),
        document(C, ("2. Your data", A[1]), D),
        document(C, ("2. Fees", B[1]), ("3. Your data", A[1])),
    ]
    # A section's number is the order of its first appearance; -1 is the empty opening.
    assert trace(history) == ((-1, 0, 1, 2), (-1, 0, 2), (-1, 2, 0, 3), (-1, 2, 1, 0))


def test_an_opening_with_words_is_a_section() -> None:
    history = [document(A), document(("", numbered("o")), A), document(("", numbered("o")), A)]
    assert trace(history) == ((-1, 0), (1, 0), (1, 0))


def test_an_opening_that_lost_its_words_is_nobody() -> None:
    assert trace([document(("", numbered("o")), A), document(A)]) == ((0, 1), (-1, 1))


def test_of_a_split_the_part_with_the_heading_is_the_section() -> None:
    data, fees = numbered("a", 20), numbered("b", 20)
    both = ("Data and fees", f"{data}\n\n{fees}")
    history = [document(both), document(("Fees", fees), ("Data and fees", data))]
    assert trace(history)[1] == (-1, 1, 0)


def test_of_a_merger_the_section_whose_heading_stays_goes_on() -> None:
    data, fees = ("Data", numbered("a", 20)), ("Fees", numbered("b", 20))
    both = ("Fees", f"{numbered('a', 20)}\n\n{numbered('b', 20)}")
    history = [document(data, fees), document(both), document(data, fees)]
    assert trace(history) == ((-1, 0, 1), (-1, 1), (-1, 0, 1))


def test_links_that_are_known_are_not_looked_for() -> None:
    """Told that everything is new, each version has sections of its own."""
    history = [document(A, B), document(A, B, C), document(A)]
    first = [Link(1, None), Link(2, None), Link(None, 1), Link(None, 2), Link(None, 3)]
    crossed = [Link(3, 1), Link(1, None), Link(2, None)]
    rows = trace(history, [[Link(1, 2), Link(2, 1), Link(None, 3)], crossed])
    assert rows == ((-1, 0, 1), (-1, 1, 0, 2), (-1, 2))
    assert trace(history[:2], [first])[1] == (-1, 0, 1, 2)  # all come back at once, but for C


def test_each_section_is_continued_by_one_other_alone() -> None:
    history = [document(A, B), document(A, B, C)]
    assert trace(history, [[Link(1, 1), Link(1, 2), Link(2, 2), Link(2, 3)]]) == (
        (-1, 0, 1),
        (-1, 0, 1, 2),
    )


# ---- coming back ----


def after_a_gap(gone: Part, back: Part) -> bool:
    """Whether a section that was dropped and one that comes later are the same."""
    rows = trace([document(A, gone), document(A), document(A, back)])
    assert rows[0] == (-1, 0, 1)
    return rows[2] == (-1, 0, 1)


def shared(words: int, word: str) -> str:
    """Return a text of a hundred runs of three words, of which the first ones are shared."""
    return f"{numbered('s', words)} {numbered(word, 102 - words)}"


@pytest.mark.parametrize(
    ("words", "same_heading", "expected"),
    [
        (67, False, True),
        (62, False, True),  # exactly sixty runs
        (61, False, False),
        (57, False, False),
        (35, True, True),
        (32, True, True),
        (31, True, False),
        (29, True, False),
    ],
)
def test_what_comes_back_must_be_alike(words: int, same_heading: bool, expected: bool) -> None:
    gone = "Fees", shared(words, "x")
    back = "Fees" if same_heading else "Charges", shared(words, "y")
    assert after_a_gap(gone, back) is expected


def test_headings_are_no_part_of_what_is_alike() -> None:
    heading, other = numbered("h", 30), numbered("i", 30)
    assert after_a_gap((heading, shared(67, "x")), (other, shared(67, "y")))
    assert not after_a_gap((heading, numbered("x", 20)), (heading, numbered("y", 20)))


def test_sections_without_words_are_known_by_their_headings() -> None:
    assert after_a_gap(("Fees", ""), ("FEES", ""))
    assert not after_a_gap(("Fees", ""), ("Charges", ""))
    assert not after_a_gap(("Fees", numbered("x")), ("Fees", ""))
    assert not after_a_gap(("Fees", ""), ("Fees", numbered("x")))


def test_of_two_that_were_dropped_the_more_alike_comes_back() -> None:
    more, less = ("Alpha", shared(95, "x")), ("Beta", shared(75, "y"))
    for gone in ((more, less), (less, more)):
        rows = trace([document(A, *gone), document(A), document(A, ("Gamma", shared(95, "z")))])
        assert rows[2] == (-1, 0, 1 + gone.index(more))


def test_what_came_back_is_not_dropped_any_more() -> None:
    rows = trace([document(A, B), document(A), document(A, B), document(A, B, ("Twin", B[1]))])
    assert rows[2:] == ((-1, 0, 1), (-1, 0, 1, 2))


def test_a_text_dropped_twice_comes_back_as_it_was_last() -> None:
    early, late = ("Fees", shared(90, "x")), ("Fees", numbered("l", 60))
    renamed = ("Costs", late[1])
    rows = trace([document(A, early), document(A, late), document(A), document(A, renamed)])
    assert rows[3] == (-1, 0, 1)


# ---- IDs and what happened ----


def test_an_id_is_the_first_anchor_and_has_the_version_where_that_was_given_before() -> None:
    sections = lives(
        [
            document(("", numbered("o")), A, ("2. Fees", numbered("b"))),
            document(("1. Your data", A[1])),
            document(("1. Your data", A[1]), ("2. Fees", numbered("n", 40))),
        ]
    )
    assert sections.ids == (
        ("opening", "1-privacy", "2-fees"),
        ("", "1-privacy"),
        ("", "1-privacy", "2-fees-2026-01-03.v1"),
    )
    assert [*sections.lives] == ["opening", "1-privacy", "2-fees", "2-fees-2026-01-03.v1"]
    assert [(use.version, use.id) for use in sections.anchors["2-fees"]] == [
        (0, "2-fees"),
        (2, "2-fees-2026-01-03.v1"),
    ]


def test_a_life_tells_what_each_version_did() -> None:
    renamed = ("3. Privacy", f"{A[1]} more words")
    history = [document(A, B), document(A, B), document(B, ("2. Data", A[1])), document(B)]
    history += [document(("1. Fees", B[1]), renamed)]
    life = lives(history).lives["1-privacy"]
    assert [(step.version, step.events) for step in life.steps] == [
        (0, ("added",)),
        (2, ("amended", "renamed", "renumbered", "moved")),
        (3, ("removed",)),
        (4, ("restored", "amended", "renamed", "renumbered")),
    ]
    assert [step.version for step in life.wordings] == [0, 2, 4]
    headings = [section.heading if section else "" for section in map(life.at, range(5))]
    assert headings == ["1. Privacy", "1. Privacy", "2. Data", "", "3. Privacy"]


@pytest.mark.parametrize(
    ("at", "parts", "expected"),
    [
        (0, [(None, 1), (None, 2)], (None, 2)),
        (1, [(1, 2), (2, 1), (2, 2)], (2, 2)),
        (1, [(2, 1), (1, 2)], (1, 2)),
        (1, [(2, 1), (1, None)], None),
        (2, [(1, 1), (2, 1), (2, None)], (2, None)),
        (2, [(1, 1), (2, 1)], (2, 1)),
        (2, [(1, 1), (1, 2)], None),
    ],
)
def test_the_part_of_an_update_that_shows_a_section(
    at: int, parts: list[Pair], expected: Pair | None
) -> None:
    history = [document(A, B), document(A, ("2. Fees", f"{B[1]} more words")), document(A)]
    sections = lives(history)
    step = sections.lives["2-fees"].steps[at]
    assert sections.part_of("2-fees", step, parts, at - 1) == expected


def test_the_part_of_an_update_from_an_earlier_version_than_the_one_before() -> None:
    sections = lives([document(B), document(A, B), document(B)])
    removed = sections.lives["1-privacy"].steps[1]
    assert removed.version == 2
    assert sections.part_of("1-privacy", removed, [(1, None), (2, 1)], 1) == (1, None)
    assert sections.part_of("1-privacy", removed, [(None, 1), (1, None)], 0) is None


def test_both_lives_of_a_split_and_a_merger_name_each_other() -> None:
    data, fees = ("Data", numbered("a", 20)), ("Fees", numbered("b", 20))
    both = ("Data", f"{numbered('a', 20)}\n\n{numbered('b', 20)}")
    sections = lives([document(both), document(data, fees), document(both)])
    steps = {name: [step[2:] for step in life.steps] for name, life in sections.lives.items()}
    assert steps == {
        "data": [
            (("added",), ()),
            (("amended", "split"), ("fees",)),
            (("amended", "merged"), ("fees",)),
        ],
        "fees": [(("added", "split"), ("data",)), (("removed", "merged"), ("data",))],
    }


def test_anchors_of_an_earlier_engine_are_recorded_once_and_arrive() -> None:
    texts = [headings_of(document(("Общие", numbered("a")), ("Fees", numbered("b"))))]
    names = ["2026-01-01.v1"]
    ids = section_ids(names, texts, [], [()])
    assert ids.rows == [("", "общие", "fees")]
    rows = unrecorded_rows(ids, texts, [], [{1: "_1"}])[0]
    assert [[entry.anchor for entry in row] for row in rows] == [["общие", "fees"], ["_1", "fees"]]
    recorded = section_ids(names, texts, [], [rows])
    assert recorded.rows == ids.rows
    assert unrecorded_rows(recorded, texts, [], [{}]) == {}
    for lives in (lives_of(ids, texts, [], [{1: "_1"}]), lives_of(recorded, texts, [])):
        assert lives.anchors["_1"] == ((0, 1, "общие"),)
        assert lives.other_anchors == ({1: ("_1",)},)
