"""References to sections lead where they led before, whatever number that section bears now."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gazette.problems import Code, Fix, Problem
from gazette.review.citations import Citation, citations
from gazette.review.manuscripts import Edit, Manuscript
from gazette.text.numbers import Number, Place, number_of, numbers_of, shown
from gazette.text.tokens import words_of

Titles = Mapping[str, str]
FEWEST = 3
"""So many numbered headings make a numbered policy."""


def section_references(
    manuscript: Manuscript, before: Manuscript | None, edits: Mapping[str, Edit], titles: Titles
) -> Iterator[Problem]:
    """Find references that lead to another section than they did, or to one that is gone.

    `before` is the text that `manuscript` was made from, None for a new policy; `edits` are those
    of the policies referred to.
    """
    if before is None:
        return
    present = citations(manuscript, titles)
    same = {one.start: one for one in present} if before is manuscript else None
    earlier = same or _paired(citations(before, titles), present)
    for one in present:
        edit, was = edits.get(one.slug), earlier.get(one.start)
        if edit and was and was.number == one.number:
            yield from _astray(manuscript, one, edit)


def _paired(old: list[Citation], new: list[Citation]) -> dict[int, Citation]:
    """Return the old reference of each new one, by where this starts.

    The words around them are the same: on both sides, else before, else behind.
    """
    pairs: dict[int, Citation] = {}
    for sides in ((0, 1), (0,), (1,)):
        used = {id(one) for one in pairs.values()}
        left = _by_context((one for one in old if id(one) not in used), sides)
        right = _by_context((one for one in new if one.start not in pairs), sides)
        for key, ones in right.items():
            partners = left.get(key, ())
            if len(partners) == len(ones) and any(key[1:]):
                pairs |= {one.start: was for one, was in zip(ones, partners, strict=True)}
    return pairs


def _by_context(
    citations: Iterable[Citation], sides: Sequence[int]
) -> dict[tuple[object, ...], list[Citation]]:
    found: dict[tuple[object, ...], list[Citation]] = defaultdict(list)
    for one in citations:
        found[one.slug, *(one.context[side] for side in sides)].append(one)
    return found


def _astray(manuscript: Manuscript, citation: Citation, edit: Edit) -> Iterator[Problem]:
    before, after = edit.old.places, edit.new.places
    number = _known(citation.number, before)
    old, now = before.get(number), after.get(number)
    if not old or _stands_still(old, now) or _is_named(citation, now, old):
        return
    heirs = _heirs(old, edit, after)
    numbered = [one for one in heirs if one.number]
    if any(one.number == number for one in heirs):
        return
    if numbered:
        right = numbered[0].number + citation.number[len(number) :]
        yield _renumbered(manuscript, citation, old, right, now)
    elif not heirs and not (old.block and now):
        yield _gone(manuscript, citation, old, now)


def _renumbered(
    manuscript: Manuscript, citation: Citation, old: Place, right: Number, now: Place | None
) -> Problem:
    said = f"“{citation.words}” led to “{old.name}”, which is {shown(right)} now"
    said += f"; {shown(now.number)} is “{now.name}”." if now else "."
    text = _written_like(citation.text, right)
    fix = Fix(len(citation.text), text) if text else None
    hint = f"Write {text or shown(right)}."
    return manuscript.problem(citation.start, Code.SECTION_REFERENCE, said, hint, fix)


def _gone(manuscript: Manuscript, citation: Citation, old: Place, now: Place | None) -> Problem:
    said = f"“{citation.words}” led to “{old.name}”, which was taken out"
    said += f"; now it leads to “{now.name}”." if now else "."
    hint = "Name the section that is meant now, or take the reference out."
    return manuscript.problem(citation.start, Code.SECTION_REFERENCE, said, hint)


def _known(number: Number, places: Mapping[Number, Place]) -> Number:
    """Return the longest beginning of a number under which something stands."""
    for length in range(len(number), 0, -1):
        if number[:length] in places:
            return number[:length]
    return ()


def _stands_still(old: Place, new: Place | None) -> bool:
    """Tell whether the same heading, or the same first words, stand under the number as before."""
    if new is None:
        return False
    before, after = (words_of(place.opening) for place in (old, new))
    shorter = min(len(before), len(after))
    return before[:shorter] == after[:shorter]


def _is_named(citation: Citation, now: Place | None, old: Place) -> bool:
    """Tell whether the words around a reference speak of what stands there now, not before.

    Then the reference was wrong, and the edit put it right.
    """
    around = _stems(citation.around)
    return now is not None and _share(now.name, around) > _share(old.name, around)


def _share(name: str, around: set[str]) -> float:
    """Return how much of a name the words around a reference hold."""
    stems = _stems(name)
    return len(stems & around) / len(stems) if stems else 0.0


def _stems(text: str) -> set[str]:
    return {word[:5] for word in words_of(text) if len(word) > 4}


def _heirs(place: Place, edit: Edit, after: Mapping[Number, Place]) -> list[Place]:
    """Return where the text of a place stands now, with the number it has there, if any."""
    if place.block is None:
        sections = edit.successors(place.section)
        return [
            _numbered(one.index, len(place.number), after) or Place((), one) for one in sections
        ]
    found = []
    for section in edit.redline.sections:
        for change in section.blocks:
            if change.old is place.block and change.new is not None and section.new:
                own = [one for one in after.values() if one.block is change.new]
                found += own or [Place((), section.new, change.new)]
    return found


def _numbered(index: int, length: int, after: Mapping[Number, Place]) -> Place | None:
    own = [one for one in after.values() if one.block is None and one.section.index == index]
    return min(own, key=lambda one: abs(len(one.number) - length), default=None)


def _written_like(text: str, number: Number) -> str | None:
    """Return a number as written, with these parts; None where it has not as many."""
    parts = list(number)
    found = re.findall(r"\d+[A-Za-z]?(?![A-Za-z])|[A-Za-z]+", text)
    if len(found) != len(parts):
        return None
    upper = found[0].isupper()
    parts[0] = parts[0].upper() if upper else parts[0]
    rest = iter(parts)
    return re.sub(r"\d+[A-Za-z]?(?![A-Za-z])|[A-Za-z]+", lambda _: next(rest), text)


def unknown_sections(manuscript: Manuscript, titles: Titles) -> Iterator[Problem]:
    """Find references to a number of this policy under which nothing stands."""
    document = manuscript.document
    firsts = {number[0] for number in numbers_of(document)}
    headed = {number_of(one.number)[0] for one in document.sections if one.number}
    highest = max((int(one) for one in headed if one.isdecimal()), default=0)
    if len(headed) < FEWEST:
        return
    for one in citations(manuscript, titles):
        first = one.number[0]
        if one.slug == manuscript.slug and first.isdecimal() and highest and first not in firsts:
            said = f"“{one.words}” leads nowhere: this policy has no section {first}."
            hint = f"Its sections are numbered up to {highest}; write the number of the one meant."
            yield manuscript.problem(one.start, Code.UNKNOWN_SECTION, said, hint)
