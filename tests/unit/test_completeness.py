"""What `versions/COMPLETE` vouches for, and when a shallow clone may trust it."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.errors import HistoryError
from gazette.model import BlobId, Digest, Metadata, Policy, Slug, Status, Version, VersionId
from gazette.record.archive import Retirement
from gazette.record.completeness import Claim, certificate, check_shallow, lost, missing
from gazette.record.file_history import FileHistory, VersionSpan

FIRST, SECOND, THIRD = (VersionId(date(2026, month, 1), 1) for month in (1, 2, 3))


TERMS, RULES = Slug("terms"), Slug("rules")
NO_DIGEST, NO_BLOB = Digest(""), BlobId("")


def policy(*ids: VersionId) -> Policy:
    metadata = [Metadata(title="Terms", version=version, updated=version.day) for version in ids]
    versions = [Version(facts, NO_DIGEST, "", Status.SUPERSEDED, bytes) for facts in metadata]
    return Policy(TERMS, tuple(versions), None)


def claim(certified: VersionId, *held_ids: VersionId) -> Claim:
    return Claim(TERMS, certified, SECOND, "docs/policies/terms.md", held_ids)


def test_certificate_names_the_newest_version() -> None:
    assert certificate([policy(FIRST, SECOND)], []) == {TERMS: SECOND}


def test_what_is_lost_is_not_vouched_for() -> None:
    assert certificate([policy(SECOND)], [claim(FIRST)]) == {TERMS: FIRST}


@pytest.mark.parametrize(
    ("certified", "held_ids", "full", "count"),
    [
        (FIRST, [FIRST, SECOND], True, 0),
        (FIRST, [SECOND], True, 1),
        (FIRST, [SECOND], False, 1),
        (THIRD, [SECOND], True, 0),
        (THIRD, [SECOND], False, 1),
    ],
)
def test_lost(certified: VersionId, held_ids: list[VersionId], full: bool, count: int) -> None:
    gone = lost([claim(certified, *held_ids)], full=full)

    assert len(gone) == count
    assert len(list(missing(gone))) == count


def history(*seen: VersionId, cut: bool = True, old: Slug | None = None) -> FileHistory:
    removals = (Retirement(old, seen[0].day, seen[0], TERMS),) if old else ()
    spans = tuple(VersionSpan(version, NO_BLOB, NO_BLOB) for version in seen)
    return FileHistory(TERMS, spans, removals, alive=True, cut=cut)


@pytest.mark.parametrize(
    ("history", "complete", "archived"),
    [
        (history(SECOND), {TERMS: SECOND}, [FIRST]),
        (history(FIRST, SECOND), {TERMS: FIRST}, []),
        (history(FIRST, SECOND, old=RULES), {RULES: FIRST}, []),
        (history(SECOND), {TERMS: THIRD}, [SECOND, THIRD]),
        (history(SECOND, cut=False), {}, []),
    ],
)
def test_shallow_clone_that_is_enough(
    history: FileHistory, complete: dict[Slug, VersionId], archived: list[VersionId]
) -> None:
    held = {(TERMS, version) for version in archived}

    check_shallow([history], {TERMS: history.newest}, complete, held)


@pytest.mark.parametrize(
    ("history", "complete", "archived"),
    [
        (history(SECOND), {}, [FIRST]),
        (history(SECOND), {RULES: SECOND}, [FIRST]),
        (history(THIRD), {TERMS: FIRST}, [FIRST]),
        (history(SECOND), {TERMS: THIRD}, [SECOND]),
    ],
)
def test_shallow_clone_that_is_not(
    history: FileHistory, complete: dict[Slug, VersionId], archived: list[VersionId]
) -> None:
    held = {(TERMS, version) for version in archived}

    with pytest.raises(HistoryError, match=r"complete for terms\."):
        check_shallow([history], {TERMS: history.newest}, complete, held)
