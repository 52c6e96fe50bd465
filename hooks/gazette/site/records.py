"""Records: the facts about policies and versions as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gazette.compact_json import compact
from gazette.forms import redline_json
from gazette.model import Policy, Version
from gazette.site import addresses
from gazette.site.agreements import asks_again, valid_agreements
from gazette.site.outputs import File, file
from gazette.site.periods import Period, Timeline
from gazette.site.section_events import Events
from gazette.site.updates import Update, metadata_changes

POLICIES, VERSIONS, VERSION = "gazette/policies/0", "gazette/versions/0", "gazette/version/0"
CURRENT, REDLINE = "gazette/current/0", redline_json.SCHEMA
"""The shapes of records. 0 is a preview; from 1.0 on, what programs would notice counts them up."""
SHAPES = (POLICIES, VERSIONS, VERSION, CURRENT, REDLINE)
SCHEMAS = Path(__file__).parents[1] / "schemas"
"""The JSON Schema of each shape, in a file that is named as it is published."""


def to_bytes(record: Mapping[str, object]) -> bytes:
    """Return a record as published: UTF-8, one line for each field, the same on every run."""
    lines = ",\n".join(f"{compact(name)}: {_value(value)}" for name, value in record.items())
    return f"{{\n{lines}\n}}\n".encode()


def _value(value: object) -> str:
    """Return a value on one line, but a list of records with one record on each line."""
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        return compact(value)
    items = ",\n".join(map(compact, value))
    return f"[\n{items}\n]"


def version_record(policy: Policy, version: Version) -> dict[str, Any]:
    """Return the facts about one version, with its addresses relative to the site's root."""
    metadata = version.metadata
    previous, following = policy.predecessor(version), policy.successor(version)
    return {
        "policy": policy.slug,
        "title": metadata.title,
        "version": str(version.id),
        "updated": metadata.updated.isoformat(),
        "effective": metadata.effective.isoformat(),
        "status": version.status.value,
        "change": metadata.change.value,
        "summary": metadata.summary,
        "translates": str(metadata.translates) if metadata.translates else None,
        "previous": str(previous.id) if previous else None,
        "next": str(following.id) if following else None,
        "sha256": version.sha256,
        "path": version.path,
        "address": addresses.version(policy.slug, version.id),
        "source": addresses.source(policy.slug, version.id),
        "changes": addresses.changes(policy.slug, version.id) if previous else None,
    }


def record_with_sections(
    policy: Policy, version: Version, sections: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the record of one version with those of its sections."""
    return {"schema": VERSION, **version_record(policy, version), "sections": list(sections)}


def redline_record(
    policy: Policy, old: Version, new: Version, redline: str, fault: str = ""
) -> bytes:
    """Return a redline, which is JSON already, with its policy and the two versions.

    `fault` says why it replaces the whole text, if it does: it could not be proved.
    """
    facts = redline_facts(policy, old, new, fault)
    return (json.dumps(facts)[:-1] + ", " + redline[1:]).encode()


def redline_facts(policy: Policy, old: Version, new: Version, fault: str = "") -> dict[str, Any]:
    """Return what the record of a redline says beside its sections.

    `metadata` lists the title, description and category where they changed.
    """
    facts: dict[str, Any] = {
        "policy": policy.slug,
        "old": str(old.id),
        "new": str(new.id),
        "metadata": [change._asdict() for change in metadata_changes(old.metadata, new.metadata)],
    }
    return facts | ({"unproved": fault} if fault else {})


def versions_record(
    policy: Policy, updates: Sequence[Update], events: Events, line: Timeline
) -> dict[str, Any]:
    """Return all versions of a policy, newest first, each with what its update did to sections.

    Before them stands which one was in force on which days.
    """
    counts = {update.new.id: dict(update.counts) for update in updates}
    records = [
        {
            **version_record(policy, version),
            "counts": counts.get(version.id),
            "sections": events.get(place, []) if place else None,
        }
        for place, version in enumerate(policy.versions)
    ]
    periods = [_period(period) for period in line.periods if period.first]
    facts = {**policy_record(policy), "periods": periods}
    return {"schema": VERSIONS, **facts, "versions": records[::-1]}


def _period(period: Period) -> dict[str, Any]:
    return {
        "first": period.first and period.first.isoformat(),
        "last": period.last and period.last.isoformat(),
        "version": str(period.version.id) if period.version else None,
    }


def current_record(policy: Policy) -> dict[str, Any]:
    """Return what applies and what is to come, for programs that ask often."""
    slug = policy.slug
    return {
        "schema": CURRENT,
        **policy_record(policy),
        "in_force": _current(policy, policy.in_force) if policy.in_force else None,
        "upcoming": [_current(policy, version) for version in policy.upcoming],
        "since": addresses.since_record(slug, "{version}"),
        "since_page": addresses.since(slug, "{version}"),
        "versions": addresses.versions_record(slug),
        "feed": addresses.feed(slug),
    }


def _current(policy: Policy, version: Version) -> dict[str, Any]:
    return {
        **version_record(policy, version),
        "record": addresses.record(policy.slug, version.id),
        "ask_again": asks_again(policy, version),
        "valid_agreements": [str(other.id) for other in valid_agreements(policy, version)],
    }


def policies_record(policies: Sequence[Policy]) -> dict[str, Any]:
    """Return the facts about all policies."""
    return {"schema": POLICIES, "policies": [policy_record(policy) for policy in policies]}


def policy_record(policy: Policy) -> dict[str, Any]:
    """Return the facts about a policy as a whole."""
    metadata, in_force = policy.shown.metadata, policy.in_force
    return {
        "policy": policy.slug,
        "title": policy.title,
        "description": metadata.description,
        "category": metadata.category,
        "lang": policy.lang,
        "in_force": str(in_force.id) if in_force else None,
        "effective": in_force.metadata.effective.isoformat() if in_force else None,
        "upcoming": [
            {"version": str(version.id), "effective": version.metadata.effective.isoformat()}
            for version in policy.upcoming
        ],
        "retired": policy.retired.isoformat() if policy.retired else None,
        "formerly": list(policy.former_slugs),
        "address": addresses.policy(policy.slug),
        "archive": addresses.archive(policy.slug),
        "current": addresses.current_record(policy.slug),
    }


def schema_files() -> Iterator[File]:
    """Yield the JSON Schema of every shape, as it is published."""
    for shape in SHAPES:
        address = addresses.schema(shape)
        yield file(address, (SCHEMAS / Path(address).name).read_bytes())
