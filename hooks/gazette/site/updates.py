"""Updates: the steps of a policy from one version to the next."""

from __future__ import annotations

from dataclasses import dataclass

from gazette.model import Version


@dataclass(frozen=True)
class Update:
    """What one update did to the sections of a policy: how many of them, by word, none for zero."""

    slug: str
    old: Version
    new: Version
    counts: tuple[tuple[str, int], ...]
