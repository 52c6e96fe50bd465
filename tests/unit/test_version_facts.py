"""Pages of versions are not made again under the same key: it covers all that they show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from gazette.model import Absence, Policy, Return, Slug, Status, VersionId
from gazette.site.addresses import Address
from gazette.site.outputs import File, Page
from gazette.site.pages import version_pages
from gazette.site.version_facts import versions_key
from published import context_of, html, policy, version

TEXT = "# Terms\n\n## 1. Fees\n\nA fee of €12 is due.\n\n## 2. Law\n\nThe law of Malta applies.\n"
MERGED = "# Terms\n\n## 1. Fees\n\nA fee of €12 is due. The law of Malta applies.\n"
NEXT, LATER = "2026-04-01.v1", date(2026, 9, 1)


def record(status: Status, *more: str, **facts: Any) -> Policy:
    """Return a policy of four versions, of which the last has a status, and these `more` behind."""
    third = Status.IN_FORCE if status is Status.WITHDRAWN else Status.SUPERSEDED
    return policy(
        version("2026-01-05.v1", TEXT),
        version("2026-02-01.v1", TEXT.replace("12", "14")),
        version("2026-03-01.v1", MERGED, third, effective=date(2026, 3, 20)),
        version("2026-03-10.v1", TEXT.replace("Law", "Courts"), status),
        *(version(NEXT, text, Status.IN_FORCE) for text in more),
        **facts,
    )


LAST = VersionId.parse("2026-03-10.v1")
BACK = Return(date(2026, 3, 25), LAST, VersionId.parse("2026-03-01.v1"))
BEFORE = record(Status.IN_FORCE)
RECORDS = {
    "nothing": BEFORE,
    "another version": record(Status.SUPERSEDED, MERGED),
    "one of its day": policy(
        *record(Status.SUPERSEDED).versions, version("2026-03-10.v2", MERGED, Status.IN_FORCE)
    ),
    "one with another title": policy(
        *record(Status.SUPERSEDED).versions,
        version(NEXT, TEXT, Status.IN_FORCE, title="Conditions"),
    ),
    "one to come": policy(*BEFORE.versions, version(NEXT, TEXT, Status.UPCOMING, effective=LATER)),
    "the last withdrawn": record(Status.WITHDRAWN),
    "the last withdrawn on a day": record(
        Status.WITHDRAWN,
        returns=(BACK,),
    ),
    "another after the last was withdrawn": record(Status.WITHDRAWN, MERGED, returns=(BACK,)),
    "another after the last was withdrawn at some time": record(Status.WITHDRAWN, MERGED),
    "left": record(Status.RETIRED, retired=date(2026, 5, 1)),
    "another of the same words": record(Status.SUPERSEDED, TEXT),
    "left and back": record(Status.SUPERSEDED, TEXT, absences=(Absence(date(2026, 3, 25), LAST),)),
    "another text": replace(
        BEFORE, versions=(version("2026-01-05.v1", MERGED), *BEFORE.versions[1:])
    ),
    "another day of the first": replace(
        BEFORE, versions=(version("2026-01-06.v1", TEXT), *BEFORE.versions[1:])
    ),
    "more known": replace(BEFORE, complete_until=LAST, original_slugs={LAST: Slug("terms")}),
}


def shown(outputs: Mapping[Address, Page | File]) -> Iterator[tuple[str, object]]:
    """Yield all that is published, by address."""
    for address, output in outputs.items():
        content = html(output) if isinstance(output, Page) else output.content()
        yield address, (output, content)


@cache
def made(change: str) -> list[tuple[str, dict[str, object]]]:
    """Return the key of what is published of each version alone, and that."""
    context, updates = context_of(RECORDS[change])
    parts = [range(place, place + 1) for place in range(4)]
    return [
        (
            versions_key(context, part),
            dict(shown({page.address: page for page in version_pages(context, updates, part)})),
        )
        for part in parts
    ]


@pytest.mark.parametrize("change", RECORDS)
def test_same_key_is_that_of_the_same_pages(change: str) -> None:
    for other in RECORDS:
        for (key, pages), (other_key, others) in zip(made(change), made(other), strict=True):
            assert key != other_key or pages == others, other


def test_another_version_leaves_all_but_the_last_two_alone() -> None:
    pairs = zip(made("nothing"), made("another version"), strict=True)
    assert [old[0] == new[0] for old, new in pairs] == [True, True, False, False]
