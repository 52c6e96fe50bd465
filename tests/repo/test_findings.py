"""What is wrong with the policies that only their history can tell: silent edits first of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.model import Metadata
from gazette.record.silent_edits import SHOWN_KEYS, UNSEEN_KEYS
from repositories import Project, codes, outline, text

BODY = """We keep your data.

## What we collect

Your name and your
e-mail address.

## How long

Thirty days.
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "project").init()
    project.post("privacy-policy", "2026-01-05.v1", BODY)
    return project


def edit(project: Project, old: str, new: str) -> None:
    file = project.policies / "privacy-policy.md"
    file.write_text(file.read_text().replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ("Thirty", "Ninety", 16, "The section “How long” changed"),
        ("We keep", "We sell", 7, "The introduction changed"),
        ("## How long", "## For how long", 14, "The section “For how long”"),
        (
            "Privacy Policy",
            "Data Policy",
            2,
            "The title changed from Privacy Policy to Data Policy",
        ),
        ("updated: 2026-01-05", "updated: 2026-01-05\neffective: 2026-03-01", 5, "The effective"),
        ("updated: 2026-01-05", "updated: 2026-01-05\nchange: editorial", 5, "The change changed"),
        ("updated: 2026-01-05", "updated: 2026-01-05\nsummary: New.", 5, "The summary changed"),
        ("updated: 2026-01-05", "updated: 2026-01-05\ndescription: New.", 5, "The description"),
        (
            "updated: 2026-01-05",
            "updated: 2026-01-05\nlang: ar",
            5,
            "The lang changed from en to ar",
        ),
        ("updated: 2026-01-05", "updated: 2026-01-05\ncategory: Legal", 5, "The category changed"),
    ],
)
def test_silent_edit(project: Project, old: str, new: str, place: int, what: str) -> None:
    edit(project, old, new)
    uncommitted = project.gather().problems
    project.commit("2026-01-06")

    assert project.gather().problems == uncommitted
    assert codes(project.gather()) == [f"docs/policies/privacy-policy.md:{place} silent-edit"]
    assert uncommitted[0].message.startswith(what)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("your\ne-mail", "your e-mail"),
        ("---\ntitle", "\ufeff---\ntitle"),
        ("title: Privacy Policy", "title: 'Privacy Policy'"),
        ("Thirty", "Thir\u00adty"),
        ("updated: 2026-01-05", "updated: 2026-01-05\nlang: en"),
        ("Thirty", "Thir&#116;y"),
    ],
)
def test_what_no_reader_sees_is_no_silent_edit(project: Project, old: str, new: str) -> None:
    file = project.policies / "privacy-policy.md"
    file.write_bytes(file.read_text().replace(old, new).encode())

    assert codes(project.gather()) == []


def test_each_key_of_the_front_matter_is_seen_or_not() -> None:
    """Readers are shown a new key until somebody says otherwise, and then this list, too."""
    unseen = {"version", "updated", "formerly", "translates", "notice_days"}
    assert unseen == UNSEEN_KEYS
    assert {*SHOWN_KEYS} == Metadata.model_fields.keys() - UNSEEN_KEYS
    assert {"lang", "continues"} <= {*SHOWN_KEYS}


def test_silent_edit_of_a_version_that_came_back(project: Project) -> None:
    project.post("privacy-policy", "2026-02-01.v1", summary="Less.")
    project.post("privacy-policy", "2026-01-05.v1", BODY.replace("Thirty", "Sixty"))
    before = codes(project.gather())
    project.build()

    assert before == ["docs/policies/privacy-policy.md:16 silent-edit"]
    assert codes(project.gather()) == before


def test_going_back_is_a_notice(project: Project) -> None:
    project.post("privacy-policy", "2026-02-01.v1", summary="Less.")
    project.post("privacy-policy", "2026-01-05.v1", BODY)

    assert codes(project.gather()) == []
    assert project.gather().notices == (
        "privacy-policy: went back to 2026-01-05.v1; withdrawn: 2026-02-01.v1.",
    )


