"""What `versions/COMPLETE` vouches for, and when a shallow clone may trust it."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.errors import HistoryError
from gazette.model import Metadata, Policy, Status, Version, VersionId
from gazette.record.completeness import Claim, certificate, check_shallow, lost, missing
from gazette.record.lives import Departure, Life, Reign

FIRST, SECOND, THIRD = (VersionId(date(2026, month, 1), 1) for month in (1, 2, 3))


def policy(slug: str, *ids: VersionId, former: tuple[str, ...] = ()) -> Policy:
    versions = tuple(
        Version(Metadata("Terms", one, one.day, one.day), "", "", Status.SUPERSEDED, bytes)
        for one in ids
    )
    return Policy(slug, versions, None, former_slugs=former)


def claim(certified: VersionId, *known: VersionId) -> Claim:
    return Claim("terms", certified, SECOND, "docs/policies/terms.md", known)


def test_certificate_names_the_newest_version() -> None:
    assert certificate([policy("terms", FIRST, SECOND)], []) == {"terms": SECOND}


def test_what_is_lost_is_not_vouched_for() -> None:
    assert certificate([policy("terms", SECOND)], [claim(FIRST)]) == {"terms": FIRST}


@pytest.mark.parametrize(
    ("certified", "known", "full", "found"),
    [
        (FIRST, [FIRST, SECOND], True, 0),
        (FIRST, [SECOND], True, 1),
        (FIRST, [SECOND], False, 1),
        (THIRD, [SECOND], True, 0),
        (THIRD, [SECOND], False, 1),
    ],
)
def test_lost(certified: VersionId, known: list[VersionId], full: bool, found: int) -> None:
    gone = lost([claim(certified, *known)], full=full)

    assert len(gone) == found
    assert len(list(missing(gone))) == found


def life(*seen: VersionId, cut: bool = True, old: str = "") -> Life:
    left = (Departure(old, seen[0].day, seen[0], "terms"),) if old else ()
    reigns = tuple(Reign(one, "", "") for one in seen)
    return Life("terms", reigns, left, alive=True, cut=cut)


@pytest.mark.parametrize(
    ("told", "complete", "archived"),
    [
        (life(SECOND), {"terms": SECOND}, [FIRST]),
        (life(FIRST, SECOND), {"terms": FIRST}, []),
        (life(FIRST, SECOND, old="rules"), {"rules": FIRST}, []),
        (life(SECOND), {"terms": THIRD}, [SECOND, THIRD]),
        (life(SECOND, cut=False), {}, []),
    ],
)
def test_shallow_clone_that_is_enough(
    told: Life, complete: dict[str, VersionId], archived: list[VersionId]
) -> None:
    held = {("terms", one) for one in archived}

    check_shallow([told], {"terms": told.newest}, complete, held)


@pytest.mark.parametrize(
    ("told", "complete", "archived"),
    [
        (life(SECOND), {}, [FIRST]),
        (life(SECOND), {"rules": SECOND}, [FIRST]),
        (life(THIRD), {"terms": FIRST}, [FIRST]),
        (life(SECOND), {"terms": THIRD}, [SECOND]),
    ],
)
def test_shallow_clone_that_is_not(
    told: Life, complete: dict[str, VersionId], archived: list[VersionId]
) -> None:
    held = {("terms", one) for one in archived}

    with pytest.raises(HistoryError, match=r"complete for terms\."):
        check_shallow([told], {"terms": told.newest}, complete, held)
