"""Sentences that were struck in one place and stand, reworded, in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from gazette.text.anchors import first_come
from gazette.text.sentence_changes import SentenceChange
from gazette.text.tokens import read_inline
from gazette.text.wording import Run, align, runs_of

_LIKE = 0.5
"""Two sentences that share this much of their words, as Dice has it, say one thing in two ways."""
_LIKE_IN_PLACE = 0.3
"""The same where they stand at one place of a block."""
_RARE = 4
"""A word that more of the struck sentences have does not lead to a partner."""

_Words = tuple[str, ...]
_Sentences = Sequence[SentenceChange]
WordsOf = Callable[[SentenceChange], Sequence[str]]


def with_partners(
    changes: _Sentences, words_of: WordsOf, idle: frozenset[str]
) -> Iterator[SentenceChange]:
    """Yield the changes, a struck sentence and its new wording as one reworded sentence.

    What was struck here and inserted there in the same words is left out. `words_of` returns the
    words of a whole sentence; `idle` ones do not make sentences alike.
    """
    whole = [change for change in changes if change.is_whole]
    sides = _sides(whole)
    if not all(sides):
        yield from changes
        return
    words = {change: tuple(words_of(change)) for change in whole}
    moved = _moved(*sides, words)
    left = [change for change in whole if change not in moved]
    partners = _partners(
        *_sides(left), {change: frozenset(words[change]) - idle for change in left}
    )
    gone = moved | set(partners.values())
    for change in changes:
        if change in partners:
            yield _reworded(partners[change], change)
        elif change not in gone:
            yield change


def _sides(whole: _Sentences) -> tuple[_Sentences, _Sentences]:
    """Return the struck sentences, and the inserted ones."""
    return [change for change in whole if change.old], [change for change in whole if change.new]


def _moved(
    struck: _Sentences, inserted: _Sentences, words: Mapping[SentenceChange, _Words]
) -> set[SentenceChange]:
    """Return the sentences that stand at another place in the same words."""
    places: dict[_Words, list[SentenceChange]] = defaultdict(list)
    for change in struck:
        places[words[change]].append(change)
    moved = set()
    for change in inserted:
        if same := places.get(words[change]):
            moved |= {change, same.pop(0)}
    return moved


def _partners(
    struck: _Sentences, inserted: _Sentences, bags: Mapping[SentenceChange, frozenset[str]]
) -> dict[SentenceChange, SentenceChange]:
    """Return by inserted sentence the struck one that it rewords; the likest pairs first."""
    having: dict[str, list[int]] = defaultdict(list)
    for at, change in enumerate(struck):
        for word in bags[change]:
            having[word].append(at)
    rare = {word: places for word, places in having.items() if len(places) <= _RARE}
    pairs = []
    for to, change in enumerate(inserted):
        bag = bags[change]
        for at in {at for word in bag & rare.keys() for at in rare[word]}:
            other = bags[struck[at]]
            likeness = 2 * len(bag & other) / (len(bag) + len(other))
            near = change.position[:2] == struck[at].position[:2]
            if likeness >= (_LIKE_IN_PLACE if near else _LIKE):
                pairs.append((-likeness, to, at))
    return first_come((inserted[to], struck[at]) for _, to, at in sorted(pairs))


def _reworded(old: SentenceChange, new: SentenceChange) -> SentenceChange:
    """Return the new sentence with its old wording before it."""
    return replace(new, runs=(*old.runs, *new.runs), old=old.old, is_reworded=True)


def aligned(change: SentenceChange) -> SentenceChange:
    """Return a reworded sentence with its words marked against the old ones."""
    if not change.is_reworded:
        return change
    before, after = (read_inline(escape(text, quote=False)) for text in (change.old, change.new))
    runs = runs_of(before, after, align(before, after))
    return replace(change, runs=tuple(Run(run.op, run.text) for run in runs), is_reworded=False)
