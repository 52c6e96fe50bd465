"""Everything that changed since any version, and records put in place in parts."""

from __future__ import annotations

import json
import os
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from commands import built, built_anew, copy_center, copy_project, tree
from editing import edit, release
from reading import page
from recovery import blocks_of, misread, with_blocks

SUPPORT = "    support: mailto:support@example.com\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in which text is followed across sections since one version only."""
    project = copy_project(tmp_path_factory.mktemp("distant") / "project")
    edit(project, SUPPORT, f"{SUPPORT}    full_redlines: 1\n", "mkdocs.yml")
    built(project)
    return project / "site"


@pytest.fixture
def distant(site: Path, tmp_path: Path) -> Path:
    """A copy of the project that it was built from, to change and build again."""
    return copy_center(site.parent, tmp_path / "project")


def since_record(folder: Path, version: str) -> dict[str, Any]:
    """Return what is published in this folder of everything that changed since a version."""
    path = folder / f"since/{version}/{version}.json"
    record: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return record


def test_both_texts_can_be_recovered_since_every_version(site: Path) -> None:
    compared = 0
    for folder in sorted((site / "policies").iterdir()):
        paths = sorted(folder.glob("versions/*/*.json"))
        records = {path.stem: json.loads(path.read_text("utf-8")) for path in paths}
        for version, facts in records.items():
            since = with_blocks(since_record(folder, version), partial(since_record, folder))
            texts = [blocks_of(since[side], records) for side in ("old", "new")]
            assert since["old"] == version
            assert misread(since, *texts) == []
            compared += since["new"] != version
            shown = page(site, f"policies/{folder.name}/since/{version}/")
            changed = {"superseded": True, "in force": False}.get(facts["status"])
            assert changed is None or bool(shown.xpath("//div[@class='gz-redline']")) is changed
    assert compared > 3


def test_what_changed_since_follows_an_update_with_and_without_cache(distant: Path) -> None:
    before = tree(distant / "site")
    release(distant)
    after = built(distant)
    here = "policies/cookie-policy/since/2025-02-10.v1/index.html"
    assert b"2026-11-20.v1" in after[here]
    assert after[here] != before[here]
    assert built_anew(distant) == after


def test_a_site_is_the_same_in_however_many_parts_it_is_placed(distant: Path) -> None:
    expected = tree(distant / "site")
    for number, module in ((50, "page_jobs"), (8, "fragment_jobs")):
        old, new = (f"VERSIONS_PER_JOB = {size}" for size in (number, 1))
        edit(distant, old, new, f"hooks/gazette/build/{module}.py")
    assert built(distant) == expected
    assert built_anew(distant) == expected


@pytest.mark.parametrize("damage", ["cut", "turned"])
def test_what_changed_since_is_found_again_where_the_cache_is_damaged(
    distant: Path, damage: str
) -> None:
    expected = tree(distant / "site")
    for path in sorted((distant / ".cache").rglob("*")):
        if path.is_file() and damage == "cut":
            os.truncate(path, path.stat().st_size - 1)
        elif path.is_file():
            data = path.read_bytes()
            path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert built(distant) == expected


def test_what_changed_since_needs_no_cache(distant: Path) -> None:
    expected = tree(distant / "site")
    shutil.rmtree(distant / ".cache")
    (distant / ".cache").write_text("a file stands in the way")
    assert built(distant) == expected
