"""The build as editors and CI run it: what it writes, what it refuses, what it never touches."""

from __future__ import annotations

import posixpath
import re
import shutil
import sys
from pathlib import Path

import pytest

from commands import BUILD, build, git, left_out, run, tree
from commands import built as site_of
from editing import POLICY, edit, release
from reading import parsed


def test_both_hosts_build_the_same_site(project: Path, built: Path) -> None:
    assert build(project, "properdocs").returncode == 0

    def published(site: Path) -> dict[str, bytes]:
        generator = re.compile(rb'<meta name="generator"[^>]*>')
        return {name: generator.sub(b"", data) for name, data in tree(site).items()}

    assert published(project / "site") == published(built)


def test_two_builds_give_the_same_bytes(project: Path, built: Path) -> None:
    assert build(project).returncode == 0
    assert tree(project / "site") == tree(built)


@pytest.mark.parametrize("way", ["spawn", "forkserver"])
def test_other_ways_to_begin_processes_give_the_same_site(
    project: Path, built: Path, way: str
) -> None:
    """As other systems and later Pythons begin them: with nothing in memory yet."""
    program = (
        f"import multiprocessing, runpy, sys; multiprocessing.set_start_method({way!r}); "
        "sys.argv = ['mkdocs', 'build', '--strict']; "
        "runpy.run_module('mkdocs', run_name='__main__')"
    )
    result = run([sys.executable, "-c", program], project)
    assert result.returncode == 0, result.stderr
    assert tree(project / "site") == tree(built)


def test_superseded_version_is_archived_once_with_its_exact_bytes(project: Path) -> None:
    posted = (project / POLICY).read_bytes()
    release(project)
    docs = tree(project / "docs")
    result = build(project)
    assert result.returncode == 0, result.stderr
    kept = project / "versions/cookie-policy/2026-07-15.v1.md"
    assert kept.read_bytes() == posted
    assert "versions/cookie-policy/2026-07-15.v1.md" in result.stderr
    check = run(["sha256sum", "--check", "--strict", "SHA256SUMS"], project / "versions")
    assert check.returncode == 0, check.stdout
    assert tree(project / "docs") == docs
    archive = tree(project / "versions")
    again = build(project)
    assert again.returncode == 0
    assert "Archived" not in again.stderr
    assert tree(project / "versions") == archive


def test_tampered_archive_stops_the_build_and_keeps_the_site(project: Path) -> None:
    assert build(project).returncode == 0
    site = tree(project / "site")
    kept = project / "versions/cookie-policy/2025-02-10.v1.md"
    kept.write_text(kept.read_text() + "Slipped in.\n")
    result = build(project)
    assert result.returncode == 1
    assert "versions/cookie-policy/2025-02-10.v1.md" in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(project / "site") == site


def test_all_errors_of_all_files_come_together_and_nothing_is_lost(project: Path) -> None:
    assert build(project).returncode == 0
    site, archive = tree(project / "site"), tree(project / "versions")
    edit(project, "version: 2026-07-15.v1", "version: 2026-7-15")
    edit(project, "summary:", "sumary:")
    edit(project, "title: Privacy Policy\n", "", "docs/policies/privacy-policy.md")
    result = build(project)
    assert result.returncode == 1
    assert f"{POLICY}:4: `version` cannot be “2026-7-15”." in result.stderr
    assert "Did you mean `summary`?" in result.stderr
    assert "docs/policies/privacy-policy.md:1: `title` is missing." in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(project / "site") == site
    assert tree(project / "versions") == archive


def test_wrong_settings_are_sentences(project: Path) -> None:
    edit(project, "support: mailto:support@example.com", "suport: x", "mkdocs.yml")
    result = build(project)
    assert result.returncode == 1
    assert "extra.help_center.support is missing" in result.stderr
    assert "Did you mean: support?" in result.stderr
    assert "Traceback" not in result.stderr


def test_silent_edit_stops_a_strict_build_and_warns_otherwise(project: Path) -> None:
    (project / POLICY).write_text((project / POLICY).read_text() + "\nA quiet addition.\n")
    strict = build(project)
    assert strict.returncode == 1
    assert "[silent-edit]" in strict.stderr
    relaxed = run(BUILD, project)
    assert relaxed.returncode == 0, relaxed.stderr
    assert "WARNING" in relaxed.stderr
    assert "[silent-edit]" in relaxed.stderr


