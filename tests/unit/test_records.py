"""Records: the facts for programs, as JSON that people can read too."""

from __future__ import annotations

import json

from gazette.model import Status
from gazette.site import records
from gazette.site.overview import site_files
from published import DAY, SETTINGS, policy, published, text, version

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
        (entry["number"], entry["heading"], entry["anchor"]) for entry in record["sections"]
    ] == [
        ("", "Terms", "terms"),
        ("1", "1. Fees", "1-fees"),
    ]
    first = json.loads(text(site["policies/terms/versions/2026-01-05.v1/2026-01-05.v1.json"]))
    assert first["previous"] is None
    assert first["changes"] is None
    for address in (record["address"], record["source"], record["changes"]):
        assert address in site


def test_every_record_says_what_shape_it_has() -> None:
    outputs = [*published(TERMS).values(), *site_files(SETTINGS, [TERMS])]
    records = [output for output in outputs if output.address.endswith(".json")]
    assert [(record.address, json.loads(text(record))["schema"]) for record in records] == [
        ("policies/terms/versions/2026-01-05.v1/2026-01-05.v1.json", "gazette/version/0"),
        ("policies/terms/versions/2026-02-01.v1/2026-02-01.v1.json", "gazette/version/0"),
        ("policies/terms/changes/2026-02-01.v1/2026-02-01.v1.json", "gazette/redline/0"),
        ("policies/terms/versions.json", "gazette/versions/0"),
        ("policies.json", "gazette/policies/0"),
    ]


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


def test_a_policy_that_was_retired_says_so() -> None:
    record = records.policy_record(
        policy(version("2026-01-05.v1"), retired=DAY, former_slugs=("rules",))
    )
    assert record["retired"] == "2026-11-01"
    assert record["in_force"] is None
    assert record["formerly"] == ["rules"]


def test_records_are_one_fact_a_line_in_their_own_letters() -> None:
    lines = records.to_bytes({"title": "Übersicht", "items": [{"a": 1}, {"a": 2}], "none": []})
    assert lines.decode() == (
        '{\n"title": "Übersicht",\n"items": [\n{"a": 1},\n{"a": 2}\n],\n"none": []\n}\n'
    )
