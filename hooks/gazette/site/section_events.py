"""What each update did to each section, for programs: the events of all lives by version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from gazette.text.lives import Lives, SectionStep, last_standing

Events = Mapping[int, list[dict[str, Any]]]
"""Records of what happened to sections, by the place of the version that did it."""


def section_events(lives: Lives) -> Events:
    """Return what every version did to its sections, in the order of its text.

    Those that it removed stand at the end.
    """
    by_version: dict[int, list[tuple[float, dict[str, Any]]]] = defaultdict(list)
    for life in lives.lives.values():
        for at, step in enumerate(life.steps):
            place = step.section.index if step.section else float("inf")
            heading = last_standing(life.steps[: at + 1])[1].heading
            by_version[step.version].append((place, _record(life.id, heading, step)))
    return {
        version: [record for _, record in sorted(entries, key=lambda entry: entry[0])]
        for version, entries in by_version.items()
    }


def _record(name: str, heading: str, step: SectionStep) -> dict[str, Any]:
    record = {"id": name, "heading": heading, "events": list(step.events)}
    return record | ({"others": list(step.others)} if step.others else {})
