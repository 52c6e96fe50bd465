"""Sections that differ between an old version and the final text, across all updates in between.

They are found by digest, through the links of the updates one after the other, without comparing
words: so that a page of all that changed costs little, however far back its version lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gazette.publishing.fragments import Heading


@dataclass(frozen=True)
class Difference:
    """A section that is not what it was: amended, added or removed; its place in both texts."""

    status: str
    old: Heading | None
    new: Heading | None


Sections = Sequence[Heading]
Links = Sequence[tuple[int, int]]
"""Which section of one text became which of the next, by index."""
Paths = Mapping[int, frozenset[int]]
"""For the index of each section, the sections of the final text that it became."""


def differences(
    texts: Sequence[Sections], links: Sequence[Links]
) -> Iterator[tuple[Difference, ...]]:
    """Yield what differs from the last of `texts`, for each one before it, the newest first.

    `links` are those between neighbours, in the same order as the texts.
    """
    final = texts[-1]
    paths: Paths = {one.index: frozenset([one.index]) for one in final}
    for text, became in zip(reversed(texts[:-1]), reversed(links), strict=True):
        paths = _one_step_back(paths, became)
        yield tuple(_differing(text, final, paths))


def _one_step_back(paths: Paths, became: Links) -> Paths:
    back: dict[int, frozenset[int]] = {}
    for old, new in became:
        back[old] = back.get(old, frozenset()) | paths.get(new, frozenset())
    return back


def _differing(text: Sections, final: Sections, paths: Paths) -> Iterator[Difference]:
    new = {one.index: one for one in final}
    reached = {index for one in text for index in paths.get(one.index, ())}
    came = {one.digest: one for one in final if one.index not in reached}
    for one in text:
        heirs = sorted(paths.get(one.index, ()))
        if not heirs and came.pop(one.digest, None) is None:
            yield Difference("removed", one, None)
        for index in heirs:
            if new[index].digest != one.digest:
                yield Difference("amended", one, new[index])
    for one in sorted(came.values(), key=lambda one: one.index):
        yield Difference("added", None, one)
