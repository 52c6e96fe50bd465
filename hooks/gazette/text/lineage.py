"""Which section became which, through renaming, renumbering, moving, splitting and merging.

The thresholds below were tuned together on pairs of real policies whose sections were labelled by
hand; `tests/gold` holds what they reach.
"""

from __future__ import annotations

import enum
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from gazette.text.chains import heaviest_chain
from gazette.text.document import Document, Grams, Section, grams_of


class Flag(enum.Enum):
    """What happened to a section apart from its words."""

    RENAMED = "renamed"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"


class Link(NamedTuple):
    """Old section against new one, by index; None on one side: removed, or added."""

    old: int | None
    new: int | None
    flags: tuple[Flag, ...] = ()


Pairs = set[tuple[int, int]]
"""Old sections against new ones, by index."""
Sections = Sequence[Section]


def match_sections(old: Document, new: Document) -> tuple[Link, ...]:
    """Return the links in the order of the new text, removed sections where they stood."""
    before, after = old.sections, new.sections
    pairs = _same(before, after, _content)
    pairs |= _same(*_unmatched(before, after, pairs), _heading)
    pairs |= _most_alike(*_unmatched(before, after, pairs), before, after)
    pairs |= _match_by_position(*_unmatched(before, after, pairs), pairs)
    links = pairs | _shared_text(before, after, pairs)
    return _in_order(_flagged(sorted(links), pairs, before, after), before, after)


# ---- one to one ----

_ALIKE_ENOUGH = 0.42
_HEADING_WEIGHT = 0.45
_SAME_HEADING = 0.85
"""Two sections of the same heading are at least so much alike, whatever stands below it."""
_SAME_TEXT = 0.6
_TEXT_ALONE = 0.95
"""A likeness of texts above `_SAME_TEXT` counts so much, whatever the headings."""
_OTHER_HEADING = 0.9
"""Headings in other words are at most so much alike."""
_SHORT_TEXT = 4
"""Texts with fewer runs of words tell little."""
_SHORT_TEXTS_HEADING = 0.9
_SHORT_TEXT_HEADING = 0.75
_SAME_PARENT = 0.04
_DISTANCE = 0.02
"""Taken off for a place at the other end of the text: it decides between equally alike ones."""
_BOILERPLATE = 50
"""What stands in more sections than this tells nothing about any of them."""
_MANY_SECTIONS = 60
"""So many sections are all compared with each other; the result is the same, sooner, for more."""
_SAME_WORDS = 0.4
"""Sections between the same neighbours share at least so many of their words."""


def _content(section: Section) -> Hashable:
    return section.title_key, tuple(block.text for block in section.body)


def _heading(section: Section) -> Hashable:
    """Take the heading alone: readers compare the same one, whatever stands below it."""
    if section.title_key or section.index == 0:
        return section.index == 0, section.title_key
    return None


def _same(before: Sections, after: Sections, key: Callable[[Section], Hashable]) -> Pairs:
    """Pair the sections that have the same key, where there is but one such on either side.

    Of wholly equal ones as many as stand on both sides, in order.
    """
    old, new = _by_key(before, key), _by_key(after, key)
    return {
        pair
        for own, places in old.items()
        if own is not None and len(places) == len(new.get(own, ()))
        if len(places) == 1 or key is _content
        for pair in zip(places, new[own], strict=True)
    }


