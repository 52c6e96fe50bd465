"""Sections that differ between an earlier version and the final text.

They are found by digest, through the links of one update after another, without comparing words:
a page of everything that changed costs little, however far back its version lies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

from gazette.text.document import Document


@dataclass(frozen=True, slots=True)
class Heading:
    """A section by its heading, with the digest of everything that a reader sees of it.

    The digest is empty where nothing is seen: the opening of a text that begins with a heading.
    """

    index: int
    level: int
    number: str
    heading: str
    anchor: str
    digest: str

    def record(self) -> dict[str, str | int]:
        """Return its fields by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def headings_of(document: Document) -> list[Heading]:
    """Return the sections of a text by their headings."""
    return [
        Heading(
            *(section.index, section.level, section.number, section.heading, section.anchor),
            section.digest,
        )
        for section in document.sections
    ]


class Difference(NamedTuple):
    """A section that is amended, added or removed, in the earlier and in the final text."""

    status: str
    old: Heading | None
    new: Heading | None

    @property
    def section(self) -> Heading:
        """The section to show: the new one where there is one."""
        section = self.new or self.old
        assert section is not None
        return section


Sections = Sequence[Heading]
Links = Sequence[tuple[int, int]]
"""Which section of one text became which of the next, by index."""
Successors = Mapping[int, frozenset[int]]
"""For the index of each section, the sections of the final text that it became."""


def differences(
    final: Sections, earlier: Iterable[tuple[Sections, Links]]
) -> Iterator[tuple[Difference, ...]]:
    """Yield what differs from the `final` text, for each of the `earlier` ones, newest first.

    Each earlier text comes with its links to the text after it.
    """
    final = _visible(final)
    successors: Successors = {section.index: frozenset([section.index]) for section in final}
    for sections, links in earlier:
        successors = _one_step_back(successors, links)
        yield tuple(_differing(_visible(sections), final, successors))


def _visible(sections: Sections) -> Sections:
    return [section for section in sections if section.digest]


def _one_step_back(successors: Successors, links: Links) -> Successors:
    earlier: dict[int, frozenset[int]] = {}
    for old, new in links:
        earlier[old] = earlier.get(old, frozenset()) | successors.get(new, frozenset())
    return earlier


class _Matches(NamedTuple):
    """How the sections of an earlier text go on in the final one.

    `kept` are the indexes of the earlier ones that read the same, `amended` the sections that each
    became, by its index; `added` are those that come from none.
    """

    kept: set[int]
    amended: dict[int, list[Heading]]
    added: list[Heading]


def _matches(old: Sections, final: Sections, successors: Successors) -> _Matches:
    origins: dict[int, list[Heading]] = {}
    for section in old:
        for index in successors.get(section.index, ()):
            origins.setdefault(index, []).append(section)
    kept, amended, added = matches = _Matches(set(), {}, [])
    for section in final:
        candidates = origins.get(section.index, [])
        equal = [origin.index for origin in candidates if origin.digest == section.digest]
        if unused := [index for index in equal if index not in kept]:
            kept.add(unused[0])
        elif equal or not candidates:
            added.append(section)  # a new one, or one copy more than there were
        else:
            namesakes = (origin for origin in candidates if origin.heading == section.heading)
            amended.setdefault(next(namesakes, candidates[0]).index, []).append(section)
    return matches


def _differing(old: Sections, final: Sections, successors: Successors) -> Iterator[Difference]:
    """Yield each section of the final text at most once, beside the one it came from."""
    kept, amended, added = _matches(old, final, successors)
    shown = {section.index for sections in amended.values() for section in sections}
    # What is both removed and added was only moved, or dropped and restored.
    restored = Counter(section.digest for section in added)
    for section in old:
        for new in amended.get(section.index, ()):
            yield Difference("amended", section, new)
        if section.index in kept or not shown.isdisjoint(successors.get(section.index, ())):
            continue
        if restored[section.digest]:
            restored[section.digest] -= 1
        else:
            yield Difference("removed", section, None)
    for section in added:
        if restored[section.digest]:
            restored[section.digest] -= 1
            yield Difference("added", None, section)
