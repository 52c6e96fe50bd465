"""Versions too far back for a full redline, and records put in place in parts."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from commands import built, built_anew
from editing import edit, release
from reading import page, words

PRIVACY = "policies/privacy-policy"
OLDEST, FINAL = "2025-02-10.v1", "2026-03-31.v1"
SUPPORT = "    support: mailto:support@example.com\n"


@pytest.fixture
def distant(project: Path) -> Path:
    """A project whose oldest versions have no full redline."""
    edit(project, SUPPORT, f"{SUPPORT}    full_redlines: 1\n", "mkdocs.yml")
    return project


def sections(site: Path, version: str) -> dict[str, str]:
    """The words of each section of a version, by its anchor."""
    texts: dict[str, str] = {}
    (text,) = page(site, f"{PRIVACY}/versions/{version}/").xpath("//div[@class='gz-text']")
    anchor = ""
    for element in text:
        anchor = element.get("id") if element.tag in ("h1", "h2", "h3", "h4") else anchor
        texts[anchor] = f"{texts.get(anchor, '')} {words(element)}"
    return texts


def test_list_of_what_differs_is_the_difference_of_the_texts(distant: Path) -> None:
    built(distant)
    since = page(distant / "site", f"{PRIVACY}/since/{OLDEST}/")
    assert not since.xpath("//del | //ins")
    rows = since.xpath("//h2[@id='sections-that-differ']/following-sibling::ul[1]/li")
    old, new = (sections(distant / "site", item) for item in (OLDEST, FINAL))
    then: list[str] = []
    now: list[str] = []
    for row in rows:
        (badge,) = row.xpath(".//span[@class='gz-badge']")
        links = row.xpath(".//a/@href")
        versions = {"amended": [OLDEST, FINAL], "removed": [OLDEST], "added": [FINAL]}[words(badge)]
        assert [item.partition("#")[0] for item in links] == [
            f"../../versions/{x}/" for x in versions
        ]
        for link in links:
            (then if OLDEST in link else now).append(link.partition("#")[2])
    assert len(rows) > 1
    assert set(then) <= old.keys()
    assert set(now) <= new.keys()
    assert len(now) == len(set(now))
    for anchor in (old.keys() & new.keys()) - {*then, *now}:
        assert old[anchor] == new[anchor]


def test_nearer_versions_have_their_full_redline(distant: Path) -> None:
    built(distant)
    since = page(distant / "site", f"{PRIVACY}/since/2025-09-01.v1/")
    assert since.xpath("//del | //ins")
    assert not since.xpath("//*[@id='sections-that-differ']")


def test_what_differs_follows_an_update_with_and_without_cache(distant: Path) -> None:
    before = built(distant)
    release(distant)
    after = built(distant)
    here = "policies/cookie-policy/since/2025-02-10.v1/index.html"
    assert b"versions/2026-11-20.v1/" in after[here]
    assert after[here] != before[here]
    assert built_anew(distant) == after


def test_a_site_is_the_same_in_however_many_parts_it_is_placed(distant: Path) -> None:
    expected = built(distant)
    for number, module in ((50, "page_jobs"), (8, "fragment_jobs")):
        old, new = (f"VERSIONS_PER_JOB = {size}" for size in (number, 1))
        edit(distant, old, new, f"hooks/gazette/build/{module}.py")
    assert built(distant) == expected
    assert built_anew(distant) == expected


@pytest.mark.parametrize("damage", ["cut", "turned"])
def test_what_differs_is_found_again_where_the_cache_is_damaged(distant: Path, damage: str) -> None:
    expected = built(distant)
    for path in sorted((distant / ".cache").rglob("*")):
        if path.is_file() and damage == "cut":
            os.truncate(path, path.stat().st_size - 1)
        elif path.is_file():
            data = path.read_bytes()
            path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert built(distant) == expected


def test_what_differs_needs_no_cache(distant: Path) -> None:
    expected = built(distant)
    shutil.rmtree(distant / ".cache")
    (distant / ".cache").write_text("a file stands in the way")
    assert built(distant) == expected