def test_silent_edit_without_git(project: Project, tmp_path: Path) -> None:
    project.post("privacy-policy", "2026-02-01.v1", summary="Less.")
    project.build()
    project.write("privacy-policy", "2026-01-05.v1", BODY.replace("Thirty", "Sixty"))
    (project.root / ".git").rename(tmp_path / "gone")

    assert codes(project.gather()) == [
        "docs/policies/privacy-policy.md:0 missing-version",
        "docs/policies/privacy-policy.md:16 silent-edit",
    ]


def test_new_version_older_than_the_newest(project: Project) -> None:
    project.post("privacy-policy", "2025-12-24.v1", BODY, summary="Back in time.")

    assert "docs/policies/privacy-policy.md:3 version-order" in codes(project.gather())


def test_substantive_version_without_a_summary(project: Project) -> None:
    project.post("privacy-policy", "2026-02-01.v1")

    assert codes(project.gather()) == ["docs/policies/privacy-policy.md:3 missing-summary"]


def test_editorial_version_needs_no_summary(project: Project) -> None:
    project.post("privacy-policy", "2026-02-01.v1", change="editorial")

    assert codes(project.gather()) == []


def test_formerly_of_a_policy_that_still_stands(project: Project) -> None:
    project.post("cookie-policy", "2026-02-01.v1", formerly="[privacy-policy]")

    assert codes(project.gather()) == ["docs/policies/cookie-policy.md:5 invalid-value"]
    assert len(project.gather().policies) == 2


def test_two_policies_that_say_they_were_the_same_one(project: Project) -> None:
    project.delete("privacy-policy")
    facts = {"formerly": "[privacy-policy]", "change": "editorial"}
    project.write("cookie-policy", "2026-02-01.v1", "Cookies.\n", **facts)
    project.post("data-policy", "2026-02-01.v1", "Data.\n", **facts)

    assert [str(problem) for problem in project.gather().problems] == [
        "docs/policies/data-policy.md:5: `formerly` names privacy-policy, but "
        "docs/policies/cookie-policy.md says it was privacy-policy too. Only one policy can go on "
        "from another: take the name out of one of the two. [invalid-value]"
    ]


def test_two_names_joined_that_hold_the_same_version(project: Project) -> None:
    project.delete("privacy-policy")
    project.commit("2026-01-06")
    project.post("data-policy", "2026-01-05.v1", "Wholly other.\n", formerly="[privacy-policy]")

    assert codes(project.gather()) == [
        "docs/policies/data-policy.md:5 invalid-value",  # nobody joins what git saw apart
        "docs/policies/data-policy.md:8 silent-edit",
    ]
    assert outline(project.gather()) == {"data-policy": ["2026-01-05.v1 in force docs"]}


def test_everything_wrong_in_every_file_is_reported_at_once(project: Project) -> None:
    project.put("docs/policies/latin.md", text("2026-01-05.v1", "Caf\xe9\n").encode("latin-1"))
    project.put("docs/policies/No_Address.md", text("2026-01-05.v1"))
    project.put("docs/policies/below/hidden.md", text("2026-01-05.v1"))
    project.put("docs/policies/below/note.md", "No policy.\n")
    project.put("docs/policies/open.md", "---\ntitle: Open\n")
    edit(project, "Thirty", "Ninety")

    assert codes(project.gather()) == [
        "docs/policies/No_Address.md:0 slug",
        "docs/policies/below/hidden.md:0 slug",
        "docs/policies/latin.md:7 encoding",
        "docs/policies/open.md:1 front-matter",
        "docs/policies/privacy-policy.md:16 silent-edit",
    ]


def test_broken_file_is_not_taken_for_a_deletion(project: Project) -> None:
    project.put("docs/policies/privacy-policy.md", "---\ntitle: [\n---\n")

    assert codes(project.gather()) == ["docs/policies/privacy-policy.md:2 front-matter"]
    assert outline(project.gather()) == {}
    assert project.build() == []
