"""Sections that differ between an earlier version and the final text.

They are found by digest, through the lives of sections, without comparing words: what changed
since a version is known for every version, however old, before any text is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields
from typing import NamedTuple

from gazette.text.chains import crosses, heaviest_chain
from gazette.text.document import Document

MOST_TOGETHER = 12
"""Sections that are split and merged, or between which blocks went, are compared together, up to so
many."""


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


class Tie(NamedTuple):
    """An old and a new section that belong together; None: removed, or added.

    They are the same section, which may have `is_moved`, or one `is_part` of the other: text may
    have come from there.
    """

    old: Heading | None
    new: Heading | None
    is_moved: bool = False
    is_part: bool = False


Cluster = tuple[Tie, ...]
"""Sections that have to be compared together."""


class Text(NamedTuple):
    """The sections of a version, and the ID of each."""

    sections: Sequence[Heading]
    ids: Sequence[str]

    def visible(self) -> dict[str, Heading]:
        """Return the sections of which anything is seen, by ID; no two have the same."""
        visible: dict[str, Heading] = {}
        for section in self.sections:
            if section.digest:
                name = self.ids[section.index]
                visible[name if name not in visible else f"{name} {section.index}"] = section
        return visible


class Differences(NamedTuple):
    """The sections that read the same, old and new, and those that do not, in clusters."""

    kept: Sequence[tuple[Heading, Heading]]
    clusters: Sequence[Cluster]


Kin = Mapping[str, Set[str]]
"""The sections with which each shared text in a split or merger between both texts, by ID."""
_FURTHEST = 4
"""Text went from section to section, so many times at most."""


def differences(old: Text, final: Text, kin: Kin) -> Differences:
    """Return what differs between two texts: every visible section of both stands in it."""
    before, after = old.visible(), final.visible()
    removed, added = _lacking(before, after), _lacking(after, before)
    pairs = [(before[name], section) for name, section in after.items() if name in before]
    restored = _equal(removed, added)
    same = _with_moves([*pairs, *restored])
    kept = [(tie.old, tie.new) for tie in same if tie.old and tie.new and _is_kept(tie)]
    paired = {place for pair in (*kept, *restored) for place in _places(*pair)}
    ties = [tie for tie in same if not _is_kept(tie)]
    alone = [
        *(Tie(section, None) for section in removed.values()),
        *(Tie(None, section) for section in added.values()),
    ]
    ties += (tie for tie in alone if paired.isdisjoint(_places(tie.old, tie.new)))
    return Differences(kept, tuple(_clusters(ties, _parts(before, after, kin, paired))))


def _lacking(text: Mapping[str, Heading], other: Mapping[str, Heading]) -> dict[str, Heading]:
    """Return the sections of a text that the other one lacks, by ID."""
    return {name: section for name, section in text.items() if name not in other}


_Place = tuple[str, int]
"""A section: whether of the old or of the new text, and its index there."""


def _places(old: Heading | None, new: Heading | None) -> list[_Place]:
    return [*([("old", old.index)] if old else []), *([("new", new.index)] if new else [])]


def _is_kept(tie: Tie) -> bool:
    return not tie.is_moved and tie.old.digest == tie.new.digest if tie.old and tie.new else False


def _with_moves(pairs: Sequence[Pair]) -> list[Tie]:
    """Return the pairs as ties, the fewest moved that do not keep the order of the others."""
    staying = set(heaviest_chain({(old.index, new.index): 1.0 for old, new in pairs}))
    return [Tie(old, new, crosses((old.index, new.index), staying)) for old, new in pairs]


Pair = tuple[Heading, Heading]


def _equal(removed: Mapping[str, Heading], added: Mapping[str, Heading]) -> list[Pair]:
    """Pair sections that read the same although they have no common life, in order."""
    waiting: dict[str, list[Heading]] = defaultdict(list)
    for section in reversed([*removed.values()]):
        waiting[section.digest].append(section)
    return [
        (waiting[section.digest].pop(), section)
        for section in added.values()
        if waiting.get(section.digest)
    ]


def _parts(
    before: Mapping[str, Heading], after: Mapping[str, Heading], kin: Kin, paired: Set[_Place]
) -> list[Tie]:
    """Return where text of removed sections may have gone to, and that of added ones come from."""
    removed, added = before.keys() - after.keys(), after.keys() - before.keys()
    names = {(name, other) for name in removed for other in _relatives(name, kin, after)}
    names |= {(other, name) for name in added for other in _relatives(name, kin, before)}
    pairs = [(before[old], after[new]) for old, new in names]
    return _sorted(
        Tie(old, new, is_part=True) for old, new in pairs if paired.isdisjoint(_places(old, new))
    )


def _relatives(name: str, kin: Kin, wanted: Mapping[str, Heading]) -> Set[str]:
    """Return the next of kin among the sections that are `wanted`."""
    known, kin_of, waiting = {name}, set[str](), {name}
    for _ in range(_FURTHEST):
        waiting = {other for relative in waiting for other in kin.get(relative, ())} - known
        known |= waiting
        kin_of |= {other for other in waiting if other in wanted}
        waiting -= kin_of
    return kin_of


def _clusters(ties: Sequence[Tie], parts: Sequence[Tie]) -> Iterator[Cluster]:
    """Yield each tie with those that parts bind it to; alone where that would be too many."""
    tie_at = {place: at for at, tie in enumerate(ties) for place in _places(tie.old, tie.new)}
    bonds = [[tie_at[place] for place in _places(part.old, part.new)] for part in parts]
    for at, group in joined_groups(len(ties), bonds, lambda members: True).items():
        if len(group) == 1 or len(group) > MOST_TOGETHER:
            yield (ties[at],)
        elif at == min(group):
            bound = [part for part in parts if part.new and tie_at["new", part.new.index] in group]
            yield together([ties[member] for member in group], bound)


def joined_groups(
    count: int, bonds: Iterable[Sequence[int]], may_join: Callable[[Sequence[int]], bool]
) -> dict[int, list[int]]:
    """Return the group of each number below `count`: two that are bound share one, if it may be."""
    groups = {at: [at] for at in range(count)}
    for a, b in bonds:
        first, second = groups[a], groups[b]
        if first is not second and may_join([*first, *second]):
            first += second
            groups |= dict.fromkeys(second, first)
    return groups


def together(ties: Iterable[Tie], parts: Iterable[Tie] = ()) -> Cluster:
    """Return a cluster of all these, which does not depend on their order."""
    return (*_sorted(ties), *_sorted(parts))


def _sorted(ties: Iterable[Tie]) -> list[Tie]:
    def place(tie: Tie) -> tuple[int, int]:
        return tie.new.index if tie.new else -1, tie.old.index if tie.old else -1

    return sorted(ties, key=place)
