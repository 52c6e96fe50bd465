"""Records: the facts about policies and versions as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gazette.model import Policy, Version
from gazette.site import addresses
from gazette.site.updates import Update, metadata_changes

POLICIES, VERSIONS, VERSION = "gazette/policies/0", "gazette/versions/0", "gazette/version/0"
"""The shapes of records. 0 is a preview; from 1.0 on, what programs would notice counts them up."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_bytes(record: Mapping[str, object]) -> bytes:
    """Return a record as published: UTF-8, one line for each field, the same on every run."""
    lines = ",\n".join(f"{_encode(name)}: {_value(value)}" for name, value in record.items())
    return f"{{\n{lines}\n}}\n".encode()


def _value(value: object) -> str:
    """Return a value on one line, but a list of records with one record on each line."""
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        return _encode(value)
    items = ",\n".join(map(_encode, value))
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


def versions_record(policy: Policy, updates: Sequence[Update]) -> dict[str, Any]:
    """Return all versions of a policy, newest first, each with the counts of its update."""
    counts = {update.new.id: dict(update.counts) for update in updates}
    return {
        "schema": VERSIONS,
        **policy_record(policy),
        "versions": [
            {**version_record(policy, version), "counts": counts.get(version.id)}
            for version in reversed(policy.versions)
        ],
    }


def policies_record(policies: Sequence[Policy]) -> dict[str, Any]:
    """Return the facts about all policies."""
    return {"schema": POLICIES, "policies": [policy_record(policy) for policy in policies]}


def policy_record(policy: Policy) -> dict[str, Any]:
    """Return the facts about a policy as a whole."""
    metadata = policy.shown.metadata
    return {
        "policy": policy.slug,
        "title": policy.title,
        "description": metadata.description,
        "category": metadata.category,
        "in_force": str(policy.in_force.id) if policy.in_force else None,
        "retired": policy.retired.isoformat() if policy.retired else None,
        "formerly": list(policy.former_slugs),
        "address": addresses.policy(policy.slug),
        "archive": addresses.archive(policy.slug),
    }
