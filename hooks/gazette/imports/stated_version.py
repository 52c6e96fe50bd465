"""Which version a page says it is, and what has to be told of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from gazette.imports.labels import Label
from gazette.imports.omissions import Omission
from gazette.model import VersionId


class StatedVersion(NamedTuple):
    """The version of a page, the day it starts to apply where that is later, and notes."""

    version: VersionId
    effective: date | None = None
    notes: tuple[str, ...] = ()


def stated_version(labels: Sequence[Label], today: date) -> StatedVersion:
    """Return the version that labels state.

    A page that names no day gets today's. One that only says since when it applies was posted then,
    or today if that day has not come.
    """
    ordered = _counting(labels)
    version = next((label.version_id for label in ordered if label.version_id), None)
    updated = next((label.updated for label in ordered if label.updated), None)
    effective = next((label.effective for label in ordered if label.effective), None)
    notes = tuple(_faults(ordered))
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


def _applying(version: VersionId, effective: date | None, notes: tuple[str, ...]) -> StatedVersion:
    """Return a version that applies since a day, which may be none, or cannot be before it."""
    if effective is None or effective == version.day:
        return StatedVersion(version, None, notes)
    if effective > version.day:
        return StatedVersion(version, effective, notes)
    kept = f"It applies since {effective}, before it was updated: that line is kept."
    return StatedVersion(version, None, (*notes, kept))


def is_taken_over(label: Label, stated: StatedVersion) -> bool:
    """Tell whether all that a line says stands in the version's own data, so that it may go."""
    if not label.is_whole:
        return False
    days = (stated.version.day, stated.effective)
    return all(written.day in days and not written.fault for written in label.days)


def taken_over(
    labels: Mapping[int, Label], stated: StatedVersion
) -> tuple[set[int], tuple[Omission, ...]]:
    """Return the places of the lines that may go, and the numbers of versions that go with them.

    `labels` are what lines say, by their places. A help center names no version by a number.
    """
    gone = {at for at, label in labels.items() if is_taken_over(label, stated)}
    return gone, tuple(_other_numbers(labels[at] for at in sorted(gone)))


def _other_numbers(labels: Iterable[Label]) -> Iterator[Omission]:
    for label in labels:
        if label.version and not label.version_id:
            reason = "The site names versions by their days."
            yield Omission("Beside the title", f"“Version {label.version}”", reason)


def _faults(labels: Sequence[Label]) -> Iterator[str]:
    for written in chain.from_iterable(label.faulty for label in labels):
        yield f"“{written.text}” is not taken for the day of its version: that {written.fault}."
    for label in labels:
        if label.is_guess and not label.faulty:
            yield f"“{label.days[0].text}” is taken for the day of its version: see whether it is."
