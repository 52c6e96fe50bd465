"""Records: the facts for programs, as JSON that people can read too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from gazette.model import Status, VersionId
from gazette.site import records
from gazette.site.fragments import body_of
from gazette.site.outputs import File, Page
from gazette.site.overview import site_files
from gazette.site.wordings import wordings
from gazette.text.differences import Heading
from gazette.text.document import Kind
from gazette.text.lives import Lives, SectionLife, SectionStep
from gazette.text.reader import read_document
from gazette.text.tokens import OBJECT
from published import DAY, SETTINGS, fragments_of, policy, published, text, version, withdrawn
from recovery import sections_of

BODY = "# Terms\n\n## 1. Fees\n\nA fee.\n"
TERMS = policy(
    version("2026-01-05.v1", BODY),
    version("2026-02-01.v1", BODY.replace("A fee", "No fee"), Status.IN_FORCE, summary="“Free”"),
)


def test_the_record_of_a_version_has_its_neighbours_and_sections() -> None:
    site = published(TERMS)
    record = json.loads(text(site["policies/terms/versions/2026-02-01.v1/2026-02-01.v1.json"]))
    assert record["previous"] == "2026-01-05.v1"
    assert record["next"] is None
    assert record["status"] == "in force"
    assert record["sha256"] == TERMS.versions[1].sha256
    assert record["changes"] == "policies/terms/changes/2026-02-01.v1/"
    assert [
        (entry["number"], entry["heading"], entry["anchor"], entry["id"])
        for entry in sections_of(record)
    ] == [
        ("", "Terms", "terms", "terms"),
        ("1", "1. Fees", "1-fees", "1-fees"),
    ]
    first = json.loads(text(site["policies/terms/versions/2026-01-05.v1/2026-01-05.v1.json"]))
    assert first["previous"] is None
    assert first["changes"] is None
    for address in (record["address"], record["source"], record["changes"]):
        assert address in site


SPLIT = """\
We write these terms for you.

# Terms

## 1. Fees

- A fee of €12 is due on the first day of each month, by card or by transfer.
- Reminders cost €5 each, and are sent two weeks after the day on which the fee was due.

| Plan | Fee |
| ---- | --- |
| Free | €0  |

