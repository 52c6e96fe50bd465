"""Which version was in force on each day: an answer for every day, the same as its status."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.days import covers
from gazette.language import ENGLISH
from gazette.model import Absence, Metadata, Policy, Return, Slug, Status, Version, VersionId
from gazette.record.version_status import statuses
from gazette.site.outputs import Page
from gazette.site.periods import GapReason, Period, Reason, Timeline, is_certain, timeline
from gazette.site.time_pages import pages
from gazette.site.updates import Update
from published import tree

START = date(2026, 1, 1)


def version(posted: date, number: int, effective: date, status: Status) -> Version:
    metadata = Metadata(
        title="Terms", version=VersionId(posted, number), updated=posted, effective=effective
    )
    return Version(metadata, metadata.version, "docs/policies/terms.md", status, bytes)  # type: ignore[arg-type]


def history(
    days: list[tuple[int, int]], last: int, retired: int | None = None, *absences: tuple[int, int]
) -> Policy:
    """Return a policy whose versions were posted and are effective on days counted from START.

    `last` is the place of the version that `docs/` holds, or held on the day `retired`. Each
    absence is a day and the place of the version that left.
    """
    ids = [
        VersionId(START + timedelta(posted), 1 + place) for place, (posted, _) in enumerate(days)
    ]
    metadata = {
        id_: Metadata(
            title="Terms", version=id_, updated=id_.day, effective=START + timedelta(effective)
        )
        for id_, (_, effective) in zip(ids, days, strict=True)
    }
    today = START + timedelta(1000)
    status = statuses(metadata, ids[last], today, retired=retired is not None)
    versions = tuple(
        version(id_.day, id_.number, metadata[id_].effective, status[id_]) for id_ in ids
    )
    in_force = [member for member in versions if member.status is Status.IN_FORCE]
    return Policy(
        Slug("terms"),
        versions,
        in_force[0] if in_force else None,
        None if retired is None else START + timedelta(retired),
        absences=tuple(Absence(START + timedelta(day), ids[place]) for day, place in absences),
    )


def withdrawing(days: list[tuple[int, int]], last: int, *returns: tuple[int, int, int]) -> Policy:
    """Return such a policy; `returns` are days, each with the places of what was left for what."""
    policy = history(days, last)
    ids = [posted.id for posted in policy.versions]
    went_back = tuple(
        Return(START + timedelta(day), ids[left], ids[to]) for day, left, to in returns
    )
    metadata = {posted.id: posted.metadata for posted in policy.versions}
    today = START + timedelta(1000)
    status = statuses(metadata, ids[last], today, retired=False, returns=went_back)
    versions = tuple(replace(posted, status=status[posted.id]) for posted in policy.versions)
    in_force = next((posted for posted in versions if posted.status is Status.IN_FORCE), None)
    return replace(policy, versions=versions, in_force=in_force, returns=went_back)


def outline(line: Timeline) -> list[str]:
    """Return the periods as text: days from START, and the number of the version or the gap."""

    def day(end: date | None) -> str:
        return "" if end is None else str((end - START).days)

    return [
        f"{day(period.first)}..{day(period.last)} "
        + (
            f"v{period.version.id.number}"
            if period.version
            else period.gap.name
            if period.gap
            else ""
        )
        + "".join(
            f" (v{entry.version.id.number} {entry.reason.name}"
            + (f" v{entry.by.id.number})" if entry.by else ")")
            for entry in period.posted
        )
        for period in line.periods
    ]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (history([(0, 0), (90, 90)], 1), ["..-1 BEFORE", "0..89 v1", "90.. v2"]),
        (
            history([(0, 30), (90, 120)], 1),
            ["..-1 BEFORE", "0..29 POSTED", "30..119 v1", "120.. v2"],
        ),
        (
            history([(0, 0), (9, 9), (9, 9), (9, 9)], 3),
            ["..-1 BEFORE", "0..8 v1", "9.. v4 (v2 SAME_DAY v3) (v3 SAME_DAY v4)"],
        ),
        (
            history([(0, 0), (10, 60), (20, 40)], 2),
            ["..-1 BEFORE", "0..39 v1 (v2 OVERTAKEN v3)", "40.. v3"],
        ),
        (history([(0, 0), (10, 10)], 0), ["..-1 BEFORE", "0.. v1 (v2 WITHDRAWN)"]),
        (history([(0, 0)], 0, 50), ["..-1 BEFORE", "0..49 v1", "50.. RETIRED"]),
        (
            history([(0, 0), (10, 60)], 1, 50),
            ["..-1 BEFORE", "0..49 v1 (v2 RETIRED)", "50.. RETIRED"],
        ),
        (history([(0, 60)], 0, 50), ["..-1 BEFORE", "0..49 POSTED (v1 RETIRED)", "50.. RETIRED"]),
        (history([(10, 10)], 0, 5), ["..9 BEFORE", "10.. RETIRED (v1 RETIRED)"]),
        (history([(0, -30)], 0), ["..-1 BEFORE", "0.. v1"]),
        (
            history([(0, 0), (80, 90)], 1, None, (40, 0)),
            ["..-1 BEFORE", "0..39 v1", "40..79 RETIRED", "80..89 v1", "90.. v2"],
        ),
        (
            history([(0, 0), (30, 50), (80, 90)], 2, 200, (40, 1)),
            [
                "..-1 BEFORE",
                "0..39 v1",
                "40..79 RETIRED",
                "80..89 v2",
                "90..199 v3",
                "200.. RETIRED",
            ],
        ),
        (history([(0, 0)], 0, None, (40, 0)), ["..-1 BEFORE", "0.. v1"]),
    ],
)
def test_each_period_has_its_days(policy: Policy, expected: list[str]) -> None:
    assert outline(timeline(policy)) == expected


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (withdrawing([(0, 0), (10, 10)], 0, (20, 1, 0)), ["0..9 v1", "10..19 v2", "20.. v1"]),
        (
            withdrawing([(0, 0), (10, 10), (30, 30)], 2, (20, 1, 0)),
            ["0..9 v1", "10..19 v2", "20..29 v1", "30.. v3"],
        ),
        (
            withdrawing([(0, 0), (10, 10), (30, 40)], 2, (20, 1, 0)),
            ["0..9 v1", "10..19 v2", "20..39 v1", "40.. v3"],
        ),
        (
            withdrawing([(0, 0), (10, 10)], 1, (20, 1, 0), (25, 0, 1)),
            ["0..9 v1", "10..19 v2", "20..24 v1", "25.. v2"],
        ),
        (
            withdrawing([(0, 0), (10, 30), (12, 20)], 1, (25, 2, 1)),
            ["0..19 v1", "20..24 v3", "25..29 v1", "30.. v2"],
        ),
        (withdrawing([(0, 0), (10, 10)], 0, (9, 1, 0)), ["0.. v1 (v2 WITHDRAWN)"]),
        (withdrawing([(0, 0), (10, 30)], 0, (20, 1, 0)), ["0.. v1 (v2 WITHDRAWN)"]),
        (
            withdrawing([(0, 25), (10, 10)], 0, (20, 1, 0)),
            ["0..9 POSTED", "10..19 v2", "20..24 POSTED", "25.. v1"],
        ),
        (
            withdrawing([(0, 0), (10, 10), (12, 12)], 2, (20, 1, 0)),
            ["0..9 v1", "10..11 v2", "12.. v3"],
        ),
        (
            withdrawing([(0, 0), (10, 10), (12, 30)], 2, (20, 1, 0)),
            ["0..9 v1", "10..19 v2", "20..29 v1", "30.. v3"],
        ),
        (
            withdrawing([(0, 0), (10, 10), (15, 15)], 1, (20, 2, 0), (30, 0, 1)),
            ["0..9 v1", "10..14 v2", "15..19 v3", "20..29 v1", "30.. v2"],
        ),
    ],
)
def test_a_withdrawn_version_has_the_days_on_which_it_stood(
    policy: Policy, expected: list[str]
) -> None:
    assert outline(timeline(policy))[1:] == expected


def test_days_on_which_versions_were_withdrawn_are_reported() -> None:
    policy = withdrawing([(0, 0), (10, 10), (15, 15)], 1, (20, 2, 0), (30, 0, 1))
    line = timeline(policy)
    first, second, third = policy.versions
    assert line.withdrawn == {third.id: START + timedelta(20)}
    assert [(period.is_return, period.withdrawn) for period in line.periods[-2:]] == [
        *((True, third), (True, None))
    ]
    assert (first.status, second.status) == (Status.SUPERSEDED, Status.IN_FORCE)


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.none() | st.integers(0, 9), st.integers(-2, 12)),
        min_size=1,
        max_size=12,
    )
)
def test_each_day_is_answered_as_it_was_then(
    steps: list[tuple[int, int | None, int]],
) -> None:
    """Steps wait some days, then go to a version that was posted or post one with a delay."""
    days: list[tuple[int, int]] = []
    returns: list[tuple[int, int, int]] = []
    standing: dict[int, int] = {}
    before: dict[int, list[int]] = defaultdict(list)
    today, answers = 0, {}
    for wait, back, delay in [*steps, (30, 0, 0)]:
        for day in range(today, today + wait):
            begun = [
                posted for posted, since in standing.items() if max(since, days[posted][1]) <= day
            ]
            answers[day] = begun[-1] if begun else None
        today += wait
        if back is None or not days:
            days.append((today, today + delay))
            place = len(days) - 1
        else:
            place = back % len(days)
            if place != max(standing):
                returns.append((today, max(standing), place))
        before[place] = [
            posted for posted in range(place) if posted in standing or posted in before[place]
        ]
        standing = {posted: standing.get(posted, today) for posted in (*before[place], place)}
    policy = withdrawing(days, max(standing), *returns)
    line = timeline(policy)
    places = {posted.id: place for place, posted in enumerate(policy.versions)}
    for day, answer in answers.items():
        period = line.on(START + timedelta(day))
        assert (places[period.version.id] if period.version else None) == answer
    withdrawn = {posted.id for posted in policy.versions if posted.status is Status.WITHDRAWN}
    assert withdrawn == {*line.withdrawn}
    for earlier, later in pairwise(line.periods):
        assert (earlier.version, earlier.gap) != (later.version, later.gap)
        assert later.first == (earlier.last or date.max) + timedelta(1)


def test_the_first_day_of_the_calendar_has_nothing_before_it() -> None:
    first = version(date.min, 1, date.min, Status.IN_FORCE)
    line = timeline(Policy(Slug("terms"), (first,), first))
    assert line.periods == (Period(date.min, None, first),)


POSTINGS = st.lists(st.tuples(st.integers(0, 40), st.integers(-5, 60)), min_size=1, max_size=7)


@given(POSTINGS, st.none() | st.integers(0, 120), st.data())
def test_each_day_has_one_answer_that_is_its_status(
    postings: list[tuple[int, int]], retired: int | None, data: st.DataObject
) -> None:
    days = sorted((posted, posted + delay) for posted, delay in postings)
    last = data.draw(st.integers(0, len(days) - 1))
    if retired is not None:
        retired = max(retired, days[last][0])
    policy = history(days, last, retired)
    line = timeline(policy)
    metadata = {member.id: member.metadata for member in policy.versions}
    for offset in range(-3, 130):
        day = START + timedelta(offset)
        answers = [period for period in line.periods if covers(period, day)]
        assert answers == [line.on(day)]
        [answer] = answers
        is_retired = policy.retired is not None and day >= policy.retired
        status = statuses(metadata, policy.versions[last].id, day, retired=is_retired)
        applies = [id_ for id_, state in status.items() if state is Status.IN_FORCE]
        assert applies == ([answer.version.id] if answer.version else [])
        if answer.gap is GapReason.RETIRED:
            assert is_retired
        elif answer.gap is GapReason.POSTED:
            assert Status.UPCOMING in status.values()
        elif answer.gap is GapReason.BEFORE:
            assert {*status.values()} <= {Status.SCHEDULED, Status.WITHDRAWN}


@given(POSTINGS, st.lists(st.tuples(st.integers(0, 120), st.integers(0, 6)), max_size=3))
def test_each_version_has_a_period_or_a_reason(
    postings: list[tuple[int, int]], absences: list[tuple[int, int]]
) -> None:
    days = sorted((posted, posted + delay) for posted, delay in postings)
    left = [(day, place % len(days)) for day, place in sorted(absences)]
    policy = history(days, len(days) - 1, None, *left)
    line = timeline(policy)
    for earlier, later in zip(line.periods, line.periods[1:], strict=False):
        assert earlier.last is not None
        assert later.first == earlier.last + timedelta(1)
    for member in policy.versions:
        unapplied = line.unapplied(member)
        assert (line.of(member) is None) == (unapplied is not None)
        if unapplied and unapplied.by:
            assert unapplied.reason in {Reason.SAME_DAY, Reason.OVERTAKEN}
            assert unapplied.by.id > member.id


def archive_page(policy: Policy, line: Timeline) -> Page:
    """Return the page of the archive; the others about days list each period once."""
    updates = [Update(old, new, ()) for old, new in pairwise(policy.versions)]
    archive, *others = pages(ENGLISH, policy, updates, line)
    for page in others:
        listed = tree(page).xpath("//ol/li/@id")
        assert listed == [period.anchor for period in reversed(line.periods)]
    return archive


@given(st.lists(st.tuples(st.integers(2, 9), st.integers(0, 20), st.booleans()), min_size=1))
def test_pages_about_days_list_each_period_once(steps: list[tuple[int, int, bool]]) -> None:
    days, absences, posted = [], [], 0
    for place, (wait, delay, is_absent) in enumerate(steps):
        days.append((posted, posted + delay))
        if is_absent:
            absences.append((posted + 1, place))
        posted += wait
    policy = history(days, len(days) - 1, None, *absences)
    line = timeline(policy)
    archive = archive_page(policy, line)
    text = " ".join(tree(archive).text_content().split())
    for period in line.periods:
        if period.version and line.of(period.version) is not period and period.last:
            first, last = (f"{day:%-d %B %Y}" for day in (period.first, period.last) if day)
            assert f"{first} to {last}" in text or f"on {first} only" in text


def test_what_is_missing_from_the_record_makes_answers_uncertain() -> None:
    whole = history([(0, 0), (10, 10), (20, 20), (30, 30)], 3)
    line = timeline(whole)

    def certain(until: int | None) -> list[bool]:
        known = None if until is None else whole.versions[until].id
        policy = replace(whole, complete_until=known)
        return [is_certain(policy, period) for period in line.periods]

    assert certain(3) == [True] * 5
    assert certain(1) == [True, True, False, False, True]
    assert certain(None) == [False, False, False, False, True]


def test_a_version_that_was_withdrawn_is_as_certain_as_what_came_before() -> None:
    policy = withdrawing([(0, 0), (10, 10), (15, 15)], 0, (20, 2, 0))
    known = replace(policy, complete_until=policy.newest.id)
    assert all(is_certain(known, period) for period in timeline(known).periods)
    assert not all(is_certain(policy, period) for period in timeline(policy).periods)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5), st.integers(0, 9)), min_size=1))
def test_pages_about_days_list_each_period_of_withdrawn_versions_once(
    steps: list[tuple[int, int, int]],
) -> None:
    days, returns, current, posted = [(0, 0)], [], 0, 0
    for wait, delay, back in steps:
        posted += wait
        if back < len(days) and back != current:
            returns.append((posted, current, back))
            current = back
        else:
            days.append((posted, posted + delay))
            current = len(days) - 1
    policy = withdrawing(days, current, *returns)
    line = timeline(policy)
    archive = archive_page(policy, line)
    firsts = tree(archive).xpath("//ol/li/@data-first")
    assert sorted(firsts) == [str(period.first) for period in line.periods if period.first]
    assert len(tree(archive).xpath("//h2")) == len(policy.versions)
