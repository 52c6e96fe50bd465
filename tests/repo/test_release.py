"""A release on a real repository: what it writes, what it refuses, what it leaves alone."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from gazette.authoring import release
from gazette.authoring.release import ReleaseOptions
from gazette.errors import ArchiveError, PolicyError, ReleaseError
from gazette.record import archive, policies
from repositories import TODAY, Project, codes, text

SLUG = "privacy-policy"
PATH = f"docs/policies/{SLUG}.md"
FIRST, SECOND = "2026-01-05.v1", "2026-11-23.v1"
OPTIONS = ReleaseOptions(TODAY, summary="We keep data for ninety days.")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "project").init()
    project.post(SLUG, FIRST, "Thirty days.\n")
    return project


def edit(project: Project, old: str = "Thirty", new: str = "Ninety") -> None:
    data = (project.root / PATH).read_bytes()
    assert old.encode() in data
    (project.root / PATH).write_bytes(data.replace(old.encode(), new.encode()))


def write_release(project: Project, options: ReleaseOptions = OPTIONS) -> list[str]:
    register = project.gather()
    (policy,) = [policy for policy in register.policies if policy.slug == SLUG]
    draft = release.draft_to_release(register, policy, project.settings.markdown)
    planned = release.plan(project.settings, register, draft, options)
    return release.write_release(project.settings, planned, TODAY)


def file(project: Project) -> str:
    return (project.root / PATH).read_bytes().decode()


def test_an_edit_becomes_the_next_version_and_the_last_one_is_archived(project: Project) -> None:
    posted = file(project)
    edit(project)
    assert write_release(project) == [f"{SLUG}/{FIRST}.md"]
    stated = text(SECOND, "Ninety days.\n", summary="We keep data for ninety days.")
    assert file(project) == stated
    assert project.archived()[f"{SLUG}/{FIRST}.md"] == posted
    assert project.archived()[f"{SLUG}/COMPLETE"] == f"{SECOND}\n"
    assert codes(project.gather()) == []
    project.commit("2026-11-23")
    assert codes(project.gather()) == []
    assert project.build() == []


def test_a_second_release_on_one_day_is_number_two(project: Project) -> None:
    edit(project)
    write_release(project)
    project.commit("2026-11-23")
    edit(project, "Ninety", "Sixty")
    assert write_release(project, ReleaseOptions(TODAY, summary="Sixty.")) == [
        f"{SLUG}/{SECOND}.md"
    ]
    assert "version: 2026-11-23.v2\n" in file(project)
    assert codes(project.gather()) == []


def test_before_it_is_committed_a_release_can_be_made_anew(project: Project) -> None:
    edit(project)
    write_release(project)
    edit(project, "Ninety days.", "Ninety days, at most.")
    assert write_release(project, ReleaseOptions(date(2026, 11, 25))) == []
    assert "version: 2026-11-25.v1\nupdated: 2026-11-25\n" in file(project)
    assert "summary: We keep data for ninety days.\n" in file(project)
    kept = ["SHA256SUMS", "COMPLETE", "READINGS", "SECTIONS", f"{FIRST}.md"]
    assert set(project.archived()) == {f"{SLUG}/{name}" for name in kept}


def test_every_other_byte_stays(project: Project) -> None:
    source = (
        "\ufeff---\r\n# Ask legal first.\r\ntitle: 'Privacy Policy'  # for readers\r\n"
        f'version: "{FIRST}" # see the guide\r\nupdated: 2026-01-05\r\n'
        "summary: >\r\n  Old\r\n  words.\r\n# Internal: 7\r\n---\r\n\r\nThirty  days. \r\n"
    )
    project.put(PATH, source)
    project.commit("2026-01-06")
    os.chmod(project.root / PATH, 0o664)
    edit(project)
    write_release(project)
    assert file(project) == (
        "\ufeff---\r\n# Ask legal first.\r\ntitle: 'Privacy Policy'  # for readers\r\n"
        f'version: "{SECOND}" # see the guide\r\nupdated: 2026-11-23\r\n'
        "summary: We keep data for ninety days.\r\n# Internal: 7\r\n---\r\n\r\nNinety  days. \r\n"
    )
    assert (project.root / PATH).stat().st_mode & 0o777 == 0o664


def test_an_editorial_change_needs_no_summary(project: Project) -> None:
    edit(project, "days.", "days")
    write_release(project, ReleaseOptions(TODAY, editorial=True))
    assert file(project) == text(SECOND, "Thirty days\n", change="editorial")


def test_what_the_last_version_said_of_itself_goes(project: Project) -> None:
    facts = {"effective": "2026-03-01", "change": "editorial", "summary": "Old words."}
    project.post(SLUG, "2026-02-01.v1", "Thirty days.\n", **facts)
    edit(project)
    with pytest.raises(ReleaseError, match="tells readers what changes"):
        write_release(project, ReleaseOptions(TODAY))
    write_release(project)
    assert file(project) == text(SECOND, "Ninety days.\n", summary=OPTIONS.summary)


def test_what_was_said_of_the_step_before_goes(project: Project) -> None:
    headed = "## Keeping\n\nThirty days.\n"
    project.post(SLUG, "2026-01-06.v1", headed, continues="\n  Keeping: []")
    edit(project)
    write_release(project)
    assert "continues" not in file(project)
    assert "## Keeping\n\nNinety days.\n" in file(project)
    edit(project, "---\n\n", 'continues: {"Keeping": Holding}\n---\n\n')
    project.commit("2026-11-23")
    edit(project, "Ninety", "Sixty")
    edit(project, "Holding", "Storing")
    write_release(project, ReleaseOptions(date(2026, 11, 25), summary="Sixty."))
    assert 'continues: {"Keeping": Storing}\n' in file(project)


def test_what_the_editor_wrote_into_the_file_stays(project: Project) -> None:
    facts = {"effective": "2027-01-01", "summary": "Ninety days from now on."}
    project.write(SLUG, FIRST, "Ninety days.\n", **facts)
    write_release(project, ReleaseOptions(TODAY))
    assert file(project) == text(SECOND, "Ninety days.\n", **facts)


def test_the_day_it_applies(project: Project) -> None:
    edit(project)
    with pytest.raises(ReleaseError, match="but apply since 2026-11-01"):
        write_release(project, ReleaseOptions(TODAY, effective=date(2026, 11, 1), summary="x"))
    write_release(project, ReleaseOptions(TODAY, effective=date(2027, 1, 1), summary="x"))
    assert "updated: 2026-11-23\neffective: 2027-01-01\nsummary: x\n" in file(project)
    assert project.gather().policies[0].in_force == project.gather().policies[0].versions[0]


@pytest.mark.parametrize("summary", ["\u200b", " \ufeff ", "\u3164"])
def test_a_summary_that_nobody_sees_is_none(project: Project, summary: str) -> None:
    edit(project)
    with pytest.raises(ReleaseError, match="tells readers what changes"):
        write_release(project, ReleaseOptions(TODAY, summary=summary))


def test_a_policy_that_is_new_gets_its_day(project: Project) -> None:
    project.write("cookie-policy", "2026-11-01.v1")
    register = project.gather()
    draft = release.draft_to_release(register, register.policies[0], project.settings.markdown)
    planned = release.plan(project.settings, register, draft, ReleaseOptions(TODAY))
    assert release.write_release(project.settings, planned, TODAY) == []
    assert (project.policies / "cookie-policy.md").read_text() == text(
        SECOND, title="Privacy Policy"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [("Thirty", "Thirty"), ("Thirty days", "Thirty\ndays"), ("title: P", "title:  P")],
)
def test_nothing_changed_for_readers(project: Project, old: str, new: str) -> None:
    edit(project, old, new)
    with pytest.raises(ReleaseError, match="Nothing changed for readers since version 2026-01-05"):
        write_release(project)


@pytest.mark.parametrize(
    ("old", "new"), [("Privacy Policy", "Data Policy"), ("days", "[days](#x)")]
)
def test_a_title_or_a_link_is_a_change(project: Project, old: str, new: str) -> None:
    edit(project, old, new)
    write_release(project)
    assert f"version: {SECOND}" in file(project)


def test_a_day_before_the_newest_version_is_refused(project: Project) -> None:
    edit(project)
    with pytest.raises(ReleaseError, match="cannot be posted on 2026-01-04"):
        write_release(project, ReleaseOptions(date(2026, 1, 4), summary="x"))


def test_a_damaged_archive_is_refused_and_nothing_is_written(project: Project) -> None:
    edit(project)
    before = file(project)
    project.put(f"versions/{SLUG}/{FIRST}.md", "Something else.\n")
    with pytest.raises(ArchiveError):
        write_release(project)
    assert file(project) == before
    assert list(project.archived()) == [f"{SLUG}/{FIRST}.md"]


def test_mistakes_in_the_file_are_refused(project: Project) -> None:
    edit(project)
    project.put("docs/policies/other.md", "---\ntitle: x\n---\n")
    write_release(project)
    project.commit("2026-11-23")
    edit(project, "title: Privacy Policy", "title: Privacy Policy\nformerly: [privacy-policy]")
    edit(project, "Ninety", "Sixty")
    with pytest.raises(PolicyError, match="the policy itself"):
        write_release(project)


def test_a_failure_half_way_leaves_all_as_it_was(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project)
    before = file(project)

    def full(*_: object) -> list[str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "freeze", full)
    with pytest.raises(ReleaseError, match="No space left"):
        write_release(project)
    assert file(project) == before
    assert sorted(file.name for file in project.policies.iterdir()) == [f"{SLUG}.md"]


def test_only_this_policy_is_archived(project: Project) -> None:
    project.post("terms", FIRST, "Terms.\n")
    project.post("terms", "2026-02-01.v1", "New terms.\n", summary="New.")
    edit(project)
    assert write_release(project) == [f"{SLUG}/{FIRST}.md"]
    assert project.archived()[f"{SLUG}/COMPLETE"] == f"{SECOND}\n"


def test_a_draft_committed_on_a_branch_is_archived_as_readers_knew_it(project: Project) -> None:
    posted = file(project)
    project.git("switch", "--quiet", "--create", "draft")
    edit(project)
    project.commit("2026-11-22")
    write_release(project)
    assert project.archived()[f"{SLUG}/{FIRST}.md"] == posted
    project.commit("2026-11-23")
    assert codes(project.gather()) == []
    project.git("switch", "--quiet", "main")
    project.git("merge", "--quiet", "--no-ff", "-m", "Merge", "draft", day="2026-11-23")
    assert codes(project.gather()) == []
    assert project.build() == []


def test_a_version_that_was_only_proposed_is_stamped_anew(project: Project) -> None:
    project.git("switch", "--quiet", "--create", "draft")
    edit(project)
    write_release(project)
    project.commit("2026-11-23")
    edit(project, "Ninety", "Sixty")
    register = policies.gather(project.settings, TODAY, base_name="main")
    draft = release.draft_to_release(register, register.policies[0], project.settings.markdown)
    planned = release.plan(
        project.settings, register, draft, ReleaseOptions(TODAY, summary="Sixty.")
    )
    assert release.write_release(project.settings, planned, TODAY) == []
    assert file(project) == text(SECOND, "Sixty days.\n", summary="Sixty.")
    project.git("reset", "--quiet", "--soft", "main")
    project.commit("2026-11-23")
    assert codes(project.gather()) == []
    kept = ["SHA256SUMS", "COMPLETE", "READINGS", "SECTIONS", f"{FIRST}.md"]
    assert set(project.archived()) == {f"{SLUG}/{name}" for name in kept}


def test_without_git_what_is_not_archived_is_unknown(project: Project, tmp_path: Path) -> None:
    edit(project)
    (project.root / ".git").rename(tmp_path / "gone")
    with pytest.raises(ReleaseError, match="Nothing tells what readers know"):
        write_release(project)
