"""Parts of blocks: where whole sentences went to, or came from, several blocks.

A redline never crosses a block. So a paragraph that was split, or joined, is compared sentence by
sentence: its parts are blocks of their own, and every sentence that stays is shown as kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from gazette.text.document import Block, Cell, Kind
from gazette.text.html_sentences import Sentence, visible_text
from gazette.text.list_parts import borders_of_items
from gazette.text.tokens import fold, words_of

_NEVER_CUT = (Kind.HEADING, Kind.ROW, Kind.CODE, Kind.LINE)

_MUCH = 0.5
"""Sentences went to a block that shares so many of its words with theirs: by Dice's coefficient."""

Blocks = tuple[Block, ...]
SentencePlace = tuple[int, int]
"""Where a sentence stands: its block, and which of the block's sentences it is."""


@dataclass(frozen=True, eq=False)
class Part(Block):
    """Whole sentences of the block `parent`: the characters `start` to `end` of its HTML."""

    parent: Block | None = None
    start: int = 0
    end: int = 0


def cut_where_shared(old: Blocks, new: Blocks) -> tuple[Blocks, Blocks]:
    """Return the blocks of two texts, those cut into parts of which sentences are in several.

    The parts of a block stand in its place, in order.
    """
    left, right = _changed(old, new), _changed(new, old)
    if not left or not right or len(left) == len(right) == 1:
        return old, new
    before = {at: old[at].sentences for at in left}
    after = {at: new[at].sentences for at in right}
    went = _counterparts(before, after)
    came = {other: place for place, other in went.items()}
    wholes = (
        _outer_borders(before, new, after.keys(), went, came)
        | borders_of_items(old, left, new, right),
        _outer_borders(after, old, before.keys(), came, went)
        | borders_of_items(new, right, old, left),
    )
    return (
        _with_parts(old, before, new, went, came, wholes[0]),
        _with_parts(new, after, old, came, went, wholes[1]),
    )


def part_borders(blocks: Sequence[Block | None]) -> Iterator[tuple[int, bool]]:
    """Yield the places of blocks behind another one, and whether both are parts of the same."""
    for at, (before, block) in enumerate(pairwise(blocks), 1):
        if before is not None and block is not None:
            parent = block.parent if isinstance(block, Part) else block
            yield at, isinstance(before, Part) and before.parent is parent


def _changed(blocks: Blocks, other: Blocks) -> list[int]:
    keys = {block.key for block in other}
    return [
        at
        for at, block in enumerate(blocks)
        if block.kind not in _NEVER_CUT and block.key not in keys
    ]


def _counterparts(
    before: Mapping[int, Sequence[Sentence]], after: Mapping[int, Sequence[Sentence]]
) -> dict[SentencePlace, SentencePlace]:
    """Return the sentences of one side against the equal ones of the other, in order.

    What one side has more often than the other stands against nothing, nor does a word alone: it
    stands at two places by chance.
    """
    old, new = _places(before), _places(after)
    lengths = {
        key: len(words_of(key))
        for key, places in old.items()
        if len(places) == len(new.get(key, ()))
    }
    went = {
        place: other
        for key, length in lengths.items()
        if length
        for place, other in zip(old[key], new[key], strict=True)
    }
    words = {place for key, length in lengths.items() if length == 1 for place in old[key]}
    return {
        (at, number): (other, there)
        for (at, number), (other, there) in went.items()
        if (at, number) not in words
        or any(went.get((at, number + step)) == (other, there + step) for step in (-1, 1))
    }


def _places(blocks: Mapping[int, Sequence[Sentence]]) -> dict[str, list[SentencePlace]]:
    places: dict[str, list[SentencePlace]] = defaultdict(list)
    for at, sentences in blocks.items():
        for number, sentence in enumerate(sentences):
            places[fold(sentence.text)].append((at, number))
    return places


def _with_parts(
    uncut: Blocks,
    sentences: Mapping[int, Sequence[Sentence]],
    other: Blocks,
    went: Mapping[SentencePlace, SentencePlace],
    came: Mapping[SentencePlace, SentencePlace],
    wholes: Mapping[int, Sequence[int]],
) -> Blocks:
    """Return the blocks of one side with those cut that share sentences with several others.

    `went` leads from the sentences of this side to those of the other, `came` back. Blocks that
    share none so are cut at the places that `wholes` has for them.
    """
    partners, others = _partners(went), _partners(came)
    blocks: list[Block] = []
    for at, block in enumerate(uncut):
        related = partners.get(at, set())
        places: Sequence[int] = ()
        if len(related) > 1 or any(len(others[partner]) > 1 for partner in related):
            borders = _borders(at, sentences[at], other, went, came)
            borders += _last_border(at, sentences[at], other, went, others)
            places = [sentences[at][number].start for number in borders]
        places = places or wholes.get(at, ())
        blocks += _parts_at(block, places) if places else [block]
    return tuple(blocks)


