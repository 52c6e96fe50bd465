"""The life of one section: what each version did to it, from its first wording to today's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from gazette.errors import MissingError
from gazette.model import Policy, Version
from gazette.text.comparison import compare, named_redline
from gazette.text.document import Document, Section
from gazette.text.identity import NOBODY, trace
from gazette.text.lineage import Link, match_sections
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader
from gazette.text.redline import SectionChange


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
    policy: Policy, name: str, markdown: MarkdownSettings
) -> tuple[SectionEvent, ...]:
    """Return all that happened to the section of this name, newest first.

    A section is named by its number, its heading or its anchor; the newest text that has one so
    named counts. Raises MissingError when none has.
    """
    reader = Reader(markdown)
    documents = [reader.read_version(version) for version in policy.versions]
    stated = [version.metadata.continues for version in policy.versions[1:]]
    updates = [
        match_sections(old, new, continues)
        for (old, new), continues in zip(pairwise(documents), stated, strict=True)
    ]
    rows = trace(documents, updates)
    identity = _identity(documents, rows, name.strip().casefold())
    if identity is None:
        headings = ", ".join(section.heading for section in documents[-1].sections if section.index)
        raise MissingError(
            f"{policy.title} never had a section “{name}”. Its newest text has: {headings}."
        )
    indexes = _indexes(rows, updates, identity)
    return tuple(_events(policy, documents, updates, indexes))[::-1]


def _identity(
    documents: Sequence[Document], rows: Sequence[Sequence[int]], name: str
) -> int | None:
    """Return the identity of the section so named in the newest text that has one."""
    for document, row in reversed([*zip(documents, rows, strict=True)]):
        sections = [section for section in document.sections if row[section.index] != NOBODY]
        for is_named in (_has_number, _has_anchor, _has_heading, _has_part_of_heading):
            for section in sections:
                if is_named(section, name):
                    return row[section.index]
    return None


def _has_number(section: Section, name: str) -> bool:
    return bool(section.number) and section.number == name.removeprefix("section ").rstrip(".")


def _has_anchor(section: Section, name: str) -> bool:
    return bool(section.anchor) and section.anchor.casefold() == name.removeprefix("#")


def _has_heading(section: Section, name: str) -> bool:
    return bool(section.index) and name in (section.heading.casefold(), section.title.casefold())


def _has_part_of_heading(section: Section, name: str) -> bool:
    return len(name) > 2 and name in section.heading.casefold()


def _indexes(
    rows: Sequence[Sequence[int]], updates: Sequence[Sequence[Link]], identity: int
) -> list[int | None]:
    """Return the section's index in each version; before a split, that of the whole."""
    indexes = [row.index(identity) if identity in row else None for row in rows]
    first = next(at for at, index in enumerate(indexes) if index is not None)
    for link in updates[first - 1] if first else ():
        if link.new == indexes[first] and link.old is not None:
            whole = rows[first - 1][link.old]
            return _indexes(rows[:first], updates[: first - 1], whole) + indexes[first:]
    return indexes


def _events(
    policy: Policy,
    documents: Sequence[Document],
    updates: Sequence[Sequence[Link]],
    indexes: Sequence[int | None],
) -> Iterator[SectionEvent]:
    has_stood = False
    before: int | None = None
    for at, (version, index) in enumerate(zip(policy.versions, indexes, strict=True)):
        if before is not None:
            with named_redline(policy, policy.versions[at - 1], version):
                change = _change(documents[at - 1], documents[at], updates[at - 1], before, index)
            if change:
                yield SectionEvent(version, change.section, change)
        elif index is not None:
            yield SectionEvent(version, documents[at].sections[index], None, restored=has_stood)
        has_stood = has_stood or index is not None
        before = index


def _change(
    old: Document, new: Document, links: Sequence[Link], before: int, after: int | None
) -> SectionChange | None:
    """Return what an update did to the section, None where it left it alone."""
    flags = [link.flags for link in links if (link.old, link.new) == (before, after)]
    is_unmarked = after is not None and flags == [()]
    if is_unmarked and old.sections[before].blocks == new.sections[after or 0].blocks:
        return None
    changes = [
        change
        for change in compare(old, new, links).changed
        if change.old and change.old.index == before
    ]
    exact = (change for change in changes if after == (change.new.index if change.new else None))
    return next(chain(exact, changes), None)
