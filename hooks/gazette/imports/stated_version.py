"""Which version a page says it is, and what the editor has to know of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Literal, NamedTuple, TypeAlias

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


_Kind: TypeAlias = Literal["updated", "effective"]
"""What a day is, as labels call it."""


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
    updates = _chosen("updated", ordered, closing, today)
    starts = _chosen("effective", ordered, closing, today)
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


def _chosen(kind: _Kind, labels: Iterable[Label], closing: Iterable[Label], today: date) -> _Choice:
    """Return the newest day of a kind that has come; the first of all where that has not.

    The days on which a text was published count where no line says when it changed.
    """
    stating = _stating(kind, labels)
    if not stating:
        return _Choice()
    has_change = kind == "updated" and any(
        label.is_whole and not label.is_publication for _, label in stating
    )
    counting = [*stating, *_stating(kind, closing)]
    days = [day for day, label in counting if not (has_change and label.is_publication)]
    first = days[0]
    newest = first if first > today else max(day for day in days if day <= today)
    named = {first, newest, *(day for day, label in stating if label.is_whole)}
    return _Choice(newest, frozenset(named if len(named) > 1 else ()))


def _stating(kind: _Kind, labels: Iterable[Label]) -> list[tuple[date, Label]]:
    """Return the labels that name a day of a kind, with that day."""
    return [(day, label) for label in labels if (day := getattr(label, kind))]


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


def version_in(
    top: Mapping[int, Label], end: Mapping[int, str], today: date, above: Sequence[Label] = ()
) -> tuple[StatedVersion, set[int], tuple[Omission, ...]]:
    """Return the version that a text states, and the places of lines that may go as they say it.

    `top` are what its first lines say, by their places, `end` its last paragraphs, `above` is what
    stands beside the text. The numbers of versions go with the lines, and are returned: a help
    center names none.
    """
    last = {at: label for at, text in end.items() if (label := label_of(text))}
    lines = {**top, **{at: label for at, label in last.items() if label.is_whole}}
    closing = [
        label
        for at, label in last.items()
        if not (label.is_whole or label.is_guess) and len(end[at]) <= MAX_LABEL_LETTERS
    ]
    stated = stated_version((*above, *lines.values()), today, closing)
    gone = {at for at, label in lines.items() if is_taken_over(label, stated)}
    return stated, gone, tuple(_other_numbers(lines[at] for at in sorted(gone)))


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
