"""The links of an update as plain values: what stays known of it without its texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from gazette.text.lineage import Flag
from gazette.text.redline import Redline, SectionChange, SectionStatus
from gazette.text.sketches import Sketch, sketch

STATED = "stated"
"""The flag of a link that an editor stated."""
AMENDED = SectionStatus.AMENDED.value
RENAMED = Flag.RENAMED.value


class SectionLink(NamedTuple):
    """Which section of one text became which of the next, by index; None: removed, or added.

    `flags` are the words for what happened to it. `gone` and `come` are sketches of the old and
    the new text where these are needed to know a section again that comes back.
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
    by_old = Counter(section.old.index for section in change.sections if section.old)
    by_new = Counter(section.new.index for section in change.sections if section.new)
    return [_link(section, stated, by_old, by_new) for section in change.sections]


def _link(
    change: SectionChange,
    stated: Collection[tuple[int, int]],
    by_old: Counter[int],
    by_new: Counter[int],
) -> SectionLink:
    old, new = change.old, change.new
    if old is None or new is None:
        return SectionLink(
            old.index if old else None,
            new.index if new else None,
            (),
            sketch(old) if old else (),
            sketch(new) if new else (),
        )
    flags = tuple(flag.value for flag in change.flags)
    if change.status is SectionStatus.AMENDED:
        flags = (AMENDED, *flags)
    if (old.index, new.index) in stated:
        flags = (*flags, STATED)
    is_alone = by_old[old.index] == 1 == by_new[new.index]
    sketches = ((), ()) if is_alone else (sketch(old), sketch(new))
    return SectionLink(old.index, new.index, flags, *sketches)


def linked_pairs(links: Sequence[SectionLink]) -> Iterator[tuple[int, int]]:
    """Yield which old section became which new one, by index."""
    for link in links:
        if link.old is not None and link.new is not None:
            yield link.old, link.new
