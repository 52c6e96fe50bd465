"""Which version a page says it is, and what has to be told of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date
from itertools import chain
from typing import NamedTuple

from gazette.imports.labels import Label
from gazette.model import VersionId


class StatedVersion(NamedTuple):
    """The version of a page, the day it starts to apply where that is later, and notes."""

    version: VersionId
    effective: date | None = None
    notes: tuple[str, ...] = ()


def stated_version(labels: Sequence[Label], today: date) -> StatedVersion:
    """Return the version that labels state.

    A page that names no day gets today's. One that only says since when it applies was posted then,
    or today if that day has not come. Of several days, as of the first publication and of the last
    change, the newest is that of the words that stand there.
    """
    ordered = _counting(labels)
    version = next((label.version_id for label in ordered if label.version_id), None)
    updated, earlier = _newest([(label.is_whole, label.updated) for label in ordered], today)
    effective, begun = _newest([(label.is_whole, label.effective) for label in ordered])
    notes = (*_faults(ordered), *_not_taken(version, updated, {*earlier, *begun}))
    if version is None:
        version = VersionId(updated or min(effective or today, today), 1)
        if not (updated or effective):
            named = f"Its version is today's, {version}."
            notes += (named if notes else f"It names no version: it gets today's, {version}.",)
    elif updated not in (None, version.day):
        notes += (f"It was updated on {updated}, but its version says {version.day}: kept.",)
    return _applying(version, effective, notes)


def _counting(labels: Sequence[Label]) -> list[Label]:
    """Return the labels that count, first those that stand alone on their lines.

    A day whose words are not known counts where no other is named.
    """
    known = [label for label in labels if not label.is_guess]
    counting = known if any(label.days or label.version_id for label in known) else labels
    return sorted(counting, key=lambda label: not label.is_whole)


def _newest(
    stated: Sequence[tuple[bool, date | None]], today: date = date.max
) -> tuple[date | None, list[date]]:
    """Return the newest day up to `today`, and the others that lines say which say nothing else.

    Without one up to `today` it is the first. Days of other lines count where no such line has one.
    """
    whole = [day for is_whole, day in stated if is_whole and day]
    days = whole or [day for _, day in stated if day]
    taken = max((day for day in days if day <= today), default=next(iter(days), None))
    return taken, [day for day in days if day != taken]


def _not_taken(version: VersionId | None, updated: date | None, others: Set[date]) -> Iterator[str]:
    """Tell of further days that a text states, which stay in it."""
    left = sorted(day for day in others if day != updated and (not version or day != version.day))
    if left:
        days = ", ".join(map(str, left))
        yield f"It names further days, {days}: the newest is taken, and these lines are kept."


def _applying(version: VersionId, effective: date | None, notes: tuple[str, ...]) -> StatedVersion:
    """Return a version that applies since a day, which may be none, or cannot be before it."""
    if effective is None or effective == version.day:
        return StatedVersion(version, None, notes)
    if effective > version.day:
        return StatedVersion(version, effective, notes)
    kept = f"It applies since {effective}, before it was updated: that line is kept."
    return StatedVersion(version, None, (*notes, kept))


def is_taken_over(label: Label | None, stated: StatedVersion) -> bool:
    """Tell whether all that a line says stands in the version's own data, so that it may go."""
    if label is None or not label.is_whole:
        return False
    days = (stated.version.day, stated.effective)
    return all(written.day in days and not written.fault for written in label.days)


def _faults(labels: Sequence[Label]) -> Iterator[str]:
    for written in chain.from_iterable(label.faulty for label in labels):
        yield f"“{written.text}” is not taken for the day of its version: that {written.fault}."
    for label in labels:
        if label.is_guess and not label.faulty:
            yield f"“{label.days[0].text}” is taken for the day of its version: see whether it is."
