"""The lives of sections: what became of each through all versions, under one permanent ID.

They are computed from headings, the links of updates and recorded IDs alone; no text is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from gazette.text.differences import Heading, Kin
from gazette.text.section_ids import (
    FormerAnchors,
    Headings,
    Ids,
    Links,
    RecordedSection,
    is_same_title,
)
from gazette.text.section_links import AMENDED

InnerIds = Mapping[int, Sequence[str]]
"""The ids of places inside the sections of a text, by the index of the section."""
Pair = tuple[int | None, int | None]
"""The indexes of a section in two versions, None where it is in one of them only."""


class SectionStep(NamedTuple):
    """What one version did to a section.

    `version` is its place among the versions. `section` is the section as it stands there, None
    where it was removed; `others` are the IDs of the other lives in a split or merger.
    """

    version: int
    section: Heading | None
    events: tuple[str, ...]
    others: tuple[str, ...] = ()


class SectionLife(NamedTuple):
    """All that happened to one section, oldest first, by the versions that did something to it.

    `other_ids` are recorded for what was joined to it later: their addresses lead here. `headings`
    are how it stood from the version at each place on, None where it did not.
    """

    id: str
    other_ids: tuple[str, ...]
    steps: tuple[SectionStep, ...]
    headings: tuple[tuple[int, Heading | None], ...]

    def until(self, version: int) -> tuple[SectionStep, ...]:
        """Return the steps up to the version at this place."""
        return tuple(step for step in self.steps if step.version <= version)

    def at(self, version: int) -> Heading | None:
        """Return the section as the version at this place has it; its index may be another one."""
        stood = [heading for place, heading in self.headings if place <= version]
        return stood[-1] if stood else None

    @property
    def wordings(self) -> tuple[SectionStep, ...]:
        """The steps that brought another wording."""
        brought: list[SectionStep] = []
        digest = ""
        for step in self.steps:
            if step.section and step.section.digest != digest:
                brought.append(step)
                digest = step.section.digest
        return tuple(brought)


def last_standing(steps: Sequence[SectionStep]) -> tuple[int, Heading]:
    """Return the section as it stood last in these steps of a life, and in which version."""
    return next((step.version, step.section) for step in reversed(steps) if step.section)


class Use(NamedTuple):
    """That a life had an anchor: the place of the version where it was last seen, and where."""

    version: int
    section: int
    id: str


class Lives(NamedTuple):
    """The lives of all sections of a policy.

    `lives` are by ID in the order of first appearance; `ids` are the ID of each section, by the
    place of the version and the index, empty where there is nothing to follow. `anchors` are all
    that were ever published, of sections and of places inside them, each with one use for every
    life that had it, the oldest life first.
    `other_anchors` are those of each version, by index, that earlier engines gave to its sections.
    """

    lives: Mapping[str, SectionLife]
    ids: tuple[tuple[str, ...], ...]
    anchors: Mapping[str, tuple[Use, ...]]
    other_anchors: tuple[Mapping[int, tuple[str, ...]], ...]

    def part_of(
        self, name: str, step: SectionStep, parts: Collection[Pair], before: int
    ) -> Pair | None:
        """Return which of the `parts` of a redline shows what a `step` did to a section.

        The redline leads from the version at the place `before`, -1 where nothing was, to that of
        the step. Where no part has the section in both, it is the first one that has it after, or
        before where the section was removed.
        """
        row = self.ids[before] if before >= 0 else ()
        stood = row.index(name) if name in row else None
        stands = step.section.index if step.section else None
        if (stood, stands) in parts:
            return stood, stands
        side, place = (0, stood) if stands is None else (1, stands)
        return next((part for part in parts if place is not None and part[side] == place), None)

    def before(self, place: int) -> list[object]:
        """Return what the versions before a place tell of sections, as plain values.

        That is their IDs, which versions brought their wordings, and with whom they shared text.
        """
        facts = [
            (name, step.version, step.section and step.section.digest, step.others)
            for name, life in self.lives.items()
            for step in life.steps
            if step.version < place
        ]
        return [self.ids[:place], self.other_anchors[:place], facts]

    def kin(self, first: int, last: int) -> Kin:
        """Return who shared text after the version at the first place, up to the last one."""
        kin: dict[str, set[str]] = defaultdict(set)
        for name, life in self.lives.items():
            steps = (step for step in life.steps if first < step.version <= last)
            for other in (other for step in steps for other in step.others):
                kin[name].add(other)
                kin[other].add(name)
        return kin

    def brought(self) -> dict[str, int]:
        """Return the place of the first version that had each wording, by its digest."""
        brought: dict[str, int] = {}
        for life in self.lives.values():
            for step in life.steps:
                if step.section:
                    first = brought.get(step.section.digest, step.version)
                    brought[step.section.digest] = min(first, step.version)
        return brought


def lives_of(
    ids: Ids,
    texts: Sequence[Headings],
    updates: Sequence[Links],
    former: Sequence[FormerAnchors] = (),
    inner: Sequence[InnerIds] = (),
) -> Lives:
    """Return the lives of all sections of some texts; `updates` lead from each to the next.

    `former` are anchors that the sections of each text had by an earlier engine, `inner` the ids of
    places inside them.
    """
    stories: dict[str, _Story] = defaultdict(_Story)
    for at, (row, text) in enumerate(zip(ids.rows, texts, strict=True)):
        before = ids.rows[at - 1] if at else ()
        parts = _Parts(updates[at - 1] if at else (), before, row)
        stood = {name: index for index, name in enumerate(before) if name}
        for section in text:
            if name := row[section.index]:
                events = parts.of(stood.get(name), section.index)
                stories[name].tell(at, section, events, parts.others(name))
        for name in stood.keys() - {*row}:
            merged = ("merged",) if parts.others(name) else ()
            stories[name].tell(at, None, ("removed", *merged), parts.others(name))
    lives = {
        name: SectionLife(name, ids.others.get(name, ()), tuple(story.steps), tuple(story.headings))
        for name, story in stories.items()
    }
    others = _other_anchors(ids, texts, former or [{}] * len(texts))
    return Lives(lives, tuple(ids.rows), _anchors(ids, lives, others, inner), others)


# ---- what happened ----


EVENTS = (
    *("added", "restored", "removed", AMENDED, "renamed", "renumbered", "moved"),
    *("split", "merged"),
)
"""What can happen to a section, in the order in which it is listed."""


@dataclass
class _Story:
    """What is known of a life so far; `last` is the section as it stood last."""

    steps: list[SectionStep] = field(default_factory=list)
    headings: list[tuple[int, Heading | None]] = field(default_factory=list)
    last: Heading | None = None

    def tell(
        self, at: int, section: Heading | None, events: Iterable[str], others: tuple[str, ...]
    ) -> None:
        """Go on with the version at this place: what it did to the section, if anything."""
        stood = self.headings[-1][1] if self.headings else None
        if section and stood and not events and _is_same_place(stood, section):
            return
        if section:
            events = (*events, *self._seen(section, stood, events))
        if happened := tuple(event for event in EVENTS if event in events):
            self.steps.append(SectionStep(at, section, happened, others))
        if section is None or stood is None or not _is_same_place(stood, section):
            self.headings.append((at, section))
        self.last = section or self.last

    def _seen(
        self, section: Heading, stood: Heading | None, events: Iterable[str]
    ) -> Iterator[str]:
        """Yield what the headings of a section show of themselves, where no link tells it."""
        if stood is None:
            yield "restored" if self.last else "added"
        if self.last:
            yield from _plain_events(self.last, section, events)


def _is_same_place(old: Heading, new: Heading) -> bool:
    return (old.anchor, old.digest, old.number, old.level, old.heading) == (
        *(new.anchor, new.digest, new.number, new.level, new.heading),
    )


def _plain_events(old: Heading, new: Heading, events: Iterable[str]) -> Iterator[str]:
    """Yield what differs between two headings of a section."""
    if old.number != new.number:
        yield "renumbered"
    if not is_same_title(old, new):
        yield "renamed"
    if old.digest != new.digest and "renumbered" not in events:
        yield AMENDED


class _Parts:
    """What the links of one update tell of each section, and of its splits and mergers."""

    def __init__(self, links: Links, before: Sequence[str], after: Sequence[str]) -> None:
        self._flags: dict[tuple[int | None, int], Sequence[str]] = {}
        self._others: dict[str, dict[str, None]] = defaultdict(dict)
        self._split: set[int] = set()
        self._merged: set[int] = set()
        pairs = [(link.old, link.new, link) for link in links]
        by_old = Counter(a for a, b, _ in pairs if b is not None)
        by_new = Counter(b for a, b, _ in pairs if a is not None)
        for a, b, link in pairs:
            if a is None or b is None:
                continue
            self._flags[a, b] = link.flags
            if by_old[a] > 1:
                self._split.add(b)
            if by_new[b] > 1:
                self._merged.add(b)
            if before[a] != after[b]:
                self._others[before[a]][after[b]] = None
                self._others[after[b]][before[a]] = None

    def of(self, old: int | None, new: int) -> tuple[str, ...]:
        """Return what happened to a section that now has this index, from where it stood."""
        flags = self._flags.get((old, new), ())
        split = ("split",) if new in self._split else ()
        merged = ("merged",) if new in self._merged else ()
        return (*flags, *split, *merged)

    def others(self, name: str) -> tuple[str, ...]:
        """Return the other lives in a split or merger of this one."""
        return tuple(other for other in self._others.get(name, ()) if other)


def _other_anchors(
    ids: Ids, texts: Sequence[Headings], former: Sequence[FormerAnchors]
) -> tuple[Mapping[int, tuple[str, ...]], ...]:
    return tuple(
        {
            section.index: tuple(names)
            for section in text
            if (names := _others_of(section, recorded.get(section.index, ()), earlier))
        }
        for text, recorded, earlier in zip(texts, ids.recorded, former, strict=True)
    )


def _others_of(
    section: Heading, recorded: Sequence[RecordedSection], former: FormerAnchors
) -> dict[str, None]:
    names = {entry.anchor: None for entry in recorded}
    if section.index in former:
        names[former[section.index]] = None
    names.pop(section.anchor, None)
    names.pop("", None)
    return names


def _anchors(
    ids: Ids,
    lives: Mapping[str, SectionLife],
    others: Sequence[Mapping[int, Sequence[str]]],
    inner: Sequence[InnerIds],
) -> dict[str, tuple[Use, ...]]:
    """Return the uses of all anchors, the oldest life first."""
    uses: dict[str, dict[str, Use]] = defaultdict(dict)
    for name, life in lives.items():
        ends = [*(at for at, _ in life.headings[1:]), len(ids.rows)]
        for (_, heading), end in zip(life.headings, ends, strict=True):
            if heading and heading.anchor:
                uses[heading.anchor][name] = Use(end - 1, ids.rows[end - 1].index(name), name)
    for at, names in chain(enumerate(others), enumerate(inner)):
        for index, anchors in names.items():
            for anchor in anchors:
                name = ids.rows[at][index]
                last = uses[anchor].get(name)
                if name and (last is None or last.version < at):
                    uses[anchor][name] = Use(at, index, name)
    order = {name: at for at, name in enumerate(lives)}
    return {
        anchor: tuple(sorted(by_life.values(), key=lambda use: order[use.id]))
        for anchor, by_life in uses.items()
    }
