"""Which section became which, through renaming, renumbering, moving, splitting and merging.

The thresholds below were tuned together on pairs of real policies whose sections were labelled by
hand; `tests/gold` holds what they reach.
"""

from __future__ import annotations

import enum
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gazette.model import Continues
from gazette.text.anchors import first_come
from gazette.text.chains import crosses, heaviest_chain
from gazette.text.document import Document, Grams, Section, grams_of
from gazette.text.section_likeness import (
    NOTHING,
    Likeness,
    Others,
    Sections,
    Shared,
    shared_runs,
    text_likeness,
)
from gazette.text.stated_lineage import stated_links


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
    is_stated: bool = False
    """Whether an editor stated this link."""


Pairs = set[tuple[int, int]]
"""Old sections against new ones, by index."""


def match_sections(old: Document, new: Document, continues: Continues = ()) -> tuple[Link, ...]:
    """Return the links in the order of the new text, removed sections where they stood.

    What editors state in `continues` holds, whatever the texts are like.
    """
    before, after = old.sections, new.sections
    likeness = Likeness(before, after)
    stated = stated_links(old, new, continues)
    continued = {a for a, _ in stated.pairs}
    left = [section for section in before if section.index not in continued]
    right = [section for section in after if section.index not in stated.new]
    pairs = _pairs(left, right, likeness, set(stated.pairs))
    shared = _shared_text(likeness, pairs)
    links = pairs | {(a, b) for a, b in shared if b not in stated.new}
    flagged = _flagged(sorted(links), pairs, before, after)
    marked = [link._replace(is_stated=link[:2] in stated.pairs) for link in flagged]
    return _in_order(marked, before, after)


def _pairs(left: Sections, right: Sections, likeness: Likeness, stated: Pairs) -> Pairs:
    """Pair sections one to one: `left` and `right` of two texts are those that may be paired."""
    pairs = stated | _same(left, right, _content)
    pairs |= _same_headings(*_unmatched(left, right, pairs), likeness.old, likeness.new)
    pairs |= _above_same(*_unmatched(left, right, pairs), likeness, pairs)
    pairs |= _most_alike(*_unmatched(left, right, pairs), likeness, pairs)
    return pairs | _above_same(*_unmatched(left, right, pairs), likeness, pairs)


# ---- one to one ----

_ALIKE_ENOUGH = 0.42
DOUBT = 0.1
"""The margin about that within which the review asks an editor."""
_SAME_PARENT = 0.04
_DISTANCE = 0.02
"""Taken off for a place at the other end of the text: it decides between equally alike ones."""
_MANY_SECTIONS = 60
"""So many sections are all compared with each other; the result is the same, sooner, for more."""
_LEFT = 0.3
"""Of the shorter text, so much stays below a heading that keeps its topic."""
_LONG_BLOCK = 80
"""Characters of a block that is no phrase which recurs by chance."""
_ELSEWHERE = 0.6
"""Texts so much alike are the same topic, whatever headings they stand below."""


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
        for value, places in old.items()
        if value is not None and len(places) == len(new.get(value, ()))
        if len(places) == 1 or key is _content
        for pair in zip(places, new[value], strict=True)
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


def _same_headings(
    before: Sections, after: Sections, all_before: Sections, all_after: Sections
) -> Pairs:
    """Pair the sections with the same heading, but for those whose topic has another one now."""
    pairs = _below_same_parents(_same(before, after, _heading), all_before, all_after)
    doubtful = {(a, b) for a, b in pairs if a and _is_other_text(all_before[a], all_after[b])}
    if not doubtful:
        return pairs
    shared = _shared_of(before, after, all_before, all_after)
    alike = {
        pair
        for pair, runs in shared.items()
        if text_likeness(all_before[pair[0]], all_after[pair[1]], runs) >= _ELSEWHERE
    }
    gone, come = {a for a, _ in alike}, {b for _, b in alike}
    return {(a, b) for a, b in pairs if (a, b) not in doubtful or not (a in gone or b in come)}


def _below_same_parents(pairs: Pairs, before: Sections, after: Sections) -> Pairs:
    """Return the pairs but those of a repeated heading that stands below another one now."""
    titles = {after[b].title_key for _, b in pairs}
    counts = (
        Counter(s.title_key for s in text if s.title_key in titles) for text in (before, after)
    )
    repeated = {title for text in counts for title, count in text.items() if count > 1}
    if not repeated:
        return pairs
    parents = _parents(before), _parents(after)
    return {
        (a, b)
        for a, b in pairs
        if after[b].title_key not in repeated or parents[0][a] == parents[1][b]
    }


