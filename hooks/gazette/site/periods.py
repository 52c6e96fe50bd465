"""Periods: on which days each version of a policy was in force, and why on other days none was."""

from __future__ import annotations

from bisect import bisect, bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from operator import attrgetter

from gazette.model import Policy, Status, Version, VersionId

DAY = timedelta(days=1)


class Gap(Enum):
    """Why no version was in force."""

    BEFORE = "before the first version"
    POSTED = "posted, but not yet effective"
    RETIRED = "retired, or taken out for a while"


class Reason(Enum):
    """Why a version never was in force."""

    SAME_DAY = "another one was posted the same day"
    OVERTAKEN = "a later one took effect on its day or before"
    RETIRED = "the policy was retired before its day"
    WITHDRAWN = "it was withdrawn"


@dataclass(frozen=True)
class Unapplied:
    """A version that never was in force, and why: `by` took its place, if a version did."""

    version: Version
    reason: Reason
    by: Version | None = None


@dataclass(frozen=True)
class Period:
    """Days with the same answer, both ends included; None is an end that is open.

    `version` is the one in force; where none is, `gap` says why. `posted` are versions that were
    posted on these days and have none of their own.
    """

    first: date | None
    last: date | None
    version: Version | None = None
    gap: Gap | None = None
    posted: tuple[Unapplied, ...] = ()

    @property
    def anchor(self) -> str:
        """The anchor of the period on pages that list periods: its first day."""
        return f"on-{self.first.isoformat()}" if self.first else "on-earlier"

    @property
    def next_day(self) -> date | None:
        """The day after the last, None where that is open."""
        return self.last and self.last + DAY


@dataclass(frozen=True)
class Timeline:
    """All days of a policy: each is in one period. `periods` are in order, without a hole."""

    periods: tuple[Period, ...]

    def on(self, day: date) -> Period:
        """Return the period of a day."""
        place = bisect(self.periods, day, key=lambda period: period.first or date.min)
        return self.periods[place - 1]

    def of(self, version: Version) -> Period | None:
        """Return the last period in which `version` is in force, None where it never is."""
        return self._by_version.get(version.id)

    def begin_of(self, version: Version) -> date | None:
        """Return the first day on which `version` is in force, None where it never is.

        It may be in force again later, in another period.
        """
        return self._begins.get(version.id)

    def unapplied(self, version: Version) -> Unapplied | None:
        """Return why `version` never is in force, None where it is."""
        return self._unapplied.get(version.id)

    @cached_property
    def _by_version(self) -> dict[VersionId, Period]:
        return {period.version.id: period for period in self.periods if period.version}

    @cached_property
    def _begins(self) -> dict[VersionId, date]:
        return {
            period.version.id: period.first
            for period in reversed(self.periods)
            if period.version and period.first
        }

    @cached_property
    def _unapplied(self) -> dict[VersionId, Unapplied]:
        return {entry.version.id: entry for period in self.periods for entry in period.posted}


def start_of(version: Version) -> date:
    """Return the first day on which a version can be in force: posted, and effective."""
    return max(version.id.day, version.metadata.effective)


def timeline(policy: Policy) -> Timeline:
    """Return the periods of a policy.

    They depend on no day but those of the policy: what was true of a day stays true. A version that
    was withdrawn counts as if it had never been posted, because nothing records until when it was;
    nor when a policy that left came back, so days until its next version are a gap.
    """
    standing = [version for version in policy.versions if version.status is not Status.WITHDRAWN]
    periods = [*_periods(standing, policy.retired)]
    for absence in policy.absences:
        later = [version.id.day for version in standing if version.id > absence.last]
        if later and absence.day < later[0]:
            periods = [*_interrupted(periods, absence.day, later[0])]
    applied = {period.version.id for period in periods if period.version}
    unapplied = [
        _unapplied(version, standing) for version in policy.versions if version.id not in applied
    ]
    return Timeline(tuple(_with_posted(periods, unapplied)))


def _periods(versions: Sequence[Version], retired: date | None) -> Iterator[Period]:
    """Yield the periods of these versions, in order, up to the day the policy was `retired`."""
    first = versions[0].id.day
    end = max(retired, first) if retired else None
    periods = [Period(end, None, gap=Gap.RETIRED)] if end else []
    for version in reversed(versions):
        start = start_of(version)
        if end is None or start < end:
            periods.append(Period(start, end and end - DAY, version))
            end = start
    if end and first < end:
        periods.append(Period(first, end - DAY, gap=Gap.POSTED))
    if first > date.min:
        periods.append(Period(None, first - DAY, gap=Gap.BEFORE))
    yield from reversed(periods)


def _interrupted(periods: Sequence[Period], first: date, end: date) -> Iterator[Period]:
    """Yield the periods with a gap from the day `first` until the day before `end`."""
    for period in periods:
        if period.first is None or period.first < first:
            ends_before = period.last is not None and period.last < first
            yield period if ends_before else replace(period, last=first - DAY)
    yield Period(first, end - DAY, gap=Gap.RETIRED)
    for period in periods:
        if period.last is None or period.last >= end:
            begins_after = period.first is not None and period.first >= end
            yield period if begins_after else replace(period, first=end)


def _unapplied(version: Version, standing: Sequence[Version]) -> Unapplied:
    """Return why a version that has no period never was in force."""
    if version.status is Status.WITHDRAWN:
        return Unapplied(version, Reason.WITHDRAWN)
    start = start_of(version)
    later = standing[bisect_right(standing, version.id, key=attrgetter("id")) :]
    rival = next((other for other in later if start_of(other) <= start), None)
    if rival is None:
        return Unapplied(version, Reason.RETIRED)
    same_day = rival.id.day == version.id.day
    return Unapplied(version, Reason.SAME_DAY if same_day else Reason.OVERTAKEN, rival)


def _with_posted(periods: Sequence[Period], unapplied: Sequence[Unapplied]) -> Iterator[Period]:
    """Yield each period with the versions that were posted during it and have none."""
    by_day: dict[date, list[Unapplied]] = {}
    for entry in unapplied:
        by_day.setdefault(entry.version.id.day, []).append(entry)
    days = sorted(by_day)
    for period in periods:
        start = bisect_left(days, period.first) if period.first else 0
        end = bisect_right(days, period.last) if period.last else len(days)
        posted = tuple(entry for day in days[start:end] for entry in by_day[day])
        yield replace(period, posted=posted) if posted else period


def is_certain(policy: Policy, period: Period) -> bool:
    """Tell whether no version is missing from the record that may have been in force meanwhile."""
    if period.version is policy.newest or period.last is None:
        return True
    known = policy.complete_until
    if known is None:
        return False
    return period.version is None or period.version.id < known
