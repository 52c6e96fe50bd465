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


def is_earlier(policy: Policy, version: Version) -> bool:
    """Tell whether a version stands before the text in force, so that something changed since."""
    return version is not policy.shown and version.status is not Status.UPCOMING


def coming_after(policy: Policy, version: Version) -> Sequence[Version]:
    """Return the upcoming versions that are to replace `version` or those after it, in order."""
    later = policy.versions[policy.place(version) + 1 :]
    return [other for other in later if other.status is Status.UPCOMING]