def _is_other_text(x: Section, y: Section) -> bool:
    """Tell whether hardly a run of words stays of the shorter of two texts."""
    texts = {block.text for block in x.body}
    if any(len(block.text) >= _LONG_BLOCK and block.text in texts for block in y.body):
        return False
    fewer = min(len(x.grams), len(y.grams))
    return fewer > 0 and len(x.grams & y.grams) < _LEFT * fewer


def _shared_of(
    before: Sections, after: Sections, all_before: Sections, all_after: Sections
) -> Shared:
    return shared_runs(
        {section.index: section.grams for section in before},
        {section.index: section.grams for section in after},
        all_before,
        all_after,
    )


def _above_same(before: Sections, after: Sections, likeness: Likeness, pairs: Pairs) -> Pairs:
    """Pair headings without a text of their own by the subsections that stand below them.

    Most subsections of the one, and of the other, have to go on below the other.
    """
    left, right = ([s for s in text if s.index and not s.body] for text in (before, after))
    if not left or not right:
        return set()
    old_above, new_above = _places_above(likeness.old), _places_above(likeness.new)
    old_sizes, new_sizes = Counter(old_above), Counter(new_above)
    kept: dict[int, Counter[int]] = defaultdict(Counter)
    for a, b in pairs:
        kept[old_above[a]][new_above[b]] += 1
    may_pair = {y.index for y in right}
    shared: Pairs = set()
    for x in reversed(left):
        for b, number in kept[x.index].most_common(1):
            if b in may_pair and 2 * number > max(old_sizes[x.index], new_sizes[b]):
                shared.add((x.index, b))
                kept[old_above[x.index]][new_above[b]] += 1
    return shared


def _most_alike(before: Sections, after: Sections, likeness: Likeness, pairs: Pairs) -> Pairs:
    """Pair what is left, the most alike first."""
    scored = [
        (-score, abs(x.index - y.index), x.index, y.index)
        for score, x, y in _scores(before, after, likeness, pairs)
        if score >= _ALIKE_ENOUGH
    ]
    if scored:
        homes = _Homes(_shared_apart(likeness, pairs), likeness)
        scored = [entry for entry in scored if homes.may_pair(*entry[2:])]
    return set(first_come((a, b) for *_, a, b in sorted(scored)).items())


def _scores(
    before: Sections, after: Sections, likeness: Likeness, pairs: Pairs
) -> Iterator[tuple[float, Section, Section]]:
    """Yield how much the sections of `before` and `after` are alike that may be the same one."""
    if not before or not after:
        return
    all_before, all_after = likeness.old, likeness.new
    shared = _shared_of(before, after, all_before, all_after)
    old_parents, new_parents = _parents(all_before), _parents(all_after)
    old_above, new_above = _places_above(all_before), _places_above(all_after)
    staying = _staying(pairs, all_before, all_after)
    others = Others(pairs, all_before, all_after)
    for x in before:
        low, high = _neighbours(x, staying)
        for y in _worth_a_look(x, after, shared):
            same_parent = (
                old_parents[x.index] == new_parents[y.index]
                or (old_above[x.index], new_above[y.index]) in pairs
            )
            runs = shared.get((x.index, y.index), NOTHING)
            score = likeness.score(x, y, runs, same_parent=same_parent)
            is_in_place = low < y.index < high
            if is_in_place and (x.level == y.level or not x.level or not y.level):
                in_place = likeness.score_in_place(x, y, others, same_parent=same_parent)
                score = max(score, in_place)
            score += _SAME_PARENT * same_parent
            if not is_in_place:
                score -= _DISTANCE * abs(x.index / len(all_before) - y.index / len(all_after))
            yield score, x, y


def doubtful_links(old: Document, new: Document, links: Sequence[Link]) -> list[Link]:
    """Return the links that an editor should confirm, and those that should perhaps be there.

    That are sections with other headings which were just alike enough to be linked, and removed
    and added ones that were just not, by `DOUBT`.
    """
    doubtful = {(link.old, link.new): link for link in links if _is_open_to_doubt(link)}
    sure = {(link.old or 0, link.new or 0) for link in links if link not in doubtful.values()}
    left = [old.sections[a] for a, _ in doubtful if a]
    right = [new.sections[b] for _, b in doubtful if b]
    likeness = Likeness(old.sections, new.sections)
    scored = sorted(
        _scores(left, right, likeness, sure),
        key=lambda score: (-score[0], score[1].index, score[2].index),
    )
    pairs = first_come(
        (x.index, y.index)
        for score, x, y in scored
        if (x.index, y.index) in doubtful or {(x.index, None), (None, y.index)} <= doubtful.keys()
        if abs(score - _ALIKE_ENOUGH) <= DOUBT
    )
    return [doubtful.get(pair, Link(*pair)) for pair in sorted(pairs.items())]


