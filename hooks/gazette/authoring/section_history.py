"""The life of one section: what each version did to it, from its first wording to today's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from gazette.errors import MissingError
from gazette.model import Policy, Version
from gazette.record.matched_versions import MatchedVersion, matched_versions
from gazette.record.section_record import ids_of_versions
from gazette.text.comparison import compare, named_redline
from gazette.text.differences import headings_of
from gazette.text.document import Document, Section
from gazette.text.lineage import Link
from gazette.text.lives import Lives, lives_of
from gazette.text.markdown_settings import MarkdownSettings
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
) -> tuple[str, tuple[SectionEvent, ...]]:
    """Return the ID of the section of this name, and all that happened to it, newest first.

    A section is named by its number, its heading, its anchor or its ID; the newest text that has
    one so named counts. Raises MissingError when none has.
    """
    matched = [*matched_versions(policy.versions, markdown)]
    documents = [version.document for version in matched]
    texts, updates = [*map(headings_of, documents)], [version.update for version in matched[1:]]
    ids = ids_of_versions(policy.versions, texts, updates)
    lives = lives_of(ids, texts, updates)
    identity = _identity(documents, lives, name.strip().casefold())
    if identity is None:
        sections = documents[-1].sections
        headings = ", ".join(section.heading for section in sections if section.index)
        raise MissingError(
            f"{policy.title} never had a section “{name}”. Its newest text has: {headings}."
        )
    indexes = _indexes(lives.ids, [version.links for version in matched[1:]], identity)
    return identity, tuple(_events(policy, matched, indexes))[::-1]


def _identity(documents: Sequence[Document], lives: Lives, name: str) -> str | None:
    """Return the ID of the section so named in the newest text that has one."""
    for document, row in reversed([*zip(documents, lives.ids, strict=True)]):
        sections = [section for section in document.sections if row[section.index]]
        for is_named in (_has_number, _has_anchor, _has_heading, _has_part_of_heading):
            for section in sections:
                if is_named(section, name):
                    return row[section.index]
    for life in lives.lives.values():
        if name in map(str.casefold, (life.id, *life.other_ids)):
            return life.id
    uses = (use for anchor, uses in lives.anchors.items() for use in uses if _is(anchor, name))
    return next((use.id for use in uses), None)


def _is(anchor: str, name: str) -> bool:
    return anchor.casefold() == name.removeprefix("#")


def _has_number(section: Section, name: str) -> bool:
    return bool(section.number) and section.number == name.removeprefix("section ").rstrip(".")


def _has_anchor(section: Section, name: str) -> bool:
    return bool(section.anchor) and _is(section.anchor, name)


def _has_heading(section: Section, name: str) -> bool:
    return bool(section.index) and name in (section.heading.casefold(), section.title.casefold())


def _has_part_of_heading(section: Section, name: str) -> bool:
    return len(name) > 2 and name in section.heading.casefold()


def _indexes(
    rows: Sequence[Sequence[str]], updates: Sequence[Sequence[Link]], identity: str
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
    policy: Policy, matched: Sequence[MatchedVersion], indexes: Sequence[int | None]
) -> Iterator[SectionEvent]:
    has_stood = False
    before: int | None = None
    documents = [version.document for version in matched]
    for at, (version, index) in enumerate(zip(policy.versions, indexes, strict=True)):
        if before is not None:
            old, links = documents[at - 1], matched[at].links
            with named_redline(policy, policy.versions[at - 1], version):
                change = _change(old, documents[at], links, before, index)
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