@pytest.mark.parametrize("kind", ["shallow clone", "tarball", "rewritten history"])
def test_the_archive_alone_is_enough(project: Path, tmp_path: Path, kind: str) -> None:
    release(project)
    git(project, "commit", "-qam", "Cookie Policy 2026-11-20.v1")
    assert build(project).returncode == 0
    git(project, "add", "versions")
    git(project, "commit", "-qm", "Archive")
    other = tmp_path / "other"
    if kind == "shallow clone":
        git(tmp_path, "clone", "-q", "--depth", "1", project.as_uri(), str(other))
    else:
        shutil.copytree(project, other, ignore=left_out(project))
    if kind == "rewritten history":
        git(other, "init", "-q")
        git(other, "add", "-A")
        git(other, "commit", "-qm", "All at once")
    result = build(other)
    assert result.returncode == 0, result.stderr
    assert tree(other / "site") == tree(project / "site")
    assert tree(other / "versions") == tree(project / "versions")


def test_shallow_clone_without_complete_archive_says_what_to_do(
    project: Path, tmp_path: Path
) -> None:
    release(project)
    git(project, "commit", "-qam", "Cookie Policy 2026-11-20.v1")
    git(tmp_path, "clone", "-q", "--depth", "1", project.as_uri(), "shallow")
    result = build(tmp_path / "shallow")
    assert result.returncode == 1
    assert "git fetch --unshallow" in result.stderr
    assert "Traceback" not in result.stderr


def test_upcoming_version_waits_while_the_text_in_force_stays(project: Path) -> None:
    release(project)
    edit(project, "updated: 2026-11-20", "updated: 2026-11-20\neffective: 2027-01-01")
    assert build(project).returncode == 0
    page = (project / "site/policies/cookie-policy/index.html").read_text()
    assert "One more paragraph." not in page
    assert "A new version applies from" in page
    coming = project / "site/policies/cookie-policy/versions/2026-11-20.v1/index.html"
    assert "One more paragraph." in coming.read_text()
    assert "<strong>Applies from" in coming.read_text()


def test_retired_policy_keeps_its_addresses(project: Path) -> None:
    assert build(project).returncode == 0
    before = {name for name in tree(project / "site") if name.startswith("policies/cookie-policy/")}
    git(project, "rm", "-q", POLICY)
    for name in ("privacy-policy.md", "terms-of-service.md"):
        path = project / "docs/policies" / name
        path.write_text(path.read_text().replace("](cookie-policy.md", "](privacy-policy.md"))
    git(project, "commit", "-qam", "Retire the Cookie Policy")
    result = run(BUILD, project)
    assert result.returncode == 0, result.stderr
    assert before <= set(tree(project / "site"))
    page = (project / "site/policies/cookie-policy/index.html").read_text()
    assert "retired" in page
    assert "2026-11-22" in page


SEAL = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'


def test_everything_published_of_a_renamed_policy_keeps_its_address(project: Path) -> None:
    (project / "docs/policies/seal.svg").write_text(SEAL)
    (project / POLICY).write_text((project / POLICY).read_text() + "\n![Seal](seal.svg)\n")
    edit(project, "2026-07-15.v1", "2026-11-19.v1")
    edit(project, "2026-07-15", "2026-11-19")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "Show a seal")
    edit(project, "2026-11-19.v1", "2026-11-20.v1")
    edit(project, "2026-11-19", "2026-11-20")
    git(project, "commit", "-qam", "Post another version")
    before = site_of(project)
    git(project, "mv", POLICY, "docs/policies/cookies.md")
    git(project, "commit", "-qm", "Rename")
    result = run(BUILD, project)
    assert result.returncode == 0, result.stderr
    after = tree(project / "site")
    old, new = "policies/cookie-policy/", "policies/cookies/"
    published = {name for name in before if name.startswith(old)}
    assert published <= after.keys()
    assert {name.removeprefix(old) for name in published} <= {
        name.removeprefix(new) for name in after if name.startswith(new)
    }
    for name in published:
        moved = name.replace(old, new, 1)
        if name.endswith(".html"):
            (link,) = parsed(project / "site" / name).xpath("//p/a/@href")
            folder = posixpath.dirname(name)
            assert posixpath.normpath(f"{folder}/{link}") == posixpath.dirname(moved)
        else:
            assert after[name] == after[moved]
    assert "policies/cookie-policy/versions/2026-11-19.v1/policies/seal.svg" in published
    assert entry_ids(after[f"{new}feed.xml"]) == entry_ids(before[f"{old}feed.xml"])
    assert entry_ids(after["feed.xml"]) == entry_ids(before["feed.xml"])


def entry_ids(feed: bytes) -> list[bytes]:
    return re.findall(rb"<id>(.*?)</id>", feed)
