"""Periods: on which days each version of a policy was in force, and why on other days none was."""

from __future__ import annotations

from bisect import bisect, bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from itertools import pairwise
from operator import attrgetter, itemgetter

from gazette.model import Absence, Policy, Return, Status, Version, VersionId
from gazette.record.returns import StandingVersions, stands

DAY = timedelta(days=1)


class GapReason(Enum):
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
class UnappliedVersion:
    """A version that never was in force, and why: `by` took its place, if a version did.

    `withdrawn` is the day on which it was withdrawn, where that is recorded.
    """

    version: Version
    reason: Reason
    by: Version | None = None
    withdrawn: date | None = None


@dataclass(frozen=True)
class Period:
    """Days with the same answer, both ends included; None is an end that is open.

    `version` is the one in force; where none is, `gap` says why. `posted` are versions that were
    posted on these days and have none of their own. `is_return` says that it began when the policy
    went back to a version, `withdrawn` is the newest one that was withdrawn by that.
    """

    first: date | None
    last: date | None
    version: Version | None = None
    gap: GapReason | None = None
    posted: tuple[UnappliedVersion, ...] = ()
    is_return: bool = False
    withdrawn: Version | None = None

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
    """All days of a policy: each is in one period. `periods` are in order, without a hole.

    `withdrawn` are the days on which versions were withdrawn, as far as these are recorded.
    """

    periods: tuple[Period, ...]
    withdrawn: Mapping[VersionId, date] = field(default_factory=dict)

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

    def unapplied(self, version: Version) -> UnappliedVersion | None:
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
    def _unapplied(self) -> dict[VersionId, UnappliedVersion]:
        return {entry.version.id: entry for period in self.periods for entry in period.posted}


def start_of(version: Version) -> date:
    """Return the first day on which a version can be in force: posted, and effective."""
    return max(version.id.day, version.metadata.effective)


def timeline(policy: Policy) -> Timeline:
    """Return the periods of a policy.

    They depend on no day but those of the policy: what was true of a day stays true. A version that
    was withdrawn applied until then; it counts as if it had never been posted where nothing records
    until when it stood. Nor is recorded when a policy that left came back, so days until its next
    version, or its return to an earlier one, are a gap.
    """
    known = _recorded(policy)
    by_id = {version.id: version for version in known}
    stood = stands(by_id, policy.returns)
    periods = [*_periods(known[0].id.day, _answers(stood, by_id), policy.retired)]
    for absence in policy.absences:
        if (end := _return_of(absence, known, policy.returns)) and absence.day < end:
            periods = [*_interrupted(periods, absence.day, end)]
    withdrawn = _withdrawn(stood)
    applied = {period.version.id for period in periods if period.version}
    unapplied = [
        _unapplied(version, known, withdrawn.get(version.id))
        for version in policy.versions
        if version.id not in applied
    ]
    return Timeline(tuple(_with_posted(periods, unapplied)), withdrawn)


def _recorded(policy: Policy) -> Sequence[Version]:
    """Return the versions without those of which nothing records when they were withdrawn."""
    kept = stands((version.id for version in policy.versions), policy.returns)[-1].versions
    return [
        version
        for version in policy.versions
        if version.status is not Status.WITHDRAWN or version.id not in kept
    ]


def _withdrawn(stood: Sequence[StandingVersions]) -> dict[VersionId, date]:
    """Return the days on which versions were withdrawn that have not been posted again since."""
    days: dict[VersionId, date] = {}
    for before, after in pairwise(stood):
        days |= dict.fromkeys(before.versions.keys() - after.versions.keys(), after.begin)
    return {version: day for version, day in days.items() if version not in stood[-1].versions}