def _is_open_to_doubt(link: Link) -> bool:
    """Tell whether a link, or the lack of one, was judged by likeness alone."""
    if link.old is None or link.new is None:
        return True
    return not link.is_stated and Flag.RENAMED in link.flags and not _PARTS & set(link.flags)


_PARTS = {Flag.SPLIT, Flag.MERGED}


def _neighbours(x: Section, pairs: Pairs) -> tuple[float, float]:
    """Return between which new sections an old one would stand, had it stayed in its place."""
    low = max((b for a, b in pairs if a < x.index), default=-1)
    return low, min((b for a, b in pairs if a > x.index), default=math.inf)


def _parents(sections: Sections) -> list[str]:
    """Return the title that each section stands under, by index."""
    return [sections[place].title_key if place else "" for place in _places_above(sections)]


def _places_above(sections: Sections) -> list[int]:
    """Return the index of the section that each stands under, 0 where there is none."""
    places: list[int] = []
    above: list[Section] = []
    for section in sections:
        while above and above[-1].level >= section.level:
            above.pop()
        places.append(above[-1].index if above else 0)
        if section.level:
            above.append(section)
    return places


def _worth_a_look(x: Section, after: Sections, shared: Shared) -> Iterator[Section]:
    """Yield the sections to compare with: all, or of very many those with something in common."""
    if len(after) <= _MANY_SECTIONS:
        yield from after
        return
    words = set(x.title_key.split())
    near = sorted(
        after, key=lambda y: (-len(words & set(y.title_key.split())), abs(y.index - x.index))
    )
    nearest = {y.index for y in near[:_MANY_SECTIONS]}
    yield from (y for y in after if y.index in nearest or (x.index, y.index) in shared)


# ---- split and merged ----

_SHARE = 0.17
_SHARE_WITH_COUNTERPART = 0.25
"""A section that has its own counterpart must have given or taken more of its text."""
_SHARE_OF_PARAGRAPH = 0.15
_PARAGRAPH = 45
"""So many runs are a paragraph, which is worth showing where it went."""
_SHARE_OF_SPREAD = 0.1
_SHARE_OF_FEW = 0.25
"""As much has to be in fewer runs than `_RUNS`."""
_SPREAD = 0.5
"""So much of a section stands in several others, if it has no counterpart: they share it."""
_RUNS = 12
_RUNS_OF_WHOLE = 5
_MOST = 0.4
"""Fewer runs will do where they are most of what a section without a counterpart has,"""
_TELLING = 4.5
"""and the fewer they are the more: so large is their number times their share."""


def _shared_text(likeness: Likeness, pairs: Pairs) -> Pairs:
    """Link sections whose text went to, or came from, a section other than their own."""
    before, after = likeness.old, likeness.new
    left, right = _unmatched(before, after, pairs)
    shared = _shared_apart(likeness, pairs)
    out, into = _Side(left, before, shared, 0), _Side(right, after, shared, 1)
    enough = set()
    for (a, b), runs in shared.items():
        related = likeness.have_related_headings(before[a], after[b])
        of_old = out.is_enough((a, b), runs, related=related, is_part=not into.is_alone((a, b)))
        of_new = into.is_enough((a, b), runs, related=related, is_part=not out.is_alone((a, b)))
        if of_old or of_new:
            enough.add((a, b))
    return enough | _listed_topics(left, right, likeness)


def _shared_apart(likeness: Likeness, pairs: Pairs) -> Mapping[tuple[int, int], float]:
    """Return how much sections share of the text that does not stay between two paired ones."""
    before, after = likeness.old, likeness.new
    left, right = _unmatched(before, after, pairs)
    gone = {section.index: section.grams for section in left}
    come = {section.index: section.grams for section in right}
    for a, b in pairs:
        if before[a].body != after[b].body:
            gone[a], come[b] = _differing(before[a], after[b])
    shared = shared_runs(gone, come, before, after, _RUNS_OF_WHOLE)
    return {pair: runs.weight for pair, runs in shared.items()}


