"""Which section became which: the identity of sections through renaming, moving, splitting, merging."""

from __future__ import annotations

import bisect
import enum
import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from gazette.document import Block, Document, Section
from gazette.wording import words_of


class Flag(enum.Enum):
    """What happened to a section apart from its words."""

    RENAMED = "renamed"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"

    @property
    def sentence(self) -> str:
        """What the flag means, for a reader."""
        return _SENTENCES[self]


_SENTENCES = {
    Flag.RENAMED: "The heading has a new wording.",
    Flag.RENUMBERED: "The heading has a new number.",
    Flag.MOVED: "The section stands at another place.",
    Flag.SPLIT: "The text of one section now stands in several.",
    Flag.MERGED: "The text of several sections now stands in one.",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Old section against new one, by index; None on one side: removed, or added."""

    old: int | None
    new: int | None
    flags: tuple[Flag, ...] = ()


def match_sections(old: Document, new: Document) -> tuple[Link, ...]:
    """Return the links in the order of the new text, removed sections where they stood."""
    before, after = _profiles(old), _profiles(new)
    pairs = _same(before, after)
    pairs |= _best(before, after, pairs)
    links = pairs | _shared_text(before, after, pairs)
    return _in_order(_flagged(sorted(links), pairs, before, after), before, after)


# ---- what is compared ----

Grams = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Profile:
    """A section as the matching sees it."""

    section: Section
    title: str
    """Words of the heading, without number, case and punctuation."""
    parent: str
    grams: Grams
    """Runs of three words of the own text."""
    size: int

    @property
    def index(self) -> int:
        return self.section.index

    @property
    def visible(self) -> bool:
        return self.index > 0 or bool(self.section.blocks)


def _profiles(document: Document) -> list[_Profile]:
    profiles: list[_Profile] = []
    above: list[tuple[int, str]] = []
    for section in document.sections:
        title = " ".join(words_of(section.title))
        while above and above[-1][0] >= section.level:
            above.pop()
        grams = _section_grams(section)
        parent = above[-1][1] if above else ""
        profiles.append(_Profile(section, title, parent, grams, grams.total()))
        if section.level:
            above.append((section.level, title))
    return profiles


def _section_grams(section: Section) -> Grams:
    grams: Grams = Counter()
    for block in section.blocks[1 if section.level else 0 :]:
        grams.update(_block_grams(block))
    return grams


_GRAM = 3


@functools.lru_cache(maxsize=50_000)
def _block_grams(block: Block) -> Grams:
    words = words_of(block.text)
    if len(words) < _GRAM:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[at:] for at in range(_GRAM)), strict=False))


# ---- one to one ----

Pairs = set[tuple[int, int]]
_ENOUGH = 0.42
_HEADING_WEIGHT = 0.45
_ONLY_HEADING = 0.2
"""The same heading, once on either side: readers compare these two, whatever stands below."""


def _same(before: Sequence[_Profile], after: Sequence[_Profile]) -> Pairs:
    """Pair sections with the same heading and text, where there is but one such on either side."""
    old, new = _by_content(before), _by_content(after)
    return {
        (places[0], new[key][0])
        for key, places in old.items()
        if len(places) == len(new.get(key, ())) == 1
    }


def _by_content(profiles: Iterable[_Profile]) -> Mapping[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for profile in profiles:
        if profile.visible:
            places[profile.title, *(b.text for b in profile.section.blocks[1:])].append(profile.index)
    return places


def _best(before: Sequence[_Profile], after: Sequence[_Profile], taken: Pairs) -> Pairs:
    """Pair what is left, the most alike first."""
    used_old, used_new = {a for a, _ in taken}, {b for _, b in taken}
    left = [p for p in before if p.index not in used_old and p.visible]
    right = [p for p in after if p.index not in used_new and p.visible]
    shared = _shared_grams(left, right)
    titles = Counter(p.title for p in before), Counter(p.title for p in after)
    scored = []
    for x in left:
        for y in right:
            score = _score(x, y, shared.get((x.index, y.index), 0), len(before), len(after))
            if x.title == y.title and titles[0][x.title] == titles[1][y.title] == 1:
                score += _ONLY_HEADING
            if score >= _ENOUGH:
                scored.append((-score, abs(x.index - y.index), x.index, y.index))
    pairs: Pairs = set()
    for _, _, a, b in sorted(scored):
        if a not in used_old and b not in used_new:
            pairs.add((a, b))
            used_old.add(a)
            used_new.add(b)
    return pairs


def _shared_grams(
    before: Iterable[_Profile], after: Iterable[_Profile]
) -> dict[tuple[int, int], int]:
    """Count the runs of words that two sections share."""
    holders: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for profile in after:
        for gram, count in profile.grams.items():
            holders[gram].append((profile.index, count))
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for profile in before:
        for gram, count in profile.grams.items():
            for index, other in holders.get(gram, ()):
                shared[profile.index, index] += min(count, other)
    return shared


def _score(x: _Profile, y: _Profile, shared: int, old_count: int, new_count: int) -> float:
    headings = _heading_likeness(x, y)
    both = x.size + y.size
    texts = 2 * shared / both if both else 0.0
    if x.size < 4 and y.size < 4:
        score = 0.9 * headings
    elif x.size < 4 or y.size < 4:
        score = 0.75 * headings
    else:
        score = _HEADING_WEIGHT * headings + (1 - _HEADING_WEIGHT) * texts
        if headings == 1.0:
            score = max(score, 0.85)
        if texts > 0.6:
            score = max(score, 0.95 * texts)
    place = abs(x.index / old_count - y.index / new_count)
    return score + 0.04 * (x.parent == y.parent) - 0.02 * place


def _heading_likeness(x: _Profile, y: _Profile) -> float:
    if (x.index == 0) != (y.index == 0):
        return 0.0
    if x.title == y.title:
        return 1.0
    return 0.9 * fuzz.ratio(x.title.split(), y.title.split()) / 100


# ---- split and merged ----

_SHARE = 0.25
_SHARE_WITH_COUNTERPART = 0.3
"""A section that has its own counterpart must have given or taken more of its text."""
_RUNS = 12


def _shared_text(before: Sequence[_Profile], after: Sequence[_Profile], pairs: Pairs) -> Pairs:
    """Link sections whose text went to, or came from, a section other than their own."""
    forward, backward = dict(pairs), {b: a for a, b in pairs}
    gone = {p.index: p.grams - (after[forward[p.index]].grams if p.index in forward else Counter())
            for p in before}
    come = {p.index: p.grams - (before[backward[p.index]].grams if p.index in backward else Counter())
            for p in after}
    links: Pairs = set()
    for a, left in gone.items():
        if left.total() < _RUNS:
            continue
        for b, fresh in come.items():
            if (a, b) in pairs or fresh.total() < _RUNS:
                continue
            shared = (left & fresh).total()
            given = shared / before[a].size >= (_SHARE_WITH_COUNTERPART if a in forward else _SHARE)
            taken = shared / after[b].size >= (_SHARE_WITH_COUNTERPART if b in backward else _SHARE)
            if shared >= _RUNS and (given or taken):
                links.add((a, b))
    return links


# ---- flags and order ----


def _flagged(
    links: Sequence[tuple[int, int]],
    pairs: Pairs,
    before: Sequence[_Profile],
    after: Sequence[_Profile],
) -> list[Link]:
    by_old, by_new = Counter(a for a, _ in links), Counter(b for _, b in links)
    stay = _staying(sorted(pairs), before, after)
    flagged = []
    for a, b in links:
        old, new = before[a], after[b]
        flags = {
            Flag.RENAMED: old.title != new.title,
            Flag.RENUMBERED: old.section.number != new.section.number,
            Flag.MOVED: any((a - x) * (b - y) < 0 for x, y in stay),
            Flag.SPLIT: by_old[a] > 1,
            Flag.MERGED: by_new[b] > 1,
        }
        flagged.append(Link(a, b, tuple(flag for flag, is_so in flags.items() if is_so)))
    return flagged


def _staying(
    links: Sequence[tuple[int, int]], before: Sequence[_Profile], after: Sequence[_Profile]
) -> Pairs:
    """Return the most links that keep their order, among as many those with more text; others moved.

    The heaviest chain of links in which neither side goes back; `best` holds, by new index, the
    chains that no other one beats in both weight and reach.
    """
    total = 1 + sum(profile.size for profile in before)
    reach: list[int] = []
    best: list[tuple[float, tuple[int, int], object]] = []
    for a, b in links:
        at = bisect.bisect_right(reach, b)
        below = best[at - 1] if at else None
        weight = 1.0 + min(before[a].size, after[b].size) / total
        chain = ((below[0] if below else 0.0) + weight, (a, b), below)
        end = at
        while end < len(best) and best[end][0] <= chain[0]:
            end += 1
        if at and reach[at - 1] == b:
            at -= 1
        reach[at:end] = [b]
        best[at:end] = [chain]
    return set(_unwound(best[-1] if best else None))


def _unwound(chain: object) -> Iterator[tuple[int, int]]:
    while isinstance(chain, tuple):
        yield chain[1]
        chain = chain[2]


def _in_order(
    links: Sequence[Link], before: Sequence[_Profile], after: Sequence[_Profile]
) -> tuple[Link, ...]:
    linked_old = {link.old for link in links}
    linked_new = {link.new for link in links}
    added = [Link(None, p.index) for p in after if p.visible and p.index not in linked_new]
    ordered = sorted([*links, *added], key=lambda link: (link.new or 0, link.old or 0))
    return tuple(_with_removed(ordered, [p.index for p in before
                                         if p.visible and p.index not in linked_old]))


def _with_removed(ordered: list[Link], removed: Sequence[int]) -> list[Link]:
    """Put each removed section behind the section it stood behind."""
    for index in removed:
        places = [(link.old, at) for at, link in enumerate(ordered)
                  if link.old is not None and link.old < index]
        at = max(places)[1] + 1 if places else 0
        ordered.insert(at, Link(index, None))
    return ordered
