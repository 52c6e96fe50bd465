"""The cache changes how long a build takes, and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import BUILD, FIXED, built, built_anew, tree, written
from editing import POLICY, edit, release
from gazette.build.run import start_build
from gazette.host_config import read_settings
from gazette.site.present_text import present_key


def test_same_site_with_and_without_cache(center: Path) -> None:
    first = tree(center / "site")
    before = written(center / "site")
    assert built(center) == first
    assert written(center / "site") == before  # nothing was made again
    shutil.rmtree(center / "site")
    assert built(center) == first
    assert built_anew(center) == first


def test_update_is_seen_through_the_cache(center: Path, released: Path) -> None:
    release(center)
    assert built(center) == tree(released / "site")


def test_changed_settings_and_templates_are_seen(center: Path) -> None:
    before = tree(center / "site")
    edit(center, "support@example.com", "legal@example.com", "mkdocs.yml")
    edit(center, "Need help?", "Any questions?", "hooks/gazette/theme/pages/parts.html")
    after = built(center)
    page = "policies/cookie-policy/versions/2026-07-15.v1/index.html"
    assert b"legal@example.com" in after[page]
    assert b"Any questions?" in after[page]
    assert after != before
    assert after == built_anew(center)


def test_changed_title_is_seen_in_the_navigation_of_every_page(center: Path) -> None:
    release(center)
    edit(center, "title: Cookie Policy", "title: Cookies")
    after = built(center)
    page = after["policies/privacy-policy/versions/2025-02-10.v1/index.html"]
    assert b"Cookies" in page
    assert after == built_anew(center)


@pytest.mark.parametrize("damage", ["emptied", "cut", "removed", "overgrown"])
def test_damaged_cache_is_repaired(center: Path, damage: str) -> None:
    expected = tree(center / "site")
    for path in sorted((center / ".cache").rglob("*")):
        if not path.is_file():
            continue
        if damage == "removed":
            path.unlink()
        elif damage == "overgrown":
            (path.parent / "stray").write_bytes(b"stray")
        else:
            os.truncate(path, 0 if damage == "emptied" else path.stat().st_size // 2)
    assert built(center) == expected


def test_tool_that_changes_the_site_spoils_no_later_build(center: Path) -> None:
    expected = tree(center / "site")
    page = center / "site/policies/cookie-policy/versions/2025-02-10.v1/index.html"
    with page.open("ab") as file:  # in place, as a minifier does
        file.write(b"<!-- minified -->")
    assert built(center) == expected


def test_archive_is_not_linked_into_the_site(built: Path) -> None:
    archived = built.parent / "versions/cookie-policy/2025-02-10.v1.md"
    published = built / "policies/cookie-policy/versions/2025-02-10.v1/2025-02-10.v1.md"
    assert archived.read_bytes() == published.read_bytes()
    assert not archived.samefile(published)
    assert not (built.parent / POLICY).samefile(published)


@pytest.mark.parametrize("is_preview", [False, True])
def test_what_pages_show_around_texts_is_ready_before_the_host_renders(
    project: Path, is_preview: bool
) -> None:
    """The host renders on one core; what all of them can do before is not left to it."""
    settings = read_settings(project / "mkdocs.yml")
    now = datetime(2026, 12, 1, tzinfo=UTC)
    with ExitStack() as cleanup:
        build = start_build(
            settings, now, project / "site", cleanup, strict=False, is_preview=is_preview
        )
        is_ready = {p.slug: present_key(settings, p) in build.cache for p in build.policies}
    assert is_ready
    assert all(is_ready.values())


def test_build_goes_on_without_a_cache_folder(center: Path) -> None:
    expected = tree(center / "site")
    shutil.rmtree(center / ".cache")
    (center / ".cache").write_text("a file stands in the way")
    assert built(center) == expected


def test_two_builds_at_once_give_the_same_site(center: Path) -> None:
    expected = tree(center / "site")
    shutil.rmtree(center / ".cache")
    command = [*BUILD, "--strict", "--quiet", "--site-dir"]
    running = [
        subprocess.Popen([*command, name], cwd=center, env={**os.environ, **FIXED})
        for name in ("site-a", "site-b")
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    assert tree(center / "site-a") == expected
    assert tree(center / "site-b") == expected


def test_two_builds_at_once_may_have_one_folder(center: Path) -> None:
    expected = tree(center / "site")
    shutil.rmtree(center / ".cache")
    shutil.rmtree(center / "site")
    command = [*BUILD, "--strict", "--quiet"]
    running = [subprocess.Popen(command, cwd=center, env={**os.environ, **FIXED}) for _ in range(2)]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    assert tree(center / "site") == expected


@pytest.mark.parametrize("entries", [1, 20, 60])
def test_killed_build_spoils_nothing(center: Path, entries: int) -> None:
    expected = tree(center / "site")
    shutil.rmtree(center / ".cache")
    command = [*BUILD, "--strict", "--quiet"]
    running = subprocess.Popen(command, cwd=center, env={**os.environ, **FIXED})
    while running.poll() is None:
        if sum(1 for _ in (center / ".cache").rglob("*")) >= entries:
            running.send_signal(signal.SIGKILL)
            break
    running.wait()
    assert built(center) == expected
    left = [*(center / ".cache").rglob("staging-*"), *center.rglob(".*.part")]
    assert left == []
