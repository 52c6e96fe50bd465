"""Updates: the steps of a policy from one version to the next, and which pages compare versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gazette.model import Metadata, Policy, Status, Version


@dataclass(frozen=True)
class Update:
    """What one update changed; `counts` are (status or flag, number of sections), none zero."""

    old: Version
    new: Version
    counts: tuple[tuple[str, int], ...]


class MetadataChange(NamedTuple):
    """A value of the front matter, named by its `key`, that readers knew otherwise before."""

    key: str
    old: str
    new: str


NOTED_KEYS = ("title", "description", "category")
"""Days and summary are those of every version, and stand on its pages."""
SHOWN_KEYS = ("title", "updated", "effective", "summary", "description", "category")
"""All that readers get of the metadata."""


def metadata_changes(
    old: Metadata, new: Metadata, keys: Sequence[str] = NOTED_KEYS
) -> list[MetadataChange]:
    """Return what readers are called to notice in the metadata of two versions."""
    values = ((key, str(getattr(old, key)), str(getattr(new, key))) for key in keys)
    return [MetadataChange(*change) for change in values if change[1] != change[2]]


def versions_to_shown(policy: Policy) -> Sequence[Version]:
    """Return the versions of a policy up to the one that its page shows."""
    return policy.versions[: policy.versions.index(policy.shown) + 1]


def has_since_page(policy: Policy, version: Version) -> bool:
    """Tell whether a page lists everything that changed since `version`."""
    return version is not policy.shown and version.status is not Status.UPCOMING


def without_redline(versions: Sequence[Version], full_redlines: int) -> range:
    """Return the places in `versions` that are too old for a redline against the last of them."""
    return range(max(0, len(versions) - 1 - full_redlines))
