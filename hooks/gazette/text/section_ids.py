"""Which ID each section has: recorded, or given where the section first appears.

A recorded ID never changes. What the rules of lineage say otherwise than the record may only join
two IDs, and both lead to the same section then.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain, count
from typing import NamedTuple

from gazette.text.anchors import first_come
from gazette.text.differences import Heading
from gazette.text.document import title_key
from gazette.text.section_links import RENAMED, STATED, SectionLink
from gazette.text.sketches import Sketch, likeness

OPENING = "opening"
"""The ID of the text before the first heading."""
MAX_BYTES = 150
"""Of a longer anchor the beginning is an ID, with room for a version behind it."""
MAX_ID_BYTES = 255
"""An ID is the name of a folder, for which most disks have room for so many bytes."""

_UNSAFE = re.compile(r'[\x00-\x20/\\:*?"<>|\x7f]+')
_SAME_TEXT = 0.6
"""A section that comes back with so much of its words is the same one, as in `lineage`,"""
_SAME_HEADING_AND_TEXT = 0.3
"""and half as much will do below the same heading: another ID would end its life."""

Headings = Sequence[Heading]
Links = Sequence[SectionLink]


class RecordedSection(NamedTuple):
    """A section as a version published it, with the IDs of those it came from in the one before."""

    id: str
    anchor: str
    origins: tuple[str, ...] = ()


RecordedRow = Sequence[RecordedSection]
"""All sections of a version that readers see, in order."""
FormerAnchors = Mapping[int, str]
"""Anchors of sections that an earlier engine gave them, by index, where these are others."""


class Ids(NamedTuple):
    """The ID of each section by the place of the version and the index, empty where none is seen.

    `others` are the recorded IDs that were joined to an ID; `recorded` is what is recorded of each
    section of a version, by index.
    """

    rows: list[tuple[str, ...]]
    others: Mapping[str, tuple[str, ...]]
    recorded: Sequence[Mapping[int, Sequence[RecordedSection]]]


def section_ids(
    versions: Sequence[str],
    texts: Sequence[Headings],
    updates: Sequence[Links],
    recorded: Sequence[Sequence[RecordedRow]],
) -> Ids:
    """Return the IDs of the sections of all `versions`.

    `updates` are the links from each text to the next; `recorded` are rows for each version, which
    hold. A section keeps its ID through renaming, renumbering and moving; of a split it stays with
    the part that has the heading, of a merger with the section whose heading stays; a section that
    was dropped and comes back gets its old one again.
    """
    known = [_aligned(rows, text) for rows, text in zip(recorded, texts, strict=True)]
    predecessors = [*map(_predecessors, updates)]
    given = [{index: entries[0].id for index, entries in row.items()} for row in known]
    handed = _handed_back(given, predecessors)
    kept = frozenset(entry.id for rows in recorded for row in rows for entry in row)
    register = _Register(kept)
    rows: list[Mapping[int, str]] = []
    joins: list[tuple[str, str]] = []
    for at, (version, text) in enumerate(zip(versions, texts, strict=True)):
        step = (
            _Step(rows[-1], texts[at - 1], updates[at - 1], predecessors[at - 1]) if at else _FIRST
        )
        row, continued = register.next_row(step, _seen(text), version, given[at], handed[at])
        joins += ((name, row[index]) for index, name in continued.items() if index in row)
        joins += ((row[i], entry.id) for i, entries in known[at].items() for entry in entries)
        rows.append(row)
    names = _joined(rows, joins, kept)
    ids = [
        tuple(names.get(row.get(section.index, ""), "") for section in text)
        for row, text in zip(rows, texts, strict=True)
    ]
    return Ids(ids, _others(names, kept), known)


def _seen(text: Headings) -> list[Heading]:
    """Return the sections that readers see: a text that begins with a heading has no opening."""
    return [section for section in text if section.index or section.digest]


# ---- what is recorded, or to be ----


def unrecorded_rows(
    ids: Ids, texts: Sequence[Headings], updates: Sequence[Links], former: Sequence[FormerAnchors]
) -> dict[int, list[RecordedRow]]:
    """Return the rows of each version, by place, that lacks one or has other anchors in it.

    `former` anchors that a version was published with by an earlier engine make a row of their own.
    """
    rows: dict[int, list[RecordedRow]] = {}
    for at, (text, known) in enumerate(zip(texts, ids.recorded, strict=True)):
        seen = [section for section in text if ids.rows[at][section.index]]
        if all(_is_recorded(section, known) for section in seen):
            continue
        before = ids.rows[at - 1] if at else ()
        origins: dict[int, dict[str, None]] = defaultdict(dict)
        for link in updates[at - 1] if at else ():
            if link.old is not None and link.new is not None:
                origins[link.new][before[link.old]] = None
        row = [
            RecordedSection(
                known[s.index][0].id if s.index in known else ids.rows[at][s.index],
                s.anchor,
                tuple(origins[s.index]),
            )
            for s in seen
        ]
        others = [
            entry._replace(anchor=former[at].get(s.index, s.anchor))
            for entry, s in zip(row, seen, strict=True)
        ]
        rows[at] = [row] if others == row else [row, others]
    return rows


def _is_recorded(section: Heading, known: Mapping[int, Sequence[RecordedSection]]) -> bool:
    return any(entry.anchor == section.anchor for entry in known.get(section.index, ()))


def _aligned(rows: Sequence[RecordedRow], text: Headings) -> dict[int, list[RecordedSection]]:
    """Return what `rows` say of each section of a text, by index, rows that fit it first.

    What they say of sections that the text no longer has goes to the one these stand in now.
    """
    seen = _seen(text)
    by_anchor = {section.anchor: section.index for section in seen}
    fitting = sorted(rows, key=lambda row: len(row) != len(seen)) if seen else []
    places: dict[str, int] = {}
    for row in fitting:
        for at, entry in enumerate(row):
            index = seen[at].index if len(row) == len(seen) else by_anchor.get(entry.anchor)
            if index is not None:
                places.setdefault(entry.id, index)
    entries: dict[int, list[RecordedSection]] = defaultdict(list)
    for row in fitting:
        last = seen[0].index
        for entry in row:
            last = places.get(entry.id, last)
            entries[last].append(entry)
    return entries


def _handed_back(
    given: Sequence[Mapping[int, str]], predecessors: Sequence[Mapping[int, int]]
) -> list[dict[int, str]]:
    """Return the recorded IDs that sections have in later versions, for those that have none yet.

    An older version that is brought in, or recorded late, gets these where it begins a life.
    """
    handed: list[dict[int, str]] = [{} for _ in given]
    for at in range(len(given) - 1, 0, -1):
        later = given[at] or handed[at]
        handed[at - 1] = {
            old: later[new] for new, old in predecessors[at - 1].items() if new in later
        }
    return handed


# ---- who is who ----


class _Step(NamedTuple):
    """The step from a version to the next: its IDs by index, its text, and its links."""

    ids: Mapping[int, str]
    text: Headings
    links: Links
    predecessors: Mapping[int, int]


_FIRST = _Step({}, (), (), {})
_NO_LINK = SectionLink(None, None)


def _predecessors(links: Links) -> dict[int, int]:
    """Return the one old section that each new one continues.

    What an editor stated comes first, then the same heading.
    """
    return first_come(
        (link.new, link.old)
        for link in sorted(links, key=_precedence)
        if link.old is not None and link.new is not None
    )


def _precedence(link: SectionLink) -> tuple[bool, bool, int]:
    return STATED not in link.flags, RENAMED in link.flags, link.new or 0


class _Register:
    """Gives out IDs, and remembers the last text of every section that was dropped."""

    def __init__(self, recorded: Collection[str]) -> None:
        self._given = {name.casefold() for name in recorded}
        self._dropped = _Dropped()

    def next_row(
        self,
        step: _Step,
        seen: Sequence[Heading],
        version: str,
        given: Mapping[int, str],
        handed: Mapping[int, str],
    ) -> tuple[dict[int, str], dict[int, str]]:
        """Return the ID of each section by index, and the IDs that the rules say it continues.

        The one that is `given` holds, then the one that it continues, then one `handed` back.
        """
        continued = self._continued(step, seen)
        row = first_come((*given.items(), *continued.items(), *handed.items()))
        row = {s.index: row.get(s.index) or self._new(s, version) for s in seen}
        standing = {*row.values(), *continued.values()}  # these too, if under a recorded ID
        self._drop(step, standing)
        self._dropped.remove(standing)
        return row, continued

    def _continued(self, step: _Step, seen: Sequence[Heading]) -> dict[int, str]:
        ids = {index: step.ids[old] for index, old in step.predecessors.items() if old in step.ids}
        self._drop(step, {*ids.values()})
        come = {link.new: link for link in step.links}
        unknown = [
            (s.index, _text(s, link.come, is_part=link.old is not None))
            for s in seen
            if s.index not in ids
            for link in [come.get(s.index, _NO_LINK)]
        ]
        return ids | self._restored(unknown)

    def _new(self, section: Heading, version: str) -> str:
        """Return an ID that no section had before, not even in other letters of the same kind."""
        first = _name(section.anchor) if section.index else OPENING
        names = [first, f"{first}-{version}"][bool(section.index) and first == OPENING :]
        more = (f"{first}-{version}-{number}" for number in count(2))
        name = next(name for name in chain(names, more) if name.casefold() not in self._given)
        self._given.add(name.casefold())
        return name

    def _drop(self, step: _Step, standing: Collection[str]) -> None:
        gone = {link.old: link for link in step.links}
        for index, name in step.ids.items():
            if name not in standing:
                link = gone.get(index, _NO_LINK)
                is_part = link.new is not None
                self._dropped.add(name, _text(step.text[index], link.gone, is_part=is_part))

    def _restored(self, texts: Sequence[tuple[int, _SectionSketch]]) -> dict[int, str]:
        """Return which sections without a predecessor are dropped ones come back, by index."""
        titles = Counter(text.title for _, text in texts)
        dropped = self._dropped.titles
        places: dict[_SectionSketch, list[int]] = defaultdict(list)
        for index, text in texts:
            places[text].append(index)
        scored = sorted(
            (-alike, order, index, name)
            for text, indexes in places.items()
            for is_only in [max(titles[text.title], dropped[text.title]) == 1]
            for gone in self._dropped.related(text)
            if (alike := _alike(gone, text, is_only=is_only)) > 0
            for order, name in self._dropped.first(len(texts), gone)
            for index in indexes
        )
        return first_come((index, name) for *_, index, name in scored)


class _SectionSketch(NamedTuple):
    """What is known of the text of a section without reading it; `runs` are its sketch.

    The `title` is None where there is none, and that of an opening like no other. Those that are a
    part went into another section, or came out of one.
    """

    title: str | None
    runs: frozenset[int]
    is_part: bool


def _text(section: Heading, sketch: Sketch, *, is_part: bool) -> _SectionSketch:
    title = title_key(section.heading) if section.heading else None if section.index else "\n"
    return _SectionSketch(title, frozenset(sketch), is_part)


class _Dropped:
    """The sections that were dropped, found by what they have in common with another one.

    A policy may have dropped thousands, most of them copies where it goes to and fro between texts:
    to compare each with all that come would take hours.
    """

    def __init__(self) -> None:
        self.titles: Counter[str | None] = Counter()
        self._texts: dict[str, tuple[int, _SectionSketch]] = {}
        self._copies: dict[_SectionSketch, set[tuple[int, str]]] = {}
        self._by_key: dict[int | str, set[_SectionSketch]] = defaultdict(set)
        self._orders = count()

    def add(self, name: str, text: _SectionSketch) -> None:
        """Know the last text of a section; one that is known already keeps its place."""
        order = self._texts[name][0] if name in self._texts else next(self._orders)
        self.remove([name])
        self._texts[name] = order, text
        self.titles[text.title] += 1
        if text not in self._copies:
            for key in _keys(text):
                self._by_key[key].add(text)
        self._copies.setdefault(text, set()).add((order, name))

    def remove(self, names: Iterable[str]) -> None:
        """Forget those of these sections that are known."""
        for name in names:
            if name in self._texts:
                order, text = self._texts.pop(name)
                self.titles[text.title] -= 1
                self._copies[text].remove((order, name))
                if not self._copies[text]:
                    del self._copies[text]
                    for key in _keys(text):
                        self._by_key[key].remove(text)

    def related(self, text: _SectionSketch) -> set[_SectionSketch]:
        """Return the texts of dropped sections that may be like this one."""
        return set[_SectionSketch]().union(*(self._by_key.get(key, ()) for key in _keys(text)))

    def first(self, number: int, text: _SectionSketch) -> list[tuple[int, str]]:
        """Return at most `number` of the sections with this text, the first dropped ones.

        Each is its place among all that were dropped, and its name.
        """
        return nsmallest(number, self._copies[text])


def _keys(text: _SectionSketch) -> Iterator[int | str]:
    """Yield what two sections that are alike have in common: runs of words, or a heading."""
    yield from text.runs
    if text.title is not None:
        yield text.title


def _is_title_enough(gone: _SectionSketch, come: _SectionSketch) -> bool:
    """Tell whether the heading alone tells: each has no words, or is a part of other sections."""
    return all(text.is_part or not text.runs for text in (gone, come))


def _alike(gone: _SectionSketch, come: _SectionSketch, *, is_only: bool) -> float:
    """Return how alike two sections are, 0 when not alike enough to be the same one.

    `is_only` tells whether no other section has the heading of the one that comes.
    """
    same_title = gone.title is not None and gone.title == come.title
    if same_title and is_only and _is_title_enough(gone, come):
        return 1.0
    if not gone.runs or not come.runs:
        return 0.0
    common = len(gone.runs & come.runs)
    at_most = 2 * common / (max(len(gone.runs), len(come.runs)) + common)
    if at_most < _SAME_HEADING_AND_TEXT:
        return 0.0
    shared = likeness(gone.runs, come.runs)
    if shared >= _SAME_TEXT:
        return shared
    return shared if same_title and shared >= _SAME_HEADING_AND_TEXT else 0.0


def is_same_title(old: Heading, new: Heading) -> bool:
    """Tell whether two headings are the same but for number, case and punctuation."""
    return old.heading == new.heading or title_key(old.heading) == title_key(new.heading)


def is_id(name: str) -> bool:
    """Tell whether this may be an ID: the name of a folder below that of all sections."""
    return bool(name) and name == _safe(name) and len(name.encode()) <= MAX_ID_BYTES


def _name(anchor: str) -> str:
    """Return an anchor as the name of a folder, the same but for signs that no folder may have."""
    name = _safe(anchor).encode("utf-8", "replace")[:MAX_BYTES].decode("utf-8", "ignore")
    return name.rstrip(".") or "section"


def _safe(name: str) -> str:
    return _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip(".")


# ---- IDs that are joined ----


def _joined(
    rows: Sequence[Mapping[int, str]], joins: Iterable[tuple[str, str]], kept: Collection[str]
) -> dict[str, str]:
    """Return the ID that each leads to: itself, or the older one it was joined to.

    One that is recorded, and `kept`, counts as older than any other. Two IDs that one version has
    for two sections are never joined.
    """
    places: dict[str, set[int]] = {}
    for at, row in enumerate(rows):
        for name in row.values():
            places.setdefault(name, set()).add(at)
    names = {name: name for name in places}
    members = {name: [name] for name in places}
    for first, second in joins:
        old, new = names[first], names.setdefault(second, second)
        if old == new or not places.get(old, set()).isdisjoint(places.setdefault(new, set())):
            continue
        if places[new] and _age(new, places, kept) < _age(old, places, kept):
            old, new = new, old
        places[old] |= places.pop(new)
        members[old] += (moved := members.pop(new, [new]))
        names |= dict.fromkeys(moved, old)
    return names


def _age(name: str, places: Mapping[str, set[int]], kept: Collection[str]) -> tuple[bool, int]:
    return name not in kept, min(places[name])


def _others(names: Mapping[str, str], kept: Collection[str]) -> dict[str, tuple[str, ...]]:
    others: dict[str, tuple[str, ...]] = {}
    for name, leading in names.items():
        if name != leading and name in kept:
            others[leading] = (*others.get(leading, ()), name)
    return others
