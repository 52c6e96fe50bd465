"""Front matter: what is read, and what is said about every mistake."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model import Change, Metadata, Slug, VersionId
from gazette.problems import Code
from gazette.review.fixing import apply_fixes
from gazette.text.frontmatter import (
    body_of,
    json_schema,
    read_archived_metadata,
    read_metadata,
    stated_title,
    stated_version,
)

PATH = "docs/policies/terms.md"
GOOD = "---\ntitle: Terms\nversion: 2026-03-31.v1\nupdated: 2026-03-31\n---\n\nWords.\n"
VERSION = VersionId(date(2026, 3, 31), 1)


def messages_of(text: str) -> list[str]:
    """Return all that is wrong with a text, as editors see it, without the path."""
    return [str(item).removeprefix(PATH + ":") for item in read_metadata(PATH, text)[1]]


def test_required_keys_are_enough() -> None:
    day = date(2026, 3, 31)

    assert read_metadata(PATH, GOOD) == (Metadata(title="Terms", version=VERSION, updated=day), [])


def test_every_key() -> None:
    text = (
        "---\ntitle: Terms\nversion: 2026-03-31.v2\nupdated: 2026-03-31\neffective: 2026-04-30\n"
        'change: editorial\nsummary: "Fees: lower."\ndescription: What holds.\ncategory: Legal\n'
        "formerly: [conditions, rules]\n---\n"
    )

    assert read_metadata(PATH, text)[0] == Metadata(
        title="Terms",
        version=VersionId(date(2026, 3, 31), 2),
        updated=date(2026, 3, 31),
        effective=date(2026, 4, 30),
        change=Change.EDITORIAL,
        summary="Fees: lower.",
        description="What holds.",
        category="Legal",
        formerly=(Slug("conditions"), Slug("rules")),
    )


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "Words.\n",
            [
                "1: The policy has no front matter: the lines at its top that state its version. "
                "Begin the file with a line ---, then title, version and updated, then a line "
                "---. [front-matter]"
            ],
        ),
        (
            "---\ntitle: Terms\n",
            [
                "1: The front matter is not closed: below it, a line --- is missing. "
                "Begin the file with a line ---, then title, version and updated, then a line "
                "---. [front-matter]"
            ],
        ),
        (
            "---\n---\nWords.\n",
            [
                "1: The front matter is empty, or its lines are no keys with values. "
                "Begin the file with a line ---, then title, version and updated, then a line "
                "---. [front-matter]"
            ],
        ),
        (
            changed("title: Terms\n", ""),
            [
                "1: `title` is missing. Add a line for it. Write the name that readers know the "
                "policy by, as title: and the name. [missing-key]"
            ],
        ),
        (
            changed("title: Terms", "title:"),
            [
                "2: `title` has no value. Write the name that readers know the policy by, as "
                "title: and the name. [invalid-value]"
            ],
        ),
        (
            changed("title: Terms", "title: Terms\ntitle: Rules"),
            [
                "3: `title` stands here a second time, first in line 2. Keep one of the two. "
                "[duplicate-key]"
            ],
        ),
        (
            changed("title: Terms", "title: Terms\nsumary: More."),
            ["3: `sumary` is not a key of a policy. Did you mean `summary`? [unknown-key]"],
        ),
        (
            changed("version: 2026-03-31.v1", "version: 1.10"),
            [
                "3: `version` cannot be “1.10”. Write version: 2026-03-31.v1. [invalid-value]",
            ],
        ),
        (
            changed("updated: 2026-03-31", "updated: 2026-04-01"),
            [
                "4: `updated` is 2026-04-01, but the version 2026-03-31.v1 bears another day. "
                "Write updated: 2026-03-31, or version: 2026-04-01.v1. [version-date]"
            ],
        ),
        (
            changed("---\n\n", "effective: 2026-03-01\n---\n\n"),
            [
                "5: The text is posted on 2026-03-31 but would apply since 2026-03-01. Write "
                "effective: 2026-03-31 or a later day, or leave the line out. [effective-date]"
            ],
        ),
        (
            changed("title: Terms", "title: Terms: and more"),
            [
                "2: In the value of `title` stands a sign that is not read as text here. "
                'Write title: "Terms: and more" [front-matter]'
            ],
        ),
    ],
)
def test_messages(text: str, messages: list[str]) -> None:
    assert messages_of(text) == messages


def test_all_mistakes_are_reported_at_once() -> None:
    text = "---\nversion: 1.10\nupdated: yesterday\nchange: big\nformerly: [Old Name]\n---\n"

    assert [item.split(":")[0] for item in messages_of(text)] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "text", [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, GOOD.replace("---\n\n", "--- \n\n")]
)
def test_line_endings_and_byte_order_mark_are_no_matter(text: str) -> None:
    assert read_metadata(PATH, text) == read_metadata(PATH, GOOD)
    assert body_of(text) == "\nWords.\n"


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("version: 2026-03-31.v1", VERSION),
        ('version: "2026-03-31.v1"', VERSION),
        ("version: 2026-03-31.v1  # posted", VERSION),
        ("version: 2026-02-30.v1", None),
        ("version: 7", None),
        ("versions: 2026-03-31.v1", None),
        ("", None),
    ],
)
def test_stated_version(line: str, version: VersionId | None) -> None:
    assert stated_version(f"---\ntitle: Terms\n{line}\n---\n") == version
    assert stated_version(f"Words.\n{line}\n") is None


def test_stated_title() -> None:
    assert stated_title(GOOD) == "Terms"
    assert stated_title("title: Terms\n") == ""


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("title: Fees, charges", "Fees, charges"),
        ('title: "Fees: \\"new\\" #2"', 'Fees: "new" #2'),
        ("title: 'The seller''s fees'", "The seller's fees"),
        ("title: >-\n  Fees\n  and charges", "Fees and charges"),
        ("title: |\n  Fees", "Fees"),
        ("title: Fees\n  and charges", "Fees and charges"),
        ("title:\n  Fees", "Fees"),
        ("title: Fees # as agreed", "Fees"),
        ("title: [Fees]", ""),
        ("title:", ""),
    ],
)
def test_a_title_is_read_as_yaml_has_it(lines: str, title: str) -> None:
    assert stated_title(changed("title: Terms", lines)) == title


@pytest.mark.parametrize(
    ("lines", "line", "rest", "value"),
    [
        ("title: Plan #2", 2, "#2", '"Plan #2"'),
        ('title: The "Plan" #B', 2, "#B", r'"The \"Plan\" #B"'),
        ("title: T\nsummary: Adds point #3 on fees.", 3, "#3 on fees.", '"Adds point #3 on fees."'),
        ("title: T\nsummary: Adds\n  point #3", 4, "#3", '"Adds point #3"'),
    ],
)
def test_what_yaml_cuts_off_is_reported(lines: str, line: int, rest: str, value: str) -> None:
    key = lines.rpartition("\n")[2].partition(":")[0] if "  " not in lines else "summary"
    assert messages_of(changed("title: Terms", lines)) == [
        f"{line}: “{rest}” is cut off: behind a blank, # begins a remark. "
        f"Write {key}: {value}. For a remark, put a blank behind the #. [invalid-value]"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "title: T  # the name",
        'title: "Plan #2"',
        "title: C#2",
        "title: T\nsummary: >\n  Adds point #3",
        "title: T\nsummary: Adds 'it' #",
    ],
)
def test_remarks_and_quoted_signs_are_no_loss(lines: str) -> None:
    assert messages_of(changed("title: Terms", lines)) == []


def test_an_escape_that_is_no_letter_is_a_sentence() -> None:
    (message,) = messages_of(changed("Terms", r'"Terms \U7fffffff"'))
    assert "in quotation marks stands for no letter" in message


def test_the_last_line_end_of_a_folded_value_is_no_part_of_it() -> None:
    text = changed("title: Terms", "title: >\n  Terms\n  of Use\nsummary: |\n  Less.\n  More.")
    metadata, problems = read_metadata(PATH, text)
    assert problems == []
    assert metadata
    assert (metadata.title, metadata.summary) == ("Terms of Use", "Less.\nMore.")


@pytest.mark.parametrize(
    "line",
    [
        "version: >-\n  2026-03-31.v1",
        "version:\n  2026-03-31.v1",
        '"version": 2026-03-31.v1',
        "version : 2026-03-31.v1",
        "? version\n: 2026-03-31.v1",
    ],
)
def test_a_version_that_history_would_not_see_is_refused(line: str) -> None:
    (message,) = messages_of(changed("version: 2026-03-31.v1", line))
    assert "The version does not stand on one line with its key." in message


@given(st.integers(8000, 8300))
def test_long_front_matter_is_read_to_its_end(length: int) -> None:
    text = changed("---\n\n", f"summary: {'x' * length}\n---\n\n")

    assert stated_version(text) == VERSION
    assert body_of(text) == "\nWords.\n"


def test_archived_text_gives_what_is_valid_in_it() -> None:
    text = "---\ntitle: Rules\neffective: soon\nsummary: More.\nowner: Legal\n---\n"
    day = VERSION.day

    assert read_archived_metadata(text, VERSION, "Terms") == Metadata(
        title="Rules", version=VERSION, updated=day, summary="More."
    )


@given(st.text())
def test_no_text_is_too_strange_for_the_archive(text: str) -> None:
    for item in (text, f"---\n{text}\n---\n"):
        assert read_archived_metadata(item, VERSION, "Terms").version == VERSION


@given(st.text())
def test_no_text_is_too_strange_to_be_checked(text: str) -> None:
    metadata, problems = read_metadata(PATH, f"---\n{text}\n---\n")

    assert (metadata is None) == bool(problems)


def test_schema_knows_every_key() -> None:
    assert set(json_schema()["properties"]) == set(Metadata.model_fields)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("notice_days: {a: 1}", "{a: 1}"),
        ("formerly: {a: 1}", "{a: 1}"),
        ("formerly: {}", "{}"),
        ("formerly: {[a]: 1}", "{[a]: 1}"),
        ("formerly: !!python/object/apply:os.system [a]", "!!python/object/apply:os.system"),
        ("summary: !!binary eA==", "!!binary"),
        ("category: !x A", "!x"),
    ],
)
def test_no_key_takes_a_mapping_or_a_tag(line: str, shown: str) -> None:
    text = f"---\ntitle: T\nversion: 2026-01-05.v1\nupdated: 2026-01-05\n{line}\n---\nA\n"
    metadata, (problem,) = read_metadata("docs/x.md", text)
    assert metadata is None
    assert (problem.code, problem.line) == (Code.INVALID_VALUE, 5)
    assert shown in problem.message


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("title: Refunds: when and how", 'title: "Refunds: when and how"'),
        ("title:\tRefunds", "title: Refunds"),
        ("\ttitle: Refunds", "title: Refunds"),
        ("title:Refunds", "title: Refunds"),
        ("title Refunds", "title: Refunds"),
        ("  title: Refunds", "title: Refunds"),
        ("- title: Refunds", "title: Refunds"),
        ('title: "Refunds', 'title: "Refunds"'),
        ("title: 'Your money's way'", 'title: "Your money\'s way"'),
        ('title: "Refunds" and more', 'title: "\\"Refunds\\" and more"'),
        ("title: *Refunds*", 'title: "*Refunds*"'),
        ("title: [Refunds", 'title: "[Refunds"'),
        ("title: {Refunds}", 'title: "{Refunds}"'),
        ("title: @refunds", 'title: "@refunds"'),
        ("title: #1 of all", 'title: "#1 of all"'),
        ("title: A\nsummary: Now\nlonger.", "title: A\nsummary: Now\n  longer."),
        ("titel: Refunds", "title: Refunds"),
        ("title: A\nEffective: 2026-10-01", "title: A\neffective: 2026-10-01"),
        ("title: A\neffective: 1.10.2026", "title: A\neffective: 2026-10-01"),
        ("title: A\neffective: October 1st, 2026", "title: A\neffective: 2026-10-01"),
        ("title: A\neffective: 1 October 2026", "title: A\neffective: 2026-10-01"),
        ("title: A\neffective: 2026/10/1", "title: A\neffective: 2026-10-01"),
        ("title: A\neffective: 10/31/2026", "title: A\neffective: 2026-10-31"),
        ("title: A\neffective: 2026-10-01T09:00:00Z", "title: A\neffective: 2026-10-01"),
        ("title: A\nchange: Editorial", "title: A\nchange: editorial"),
        ("title: A\nchange: substantiv", "title: A\nchange: substantive"),
        ("title: A\nformerly: money-back.md", "title: A\nformerly: [money-back]"),
        ("title: A\nnotice_days: 30 days", "title: A\nnotice_days: 30"),
        ("title: A #1 friend", 'title: "A #1 friend"'),
        ("title: A\ntitle: A", "title: A\n"),
    ],
)
def test_what_is_meant_is_written(broken: str, right: str) -> None:
    stamp = "version: 2026-09-15.v1\nupdated: 2026-09-15\n"
    assert fixed(f"---\n{broken}\n{stamp}---\n\nText.\n") == f"---\n{right}\n{stamp}---\n\nText.\n"


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("version: 15.9.2026\nupdated: 15.9.2026", "version: 2026-09-15.v1\nupdated: 2026-09-15"),
        (
            "version: 2026-09-15.2\nupdated: 2026-09-15",
            "version: 2026-09-15.v2\nupdated: 2026-09-15",
        ),
        ("version: 3.1\nupdated: 15 Sep 2026", "version: 2026-09-15.v1\nupdated: 2026-09-15"),
        ("version: 2026-09-15.v1", "updated: 2026-09-15\nversion: 2026-09-15.v1"),
        ("updated: 2026-09-15", "version: 2026-09-15.v1\nupdated: 2026-09-15"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_day_of_a_version_is_its_own(broken: str, right: str, end: str) -> None:
    lines = f"---\n{broken}\ntitle: A\n---\n\nText.\n".replace("\n", end)
    assert fixed(lines) == f"---\n{right}\ntitle: A\n---\n\nText.\n".replace("\n", end)


@pytest.mark.parametrize(
    "line",
    [
        "effective: 03/04/2026",
        "effective: soon",
        "effective: 2026-02-30",
        "version: one",
        "change: minor",
        "titel: A\ntitle: B",
        "title: [A, B]",
    ],
)
def test_what_cannot_be_known_is_left_alone_and_no_day_is_made_up(line: str) -> None:
    text = f"---\n{line}\n---\n\nText.\n"
    _, problems = read_metadata("docs/x.md", text)
    assert problems
    named = line.partition(":")[0]
    assert [p.fix for p in problems if f"`{named}`" in p.message] == [None]
    days = {day for problem in problems for day in re.findall(r"\d{4}-\d{2}-\d{2}", problem.hint)}
    assert days <= {"2026-03-04", "2026-04-03"}


def fixed(text: str) -> str:
    """Apply what can be fixed, again and again, as `gazette check --fix` does."""
    for _ in range(4):
        _, problems = read_metadata("docs/x.md", text)
        text = apply_fixes(text.encode(), problems)[0].decode()
    return text
