"""The life of one section: what each version did to it, from its first wording to today's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gazette.errors import MissingError
from gazette.model import Policy, Version
from gazette.text.document import Document, Section, read_document
from gazette.text.frontmatter import body_of
from gazette.text.identity import NOBODY, trace
from gazette.text.lineage import Link, match_sections
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.redline import SectionChange, redline


@dataclass(frozen=True)
class SectionEvent:
    """What a version did to the section; `change` is None where the section first stands.

    `restored` says that it had been dropped before.
    """

    version: Version
    section: Section
    change: SectionChange | None
    restored: bool = False


def section_history(
    policy: Policy, wanted: str, markdown: MarkdownSettings
) -> tuple[SectionEvent, ...]:
    """Return all that happened to the section `wanted`, newest first.

    A section is named by its number, its heading or its anchor; the newest text that has such a
    one counts. Raises MissingError when none has.
    """
    documents = [read_document(body_of(one.text), markdown) for one in policy.versions]
    updates = [match_sections(old, new) for old, new in pairwise(documents)]
    rows = trace(documents, updates)
    identity = _identity(documents, rows, wanted.strip())
    if identity is None:
        raise MissingError(_unknown(policy, documents[-1], wanted))
    places = _places(rows, updates, identity)
    return tuple(_events(policy, documents, updates, places))[::-1]


def _places(
    rows: Sequence[Sequence[int]], updates: Sequence[Sequence[Link]], identity: int
) -> list[int | None]:
    """Return where the section stands in each version; before a split, where its text stood."""
    places = [row.index(identity) if identity in row else None for row in rows]
    first = next(at for at, place in enumerate(places) if place is not None)
    for link in updates[first - 1] if first else ():
        if link.new == places[first] and link.old is not None:
            earlier = rows[first - 1][link.old]
            return _places(rows[:first], updates[: first - 1], earlier) + places[first:]
    return places


def _identity(
    documents: Sequence[Document], rows: Sequence[Sequence[int]], wanted: str
) -> int | None:
    for document, row in reversed([*zip(documents, rows, strict=True)]):
        for is_meant in (_by_number, _by_anchor, _by_heading, _by_part):
            for section in document.sections:
                if row[section.index] != NOBODY and is_meant(section, wanted.casefold()):
                    return row[section.index]
    return None


def _by_number(section: Section, wanted: str) -> bool:
    return bool(section.number) and section.number == wanted.removeprefix("section ").rstrip(".")


def _by_anchor(section: Section, wanted: str) -> bool:
    return bool(section.anchor) and section.anchor.casefold() == wanted.removeprefix("#")


def _by_heading(section: Section, wanted: str) -> bool:
    return bool(section.index) and wanted in (section.heading.casefold(), section.title.casefold())


def _by_part(section: Section, wanted: str) -> bool:
    return len(wanted) > 2 and wanted in section.heading.casefold()


def _unknown(policy: Policy, document: Document, wanted: str) -> str:
    known = ", ".join(section.heading for section in document.sections if section.index)
    return f"{policy.title} never had a section “{wanted}”. Its newest text has: {known}."


def _events(
    policy: Policy,
    documents: Sequence[Document],
    updates: Sequence[Sequence[Link]],
    places: Sequence[int | None],
) -> Iterator[SectionEvent]:
    seen = False
    for at, (version, place) in enumerate(zip(policy.versions, places, strict=True)):
        before = places[at - 1] if at else None
        if place is not None and (before is None or not at):
            yield SectionEvent(version, documents[at].sections[place], None, restored=seen)
        elif before is not None:
            links = updates[at - 1]
            if change := _changed(documents[at - 1], documents[at], links, before, place):
                yield SectionEvent(version, change.section, change)
        seen = seen or place is not None


def _changed(
    old: Document, new: Document, links: Sequence[Link], before: int, place: int | None
) -> SectionChange | None:
    """Return what an update did to the section, None where it left it alone."""
    flags = [link.flags for link in links if (link.old, link.new) == (before, place)]
    quiet = place is not None and flags == [()]
    if quiet and old.sections[before].blocks == new.sections[place or 0].blocks:
        return None
    own = [one for one in redline(old, new, links).changed if one.old and one.old.index == before]
    exact = [one for one in own if (one.new.index if one.new else None) == place]
    return next(iter(exact or own), None)
