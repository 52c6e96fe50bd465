"""Which version a page says it is, and what the editor has to know of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from gazette.imports.labels import MAX_LABEL_LETTERS, Label, label_of
from gazette.imports.omissions import Omission
from gazette.model import VersionId


class StatedVersion(NamedTuple):
    """The version of a page, the day it starts to apply where that is later, and notes.

    `disputed` are days of lines that do not agree: the lines stay.
    """

    version: VersionId
    effective: date | None = None
    notes: tuple[str, ...] = ()
    disputed: frozenset[date] = frozenset()


class _Statement(NamedTuple):
    """A day that a label names, and what matters for whether it counts."""

    day: date
    is_whole: bool
    is_publication: bool = False


class _Choice(NamedTuple):
    """The day that counts, None without any; and all that lines name, where they do not agree."""

    day: date | None = None
    disputed: frozenset[date] = frozenset()

    def notes(self, words: str) -> Iterator[str]:
        """Yield messages about lines that do not agree."""
        if self.disputed:
            days = " and ".join(map(str, sorted(self.disputed)))
            yield f"It {words} {days}: {self.day} counts, its lines stay."


def stated_version(
    labels: Sequence[Label], today: date, closing: Sequence[Label] = ()
) -> StatedVersion:
    """Return the version that labels state.

    A page that names no day gets today's. One that only says since when it applies was posted then,
    or today if that day has not come. `closing` is what sentences at its end say: it counts beside
    what labels say of the same.
    """
    ordered = _counting(labels)
    version = next((label.version_id for label in ordered if label.version_id), None)
    updates = _chosen(_updates(ordered), _updates(closing), today)
    starts = _chosen(_starts(ordered), _starts(closing), today)
    updated, effective = updates.day, starts.day
    disputes = (*updates.notes("is dated"), *starts.notes("is said to apply since"))
    notes = (*_faults(ordered), *disputes)
    if version is None:
        version = VersionId(updated or min(effective or today, today), 1)
        if not (updated or effective):
            named = f"Its version is today's, {version}."
            notes += (named if notes else f"It names no version: it gets today's, {version}.",)
    elif updated not in (None, version.day):
        notes += (f"It was updated on {updated}, but its version says {version.day}: kept.",)
    stated = _applying(version, effective, notes)
    return stated._replace(disputed=updates.disputed | starts.disputed)


def _counting(labels: Sequence[Label]) -> list[Label]:
    """Return the labels that count, first those that stand alone on their lines.

    A day whose words are not known counts where no other is named.
    """
    known = [label for label in labels if not label.is_guess]
    counting = known if any(label.days or label.version_id for label in known) else labels
    return sorted(counting, key=lambda label: not label.is_whole)


def _updates(labels: Iterable[Label]) -> list[_Statement]:
    return [
        _Statement(label.updated, label.is_whole, label.is_publication)
        for label in labels
        if label.updated
    ]


def _starts(labels: Iterable[Label]) -> list[_Statement]:
    return [_Statement(label.effective, label.is_whole) for label in labels if label.effective]


def _chosen(
    statements: Sequence[_Statement], closing: Sequence[_Statement], today: date
) -> _Choice:
    """Return the newest day that has come; the first of all where that has not.

    The days on which a text was published count where no line says when it changed.
    """
    if not statements:
        return _Choice()
    has_change = any(
        statement.is_whole and not statement.is_publication for statement in statements
    )
    counting = [
        statement.day
        for statement in (*statements, *closing)
        if not (has_change and statement.is_publication)
    ]
    first = counting[0]
    day = first if first > today else max(day for day in counting if day <= today)
    named = {first, day} | {statement.day for statement in statements if statement.is_whole}
    return _Choice(day, frozenset(named if len(named) > 1 else ()))


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
    return all(
        written.day in days and written.day not in stated.disputed and not written.fault
        for written in label.days
    )


def labels_at_end(paragraphs: Mapping[int, str]) -> tuple[dict[int, Label], list[Label]]:
    """Return what lines among the last paragraphs say, by their places, and what sentences do."""
    labels = {at: label for at, text in paragraphs.items() if (label := label_of(text))}
    lines = {at: label for at, label in labels.items() if label.is_whole}
    sentences = [
        label
        for at, label in labels.items()
        if not (label.is_whole or label.is_guess) and len(paragraphs[at]) <= MAX_LABEL_LETTERS
    ]
    return lines, sentences


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
