"""The editor's word on which section continues which, and the sections that it names."""

from __future__ import annotations

from typing import NamedTuple

from gazette.model import Continues
from gazette.text.document import Document, Section
from gazette.text.tokens import fold


class StatedLinks(NamedTuple):
    """Old sections against the new ones that continue them, and all new ones that are stated.

    A new section that continues none is new.
    """

    pairs: frozenset[tuple[int, int]] = frozenset()
    new: frozenset[int] = frozenset()


def stated_links(old: Document, new: Document, continues: Continues) -> StatedLinks:
    """Return what an editor stated of two texts; names of sections they do not have count for none.

    Where a later statement names a new section again, the earlier one holds.
    """
    pairs: set[tuple[int, int]] = set()
    stated: set[int] = set()
    for name, former in continues:
        sections = [named(old, title) for title in former]
        section = named(new, name)
        if section is None or section.index in stated or (former and not any(sections)):
            continue
        stated.add(section.index)
        pairs |= {(source.index, section.index) for source in sections if source}
    return StatedLinks(frozenset(pairs), frozenset(stated))


def named(document: Document, name: str) -> Section | None:
    """Return the section that a heading, a title without its number, or an anchor names.

    None where no section, or where more than one is called so.
    """
    sections = document.sections[1:]
    by_anchor = [section for section in sections if section.anchor == name.removeprefix("#")]
    by_heading = [section for section in sections if _key(section.heading) == _key(name)]
    by_title = [section for section in sections if _key(section.title) == _key(name)]
    matches = next(filter(None, (by_anchor, by_heading, by_title)), [])
    return matches[0] if len(matches) == 1 else None


def _key(name: str) -> str:
    return fold(name).casefold()
