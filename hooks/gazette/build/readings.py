"""Whether archived texts are read as it is recorded; what is not recorded yet is."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence

from gazette.build.fragment_jobs import Rendered
from gazette.errors import ArchiveError
from gazette.model import Policy, Reading, Slug, Version
from gazette.record.archive_lists import Key
from gazette.record.changed_readings import ChangedReading
from gazette.record.readings import add_readings, key_of
from gazette.settings import Settings
from gazette.text.readings import is_same
from gazette.text.slugs import archived_parts

log = logging.getLogger("gazette")


def settle_readings(
    settings: Settings, policies: Sequence[Policy], rendered: Mapping[Slug, Rendered]
) -> None:
    """Record how versions are read that have no record yet.

    Raises ArchiveError with every version that readers would get otherwise than it is recorded;
    nothing is written then.
    """
    new: dict[Key, Reading] = {}
    problems = []
    for policy, version, reading in _unrecorded(policies, rendered):
        if version.readings and not any(is_same(known, reading) for known in version.readings):
            problems.append(ChangedReading(version, reading).problem(policy))
        else:
            new[key_of(version)] = reading
    if problems:
        raise ArchiveError(problems)
    for path in add_readings(settings.versions, new):
        count = sum(archived_parts(path)[0] == slug for slug, _ in new)
        versions = "1 archived version is" if count == 1 else f"{count} archived versions are"
        log.info("Recorded in versions/%s how %s read", path, versions)


def _unrecorded(
    policies: Sequence[Policy], rendered: Mapping[Slug, Rendered]
) -> Iterator[tuple[Policy, Version, Reading]]:
    for policy in policies:
        readings = rendered[policy.slug].readings
        for version in policy.versions:
            if version.id in readings:
                yield policy, version, readings[version.id]
