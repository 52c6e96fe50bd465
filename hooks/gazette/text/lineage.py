"""Which section became which, through renaming, renumbering, moving, splitting and merging."""

from __future__ import annotations

import bisect
import enum
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from gazette.text.document import Block, Document, Section
from gazette.text.memory import remembered
from gazette.text.tokens import words_in, words_of


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


class Link(NamedTuple):
    """Old section against new one, by index; None on one side: removed, or added."""

    old: int | None
    new: int | None
    flags: tuple[Flag, ...] = ()


def match_sections(old: Document, new: Document) -> tuple[Link, ...]:
    """Return the links in the order of the new text, removed sections where they stood."""
    before, after = _profiles(old), _profiles(new)
    pairs = _same(before, after, _content)
    pairs |= _same(_free(before, pairs, 0), _free(after, pairs, 1), _heading)
    pairs |= _best(_free(before, pairs, 0), _free(after, pairs, 1), len(before), len(after))
    pairs |= _in_place(_free(before, pairs, 0), _free(after, pairs, 1), pairs)
    links = pairs | _shared_text(before, after, pairs)
    return _in_order(_flagged(sorted(links), pairs, before, after), before, after)


# ---- what is compared ----

Grams = frozenset[int]
"""Runs of three words, each as the hash of the three: only ever compared within a process."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """A section as the matching sees it; `title` is its heading without number, case, marks."""

    index: int
    section: Section
    title: str
    parent: str
    body: tuple[Block, ...]
    content: tuple[str, ...]

    @property
    def visible(self) -> bool:
        return self.index > 0 or bool(self.body)


@remembered(50)
def _profiles(document: Document) -> list[_Profile]:
    profiles: list[_Profile] = []
    above: list[tuple[int, str]] = []
    for section in document.sections:
        title = _title(section.title)
        while above and above[-1][0] >= section.level:
            above.pop()
        parent = above[-1][1] if above else ""
        body = section.blocks[1:] if section.level else section.blocks
        content = tuple(block.text for block in body)
        profiles.append(_Profile(section.index, section, title, parent, body, content))
        if section.level:
            above.append((section.level, title))
    return profiles


@remembered(20_000)
def _title(title: str) -> str:
    return " ".join(words_of(title))


_GRAM = 3


@remembered(20_000)
def _block_grams(block: Block) -> Grams:
    words = words_in(block)
    if len(words) < _GRAM:
        return frozenset([hash(tuple(words))] if words else [])
    return frozenset(map(hash, zip(words, words[1:], words[2:], strict=False)))


def grams_of(blocks: Iterable[Block]) -> Grams:
    """Return the runs of three words in the blocks."""
    return _grams(tuple(blocks))


@remembered(5_000)
def _grams(blocks: tuple[Block, ...]) -> Grams:
    return frozenset().union(*map(_block_grams, blocks))


# ---- one to one ----

Pairs = set[tuple[int, int]]
_ENOUGH = 0.42
_HEADING_WEIGHT = 0.45


def _content(profile: _Profile) -> Hashable:
    return profile.title, profile.content


def _heading(profile: _Profile) -> Hashable:
    """Take the heading alone: readers compare the same one, whatever stands below it."""
    return (profile.index == 0, profile.title) if profile.title or profile.index == 0 else None


def _same(
    before: Sequence[_Profile], after: Sequence[_Profile], key: Callable[[_Profile], Hashable]
) -> Pairs:
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
    profiles: Iterable[_Profile], key: Callable[[_Profile], Hashable]
) -> Mapping[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for profile in profiles:
        if profile.visible:
            places[key(profile)].append(profile.index)
    return places


def _free(profiles: Iterable[_Profile], pairs: Pairs, side: int) -> list[_Profile]:
    """Return the visible sections that have no counterpart yet."""
    taken = {pair[side] for pair in pairs}
    return [p for p in profiles if p.visible and p.index not in taken]


def _best(
    before: Sequence[_Profile], after: Sequence[_Profile], old_count: int, new_count: int
) -> Pairs:
    """Pair what is left, the most alike first."""
    old_grams = {p.index: grams_of(p.body) for p in before} if after else {}
    new_grams = {p.index: grams_of(p.body) for p in after} if before else {}
    shared = _shared_grams(old_grams, new_grams)
    scored = []
    by_index = {y.index: y for y in after}
    for x in before:
        for y in (by_index[b] for b in sorted(_worth_a_look(x, after, shared))):
            sizes = len(old_grams[x.index]), len(new_grams[y.index])
            score = _likeness(x, y, shared[x.index, y.index], *sizes)
            score -= 0.02 * abs(x.index / old_count - y.index / new_count)
            if score >= _ENOUGH:
                scored.append((-score, abs(x.index - y.index), x.index, y.index))
    return _first_come(sorted(scored))


def _first_come(scored: Iterable[tuple[float, int, int, int]]) -> Pairs:
    """Take the pairs (at the end of each entry) in order, every section once."""
    pairs: Pairs = set()
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _, _, a, b in scored:
        if a not in used_old and b not in used_new:
            pairs.add((a, b))
            used_old.add(a)
            used_new.add(b)
    return pairs


_SAME_WORDS = 0.4


def _in_place(before: Sequence[_Profile], after: Sequence[_Profile], pairs: Pairs) -> Pairs:
    """Pair what stands between the same neighbours and has much the same words.

    Tables and lists of which every line changed share words, but no runs of words.
    """
    scored = []
    for x in before:
        low = max((b for a, b in pairs if a < x.index), default=-1)
        high = min((b for a, b in pairs if a > x.index), default=math.inf)
        for y in after:
            if low < y.index < high and x.section.level == y.section.level:
                a, b = _words(x), _words(y)
                share = 2 * len(a & b) / max(1, len(a) + len(b))
                if share >= _SAME_WORDS:
                    scored.append((-share, abs(x.index - y.index), x.index, y.index))
    return _first_come(sorted(scored))


def _words(profile: _Profile) -> frozenset[str]:
    return frozenset().union(*map(words_in, profile.body))


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
        count = Counter(itertools.chain.from_iterable(held))
        for other, number in count.items():
            shared[index, other] = number
    return shared


_BOILERPLATE = 50
"""What stands in more sections than this tells nothing about any of them."""
_MANY_SECTIONS = 60


def _worth_a_look(
    x: _Profile, after: Sequence[_Profile], shared: Counter[tuple[int, int]]
) -> set[int]:
    """Return the sections to compare with: all, or of very many those with something in common."""
    if len(after) <= _MANY_SECTIONS:
        return {y.index for y in after}
    words = set(x.title.split())
    alike = sorted(
        after, key=lambda y: (-len(words & set(y.title.split())), abs(y.index - x.index))
    )
    return {y.index for y in alike[:_MANY_SECTIONS]} | {
        y.index for y in after if shared[x.index, y.index]
    }


def _likeness(x: _Profile, y: _Profile, shared: int, old_size: int, new_size: int) -> float:
    headings = _heading_likeness(x, y)
    parents = 0.04 * (x.parent == y.parent)
    if old_size < 4 and new_size < 4:
        return 0.9 * headings + parents
    if old_size < 4 or new_size < 4:
        return 0.75 * headings + parents
    texts = 2 * shared / (old_size + new_size)
    score = _HEADING_WEIGHT * headings + (1 - _HEADING_WEIGHT) * texts
    if headings == 1.0:
        score = max(score, 0.85)
    if texts > 0.6:
        score = max(score, 0.95 * texts)
    return score + parents


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
    gone: dict[int, Grams] = {p.index: grams_of(p.body) for p in _free(before, pairs, 0)}
    come: dict[int, Grams] = {p.index: grams_of(p.body) for p in _free(after, pairs, 1)}
    for a, b in pairs:
        if before[a].body != after[b].body:
            gone[a], come[b] = _differing(before[a].body, after[b].body)
    gone = {a: grams for a, grams in gone.items() if len(grams) >= _RUNS}
    come = {b: grams for b, grams in come.items() if len(grams) >= _RUNS}
    forward, backward = {a for a, _ in pairs}, {b for _, b in pairs}
    links: Pairs = set()
    for (a, b), shared in _shared_grams(gone, come).items():
        if shared >= _RUNS and (
            shared >= _wanted(a in forward) * len(grams_of(before[a].body))
            or shared >= _wanted(b in backward) * len(grams_of(after[b].body))
        ):
            links.add((a, b))
    return links


def _wanted(has_counterpart: bool) -> float:
    return _SHARE_WITH_COUNTERPART if has_counterpart else _SHARE


@remembered(10_000)
def _differing(old: tuple[Block, ...], new: tuple[Block, ...]) -> tuple[Grams, Grams]:
    """Return the runs of words that only one of two sections has in the blocks that differ."""
    before, after = {block.text for block in old}, {block.text for block in new}
    gone = grams_of(block for block in old if block.text not in after)
    come = grams_of(block for block in new if block.text not in before)
    return gone - come, come - gone


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
            Flag.MOVED: (a, b) not in stay and any((a - x) * (b - y) < 0 for x, y in stay),
            Flag.SPLIT: by_old[a] > 1,
            Flag.MERGED: by_new[b] > 1,
        }
        flagged.append(Link(a, b, tuple(flag for flag, is_so in flags.items() if is_so)))
    return flagged


def _staying(
    links: Sequence[tuple[int, int]], before: Sequence[_Profile], after: Sequence[_Profile]
) -> Pairs:
    """Return the most links that keep their order, those with more text first; the others moved.

    The heaviest chain of links in which neither side goes back; `best` holds, by new index, the
    chains that no other one beats in both weight and reach.
    """
    total = 1 + sum(map(_length, before))
    reach: list[int] = []
    best: list[tuple[float, tuple[int, int], object]] = []
    for a, b in links:
        at = bisect.bisect_right(reach, b)
        below = best[at - 1] if at else None
        weight = 1.0 + min(_length(before[a]), _length(after[b])) / total
        chain = ((below[0] if below else 0.0) + weight, (a, b), below)
        end = at
        while end < len(best) and best[end][0] <= chain[0]:
            end += 1
        if at and reach[at - 1] == b:
            at -= 1
        reach[at:end] = [b]
        best[at:end] = [chain]
    return set(_unwound(best[-1] if best else None))


def _length(profile: _Profile) -> int:
    return _text_length(profile.section.blocks, len(profile.body))


@remembered(20_000)
def _text_length(blocks: tuple[Block, ...], last: int) -> int:
    return sum(len(block.text) for block in blocks[-last:]) if last else 0


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
    return tuple(
        _with_removed(ordered, [p.index for p in before if p.visible and p.index not in linked_old])
    )


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
