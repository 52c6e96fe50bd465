"""What each rule finds in one text, and what comes near it and is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from gazette.problems import Fix
from gazette.review.policy_text import Finding
from gazette.review.review import PolicyReview
from gazette.review.rules.characters import hidden_characters, look_alikes
from gazette.review.rules.definitions import defined_twice
from gazette.review.rules.headings import heading_numbers, required_headings
from gazette.review.rules.ids import duplicate_ids
from gazette.review.rules.links import broken_links
from gazette.review.rules.markup import raw_html
from gazette.review.rules.placeholders import placeholders
from gazette.review.rules.references import unknown_sections
from policy_texts import policy_text, review_of

Find = Callable[[PolicyReview], Iterator[Finding]]


def marked(find: Find, body: str) -> list[str]:
    """Return what stands from each finding's place to the end of the word."""
    text = policy_text(body)
    lines = text.text.split("\n")
    findings = find(review_of(text))
    return [lines[f.line - 1][f.column - 1 :].split()[0] for f in findings]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("We answer within XX days.", ["XX"]),
        ("TODO: ask the board.", ["TODO:"]),
        ("[COMPANY NAME] runs this.", ["[COMPANY"]),
        ("Send it to [insert address].", ["[insert"]),
        ("Lorem ipsum dolor.", ["Lorem"]),
        ("It costs [●] a month.", ["[●]"]),
        ("Write to {{ company.email }}.", ["{{"]),
        ("Posted on DD/MM/YYYY.", ["DD/MM/YYYY."]),
        ("Last changed: YYYY-MM-DD. Days have the form D. M. Y.", ["YYYY-MM-DD."]),
        ("From 20XX on it costs more.", ["20XX"]),
        # right
        ("Write days in the form YYYY-MM-DD, as in 2026-01-05.", []),
        ("Your birthday (format: DD.MM.YYYY) is asked for.", []),
        ("A number such as RFC-20XX-11 or A-XX-XX-XX.", []),
        ("See [Your Company](company.md) and [YOUR DATA][1].\n\n[1]: data.md", []),
        ("ESTO ES TODO EL CONTENIDO.", []),
        ("Do not write “I hope [insert name] goes away”.", []),
        ("WE MAY DELETE [YOUR ACCOUNT AND] ANY CONTENT.", []),
        ("Super Bowl XX and size XXL.", []),
        ("Write `[COMPANY]` there.\n\n```\nTODO: x\n```", []),
        ("- [ ] done\n- [x] Not done", []),
    ],
)
def test_placeholders(body: str, expected: list[str]) -> None:
    assert marked(placeholders, body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Fill in this letter template.\n\nDear [NAME], of [COMPANY].", []),
        ("The following sample may be used.\n\n[YOUR NAME]", []),
        ("Use our template.\n\nDear [NAME],", ["[NAME],"]),
        ("Fill in this letter template.\n\nPrice: TBD", ["TBD"]),
    ],
)
def test_what_others_are_to_fill_in(body: str, expected: list[str]) -> None:
    assert marked(placeholders, body) == expected


@pytest.mark.parametrize(
    ("anchor", "right"),
    [
        ("refunds--returns", "refunds-returns"),
        ("12-fees-your-costs", "12-fees-your-costs"),
        ("limits-1", "limits_1"),
        ("nothing-like-it", None),
    ],
)
def test_anchors_as_github_has_them(anchor: str, right: str | None) -> None:
    body = "## Refunds & Returns\n\nA\n\n## 1.2 Fees (your costs)\n\nB\n\n## Limits\n\nC\n\n"
    text = policy_text(f"{body}## Limits\n\nSee [this](#{anchor}).")
    fixes = [finding.fix for finding in broken_links(review_of(text))]
    assert fixes == (
        [Fix(len(anchor) + 1, f"#{right}") if right else None] if right != anchor else []
    )


def test_placeholders_in_the_title() -> None:
    (finding,) = placeholders(review_of(policy_text("Text.", title="Terms of [COMPANY]")))
    assert (finding.line, finding.column) == (2, 17)


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("pri\u200bvacy", ["a zero-width space"]),
        ("co\u00adoperate", ["a soft hyphen"]),
        ("pay \u202e001 EUR", ["a right-to-left override"]),
        ("bell\u0007", ["a control character"]),
        ("pay &#8238;001 EUR", ["&#8238; is a character that readers cannot see: a right-to-left"]),
        ("co&shy;operate and co&#xAD;operate", ["a soft hyphen", "a soft hyphen"]),
        # right
        ("می\u200cخواهم", []),
        ("👩\u200d👩\u200d👧 and ❤\ufe0f", []),
        ("שלום\u200f (a)", []),
        ("می&zwnj;خواهم, &nbsp;, &amp;shy; and `&shy;`", []),
        ("ภาษา\u200bไทย", []),
        ("क्\u200dष", []),
    ],
)
def test_hidden_characters(body: str, names: list[str]) -> None:
    messages = [finding.message for finding in hidden_characters(review_of(policy_text(body)))]
    assert len(messages) == len(names)
    assert all(name in message for name, message in zip(names, messages, strict=True))


