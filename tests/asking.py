"""Whether users are to be asked again: what an application decides, beside what is right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from gazette.model import Change, Policy, Status, Version, VersionId
from gazette.record.version_status import statuses
from gazette.site.records import current_record, to_bytes
from published import policy, version


class Posted(NamedTuple):
    """A version by all that decides; an update at or after the place `withdrawn` took it back."""

    id: VersionId
    change: Change
    effective: date
    withdrawn: int | None = None


class Case(NamedTuple):
    """A question: a user who `agreed`, on a day, with what is published by then; and the answer."""

    record: Any
    agreed: str
    today: str
    is_right: bool


def cases(history: Sequence[Posted]) -> Iterator[Case]:
    """Yield every question that can come up after each update of a policy.

    Users may have agreed to any version posted so far. They are asked on the day of the update, and
    from the records of that day on the days when what is posted ahead begins to apply.
    """
    for count in range(1, len(history) + 1):
        posted = history[:count]
        built = posted[-1].id.day
        terms = as_of(posted, built)
        record = json.loads(to_bytes(current_record(terms)))
        ahead = {entry.effective for entry in posted if entry.effective > built}
        for today in sorted({built, built + timedelta(days=400), *ahead}):
            for entry in posted:
                answer = is_asked(posted, entry, today)
                yield Case(record, str(entry.id), today.isoformat(), answer)


def is_asked(posted: Sequence[Posted], agreed: Posted, today: date) -> bool:
    """Tell whether a substantive change lies between a version and the one that applies."""
    standing = [entry for entry in posted if not is_withdrawn(entry, posted)]
    begun = [entry for entry in standing if max(entry.effective, entry.id.day) <= today]
    if not begun:
        return False
    if agreed not in standing:
        return True
    since = [entry for entry in standing if agreed.id < entry.id <= begun[-1].id]
    return any(entry.change is Change.SUBSTANTIVE for entry in since)


def is_withdrawn(entry: Posted, posted: Sequence[Posted]) -> bool:
    """Tell whether an update up to now took a version back."""
    is_due = entry.withdrawn is not None and entry.withdrawn < len(posted)
    return is_due and entry != posted[-1]


def as_of(posted: Sequence[Posted], today: date) -> Policy:
    """Return the policy as it was published on a day, its texts left out."""
    versions = [
        version(str(entry.id), change=entry.change, effective=entry.effective) for entry in posted
    ]
    standing = {
        own.id: own.metadata
        for own, entry in zip(versions, posted, strict=True)
        if not is_withdrawn(entry, posted)
    }
    by_id = statuses(standing, posted[-1].id, today, retired=False)
    return policy(*(_with_status(own, by_id.get(own.id)) for own in versions))


def _with_status(own: Version, status: Status | None) -> Version:
    return replace(own, status=status or Status.WITHDRAWN)
