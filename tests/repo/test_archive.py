"""What a build writes to `versions/`, and that it is enough without the history."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from gazette.errors import ArchiveError, HistoryError
from repositories import Project, codes, outline, replay, text

LISTS = ["privacy-policy/COMPLETE", "privacy-policy/SHA256SUMS"]
THREE = {
    "privacy-policy": [
        "2026-01-05.v1 superseded versions",
        "2026-02-01.v1 superseded versions",
        "2026-03-01.v1 in force docs",
    ]
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project").init()


@pytest.fixture
def three(tmp_path: Path) -> Project:
    return replay("three-versions", tmp_path / "three")


def clone(project: Project, folder: Path, depth: int) -> Project:
    project.git("clone", "--quiet", f"--depth={depth}", f"file://{project.root}", str(folder))
    return Project(folder)


def test_build_archives_once_and_says_what(three: Project) -> None:
    first = ["privacy-policy/2026-01-05.v1.md", "privacy-policy/2026-02-01.v1.md"]

    assert three.build() == first
    assert set(three.archived()) == {*LISTS, *first}
    assert three.archived()[LISTS[0]] == "2026-03-01.v1\n"
    assert three.build() == []


def test_digests_can_be_checked_by_the_usual_program(three: Project) -> None:
    three.build()

    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    folder = three.versions / "privacy-policy"
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0


def test_what_is_written_after_the_gathering_belongs_to_the_next_build(three: Project) -> None:
    (gathered,) = three.gather().policies
    three.write("privacy-policy", "2026-03-01.v1", "Something else.\n")

    assert all(sha256(item.read()).hexdigest() == item.sha256 for item in gathered.versions)


def test_preview_writes_nothing(three: Project) -> None:
    three.gather()

    assert not three.versions.exists()


def test_archive_is_not_written_again(three: Project) -> None:
    three.build()
    before = {file: file.stat().st_mtime_ns for file in three.versions.rglob("*")}
    three.build()

    assert {file: file.stat().st_mtime_ns for file in three.versions.rglob("*")} == before


def test_archive_that_is_not_text_for_git_keeps_its_bytes(three: Project, tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parents[2] / ".gitattributes", three.root)
    three.put(
        "docs/policies/privacy-policy.md", text("2026-04-01.v1", summary="x").replace("\n", "\r\n")
    )
    three.commit("2026-04-01")
    three.post("privacy-policy", "2026-05-01.v1", summary="More.")
    three.build()
    three.commit("2026-05-02")
    three.git("config", "core.autocrlf", "true")
    shutil.rmtree(three.versions)
    three.git("checkout", "--quiet", "--", "versions")

    assert three.build() == []


def test_exported_tree_without_git(three: Project, tmp_path: Path) -> None:
    three.build()
    (three.root / ".git").rename(tmp_path / "gone")

    assert outline(three.gather()) == THREE
    assert codes(three.gather()) == []


def test_squashed_history(three: Project) -> None:
    three.build()
    three.squash("2026-06-01")
    three.git("branch", "-D", "main")

    assert outline(three.gather()) == THREE
    assert three.build() == []


def test_rewritten_dates_record_no_second_retirement(tmp_path: Path) -> None:
    project = replay("retired", tmp_path / "project")
    project.build()
    tree = [project.git("rev-parse", f"HEAD~{back}^{{tree}}").strip() for back in (2, 1, 0)]
    parent: list[str] = []
    for item in tree:
        made = project.git(
            "commit-tree", item, *parent, "-m", "Rewritten", day="2026-09-09"
        ).strip()
        parent = ["-p", made]
    project.git("reset", "--quiet", "--soft", made)

    assert project.build() == []
    assert project.gather().policies[0].retired == date(2026, 6, 1)


def test_shallow_clone_with_a_complete_archive(three: Project, tmp_path: Path) -> None:
    three.build()
    three.commit("2026-03-02")

    assert outline(clone(three, tmp_path / "shallow", 1).gather()) == THREE


def test_shallow_clone_that_sees_back_to_where_the_archive_is_complete(
    three: Project, tmp_path: Path
) -> None:
    three.build()
    three.commit("2026-03-02")
    three.post("privacy-policy", "2026-05-01.v1", summary="More.")
    shallow = clone(three, tmp_path / "shallow", 2)

    assert shallow.build() == ["privacy-policy/2026-03-01.v1.md"]
    assert outline(shallow.gather()) == {
        "privacy-policy": [
            *THREE["privacy-policy"][:2],
            "2026-03-01.v1 superseded versions",
            "2026-05-01.v1 in force docs",
        ]
    }


def test_shallow_clone_of_a_project_without_an_archive(three: Project, tmp_path: Path) -> None:
    with pytest.raises(HistoryError) as caught:
        clone(three, tmp_path / "shallow", 1).gather()
    assert str(caught.value) == (
        "This is a shallow clone: git holds only the newest commits here, and versions/ does not "
        "say that it is complete for privacy-policy. Fetch the whole history with: git fetch "
        "--unshallow (in a workflow, set fetch-depth: 0 on the checkout step); or build once in a "
        "full clone and commit versions/."
    )


def test_shallow_clone_newer_than_its_archive(three: Project, tmp_path: Path) -> None:
    three.build()
    three.commit("2026-03-02")
    three.post("privacy-policy", "2026-05-01.v1", summary="More.")

    with pytest.raises(HistoryError, match="complete for privacy-policy"):
        clone(three, tmp_path / "shallow", 1).gather()


def test_shallow_clone_with_a_policy_not_committed_yet(three: Project, tmp_path: Path) -> None:
    three.build()
    three.commit("2026-03-02")
    shallow = clone(three, tmp_path / "shallow", 1)
    shallow.write("cookie-policy", "2026-06-01.v1")

    assert outline(shallow.gather())["cookie-policy"] == ["2026-06-01.v1 in force docs"]


def test_shallow_clone_after_going_back(tmp_path: Path) -> None:
    project = replay("three-versions", tmp_path / "project")
    project.build()
    project.git("checkout", "--quiet", "HEAD~1", "--", "docs")
    project.commit("2026-03-03")
    project.build()
    project.put("versions/COMPLETE", "privacy-policy 2026-02-01.v1\nprivacy-policy 2026-03-01.v1\n")
    project.commit("2026-03-04")

    assert outline(clone(project, tmp_path / "shallow", 1).gather()) == {
        "privacy-policy": [
            "2026-01-05.v1 superseded versions",
            "2026-02-01.v1 in force docs",
            "2026-03-01.v1 withdrawn versions",
        ]
    }


def test_version_that_is_lost_is_reported(three: Project, tmp_path: Path) -> None:
    three.build()
    three.post("privacy-policy", "2026-05-01.v1", summary="More.")
    (three.root / ".git").rename(tmp_path / "gone")

    assert [str(item) for item in three.gather().problems] == [
        "docs/policies/privacy-policy.md: Version 2026-03-01.v1 of privacy-policy was published, "
        "but its text is missing. Build once in a full clone that still has it, and commit what it "
        "writes to versions/. [missing-version]"
    ]


def test_draft_that_was_built_and_given_up_is_not_missed(three: Project) -> None:
    three.write("privacy-policy", "2026-09-01.v1", summary="A draft.")
    three.build()
    three.git("checkout", "--quiet", "--", "docs")

    assert codes(three.gather()) == []
    three.build()
    assert three.archived()[LISTS[0]] == "2026-03-01.v1\n"


@pytest.mark.parametrize("stopped_at", range(1, 5))
def test_killed_build_is_repaired_by_the_next(
    three: Project, monkeypatch: pytest.MonkeyPatch, stopped_at: int
) -> None:
    shutil.copy(Path(__file__).parents[2] / ".gitignore", three.root)
    three.commit("2026-03-02")
    replace, done = os.replace, []

    def kill(old: str, new: Path) -> None:
        done.append(new)
        if len(done) == stopped_at:
            raise KeyboardInterrupt
        replace(old, new)

    monkeypatch.setattr(os, "replace", kill)
    monkeypatch.setattr(os, "unlink", lambda _: None)  # who is killed cleans nothing up
    with pytest.raises(KeyboardInterrupt):
        three.build()
    monkeypatch.undo()
    three.build()
    three.git("add", "--all")

    assert three.git("ls-files", "versions").replace("versions/", "").split() == [
        *("privacy-policy/2026-01-05.v1.md", "privacy-policy/2026-02-01.v1.md"),
        *LISTS,
    ]
    assert three.build() == []


def test_archived_file_that_was_edited(three: Project) -> None:
    three.build()
    three.put("versions/privacy-policy/2026-01-05.v1.md", text("2026-01-05.v1", "Other words.\n"))

    with pytest.raises(ArchiveError) as caught:
        three.build()
    assert "versions/privacy-policy/2026-01-05.v1.md: The file is not what was archived." in str(
        caught.value
    )
    assert "git checkout HEAD -- versions/privacy-policy/2026-01-05.v1.md" in str(caught.value)


def test_archived_file_and_digest_that_differ_from_git(three: Project) -> None:
    three.build()
    edited = text("2026-01-05.v1", "Other words.\n")
    three.put("versions/privacy-policy/2026-01-05.v1.md", edited)
    sums = subprocess.run(
        ["sha256sum", "2026-01-05.v1.md", "2026-02-01.v1.md"],
        cwd=three.versions / "privacy-policy",
        capture_output=True,
        check=True,
    )
    three.put("versions/privacy-policy/SHA256SUMS", sums.stdout)

    with pytest.raises(ArchiveError) as caught:
        three.gather()
    message = str(caught.value)
    assert "The archive and git hold different texts of this version." in message
    assert "-Other words." in message
    assert "+We explain here what happens to your data." in message
    assert "If git is right, delete versions/privacy-policy/2026-01-05.v1.md" in message
    assert three.archived()["privacy-policy/2026-01-05.v1.md"] == edited


def test_way_out_when_the_archive_is_right(three: Project) -> None:
    test_archived_file_and_digest_that_differ_from_git(three)
    present = (three.policies / "privacy-policy.md").read_bytes()
    archived = three.archived()["privacy-policy/2026-01-05.v1.md"]
    for words in (archived, present):
        three.put("docs/policies/privacy-policy.md", words)
        three.commit("2026-06-01")

    assert outline(three.gather()) == THREE


def test_way_out_when_git_is_right(three: Project) -> None:
    test_archived_file_and_digest_that_differ_from_git(three)
    (three.versions / "privacy-policy" / "2026-01-05.v1.md").unlink()
    lines = three.archived()[LISTS[1]].splitlines(keepends=True)
    three.put(f"versions/{LISTS[1]}", "".join(line for line in lines if "01-05" not in line))

    assert three.build() == ["privacy-policy/2026-01-05.v1.md"]


def test_text_of_any_time_the_version_was_current_is_accepted(project: Project) -> None:
    project.post("privacy-policy", "2026-01-05.v1", "First words.\n")
    project.post("privacy-policy", "2026-02-01.v1", "Second words.\n", summary="More.")
    project.build()
    project.post("privacy-policy", "2026-01-05.v1", "First words, touched up.\n")
    project.post("privacy-policy", "2026-03-01.v1", "Third words.\n", summary="More.")

    assert project.build() == [
        "privacy-policy/2026-02-01.v1.md",
        "privacy-policy/2026-02-01.returned",
    ]


def test_file_that_no_build_wrote(three: Project) -> None:
    three.put("versions/privacy-policy/2025-01-01.v1.md", text("2025-01-01.v1"))

    with pytest.raises(ArchiveError, match=r"has no digest in versions/privacy-policy/SHA256SUMS"):
        three.gather()


@pytest.mark.parametrize("committed", [False, True])
def test_file_that_no_build_writes(three: Project, committed: bool) -> None:
    three.put("versions/privacy-policy/notes.txt", "Mine.\n")
    if committed:
        three.commit("2026-04-01")

    with pytest.raises(ArchiveError, match=r"is no version, retirement or return") as stop:
        three.gather()
    assert "if it has one: only a build writes here." in str(stop.value)


def test_retirement_is_recorded_once(tmp_path: Path) -> None:
    project = replay("retired", tmp_path / "project")

    assert "cookie-policy/2026-06-01.retired" in project.build()
    assert project.archived()["cookie-policy/2026-06-01.retired"] == (
        "retired: 2026-06-01\nlast version: 2026-05-01.v1\n"
    )
    assert project.build() == []
    assert project.gather().policies[0].retired == date(2026, 6, 1)


def test_retired_again(tmp_path: Path) -> None:
    project = replay("retired", tmp_path / "project")
    project.build()
    project.git("revert", "--no-edit", "HEAD", day="2026-07-01")
    project.build()
    project.git("revert", "--no-edit", "HEAD", day="2026-08-01")

    assert project.build() == ["cookie-policy/2026-08-01.retired"]
    assert project.gather().policies[0].retired == date(2026, 8, 1)


def test_rename_is_recorded_and_its_old_address_leads_on(tmp_path: Path) -> None:
    project = replay("renamed", tmp_path / "project")
    project.build()

    assert project.archived()["cookies/2026-02-10.retired"] == (
        "retired: 2026-02-10\nlast version: 2026-01-05.v1\ncontinued as: cookie-policy\n"
    )
    (policy,) = project.gather().policies
    assert policy.former_slugs == ("cookies",)
    first, *later = policy.versions
    assert policy.original_slug(first) == "cookies"
    assert {policy.original_slug(version) for version in later} <= {"cookie-policy"}


def test_the_name_a_version_was_published_under_outlives_every_rename(project: Project) -> None:
    names = ["terms", "rules", "agreement"]
    published = []
    for month, name in enumerate(names, start=1):
        project.post(name, f"2026-0{month}-05.v1", f"Text {month}.\n", summary="More.")
        project.build()
        project.commit(f"2026-0{month}-06")
        (policy,) = project.gather().policies
        published.append(policy.original_slug(policy.newest))
        assert [policy.original_slug(item) for item in policy.versions] == published
        if month < len(names):
            project.git("mv", f"docs/policies/{name}.md", f"docs/policies/{names[month]}.md")
            project.commit(f"2026-0{month}-07")
    assert published == names


def test_renamed_there_and_back(project: Project) -> None:
    project.post("terms", "2026-01-05.v1")
    project.git("mv", "docs/policies/terms.md", "docs/policies/rules.md")
    project.commit("2026-01-06")
    project.build()
    project.commit("2026-01-07")
    project.git("mv", "docs/policies/rules.md", "docs/policies/terms.md")
    project.post("terms", "2026-02-01.v1", summary="More.")
    project.build()
    (project.root / ".git").rename(project.root.parent / "gone")
    (policy,) = project.gather().policies

    assert outline(project.gather()) == {
        "terms": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }
    assert policy.former_slugs == ("rules",)
    assert [policy.original_slug(version) for version in policy.versions] == ["terms", "terms"]


def test_two_branches_that_archived_merge_without_a_conflict(three: Project) -> None:
    three.build()
    three.commit("2026-03-02")
    three.git("checkout", "--quiet", "-b", "other")
    three.post("cookie-policy", "2026-04-01.v1")
    three.post("cookie-policy", "2026-04-02.v1", summary="More.")
    three.build()
    three.commit("2026-04-03")
    three.git("checkout", "--quiet", "main")
    three.post("privacy-policy", "2026-05-01.v1", summary="More.")
    three.build()
    three.commit("2026-05-02")
    three.git("merge", "--quiet", "--no-edit", "other", day="2026-05-03")

    assert three.build() == []
    assert three.archived()["cookie-policy/COMPLETE"] == "2026-04-02.v1\n"
    assert three.archived()["privacy-policy/COMPLETE"] == "2026-05-01.v1\n"


def test_name_given_to_an_older_policy(project: Project, tmp_path: Path) -> None:
    project.write("terms", "2026-03-01.v1", "Terms of use.\n", title="Terms of Use")
    project.write("sale", "2026-01-05.v1", "Terms of sale.\n", title="Terms of Sale")
    project.commit("2026-03-01")
    project.git("mv", "docs/policies/terms.md", "docs/policies/use.md")
    project.commit("2026-03-02")
    project.git("mv", "docs/policies/sale.md", "docs/policies/terms.md")
    project.commit("2026-03-03")
    project.post("terms", "2026-04-01.v1", "All new.\n", title="Terms", summary="More.")
    expected = {
        "terms": ["2026-01-05.v1 superseded versions", "2026-04-01.v1 in force docs"],
        "use": ["2026-03-01.v1 in force docs"],
    }
    assert outline(project.gather()) == expected
    assert "sale/2026-01-05.v1.md" in project.build()

    (project.root / ".git").rename(tmp_path / "gone")
    assert outline(project.gather()) == expected
