"""Links and devices in `docs/` and `versions/`: told by their path, never read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.errors import PolicyError
from gazette.review.check import check
from repositories import TODAY, Center

ARCHIVED = "versions/privacy-policy/2026-01-05.v1.md"


@pytest.fixture
def center(tmp_path: Path) -> Center:
    center = Center(tmp_path / "project").init()
    center.post("privacy-policy", "2026-01-05.v1")
    center.post("privacy-policy", "2026-02-05.v1", "We keep nothing.\n", summary="Less.")
    center.build()
    center.commit("2026-02-06")
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    return center


def link(center: Center, path: str, target: str) -> None:
    place = center.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


def refusals(center: Center) -> list[str]:
    """What check finds, and a build and an import stop at: all of them the same."""
    findings = check(center.settings, TODAY)
    with pytest.raises(PolicyError) as refusal:
        center.gather()
    assert refusal.value.problems == tuple(findings)
    assert check(center.settings, TODAY, "main") == findings
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
def test_a_link_is_refused(center: Center, path: str, target: str, message: str) -> None:
    link(center, path, target)
    (refusal,) = refusals(center)
    assert refusal.startswith(f"{path}: This ")
    assert message in refusal


def pipe(path: Path) -> None:
    os.mkfifo(path)


def socket(path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(path.parent)
        listener.bind(path.name)


@pytest.mark.parametrize("make", [pipe, socket])
@pytest.mark.parametrize("path", ["docs/policies/terms.md", "docs/a.txt", "versions/SHA256SUMS"])
def test_what_is_no_file_is_refused(
    center: Center, make: Callable[[Path], None], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(center.root)
    (center.root / path).unlink(missing_ok=True)
    make(center.root / path)
    (refusal,) = refusals(center)
    assert refusal.startswith(f"{path}: This is no file")


@pytest.mark.parametrize("name", ["docs", "versions", "docs/policies"])
def test_a_folder_that_is_a_link_is_refused(center: Center, name: str) -> None:
    (center.root / name).rename(center.root / "moved")
    (center.root / name).symlink_to(center.root / "moved")
    (refusal,) = refusals(center)
    assert refusal.startswith(f"{name}: ")


def test_two_links_that_lead_to_each_other(center: Center) -> None:
    center.put("docs/a/text.txt", "")
    center.put("docs/b/text.txt", "")
    link(center, "docs/a/other", "../b")
    link(center, "docs/b/other", "../a")
    assert len(refusals(center)) == 2


def test_folders_without_end(center: Center) -> None:
    center.put(f"docs/{'a/' * 900}text.txt", "")
    refusal, *_ = refusals(center)
    assert "more than 40 folders deep" in refusal


def test_links_within_the_project_may_stay(center: Center) -> None:
    center.put("shared/logo.svg", "<svg/>")
    center.put("CHANGELOG.md", "# Changes\n")
    link(center, "docs/shared", "../shared")
    link(center, "docs/changes.md", "../CHANGELOG.md")
    assert check(center.settings, TODAY) == []
    assert center.gather().problems == ()
