"""Sections that differ between an old version and the final text, and the list of them as HTML.

They are found by digest, through the links of the updates one after the other, without comparing
words: so that a page of all that changed costs little, however far back its version lies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from gazette.text.memory import remembered


@dataclass(frozen=True, slots=True)
class Heading:
    """A section by its heading, with the digest of all that a reader sees of it, empty for nothing.

    Nothing stands in the opening of a text that begins with a heading.
    """

    index: int
    level: int
    number: str
    heading: str
    anchor: str
    digest: str

    def facts(self) -> dict[str, int | str]:
        """Return what is known of the section by name."""
        return {name: getattr(self, name) for name in self.__slots__}


class Difference(NamedTuple):
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
    final: Sections, earlier: Iterable[tuple[Sections, Links]]
) -> Iterator[tuple[Difference, ...]]:
    """Yield what differs from the `final` text, for each `earlier` one, the newest first.

    Each comes with its links to the text after it.
    """
    final = _visible(final)
    paths: Paths = {one.index: frozenset([one.index]) for one in final}
    for text, became in earlier:
        paths = _one_step_back(paths, became)
        yield tuple(_differing(_visible(text), final, paths))


def _visible(text: Sections) -> Sections:
    return [one for one in text if one.digest]


def _one_step_back(paths: Paths, became: Links) -> Paths:
    back: dict[int, frozenset[int]] = {}
    for old, new in became:
        back[old] = back.get(old, frozenset()) | paths.get(new, frozenset())
    return back


def _differing(text: Sections, final: Sections, paths: Paths) -> Iterator[Difference]:
    """Yield each section of the final text at most once, beside the one it is told to come from."""
    new = {one.index: one for one in final}
    origins: dict[int, list[Heading]] = {}
    for one in text:
        for index in paths.get(one.index, ()):
            origins.setdefault(index, []).append(one)
    told: dict[int, list[int]] = {}
    kept: set[int] = set()
    came: dict[int, Heading] = {one.index: one for one in final if one.index not in origins}
    for index, olds in sorted(origins.items()):
        same = [one.index for one in olds if one.digest == new[index].digest]
        if not same:
            namesakes = (one for one in olds if one.heading == new[index].heading)
            told.setdefault(next(namesakes, olds[0]).index, []).append(index)
        elif left := [one for one in same if one not in kept]:
            kept.add(left[0])
        else:
            came[index] = new[index]  # one copy more than there were
    amended = {index for heirs in told.values() for index in heirs}
    restored = Counter(one.digest for one in came.values())
    for one in text:
        for index in told.get(one.index, ()):
            yield Difference("amended", one, new[index])
        if one.index in kept or any(index in amended for index in paths.get(one.index, ())):
            continue
        if restored[one.digest]:
            restored[one.digest] -= 1
        else:
            yield Difference("removed", one, None)
    for one in final:
        if one.index in came and restored[one.digest]:
            restored[one.digest] -= 1
            yield Difference("added", None, one)


def render(then: str, now: str, found: Sequence[Difference]) -> str:
    """Return the list of what differs as HTML; `then` and `now` lead to the two texts."""
    return f'<h2 id="sections-that-differ">Sections that differ</h2>\n{_list(then, now, found)}'


def _list(then: str, now: str, found: Sequence[Difference]) -> str:
    if not found:
        return "<p>No section differs: what changed in between was changed back.</p>\n"
    rows = (
        f'<li>{_name(one.new or one.old)} <span class="gz-badge">{one.status}</span>\n'
        f'<span class="gz-actions">{_link(then, one.old, "then")}{_link(now, one.new, "now")}'
        "</span></li>\n"
        for one in found
    )
    return f'<ul class="gz-updates">\n{"".join(rows)}</ul>\n'


def _link(page: str, section: Heading | None, word: str) -> str:
    return f'<a href="{page}{_rest(section, word)}' if section else ""


@remembered(20_000)
def _rest(section: Heading, word: str) -> str:
    """Return the rest of a link behind the address of its page."""
    name = f'<span class="gz-hidden">: {_name(section)}</span>'
    return f'#{escape(section.anchor)}">{word}{name}</a>'


@remembered(20_000)
def _name(section: Heading) -> str:
    unnamed = "Section without a heading" if section.index else "Opening"
    return escape(section.heading or unnamed)
