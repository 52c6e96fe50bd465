"""Accepting that archived texts are read otherwise: what differs, and the record of who agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gazette.errors import ReleaseError
from gazette.model import Reading, Version
from gazette.record.readings import add_readings, key_of
from gazette.settings import Settings
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader
from gazette.text.readings import differences, is_same, reading_of
from gazette.text.visible import visible_line


@dataclass(frozen=True)
class ChangedReading:
    """An archived version that is read otherwise than it is recorded; `reading` is how."""

    version: Version
    reading: Reading

    @property
    def differences(self) -> Iterator[str]:
        """The sections that are read otherwise, each with a phrase."""
        return differences(self.version.readings[-1], self.reading)


def changed_readings(
    versions: Sequence[Version], markdown: MarkdownSettings, today: date
) -> list[ChangedReading]:
    """Return those of the archived versions that are read otherwise now than any record says."""
    reader = Reader(markdown)
    changed = []
    for version in versions:
        if version.readings:
            document = reader.read_version(version)
            reading = reading_of(version.metadata, document, today)
            if not any(is_same(recorded, reading) for recorded in version.readings):
                changed.append(ChangedReading(version, reading))
    return changed


def record_acceptance(
    settings: Settings, changed: Sequence[ChangedReading], name: str
) -> list[str]:
    """Record that someone of this name agrees; return the paths of the lists that changed.

    Raises ReleaseError when the name is empty.
    """
    accepted_by = visible_line(name)
    if not accepted_by:
        raise ReleaseError("The name of who agrees is empty: the record would name nobody.")
    readings = {
        key_of(change.version): replace(change.reading, accepted_by=accepted_by)
        for change in changed
    }
    return add_readings(settings.versions, readings)