@pytest.mark.parametrize(
    ("title", "names"),
    [
        (r'"Terms\u200B of Use"', ["a zero-width space"]),
        (r'"\xadTerms"', ["a soft hyphen"]),
        (r'"Terms \u00e4"', []),
    ],
)
def test_hidden_characters_written_as_escapes(title: str, names: list[str]) -> None:
    findings = [*hidden_characters(review_of(policy_text("Text.", title=title)))]
    assert [(finding.line, finding.fix and finding.fix.text) for finding in findings] == [
        (2, "") for _ in names
    ]
    assert all(name in f.message for name, f in zip(names, findings, strict=True))


@pytest.mark.parametrize(
    ("body", "right"),
    [
        ("Your р\u0072ivacy", ["privacy"]),  # the p is Cyrillic
        ("The Pоlicy", ["Policy"]),
        ("𝐏𝐨𝐥𝐢𝐜𝐲", ["Policy"]),
        ("ｐolicy", ["policy"]),
        ("Политикa", ["Политика"]),  # the last letter is Latin
        # right
        ("Политика и Privacy Policy", []),
        ("β-blocker, 5 µm, Ωmega, Αθήνα", []),
        ("ＡＢＣ株式会社", []),
    ],
)
def test_look_alikes(body: str, right: list[str]) -> None:
    findings = look_alikes(review_of(policy_text(body)))
    assert [finding.fix and finding.fix.text for finding in findings] == right


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A <script>x()</script>", ["<script>x()</script>"]),
        ('<iframe src="x"></iframe>', ["<iframe"]),
        ('<b onclick="x()">b</b>', ['onclick="x()">b</b>']),
        ('<a href="javascript:x()">b</a>', ['href="javascript:x()">b</a>']),
        ("<Name of the officer>", ["<Name"]),
        # right
        ("H<sub>2</sub>O<br>and <details><summary>x</summary></details>", []),
        ("`<script>` and a < b > c", []),
        ("- [ ] asked\n- [x] signed\n\n1. [ ] sent", []),
        ("<https://example.com> <!-- <script> -->", []),
    ],
)
def test_raw_html(body: str, expected: list[str]) -> None:
    assert marked(raw_html, body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Apps (“**Services**”).\n\n“Services” means apps.", ["Services”"]),
        ('We (the "Company"). Also us ("Company").', ['Company").']),
        # right
        ("Apps (“Services”) and sites (“Sites”).", []),
        ("Apps (“Services”). See Section 4 (“Services”).", []),
        ("we (“we”) and us (“we”)", []),
        ("“Services” has the meaning given in the Terms. Apps (“Services”).", []),
    ],
)
def test_defined_twice(body: str, expected: list[str]) -> None:
    assert marked(defined_twice, body) == expected


def headed(*headings: str) -> str:
    return "".join(f"## {heading}\n\nText.\n\n" for heading in headings)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["1. A", "2. B", "4. D"], ["number 4 follows 2"]),
        (["1. A", "2. B", "2. C", "3. D"], ["number 2 stands twice"]),
        (["1. A", "3. C", "2. B"], ["number 3 follows 1", "number 2 follows 3"]),
        (["6. A", "7. B", "6. C", "9. D"], ["number 6 follows 7"]),
        (["3. A", "3.1 B", "3.3 C"], ["number 3.3 follows 3.1"]),
        (["A. One", "B. Two", "D. Four"], ["number D follows B"]),
        (["I. One", "II. Two", "IV. Four"], ["number IV follows II"]),
        (["XXXVIII. A", "XXXIX. B", "XL. C", "XLII. D"], ["number XLII follows XL"]),
        (["Section 1 – A", "Section 2 – B", "Section 4 – D"], ["number 4 follows 2"]),
        # right
        (["1. A", "2. B", "3. C"], []),
        (["1. A", "1.1 B", "1.2 C", "2. D", "2.1 E"], []),
        (["h) H", "i) I", "j) J"], []),
        (["i. One", "ii. Two", "iii. Three", "iv. Four"], []),
        (["XXXVIII. A", "XXXIX. B", "XL. C", "XLI. D"], []),
        (["XLIX. A", "L. B", "LI. C"], []),
        (["K. A", "L. B", "M. C"], []),
        (["3 things to know", "5 things to do", "Contact"], []),
        (["Q: What?", "Q: Why?", "Q: Who?"], []),
        (["2024", "2026"], []),
        (["0. Before", "1. A", "2. B"], []),
        (["1. Aim", "1. Ziel", "2. Fees", "2. Preise", "3. Law", "3. Recht"], []),
    ],
)
def test_heading_numbers(headings: list[str], expected: list[str]) -> None:
    findings = heading_numbers(review_of(policy_text(headed(*headings))))
    messages = [finding.message for finding in findings]
    assert len(messages) == len(expected)
    assert all(part in message for part, message in zip(expected, messages, strict=True))


