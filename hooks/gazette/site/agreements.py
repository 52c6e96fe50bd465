"""Agreements: to which versions a reader may have agreed and need not be asked again.

An editorial change asks nobody again, a substantive one asks everybody who agreed to a text before
it. A version that was withdrawn is no text that anybody has to agree to, nor does it hold.
"""

from __future__ import annotations

from gazette.model import Change, Policy, Status, Version


def asks_again(policy: Policy, version: Version) -> bool:
    """Tell whether a version asks those again who agreed to the one before it."""
    is_first = version is next(iter(_standing(policy)), None)
    return version.metadata.change is Change.SUBSTANTIVE and not is_first


def valid_agreements(policy: Policy, version: Version) -> list[Version]:
    """Return the versions, newest first, of which an agreement holds for this one.

    They are the later ones, the version itself, and those before it up to the last substantive
    change.
    """
    standing = _standing(policy)
    place = next(at for at, other in enumerate(standing) if other is version)
    while place and not asks_again(policy, standing[place]):
        place -= 1
    return standing[: place - 1 if place else None : -1]


def _standing(policy: Policy) -> list[Version]:
    return [version for version in policy.versions if version.status is not Status.WITHDRAWN]
