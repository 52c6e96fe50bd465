"""A release on a real repository: what it writes, what it refuses, what it leaves alone."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from gazette.authoring import release
from gazette.authoring.release import ReleaseOptions
from gazette.errors import ArchiveError, PolicyError, ReleaseError
from gazette.record import archive
from gazette.record.base_commit import read_base_commit
from repositories import TODAY, Center, codes, text

SLUG = "privacy-policy"
PATH = f"docs/policies/{SLUG}.md"
FIRST, SECOND = "2026-01-05.v1", "2026-11-23.v1"
OPTIONS = ReleaseOptions(TODAY, summary="We keep data for ninety days.")


@pytest.fixture
def center(tmp_path: Path) -> Center:
    center = Center(tmp_path / "center").init()
    center.post(SLUG, FIRST, "Thirty days.\n")
    return center


def edit(center: Center, old: str = "Thirty", new: str = "Ninety") -> None:
    data = (center.root / PATH).read_bytes()
    assert old.encode() in data
    (center.root / PATH).write_bytes(data.replace(old.encode(), new.encode()))


def write_release(center: Center, options: ReleaseOptions = OPTIONS) -> list[str]:
    register = center.gather()
    (policy,) = [policy for policy in register.policies if policy.slug == SLUG]
    draft = release.draft_to_release(register, policy, center.settings.markdown)
    return release.write_release(
        center.settings, release.plan(center.settings, register, draft, options)
    )


def file(center: Center) -> str:
    return (center.root / PATH).read_bytes().decode()


def test_an_edit_becomes_the_next_version_and_the_last_one_is_archived(center: Center) -> None:
    posted = file(center)
    edit(center)
    assert write_release(center) == [f"{SLUG}/{FIRST}.md"]
    stated = text(SECOND, "Ninety days.\n", summary="We keep data for ninety days.")
    assert file(center) == stated
    assert center.archived()[f"{SLUG}/{FIRST}.md"] == posted
    assert center.archived()[f"{SLUG}/COMPLETE"] == f"{SECOND}\n"
    assert codes(center.gather()) == []
    center.commit("2026-11-23")
    assert codes(center.gather()) == []
    assert center.build() == []


def test_a_second_release_on_one_day_is_number_two(center: Center) -> None:
    edit(center)
    write_release(center)
    center.commit("2026-11-23")
    edit(center, "Ninety", "Sixty")
    assert write_release(center, ReleaseOptions(TODAY, summary="Sixty.")) == [f"{SLUG}/{SECOND}.md"]
    assert "version: 2026-11-23.v2\n" in file(center)
    assert codes(center.gather()) == []


def test_before_it_is_committed_a_release_can_be_made_anew(center: Center) -> None:
    edit(center)
    write_release(center)
    edit(center, "Ninety days.", "Ninety days, at most.")
    assert write_release(center, ReleaseOptions(date(2026, 11, 25))) == []
    assert "version: 2026-11-25.v1\nupdated: 2026-11-25\n" in file(center)
    assert "summary: We keep data for ninety days.\n" in file(center)
    kept = ["SHA256SUMS", "COMPLETE", f"{FIRST}.md"]
    assert set(center.archived()) == {f"{SLUG}/{name}" for name in kept}


def test_every_other_byte_stays(center: Center) -> None:
    source = (
        "\ufeff---\r\n# Ask legal first.\r\ntitle: 'Privacy Policy'  # for readers\r\n"
        f'version: "{FIRST}" # see the guide\r\nupdated: 2026-01-05\r\n'
        "summary: >\r\n  Old\r\n  words.\r\n# Internal: 7\r\n---\r\n\r\nThirty  days. \r\n"
    )
    center.put(PATH, source)
    center.commit("2026-01-06")
    os.chmod(center.root / PATH, 0o664)
    edit(center)
    write_release(center)
    assert file(center) == (
        "\ufeff---\r\n# Ask legal first.\r\ntitle: 'Privacy Policy'  # for readers\r\n"
        f'version: "{SECOND}" # see the guide\r\nupdated: 2026-11-23\r\n'
        "summary: We keep data for ninety days.\r\n# Internal: 7\r\n---\r\n\r\nNinety  days. \r\n"
    )
    assert (center.root / PATH).stat().st_mode & 0o777 == 0o664


def test_an_editorial_change_needs_no_summary(center: Center) -> None:
    edit(center, "days.", "days")
    write_release(center, ReleaseOptions(TODAY, editorial=True))
    assert file(center) == text(SECOND, "Thirty days\n", change="editorial")


def test_what_the_last_version_said_of_itself_goes(center: Center) -> None:
    facts = {"effective": "2026-03-01", "change": "editorial", "summary": "Old words."}
    center.post(SLUG, "2026-02-01.v1", "Thirty days.\n", **facts)
    edit(center)
    with pytest.raises(ReleaseError, match="tells readers what changes"):
        write_release(center, ReleaseOptions(TODAY))
    write_release(center)
    assert file(center) == text(SECOND, "Ninety days.\n", summary=OPTIONS.summary)


def test_what_the_editor_wrote_into_the_file_stays(center: Center) -> None:
    facts = {"effective": "2027-01-01", "summary": "Ninety days from now on."}
    center.write(SLUG, FIRST, "Ninety days.\n", **facts)
    write_release(center, ReleaseOptions(TODAY))
    assert file(center) == text(SECOND, "Ninety days.\n", **facts)


def test_the_day_it_applies(center: Center) -> None:
    edit(center)
    with pytest.raises(ReleaseError, match="but apply since 2026-11-01"):
        write_release(center, ReleaseOptions(TODAY, effective=date(2026, 11, 1), summary="x"))
    write_release(center, ReleaseOptions(TODAY, effective=date(2027, 1, 1), summary="x"))
    assert "updated: 2026-11-23\neffective: 2027-01-01\nsummary: x\n" in file(center)
    assert center.gather().policies[0].in_force == center.gather().policies[0].versions[0]


@pytest.mark.parametrize("summary", ["\u200b", " \ufeff ", "\u3164"])
def test_a_summary_that_nobody_sees_is_none(center: Center, summary: str) -> None:
    edit(center)
    with pytest.raises(ReleaseError, match="tells readers what changes"):
        write_release(center, ReleaseOptions(TODAY, summary=summary))


def test_a_policy_that_is_new_gets_its_day(center: Center) -> None:
    center.write("cookie-policy", "2026-11-01.v1")
    register = center.gather()
    draft = release.draft_to_release(register, register.policies[0], center.settings.markdown)
    planned = release.plan(center.settings, register, draft, ReleaseOptions(TODAY))
    assert release.write_release(center.settings, planned) == []
    assert (center.policies / "cookie-policy.md").read_text() == text(
        SECOND, title="Privacy Policy"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [("Thirty", "Thirty"), ("Thirty days", "Thirty\ndays"), ("title: P", "title:  P")],
)
def test_nothing_changed_for_readers(center: Center, old: str, new: str) -> None:
    edit(center, old, new)
    with pytest.raises(ReleaseError, match="Nothing changed for readers since version 2026-01-05"):
        write_release(center)


@pytest.mark.parametrize(
    ("old", "new"), [("Privacy Policy", "Data Policy"), ("days", "[days](#x)")]
)
def test_a_title_or_a_link_is_a_change(center: Center, old: str, new: str) -> None:
    edit(center, old, new)
    write_release(center)
    assert f"version: {SECOND}" in file(center)


def test_a_day_before_the_newest_version_is_refused(center: Center) -> None:
    edit(center)
    with pytest.raises(ReleaseError, match="cannot be posted on 2026-01-04"):
        write_release(center, ReleaseOptions(date(2026, 1, 4), summary="x"))


def test_a_damaged_archive_is_refused_and_nothing_is_written(center: Center) -> None:
    edit(center)
    before = file(center)
    center.put(f"versions/{SLUG}/{FIRST}.md", "Something else.\n")
    with pytest.raises(ArchiveError):
        write_release(center)
    assert file(center) == before
    assert list(center.archived()) == [f"{SLUG}/{FIRST}.md"]


def test_mistakes_in_the_file_are_refused(center: Center) -> None:
    edit(center)
    center.put("docs/policies/other.md", "---\ntitle: x\n---\n")
    write_release(center)
    center.commit("2026-11-23")
    edit(center, "title: Privacy Policy", "title: Privacy Policy\nformerly: [privacy-policy]")
    edit(center, "Ninety", "Sixty")
    with pytest.raises(PolicyError, match="the policy itself"):
        write_release(center)


def test_a_failure_half_way_leaves_all_as_it_was(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(center)
    before = file(center)

    def full(*_: object) -> list[str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "freeze", full)
    with pytest.raises(ReleaseError, match="No space left"):
        write_release(center)
    assert file(center) == before
    assert sorted(file.name for file in center.policies.iterdir()) == [f"{SLUG}.md"]


def test_only_this_policy_is_archived(center: Center) -> None:
    center.post("terms", FIRST, "Terms.\n")
    center.post("terms", "2026-02-01.v1", "New terms.\n", summary="New.")
    edit(center)
    assert write_release(center) == [f"{SLUG}/{FIRST}.md"]
    assert center.archived()[f"{SLUG}/COMPLETE"] == f"{SECOND}\n"


def test_a_draft_committed_on_a_branch_is_archived_as_readers_knew_it(center: Center) -> None:
    posted = file(center)
    center.git("switch", "--quiet", "--create", "draft")
    edit(center)
    center.commit("2026-11-22")
    write_release(center)
    assert center.archived()[f"{SLUG}/{FIRST}.md"] == posted
    center.commit("2026-11-23")
    assert codes(center.gather()) == []
    center.git("switch", "--quiet", "main")
    center.git("merge", "--quiet", "--no-ff", "-m", "Merge", "draft", day="2026-11-23")
    assert codes(center.gather()) == []
    assert center.build() == []


def test_a_version_that_was_only_proposed_is_stamped_anew(center: Center) -> None:
    center.git("switch", "--quiet", "--create", "draft")
    edit(center)
    write_release(center)
    center.commit("2026-11-23")
    edit(center, "Ninety", "Sixty")
    register, base = center.gather(), read_base_commit(center.settings, "main")
    draft = release.draft_to_release(register, register.policies[0], center.settings.markdown, base)
    planned = release.plan(
        center.settings, register, draft, ReleaseOptions(TODAY, summary="Sixty.")
    )
    assert release.write_release(center.settings, planned) == []
    assert file(center) == text(SECOND, "Sixty days.\n", summary="Sixty.")
    center.git("reset", "--quiet", "--soft", "main")
    center.commit("2026-11-23")
    assert codes(center.gather()) == []
    kept = ["SHA256SUMS", "COMPLETE", f"{FIRST}.md"]
    assert set(center.archived()) == {f"{SLUG}/{name}" for name in kept}


def test_without_git_what_is_not_archived_is_unknown(center: Center, tmp_path: Path) -> None:
    edit(center)
    (center.root / ".git").rename(tmp_path / "gone")
    with pytest.raises(ReleaseError, match="Nothing tells what readers know"):
        write_release(center)
