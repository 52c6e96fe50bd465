"""How alike two sections are: by their headings, by runs of words, and by words alone.

The numbers below were tuned together with the thresholds of `lineage`, on the same labelled pairs.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

from gazette.text.document import Grams, Section
from gazette.text.heading_words import SMALL_WORDS, heading_words, listed_topics

Key = TypeVar("Key")
Sections = Sequence[Section]
Shared = Mapping[tuple[int, int], "SharedRuns"]
"""What an old and a new section share, by index."""

_HEADING_WEIGHT = 0.45
_SAME_HEADING = 0.85
"""Two sections of the same heading are at least so much alike, whatever stands below it."""
_REPEATED_HEADING = 0.5
"""The same heading counts so much where others have it, too, and it stands below another one."""
_OTHER_HEADING = 0.9
"""Headings in other words are at most so much alike."""
_SAME_TEXT = 0.6
_TEXT_ALONE = 0.95
"""A likeness of texts above `_SAME_TEXT` counts so much, whatever the headings."""
_SHORT_TEXT = 4
"""Texts with fewer runs of words tell little."""
_SHORT_TEXTS_HEADING = 0.8
_SHORT_TEXT_HEADING = 0.75
_HEADING_IN_PLACE = 0.25
_RELATED_HEADING = 0.4
_TOPIC = 2.0
_BY_CHANCE = 8
"""Two texts share telling words of this weight without being about the same."""
_SOME_TOPIC = 0.04
"""So many telling words are shared where one of two headings has all words of the other,"""
_LISTED_TOPIC = 0.05
"""and so many where it lists them among others."""
_SAME_TOPIC = 0.6
_WIDER_HEADING = 0.45
"""`Privacy` that became `Privacy and personal information` in its place is at least so alike."""
_MORE_WORDS = 3
_SOME_WORDS = 0.05
"""Long texts share so many words of the language that some others have to be among them."""
_MORE_THAN_OTHERS = 1.1
"""Two sections are so much more alike than each is to sections that have another counterpart."""
_BOILERPLATE = 50
"""What stands in more sections than this tells nothing about any of them."""


class SharedRuns(NamedTuple):
    """Runs of words that two sections share: how many, and how much they tell.

    A run tells the less the more sections of both texts have it.
    """

    number: int
    weight: float


NOTHING = SharedRuns(0, 0.0)


class Others:
    """Knows how much a section is like those of the other text that go on in another one.

    So much two sections are alike because the whole text is written like that.
    """

    def __init__(self, pairs: Iterable[tuple[int, int]], old: Sections, new: Sections) -> None:
        self._old = [old[a] for a, _ in pairs]
        self._new = [new[b] for _, b in pairs]
        self._known: dict[Section, float] = {}

    def likeness(self, x: Section, y: Section) -> float:
        """Return how much an old and a new section are like others, the higher of both."""
        return max(self._likeness(x, self._new), self._likeness(y, self._old))

    def _likeness(self, section: Section, others: Sections) -> float:
        if section not in self._known:
            alike = (_plain_words_alike(section, other) for other in others)
            self._known[section] = max(alike, default=0.0)
        return self._known[section]


class Likeness:
    """Knows which words many sections of two texts have, and judges two sections by the others."""

    def __init__(self, old: Sections, new: Sections) -> None:
        self.old, self.new = self._texts = old, new

    @cached_property
    def lists(self) -> tuple[list[Section], list[Section]]:
        """The sections of both texts whose headings list several topics."""
        old, new = ([s for s in text if self._topics[s.title]] for text in self._texts)
        return old, new

    @cached_property
    def _topics(self) -> Mapping[str, Sequence[frozenset[str]]]:
        titles = {section.title for section in itertools.chain(*self._texts)}
        return {
            title: [_telling_words(heading_words(topic)) for topic in listed_topics(title)]
            for title in titles
        }

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """What words tell: the less the more sections of a text have them."""
        old, new = (_holders(section.bag for section in text) for text in self._texts)
        return {word: 1.0 / number**2 for word, number in (old | new).items()}

    @cached_property
    def _headings(self) -> Mapping[str, Mapping[str, float]]:
        titles = {section.title_key for section in itertools.chain(*self._texts)}
        return {title: heading_words(title) for title in titles}

    @cached_property
    def _telling(self) -> Mapping[str, frozenset[str]]:
        return {title: _telling_words(words) for title, words in self._headings.items()}

    @cached_property
    def _heading_words(self) -> Counter[str]:
        old, new = (_holders(self._headings[s.title_key] for s in text) for text in self._texts)
        return old | new

    @cached_property
    def _titles(self) -> Counter[str]:
        old, new = (_holders([section.title_key] for section in text) for text in self._texts)
        return old | new

    def score(self, x: Section, y: Section, shared: SharedRuns, *, same_parent: bool) -> float:
        """Return how much two sections are alike that share so many runs of words, 0 to 1."""
        headings = self._heading_likeness(x, y, same_parent=same_parent)
        shorter, longer = sorted((len(x.grams), len(y.grams)))
        if longer < _SHORT_TEXT:
            return _SHORT_TEXTS_HEADING * headings
        if shorter < _SHORT_TEXT:
            return _SHORT_TEXT_HEADING * headings
        texts = text_likeness(x, y, shared)
        score = _HEADING_WEIGHT * headings + (1 - _HEADING_WEIGHT) * texts
        if headings == 1.0:
            score = max(score, _SAME_HEADING)
        elif headings >= _RELATED_HEADING:
            topic = math.sqrt(headings * self._topics_alike(x, y))
            score = max(score, min(_SAME_TOPIC, _TOPIC * topic))
        return max(score, _TEXT_ALONE * texts) if texts > _SAME_TEXT else score

    def score_in_place(self, x: Section, y: Section, others: Others, *, same_parent: bool) -> float:
        """Return how much two sections are alike of which one stands where the other stood.

        Tables, lists and sentences that were written anew share words, but no runs of words.
        """
        headings = self._heading_likeness(x, y, same_parent=same_parent)
        words = self._words_alike(x, y)
        score = _HEADING_IN_PLACE * headings + (1 - _HEADING_IN_PLACE) * words
        if self._is_wider_heading(x, y) and self._may_share_topic(x, y):
            score = max(score, _WIDER_HEADING + (1 - _WIDER_HEADING) * words)
        score, plain = max(score, words), _plain_words_alike(x, y)
        if plain > score and words > _SOME_WORDS:
            is_own = plain >= _MORE_THAN_OTHERS * others.likeness(x, y)
            score = plain if is_own else score
        return _TEXT_ALONE * score

    def have_related_headings(self, x: Section, y: Section) -> bool:
        """Tell whether two headings share words, or one lists the other among its topics."""
        related = self._heading_likeness(x, y, same_parent=False) >= _RELATED_HEADING
        return related or self._is_topic_of(x, y) or self._is_topic_of(y, x)

    def is_topic_of(self, x: Section, y: Section) -> bool:
        """Tell whether a section is about one of the topics that the heading of another lists."""
        return self._is_topic_of(x, y) and self._topics_alike(x, y) >= _LISTED_TOPIC

    def _is_topic_of(self, x: Section, y: Section) -> bool:
        topics = self._topics[y.title]
        if not topics:
            return False
        words = self._telling[x.title_key]
        return any(
            (topic <= words or words <= topic)
            and any(self._heading_words[word] == 1 for word in topic & words)
            for topic in topics
        )

    def _is_wider_heading(self, x: Section, y: Section) -> bool:
        """Tell whether one of two headings has all words of the other, and not many more."""
        if x.title_key == y.title_key:
            return False
        a, b = self._telling[x.title_key], self._telling[y.title_key]
        fewer, more = sorted((a, b), key=len)
        return bool(fewer) and fewer <= more and len(more) <= _MORE_WORDS * len(fewer)

    def _heading_likeness(self, x: Section, y: Section, *, same_parent: bool) -> float:
        if (x.index == 0) != (y.index == 0):
            return 0.0
        if x.index and not (x.title_key or y.title_key):
            return float(x.heading == y.heading != "")  # what has no heading has none in common
        if x.title_key == y.title_key:
            alone = self._titles[x.title_key] == 1
            return 1.0 if alone or same_parent else _REPEATED_HEADING
        a, b = self._headings[x.title_key], self._headings[y.title_key]
        both, either = (
            sum(weight / self._heading_words[word] for word, weight in words.items())
            for words in ({w: a[w] for w in a if w in b}, {**a, **b})
        )
        return _OTHER_HEADING * 2 * both / (both + either) if both else 0.0

    def _words_alike(self, x: Section, y: Section) -> float:
        """Return how many of their words two sections share, rare ones counting for more."""
        both, one_side = (self._weight(words) for words in (x.bag & y.bag, x.bag ^ y.bag))
        return 2 * both / (2 * both + one_side) if both else 0.0

    def _weight(self, words: Iterable[str]) -> float:
        return sum(map(self._weights.__getitem__, words))

    def _may_share_topic(self, x: Section, y: Section) -> bool:
        shorter = min(len(x.grams), len(y.grams))
        return shorter < _SHORT_TEXT or self._topics_alike(x, y) >= _SOME_TOPIC

    def _topics_alike(self, x: Section, y: Section) -> float:
        """Return how many of their telling words two sections share, a few of them for nothing."""
        both, one_side = (
            self._weight(words - SMALL_WORDS) for words in (x.bag & y.bag, x.bag ^ y.bag)
        )
        return 2 * both / (2 * both + one_side + _BY_CHANCE) if both else 0.0


def _telling_words(words: Mapping[str, float]) -> frozenset[str]:
    return frozenset(word for word, weight in words.items() if weight == 1.0)


def _plain_words_alike(x: Section, y: Section) -> float:
    return 2 * len(x.bag & y.bag) / max(1, len(x.bag) + len(y.bag))


def _holders(keys: Iterable[Iterable[Key]]) -> Counter[Key]:
    """Count the sections that have each of the keys."""
    return Counter(itertools.chain.from_iterable(keys))


def text_likeness(x: Section, y: Section, shared: SharedRuns) -> float:
    """Return how much of their runs of words two sections share, those of many counting less."""
    alone = len(x.grams) + len(y.grams) - 2 * shared.number
    return 2 * shared.weight / (2 * shared.weight + alone) if shared.weight else 0.0


def shared_runs(
    before: Mapping[int, Grams],
    after: Mapping[int, Grams],
    old: Sections,
    new: Sections,
    fewest: int = 1,
) -> Shared:
    """Return what sections share that have at least `fewest` runs of words in common.

    `before` and `after` are the runs to look at, by section, `old` and `new` both whole texts.
    """
    common = frozenset().union(*before.values()) & frozenset().union(*after.values())
    holders: dict[int, list[int]] = defaultdict(list)
    for index, grams in after.items():
        for gram in grams & common:
            holders[gram].append(index)
    usual = {gram for gram, held in holders.items() if len(held) > _BOILERPLATE}
    counts = {
        (index, other): count
        for index, grams in before.items()
        for other, count in Counter(
            itertools.chain.from_iterable(map(holders.__getitem__, (grams & common) - usual))
        ).items()
        if count >= fewest
    }
    if not counts:
        return {}
    in_old, in_new = (_holders(common & section.grams for section in text) for text in (old, new))
    known = in_old & in_new
    repeated = {gram: 1.0 - 1.0 / number**2 for gram, number in known.items() if number > 1}
    return {
        (a, b): SharedRuns(
            count, count - _weight(before[a] & after[b], repeated) if repeated else count
        )
        for (a, b), count in counts.items()
    }


def _weight(grams: Grams, weights: Mapping[int, float]) -> float:
    return sum(weights[gram] for gram in grams & weights.keys())
