"""Where each version stands on a given day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model import Metadata, Status, VersionId
from gazette.record.version_status import statuses

SCHEDULED, UPCOMING, IN_FORCE, SUPERSEDED, WITHDRAWN, RETIRED = Status


def posted(*effective: str) -> dict[VersionId, Metadata]:
    """Return versions posted on the first of January, February ..., with their effective days."""
    ids = [VersionId(date(2026, month, 1), 1) for month in range(1, len(effective) + 1)]
    days = [date.fromisoformat(f"2026-{day}") for day in effective]
    return {
        id_: Metadata(title="Terms", version=id_, updated=id_.day, effective=day)
        for id_, day in zip(ids, days, strict=True)
    }


@pytest.mark.parametrize(
    ("effective", "last", "today", "retired", "expected"),
    [
        (["01-01"], 1, "2026-01-01", False, [IN_FORCE]),
        (["03-01"], 1, "2026-02-28", False, [UPCOMING]),
        (["01-01", "03-01"], 2, "2026-02-28", False, [IN_FORCE, UPCOMING]),
        (["01-01", "03-01"], 2, "2026-03-01", False, [SUPERSEDED, IN_FORCE]),
        (["01-01", "05-01", "04-01"], 3, "2026-04-15", False, [SUPERSEDED, SUPERSEDED, IN_FORCE]),
        (["01-01", "04-01", "05-01"], 3, "2026-03-15", False, [IN_FORCE, UPCOMING, UPCOMING]),
        (["01-01", "02-01"], 1, "2026-03-01", False, [IN_FORCE, WITHDRAWN]),
        (["01-01", "02-01"], 2, "2026-03-01", True, [SUPERSEDED, RETIRED]),
        (["01-01", "09-01"], 2, "2026-03-01", True, [SUPERSEDED, RETIRED]),
        (["01-01", "02-01"], 1, "2026-03-01", True, [RETIRED, WITHDRAWN]),
    ],
)
def test_statuses(
    effective: list[str], last: int, today: str, retired: bool, expected: list[Status]
) -> None:
    versions = posted(*effective)
    status_of = statuses(
        versions, [*versions][last - 1], date.fromisoformat(today), retired=retired
    )

    assert list(status_of.values()) == expected


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6), st.integers(0, 400), st.data())
def test_at_most_one_is_in_force_and_none_after_it_applies(
    delays: list[int], today: int, data: st.DataObject
) -> None:
    ids = [VersionId(date(2026, month, 1), 1) for month in range(1, len(delays) + 1)]
    versions = {
        id_: Metadata(
            title="Terms", version=id_, updated=id_.day, effective=id_.day + timedelta(delay)
        )
        for id_, delay in zip(ids, delays, strict=True)
    }
    last = data.draw(st.sampled_from(ids))
    day = date(2025, 12, 1) + timedelta(today)
    status_of = statuses(versions, last, day, retired=False)
    in_force = [id_ for id_ in ids if status_of[id_] is IN_FORCE]

    assert len(in_force) <= 1
    assert all(versions[id_].effective > day for id_ in ids if status_of[id_] is UPCOMING)
    assert all(id_ > last for id_ in ids if status_of[id_] is WITHDRAWN)
