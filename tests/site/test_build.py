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


def test_superseded_version_is_archived_once_with_its_exact_bytes(center: Path) -> None:
    posted = (center / POLICY).read_bytes()
    release(center)
    docs = tree(center / "docs")
    result = build(center)
    assert result.returncode == 0, result.stderr
    kept = center / "versions/cookie-policy/2026-07-15.v1.md"
    assert kept.read_bytes() == posted
    assert "versions/cookie-policy/2026-07-15.v1.md" in result.stderr
    check = run(["sha256sum", "--check", "--strict", "SHA256SUMS"], center / "versions")
    assert check.returncode == 0, check.stdout
    assert tree(center / "docs") == docs
    archive = tree(center / "versions")
    again = build(center)
    assert again.returncode == 0
    assert "Archived" not in again.stderr
    assert tree(center / "versions") == archive


def test_tampered_archive_stops_the_build_and_keeps_the_site(center: Path) -> None:
    site = tree(center / "site")
    kept = center / "versions/cookie-policy/2025-02-10.v1.md"
    kept.write_text(kept.read_text() + "Slipped in.\n")
    result = build(center)
    assert result.returncode == 1
    assert "versions/cookie-policy/2025-02-10.v1.md" in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(center / "site") == site


def test_all_errors_of_all_files_come_together_and_nothing_is_lost(center: Path) -> None:
    site, archive = tree(center / "site"), tree(center / "versions")
    edit(center, "version: 2026-07-15.v1", "version: 2026-7-15")
    edit(center, "summary:", "sumary:")
    edit(center, "title: Privacy Policy\n", "", "docs/policies/privacy-policy.md")
    result = build(center)
    assert result.returncode == 1
    assert f"{POLICY}:4: `version` cannot be “2026-7-15”." in result.stderr
    assert "Did you mean `summary`?" in result.stderr
    assert "docs/policies/privacy-policy.md:1: `title` is missing." in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(center / "site") == site
    assert tree(center / "versions") == archive


def test_wrong_settings_are_sentences(project: Path) -> None:
    edit(project, "support: mailto:support@example.com", "suport: x", "mkdocs.yml")
    result = build(project)
    assert result.returncode == 1
    assert "extra.help_center.support is missing" in result.stderr
    assert "Did you mean: support?" in result.stderr
    assert "Traceback" not in result.stderr


def test_silent_edit_stops_a_strict_build_and_warns_otherwise(center: Path) -> None:
    (center / POLICY).write_text((center / POLICY).read_text() + "\nA quiet addition.\n")
    strict = build(center)
    assert strict.returncode == 1
    assert "[silent-edit]" in strict.stderr
    relaxed = run(BUILD, center)
    assert relaxed.returncode == 0, relaxed.stderr
    assert "WARNING" in relaxed.stderr
    assert "[silent-edit]" in relaxed.stderr


@pytest.mark.parametrize("kind", ["shallow clone", "tarball", "rewritten history"])
def test_the_archive_alone_is_enough(released: Path, tmp_path: Path, kind: str) -> None:
    other = tmp_path / "other"
    if kind == "shallow clone":
        git(tmp_path, "clone", "-q", "--depth", "1", released.as_uri(), str(other))
    else:
        shutil.copytree(released, other, ignore=left_out(released))
    if kind == "rewritten history":
        git(other, "init", "-q")
        git(other, "add", "-A")
        git(other, "commit", "-qm", "All at once")
    result = build(other)
    assert result.returncode == 0, result.stderr
    assert tree(other / "site") == tree(released / "site")
    assert tree(other / "versions") == tree(released / "versions")


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


def test_upcoming_version_waits_while_the_text_in_force_stays(center: Path) -> None:
    release(center)
    edit(center, "updated: 2026-11-20", "updated: 2026-11-20\neffective: 2027-01-01")
    assert build(center).returncode == 0
    page = (center / "site/policies/cookie-policy/index.html").read_text()
    assert "One more paragraph." not in page
    assert "A new version applies from" in page
    coming = center / "site/policies/cookie-policy/versions/2026-11-20.v1/index.html"
    assert "One more paragraph." in coming.read_text()
    assert "<strong>Applies from" in coming.read_text()


def test_retired_policy_keeps_its_addresses(center: Path) -> None:
    before = {name for name in tree(center / "site") if name.startswith("policies/cookie-policy/")}
    git(center, "rm", "-q", POLICY)
    for name in ("privacy-policy.md", "terms-of-service.md"):
        path = center / "docs/policies" / name
        path.write_text(path.read_text().replace("](cookie-policy.md", "](privacy-policy.md"))
    git(center, "commit", "-qam", "Retire the Cookie Policy")
    result = run(BUILD, center)
    assert result.returncode == 0, result.stderr
    assert before <= set(tree(center / "site"))
    page = (center / "site/policies/cookie-policy/index.html").read_text()
    assert "retired" in page
    assert "2026-11-22" in page


SEAL = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'


def test_everything_published_of_a_renamed_policy_keeps_its_address(center: Path) -> None:
    (center / "docs/policies/seal.svg").write_text(SEAL)
    (center / POLICY).write_text((center / POLICY).read_text() + "\n![Seal](seal.svg)\n")
    edit(center, "2026-07-15.v1", "2026-11-19.v1")
    edit(center, "2026-07-15", "2026-11-19")
    git(center, "add", "-A")
    git(center, "commit", "-qm", "Show a seal")
    edit(center, "2026-11-19.v1", "2026-11-20.v1")
    edit(center, "2026-11-19", "2026-11-20")
    git(center, "commit", "-qam", "Post another version")
    before = site_of(center)
    git(center, "mv", POLICY, "docs/policies/cookies.md")
    git(center, "commit", "-qm", "Rename")
    result = run(BUILD, center)
    assert result.returncode == 0, result.stderr
    after = tree(center / "site")
    old, new = "policies/cookie-policy/", "policies/cookies/"
    published = {name for name in before if name.startswith(old)}
    assert published <= after.keys()
    assert {name.removeprefix(old) for name in published} <= {
        name.removeprefix(new) for name in after if name.startswith(new)
    }
    for name in published:
        moved = name.replace(old, new, 1)
        if name.endswith(".html"):
            (link,) = parsed(center / "site" / name).xpath("//p/a/@href")
            folder = posixpath.dirname(name)
            assert posixpath.normpath(f"{folder}/{link}") == posixpath.dirname(moved)
        else:
            assert after[name] == after[moved]
    assert "policies/cookie-policy/versions/2026-11-19.v1/policies/seal.svg" in published
    assert entry_ids(after[f"{new}feed.xml"]) == entry_ids(before[f"{old}feed.xml"])
    assert entry_ids(after["feed.xml"]) == entry_ids(before["feed.xml"])


def entry_ids(feed: bytes) -> list[bytes]:
    return re.findall(rb"<id>(.*?)</id>", feed)