---
"""
PARTS = SPLIT.replace("- Reminders cost", "## 2. Reminders\n\nReminders cost")
HISTORY = policy(
    version("2026-01-05.v1", SPLIT),
    version("2026-02-01.v1", PARTS),
    version("2026-03-01.v1", PARTS.replace("## 2. Reminders", "## 2. Late payment")),
    version("2026-04-01.v1", SPLIT, Status.IN_FORCE),
)


def folder(site: Mapping[str, Page | File]) -> dict[str, dict[str, Any]]:
    """The records of all versions, by version."""
    named = (address for address in site if re.fullmatch(r".*/versions/[^/]+/[^/]+\.json", address))
    records = (json.loads(text(site[address])) for address in named)
    return {record["version"]: {**record, "sections": sections_of(record)} for record in records}


def test_the_words_of_a_section_are_published_once() -> None:
    records = folder(published(HISTORY))
    brought = {
        version: [entry["id"] for entry in record["sections"] if "blocks" in entry]
        for version, record in records.items()
    }
    assert brought == {
        "2026-01-05.v1": ["opening", "terms", "1-fees"],
        "2026-02-01.v1": ["1-fees", "2-reminders"],
        "2026-03-01.v1": ["2-reminders"],
        "2026-04-01.v1": [],
    }
    last = records["2026-04-01.v1"]["sections"]
    assert {entry["wording"] for entry in last} == {"2026-01-05.v1"}
    fees = records["2026-01-05.v1"]["sections"][2]["blocks"]
    assert [block["kind"] for block in fees] == [
        *("heading", "list-item", "list-item", "table-row", "table-row", "line")
    ]
    assert fees[0] == {"kind": "heading", "text": "1. Fees"}
    assert fees[4] == {"kind": "table-row", "cells": ["Free", "€0"]}
    assert fees[5] == {"kind": "line", "text": ""}


def test_a_record_leaves_out_what_goes_without_saying() -> None:
    site = published(TERMS)
    first, last = (
        json.loads(text(site[f"policies/terms/versions/{posted.id}/{posted.id}.json"]))["sections"]
        for posted in TERMS.versions
    )
    assert first[0].keys() == {"index", "level", "heading", "anchor", "digest", "blocks"}
    assert first[1]["blocks"] == [{"kind": "heading"}, "A fee."]
    assert last[0].keys() == {"index", "level", "heading", "anchor", "digest", "wording"}
    assert last[1]["number"] == "1"


def test_sections_that_read_the_same_have_their_words_once() -> None:
    body = "## Note\n\nThe same.\n\n## Note\n\nThe same.\n"
    twice = policy(version("2026-01-05.v1", body, Status.IN_FORCE))
    (record,) = folder(published(twice)).values()
    assert [("blocks" in entry) for entry in record["sections"]] == [True, False]
    assert len({entry["digest"] for entry in record["sections"]}) == 1


def test_a_section_says_which_ones_it_took_text_from() -> None:
    sources = {
        version: {entry["id"]: entry["from"] for entry in record["sections"] if entry["from"]}
        for version, record in folder(published(HISTORY)).items()
    }
    split = [{"id": "1-fees", "version": "2026-02-01.v1"}]
    merged = [{"id": "2-reminders", "version": "2026-04-01.v1"}]
    assert sources == {
        "2026-01-05.v1": {},
        "2026-02-01.v1": {"2-reminders": split},
        "2026-03-01.v1": {"2-reminders": split},
        "2026-04-01.v1": {"1-fees": merged},
    }


def test_a_section_took_text_last_when_it_was_given_directly() -> None:
    names = ["fees", "cards", "refunds", "taxes", "trials"]
    sections = [
        Heading(at, 2, "", name.title(), name, f"digest of {name}") for at, name in enumerate(names)
    ]
    shared = {
        name: (
            SectionStep(1, section, ("split",), tuple(other for other in names if other != name)),
        )
        for name, section in zip(names, sections, strict=True)
    }
    merged = SectionStep(2, sections[0], ("merged",), tuple(names[1:]))
    lives = {
        name: SectionLife(
            name, (), (SectionStep(0, section, ("added",)), *shared[name]), ((0, section),)
        )
        for name, section in zip(names, sections, strict=True)
    }
    lives["fees"] = lives["fees"]._replace(steps=(*lives["fees"].steps, merged))
    versions = [VersionId(DAY, number) for number in (1, 2, 3)]
    referred = wordings(versions, Lives(lives, (tuple(names),) * 3, {}, ({},) * 3))
    sources = referred.facts(2, sections[0]).sources
    assert sources == tuple((name, str(versions[2])) for name in sorted(names[1:]))


def test_what_a_record_says_of_its_sections_never_changes() -> None:
    whole = folder(published(HISTORY))
    for count in range(1, len(HISTORY.versions)):
        *earlier, newest = HISTORY.versions[:count]
        part = folder(published(policy(*earlier, replace(newest, status=Status.IN_FORCE))))
        assert len(part) == count
        for name, record in part.items():
            same = {field: whole[name][field] for field in record if field not in CHANGING}
            assert {field: record[field] for field in record if field not in CHANGING} == same


CHANGING = ("status", "next")
"""What a record says of the time after its version."""


def test_the_guide_shows_how_to_put_a_text_together(tmp_path: Path) -> None:
    site = published(HISTORY)
    for address, output in site.items():
        if isinstance(output, File):
            (tmp_path / address).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / address).write_bytes(output.content())
    guide = (Path(__file__).parents[2] / "hooks/guides/applications.md").read_text("utf-8")
    names: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", guide, re.S)[0], names)
    for item in HISTORY.versions:
        blocks = names["blocks_of"](tmp_path / "policies/terms/versions", str(item.id))
        expected = read_document(body_of(item)).sections
        assert [block.get("text", block.get("cells")) for block in blocks] == [
            [cell.text for cell in block.cells]
            if block.kind is Kind.ROW
            else block.text.replace(OBJECT, "")
            for section in expected
            for block in section.blocks
        ]


def test_every_record_says_what_shape_it_has() -> None:
    outputs = [*published(TERMS).values(), *site_files(SETTINGS, [TERMS], fragments_of)]
    records = [
        output
        for output in outputs
        if output.address.endswith(".json") and not output.address.startswith("schemas/")
    ]
    shapes = {record.address: json.loads(text(record))["schema"] for record in records}
    assert len(shapes) == len(records)
    assert shapes == {
        "policies/terms/versions/2026-01-05.v1/2026-01-05.v1.json": "gazette/version/0",
        "policies/terms/since/2026-01-05.v1/2026-01-05.v1.json": "gazette/redline/0",
        "policies/terms/versions/2026-02-01.v1/2026-02-01.v1.json": "gazette/version/0",
        "policies/terms/changes/2026-02-01.v1/2026-02-01.v1.json": "gazette/redline/0",
        "policies/terms/since/2026-02-01.v1/2026-02-01.v1.json": "gazette/redline/0",
        "policies/terms/versions.json": "gazette/versions/0",
        "policies/terms/current.json": "gazette/current/0",
        "policies.json": "gazette/policies/0",
    }


def test_the_record_of_a_redline_names_both_versions() -> None:
    site = published(TERMS)
    record = json.loads(text(site["policies/terms/changes/2026-02-01.v1/2026-02-01.v1.json"]))
    assert (record["policy"], record["old"], record["new"]) == (
        "terms",
        "2026-01-05.v1",
        "2026-02-01.v1",
    )
    assert [entry["status"] for entry in record["sections"]].count("amended") == 1


def test_all_versions_are_listed_newest_first_with_counts() -> None:
    record = json.loads(text(published(TERMS)["policies/terms/versions.json"]))
    assert record["in_force"] == "2026-02-01.v1"
    assert [(entry["version"], entry["counts"]) for entry in record["versions"]] == [
        ("2026-02-01.v1", {"amended": 1}),
        ("2026-01-05.v1", None),
    ]


def test_versions_say_what_each_did_to_which_section() -> None:
    record = json.loads(text(published(HISTORY)["policies/terms/versions.json"]))
    events = {
        entry["version"]: [
            (section["id"], section["events"], section.get("others"))
            for section in entry["sections"] or []
        ]
        for entry in record["versions"]
    }
    assert events == {
        "2026-04-01.v1": [
            ("1-fees", ["amended", "merged"], ["2-reminders"]),
            ("2-reminders", ["removed", "merged"], ["1-fees"]),
        ],
        "2026-03-01.v1": [("2-reminders", ["amended", "renamed"], None)],
        "2026-02-01.v1": [
            ("1-fees", ["amended", "split"], ["2-reminders"]),
            ("2-reminders", ["added", "split"], ["1-fees"]),
        ],
        "2026-01-05.v1": [],
    }
    assert record["versions"][0]["sections"][1]["heading"] == "2. Late payment"
    assert record["versions"][-1]["sections"] is None


def test_the_current_record_says_what_applies_and_what_is_to_come() -> None:
    terms = policy(
        version("2026-01-05.v1", BODY),
        version("2026-02-01.v1", BODY, Status.IN_FORCE, change="editorial", summary="A comma."),
        version("2026-03-01.v1", "# Terms\n", Status.UPCOMING, effective=date(2026, 4, 1)),
    )
    record = json.loads(text(published(terms)["policies/terms/current.json"]))
    applies, (coming,) = record["in_force"], record["upcoming"]
    assert (applies["version"], applies["ask_again"]) == ("2026-02-01.v1", False)
    assert applies["valid_agreements"] == ["2026-03-01.v1", "2026-02-01.v1", "2026-01-05.v1"]
    assert (coming["version"], coming["effective"]) == ("2026-03-01.v1", "2026-04-01")
    assert (coming["ask_again"], coming["valid_agreements"]) == (True, ["2026-03-01.v1"])
    assert record["since"].format(version="2026-01-05.v1") in published(terms)
    assert record["since_page"].format(version="2026-01-05.v1") in published(terms)
    for key in ("versions", "feed"):
        assert record[key] in published(terms)
    listed = records.policies_record([terms])["policies"][0]
    assert (listed["in_force"], listed["effective"]) == ("2026-02-01.v1", "2026-02-01")
    assert listed["upcoming"] == [{"version": "2026-03-01.v1", "effective": "2026-04-01"}]


def test_a_policy_that_was_retired_says_so() -> None:
    record = records.policy_record(
        policy(version("2026-01-05.v1"), retired=DAY, former_slugs=("rules",))
    )
    assert record["retired"] == "2026-11-01"
    assert record["in_force"] is None
    assert record["formerly"] == ["rules"]


def test_a_translation_says_its_language_and_what_it_is_of() -> None:
    german = policy(version("2026-02-01.v1", translates="2026-01-05.v1"), slug="de/terms")
    assert records.policy_record(german)["lang"] == "de"
    (only,) = german.versions
    assert records.version_record(german, only)["translates"] == "2026-01-05.v1"
    assert records.version_record(TERMS, TERMS.versions[0])["translates"] is None


def test_records_are_one_fact_a_line_in_their_own_letters() -> None:
    lines = records.to_bytes({"title": "Übersicht", "items": [{"a": 1}, {"a": 2}], "none": []})
    assert lines.decode() == (
        '{\n"title": "Übersicht",\n"items": [\n{"a":1},\n{"a":2}\n],\n"none": []\n}\n'
    )


def test_the_record_of_all_versions_says_which_applied_on_which_days() -> None:
    terms = withdrawn(version("2026-03-01.v1", status=Status.IN_FORCE))
    record = json.loads(text(published(terms)["policies/terms/versions.json"]))
    assert [tuple(period.values()) for period in record["periods"]] == [
        ("2026-01-05", "2026-01-31", "2026-01-05.v1"),
        ("2026-02-01", "2026-02-09", "2026-02-01.v1"),
        ("2026-02-10", "2026-02-28", "2026-01-05.v1"),
        ("2026-03-01", None, "2026-03-01.v1"),
    ]
    assert [entry["status"] for entry in record["versions"]] == [
        "in force",
        "withdrawn",
        "superseded",
    ]
