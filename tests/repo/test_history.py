"""What was published, read from real repositories."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from gazette.errors import HistoryError
from gazette.record.history import read_history
from gazette.record.metadata_index import MetadataIndex
from repositories import Project, codes, outline, replay, text


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project").init()


CASES = {
    "three-versions": {
        "privacy-policy": [
            "2026-01-05.v1 superseded versions",
            "2026-02-01.v1 superseded versions",
            "2026-03-01.v1 in force docs",
        ]
    },
    "reverted-release": {
        "privacy-policy": ["2026-01-05.v1 in force docs", "2026-02-01.v1 withdrawn versions"]
    },
    "retired": {
        "cookie-policy": ["2026-01-05.v1 superseded versions", "2026-05-01.v1 retired versions"],
        "privacy-policy": ["2026-01-05.v1 in force docs"],
    },
    "re-created": {
        "cookie-policy": ["2026-01-05.v1 superseded versions", "2026-05-01.v1 in force docs"],
        "privacy-policy": ["2026-01-05.v1 in force docs"],
    },
    "renamed": {
        "cookie-policy": ["2026-01-05.v1 superseded versions", "2026-05-01.v1 in force docs"]
    },
    "formerly": {
        "prices": [
            "2026-01-05.v1 superseded versions",
            "2026-03-01.v1 superseded versions",
            "2026-06-01.v1 in force docs",
        ]
    },
    "name-reused": {
        "terms": ["2026-03-01.v1 superseded versions", "2026-04-01.v1 in force docs"],
        "terms-of-sale": ["2026-01-05.v1 superseded versions", "2026-03-01.v1 in force docs"],
    },
    "twins": {
        "delivery": ["2026-01-05.v1 in force docs"],
        "returns": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"],
        "shipping": ["2026-01-05.v1 superseded versions", "2026-03-01.v1 in force docs"],
    },
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, tmp_path: Path) -> None:
    project = replay(case, tmp_path / "project")

    assert outline(project.gather()) == CASES[case]
    assert codes(project.gather()) == []


@pytest.mark.parametrize("case", CASES)
def test_case_built_at_every_commit_is_known_by_the_archive_alone(
    case: str, tmp_path: Path
) -> None:
    project = replay(case, tmp_path / "project")
    commits = project.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
    for commit in commits:
        project.git("checkout", "--quiet", commit)
        project.build()
    (project.root / ".git").rename(tmp_path / "git")

    assert outline(project.gather()) == CASES[case]
    assert project.build() == []


@pytest.mark.parametrize("case", CASES)
def test_case_built_once_is_known_by_the_archive_alone(case: str, tmp_path: Path) -> None:
    project = replay(case, tmp_path / "project")
    with_git = project.gather().policies
    project.build()
    (project.root / ".git").rename(tmp_path / "git")
    alone = project.gather().policies

    assert outline(project.gather()) == CASES[case]
    assert [(entry.retired, entry.former_slugs) for entry in alone] == [
        (entry.retired, entry.former_slugs) for entry in with_git
    ]


def test_text_of_a_version_is_the_last_that_carried_it(tmp_path: Path) -> None:
    project = replay("three-versions", tmp_path / "project")

    first = project.gather().policies[0].versions[0]

    assert "email address" in first.text


def test_author_dates_out_of_order_change_nothing(project: Project) -> None:
    project.write("privacy-policy", "2026-01-05.v1")
    project.commit("2026-01-05", author_day="2026-06-01")
    project.write("privacy-policy", "2026-02-01.v1", summary="More.")
    project.commit("2026-01-04", author_day="2025-01-01")

    assert outline(project.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_merge_brings_the_branch_as_one_step(project: Project) -> None:
    project.post("privacy-policy", "2026-01-05.v1")
    project.git("checkout", "--quiet", "-b", "draft")
    project.post("privacy-policy", "2026-01-20.v1", "A draft that nobody published.\n")
    project.post("privacy-policy", "2026-02-01.v1", "The final words.\n", summary="All new.")
    project.git("checkout", "--quiet", "main")
    project.put("README.md", "Meanwhile.\n")
    project.commit("2026-01-25")
    project.git("merge", "--quiet", "--no-ff", "-m", "Merge", "draft", day="2026-02-02")

    assert outline(project.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_squash_merge_brings_the_branch_as_one_step(project: Project) -> None:
    project.post("privacy-policy", "2026-01-05.v1")
    project.git("checkout", "--quiet", "-b", "draft")
    project.post("privacy-policy", "2026-01-20.v1", "A draft that nobody published.\n")
    project.post("privacy-policy", "2026-02-01.v1", "The final words.\n", summary="All new.")
    project.git("checkout", "--quiet", "main")
    project.git("merge", "--quiet", "--squash", "draft")
    project.commit("2026-02-02")

    assert outline(project.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_moved_from_another_folder_keeps_its_history(project: Project) -> None:
    project.put("legal/privacy.md", text("2026-01-05.v1"))
    project.commit("2026-01-05")
    project.put("legal/privacy.md", text("2026-02-01.v1", summary="More."))
    project.commit("2026-02-01")
    project.git("mv", "legal/privacy.md", "docs/policies/privacy-policy.md")
    project.commit("2026-03-01")

    assert outline(project.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }
    assert project.gather().policies[0].former_slugs == ()


def test_moved_out_of_the_folder_is_retired(project: Project) -> None:
    project.post("privacy-policy", "2026-01-05.v1")
    project.git("mv", "docs/policies/privacy-policy.md", "docs/old.md")
    project.commit("2026-03-01")
    (policy,) = project.gather().policies

    assert outline(project.gather()) == {"privacy-policy": ["2026-01-05.v1 retired versions"]}
    assert policy.retired == date(2026, 3, 1)


def test_line_endings_and_byte_order_mark_are_kept_to_the_byte(project: Project) -> None:
    windows = b"\xef\xbb\xbf" + text("2026-01-05.v1").replace("\n", "\r\n").encode()
    project.put("docs/policies/privacy-policy.md", windows)
    project.commit("2026-01-05")
    project.post("privacy-policy", "2026-02-01.v1", summary="More.")
    project.build()

    kept = project.versions / "privacy-policy" / "2026-01-05.v1.md"
    assert kept.read_bytes() == windows
    assert codes(project.gather()) == []


def test_old_text_that_is_not_utf_8_is_kept_to_the_byte(project: Project) -> None:
    latin = text("2026-01-05.v1", "Caf\xe9 \x80.\n").encode("latin-1")
    project.put("docs/policies/privacy-policy.md", latin)
    project.commit("2026-01-05")
    project.post("privacy-policy", "2026-02-01.v1", summary="More.")
    project.build()
    old = project.gather().policies[0].versions[0]

    assert old.read() == latin
    assert "Café €." in old.text


def test_detached_head(tmp_path: Path) -> None:
    project = replay("three-versions", tmp_path / "project")
    project.git("checkout", "--quiet", "--detach", "HEAD~1")

    assert outline(project.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_linked_worktree(tmp_path: Path) -> None:
    project = replay("three-versions", tmp_path / "project")
    project.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    linked = Project(tmp_path / "linked")

    assert outline(linked.gather()) == CASES["three-versions"]


def test_project_that_is_a_submodule(tmp_path: Path) -> None:
    project = replay("three-versions", tmp_path / "project")
    outer = Project(tmp_path / "outer").init()
    outer.git("submodule", "--quiet", "add", str(project.root), "help")

    assert outline(Project(outer.root / "help").gather()) == CASES["three-versions"]


def test_docs_that_are_a_submodule(tmp_path: Path) -> None:
    words = Project(tmp_path / "words").init()
    words.put("policies/privacy-policy.md", text("2026-01-05.v1"))
    words.commit("2026-01-05")
    words.put("policies/privacy-policy.md", text("2026-02-01.v1", summary="More."))
    words.commit("2026-02-01")
    outer = Project(tmp_path / "outer").init()
    outer.put("README.md", "Outer.\n")
    outer.policies.rmdir()
    outer.policies.parent.rmdir()
    outer.git("submodule", "--quiet", "add", str(words.root), "docs")
    outer.commit("2026-02-02")

    assert outline(outer.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_project_in_a_folder_of_a_larger_repository_with_a_submodule(tmp_path: Path) -> None:
    other = Project(tmp_path / "other").init()
    other.post("privacy-policy", "2020-01-01.v1")
    whole = Project(tmp_path / "whole").init()
    whole.git("submodule", "--quiet", "add", str(other.root), "vendor.md")
    part = Project(whole.root / "web" / "help", whole.root)
    part.post("privacy-policy", "2026-01-05.v1")
    part.post("privacy-policy", "2026-02-01.v1", summary="More.")

    assert outline(part.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_uncommitted_new_version_archives_what_head_holds(project: Project) -> None:
    project.post("privacy-policy", "2026-01-05.v1", "As committed.\n")
    project.write("privacy-policy", "2026-02-01.v1", "As typed.\n", summary="More.")

    assert project.build() == ["privacy-policy/2026-01-05.v1.md"]
    assert "As committed." in project.archived()["privacy-policy/2026-01-05.v1.md"]


def test_uncommitted_deletion_is_not_recorded_yet(project: Project) -> None:
    project.post("privacy-policy", "2026-01-05.v1")
    project.delete("privacy-policy")

    assert outline(project.gather()) == {"privacy-policy": ["2026-01-05.v1 retired versions"]}
    assert project.gather().policies[0].retired == date(2026, 11, 23)
    assert project.build() == ["privacy-policy/2026-01-05.v1.md"]


def test_no_git_at_all(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("privacy-policy", "2026-01-05.v1")

    assert outline(project.gather()) == {"privacy-policy": ["2026-01-05.v1 in force docs"]}
    assert project.build() == []
    assert project.archived() == {}


def test_repository_without_a_commit(project: Project) -> None:
    project.write("privacy-policy", "2026-01-05.v1")

    assert outline(project.gather()) == {"privacy-policy": ["2026-01-05.v1 in force docs"]}


def test_new_policy_not_yet_committed(project: Project) -> None:
    project.post("privacy-policy", "2026-01-05.v1")
    project.write("cookie-policy", "2026-02-01.v1")

    assert outline(project.gather()) == {
        "cookie-policy": ["2026-02-01.v1 in force docs"],
        "privacy-policy": ["2026-01-05.v1 in force docs"],
    }


def test_git_that_refuses_is_a_sentence(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.post("privacy-policy", "2026-01-05.v1")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")

    with pytest.raises(HistoryError) as caught:
        project.gather()
    assert str(caught.value) == (
        f"Git refuses to read {project.root}, because another user owns the folder. If you trust "
        "it, run this once, then build again: "
        f"git config --global --add safe.directory {project.root}"
    )


def test_damaged_repository_is_a_sentence(project: Project) -> None:
    project.post("privacy-policy", "2026-01-05.v1")
    (project.root / ".git" / "refs" / "heads" / "main").write_text("0" * 39 + "1\n")

    with pytest.raises(HistoryError, match="Git cannot"):
        project.gather()


def test_worktree_whose_repository_is_gone_is_a_sentence(tmp_path: Path) -> None:
    project = replay("three-versions", tmp_path / "project")
    project.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    shutil.rmtree(project.root)

    with pytest.raises(HistoryError, match=r"linked/\.git is there, but git cannot open it"):
        Project(tmp_path / "linked").gather()


def test_machine_without_git(tmp_path: Path) -> None:
    project = replay("three-versions", tmp_path / "project")
    program = (
        "import sys, pathlib; from gazette.record.git_texts import open_repository\n"
        "print(open_repository(pathlib.Path(sys.argv[1]) / 'docs' / 'policies'))"
    )

    def run(folder: Path) -> str:
        command = [sys.executable, "-c", program, str(folder)]
        environment = {"PATH": str(tmp_path)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    assert "HistoryError: This project is kept in git, but the program git is not" in run(
        project.root
    )
    (project.root / ".git").rename(tmp_path / "gone")
    assert run(project.root) == "None\n"


def test_lost_text_is_a_sentence(project: Project) -> None:
    project.post("privacy-policy", "2026-01-05.v1")
    lost = project.git("rev-parse", "HEAD:docs/policies/privacy-policy.md").strip()
    (project.root / ".git" / "objects" / lost[:2] / lost[2:]).unlink()

    with pytest.raises(HistoryError, match=f"Git has lost the text {lost}"):
        project.gather()


def test_malformed_front_matter_in_the_past_is_no_version(project: Project) -> None:
    project.put("docs/policies/privacy-policy.md", "---\nversion: [\n---\n\nBroken.\n")
    project.commit("2026-01-01")
    project.put("docs/policies/privacy-policy.md", "No metadata yet.\n")
    project.commit("2026-01-02")
    project.post("privacy-policy", "2026-01-05.v1")

    assert outline(project.gather()) == {"privacy-policy": ["2026-01-05.v1 in force docs"]}
    assert codes(project.gather()) == []


def test_policy_that_never_had_metadata_leaves_no_trace(project: Project) -> None:
    project.put("docs/policies/notes.md", "No metadata.\n")
    project.commit("2026-01-01")
    project.delete("notes")
    project.post("privacy-policy", "2026-01-05.v1")

    assert outline(project.gather()) == {"privacy-policy": ["2026-01-05.v1 in force docs"]}


def test_two_policies_may_bear_the_same_version(project: Project) -> None:
    for version in ("2026-01-05.v1", "2026-02-01.v1"):
        project.write("privacy-policy", version, summary="More.")
        project.write("cookie-policy", version, "We set cookies.\n", summary="More.")
        project.commit(version[:10])

    versions = ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    assert outline(project.gather()) == {"cookie-policy": versions, "privacy-policy": versions}


def test_link_in_place_of_a_policy_is_no_text(project: Project) -> None:
    project.post("privacy-policy", "2026-01-05.v1")
    (project.policies / "cookie-policy.md").symlink_to("privacy-policy.md")
    project.commit("2026-01-06")

    index = MetadataIndex({}, "metadata", lambda data: ())
    history = read_history(project.settings, index, {})

    assert history
    assert [history.slug for history in history.files] == ["privacy-policy"]


def test_unusual_git_settings_change_nothing(tmp_path: Path) -> None:
    project = replay("renamed", tmp_path / "project")
    for setting in (
        *("log.showRoot=false", "log.showSignature=true", "diff.renames=false", "color.ui=always"),
        *("diff.noprefix=true", "log.date=relative", "core.quotePath=true", "log.follow=true"),
    ):
        project.git("config", *setting.split("="))

    assert outline(project.gather()) == CASES["renamed"]
