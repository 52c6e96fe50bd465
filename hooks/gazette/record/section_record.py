"""Recorded sections: the permanent ID of every section of every version that was published.

`versions/SLUG/SECTIONS` holds a line of JSON for each version with an entry for each section, in
order: `[ID, anchor, ID ...]`, where the last ones are the sections of the version before that it
came from; or the ID alone where it came from itself and its anchor is the same. A line is added,
never altered; a version gets a further one where its sections have other anchors by a later
engine. Lines of two proposals merge without conflict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gazette.compact_json import compact
from gazette.model import PostedVersion, Slug, Version, VersionId
from gazette.problems import Problem
from gazette.record.archive_lists import (
    SECTIONS,
    Key,
    damage,
    held_lists,
    lists_with,
    parsed_lines,
)
from gazette.text.section_ids import (
    OPENING,
    FormerAnchors,
    Headings,
    Ids,
    Links,
    RecordedRow,
    RecordedSection,
    is_id,
    section_ids,
    unrecorded_rows,
)

Lines = Mapping[Key, Sequence[str]]
"""Lines by the folder of the archive and the version."""


class _SectionsLine(BaseModel):
    """One line of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: PostedVersion
    sections: tuple[str | Annotated[tuple[str, ...], Field(min_length=2)], ...]


def read_sections(folder: Path) -> tuple[dict[Key, tuple[str, ...]], list[Problem]]:
    """Return the lines in the archive in `folder`, and what is wrong with the others."""
    return parse_sections(held_lists(folder, SECTIONS))


def parse_sections(lists: Mapping[str, bytes]) -> tuple[dict[Key, tuple[str, ...]], list[Problem]]:
    """Return the lines in `lists`, which are by folder, and what is wrong with the others."""
    message = "This line does not say which sections a version has."
    known: set[str] = set()  # nearly all IDs of a version are those of the one before
    lines, problems = parsed_lines(
        SECTIONS, lists, lambda text: (_checked(text, known), text), message
    )
    for (slug, version), stated in lines.items():
        problems += _other_ids(slug, version, stated, lists[slug]) if len(stated) > 1 else ()
    return lines, problems


def _other_ids(
    slug: Slug, version: VersionId, lines: Sequence[str], data: bytes
) -> Iterator[Problem]:
    """Yield the lines of a version, in the list `data`, that give its sections other IDs.

    What a later engine adds, because it gives them other anchors, has the IDs that were recorded.
    """
    path, numbered = f"{slug}/{SECTIONS}", data.decode("utf-8", "replace").splitlines()
    first: dict[int, str] = {}
    for line in lines:
        ids = ids_of(line)
        if ids_of(before := first.setdefault(len(ids), line)) != ids:
            message = (
                f"This line gives the sections of {version} other IDs than line "
                f"{numbered.index(before) + 1} does. Their addresses are permanent."
            )
            hint = (
                "Take out the one that no build wrote; which was there first tells: "
                f"git log -p -- versions/{path}"
            )
            yield damage(path, message, hint, numbered.index(line) + 1)


def _checked(text: str, known: set[str]) -> VersionId:
    """Return the version of a line; raises ValueError where sections have no ID of their own.

    IDs that are `known` need no check; those of the line are afterwards.
    """
    line = _SectionsLine.model_validate_json(text)
    ids = set(_ids(line.sections))
    if not ids or len(ids) < len(line.sections) or not all(map(is_id, ids - known)):
        raise ValueError("Every section of a version has an ID of its own.")
    known |= ids
    return line.version


def _ids(entries: Iterable[str | Sequence[str]]) -> list[str]:
    return [entry if isinstance(entry, str) else entry[0] for entry in entries]


def row_of(line: str) -> RecordedRow:
    """Return the sections of a line of the record, which was read before."""
    return [_section(entry) for entry in json.loads(line)["sections"]]


def first_difference(row: RecordedRow, other: RecordedRow) -> tuple[str, str]:
    """Return where two rows begin to differ, as lines say it; "nothing" where one has ended."""
    pairs = zip_longest(row, other)
    differing = next(pair for pair in pairs if pair[0] != pair[1])
    present, expected = (
        compact(_entry(section)) if section else "nothing" for section in differing
    )
    return present, expected


def ids_of_versions(
    versions: Sequence[Version], texts: Sequence[Headings], updates: Sequence[Links]
) -> Ids:
    """Return the IDs of the sections of all versions of a policy, as recorded or as given now.

    `texts` are their headings, `updates` the links from each text to the next.
    """
    recorded = [[row_of(line) for line in version.sections] for version in versions]
    return section_ids([str(version.id) for version in versions], texts, updates, recorded)


def unrecorded_lines(
    versions: Sequence[Version],
    ids: Ids,
    texts: Sequence[Headings],
    updates: Sequence[Links],
    former: Sequence[FormerAnchors],
) -> dict[VersionId, list[str]]:
    """Return the lines that the record of a policy's `versions` lacks, by version."""
    rows = unrecorded_rows(ids, texts, updates, former)
    return {
        versions[at].id: [written(versions[at].id, row) for row in added]
        for at, added in rows.items()
    }


def former_anchors(
    versions: Sequence[Version], known: Iterable[FormerAnchors]
) -> list[FormerAnchors]:
    """Return the `known` anchors that earlier engines gave to the sections of each version.

    What was recorded once holds them already; what is posted later never had any.
    """
    is_recorded = any(version.sections for version in versions)
    return [{} if is_recorded else anchors for anchors in known]


def ids_of(line: str) -> list[str]:
    """Return the IDs of the sections of a line of the record, which was read before."""
    return _ids(json.loads(line)["sections"])


def written(version: VersionId, row: RecordedRow) -> str:
    """Return the line of a version."""
    record = {"version": str(version), "sections": [*map(_entry, row)]}
    return compact(record)


def _entry(section: RecordedSection) -> str | list[str]:
    entry = [section.id, section.anchor, *section.origins]
    return section.id if _section(section.id) == section else entry


def _section(entry: str | Sequence[str]) -> RecordedSection:
    if isinstance(entry, str):
        return RecordedSection(entry, "" if entry == OPENING else entry, (entry,))
    name, anchor, *origins = entry
    return RecordedSection(name, anchor, tuple(origins))


def lists_of_sections(
    folder: Path, lines: Mapping[Slug, Mapping[VersionId, Sequence[str]]]
) -> dict[Path, bytes]:
    """Return the lists in `folder` that get `lines`, as they are then."""
    added = {slug: [*chain(*by_version.values())] for slug, by_version in lines.items()}
    return lists_with(folder, SECTIONS, {slug: new for slug, new in added.items() if new})