def _partners(places: Mapping[SentencePlace, SentencePlace]) -> dict[int, set[int]]:
    partners: dict[int, set[int]] = defaultdict(set)
    for (at, _), (other, _) in places.items():
        partners[at].add(other)
    return partners


def _borders(
    at: int,
    sentences: Sequence[Sentence],
    other: Blocks,
    went: Mapping[SentencePlace, SentencePlace],
    came: Mapping[SentencePlace, SentencePlace],
) -> list[int]:
    """Return the numbers of the sentences with which another part begins."""
    known = [number for number in range(len(sentences)) if (at, number) in went]
    borders = []
    for number, following in pairwise(known):
        here, there = went[at, number], went[at, following]
        between = ((here[0], between) for between in range(here[1] + 1, there[1]))
        if here[0] == there[0] and here[1] < there[1] and not any(map(came.__contains__, between)):
            continue
        borders += _borders_between(sentences, range(number + 1, following), other, here, there)
    return borders


def _borders_between(
    sentences: Sequence[Sentence],
    between: range,
    other: Blocks,
    here: SentencePlace,
    there: SentencePlace,
) -> list[int]:
    """Return the same for sentences that the other side has in other words.

    They stand `between` two known ones, whose places on the other side are `here` and `there`.
    """
    target, borders = here[0], []
    for number in between:
        blocks = range(target + 1, there[0] + 1) or [there[0]]
        best = max(blocks, key=partial(_shared_words, sentences[number], other))
        if best != target and _fits(sentences[number], other[best], other[target]):
            target = best
            borders.append(number)
    if target != there[0] or not borders:
        borders.append(between.stop)
    return borders


def _last_border(
    at: int,
    sentences: Sequence[Sentence],
    other: Blocks,
    went: Mapping[SentencePlace, SentencePlace],
    others: Mapping[int, set[int]],
) -> list[int]:
    """Return with which sentence the text begins that the block behind has in other words."""
    last = max(number for place, number in went if place == at)
    target = went[at, last][0]
    behind = target + 1
    if last + 1 == len(sentences) or behind == len(other) or others.get(behind):
        return []
    fits = _fits(sentences[last + 1], other[behind], other[target])
    return [last + 1] if fits else []


def _outer_borders(
    sentences: Mapping[int, Sequence[Sentence]],
    other: Blocks,
    changed: Set[int],
    went: Mapping[SentencePlace, SentencePlace],
    came: Mapping[SentencePlace, SentencePlace],
) -> dict[int, list[int]]:
    """Return where blocks begin to be another one, of which that has no sentence as it was.

    All sentences that such a block shares as they were are in one block of the other side, and its
    first or last ones are in other words the block before, or behind. Places are those in the HTML.
    """
    borders: dict[int, list[int]] = defaultdict(list)
    free = changed - _partners(came).keys()
    if not free:
        return borders
    partners = _partners(went)
    shared: dict[int, list[int]] = defaultdict(list)
    for at, number in sorted(went):
        shared[at].append(number)
    for at, numbers in shared.items():
        if len(partners[at]) > 1:
            continue
        (target,) = partners[at]
        block_sentences, first, last = sentences[at], numbers[0], numbers[-1] + 1
        if target - 1 in free:
            while first and not _fits(block_sentences[first - 1], other[target - 1], other[target]):
                first -= 1
            if _are_alike(block_sentences[:first], other[target - 1]):
                borders[at].append(block_sentences[first].start)
        if target + 1 in free:
            while last < len(block_sentences) and not _fits(
                block_sentences[last], other[target + 1], other[target]
            ):
                last += 1
            if _are_alike(block_sentences[last:], other[target + 1]):
                borders[at].append(block_sentences[last].start)
    return borders


def _are_alike(sentences: Sequence[Sentence], block: Block) -> bool:
    """Tell whether much of the words of sentences and a block is in both."""
    words = {word for sentence in sentences for word in words_of(sentence.text)}
    return 2 * len(words & block.bag) > _MUCH * (len(words) + len(block.bag))


def _fits(sentence: Sentence, block: Block, another: Block) -> bool:
    """Tell whether a sentence that neither block has shares more words with the first."""
    words = set(words_of(sentence.text))
    return len(words & block.bag) > len(words & another.bag)


def _shared_words(sentence: Sentence, blocks: Blocks, at: int) -> int:
    return len(blocks[at].bag.intersection(words_of(sentence.text)))


def _parts_at(block: Block, borders: Sequence[int]) -> Iterator[Block]:
    cell = block.cells[0]
    for start, stop in pairwise([0, *borders, len(cell.html)]):
        html = cell.html[start:stop].strip()
        part_cell = Cell(html, visible_text(html), cell.tag, cell.attributes)
        yield Part(
            block.kind, block.tag, (part_cell,), block.path, block.columns, block, start, stop
        )
