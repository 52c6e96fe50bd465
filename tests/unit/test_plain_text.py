"""Plain text as pasted from a page: what becomes of its lines."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.errors import SourceError
from gazette.imports.draft import Draft, draft_of
from gazette.imports.plain_text import read_text

TODAY = date(2026, 11, 23)
PAGE = """Back to Help Center
Version 2026-02-03.v2Updated 2026-02-03

Returns Policy

You can send back what you bought.

1. Time

You have 30 days. “Days” are days of the calendar.

2. Condition

2.1 Parcels

What comes back:

• unworn;
• complete:
    ◦ with its labels
    ◦ with its box

10. Refunds

We pay within 1. 5 days, at most.

Need help?

Write to us before you send a parcel.
"""
BODY = """You can send back what you bought.

## 1. Time

You have 30 days. “Days” are days of the calendar.

## 2. Condition

### 2.1 Parcels

What comes back:

- unworn;
- complete:
    - with its labels
    - with its box

## 10. Refunds

We pay within 1. 5 days, at most.
"""


def draft(text: str) -> Draft:
    made = draft_of(read_text(text), "Untitled", TODAY)
    assert made
    return made


def body(text: str) -> str:
    return draft(f"Title\n\n{text}").body.strip()


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        PAGE.replace("v2Updated", "v2 Updated"),
        PAGE.replace("v2Updated", "v2\nUpdated"),
        PAGE.replace("\n\n", "\n \t\n\n\n"),
        PAGE.replace("Back to", "← Back to"),
    ],
    ids=["as it is", "blank", "two lines", "more blank lines", "arrow"],
)
def test_page_shaped_like_a_help_center(text: str) -> None:
    made = draft(text)
    assert (made.title, str(made.version)) == ("Returns Policy", "2026-02-03.v2")
    assert made.body == BODY
    assert [omission.place for omission in made.left_out] == ["At the end"]


def test_page_without_version_gets_todays_and_says_so() -> None:
    made = draft("Returns\n\nSend it back.")
    assert str(made.version) == "2026-11-23.v1"
    assert made.notes == ("It names no version: it gets today's, 2026-11-23.v1.",)


def test_help_in_the_middle_is_a_section() -> None:
    made = draft("Title\n\n1. A\n\nText.\n\nNeed help?\n\nAsk.\n\n2. B\n\n" + "Text. " * 90)
    assert "Need help?" in made.body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A line that was\nwrapped by hand.\n\nNext.", "A line that was wrapped by hand.\n\nNext."),
        ("1. Pack it\n2. Send it", "1. Pack it\n2. Send it"),
        ("Intro.\n\nFEES\n====\n\nThree.\n\nCards\n-----\nAll.\n\n* * *\n\nEnd.\n---",
         "Intro.\n\n## FEES\n\nThree.\n\n### Cards\n\nAll.\n\nEnd."),
        ("Intro.\n\n  4.1 You pay us three euros for each parcel that you\n      send.\n"
         "  4.2 We send a bill for what was sent, as stated in\n      4.1 above.\n  4.2.1 By "
         "mail.\n  5.1 No.",
         "Intro.\n\n4.1 You pay us three euros for each parcel that you send.\n\n"
         "4.2 We send a bill for what was sent, as stated in 4.1 above.\n\n"
         "4.2.1 By mail.\n\n5.1 No."),
        ("1) Pack it\n2) Send it", "1) Pack it\n2) Send it"),
        ("1.\tTime\n\nText.", "## 1. Time\n\nText."),
        ("1. Time\n\nText.\n\n2. Reserved\n\n3. Rest\n\nText.",
         "## 1. Time\n\nText.\n\n## 2. Reserved\n\n## 3. Rest\n\nText."),
        ("Section 4. Law\n\nText.", "## Section 4. Law\n\nText."),
        ("1. This is a long sentence that only begins with a number.",
         "1\\. This is a long sentence that only begins with a number."),
        ("Kind\tDays\nLogs\t30", "| Kind | Days |\n| --- | --- |\n| Logs | 30 |"),
        ("- one\n- two\n  goes on\n- three", "- one\n- two goes on\n- three"),
        ("# not * Markdown_", "\\# not \\* Markdown\\_"),
        ("You may leave if\n(a) we raise the price;\n(b) we change\nthe service, or\n(c) you want.",
         "You may leave if\n\n- (a) we raise the price;\n- (b) we change the service, or\n"
         "- (c) you want."),
        ("As we say in clause\n(b) of this text.", "As we say in clause (b) of this text."),
        ("1.) Pack it\n2.) Send it", "1. Pack it\n2. Send it"),
        ("Logs [1] and mail [2].\n\n[1] For 30 days.\n[2] For a year.",
         "Logs [1] and mail [2].\n\n- [1] For 30 days.\n- [2] For a year."),
        ("附則\nこの規約は今日から適用される。", "附則\n\nこの規約は今日から適用される。"),
        ("この規約は、当社が運営するすべてのサービスを利用する\nすべての人に適用される。",
         "この規約は、当社が運営するすべてのサービスを利用するすべての人に適用される。"),
        ("1. Parcels\n   1.1. by train\n   1.2. by ship\n      1.2.1. at sea\n2. Mail",
         "## 1. Parcels\n\n1.1. by train\n\n1.2. by ship\n\n1.2.1. at sea\n\n## 2. Mail"),
        ("2.2. We send nothing else. As said in\n2.1. above, we pay.",
         "2.2. We send nothing else. As said in 2.1. above, we pay."),
        ("Art. 3 Law\nOurs applies.\n\nAnlage 1\nText.\n\nClause 4 Fees\nA text.",
         "## Art. 3 Law\n\nOurs applies.\n\n## Anlage 1\n\nText.\n\n## Clause 4 Fees\n\nA text."),
        ("ARTICLE IV\nDUTIES\n\nYou pay.", "## ARTICLE IV DUTIES\n\nYou pay."),
        ("（一）您提供的\n1、姓名\n2、地址", "（一）您提供的\n\n1、姓名\n\n2、地址"),
        ("5.00 EUR a month\n\n100 % of it\n\n3 – 5 days\n\n１ 全員に適用する。",
         "5.00 EUR a month\n\n100 % of it\n\n3 – 5 days\n\n１ 全員に適用する。"),
        ("Kind\tDays\tWhy\nLogs\t30\tSafety\nMail\t90",
         "| Kind | Days | Why |\n| --- | --- | --- |\n| Logs | 30 | Safety |\n| Mail | 90 |  |"),
    ],
)  # fmt: skip
def test_lines(text: str, expected: str) -> None:
    assert body(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We sell parcels to people in all of the countries that we can\nreach by train.\n\nNext.",
        f"We sell parcels{' to people' * 10}.\n\nNext.",
        f"We sell parcels{' to people' * 10}.",
    ],
)
def test_a_sentence_at_the_beginning_is_no_title(text: str) -> None:
    made = draft(text)
    assert made.title == "Untitled"
    assert made.body == text.replace("can\n", "can ") + "\n"


def test_two_labels_without_spaces_stay_apart() -> None:
    made = draft("方针\n\n更新日期：2026年3月7日\n生效日期：2026年3月9日\n\n我们使用信息。")
    assert (str(made.version), str(made.effective)) == ("2026-03-07.v1", "2026-03-09")


def test_text_without_blank_lines_has_one_paragraph_a_line() -> None:
    made = draft("Title\nIntro.\n1. Time\nOne.\nTwo.\n2. Place\nThree.\nFour.\nFive.\nSix.\nSeven.")
    assert made.body.startswith("Intro.\n\n## 1. Time\n\nOne.\n\nTwo.\n\n## 2. Place\n\nThree.")


def test_a_file_of_too_many_lines_is_refused_at_once() -> None:
    with pytest.raises(SourceError, match="more than 200,000 lines"):
        read_text("a\n" * 200_001)


def test_quoted_lines_and_clauses_that_go_on_with_a_figure() -> None:
    assert body("> You pay\n> in May.\n\nWe agree.") == "> You pay  \n> in May.\n\nWe agree."
    assert (
        body("(a) you pay within\n30 days; and\n\n(b) more.")
        == "- (a) you pay within 30 days; and\n- (b) more."
    )
