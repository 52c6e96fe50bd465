"""What each rule finds in the step from one text to the next, and what comes near it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gazette.model import Slug, VersionId
from gazette.problems import Code, Fix, Problem
from gazette.review.policy_text import Edit, Finding, PolicyText
from gazette.review.review import PolicyReview
from gazette.review.rules import dates
from gazette.review.rules.editorial import beyond_editorial
from gazette.review.rules.ids import duplicate_ids
from gazette.review.rules.links import broken_links, lost_anchors
from gazette.review.rules.permanence import archive_changes, lost_addresses
from gazette.review.rules.references import section_references
from policy_texts import NEW, OLD, edit, from_source, policy_text, review_of
from repositories import text


def sections(*titles: str, first: str = "") -> str:
    """Return a text with these numbered sections, each with words of its own."""
    parts = (
        f"## {number}. {title}\n\n{title} is what this tells of, in words for {title.lower()}.\n"
        for number, title in enumerate(titles, 1)
    )
    return f"{first}\n\n" + "\n".join(parts)


BEFORE = ("Data", "Use", "Retention", "Rights")
AFTER = ("Data", "Use", "Security", "Retention", "Rights")


def references(change: Edit) -> list[Finding]:
    return sorted(section_references(review_of(change)), key=lambda finding: finding.column)


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
        ("The Key Ceremony Guidelines Section 3", "The Key Ceremony Guidelines Section 3", []),
        ("the Terms, Section 3, and this Plan, Section 4",) * 2 + (["4", "5"],),
        ("[Section 3](https://example.com)", "[Section 3](https://example.com)", []),
        ("Article 3 GDPR and § 3 BGB apply.", "Article 3 GDPR and § 3 BGB apply.", []),
        ("For security see Section 3.", "For security see Section 3.", []),
    ],
)
def test_references_after_an_insertion(old: str, new: str, written: list[str]) -> None:
    change = edit(sections(*BEFORE, first=old), sections(*AFTER, first=new))
    assert [finding.fix and finding.fix.text for finding in references(change)] == written


@pytest.mark.parametrize(
    "heading", ["Revision History", "Annex: Amendments to these Rules", "List of changes"]
)
def test_lists_of_former_changes_keep_their_numbers(heading: str) -> None:
    log = f"\n## {heading}\n\n- May 2024: Section 3 was written anew.\n"
    change = edit(sections(*BEFORE, first="A.") + log, sections(*AFTER, first="A.") + log)
    assert references(change) == []


def test_items_of_lists_that_begin_anew_are_no_numbered_places() -> None:
    def lists(*items: str) -> str:
        return "".join(f"## {item}\n\n1. {item}\n   1. {item} it is.\n\n" for item in items)

    last = "Hear us out. Whoever wants to know more about it sees Section 3.1."
    old = "1. Before.\n2. Between.\n3. All.\n   1. We tell you.\n\n"
    new = "1. Before.\n2. All.\n   1. We tell you.\n3. Between.\n\n"
    assert len(references(edit(old + last, new + last))) == 1
    others = lists("Aim", "Fees") + "## Rest\n\n"
    old, new = others + old, others + new
    assert references(edit(old + last, new + last)) == []


def worded(noun: str, *titles: str, last: str = "") -> str:
    """Return a text whose headings bear a noun before their numbers."""
    numbers = ("I", "II", "III", "IV", "V") if noun == "Part" else "12345"
    parts = (
        f"## {noun} {number}{'. ' if noun == 'Article' else ': '}{title}\n\n"
        f"{title} is what this tells of, in words for {title.lower()}.\n\n"
        for number, title in zip(numbers, titles, strict=False)
    )
    return f"{''.join(parts)}{last}\n"


@pytest.mark.parametrize(
    ("noun", "reference", "written"),
    [
        ("Article", "as Article 3 says", ["4"]),
        ("Article", "as Articles 1 to 3 say", ["4"]),
        ("Chapter", "as Chapter 3 says", ["4"]),
        ("Part", "as Part III says", ["IV"]),
        ("Clause", "as clauses 3 and 4 say", ["4", "5"]),
        ("Clause", "as § 3 says", ["4"]),
        ("Annex", "as Annexes 2 and 3 say", ["4"]),
        ("Schedule", "as Schedule 3 (Retention) says", ["4"]),
        ("Appendix", "as Appendices 3 and 4 say", ["4", "5"]),
        # of something else
        ("Article", "as Chapter 3 says", []),
        ("Chapter", "as part 3 of the code says", []),
    ],
)
def test_references_by_every_noun_that_headings_bear(
    noun: str, reference: str, written: list[str]
) -> None:
    last = f"It ends {reference}."
    change = edit(worded(noun, *BEFORE, last=last), worded(noun, *AFTER, last=last))
    assert [finding.fix and finding.fix.text for finding in references(change)] == written


@pytest.mark.parametrize("mark", [".", ":", " –"])
@pytest.mark.parametrize("noun", ["Article", "Section", "Clause"])
@pytest.mark.parametrize("style", ["## {}\n", "{}\n---\n", "**{}**\n"])
def test_a_number_that_a_heading_bears_is_no_reference(noun: str, mark: str, style: str) -> None:
    def numbered(*titles: str) -> str:
        return "\n".join(
            f"{style.format(f'{noun} {n}{mark} {title}')}\n{title} is told in words of its own.\n"
            for n, title in enumerate(titles, 1)
        )

    assert references(edit(numbered(*BEFORE), numbered(*AFTER))) == []


def test_a_reference_in_a_heading_is_left_to_people() -> None:
    last = "\n## 9. More on Section 3\n\nThis goes on.\n"
    (finding,) = references(edit(sections(*BEFORE) + last, sections(*AFTER) + last))
    assert finding.hint == "Write 4."
    assert finding.fix is None


def test_chapters_and_articles_of_one_number_are_distinguished() -> None:
    def text(*titles: str) -> str:
        chapters = "".join(f"## Chapter {n}: Of {n}\n\nIt holds {n}.\n\n" for n in (1, 2, 3))
        return chapters + worded("Article", *titles, last="See Article 3, and Chapter 3.")

    (finding,) = references(edit(text(*BEFORE), text(*AFTER)))
    assert finding.message.startswith("“Article 3” led to")
    assert finding.fix
    assert finding.fix.text == "4"


@pytest.mark.parametrize("title", ["Annex", "Appendix A", "Schedule of prices"])
@pytest.mark.parametrize("inner", ["### A-4. Aims\n", "(b) sending mail\n", "### 4 Aims\n"])
def test_an_annex_that_counts_for_itself_means_its_own_numbers(title: str, inner: str) -> None:
    annex = f"\n## {title}\n\nFirst words.\n\n{inner}\nSee Section 3.\n"
    assert references(edit(sections(*BEFORE) + annex, sections(*AFTER) + annex)) == []


def test_an_annex_without_numbers_means_those_of_the_text() -> None:
    annex = "\n## Annex\n\nFirst words.\n\nSee Section 3.\n"
    change = edit(sections(*BEFORE) + annex, sections(*AFTER) + annex)
    assert [finding.hint for finding in references(change)] == ["Write 4."]


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("See Section 1 (Retention).", ["3"]),
        ("See Sections 1 (Data) and 4 (Use).", ["2"]),
        ("See Section 2 “Rights”.", ["4"]),
        # right
        ("See Section 3 (Retention) and Section 3(b) (Retention).", []),
        ("See Section 1 (Payment).", []),
        ("See Section 1 (Retention) of the Order Form.", []),
    ],
)
def test_a_reference_whose_name_is_another_sections(sentence: str, written: list[str]) -> None:
    text = sections(*BEFORE, first=sentence)
    for change in (edit(text, text + "More.\n"), edit(sections(*BEFORE), text)):
        assert [finding.fix and finding.fix.text for finding in references(change)] == written


def test_references_to_a_section_that_was_taken_out() -> None:
    first = "See Section 3."
    change = edit(sections(*BEFORE, first=first), sections("Data", "Use", "Rights", first=first))
    (finding,) = references(change)
    assert "taken out" in finding.message
    assert "“3. Rights”" in finding.message
    assert finding.fix is None


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
    (finding,) = references(edit(old, new))
    assert finding.hint == "Write 1."


def test_references_to_numbered_paragraphs() -> None:
    part = "## 3. Use\n\n3.1 First words.\n\n{0}3.{1} Last words, for uses.\n\nSee Section 3.2.\n"
    change = edit(part.format("", 2), part.format("3.2 Words between the two of them.\n\n", 3))
    assert [finding.fix and finding.fix.text for finding in references(change)] == ["3.3"]


def test_references_to_roman_numbers_past_39() -> None:
    def text(*titles: str) -> str:
        parts = (
            f"## {number}. {title}\n\n{title} is told here, in words for {title.lower()}.\n\n"
            for number, title in zip(("XXXIX", "XL", "XLI", "XLII"), titles, strict=False)
        )
        return f"See Section XLI.\n\n{'We keep it short. ' * 9}\n\n" + "".join(parts)

    change = edit(text("Data", "Use", "Rights"), text("Data", "Use", "Security", "Rights"))
    assert [finding.fix and finding.fix.text for finding in references(change)] == ["XLII"]


def test_references_from_another_policy() -> None:
    change = edit(sections(*BEFORE), sections(*AFTER))
    other = policy_text(
        "As Section 3 of the Privacy Policy says, and Section 3 of these terms.\n\n"
        "See [section 4](privacy-policy.md#4-rights).\n",
        slug="terms",
    )
    context = {"texts": {"privacy-policy": change.new}, "edits": {"privacy-policy": change}}
    policy = review_of(other, checked=["privacy-policy"], **context)
    assert [finding.hint for finding in section_references(policy)] == ["Write 4.", "Write 5."]


def broken(change: Edit, docs: Path) -> list[Finding]:
    (docs / "assets").mkdir(parents=True)
    for name in ("a.png", "Form.pdf", "Pru\u0308fung.pdf"):
        (docs / "assets" / name).touch()
    terms = {"terms": policy_text("## Anything\n", slug="terms")}
    return [*broken_links(review_of(change, docs=docs, texts=terms))]


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
        ("[x](../../DOCS/)", "Correct the address, or take the link out."),
        ("[x](../none/b.pdf)", "Correct the address, or take the link out."),
        (
            "[x](../assets/form.PDF)",
            "Write ../assets/Form.pdf: servers tell capital from small letters.",
        ),
        (
            "[x](../assets/Pr%C3%BCfung.pdf)",
            "A file Pru\u0308fung.pdf stands there, written with other signs. Type its name anew.",
        ),
        # right
        ("[x](#5-rights) [y](terms.md#anything) ![z](../assets/a.png)", None),
        ("[x](https://example.com/#3) <mailto:a@example.com> `[x](#3-retention)`", None),
        ("[x](#own) <a id='own'></a>", None),
        ("[x](#1-über-ωmega) [y](#_1)\n\n## 第一\n\n## 1. Über Ωmega", None),
        ("[x](#e\u0301t\u00e9-\u03c9)\n\n## \u00c9t\u00e9 \u03a9", "Write #\u00e9t\u00e9-\u03c9."),
    ],
)
def test_links(link: str, hint: str | None, tmp_path: Path) -> None:
    findings = broken(edit(sections(*BEFORE), sections(*AFTER, first=link)), tmp_path / "docs")
    assert [finding.hint for finding in findings] == ([hint] if hint else [])


def test_an_anchor_that_nobody_has_any_more_leads_on() -> None:
    assert not [*lost_anchors(review_of(edit(sections(*BEFORE), sections(*AFTER))))]


def test_an_anchor_that_another_section_took_over() -> None:
    office = "Write to the office in the old town, by post or by hand; it answers within a week."
    old = sections("Data", "Use") + f"\n## Contact {{: #contact }}\n\n{office}\n"
    new = old.replace("## Contact {: #contact }", "## Contact")
    new = new.replace("## Contact", "## Office") + "\n## Night {: #contact }\n\nNo calls.\n"
    change = edit(old, new)
    (taken,) = lost_anchors(review_of(change))
    assert taken.message == "Links to #contact led to “Contact”, and lead here now."
    assert "“Office” the old one: {: #contact }" in taken.hint
    assert change.new.text.split("\n")[taken.line - 1] == "## Night {: #contact }"


def test_an_anchor_that_a_place_in_another_section_took_over() -> None:
    fees = "\n## Fees\n\nTwelve euro a year, paid in advance by bank transfer.\n"
    law = "\n## Law\n\nThe law of the country of the library applies to all of this.\n"
    new = fees.replace("## Fees", "## Charges") + law.replace("The", "<i id=fees>The</i>", 1)
    (taken,) = lost_anchors(review_of(edit(fees + law, new)))
    assert taken.message == "Links to #fees led to “Fees”, and lead here now."
    assert taken.hint.startswith("Give this place in this section another address")
    kept = fees.replace("## Fees", "<a id=fees></a>\n\n## Charges") + law
    assert not [*lost_anchors(review_of(edit(fees + law, kept)))]


def published(change: Edit) -> PolicyReview:
    """Return the new text as rules see it where readers know it already."""
    released = {change.new.slug: change.new.file.data}
    return review_of(change, released=released, against_base=False)


def test_ids_that_two_places_of_a_published_text_have() -> None:
    """They cannot change under their version; the next one is to tell them apart."""
    twice = "## A {: #x }\n\nB\n\n## C {: #x }\n\nD\n"
    assert len([*duplicate_ids(review_of(edit(twice, f"{twice}\nE\n")))]) == 1
    assert not [*duplicate_ids(published(edit(twice, twice)))]
    same = Edit(policy_text(twice, NEW), policy_text(f"{twice}\n<i id=a>E</i> <i id=a>F</i>", NEW))
    (finding,) = duplicate_ids(review_of(same))
    assert "“a”" in finding.message


def test_many_anchors_that_were_taken_over_get_few_findings() -> None:
    ways = "boat", "train", "bike", "tram", "horse"
    lines = [
        f"The {way} leaves at noon, and waits for nobody who is late by {way}." for way in ways
    ]
    old, new = (
        "\n\n".join(f"## {way} {{: #way-{at} }}\n\n{line}" for at, (way, line) in numbered)
        for numbered in (
            list(enumerate(zip(ways, lines, strict=True))),
            [((at + 1) % 5, pair) for at, pair in enumerate(zip(ways, lines, strict=True))],
        )
    )
    change = edit(old, new)
    assert len([*lost_anchors(review_of(change))]) == 3
    assert not [*lost_anchors(published(change))]


def test_a_link_to_an_anchor_that_another_section_has_now() -> None:
    old = "See [it](#use).\n\n## Data {: #use }\n\nWe keep names.\n"
    new = old.replace("## Data {: #use }", "## Data {: #data }") + "\n## Use\n\nWe bake bread.\n"
    (finding,) = references(edit(old, new))
    assert "leads to another section" in finding.message
    assert finding.hint == "Write #data."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("We may refund it.", "We will refund it.", ["“may” became “will”"]),
        ("Within 30 days.", "Within 14 days.", ["“30” became “14”"]),
        ("It is lawful.", "It is unlawful.", ["unlawful"]),
        ("The employer pays.", "The employee pays.", ["employee"]),
        ("We sell it.", "We do not sell it.", ["not"]),
        ("One.\n\nTwo.", "One.", ["“Two.” was taken out"]),
        ("A fee of $5.", "A fee of €5.", ["€5"]),
        # Figures and signs are no punctuation.
        ("A term of 1.5 months.", "A term of 15 months.", ["15"]),
        ("A share of 1:5 for you.", "A share of 1.5 for you.", ["1.5"]),
        ("Until 1/12/2026 at noon.", "Until 11/2/2026 at noon.", ["11/2/2026"]),
        ("It is kept at -5 there.", "It is kept at +5 there.", ["“-” became “+”"]),
        ("A score of ≥ 5 counts.", "A score of ≤ 5 counts.", ["≤"]),
        ("| a | b |\n|-|-|\n| x | ❌ |", "| a | b |\n|-|-|\n| x | ✅ |", ["✅"]),
        ("- [ ] We sell it", "- [x] We sell it", ["☑"]),
        # Words that deny, and letters of a script without spaces.
        ("It is not able to stay.", "It is notable to stay.", ["notable"]),
        ("Es legal hoy.", "Es ilegal hoy.", ["ilegal"]),
        ("不得出售数据", "不可出售数据", ["可"]),
        # Struck words hold no longer.
        ("We do not sell it.", "We do ~~not~~ sell it.", ["set in another way"]),
        ("You can withdraw.", "~~You can withdraw.~~", ["set in another way"]),
        ("Our organisation pays.", "Our ~~organization~~ pays.", ["shown in another way"]),
        # right
        ("Write an e-mail to us.", "Write an email to us.", []),
        ("You can not go there.", "You cannot go there.", []),
        ("A range of 5-10 days.", "A range of 5–10 days.", []),
        ("A 30-day term for you.", "A 30 day term for you.", []),
        # right
        ("The organisation recieves it.", "The organization receives it.", []),
        ("the services , all", "The Services, all", []),
        ("[terms](terms.md)", "[terms](terms-of-service.md)", []),
        ("log in to it", "login to it", []),
        ("We “keep” it", 'We **"keep"** it', []),
    ],
)
def test_editorial_changes(old: str, new: str, expected: list[str]) -> None:
    messages = beyond(edit(old, new, change="editorial"))
    assert len(messages) == len(expected)
    assert all(part in message for part, message in zip(expected, messages, strict=True))
    assert not beyond(edit(old, new))


def beyond(change: Edit) -> list[str]:
    return [finding.message for finding in beyond_editorial(review_of(change))]


def test_editorial_changes_of_whole_sections() -> None:
    new = edit(sections(*BEFORE), sections(*AFTER), change="editorial")
    assert any("“3. Security” is new" in message for message in beyond(new))
    gone = edit(sections(*AFTER), sections(*BEFORE), change="editorial")
    assert any("“3. Security” was taken out" in message for message in beyond(gone))


def test_silent_edits() -> None:
    def silent(old: str, new: str, old_version: str = NEW) -> bool:
        pair = Edit(policy_text(old, old_version), policy_text(new, NEW))
        return bool([*dates.silent_edits(review_of(pair))])

    assert silent("Thirty days.", "Fourteen days.")
    assert not silent("Thirty\ndays.", "Thirty days.")
    assert not silent("Thirty days.", "Fourteen days.", OLD)


def test_versions_that_go_back() -> None:
    february, march, april = (VersionId.parse(f"2026-0{month}-01.v1") for month in (2, 3, 4))

    def backward(old: VersionId, published: list[VersionId]) -> bool:
        pair = Edit(policy_text("x", str(old)), policy_text("y", str(march)))
        versions = {"privacy-policy": published}
        return bool([*dates.backward_version(review_of(pair, versions=versions))])

    assert backward(february, [february, april])
    assert not backward(february, [february])
    assert not backward(march, [february, april])


def test_versions_far_ahead() -> None:
    text = policy_text("x", "2026-03-01.v1")
    assert [f.line for f in dates.future_version(review_of(text, today=date(2025, 2, 27)))] == [3]
    assert not [*dates.future_version(review_of(text, today=date(2025, 3, 1)))]


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
    text = policy_text("x", "2026-03-01.v1", **front)
    subject = text if first else Edit(policy_text("y", OLD), text)
    assert bool([*dates.short_notice(review_of(subject, notice_days=days))]) is wrong


def test_missing_summaries() -> None:
    def missing(subject: Edit | PolicyText) -> bool:
        return bool([*dates.missing_summary(review_of(subject))])

    assert missing(edit("x", "y"))
    assert not missing(policy_text("y"))
    assert not missing(edit("x", "y", summary="New."))
    assert not missing(edit("x", "y", change="editorial"))


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
    new = from_source(source)
    problem = Problem(new.path, 4, Code.VERSION_DATE, "Two days.")
    with_fix = dates.with_date_fix(problem, Edit(policy_text("x", OLD), new))
    assert (with_fix.fix and with_fix.fix.text) == fix


def test_the_record() -> None:
    before = {"versions/a/2026-01-01.v1.md": "1", "versions/a/2026-02-01.v1.md": "2"}
    now = {"versions/a/2026-01-01.v1.md": "x"}
    messages = [problem.message for problem in archive_changes(before, now)]
    assert messages == ["This archived file was altered.", "This archived file was removed."]
    sums = {"versions/SHA256SUMS": "1", "versions/README.md": "1"}
    assert not [*archive_changes({**sums, **now}, {**now, "versions/README.md": "2"})]
    named = from_source(text("2026-02-01.v1", "x", formerly="[b]"))
    plain = from_source(text("2026-02-01.v1", "x"))
    new = {"a": plain, "e": named, "f": plain}
    old_slugs = {"a": Slug("a"), "e": Slug("b"), "f": Slug("c")}
    renamed, gone = lost_addresses("abcd", new, old_slugs)
    assert gone.path == "docs/policies/d.md"
    assert renamed.message == "This policy was called c before, and its file does not say so."
    assert renamed.fix == Fix(0, "\nformerly: [c]")
