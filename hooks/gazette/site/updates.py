"""Updates: the steps of a policy from one version to the next, and which pages compare versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gazette.model import Policy, Status, Version


@dataclass(frozen=True)
class Update:
    """What one update changed; `counts` are (status or flag, number of sections), none zero."""

    old: Version
    new: Version
    counts: tuple[tuple[str, int], ...]


def versions_to_shown(policy: Policy) -> Sequence[Version]:
    """Return the versions of a policy up to the one that its page shows."""
    return policy.versions[: policy.versions.index(policy.shown) + 1]


def has_since_page(policy: Policy, version: Version) -> bool:
    """Tell whether a page lists everything that changed since `version`."""
    return version is not policy.shown and version.status is not Status.UPCOMING


def without_redline(versions: Sequence[Version], full_redlines: int) -> range:
    """Return the places in `versions` that are too old for a redline against the last of them."""
    return range(max(0, len(versions) - 1 - full_redlines))
