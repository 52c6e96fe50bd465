"""Links and devices in `docs/` and `versions/`: told by their path, never read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.errors import PolicyError
from repositories import TODAY, Project, check, text

ARCHIVED = "versions/privacy-policy/2026-01-05.v1.md"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "project").init()
    project.post("privacy-policy", "2026-01-05.v1")
    project.post("privacy-policy", "2026-02-05.v1", "We keep nothing.\n", summary="Less.")
    project.build()
    project.commit("2026-02-06")
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    return project


def link(project: Project, path: str, target: str) -> None:
    place = project.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


def refusals(project: Project) -> list[str]:
    """What check finds, and a build and an import stop at: all of them the same."""
    findings = check(project.settings, TODAY)
    with pytest.raises(PolicyError) as refusal:
        project.gather()
    assert refusal.value.problems == tuple(findings)
    assert check(project.settings, TODAY, "main") == findings
    return [str(problem) for problem in findings]


@pytest.mark.parametrize(
    ("path", "target", "message"),
    [
        ("docs/leak.txt", "/etc/passwd", "out of the project, to /etc/passwd"),
        ("docs/leak.txt", "../../secret.md", "out of the project"),
        ("docs/p", "/proc", "out of the project, to /proc"),
        ("docs/self", "/proc/self/root", "out of the project"),
        ("docs/up", "../..", "out of the project"),
        ("docs/loop", ".", "it has no end"),
        ("docs/loop", "loop", "nothing that can be read"),
        ("docs/gone.png", "nowhere", "nothing that can be read"),
        ("docs/config", "../.git/config", "hidden from readers"),
        ("docs/whole", "..", "it has no end"),
        ("docs/policies/zero.md", "/dev/zero", "out of the project"),
        ("docs/policies/terms.md", "privacy-policy.md", "git keeps that name"),
        ("docs/policies/de/terms.md", "../privacy-policy.md", "git keeps that name"),
        ("versions/loop", ".", "git keeps that name"),
        ("versions/terms", "/etc", "out of the project"),
        ("versions/SHA256SUMS", "/dev/zero", "out of the project"),
        ("versions/COMPLETE", "../docs/policies/privacy-policy.md", "git keeps that name"),
        (ARCHIVED, "../../docs/policies/privacy-policy.md", "git keeps that name"),
    ],
)
def test_a_link_is_refused(project: Project, path: str, target: str, message: str) -> None:
    link(project, path, target)
    (refusal,) = refusals(project)
    assert refusal.startswith(f"{path}: This ")
    assert message in refusal


def pipe(path: Path) -> None:
    os.mkfifo(path)


def socket(path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(path.parent)
        listener.bind(path.name)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is of letters")
@pytest.mark.parametrize("folder", ["docs/policies", "docs/assets", "versions/privacy-policy"])
def test_a_name_that_is_no_text_is_refused(project: Project, folder: str) -> None:
    place = project.root / folder
    place.mkdir(exist_ok=True)
    (place / os.fsdecode(b"pr\xe9cis.md")).write_text("# A\n", "utf-8")
    (refusal,) = refusals(project)
    assert refusal.startswith(f"{folder}/pr\\udce9cis.md: The name is not written in UTF-8")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is of letters")
def test_a_name_that_was_no_text_stops_nothing_later(project: Project) -> None:
    file = project.policies / os.fsdecode(b"pr\xe9cis.md")
    file.write_text(text("2026-02-07.v1"), "utf-8")
    project.commit("2026-02-07")
    file.unlink()
    project.commit("2026-02-08")
    assert check(project.settings, TODAY) == []
    (problem,) = check(project.settings, TODAY, "HEAD~1")
    assert str(problem).startswith(r"docs/policies/pr\xe9cis.md: The policy pr\xe9cis is gone")
    assert [policy.slug for policy in project.gather().policies] == ["privacy-policy"]


@pytest.mark.parametrize("make", [pipe, socket])
@pytest.mark.parametrize("path", ["docs/policies/terms.md", "docs/a.txt", "versions/SHA256SUMS"])
def test_what_is_no_file_is_refused(
    project: Project, make: Callable[[Path], None], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    (project.root / path).unlink(missing_ok=True)
    make(project.root / path)
    (refusal,) = refusals(project)
    assert refusal.startswith(f"{path}: This is no file")


@pytest.mark.parametrize("name", ["docs", "versions", "docs/policies"])
def test_a_folder_that_is_a_link_is_refused(project: Project, name: str) -> None:
    (project.root / name).rename(project.root / "moved")
    (project.root / name).symlink_to(project.root / "moved")
    (refusal,) = refusals(project)
    assert refusal.startswith(f"{name}: ")


@pytest.mark.parametrize("folder", ["docs/images", "docs/policies/more", "versions/terms"])
@pytest.mark.parametrize("is_file", [True, False])
def test_a_submodule_is_refused(project: Project, folder: str, is_file: bool) -> None:
    """Git puts a file `.git` into a submodule; a repository that was put there has a folder."""
    project.put(f"{folder}/.git" if is_file else f"{folder}/.git/HEAD", "gitdir: elsewhere\n")
    (refusal,) = refusals(project)
    assert refusal.startswith(f"{folder}: This is a submodule: ")


def test_two_links_that_lead_to_each_other(project: Project) -> None:
    project.put("docs/a/text.txt", "")
    project.put("docs/b/text.txt", "")
    link(project, "docs/a/other", "../b")
    link(project, "docs/b/other", "../a")
    assert len(refusals(project)) == 2


def test_folders_without_end(project: Project) -> None:
    project.put(f"docs/{'a/' * 900}text.txt", "")
    refusal, *_ = refusals(project)
    assert "more than 40 folders deep" in refusal


def test_links_within_the_project_may_stay(project: Project) -> None:
    project.put("shared/logo.svg", "<svg/>")
    project.put("CHANGELOG.md", "# Changes\n")
    link(project, "docs/shared", "../shared")
    link(project, "docs/changes.md", "../CHANGELOG.md")
    assert check(project.settings, TODAY) == []
    assert project.gather().problems == ()