def test_the_right_number_of_a_heading() -> None:
    text = policy_text(headed("1. A", "3. C", "2. B", "iv. X", "4. D"))
    assert [finding.hint[:12] for finding in heading_numbers(review_of(text))] == [
        "Number it 2,",
        "Number it 3,",
    ]


@pytest.mark.parametrize(
    ("headings", "hint"),
    [
        (["I. A", "II. B", "V. C"], "Number it III,"),
        (["XXXVIII. A", "XXXIX. B", "XLI. C"], "Number it XL,"),
        (["a) A", "b) B", "d) C"], "Number it c,"),
        (["3. A", "3.1 B", "3.3 C"], "Number it 3.2,"),
    ],
)
def test_the_right_number_is_written_like_the_others(headings: list[str], hint: str) -> None:
    (finding,) = heading_numbers(review_of(policy_text(headed(*headings))))
    assert finding.hint.startswith(hint)


def test_parts_count_anew_and_a_number_may_stand_alone() -> None:
    parts = "# One\n\n## 1. A\n\n## 2. B\n\n# Two\n\n## 1. C\n\n## 2. D\n"
    assert not [*heading_numbers(review_of(policy_text(parts)))]
    left_out = "## 1. A\n\n## 2. B\n\n3\\. (left out)\n\n## 4. D\n"
    assert not [*heading_numbers(review_of(policy_text(left_out)))]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["2. A", "2.1 B", "4. C", "2.2 D", "2.3 E", "4.1 F"], ["“2.2 D” bears the number of"]),
        (["1. A", "1.1 B", "1.1.1 C", "1.2 D", "1.1.2 E"], ["stands under “1.2 D”"]),
        (["Article 1: A", "1.1 B", "Article 2: C", "1.2 D"], ["stands under “Article 2: C”"]),
        # right
        (["1. A", "1.1 B", "1.1.1 C", "1.2 D", "1.2.1 E", "2. F", "2.1 G"], []),
        (["1. A", "2. B", "Annex", "1.1 C", "1.2 D"], []),
        (["Chapter 2: A", "1.1 B", "1.2 C"], []),
        (["II. A", "2.1 B"], []),
        (["1. A", "1.1.1 B"], []),
    ],
)
def test_numbers_under_another_section(headings: list[str], expected: list[str]) -> None:
    text = policy_text(headed(*headings))
    messages = [f.message for f in heading_numbers(review_of(text)) if "under" in f.message]
    assert len(messages) == len(expected)
    assert all(part in message for part, message in zip(expected, messages, strict=True))


