"""The links of an update as plain values: what stays known of it without its texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from gazette.text.document import Document, Section
from gazette.text.lineage import Flag, Link
from gazette.text.redline import Redline, SectionChange, SectionStatus
from gazette.text.sketches import Sketch, sketch

STATED = "stated"
"""The flag of a link that an editor stated."""
AMENDED = SectionStatus.AMENDED.value
RENAMED = Flag.RENAMED.value


class SectionLink(NamedTuple):
    """Which section of one text became which of the next, by index; None: removed, or added.

    `flags` are the words for what happened to it. `gone` and `come` are sketches of the old and
    the new text where these are needed to know a section again that comes back: of all that did not
    become one section from one.
    """

    old: int | None
    new: int | None
    flags: Sequence[str] = ()
    gone: Sketch = ()
    come: Sketch = ()


def section_links(
    change: Redline, stated: Collection[tuple[int, int]] = frozenset()
) -> list[SectionLink]:
    """Return the links of a redline; `stated` are those that an editor stated, by index."""
    return _links(
        (section.old, section.new, _flags(section, stated)) for section in change.sections
    )


def _flags(change: SectionChange, stated: Collection[tuple[int, int]]) -> tuple[str, ...]:
    is_stated = change.old and change.new and (change.old.index, change.new.index) in stated
    return (
        *([AMENDED] if change.status is SectionStatus.AMENDED else ()),
        *(flag.value for flag in change.flags),
        *([STATED] if is_stated else ()),
    )


def matched_links(old: Document, new: Document, links: Iterable[Link]) -> list[SectionLink]:
    """Return the `links` between two texts whose words nobody compared."""
    return _links(
        (
            None if link.old is None else old.sections[link.old],
            None if link.new is None else new.sections[link.new],
            (*(flag.value for flag in link.flags), *([STATED] if link.is_stated else ())),
        )
        for link in links
    )


def _links(
    changes: Iterable[tuple[Section | None, Section | None, tuple[str, ...]]],
) -> list[SectionLink]:
    """Return the links between sections with what happened to them."""
    links = list(changes)
    by_old = Counter(old for old, new, _ in links if new)
    by_new = Counter(new for old, new, _ in links if old)
    section_links = []
    for old, new, flags in links:
        old_index, new_index = old.index if old else None, new.index if new else None
        if by_old[old] == by_new[new] == 1:
            section_links.append(SectionLink(old_index, new_index, flags))
        else:
            sketches = sketch(old) if old else (), sketch(new) if new else ()
            section_links.append(SectionLink(old_index, new_index, flags, *sketches))
    return section_links
