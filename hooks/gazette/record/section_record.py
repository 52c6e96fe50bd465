"""Recorded sections: the permanent ID of every section of every version that was published.

`versions/SLUG/SECTIONS` holds a line of JSON for each version with an entry for each section, in
order: `[ID, anchor, ID ...]`, where the last ones are the sections of the version before that it
came from; or the ID alone where it came from itself and its anchor is the same. A line is added,
never altered; a version gets a further one where its sections have other anchors by a later
engine. Lines of two proposals merge without conflict.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gazette.model import PostedVersion, Slug, VersionId
from gazette.problems import Problem
from gazette.record.archive_lists import SECTIONS, damage, lists_with
from gazette.text.section_ids import OPENING, RecordedSection, Row, is_id
from gazette.text.slugs import is_slug

Key = tuple[Slug, VersionId]
Lines = Mapping[Key, Sequence[str]]
"""Lines by the folder of the archive and the version."""


class _Line(BaseModel):
    """One line of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    version: PostedVersion
    sections: tuple[str | Annotated[tuple[str, ...], Field(min_length=2)], ...]


def read_sections(folder: Path) -> tuple[dict[Key, tuple[str, ...]], list[Problem]]:
    """Return the lines in the archive in `folder`, and what is wrong with the others."""
    files = sorted(folder.glob(f"*/{SECTIONS}"))
    return parse_sections({file.parent.name: file.read_bytes() for file in files})


def parse_sections(lists: Mapping[str, bytes]) -> tuple[dict[Key, tuple[str, ...]], list[Problem]]:
    """Return the lines in `lists`, which are by folder, and what is wrong with the others."""
    lines: dict[Key, tuple[str, ...]] = defaultdict(tuple)
    problems = []
    for slug, data in lists.items():
        for number, text in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            try:
                version = _checked(text).version
            except ValueError:
                path = f"{slug}/{SECTIONS}"
                hint = f"Bring the file back as it was: git checkout HEAD -- versions/{path}"
                message = "This line does not say which sections a version has."
                problems.append(damage(path, message, hint, number))
                continue
            if is_slug(slug):
                lines[Slug(slug), version] += (text,)
    return dict(lines), problems


def _checked(text: str) -> _Line:
    """Read a line; raises ValueError where it is none, or a section has no ID of its own."""
    line = _Line.model_validate_json(text)
    ids = {entry if isinstance(entry, str) else entry[0] for entry in line.sections}
    if not ids or len(ids) < len(line.sections) or not all(map(is_id, ids)):
        raise ValueError("Every section of a version has an ID of its own.")
    return line


def row_of(line: str) -> Row:
    """Return the sections of a line of the record, which was read before."""
    return [_section(entry) for entry in json.loads(line)["sections"]]


def ids_of(line: str) -> list[str]:
    """Return the IDs of the sections of a line of the record."""
    entries = json.loads(line)["sections"]
    return [entry if isinstance(entry, str) else entry[0] for entry in entries]


def written(version: VersionId, row: Row) -> str:
    """Return the line of a version."""
    record = {"version": str(version), "sections": [*map(_entry, row)]}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _entry(section: RecordedSection) -> str | list[str]:
    entry = [section.id, section.anchor, *section.origins]
    return section.id if _section(section.id) == section else entry


def _section(entry: str | Sequence[str]) -> RecordedSection:
    if isinstance(entry, str):
        return RecordedSection(entry, "" if entry == OPENING else entry, (entry,))
    name, anchor, *origins = entry
    return RecordedSection(name, anchor, tuple(origins))


def lists_of_sections(folder: Path, lines: Mapping[Slug, Sequence[str]]) -> dict[Path, bytes]:
    """Return the lists in `folder` that get `lines`, as they are then."""
    return lists_with(folder, SECTIONS, {slug: added for slug, added in lines.items() if added})
