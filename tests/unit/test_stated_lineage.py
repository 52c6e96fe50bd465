"""The editor's word on which section continues which: it wins, and it is asked for in doubt."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.model import (
    Continues,
    Digest,
    Metadata,
    Policy,
    Return,
    Slug,
    Status,
    Version,
    VersionId,
)
from gazette.review.policy_text import Edit, Finding
from gazette.review.rules.lineage import doubtful_sections, unknown_continued
from gazette.text.comparison import compare
from gazette.text.differences import headings_of
from gazette.text.document import Document
from gazette.text.frontmatter import read_metadata, stated_continues
from gazette.text.lineage import match_sections
from gazette.text.reader import read_document
from gazette.text.section_ids import section_ids
from gazette.text.section_links import matched_links
from policy_texts import edit, from_source, policy_text, review_of
from repositories import text

PONIES = "The ponies are fed at six in the morning and again before the stable is locked at night."
CARTS = "Every cart is washed on Saturdays by those who drove it last, and the wheels are greased."


def document(**sections: str) -> Document:
    return read_document(
        "\n\n".join(f"## {name.replace('_', ' ')}\n\n{body}" for name, body in sections.items())
    )


OLD = document(Stable=PONIES, Yard=CARTS)


@pytest.mark.parametrize(
    ("continues", "expected"),
    [
        ((), {(1, 1), (2, 2)}),
        ((("Stable", ("Yard",)), ("Yard", ("Stable",))), {(2, 1), (1, 2)}),
        ((("stable", ("#yard",)),), {(2, 1), (2, 2), (1, None)}),
        ((("Stable", ()),), {(1, None), (None, 1), (2, 2)}),
        ((("Yard", ("Stable", "Yard")),), {(1, 2), (2, 2), (1, 1)}),
        ((("Barn", ("Stable",)),), {(1, 1), (2, 2)}),
        ((("Yard", ("Barn",)),), {(1, 1), (2, 2)}),
    ],
)
def test_what_is_stated_wins_and_what_names_nothing_counts_for_nothing(
    continues: Continues, expected: set[tuple[int | None, int | None]]
) -> None:
    matched = match_sections(OLD, OLD, continues)
    assert {(link.old, link.new) for link in matched} == expected


def test_a_redline_shows_what_is_stated_and_proves_it() -> None:
    new = document(Meadow=CARTS, Barn=PONIES)
    change = compare(OLD, new, continues=(("Meadow", ("Stable",)),))
    pairs = [(s.old and s.old.heading, s.new and s.new.heading) for s in change.sections]
    assert ("Stable", "Meadow") in pairs


def test_identity_follows_what_is_stated_before_the_same_heading() -> None:
    new = document(Stable=PONIES, Meadow=f"{CARTS} {CARTS}")
    stated = match_sections(OLD, new, (("Meadow", ("Stable",)),))
    texts = [headings_of(OLD), headings_of(new)]
    links = [matched_links(OLD, new, stated)]
    first, second = section_ids(["2026-01-01.v1", "2026-02-01.v1"], texts, links, [(), ()]).rows
    assert second[2] == first[1] == "stable"
    assert [(link.old, link.new) for link in stated if link.is_stated] == [(1, 2)]


def version(day: int, continues: Continues) -> Version:
    posted = VersionId(date(2026, 1, day), 1)
    metadata = Metadata(title="Ponies", version=posted, updated=posted.day, continues=continues)
    return Version(metadata, Digest(str(day)), "", Status.IN_FORCE, bytes)


def test_statements_of_several_updates_are_joined() -> None:
    versions = (
        version(1, ()),
        version(2, (("Barn", ("Stable",)), ("Meadow", ()))),
        version(3, (("Shed", ("Barn", "Yard")),)),
    )
    policy = Policy(Slug("ponies"), versions, versions[-1])
    first, second, third = versions
    assert policy.continues(second, third) == (("Shed", ("Barn", "Yard")),)
    assert dict(policy.continues(first, third)) == {
        "Barn": ("Stable",),
        "Meadow": (),
        "Shed": ("Stable", "Yard"),
    }
    assert policy.continues(third, first) == policy.continues(third, third) == ()
    back = Return(date(2026, 1, 2), second.id, first.id)
    went_back = Policy(Slug("ponies"), versions, versions[-1], returns=(back,))
    assert went_back.continues(first, third) == (("Shed", ("Barn", "Yard")),)


def test_front_matter_states_it_by_heading_or_list() -> None:
    source = text("2026-03-01.v1", continues='{"1: Barn": Stable, Yard: [Yard, "#hay"], Hay: []}')
    metadata, problems = read_metadata("docs/policies/ponies.md", source)
    assert not problems
    expected = (("1: Barn", ("Stable",)), ("Yard", ("Yard", "#hay")), ("Hay", ()))
    assert metadata
    assert metadata.continues == stated_continues(source) == expected
    assert Metadata.model_validate_json(metadata.model_dump_json(exclude_unset=True)) == metadata


@pytest.mark.parametrize("value", ["Stable", "{Barn: {a: b}}", "[Barn]", '{Barn: [""]}'])
def test_another_form_is_a_finding(value: str) -> None:
    source = text("2026-03-01.v1", continues=value)
    metadata, problems = read_metadata("docs/policies/ponies.md", source)
    assert metadata is None
    assert [problem.line for problem in problems] == [5]
    assert stated_continues(source) == ()


# ---- rules ----


def unknown(old: str, new: str, continues: str) -> list[Finding]:
    return [*unknown_continued(review_of(edit(old, new, continues=continues)))]


def test_a_heading_that_is_not_there_is_found_with_its_line_and_the_nearest() -> None:
    old, new = f"## Stable\n\n{PONIES}\n", f"## Barn\n\n{PONIES}\n"
    assert unknown(old, new, '{"Barn": "Stable"}') == []
    (finding,) = unknown(old, new, '{"Barn": "Stabel"}')
    assert finding.line == 5
    assert "The text before this one has no section “Stabel”" in finding.message
    assert finding.hint == "Did you mean “Stable”?"
    (finding,) = unknown(old, new, '{"Bern": "Stable"}')
    assert "This text has no section “Bern”" in finding.message
    (finding,) = unknown(old, new, '{"Barn": "Something else"}')
    assert "earlier version" in finding.hint


def test_a_heading_that_two_sections_have_is_named_by_anchor() -> None:
    twice = f"## Stable\n\n{PONIES}\n\n## Stable\n\n{CARTS}\n"
    (finding,) = unknown(twice, f"## Barn\n\n{PONIES}\n", '{"Barn": "Stable"}')
    assert "has 2 sections “Stable”" in finding.message
    assert "stable, stable_1" in finding.hint
    assert unknown(twice, f"## Barn\n\n{PONIES}\n", '{"Barn": "stable_1"}') == []


def test_a_line_about_the_step_before_is_found() -> None:
    barn, stated = f"## Barn\n\n{PONIES}\n", '{"Barn": []}'
    old = policy_text(barn, "2026-03-31.v1", continues=stated)
    assert [*unknown_continued(review_of(Edit(old, old)))] == []
    new = policy_text(barn + CARTS, "2026-04-01.v1", continues=stated)
    (finding,) = unknown_continued(review_of(Edit(old, new)))
    assert finding.line == 5
    assert "still that of the version before" in finding.message


GUESTS = (
    "## Guests\n\nVisitors sign the book at the door, wear a badge and leave it there at night.\n"
)
BADGES = (
    "## Badges\n\nA badge is worn by all who come in. The porter writes down at night who left it"
    " at the door.\n"
)


def doubts(continues: str = "") -> list[Finding]:
    return [*doubtful_sections(review_of(edit(GUESTS, BADGES, continues=continues)))]


def test_the_line_is_proposed_where_only_an_editor_knows() -> None:
    (finding,) = doubts()
    assert 'continues: {"Badges": "Guests"}' in finding.hint
    assert finding.line == 7
    assert doubts('{"Badges": "Guests"}') == doubts('{"Badges": []}') == []


def test_what_is_clear_is_not_asked() -> None:
    same = edit(GUESTS, GUESTS.replace("Guests", "Visitors"))
    other = edit(GUESTS, f"## Stable\n\n{PONIES}\n")
    assert [*doubtful_sections(review_of(same))] == [*doubtful_sections(review_of(other))] == []
    assert [*doubtful_sections(review_of(from_source(text("2026-03-01.v1", GUESTS))))] == []
