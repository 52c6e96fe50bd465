"""Recorded readings: how each published text was read, which no later program is to change.

`versions/SLUG/READINGS` holds a line of JSON for each reading of a version, from the day on which
it is published, while `docs/` still holds it. A line is added, never
altered: of a version with several, each is right. Lines of two proposals merge without conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from gazette.files import sole_writer, write_together
from gazette.model import (
    Day,
    Digest,
    PostedVersion,
    Reading,
    SectionReading,
    Slug,
    Version,
    VersionId,
)
from gazette.problems import Problem
from gazette.record.archive_lists import READINGS, Key, held_lists, lists_with, parsed_lines
from gazette.text.slugs import archived_parts, slug_at

Readings = Mapping[Key, Sequence[Reading]]
"""By the folder of the archive and the version."""
_Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _ReadingLine(BaseModel):
    """One line of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: PostedVersion
    recorded: Day
    accepted_by: str = ""
    rules: int
    seen: _Sha256
    form: _Sha256
    sections: tuple[SectionReading, ...]

    def reading(self, known: dict[SectionReading, SectionReading]) -> Reading:
        return Reading(
            self.recorded,
            self.rules,
            Digest(self.seen),
            Digest(self.form),
            tuple(map(known.setdefault, self.sections, self.sections)),
            self.accepted_by,
        )


def key_of(version: Version) -> Key:
    """Return under which key a version gets its readings."""
    if not version.is_archived:
        return slug_at(version.path), version.id
    slug, _ = archived_parts(version.path.partition("/")[2])
    return Slug(slug), version.id


def read_readings(folder: Path) -> tuple[dict[Key, tuple[Reading, ...]], list[Problem]]:
    """Return the recorded readings of the archive in `folder`, and the lines that are none."""
    return parse_readings(held_lists(folder, READINGS))


def parse_readings(
    lists: Mapping[str, bytes],
) -> tuple[dict[Key, tuple[Reading, ...]], list[Problem]]:
    """Return the readings in `lists`, which are by folder, and the lines that are none."""
    known: dict[SectionReading, SectionReading] = {}  # most sections stay as they are for long

    def parsed(text: str) -> tuple[VersionId, Reading]:
        line = _ReadingLine.model_validate_json(text)
        return line.version, line.reading(known)

    return parsed_lines(READINGS, lists, parsed, "This line is no reading of a version.")


def add_readings(folder: Path, readings: Mapping[Key, Reading]) -> list[str]:
    """Add readings to the lists in `folder`; return the paths of the lists that changed.

    Raises OSError when one cannot be written; none is then.
    """
    with sole_writer(folder):
        lists = lists_of(folder, readings)
        write_together(lists)
    return [file.relative_to(folder).as_posix() for file in lists]


def lists_of(folder: Path, readings: Mapping[Key, Reading]) -> dict[Path, bytes]:
    """Return the lists in `folder` that get a line from `readings`, as they are then.

    The lines of a list sort by version and day.
    """
    lines: dict[Slug, set[str]] = defaultdict(set)
    for (slug, version), reading in readings.items():
        line = _ReadingLine(version=version, **vars(reading))
        lines[slug].add(line.model_dump_json(exclude_defaults=True))
    return lists_with(folder, READINGS, lines)
