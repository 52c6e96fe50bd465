"""Whether archived texts are read as it is recorded; what is not recorded yet is."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence

from gazette.build.fragment_jobs import Rendered
from gazette.errors import ArchiveError
from gazette.model import Policy, Reading, Slug, Version
from gazette.problems import Code, Problem
from gazette.record.readings import Key, add_readings, key_of
from gazette.settings import Settings
from gazette.text.readings import differences, is_same

log = logging.getLogger("gazette")

MOST_SECTIONS = 5
"""So many sections are named in the problem of a version."""


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
            problems.append(_problem(policy, version, reading))
        else:
            new[key_of(version)] = reading
    if problems:
        raise ArchiveError(problems)
    for path in add_readings(settings.versions, new):
        count = sum(path.startswith(f"{slug}/") for slug, _ in new)
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


def _problem(policy: Policy, version: Version, present: Reading) -> Problem:
    recorded = version.readings[-1]
    phrases = list(differences(recorded, present))
    shown = "; ".join(phrases[:MOST_SECTIONS])
    more = len(phrases) - MOST_SECTIONS
    rules = f" The rules of reading are {present.rules} now, and were {recorded.rules}."
    message = (
        f"Readers would get this archived text otherwise than it was recorded on "
        f"{recorded.recorded}: {shown}{f'; and {more} more' if more > 0 else ''}."
        f"{rules if present.rules != recorded.rules else ''}"
    )
    hint = (
        "A library, an extension in mkdocs.yml or the engine reads it in another way. Go back to "
        "what read it so; or look at its page in a preview, and record that it may be read like "
        f'this: gazette accept {policy.slug} {version.id} --by "YOUR NAME"'
    )
    return Problem(version.path, 0, Code.READING, message, hint)
