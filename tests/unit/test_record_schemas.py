"""Every record keeps to the schema that is published for its shape, which names all its fields."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from gazette.model import Policy, Status
from gazette.site.overview import site_files
from gazette.site.records import SCHEMAS, SHAPES
from published import DAY, SETTINGS, fragments_of, policy, published, text, version
from record_schemas import faults

TEXT = """\
Opening words.

# Terms

## 1. Fees

- A fee of €12 is due on the first day of each month.
- Reminders cost [€5](https://example.com/fees) each.

| Plan | Fee |
| ---- | --- |
| Free | €0  |

## 2. Notices

We write to you 30 days before these terms change.
"""
CHANGED = TEXT.replace("30 days", "14 days").replace("example.com/fees", "example.com/prices")
POLICIES = [
    policy(version("2026-01-05.v1", TEXT, Status.IN_FORCE)),
    policy(
        version("2026-01-05.v1", TEXT, category="Terms"),
        version("2026-02-01.v1", CHANGED, Status.WITHDRAWN, summary="“Notice”"),
        version("2026-03-01.v1", CHANGED, Status.IN_FORCE, title="Our terms"),
        version("2026-03-02.v1", "# Terms\n", Status.UPCOMING, effective=date(2026, 4, 1)),
    ),
    policy(version("2026-01-05.v1", TEXT), version("2026-02-01.v1", "Gone.\n"), retired=DAY),
]


def records_of(terms: Policy) -> list[Any]:
    outputs = [*published(terms).values(), *site_files(SETTINGS, [terms], fragments_of)]
    return [
        json.loads(text(output))
        for output in outputs
        if output.address.endswith(".json") and not output.address.startswith("schemas/")
    ]


@pytest.mark.parametrize("terms", POLICIES)
def test_records_keep_to_their_schemas(terms: Policy) -> None:
    records = records_of(terms)
    assert {record["schema"] for record in records} == {*SHAPES}
    assert [fault for record in records for fault in faults(record)] == []


def test_a_field_that_no_schema_names_is_noticed() -> None:
    for record in records_of(POLICIES[1]):
        assert [*faults({**record, "unheard": 1})]


def test_schemas_are_published_and_say_the_same_of_the_same_things() -> None:
    files = {str(output.address): text(output) for output in site_files(SETTINGS, [], fragments_of)}
    names = sorted(path.name for path in SCHEMAS.iterdir())
    assert {f"schemas/{name}" for name in names} <= files.keys()
    known: dict[str, Any] = {}
    for name in names:
        schema = json.loads(files[f"schemas/{name}"])
        for part in ("version", "day", "digest", "address", "kind"):
            if part in schema["$defs"]:
                assert known.setdefault(part, schema["$defs"][part]) == schema["$defs"][part]
    facts = json.loads(files["schemas/version-0.json"])["properties"]
    listed = json.loads(files["schemas/versions-0.json"])["$defs"]["listed_version"]["properties"]
    current = json.loads(files["schemas/current-0.json"])["$defs"]["current_version"]["properties"]
    for name in facts.keys() - {"schema", "sections"}:
        assert facts[name] == listed[name] == current[name]
