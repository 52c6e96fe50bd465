"""Fingerprints: a digest of plain values, the same in every process, run and machine."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256


def fingerprint(*parts: object) -> str:
    """Return the digest of `parts`, in hexadecimal.

    Known are texts, bytes, numbers, None, dates, enums, tuples and lists (which are the same),
    mappings by text in any order, and frozen dataclasses of these, without the fields that take no
    part in comparisons. Raises TypeError for anything else: its `repr` could differ between runs.
    """
    digest = sha256()
    for part in parts:
        if isinstance(part, str):
            kind, data = "text", part.encode("utf-8", "surrogatepass")
        else:
            kind, data = "json", json.dumps(part, default=_plain, sort_keys=True).encode()
        digest.update(f"{kind} {len(data)} ".encode())
        digest.update(data)
    return digest.hexdigest()


def _plain(value: object) -> object:
    """Return `value` as something that JSON knows, marked with its type."""
    if isinstance(value, date):
        return _marked(value, value.isoformat())
    if isinstance(value, bytes):
        return _marked(value, value.hex())
    if isinstance(value, Enum):
        return _marked(value, value.name)
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value) and not isinstance(value, type) and isinstance(value, Hashable):
        compared = [entry.name for entry in fields(value) if entry.compare]
        return _marked(value, {name: getattr(value, name) for name in compared})
    raise TypeError(f"{_name(type(value))} has no fingerprint: it is no plain value.")


def _marked(value: object, content: object) -> dict[str, object]:
    return {f"<{_name(type(value))}>": content}


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
