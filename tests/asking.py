"""Whether users are to be asked again: what an application decides, beside what is right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from gazette.model import Change, Policy, Return, VersionId
from gazette.record.version_status import statuses
from gazette.site.records import current_record, to_bytes
from published import policy, version


class Posted(NamedTuple):
    """A version by all that decides; afterwards, so many versions were taken `back`.

    The policy stood as before then: whoever goes back withdraws all that is newer.
    """

    id: VersionId
    change: Change
    effective: date
    back: int = 0


class Case(NamedTuple):
    """A question: a user who `agreed`, on a day, with what is published by then; and the answer."""

    record: Any
    agreed: str
    today: str
    is_right: bool


def cases(history: Sequence[Posted]) -> Iterator[Case]:
    """Yield every question that can come up after each update of a policy, and each withdrawal.

    Users may have agreed to any version posted so far. They are asked on the day of the update, and
    from the records of that day on the days when what is posted ahead begins to apply.
    """
    for count in range(1, len(history) + 1):
        last = history[count - 1]
        for back in {0, last.back}:
            posted = [*history[: count - 1], last._replace(back=back)]
            built = last.id.day
            record = json.loads(to_bytes(current_record(as_of(posted, built))))
            ahead = {entry.effective for entry in posted if entry.effective > built}
            for today in sorted({built, built + timedelta(days=400), *ahead}):
                for entry in posted:
                    answer = is_asked(posted, entry, today)
                    yield Case(record, str(entry.id), today.isoformat(), answer)


def is_asked(posted: Sequence[Posted], agreed: Posted, today: date) -> bool:
    """Tell whether a substantive change lies between a version and the one that applies."""
    standing = [*stood(posted)][-1]
    begun = [entry for entry in standing if max(entry.effective, entry.id.day) <= today]
    if not begun:
        return False
    if agreed not in standing:
        return True
    since = [entry for entry in standing if agreed.id < entry.id <= begun[-1].id]
    return any(entry.change is Change.SUBSTANTIVE for entry in since)


def stood(posted: Iterable[Posted]) -> Iterator[list[Posted]]:
    """Yield what stands after each update, and after each withdrawal."""
    standing: list[Posted] = []
    for entry in posted:
        standing = [*standing, entry]
        yield standing
        if back := min(entry.back, len(standing) - 1):
            standing = standing[:-back]
            yield standing


def as_of(posted: Sequence[Posted], today: date) -> Policy:
    """Return the policy as it was published on a day, its texts left out."""
    versions = [
        version(str(entry.id), change=entry.change, effective=entry.effective) for entry in posted
    ]
    lines = [*stood(posted)]
    returns = [
        Return(old[-1].id.day, old[-1].id, new[-1].id)
        for old, new in pairwise(lines)
        if len(new) < len(old)
    ]
    last, metadata = lines[-1][-1].id, {version.id: version.metadata for version in versions}
    by_id = statuses(metadata, last, today, retired=False, returns=returns)
    return policy(*(replace(version, status=by_id[version.id]) for version in versions))
