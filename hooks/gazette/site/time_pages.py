"""The pages of a policy that answer questions about days: the archive, `on/` and `since/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from gazette.language import Language
from gazette.model import Policy, Version, VersionId
from gazette.site import addresses
from gazette.site.articles import text_language
from gazette.site.outputs import Page
from gazette.site.periods import Period, Timeline, UnappliedVersion, is_certain
from gazette.site.templates import render
from gazette.site.updates import Update

MAX_ENTRIES = 200
"""So many of the newest entries of an archive say all; older ones are lines, closed by year."""


class Entry(NamedTuple):
    """A version or a gap in the archive: the `period` of its days, or why it has none.

    Days on which a version is in force again are an entry as gaps are.

    `is_certain` says whether no version is missing that may have been in force on these days,
    `following` is the next version in force after them.
    """

    version: Version | None
    period: Period | None
    unapplied: UnappliedVersion | None = None
    update: Update | None = None
    is_certain: bool = True
    following: Version | None = None

    @property
    def year(self) -> int:
        """The year it is listed under where it is old."""
        days: list[date | None] = [self.version.id.day] if self.version else []
        days += [self.period.first, self.period.last] if self.period else []
        return next(day.year for day in days if day)


def pages(
    language: Language, policy: Policy, updates: Sequence[Update], line: Timeline
) -> Iterator[Page]:
    """Yield the archive, and the pages that answer what applied on a day and what changed since."""
    entries = [*reversed([*_entries(policy, {update.new.id: update for update in updates}, line)])]
    newest, older = entries[:MAX_ENTRIES], _by_year(entries[MAX_ENTRIES:])
    facts: dict[str, object] = {
        "entries": newest,
        "older": older,
        "periods": sorted((entry for entry in entries if entry.period), key=_begin, reverse=True),
    }
    facts["text_language"] = text_language(language, policy.shown)
    facts["listed"] = _article("list_of_periods.html", language, policy, facts)
    title = language.isolated_text(policy.title)
    yield Page(
        addresses.archive(policy.slug),
        policy,
        title=language.gettext("%(title)s: all versions") % {"title": title},
        description=language.gettext(
            "Every version of %(title)s, when it applied, and what it changed"
        )
        % {"title": title},
        article=_article("archive.html", language, policy, facts),
        contents=tuple(_contents(language, newest, older)),
        indexed=True,
    )
    yield Page(
        addresses.on(policy.slug),
        policy,
        title=language.gettext("%(title)s: what applied on a day") % {"title": title},
        description=language.gettext("Which version of %(title)s was in force on any day")
        % {"title": title},
        article=_article("day.html", language, policy, {**facts, "is_since": False}),
    )
    yield Page(
        addresses.since_any(policy.slug),
        policy,
        title=language.gettext("%(title)s: what changed since a day") % {"title": title},
        description=language.gettext("What changed in %(title)s since any day") % {"title": title},
        article=_article("day.html", language, policy, {**facts, "is_since": True}),
    )


def _begin(entry: Entry) -> date:
    period = entry.period
    return (period and period.first) or date.min


def _contents(
    language: Language, newest: Iterable[Entry], older: Iterable[int]
) -> Iterator[tuple[str, str]]:
    """Yield the anchors and names of the `newest` versions, and of the years of `older` ones."""
    name = language.gettext("Version %(version)s")
    for entry in newest:
        if entry.version:
            id_ = str(entry.version.id)
            yield id_, name % {"version": language.isolated_text(id_)}
    for year in older:
        yield f"year-{year}", str(year)


def _by_year(entries: Sequence[Entry]) -> dict[int, list[Entry]]:
    """Return entries by their year, both newest first."""
    by_year: dict[int, list[Entry]] = {}
    for entry in entries:
        by_year.setdefault(entry.year, []).append(entry)
    return by_year


def _article(
    template: str, language: Language, policy: Policy, facts: Mapping[str, object]
) -> Markup:
    """Return an article; the three of a policy have the same depth, so they share their links."""
    return render(template, addresses.archive(policy.slug), language, policy=policy, **facts)


def _entries(
    policy: Policy, updates: Mapping[VersionId, Update], line: Timeline
) -> Iterator[Entry]:
    """Yield the versions of a policy, and the gaps between their periods where they belong."""
    periods = [*line.periods]
    following: list[Version | None] = [None]
    for period in reversed(periods[1:]):
        following.insert(0, period.version or following[0])
    first = {
        period.version.id: place
        for place, period in reversed([*enumerate(periods)])
        if period.version
    }
    written = 0

    def gaps(end: int) -> Iterator[Entry]:
        for place in range(written, end):
            period = periods[place]
            if period.version and first[period.version.id] == place:
                continue  # it is listed with its version
            certain = is_certain(policy, periods[place])
            yield Entry(None, periods[place], None, None, certain, following[place])

    for version in policy.versions:
        update = updates.get(version.id)
        place = first.get(version.id)
        if place is None:
            yield Entry(version, None, line.unapplied(version), update)
            continue
        yield from gaps(place)
        certain = is_certain(policy, periods[place])
        yield Entry(version, periods[place], None, update, certain, following[place])
        written = max(written, place + 1)
    yield from gaps(len(periods))
