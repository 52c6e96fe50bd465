"""Records: the facts about policies and versions as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gazette.model import Policy, Version
from gazette.site import addresses
from gazette.site.updates import Update

if TYPE_CHECKING:
    from gazette.site.fragments import Text


_line = json.JSONEncoder(ensure_ascii=False).encode
"""Writes a value on one line."""


def to_bytes(record: Mapping[str, object]) -> bytes:
    """Return a record as the bytes that are published: UTF-8, readable, the same on every run."""
    lines = ",\n".join(f"{_line(name)}: {_value(value)}" for name, value in record.items())
    return f"{{\n{lines}\n}}\n".encode()


def _value(value: object) -> str:
    """Return a value on one line, but a list of records with one on each line."""
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        return _line(value)
    items = ",\n".join(_line(one) for one in value)
    return f"[\n{items}\n]"


def version(owner: Policy, shown: Version) -> dict[str, Any]:
    """Return what there is to know about one version, with its addresses from the site's root."""
    facts = shown.metadata
    before, after = owner.predecessor(shown), owner.successor(shown)
    return {
        "policy": owner.slug,
        "title": facts.title,
        "version": str(shown.id),
        "updated": facts.updated.isoformat(),
        "effective": facts.effective.isoformat(),
        "status": shown.status.value,
        "change": facts.change.value,
        "summary": facts.summary,
        "previous": str(before.id) if before else None,
        "next": str(after.id) if after else None,
        "sha256": shown.sha256,
        "path": shown.path,
        "address": addresses.version(owner.slug, shown.id),
        "source": addresses.source(owner.slug, shown.id),
        "changes": addresses.changes(owner.slug, shown.id) if before else None,
    }


def version_with_sections(owner: Policy, shown: Version, text: Text) -> dict[str, Any]:
    """Return the record of one version with the sections of its text."""
    sections = [one.facts() for one in text.sections if one.index]
    return {**version(owner, shown), "sections": sections}


def change(owner: Policy, old: Version, new: Version, redline: str) -> bytes:
    """Return a redline, JSON already, with the policy and the versions that it is of."""
    facts = {"policy": owner.slug, "old": str(old.id), "new": str(new.id)}
    return (json.dumps(facts)[:-1] + ", " + redline[1:]).encode()


def versions(owner: Policy, updates: Sequence[Update]) -> dict[str, Any]:
    """Return all versions of a policy, newest first, each with the counts of its update."""
    counts = {one.new.id: dict(one.counts) for one in updates}
    return {
        **policy(owner),
        "versions": [
            {**version(owner, one), "counts": counts.get(one.id)}
            for one in reversed(owner.versions)
        ],
    }


def policy(owner: Policy) -> dict[str, Any]:
    """Return what there is to know about a policy as a whole."""
    shown = owner.in_force or owner.newest
    return {
        "policy": owner.slug,
        "title": owner.title,
        "description": shown.metadata.description,
        "category": shown.metadata.category,
        "in_force": str(owner.in_force.id) if owner.in_force else None,
        "retired": owner.retired.isoformat() if owner.retired else None,
        "formerly": list(owner.former_slugs),
        "address": addresses.policy(owner.slug),
        "archive": addresses.archive(owner.slug),
    }
