"""IDs of sections over random histories: unique, the same on every build, and never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.text.differences import headings_of
from gazette.text.document import Document
from gazette.text.lineage import Link, match_sections
from gazette.text.lives import Lives, SectionLife, lives_of
from gazette.text.reader import Reader
from gazette.text.section_ids import (
    Ids,
    RecordedRow,
    RecordedSection,
    _alike,
    _handed_back,
    _joined,
    _Register,
    _SectionSketch,
    is_id,
    section_ids,
    unrecorded_rows,
)
from gazette.text.section_links import matched_links
from policy_texts import numbered

Match = Callable[[Document, Document], Sequence[Link]]
Texts = list[tuple[str, str]]
"""Sections by heading and words."""
Compared = list[tuple[str | None, str | None]]
"""The titles of a section that is gone and of one that comes, for each two that are compared."""


def match_nothing(old: Document, new: Document) -> list[Link]:
    gone = [Link(section.index, None) for section in old.sections if section.is_visible]
    return gone + [Link(None, section.index) for section in new.sections if section.is_visible]


def match_in_order(old: Document, new: Document) -> list[Link]:
    return _paired([s.index for s in old.sections if s.is_visible], new)


def match_reversed(old: Document, new: Document) -> list[Link]:
    return _paired([s.index for s in reversed(old.sections) if s.is_visible], new)


def _paired(left: list[int], new: Document) -> list[Link]:
    right = [section.index for section in new.sections if section.is_visible]
    both = [Link(a, b) for a, b in zip(left, right, strict=False)]
    gone = [Link(a, None) for a in left[len(right) :]]
    return both + gone + [Link(None, b) for b in right[len(left) :]]


def life_of(lives: Lives, name: str) -> SectionLife | None:
    return next((life for life in lives.lives.values() if name in (life.id, *life.other_ids)), None)


# ---- histories ----

TOPICS = ("boats", "horses", "kites", "maps", "ovens", "tents")
HEADINGS = ("Scope", "Fees", "Fees", "Contact", "Оплата", "费用", "Opening", "2. Fees", "")


@st.composite
def histories(draw: st.DrawFn) -> list[Texts]:
    """Return versions of a text: each edits, renames, splits, merges, swaps, drops or restores."""
    topics = draw(st.lists(st.sampled_from(TOPICS), min_size=1, max_size=4, unique=True))
    texts = [[(draw(st.sampled_from(HEADINGS)), numbered(topic)) for topic in topics]]
    dropped: Texts = []
    for _ in range(draw(st.integers(1, 5))):
        text = list(texts[-1])
        for _ in range(draw(st.integers(1, 2))):
            _edit(draw, text, dropped)
        texts.append(text)
    return texts


def _edit(draw: st.DrawFn, text: Texts, dropped: Texts) -> None:
    at = draw(st.integers(0, len(text) - 1))
    heading, body = text[at]
    match draw(st.sampled_from(("edit", "rename", "split", "merge", "swap", "drop", "restore"))):
        case "edit":
            text[at] = heading, f"{body} {numbered(draw(st.sampled_from(TOPICS)), 3)}"
        case "rename":
            text[at] = draw(st.sampled_from(HEADINGS)), body
        case "split":
            parts = body.split()
            text[at] = heading, " ".join(parts[: len(parts) // 2])
            text.insert(
                at + 1, (draw(st.sampled_from(HEADINGS)), " ".join(parts[len(parts) // 2 :]))
            )
        case "merge" if at + 1 < len(text):
            text[at] = heading, f"{body}\n\n{text.pop(at + 1)[1]}"
        case "swap":
            other = draw(st.integers(0, len(text) - 1))
            text[at], text[other] = text[other], text[at]
        case "drop" if len(text) > 1:
            dropped.append(text.pop(at))
        case "restore" if dropped:
            text.insert(at, dropped.pop())


def documents(history: Sequence[Texts]) -> list[Document]:
    reader = Reader()
    return [
        reader.read("\n\n".join(f"## {name}\n\n{body}" if name else body for name, body in text))
        for text in history
    ]


def names(history: Sequence[object]) -> list[str]:
    return [f"2026-01-{day:02}.v1" for day in range(1, len(history) + 1)]


def traced(
    history: Sequence[Document],
    match: Match = match_sections,
    recorded: Sequence[Sequence[RecordedRow]] | None = None,
) -> tuple[Ids, Lives, dict[int, list[RecordedRow]]]:
    """Return the IDs, the lives and what is not recorded of a history."""
    updates = [matched_links(old, new, match(old, new)) for old, new in pairwise(history)]
    texts = [headings_of(document) for document in history]
    ids = section_ids(names(history), texts, updates, recorded or [()] * len(history))
    return (
        ids,
        lives_of(ids, texts, updates),
        unrecorded_rows(ids, texts, updates, [{}] * len(texts)),
    )


@given(histories())
def test_ids_are_unique_and_depend_on_nothing_that_comes_later(history: list[Texts]) -> None:
    read = documents(history)
    ids, lives, _ = traced(read)
    for row, document in zip(ids.rows, read, strict=True):
        given_ids = [name for name in row if name]
        assert len(given_ids) == len({*given_ids})
        assert len(given_ids) == sum(section.is_visible for section in document.sections)
    assert len({name.casefold() for name in lives.lives}) == len(lives.lives)
    for length in range(1, len(history)):
        assert traced(read[:length])[0].rows == ids.rows[:length]
    assert traced(documents(history))[1] == lives


@given(histories(), st.data())
def test_what_is_recorded_version_by_version_changes_nothing(
    history: list[Texts], data: st.DataObject
) -> None:
    read = documents(history)
    ids, lives, rows = traced(read)
    assert [*rows] == [*range(len(history))]
    recorded: list[Sequence[RecordedRow]] = [()] * len(history)
    for at in data.draw(st.sets(st.integers(0, len(history) - 1))):
        recorded[at] = rows[at]
    again, lives_again, left = traced(read, recorded=recorded)
    assert again.rows == ids.rows
    assert lives_again == lives
    assert left == {at: row for at, row in rows.items() if not recorded[at]}


@pytest.mark.parametrize("other", [match_nothing, match_in_order, match_reversed])
@given(histories(), st.data())
def test_no_other_lineage_changes_a_recorded_id(
    other: Match, history: list[Texts], data: st.DataObject
) -> None:
    read = documents(history)
    engines = data.draw(st.permutations((match_sections, other)))
    _, _, rows = traced(read, engines[0])
    known = data.draw(st.integers(1, len(history)))
    first = data.draw(st.integers(0, known - 1))
    recorded = [rows[at] if first <= at < known else () for at in range(len(history))]
    ids, lives, left = traced(read, engines[1], recorded)
    for at, (versions_rows, row) in enumerate(zip(recorded, ids.rows, strict=True)):
        entries = [entry.id for recorded_row in versions_rows for entry in recorded_row]
        shown = [name for name in row if name]
        for entry, name in zip(entries, shown, strict=False):
            life = life_of(lives, entry)
            assert life is not None
            assert life.id == name
            assert entry in (life.id, *life.other_ids)
            assert life.at(at) is not None
        assert len(shown) == len({*shown})
    assert {*left} == {at for at in range(len(history)) if not recorded[at]}
    # What the second engine records, the first one reads as it is.
    both = [recorded[at] or left[at] for at in range(len(history))]
    again, lives_again, rest = traced(read, engines[0], both)
    assert rest == {}
    for rows_of_version in both:
        for recorded_row in rows_of_version:
            assert all(life_of(lives_again, entry.id) for entry in recorded_row)
    assert [[*map(bool, row)] for row in again.rows] == [[*map(bool, row)] for row in ids.rows]


# ---- single cases ----


def test_a_later_engine_may_join_two_ids_and_both_lead_to_the_older() -> None:
    read = documents([[("Fees", numbered("boats"))], [("Charges", numbered("boats"))]])
    _, _, rows = traced(read, match_nothing)
    changed = [[RecordedSection("charges", "charges")]]
    ids, lives, left = traced(read, recorded=[rows[0], changed])
    assert (ids.rows, left) == ([("", "fees"), ("", "fees")], {})
    assert lives.lives["fees"].other_ids == ("charges",)
    assert life_of(lives, "charges") == lives.lives["fees"]


def test_what_was_merged_and_stands_apart_again_gets_its_id_back() -> None:
    """Its words tell where it has another heading, its heading where it has many more words."""
    boats, tents, lamps = map(numbered, ("boats", "tents", "lamps"))
    more = f"{tents}\n\n{numbered('rooms', 60)}"
    parts = [("Fees", boats), ("Guests", tents), ("Desk", lamps)]
    merged = [("", "\n\n".join(body for _, body in parts))]
    apart = [("Charges", boats), ("Guests", more), ("Counter", lamps)]
    ids, _, _ = traced(documents([parts, merged, apart]))
    assert ids.rows[0] == ("", "fees", "guests", "desk")
    assert ids.rows[2][1:] == ids.rows[0][1:]


def test_what_came_back_under_a_recorded_id_does_not_come_back_again() -> None:
    """Only one version is recorded: the section has another ID before it, and joins it."""
    boats, kites = ("Scope", numbered("boats")), numbered("kites")
    halves = [" ".join(part) for part in (kites.split()[:7], kites.split()[7:])]
    history = [
        [boats, ("Scope", f"{numbered('horses')}\n\n{kites}")],
        [boats, ("", kites)],
        [("", kites), boats],
        [("", halves[0]), ("Scope", halves[1]), boats],
    ]
    read = documents(history)
    ids, _, rows = traced(read)
    assert ids.rows[2][0] == ids.rows[0][2]
    again, _, _ = traced(read, recorded=[(), (), rows[2], ()])
    assert again.rows == ids.rows


def test_a_heading_without_words_gets_its_id_back() -> None:
    chapters = [("Loans", ""), ("Fees", numbered("boats")), ("Desk", numbered("lamps"))]
    merged = [("", f"{numbered('boats')}\n\n{numbered('lamps')}")]
    ids, _, _ = traced(documents([chapters, merged, chapters]))
    assert ids.rows[2][1:] == ids.rows[0][1:] == ("loans", "fees", "desk")


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Compared:
    """Return a list that fills while sections are compared."""
    titles: Compared = []

    def counted(gone: _SectionSketch, come: _SectionSketch, *, is_only: bool) -> float:
        titles.append((gone.title, come.title))
        return _alike(gone, come, is_only=is_only)

    monkeypatch.setattr("gazette.text.section_ids._alike", counted)
    return titles


def test_a_section_is_compared_with_those_of_common_words_or_heading_alone(
    compared: Compared,
) -> None:
    """Whatever else was dropped: a policy may have dropped thousands of sections."""
    unlike = [
        [(f"{topic.title()} {at}", numbered(f"{topic}{at}x"))] for at in "abc" for topic in TOPICS
    ]
    first = [("Fees", numbered("boats"))]
    ids, _, _ = traced(documents([first, *unlike, [("Charges", numbered("boats"))]]), match_nothing)
    assert ids.rows[-1] == ids.rows[0]
    assert compared == [("fees", "charges")]


@st.composite
def sketched(draw: st.DrawFn) -> _SectionSketch:
    """Return what is known of one of a few texts, so that copies of each are likely."""
    runs = draw(st.sampled_from([(), range(8), range(2, 10), range(6), range(20, 28)]))
    title = draw(st.sampled_from([None, "fees", "contact"]))
    return _SectionSketch(title, frozenset(runs), draw(st.booleans()))


@given(st.lists(sketched(), max_size=8), st.lists(sketched(), max_size=6))
def test_dropped_sections_come_back_as_if_each_was_compared_with_each(
    gone: list[_SectionSketch], come: list[_SectionSketch]
) -> None:
    register = _Register([])
    for at, text in enumerate(gone):
        register._dropped.add(str(at), text)

    titles = [Counter(text.title for text in texts) for texts in (gone, come)]
    pairs = [
        (-_alike(old, new, is_only=max(count[new.title] for count in titles) == 1), order, index)
        for index, new in enumerate(come)
        for order, old in enumerate(gone)
    ]
    expected: dict[int, str] = {}
    for alike, order, index in sorted(pairs):
        if alike and index not in expected and str(order) not in expected.values():
            expected[index] = str(order)
    assert register._restored([*enumerate(come)]) == expected


def test_copies_that_a_policy_drops_and_brings_in_are_compared_once(
    compared: Compared,
) -> None:
    """A policy that goes to and fro between texts drops thousands of copies."""
    copies = [("Fees", numbered("boats"))] * 5
    ids, _, _ = traced(documents([copies, [("Desk", numbered("maps"))], copies[:3]]), match_nothing)
    assert ids.rows[2] == ids.rows[0][:4]
    assert compared == [("fees", "fees")]


def test_an_id_that_two_proposals_recorded_for_a_section_leads_there_as_well() -> None:
    read = documents([[("Fees", numbered("boats"))]])
    recorded = [[[RecordedSection("charges", "fees")], [RecordedSection("fees", "fees")]]]
    ids, lives, left = traced(read, recorded=recorded)
    assert (ids.rows, left) == ([("", "charges")], {})
    assert lives.lives["charges"].other_ids == ("fees",)


def test_a_record_of_more_sections_than_the_text_has_keeps_all_its_ids() -> None:
    read = documents([[("Fees", numbered("boats")), ("Contact", numbered("tents"))]])
    row = [RecordedSection(name, name) for name in ("fees", "refunds", "contact")]
    ids, lives, left = traced(read, recorded=[[row]])
    assert (ids.rows, left) == ([("", "fees", "contact")], {})
    assert lives.lives["fees"].other_ids == ("refunds",)
    assert lives.anchors["refunds"] == ((0, 1, "fees"),)


def test_versions_before_the_first_recorded_one_get_its_ids() -> None:
    read = documents([[("Charges", numbered("boats"))], [("Fees", numbered("boats"))]])
    ids, lives, left = traced(read, recorded=[(), [[RecordedSection("fees", "fees")]]])
    assert ids.rows == [("", "fees"), ("", "fees")]
    assert left == {0: [[RecordedSection("fees", "charges")]]}
    assert [*lives.lives] == ["fees"]


def test_versions_long_before_the_first_recorded_one_get_its_ids() -> None:
    names = ("Rates", "Charges", "Costs", "Fees")
    read = documents([[(name, numbered("boats"))] for name in names])
    recorded = [(), (), (), [[RecordedSection("fees", "fees")]]]
    ids, _, left = traced(read, recorded=recorded)
    assert ids.rows == [("", "fees")] * 4
    assert [*left] == [0, 1, 2]


def test_of_two_ids_that_are_joined_the_one_that_was_first_leads() -> None:
    rows = [{1: "rates"}, {1: "fees"}, {}, {1: "rates"}]
    for joins in ([("rates", "fees")], [("fees", "rates")]):
        assert _joined(rows, joins, ()) == {"rates": "rates", "fees": "rates"}
    assert _joined(rows, [("rates", "fees")], {"fees"}) == {"rates": "fees", "fees": "fees"}


def test_a_recorded_id_is_handed_back_to_all_versions_before() -> None:
    given: list[dict[int, str]] = [{}, {}, {1: "fees"}]
    assert _handed_back(given, [{1: 1}, {1: 1}]) == [{1: "fees"}, {1: "fees"}, {}]


def test_a_section_whose_heading_holds_no_letters_is_called_section() -> None:
    ids, _, _ = traced([Reader().read("## <i></i>\n\nBoats are for rent.\n")])
    assert ids.rows == [("", "section")]


def test_names_of_folders_are_short_safe_and_unlike_in_any_case() -> None:
    text = "## A {: #Fees }\n\na\n\n## B {: #fees }\n\nb\n\n## C {: #a/b\\\\c }\n\nc\n\n"
    text += f"## {'条' * 200}\n\nd\n\n## Opening\n\ne\n\n"
    text += f"## D {{: #a{'条' * 200} }}\n\nf\n\n## E {{: #FAX }}\n\ng\n"
    ids, _, _ = traced([Reader().read(text)])
    assert ids.rows[0][1:3] == ("Fees", "fees-2026-01-01.v1")
    assert ids.rows[0][4] == "条" * 50
    assert ids.rows[0][5:] == ("opening-2026-01-01.v1", f"a{'条' * 49}", "FAX")
    assert not any(set("/\\ ") & {*name} for name in ids.rows[0])


@pytest.mark.parametrize(
    "anchor", ["..", ".", "a..", f"{'a' * 149}.b", "条" * 200, 'a"><b>', "a%2fb"]
)
def test_every_id_that_is_given_may_be_recorded(anchor: str) -> None:
    text = f"## Fees {{: #{anchor} }}\n\na\n\n## Charges {{: #{anchor.upper()} }}\n\nb\n"
    ids, _, _ = traced([Reader().read(text)])
    assert all(map(is_id, ids.rows[0][1:]))
    assert is_id("a" * 255)
    assert not any(map(is_id, ("", ".", "..", "a/b", "a b", "a" * 256, "a\0")))
