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
from repositories import Center, codes, replay, text, told


@pytest.fixture
def center(tmp_path: Path) -> Center:
    return Center(tmp_path / "center").init()


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
    center = replay(case, tmp_path / "center")

    assert told(center.gather()) == CASES[case]
    assert codes(center.gather()) == []


@pytest.mark.parametrize("case", CASES)
def test_case_built_at_every_commit_is_told_by_the_archive_alone(case: str, tmp_path: Path) -> None:
    center = replay(case, tmp_path / "center")
    commits = center.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
    for commit in commits:
        center.git("checkout", "--quiet", commit)
        center.build()
    (center.root / ".git").rename(tmp_path / "git")

    assert told(center.gather()) == CASES[case]
    assert center.build() == []


@pytest.mark.parametrize("case", CASES)
def test_case_built_once_is_told_by_the_archive_alone(case: str, tmp_path: Path) -> None:
    center = replay(case, tmp_path / "center")
    with_git = center.gather().policies
    center.build()
    (center.root / ".git").rename(tmp_path / "git")
    alone = center.gather().policies

    assert told(center.gather()) == CASES[case]
    assert [(one.retired, one.former_slugs) for one in alone] == [
        (one.retired, one.former_slugs) for one in with_git
    ]


def test_text_of_a_version_is_the_last_that_carried_it(tmp_path: Path) -> None:
    center = replay("three-versions", tmp_path / "center")

    first = center.gather().policies[0].versions[0]

    assert "email address" in first.text


