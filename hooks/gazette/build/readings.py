"""Whether published texts are read as it is recorded; what is not recorded yet is."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gazette.build.fragment_jobs import RenderedVersions
from gazette.errors import ArchiveError
from gazette.model import Policy, Reading, Slug, Version
from gazette.record.archive_lists import Key
from gazette.record.changed_readings import (
    Read,
    changed_reading,
    is_read_as_recorded,
    reader_of,
)
from gazette.record.readings import add_readings, key_of
from gazette.settings import Settings
from gazette.text.slugs import archived_parts

log = logging.getLogger("gazette")


def settle_readings(
    settings: Settings,
    policies: Sequence[Policy],
    rendered: Mapping[Slug, RenderedVersions],
    today: date,
) -> None:
    """Record how versions are read that have no record yet, as of `today`.

    Raises ArchiveError with every version that readers would get otherwise than it is recorded;
    nothing is written then.
    """
    new: dict[Key, Reading] = {}
    problems = []
    for policy in policies:
        read = reader_of(settings.markdown, today)
        for version, reading in _readings(settings, policy, rendered[policy.slug], read):
            if change := version.readings and changed_reading(version, reading, read):
                problems.append(change.problem(policy))
            elif recorded := _to_record(version, reading, read):
                new[key_of(version)] = recorded
    if problems:
        raise ArchiveError(problems)
    for path in add_readings(settings.versions, new):
        count = sum(archived_parts(path)[0] == slug for slug, _ in new)
        versions = "1 version is" if count == 1 else f"{count} versions are"
        log.info("Recorded in versions/%s how %s read", path, versions)


def _readings(
    settings: Settings, policy: Policy, rendered: RenderedVersions, read: Read
) -> Iterator[tuple[Version, Reading]]:
    """Yield the versions that may be read otherwise than it is recorded, and how they are read.

    Where a text may take in files, what is `rendered` may be of a cache that does not know them.
    """
    for version in policy.versions:
        if settings.markdown.reads_text_alone:
            if version.id in rendered.readings:
                yield version, rendered.readings[version.id]
        elif version.is_archived or version.released or version.readings:
            yield version, read(version)


def _to_record(version: Version, reading: Reading, read: Read) -> Reading | None:
    """Return what is to be recorded of a version, which is read like this and as it was."""
    if not version.readings:
        return read(version.edited_from) if version.edited_from else reading
    is_new = is_read_as_recorded(version, reading) and not version.is_recorded(reading.seen)
    return reading if is_new else None
