"""The count of arrivals asks for every anchor where a section had it last."""

from __future__ import annotations

import json
from pathlib import Path

from bench.arrivals import Policy

FOLDER = "policies/terms"
LINK = '<a href="versions/2026-0{}-01.v1/#fees">version</a>'
PRICES = '<div class="gz-text"><h2 id="prices">Prices</h2><p><a id="fees"></a>Five.</p></div>'
FEES = '<div class="gz-text"><h2 id="fees">Fees</h2><p>Five.</p></div>'


def test_place_in_a_section_that_became_its_heading_is_counted_where_it_was_last(
    tmp_path: Path,
) -> None:
    write_version(tmp_path, 1, PRICES, anchor="prices")
    write_version(tmp_path, 2, FEES, anchor="fees")
    write_version(tmp_path, 3, "", anchor="others", name="others")
    line = f'<p class="gz-old" id="fees">{LINK.format(2)}, removed. <a href="life/">Life</a></p>'
    policy = read(tmp_path, 3, f'<div class="gz-gone">{line}</div>')
    assert fates(policy, "fees") == {"2026-02-01.v1": "removed"}


def test_anchors_of_a_retired_policy_lead_to_the_sections_of_its_last_text(tmp_path: Path) -> None:
    write_version(tmp_path, 1, FEES, anchor="fees")
    write_version(tmp_path, 2, PRICES.replace("fees", "more"), anchor="prices")
    line = f'<p class="gz-old" id="fees">{LINK.format(1)}</p>'
    policy = read(tmp_path, 2, f'{line}<h2 id="prices">Prices</h2>', retired="2026-04-01")
    assert fates(policy, "fees") == {"2026-01-01.v1": "led on"}
    assert fates(policy, "prices") == {"2026-02-01.v1": "stays"}


def write_version(site: Path, month: int, page: str, *, anchor: str, name: str = "prices") -> None:
    """Write the record and the page of a version with one section."""
    version = f"2026-0{month}-01.v1"
    folder = site / FOLDER / "versions" / version
    folder.mkdir(parents=True)
    sections = [{"id": name, "anchor": anchor, "heading": anchor}]
    record = {"version": version, "sections": sections}
    (folder / f"{version}.json").write_text(json.dumps(record), "utf-8")
    (folder / "index.html").write_text(f"<body>{page}</body>", "utf-8")


def read(site: Path, newest: int, page: str, retired: str | None = None) -> Policy:
    """Write the record of a policy with versions up to the newest, and its page; read both."""
    versions = [{"version": f"2026-0{month}-01.v1"} for month in range(newest, 0, -1)]
    facts = {"versions": versions, "in_force": None, "retired": retired, "address": f"{FOLDER}/"}
    folder = site / FOLDER
    (folder / "versions.json").write_text(json.dumps(facts), "utf-8")
    (folder / "index.html").write_text(f"<body>{page}</body>", "utf-8")
    return Policy(folder)


def fates(policy: Policy, anchor: str) -> dict[str, str]:
    """Return what becomes of an anchor, by the versions that had it last."""
    return {use.version: policy.fate(use).what for use in policy.uses() if use.anchor == anchor}