@pytest.mark.parametrize(
    ("category", "missing"),
    [("Privacy", ["Your Rights"]), ("Terms", []), ("", [])],
)
def test_required_headings(category: str, missing: list[str]) -> None:
    text = policy_text("## 1. Contact\n\nWrite.\n", category=category)
    required = {"Privacy": ["Your Rights"], "*": ["contact"]}
    findings = [*required_headings(review_of(text, required_headings=required))]
    assert len(findings) == len(missing)
    assert all(name in f.message for name, f in zip(missing, findings, strict=True))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("See Section 9.", ["9."]),
        ("See sections 2 and 7.", ["7."]),
        ("See Section 9 (C).", ["9"]),
        # right
        ("See Section 9 (Fees of the Bank), “Section 9” (Instructions).", ["9”"]),
        ("Section 252.227-7014 and FAR section 12.212 apply.", []),
        ("Read Section 2. For the EU, Clause 8.1(a) binds us.", []),
        ("### Clause 9: Law\n\nThe law of the land.", []),
        ("See Section 3, § 2 and section 1(a).", []),
        ("Section 230 of the Act, 18 U.S.C. Section 512 and Section 9 of the Order Form.", []),
        ("As the Bank's Card Rules Section 9 say, and as Bylaw 2, “Votes,” section 9 does.", []),
        ("Clauses 8 and 9 came in.\n\n## Change Log\n\nSection 7 was taken out.", ["8", "9"]),
        ("The fast way (A-11 Section 9) and FIPS-140 Section 9; see Section 9.", ["9."]),
        ("| Date | Change |\n|---|---|\n| May 5 | Section 9 new |\n\nSee Section 9.", ["9."]),
        ("| Date | What |\n|---|---|\n| May 5 | Section 9 |", ["9"]),
        ("By §164.308(a) and sections 45.101 and 9 of that law; see Section 9.1.", ["9.1."]),
        ("Under Article 6 GDPR and clause 9 of the Standard Contractual Clauses.", []),
    ],
)
def test_unknown_sections(sentence: str, expected: list[str]) -> None:
    body = f"{headed('1. A', '2. B', '3. C')}\n{sentence}\n"
    assert marked(unknown_sections, body) == expected


def test_marks_of_direction_are_judged_by_their_line() -> None:
    assert not [*hidden_characters(review_of(policy_text("שלום\u200f a\n")))]
    assert [*hidden_characters(review_of(policy_text("שלום\nb\u200f a\n")))]
    many = hidden_characters(review_of(policy_text("\u202e\u2067" * 50_000)))
    assert next(many).line
    assert not [*hidden_characters(review_of(policy_text("ש" + "\u200f\u2067" * 50_000)))]


def test_sections_of_articles_are_not_the_articles() -> None:
    articles = headed("Article 1. A", "Article 2. B", "Article 3. C")
    body = f"{articles}\nSection 9 and Article 8 are not there.\n"
    assert marked(unknown_sections, body) == ["8"]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("## A {: #x }\n\nC.\n\n## B {: #x }\n\nD.", [1, 5]),
        ("## A\n\n<span id='b'>C</span>\n\n## B\n\nD.", [3, 5]),
        ("<p id=b>C</p>\n\nB\n---\n\nD.", [1, 3]),
        ("<h2 id=b>A</h2>\n\nC.\n\n## B\n\nD.", [1, 5]),
        ("<i id=x>A</i>\n\nB\n\n<i id='&#120;'>C</i>", [1, 5]),
        ("<i id=x>A</i>\n\nB\n\nC\n{: id=x }", [1, 6]),
        ("<a name=b>A</a>\n\n## B\n\nC.", [1, 3]),
        ("## A {: #fn:1 }\n\nB[^1]\n\n[^1]: C", [1, 5]),
        ("## A {: #fnref:1 }\n\nB[^1]\n\n[^1]: C", [1, 3]),
        ("A <i id=x>b</i> <i id=x>c</i>", [1, 1]),
        ("## A {: #x }\n\nB\n{: #x }\n\nC\n{: #x }", [1, 4, 7]),
        # right
        ("## A\n\nC\n{: #b }\n\n## B\n\n## B\n\n[TOC]\n\n[^1]\n\n[^1]: D", []),
        ("## A {: #B }\n\n## B\n\n<i id=x name=x>C</i>", []),
        ("A\n\n<a id=b></a>\n\n## B\n\nC.", []),
        ("`<i id=b>`\n\n    <i id=b>\n\n<!-- <i id=b> -->\n\n## B\n\nC.", []),
    ],
)
def test_ids_that_two_places_have(body: str, lines: list[int]) -> None:
    text = policy_text(body)
    before = text.line_of(text.text.index(body)) - 1
    findings = [*duplicate_ids(review_of(text))]
    assert [finding.line - before for finding in findings] == lines[1:]
    for finding in findings:
        first = before + lines[0]
        is_same = finding.line == first
        where = "twice on this line" if is_same else f"here and on line {first}"
        assert f"is given {where}: links to #" in finding.message


def test_an_id_whose_places_the_source_does_not_tell() -> None:
    """An extension may give it: then there is one finding, for the text."""
    text = policy_text("A\n")
    text.__dict__["document"] = replace(text.document, html='<i id="x">A</i><b id="x">C</b>')
    (finding,) = duplicate_ids(review_of(text))
    assert finding.message.startswith("The text gives the id “x” to several places: links to #x")