def test_author_dates_out_of_order_change_nothing(center: Center) -> None:
    center.write("privacy-policy", "2026-01-05.v1")
    center.commit("2026-01-05", author_day="2026-06-01")
    center.write("privacy-policy", "2026-02-01.v1", summary="More.")
    center.commit("2026-01-04", author_day="2025-01-01")

    assert told(center.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_merge_brings_the_branch_as_one_step(center: Center) -> None:
    center.post("privacy-policy", "2026-01-05.v1")
    center.git("checkout", "--quiet", "-b", "draft")
    center.post("privacy-policy", "2026-01-20.v1", "A draft that nobody published.\n")
    center.post("privacy-policy", "2026-02-01.v1", "The final words.\n", summary="All new.")
    center.git("checkout", "--quiet", "main")
    center.put("README.md", "Meanwhile.\n")
    center.commit("2026-01-25")
    center.git("merge", "--quiet", "--no-ff", "-m", "Merge", "draft", day="2026-02-02")

    assert told(center.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_squash_merge_brings_the_branch_as_one_step(center: Center) -> None:
    center.post("privacy-policy", "2026-01-05.v1")
    center.git("checkout", "--quiet", "-b", "draft")
    center.post("privacy-policy", "2026-01-20.v1", "A draft that nobody published.\n")
    center.post("privacy-policy", "2026-02-01.v1", "The final words.\n", summary="All new.")
    center.git("checkout", "--quiet", "main")
    center.git("merge", "--quiet", "--squash", "draft")
    center.commit("2026-02-02")

    assert told(center.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_moved_from_another_folder_keeps_its_history(center: Center) -> None:
    center.put("legal/privacy.md", text("2026-01-05.v1"))
    center.commit("2026-01-05")
    center.put("legal/privacy.md", text("2026-02-01.v1", summary="More."))
    center.commit("2026-02-01")
    center.git("mv", "legal/privacy.md", "docs/policies/privacy-policy.md")
    center.commit("2026-03-01")

    assert told(center.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }
    assert center.gather().policies[0].former_slugs == ()


def test_moved_out_of_the_folder_is_retired(center: Center) -> None:
    center.post("privacy-policy", "2026-01-05.v1")
    center.git("mv", "docs/policies/privacy-policy.md", "docs/old.md")
    center.commit("2026-03-01")
    (policy,) = center.gather().policies

    assert told(center.gather()) == {"privacy-policy": ["2026-01-05.v1 retired versions"]}
    assert policy.retired == date(2026, 3, 1)


def test_line_endings_and_byte_order_mark_are_kept_to_the_byte(center: Center) -> None:
    windows = b"\xef\xbb\xbf" + text("2026-01-05.v1").replace("\n", "\r\n").encode()
    center.put("docs/policies/privacy-policy.md", windows)
    center.commit("2026-01-05")
    center.post("privacy-policy", "2026-02-01.v1", summary="More.")
    center.build()

    kept = center.versions / "privacy-policy" / "2026-01-05.v1.md"
    assert kept.read_bytes() == windows
    assert codes(center.gather()) == []


def test_old_text_that_is_not_utf_8_is_kept_to_the_byte(center: Center) -> None:
    latin = text("2026-01-05.v1", "Caf\xe9 \x80.\n").encode("latin-1")
    center.put("docs/policies/privacy-policy.md", latin)
    center.commit("2026-01-05")
    center.post("privacy-policy", "2026-02-01.v1", summary="More.")
    center.build()
    old = center.gather().policies[0].versions[0]

    assert old.read() == latin
    assert "Café €." in old.text


def test_detached_head(tmp_path: Path) -> None:
    center = replay("three-versions", tmp_path / "center")
    center.git("checkout", "--quiet", "--detach", "HEAD~1")

    assert told(center.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_linked_worktree(tmp_path: Path) -> None:
    center = replay("three-versions", tmp_path / "center")
    center.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    linked = Center(tmp_path / "linked")

    assert told(linked.gather()) == CASES["three-versions"]


def test_project_that_is_a_submodule(tmp_path: Path) -> None:
    center = replay("three-versions", tmp_path / "center")
    outer = Center(tmp_path / "outer").init()
    outer.git("submodule", "--quiet", "add", str(center.root), "help")

    assert told(Center(outer.root / "help").gather()) == CASES["three-versions"]


def test_docs_that_are_a_submodule(tmp_path: Path) -> None:
    words = Center(tmp_path / "words").init()
    words.put("policies/privacy-policy.md", text("2026-01-05.v1"))
    words.commit("2026-01-05")
    words.put("policies/privacy-policy.md", text("2026-02-01.v1", summary="More."))
    words.commit("2026-02-01")
    outer = Center(tmp_path / "outer").init()
    outer.put("README.md", "Outer.\n")
    outer.policies.rmdir()
    outer.policies.parent.rmdir()
    outer.git("submodule", "--quiet", "add", str(words.root), "docs")
    outer.commit("2026-02-02")

    assert told(outer.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_project_in_a_folder_of_a_larger_repository_with_a_submodule(tmp_path: Path) -> None:
    other = Center(tmp_path / "other").init()
    other.post("privacy-policy", "2020-01-01.v1")
    whole = Center(tmp_path / "whole").init()
    whole.git("submodule", "--quiet", "add", str(other.root), "vendor.md")
    part = Center(whole.root / "web" / "help", whole.root)
    part.post("privacy-policy", "2026-01-05.v1")
    part.post("privacy-policy", "2026-02-01.v1", summary="More.")

    assert told(part.gather()) == {
        "privacy-policy": ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    }


def test_uncommitted_new_version_archives_what_head_holds(center: Center) -> None:
    center.post("privacy-policy", "2026-01-05.v1", "As committed.\n")
    center.write("privacy-policy", "2026-02-01.v1", "As typed.\n", summary="More.")

    assert center.build() == ["privacy-policy/2026-01-05.v1.md"]
    assert "As committed." in center.archived()["privacy-policy/2026-01-05.v1.md"]


def test_uncommitted_deletion_is_not_recorded_yet(center: Center) -> None:
    center.post("privacy-policy", "2026-01-05.v1")
    center.delete("privacy-policy")

    assert told(center.gather()) == {"privacy-policy": ["2026-01-05.v1 retired versions"]}
    assert center.gather().policies[0].retired == date(2026, 11, 23)
    assert center.build() == ["privacy-policy/2026-01-05.v1.md"]


def test_no_git_at_all(tmp_path: Path) -> None:
    center = Center(tmp_path)
    center.write("privacy-policy", "2026-01-05.v1")

    assert told(center.gather()) == {"privacy-policy": ["2026-01-05.v1 in force docs"]}
    assert center.build() == []
    assert center.archived() == {}


def test_repository_without_a_commit(center: Center) -> None:
    center.write("privacy-policy", "2026-01-05.v1")

    assert told(center.gather()) == {"privacy-policy": ["2026-01-05.v1 in force docs"]}


def test_new_policy_not_yet_committed(center: Center) -> None:
    center.post("privacy-policy", "2026-01-05.v1")
    center.write("cookie-policy", "2026-02-01.v1")

    assert told(center.gather()) == {
        "cookie-policy": ["2026-02-01.v1 in force docs"],
        "privacy-policy": ["2026-01-05.v1 in force docs"],
    }


def test_git_that_refuses_is_a_sentence(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    center.post("privacy-policy", "2026-01-05.v1")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")

    with pytest.raises(HistoryError) as caught:
        center.gather()
    assert str(caught.value) == (
        f"Git refuses to read {center.root}, because another user owns the folder. If you trust "
        "it, run this once, then build again: "
        f"git config --global --add safe.directory {center.root}"
    )


def test_damaged_repository_is_a_sentence(center: Center) -> None:
    center.post("privacy-policy", "2026-01-05.v1")
    (center.root / ".git" / "refs" / "heads" / "main").write_text("0" * 39 + "1\n")

    with pytest.raises(HistoryError, match="Git cannot"):
        center.gather()


def test_worktree_whose_repository_is_gone_is_a_sentence(tmp_path: Path) -> None:
    center = replay("three-versions", tmp_path / "center")
    center.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    shutil.rmtree(center.root)

    with pytest.raises(HistoryError, match=r"linked/\.git is there, but git cannot open it"):
        Center(tmp_path / "linked").gather()


def test_machine_without_git(tmp_path: Path) -> None:
    center = replay("three-versions", tmp_path / "center")
    program = (
        "import sys, pathlib; from gazette.record.history import read_history\n"
        "print(read_history(pathlib.Path(sys.argv[1]) / 'docs' / 'policies'))"
    )

    def run(folder: Path) -> str:
        command = [sys.executable, "-c", program, str(folder)]
        environment = {"PATH": str(tmp_path)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    assert "HistoryError: This project is kept in git, but the program git is not" in run(
        center.root
    )
    (center.root / ".git").rename(tmp_path / "gone")
    assert run(center.root) == "None\n"


def test_lost_text_is_a_sentence(center: Center) -> None:
    center.post("privacy-policy", "2026-01-05.v1")
    lost = center.git("rev-parse", "HEAD:docs/policies/privacy-policy.md").strip()
    (center.root / ".git" / "objects" / lost[:2] / lost[2:]).unlink()

    with pytest.raises(HistoryError, match=f"Git has lost the text {lost}"):
        center.gather()


def test_malformed_front_matter_in_the_past_is_no_version(center: Center) -> None:
    center.put("docs/policies/privacy-policy.md", "---\nversion: [\n---\n\nBroken.\n")
    center.commit("2026-01-01")
    center.put("docs/policies/privacy-policy.md", "No metadata yet.\n")
    center.commit("2026-01-02")
    center.post("privacy-policy", "2026-01-05.v1")

    assert told(center.gather()) == {"privacy-policy": ["2026-01-05.v1 in force docs"]}
    assert codes(center.gather()) == []


def test_policy_that_never_had_metadata_leaves_no_trace(center: Center) -> None:
    center.put("docs/policies/notes.md", "No metadata.\n")
    center.commit("2026-01-01")
    center.delete("notes")
    center.post("privacy-policy", "2026-01-05.v1")

    assert told(center.gather()) == {"privacy-policy": ["2026-01-05.v1 in force docs"]}


def test_two_policies_may_bear_the_same_version(center: Center) -> None:
    for version in ("2026-01-05.v1", "2026-02-01.v1"):
        center.write("privacy-policy", version, summary="More.")
        center.write("cookie-policy", version, "We set cookies.\n", summary="More.")
        center.commit(version[:10])

    versions = ["2026-01-05.v1 superseded versions", "2026-02-01.v1 in force docs"]
    assert told(center.gather()) == {"cookie-policy": versions, "privacy-policy": versions}


def test_link_in_place_of_a_policy_is_no_text(center: Center) -> None:
    center.post("privacy-policy", "2026-01-05.v1")
    (center.policies / "cookie-policy.md").symlink_to("privacy-policy.md")
    center.commit("2026-01-06")

    history = read_history(center.policies)

    assert history
    assert [history.slug for history in history.files] == ["privacy-policy"]


def test_unusual_git_settings_change_nothing(tmp_path: Path) -> None:
    center = replay("renamed", tmp_path / "center")
    for setting in (
        *("log.showRoot=false", "log.showSignature=true", "diff.renames=false", "color.ui=always"),
        *("diff.noprefix=true", "log.date=relative", "core.quotePath=true", "log.follow=true"),
    ):
        center.git("config", *setting.split("="))

    assert told(center.gather()) == CASES["renamed"]