class _Homes:
    """Knows where most of a section's text stands in the other of two texts."""

    def __init__(self, shared: Mapping[tuple[int, int], float], likeness: Likeness) -> None:
        self._shared = shared
        self._likeness = likeness
        self._most: tuple[dict[int, float], dict[int, float]] = {}, {}
        texts = likeness.old, likeness.new
        for pair, runs in shared.items():
            for most, text, index in zip(self._most, texts, pair, strict=True):
                if runs >= _SPREAD * len(text[index].grams):
                    most[index] = max(runs, most.get(index, 0.0))

    def may_pair(self, old: int, new: int) -> bool:
        """Tell whether no other section has the text of one of two that share little of it.

        Those with related headings may go on, wherever their text went.
        """
        runs = self._shared.get((old, new), 0.0)
        most = max(self._most[0].get(old, 0.0), self._most[1].get(new, 0.0))
        if runs >= _LEFT * most:
            return True
        old_text, new_text = self._likeness.old, self._likeness.new
        return self._likeness.have_related_headings(old_text[old], new_text[new])


def _listed_topics(left: Sections, right: Sections, likeness: Likeness) -> Pairs:
    """Link sections that are alone with those of the other text whose headings list their topic."""
    old, new = likeness.lists
    merged = {(x.index, y.index) for x in left for y in new if likeness.is_topic_of(x, y)}
    split = {(x.index, y.index) for y in right for x in old if likeness.is_topic_of(y, x)}
    return merged | split


class _Side:
    """Tells whether a part of a section's text is enough to link it, seen from one of two texts."""

    def __init__(
        self, alone: Sections, text: Sections, shared: Mapping[tuple[int, int], float], side: int
    ) -> None:
        self._side = side
        self._alone = {section.index for section in alone}
        self._sizes = {index: len(text[index].grams) for index in {pair[side] for pair in shared}}
        self._spread: dict[int, float] = defaultdict(float)
        self._places = Counter(pair[side] for pair in shared)
        for pair, runs in shared.items():
            self._spread[pair[side]] += runs

    def is_alone(self, pair: tuple[int, int]) -> bool:
        """Tell whether the section of a pair has no counterpart of its own."""
        return pair[self._side] in self._alone

    def is_enough(
        self, pair: tuple[int, int], runs: float, *, related: bool, is_part: bool
    ) -> bool:
        """Tell whether so many runs link two sections.

        `related` are their headings; `is_part` says that the other one has its own counterpart.
        """
        index = pair[self._side]
        share = runs / max(1, self._sizes[index])
        if not self.is_alone(pair):
            enough = _SHARE_OF_PARAGRAPH if runs >= _PARAGRAPH else _SHARE_WITH_COUNTERPART
            return runs >= _RUNS and share >= enough
        is_spread = self._spread[index] >= _SPREAD * self._sizes[index]
        if runs >= _RUNS and (related or is_spread):
            return share >= _SHARE_OF_SPREAD
        if is_spread and (is_part or self._places[index] > 1) and share >= _SHARE_OF_FEW:
            return True
        return is_enough_text(runs, self._sizes[index])


def is_enough_text(runs: float, size: int) -> bool:
    """Tell whether so many runs of words, of all that a section without a counterpart has, link it.

    `size` is the number of all of them.
    """
    share = runs / max(1, size)
    if runs >= _RUNS:
        return share >= _SHARE
    return share >= _MOST and runs * share >= _TELLING


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
        facts = crosses((a, b), staying), by_old[a] > 1, by_new[b] > 1
        flagged.append(Link(a, b, flags_of(before[a], after[b], *facts)))
    return flagged


def flags_of(
    old: Section, new: Section, is_moved: bool, is_split: bool, is_merged: bool
) -> tuple[Flag, ...]:
    """Return what happened to a section that goes on in another one, apart from its words."""
    flags = {
        Flag.RENAMED: old.title_key != new.title_key,
        Flag.RENUMBERED: old.number != new.number,
        Flag.MOVED: is_moved,
        Flag.SPLIT: is_split,
        Flag.MERGED: is_merged,
    }
    return tuple(flag for flag, is_so in flags.items() if is_so)


def _staying(pairs: Pairs, before: Sections, after: Sections) -> Pairs:
    """Return the most pairs that keep their order; the others moved.

    Of as many, those that stand below the same section as before stay, and those with more text.
    """
    old_above, new_above = _places_above(before), _places_above(after)
    total = 1 + sum(section.length for section in before)
    weights = {}
    for a, b in pairs:
        above = old_above[a], new_above[b]
        is_in_place = above in pairs or not any(above)
        length = min(before[a].length, after[b].length) / total
        weights[a, b] = 1.0 + 0.5 * (length + is_in_place / (1 + len(pairs)))
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
