"""The count of arrivals asks for every anchor where a section had it last."""

from __future__ import annotations

import json
from pathlib import Path

from bench.arrivals import Policy

FOLDER = "policies/terms"
LINE = """
<article class="gz-text"><h1 id="terms">Terms</h1></article>
<div class="gz-gone"><p class="gz-old" id="fees">
You followed a link to “Fees” of <a href="versions/2026-02-01.v1/#fees">version 2026-02-01.v1</a>.
It was removed. <a href="sections/prices/">Read its history</a>.</p></div>
"""


def test_place_in_a_section_that_became_its_heading_is_counted_where_it_was_last(
    tmp_path: Path,
) -> None:
    had = '<div class="gz-text"><h2 id="prices">Prices</h2><p><a id="fees"></a>Five.</p></div>'
    has = '<div class="gz-text"><h2 id="fees">Fees</h2><p>Five.</p></div>'
    write_version(tmp_path, "2026-01-01.v1", had, ("prices", "prices"))
    write_version(tmp_path, "2026-02-01.v1", has, ("prices", "fees"))
    write_version(tmp_path, "2026-03-01.v1", '<div class="gz-text">None.</div>', ("terms", "terms"))
    folder = tmp_path / FOLDER
    versions = [{"version": f"2026-0{month}-01.v1"} for month in (3, 2, 1)]
    record = {"versions": versions, "in_force": None, "retired": None, "address": f"{FOLDER}/"}
    (folder / "versions.json").write_text(json.dumps(record), "utf-8")
    (folder / "index.html").write_text(LINE, "utf-8")
    policy = Policy(folder)
    uses = [use for use in policy.uses() if use.anchor == "fees"]
    assert {use.version: policy.fate(use).what for use in uses} == {"2026-02-01.v1": "removed"}


def write_version(site: Path, version: str, page: str, section: tuple[str, str]) -> None:
    """Write the record and the page of a version with one section, by ID and anchor."""
    name, anchor = section
    folder = site / FOLDER / "versions" / version
    folder.mkdir(parents=True)
    sections = [{"id": name, "anchor": anchor, "heading": anchor}]
    record = {"version": version, "sections": sections}
    (folder / f"{version}.json").write_text(json.dumps(record), "utf-8")
    (folder / "index.html").write_text(page, "utf-8")