def _answers(
    stood: Sequence[StandingVersions], versions: Mapping[VersionId, Version]
) -> list[Period]:
    """Return which version was in force from which day on; the ends are not known yet."""
    answers = [Period(day, None, version) for day, version in _without_returns(stood[0], versions)]
    for before, stand in pairwise(stood):
        gone = before.versions.keys() - stand.versions.keys()
        withdrawn = versions[max(gone)] if gone else None
        dated = _without_returns(stand, versions)
        # What was posted after the return may bear an earlier day, and counts from that on.
        early = [
            Period(day, None, version)
            for day, version in dated
            if day < stand.begin and version.id not in before.versions
        ]
        cut = _begin(early[0]) if early else stand.begin
        answers = [*(period for period in answers if _begin(period) < cut), *early]
        place = bisect_right(dated, stand.begin, key=itemgetter(0))
        in_force = dated[place - 1][1] if place else None
        if in_force is not (answers[-1].version if answers else None):
            answers.append(Period(stand.begin, None, in_force, is_return=True, withdrawn=withdrawn))
        answers += (Period(day, None, version) for day, version in dated[place:])
    return answers


def _begin(period: Period) -> date:
    return period.first or date.min


def _without_returns(
    stand: StandingVersions, versions: Mapping[VersionId, Version]
) -> list[tuple[date, Version]]:
    """Return from which day on each version applies: one that is posted later has precedence."""
    answers: list[tuple[date, Version]] = []
    for id_, since in stand.versions.items():
        start = max(since, versions[id_].metadata.effective)
        while answers and answers[-1][0] >= start:
            answers.pop()
        answers.append((start, versions[id_]))
    return answers


def _periods(first: date, answers: Sequence[Period], retired: date | None) -> Iterator[Period]:
    """Yield the periods from the `first` day of the policy on, up to the day it was `retired`."""
    end = max(retired, first) if retired else None
    if first > date.min:
        yield Period(None, first - DAY, gap=GapReason.BEFORE)
    nothing = [] if answers and _begin(answers[0]) <= first else [Period(first, None)]
    periods = [period for period in (*nothing, *answers) if not end or _begin(period) < end]
    ends = [_begin(period) for period in periods[1:]]
    for period, following in zip(periods, [*ends, end], strict=False):
        gap = None if period.version else GapReason.POSTED
        yield replace(period, last=following and following - DAY, gap=gap)
    if end:
        yield Period(end, None, gap=GapReason.RETIRED)


def _return_of(
    absence: Absence, versions: Sequence[Version], returns: Sequence[Return]
) -> date | None:
    """Return the first day on which a policy that left was back for certain, if there is one."""
    earlier = [entry for entry in returns if entry.day <= absence.day]
    days = [
        version.id.day
        for version in versions
        if version.id > absence.last
        and not any(entry.to < version.id <= entry.left for entry in earlier)
    ][:1]
    days += [
        entry.day for entry in returns if entry.day >= absence.day and entry.left == absence.last
    ]
    return min(days, default=None)


def _interrupted(periods: Sequence[Period], first: date, end: date) -> Iterator[Period]:
    """Yield the periods with a gap from the day `first` until the day before `end`."""
    for period in periods:
        if period.first is None or period.first < first:
            ends_before = period.last is not None and period.last < first
            yield period if ends_before else replace(period, last=first - DAY)
    yield Period(first, end - DAY, gap=GapReason.RETIRED)
    for period in periods:
        if period.last is None or period.last >= end:
            begins_after = period.first is not None and period.first >= end
            later = replace(period, first=end, is_return=False, withdrawn=None)
            yield period if begins_after else later


def _unapplied(
    version: Version, versions: Sequence[Version], withdrawn: date | None
) -> UnappliedVersion:
    """Return why a version that has no period never was in force."""
    if version.status is Status.WITHDRAWN:
        return UnappliedVersion(version, Reason.WITHDRAWN, withdrawn=withdrawn)
    start = start_of(version)
    later = versions[bisect_right(versions, version.id, key=attrgetter("id")) :]
    rival = next((other for other in later if start_of(other) <= start), None)
    if rival is None:
        return UnappliedVersion(version, Reason.RETIRED)
    same_day = rival.id.day == version.id.day
    return UnappliedVersion(version, Reason.SAME_DAY if same_day else Reason.OVERTAKEN, rival)


def _with_posted(
    periods: Sequence[Period], unapplied: Sequence[UnappliedVersion]
) -> Iterator[Period]:
    """Yield each period with the versions that were posted during it and have none."""
    by_day: dict[date, list[UnappliedVersion]] = {}
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
    left = [entry.left for entry in policy.returns if entry.to <= known]
    is_left = bool(left) and period.version is not None and period.version.id <= max(left)
    return is_left or period.version is None or period.version.id < known
