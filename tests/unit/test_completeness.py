"""What `versions/COMPLETE` vouches for, and when a shallow clone may trust it."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.errors import HistoryError
from gazette.model import Metadata, Policy, Status, Version, VersionId
from gazette.record.completeness import Claim, certificate, check_shallow, lost, missing
from gazette.record.file_history import FileHistory, Removal, VersionSpan

FIRST, SECOND, THIRD = (VersionId(date(2026, month, 1), 1) for month in (1, 2, 3))


def policy(slug: str, *ids: VersionId, former: tuple[str, ...] = ()) -> Policy:
    versions = tuple(
        Version(
            Metadata(title="Terms", version=one, updated=one.day), "", "", Status.SUPERSEDED, bytes
        )
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


def history(*seen: VersionId, cut: bool = True, old: str = "") -> FileHistory:
    left = (Removal(old, seen[0].day, seen[0], "terms"),) if old else ()
    spans = tuple(VersionSpan(one, "", "") for one in seen)
    return FileHistory("terms", spans, left, alive=True, cut=cut)


@pytest.mark.parametrize(
    ("told", "complete", "archived"),
    [
        (history(SECOND), {"terms": SECOND}, [FIRST]),
        (history(FIRST, SECOND), {"terms": FIRST}, []),
        (history(FIRST, SECOND, old="rules"), {"rules": FIRST}, []),
        (history(SECOND), {"terms": THIRD}, [SECOND, THIRD]),
        (history(SECOND, cut=False), {}, []),
    ],
)
def test_shallow_clone_that_is_enough(
    told: FileHistory, complete: dict[str, VersionId], archived: list[VersionId]
) -> None:
    held = {("terms", one) for one in archived}

    check_shallow([told], {"terms": told.newest}, complete, held)


@pytest.mark.parametrize(
    ("told", "complete", "archived"),
    [
        (history(SECOND), {}, [FIRST]),
        (history(SECOND), {"rules": SECOND}, [FIRST]),
        (history(THIRD), {"terms": FIRST}, [FIRST]),
        (history(SECOND), {"terms": THIRD}, [SECOND]),
    ],
)
def test_shallow_clone_that_is_not(
    told: FileHistory, complete: dict[str, VersionId], archived: list[VersionId]
) -> None:
    held = {("terms", one) for one in archived}

    with pytest.raises(HistoryError, match=r"complete for terms\."):
        check_shallow([told], {"terms": told.newest}, complete, held)
