"""What each rule finds in the step from one text to the next, and what comes near it."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.problems import Code, Problem
from gazette.review.manuscripts import Edit
from gazette.review.rules import dates, record
from gazette.review.rules.anchors import broken_links, lost_anchors
from gazette.review.rules.editorial import beyond_editorial
from gazette.review.rules.references import section_references
from manuscripts import NEW, OLD, edit, manuscript, whole
from repositories import text

TITLES = {"privacy-policy": "Privacy Policy", "terms": "Terms of Service"}


def sections(*titles: str, first: str = "") -> str:
    """Return a text with these numbered sections, each with words of its own."""
    told = (
        f"## {number}. {title}\n\n{title} is what this tells of, in words for {title.lower()}.\n"
        for number, title in enumerate(titles, 1)
    )
    return f"{first}\n\n" + "\n".join(told)


BEFORE = ("Data", "Use", "Retention", "Rights")
AFTER = ("Data", "Use", "Security", "Retention", "Rights")


def references(change: Edit) -> list[Problem]:
    own = {change.new.slug: change}
    return [*section_references(change.new, change.old, own, TITLES)]


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("See Section 3.", "See Section 3.", ["4"]),
        ("see sections 3 to 4 below", "see sections 3 to 4 below", ["4", "5"]),
        ("Sections 1, 3, and 4 stay.", "Sections 1, 3, and 4 stay.", ["4", "5"]),
        ("§ 3 (b) and clause 4(b)", "§ 3 (b) and clause 4(b)", ["4", "5(b)"]),
        ("[Section 3](#3-retention)", "[Section 3](#3-retention)", ["4"]),
        ("**Section 3** of this policy", "**Section 3** of this policy", ["4"]),
        ("Section 3 of the Privacy Policy", "Section 3 of the Privacy Policy", ["4"]),
        ("SECTION 3 OF THESE TERMS", "SECTION 3 OF THESE TERMS", ["4"]),
        # right
        ("See Section 2.", "See Section 2.", []),
        ("See Section 3.", "See Section 4.", []),
        ("See Sections 3 and 4.", "See Sections 4 and 5.", []),
        ("We keep it.", "See Section 3 of late.", []),
        ("Section 3 of the GDPR", "Section 3 of the GDPR", []),
        ("18 U.S.C. Section 3", "18 U.S.C. Section 3", []),
        ("Section 3 of your order form", "Section 3 of your order form", []),
        ("[Section 3](https://example.com)", "[Section 3](https://example.com)", []),
        ("Article 3 GDPR and § 3 BGB apply.", "Article 3 GDPR and § 3 BGB apply.", []),
        ("For security see Section 3.", "For security see Section 3.", []),
    ],
)
def test_references_after_an_insertion(old: str, new: str, written: list[str]) -> None:
    change = edit(sections(*BEFORE, first=old), sections(*AFTER, first=new))
    assert [one.fix and one.fix.text for one in references(change)] == written


def test_references_to_a_section_that_was_taken_out() -> None:
    first = "See Section 3."
    change = edit(sections(*BEFORE, first=first), sections("Data", "Use", "Rights", first=first))
    (found,) = references(change)
    assert "taken out" in found.message
    assert "“3. Rights”" in found.message
    assert found.fix is None


def test_references_through_a_new_heading_and_another_place() -> None:
    old = sections(*BEFORE, first="See Section 3.")
    moved = "\n## 1. How Long\n\nRetention is what this tells of, in words for retention.\n"
    new = (
        "See Section 3.\n"
        + moved
        + "".join(
            f"\n## {n}. {title}\n\n{title} is what this tells of, in words for {title.lower()}.\n"
            for n, title in ((2, "Data"), (3, "Use"), (4, "Rights"))
        )
    )
    (found,) = references(edit(old, new))
    assert found.hint == "Write 1."


def test_references_to_numbered_paragraphs() -> None:
    part = "## 3. Use\n\n3.1 First words.\n\n{0}3.{1} Last words, for uses.\n\nSee Section 3.2.\n"
    change = edit(part.format("", 2), part.format("3.2 Words between the two of them.\n\n", 3))
    assert [one.fix and one.fix.text for one in references(change)] == ["3.3"]


def test_references_from_another_policy() -> None:
    change = edit(sections(*BEFORE), sections(*AFTER))
    other = manuscript(
        "As Section 3 of the Privacy Policy says, and Section 3 of these terms.\n\n"
        "See [section 4](privacy-policy.md#4-rights).\n",
        slug="terms",
    )
    found = [*section_references(other, other, {"privacy-policy": change}, TITLES)]
    assert [one.hint for one in found] == ["Write 4.", "Write 5."]


def links(change: Edit) -> list[Problem]:
    path = f"policies/{change.new.slug}.md"
    stands = {path, "policies/terms.md", "assets/a.png"}.__contains__
    return [*broken_links(change.new, {path: change.new}, {path: change}, stands)]


@pytest.mark.parametrize(
    ("link", "hint"),
    [
        ("[x](#3-retention)", "Write #4-retention."),
        ("[x](privacy-policy.md#4-rights)", "Write #5-rights."),
        ('<a href="#4-rights">x</a>', "Write #5-rights."),
        ("[x][r]\n\n[r]: #4-rights", "Write #5-rights."),
        ("[x](#retentoin)", "Did you mean #4-retention?"),
        ("[x](privcy-policy.md)", "Did you mean privacy-policy.md?"),
        ("![x](../assets/b.png)", "Correct the address, or take the link out."),
        # right
        ("[x](#5-rights) [y](terms.md#anything) ![z](../assets/a.png)", None),
        ("[x](https://example.com/#3) <mailto:a@example.com> `[x](#3-retention)`", None),
        ("[x](#own) <a id='own'></a>", None),
    ],
)
def test_links(link: str, hint: str | None) -> None:
    found = links(edit(sections(*BEFORE), sections(*AFTER, first=link)))
    assert [one.hint for one in found] == ([hint] if hint else [])


def test_lost_anchors() -> None:
    kept = sections(*AFTER).replace("Retention\n\n", "Retention {: #3-retention }\n\n")
    (found,) = lost_anchors(edit(sections(*BEFORE), kept))
    assert "#4-rights" in found.message
    assert not [*lost_anchors(edit(sections("Data"), sections("Data", "Use")))]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("We may refund it.", "We will refund it.", ["“may” became “will”"]),
        ("Within 30 days.", "Within 14 days.", ["“30” became “14”"]),
        ("It is lawful.", "It is unlawful.", ["unlawful"]),
        ("The employer pays.", "The employee pays.", ["employee"]),
        ("We sell it.", "We do not sell it.", ["not"]),
        ("One.\n\nTwo.", "One.", ["“Two.” was taken out"]),
        ("A fee of $5.", "A fee of €5.", ["€5"]),
        # right
        ("The organisation recieves it.", "The organization receives it.", []),
        ("the services , all", "The Services, all", []),
        ("[terms](terms.md)", "[terms](terms-of-service.md)", []),
        ("log in to it", "login to it", []),
        ("We “keep” it", 'We **"keep"** it', []),
    ],
)
def test_editorial_changes(old: str, new: str, said: list[str]) -> None:
    found = [one.message for one in beyond_editorial(edit(old, new, change="editorial"))]
    assert len(found) == len(said)
    assert all(part in message for part, message in zip(said, found, strict=True))
    assert not [*beyond_editorial(edit(old, new))]


def test_editorial_changes_of_whole_sections() -> None:
    new = edit(sections(*BEFORE), sections(*AFTER), change="editorial")
    assert any("“3. Security” is new" in one.message for one in beyond_editorial(new))
    gone = edit(sections(*AFTER), sections(*BEFORE), change="editorial")
    assert any("“3. Security” was taken out" in one.message for one in beyond_editorial(gone))


def test_unmoved_versions() -> None:
    def unmoved(old: str, new: str) -> list[Code]:
        pair = Edit(manuscript(old, NEW), manuscript(new, NEW))
        return [one.code for one in dates.unmoved_version(pair)]

    assert unmoved("Thirty days.", "Fourteen days.") == [Code.SILENT_EDIT]
    assert unmoved("Thirty\ndays.", "Thirty days.") == []
    assert not [*dates.unmoved_version(edit("Thirty days.", "Fourteen days."))]


def test_versions_that_go_back_or_far_ahead() -> None:
    now = manuscript("x", "2026-03-01.v1")
    before = [manuscript("x", f"2026-0{month}-01.v1").metadata for month in (2, 4)]
    versions = [one.version for one in before if one]
    assert [one.code for one in dates.backward_version(now, versions, False)] == [
        Code.VERSION_ORDER
    ]
    assert not [*dates.backward_version(now, versions[:1], False)]
    assert not [*dates.backward_version(now, versions, True)]
    assert [one.line for one in dates.future_version(now, date(2025, 2, 27))] == [3]
    assert not [*dates.future_version(now, date(2025, 3, 1))]


@pytest.mark.parametrize(
    ("front", "first", "days", "wrong"),
    [
        ({"effective": "2026-03-15"}, False, 30, True),
        ({}, False, 30, True),
        ({"effective": "2026-03-15", "notice_days": "45"}, False, 0, True),
        ({"effective": "2026-03-31"}, False, 30, False),
        ({"effective": "2026-03-15", "notice_days": "10"}, False, 30, False),
        ({}, True, 30, False),
        ({"change": "editorial"}, False, 30, False),
        ({}, False, 0, False),
    ],
)
def test_short_notice(front: dict[str, str], first: bool, days: int, wrong: bool) -> None:
    text = manuscript("x", "2026-03-01.v1", **front)
    assert bool([*dates.short_notice(text, first, days)]) is wrong


def test_missing_summaries() -> None:
    assert [*dates.missing_summary(manuscript("x"), first=False)]
    assert not [*dates.missing_summary(manuscript("x"), first=True)]
    assert not [*dates.missing_summary(manuscript("x", summary="New."), first=False)]
    assert not [*dates.missing_summary(manuscript("x", change="editorial"), first=False)]


@pytest.mark.parametrize(
    ("version", "updated", "fix"),
    [
        (NEW, OLD[:10], "2026-03-01"),
        (OLD, NEW[:10], "2026-03-01.v1"),
        (NEW, "2026-02-01", None),
    ],
)
def test_the_day_that_moved(version: str, updated: str, fix: str | None) -> None:
    source = text(version, "x").replace(f"updated: {version[:10]}", f"updated: {updated}")
    new = whole(source)
    problem = Problem(new.path, 4, Code.VERSION_DATE, "Two days.")
    told = dates.with_the_day_that_moved(problem, Edit(manuscript("x", OLD), new))
    assert (told.fix and told.fix.text) == fix


def test_the_record() -> None:
    before = {"versions/a/2026-01-01.v1.md": "1", "versions/a/2026-02-01.v1.md": "2"}
    now = {"versions/a/2026-01-01.v1.md": "x"}
    said = [one.message for one in record.archive_changes(before, now)]
    assert said == ["This archived file was altered.", "This archived file was removed."]
    sums = {"versions/SHA256SUMS": "1", "versions/README.md": "1"}
    assert not [*record.archive_changes({**sums, **now}, {**now, "versions/README.md": "2"})]
    gone = [one.path for one in record.lost_addresses(["a", "b", "c"], ["a"], ["b"])]
    assert gone == ["docs/policies/c.md"]
