"""The sections of a version as its record has them: where each came from, who has its words.

The words of a section are published once, in the record of the version that brought them; the
records of all later versions that have it name that version. Nothing here depends on what comes
after a version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gazette.model import VersionId
from gazette.text.differences import Heading
from gazette.text.document import Kind
from gazette.text.lives import Lives

DIGEST = 32
"""So many characters of the digest of a section tell it from others."""
Sources = Mapping[str, int]
"""By ID, the sections that others took text from; each with the place of the version that did."""


class SectionFacts(NamedTuple):
    """What a record says of a section beside its heading and its words.

    `sources` are the sections it took text from since it began, with the version in which each gave
    it away, the oldest first; `wording` is the version that brought its words.
    """

    id: str
    sources: tuple[tuple[str, str], ...]
    wording: str


@dataclass(frozen=True)
class Wordings:
    """What the records of all versions of a policy refer to.

    `brought` is the place of the version that brought a wording, by its digest; `sources` are those
    of every section, by the place of the version and the ID.
    """

    versions: tuple[str, ...]
    ids: Sequence[Sequence[str]]
    brought: Mapping[str, int]
    sources: Sequence[Mapping[str, Sources]]

    def facts(self, place: int, section: Heading) -> SectionFacts:
        """Return the facts about a section of the version at this place."""
        name = self.ids[place][section.index]
        sources = self.sources[place].get(name, {})
        given = sorted((since, other) for other, since in sources.items())
        named = tuple((other, self.versions[since]) for since, other in given)
        return SectionFacts(name, named, self.versions[self.brought[section.digest]])


def wordings(versions: Sequence[VersionId], lives: Lives) -> Wordings:
    """Return what the records of these versions refer to, from the lives of their sections."""
    return Wordings(tuple(map(str, versions)), lives.ids, lives.brought(), tuple(_sources(lives)))


def _sources(lives: Lives) -> Iterator[Mapping[str, Sources]]:
    """Yield the sources of the sections of each version, the first version first.

    What a source itself had taken from others counts as well, from the day it took that.
    """
    taken: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    for name, life in lives.lives.items():
        for step in life.steps:
            if step.section and step.others:
                taken.setdefault(step.version, []).append((name, step.others))
    running: dict[str, Sources] = {}
    for place in range(len(lives.ids)):
        before, known = running, set(lives.ids[place - 1]) if place else set()
        for name, others in taken.get(place, ()):
            sources = dict(before.get(name, {}))
            givers = [other for other in others if other in known]
            for other in givers:
                sources |= before.get(other, {})
            sources |= dict.fromkeys(givers, place)
            sources.pop(name, None)
            running = {**running, name: sources}
        yield running


def section_records(
    wordings: Wordings, place: int, sections: Sequence[Heading], blocks: str
) -> list[dict[str, Any]]:
    """Return the records of a version's sections; `blocks` is as `blocks_json` writes them.

    A section has its blocks where this version brought its words, once for each wording. What goes
    without saying is left out, see `_brief` and `_blocks`.
    """
    version = wordings.versions[place]
    lines = blocks.split("\n")  # the words hold other line breaks
    records = []
    written: set[str] = set()
    for section in sections:
        if section.digest:
            facts = wordings.facts(place, section)
            record = _brief(section, facts, version)
            if "wording" not in record and section.digest not in written:
                written.add(section.digest)
                record["blocks"] = [*_blocks(json.loads(lines[section.index]), section.heading)]
            records.append(record)
    return records


def _brief(section: Heading, facts: SectionFacts, version: str) -> dict[str, Any]:
    """Return the facts about a section of a version, without those that say nothing more."""
    record: dict[str, Any] = {**section.record(), "digest": section.digest[:DIGEST]}
    if not section.number:
        del record["number"]
    if facts.id != section.anchor:
        record["id"] = facts.id
    if facts.sources:
        record["from"] = [{"id": other, "version": since} for other, since in facts.sources]
    if facts.wording != version:
        record["wording"] = facts.wording
    return record


def _blocks(blocks: Sequence[dict[str, Any]], heading: str) -> Iterator[str | dict[str, Any]]:
    """Yield blocks as published: of a paragraph its text, the heading of the section without it."""
    for block in blocks:
        if block["kind"] == Kind.PARAGRAPH.value:
            yield block["text"]
        elif block["kind"] == Kind.HEADING.value and block["text"] == heading:
            yield {"kind": block["kind"]}
        else:
            yield block
