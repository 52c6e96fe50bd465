"""Records held against the JSON Schemas that are published for them, without a field more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from gazette.site.records import SCHEMAS


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """Return what validates records of a shape, as in `current-0`, and refuses unknown fields."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(_closed(schema))


def faults(record: Any) -> Iterator[str]:
    """Yield what is wrong with a record, and where in it."""
    name = record["schema"].removeprefix("gazette/").replace("/", "-")
    for error in validator(name).iter_errors(record):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


def records(site: Path) -> Iterator[tuple[str, Any]]:
    """Yield all records that a built site publishes, by their addresses."""
    for path in sorted(site.rglob("*.json")):
        address = path.relative_to(site).as_posix()
        if address == "policies.json" or "policies/" in address:
            yield address, json.loads(path.read_bytes())


def _closed(schema: Any) -> Any:
    """Return a schema in which an object has the properties that are named, and no others."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed["additionalProperties"] = False
    return closed
