"""Accepting that published texts are read otherwise: the record of who agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gazette.errors import ReleaseError
from gazette.record.changed_readings import ChangedReading
from gazette.record.readings import add_readings, key_of
from gazette.settings import Settings
from gazette.text.visible import visible_line


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