def _by_key(
    sections: Iterable[Section], key: Callable[[Section], Hashable]
) -> Mapping[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for section in sections:
        if section.is_visible:
            places[key(section)].append(section.index)
    return places


def _unmatched(
    before: Sections, after: Sections, pairs: Pairs
) -> tuple[list[Section], list[Section]]:
    """Return the visible sections of both texts that have no counterpart yet."""
    left, right = {a for a, _ in pairs}, {b for _, b in pairs}
    return (
        [section for section in before if section.is_visible and section.index not in left],
        [section for section in after if section.is_visible and section.index not in right],
    )


def _most_alike(
    before: Sections, after: Sections, all_before: Sections, all_after: Sections
) -> Pairs:
    """Pair what is left, the most alike first."""
    if not before or not after:
        return set()
    shared = _shared_grams(
        {section.index: section.grams for section in before},
        {section.index: section.grams for section in after},
    )
    old_parents, new_parents = _parents(all_before), _parents(all_after)
    scored = []
    for x in before:
        for y in _worth_a_look(x, after, shared):
            score = _likeness(x, y, shared[x.index, y.index])
            score += _SAME_PARENT * (old_parents[x.index] == new_parents[y.index])
            score -= _DISTANCE * abs(x.index / len(all_before) - y.index / len(all_after))
            if score >= _ALIKE_ENOUGH:
                scored.append((-score, abs(x.index - y.index), x.index, y.index))
    return _first_come(sorted(scored))


def _parents(sections: Sections) -> list[str]:
    """Return the title that each section stands under, by index."""
    parents: list[str] = []
    above: list[Section] = []
    for section in sections:
        while above and above[-1].level >= section.level:
            above.pop()
        parents.append(above[-1].title_key if above else "")
        if section.level:
            above.append(section)
    return parents


def _first_come(scored: Iterable[tuple[float, int, int, int]]) -> Pairs:
    """Take the pairs (at the end of each entry) in order, every section once."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, a, b in scored:
        if a not in pairs and b not in taken:
            pairs[a] = b
            taken.add(b)
    return set(pairs.items())


def _match_by_position(before: Sections, after: Sections, pairs: Pairs) -> Pairs:
    """Pair what stands between the same neighbours and has much the same words.

    Tables and lists of which every line changed share words, but no runs of words.
    """
    scored = []
    for x in before:
        low = max((b for a, b in pairs if a < x.index), default=-1)
        high = min((b for a, b in pairs if a > x.index), default=math.inf)
        for y in after:
            if low < y.index < high and x.level == y.level:
                a, b = _bag(x), _bag(y)
                share = 2 * len(a & b) / max(1, len(a) + len(b))
                if share >= _SAME_WORDS:
                    scored.append((-share, abs(x.index - y.index), x.index, y.index))
    return _first_come(sorted(scored))


def _bag(section: Section) -> frozenset[str]:
    return frozenset().union(*(block.bag for block in section.body))


def _shared_grams(
    before: Mapping[int, Grams], after: Mapping[int, Grams]
) -> Counter[tuple[int, int]]:
    """Count the runs of words that two sections share."""
    shared: Counter[tuple[int, int]] = Counter()
    if not before or not after:
        return shared
    common = frozenset().union(*before.values())
    holders: dict[int, list[int]] = defaultdict(list)
    for index, grams in after.items():
        for gram in grams & common:
            holders[gram].append(index)
    usual = {gram for gram, held in holders.items() if len(held) > _BOILERPLATE}
    for index, grams in before.items():
        held = map(holders.__getitem__, (grams & holders.keys()) - usual)
        for other, number in Counter(itertools.chain.from_iterable(held)).items():
            shared[index, other] = number
    return shared


def _worth_a_look(
    x: Section, after: Sections, shared: Counter[tuple[int, int]]
) -> Iterator[Section]:
    """Yield the sections to compare with: all, or of very many those with something in common."""
    if len(after) <= _MANY_SECTIONS:
        yield from after
        return
    words = set(x.title_key.split())
    near = sorted(
        after, key=lambda y: (-len(words & set(y.title_key.split())), abs(y.index - x.index))
    )
    nearest = {y.index for y in near[:_MANY_SECTIONS]}
    yield from (y for y in after if y.index in nearest or shared[x.index, y.index])


def _likeness(x: Section, y: Section, shared: int) -> float:
    """Return how much two sections are alike that share so many runs of words, 0 to 1."""
    headings = _heading_likeness(x, y)
    shorter, longer = sorted((len(x.grams), len(y.grams)))
    if longer < _SHORT_TEXT:
        return _SHORT_TEXTS_HEADING * headings
    if shorter < _SHORT_TEXT:
        return _SHORT_TEXT_HEADING * headings
    texts = 2 * shared / (shorter + longer)
    score = _HEADING_WEIGHT * headings + (1 - _HEADING_WEIGHT) * texts
    if headings == 1.0:
        score = max(score, _SAME_HEADING)
    return max(score, _TEXT_ALONE * texts) if texts > _SAME_TEXT else score


def _heading_likeness(x: Section, y: Section) -> float:
    if (x.index == 0) != (y.index == 0):
        return 0.0
    if x.title_key == y.title_key:
        return 1.0
    return _OTHER_HEADING * fuzz.ratio(x.title_key.split(), y.title_key.split()) / 100


# ---- split and merged ----

_SHARE = 0.25
_SHARE_WITH_COUNTERPART = 0.3
"""A section that has its own counterpart must have given or taken more of its text."""
_RUNS = 12


def _shared_text(before: Sections, after: Sections, pairs: Pairs) -> Pairs:
    """Link sections whose text went to, or came from, a section other than their own."""
    left, right = _unmatched(before, after, pairs)
    gone = {section.index: section.grams for section in left}
    come = {section.index: section.grams for section in right}
    for a, b in pairs:
        if before[a].body != after[b].body:
            gone[a], come[b] = _differing(before[a], after[b])
    gone = {a: grams for a, grams in gone.items() if len(grams) >= _RUNS}
    come = {b: grams for b, grams in come.items() if len(grams) >= _RUNS}
    forward, backward = {a for a, _ in pairs}, {b for _, b in pairs}
    links: Pairs = set()
    for (a, b), shared in _shared_grams(gone, come).items():
        if shared >= _RUNS and (
            shared >= _wanted_share(a in forward) * len(before[a].grams)
            or shared >= _wanted_share(b in backward) * len(after[b].grams)
        ):
            links.add((a, b))
    return links


def _wanted_share(has_counterpart: bool) -> float:
    return _SHARE_WITH_COUNTERPART if has_counterpart else _SHARE


def _differing(old: Section, new: Section) -> tuple[Grams, Grams]:
    """Return the runs of words that only one of two sections has in the blocks that differ."""
    before, after = {block.text for block in old.body}, {block.text for block in new.body}
    gone = grams_of(block for block in old.body if block.text not in after)
    come = grams_of(block for block in new.body if block.text not in before)
    return gone - come, come - gone


# ---- flags and order ----


def _flagged(
    links: Sequence[tuple[int, int]], pairs: Pairs, before: Sections, after: Sections
) -> list[Link]:
    by_old, by_new = Counter(a for a, _ in links), Counter(b for _, b in links)
    staying = _staying(pairs, before, after)
    flagged = []
    for a, b in links:
        old, new = before[a], after[b]
        flags = {
            Flag.RENAMED: old.title_key != new.title_key,
            Flag.RENUMBERED: old.number != new.number,
            Flag.MOVED: (a, b) not in staying and any((a - x) * (b - y) < 0 for x, y in staying),
            Flag.SPLIT: by_old[a] > 1,
            Flag.MERGED: by_new[b] > 1,
        }
        flagged.append(Link(a, b, tuple(flag for flag, is_so in flags.items() if is_so)))
    return flagged


def _staying(pairs: Pairs, before: Sections, after: Sections) -> Pairs:
    """Return the most pairs that keep their order, those with more text first; the others moved."""
    total = 1 + sum(section.length for section in before)
    weights = {(a, b): 1.0 + min(before[a].length, after[b].length) / total for a, b in pairs}
    return set(heaviest_chain(weights))


def _in_order(links: Sequence[Link], before: Sections, after: Sections) -> tuple[Link, ...]:
    linked_old, linked_new = {link.old for link in links}, {link.new for link in links}
    added = [Link(None, y.index) for y in after if y.is_visible and y.index not in linked_new]
    ordered = sorted([*links, *added], key=lambda link: (link.new or 0, link.old or 0))
    removed = [x.index for x in before if x.is_visible and x.index not in linked_old]
    return tuple(_with_removed(ordered, removed))


def _with_removed(ordered: list[Link], removed: Sequence[int]) -> list[Link]:
    """Put each removed section behind the section it stood behind."""
    for index in removed:
        places = [
            (link.old, at)
            for at, link in enumerate(ordered)
            if link.old is not None and link.old < index
        ]
        at = max(places)[1] + 1 if places else 0
        ordered.insert(at, Link(index, None))
    return ordered
