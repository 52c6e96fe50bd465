"""References to sections lead where they led before, whatever number that section bears now."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from gazette.problems import Fix
from gazette.review.citations import Citation, citations
from gazette.review.policy_text import Edit, Finding, PolicyText
from gazette.review.review import PolicyReview
from gazette.review.rules.headings import FEWEST_HEADINGS
from gazette.review.rules.links import misleading_links
from gazette.text.numbers import Number, number_of, shown
from gazette.text.places import NumberedPlace, numbers_of
from gazette.text.tokens import words_of

STEM_LETTERS = 5
"""Longer words that begin alike are taken for the same word: retain, retention."""
NUMBER_PART = re.compile(r"\d+[A-Za-z]?(?![A-Za-z])|[A-Za-z]+")


def section_references(policy: PolicyReview) -> Iterator[Finding]:
    """Find references and links that lead to another section than they did, or to none."""
    yield from misleading_links(policy)
    moved = list(_moved(policy))
    yield from moved
    if policy.is_checked:
        reported = {(finding.line, finding.column) for finding in moved}
        for citation in policy.citations:
            for finding in _misnamed(policy.text, citation):
                if (finding.line, finding.column) not in reported:
                    yield finding


def _moved(policy: PolicyReview) -> Iterator[Finding]:
    """Find references that lead to another section than they did in the earlier text."""
    earlier, new = policy.earlier_text, policy.citations
    if earlier is None:
        return
    if earlier is policy.text:
        old_by_start = {citation.start: citation for citation in new}
    else:
        old_by_start = _paired(citations(earlier, policy.titles), new)
    for citation in new:
        edit, old = policy.followed_edits.get(citation.slug), old_by_start.get(citation.start)
        if edit and old and old.number == citation.number:
            yield from _misleading(policy.text, citation, edit)


def _misnamed(text: PolicyText, citation: Citation) -> Iterator[Finding]:
    """Find a reference with the name of a section behind it that bears another number."""
    if citation.slug != text.slug or not citation.name:
        return
    words = words_of(citation.name)
    named = [section for section in text.document.sections[1:] if words_of(section.title) == words]
    numbers = [number_of(section.number) for section in named]
    if len(named) != 1 or not numbers[0] or citation.number[: len(numbers[0])] == numbers[0]:
        return
    place = text.places(citation.kind).get(citation.number)
    if place is None or place.section.index == named[0].index:
        return
    message = f"“{citation.words}” is “{place.name}”, but the words behind it name "
    message += f"“{named[0].heading}”."
    yield _number_finding(text, citation, numbers[0], message)


def _paired(old: Sequence[Citation], new: Sequence[Citation]) -> dict[int, Citation]:
    """Return the old reference of each new one, by the start of this.

    The words around them are the same: on both sides, else before, else behind.
    """
    pairs: dict[int, Citation] = {}
    for sides in ((0, 1), (0,), (1,)):
        paired = {id(citation) for citation in pairs.values()}
        old_left = _by_context((c for c in old if id(c) not in paired), sides)
        new_left = _by_context((c for c in new if c.start not in pairs), sides)
        for context, group in new_left.items():
            partners = old_left.get(context, ())
            if len(partners) == len(group) and any(context[1:]):
                pairs |= {c.start: partner for c, partner in zip(group, partners, strict=True)}
    return pairs


def _by_context(
    citations: Iterable[Citation], sides: Sequence[int]
) -> dict[tuple[object, ...], list[Citation]]:
    groups: dict[tuple[object, ...], list[Citation]] = defaultdict(list)
    for citation in citations:
        groups[citation.slug, *(citation.context[side] for side in sides)].append(citation)
    return groups


def _misleading(text: PolicyText, citation: Citation, edit: Edit) -> Iterator[Finding]:
    old_places, places = edit.old.places(citation.kind), edit.new.places(citation.kind)
    number = _longest_known(citation.number, old_places)
    old, new = old_places.get(number), places.get(number)
    if not old or _is_unmoved(old, new) or _is_meant(citation, old, new):
        return
    successors = _successors(old, edit, places)
    if any(place.number == number for place in successors):
        return
    numbers = [place.number for place in successors if place.number]
    if numbers:
        right = numbers[0] + citation.number[len(number) :]
        yield _renumbered(text, citation, old, right, new)
    elif not successors and not (old.block and new):
        message = f"“{citation.words}” led to “{old.name}”, which was taken out"
        message += f"; now it leads to “{new.name}”." if new else "."
        hint = "Name the section that is meant now, or take the reference out."
        yield text.finding(citation.start, message, hint)


def _renumbered(
    text: PolicyText,
    citation: Citation,
    old: NumberedPlace,
    right: Number,
    new: NumberedPlace | None,
) -> Finding:
    message = f"“{citation.words}” led to “{old.name}”, which is {shown(right)} now"
    message += f"; {shown(new.number)} is “{new.name}”." if new else "."
    return _number_finding(text, citation, right, message)


def _number_finding(text: PolicyText, citation: Citation, right: Number, message: str) -> Finding:
    """Return the finding of a wrong number; in a heading only people may correct it."""
    written = _written_like(citation.text, right)
    is_clear = written and not text.is_in_heading(citation.start)
    fix = Fix(len(citation.text), written) if written and is_clear else None
    return text.finding(citation.start, message, f"Write {written or shown(right)}.", fix)


def _longest_known(number: Number, places: Mapping[Number, NumberedPlace]) -> Number:
    """Return the longest beginning of a number under which something stands."""
    lengths = range(len(number), 0, -1)
    return next((number[:length] for length in lengths if number[:length] in places), ())


def _is_unmoved(old: NumberedPlace, new: NumberedPlace | None) -> bool:
    """Return whether the same heading, or the same first words, stand under the number still."""
    if new is None:
        return False
    old_words, new_words = words_of(old.opening), words_of(new.opening)
    shorter = min(len(old_words), len(new_words))
    return old_words[:shorter] == new_words[:shorter]


def _is_meant(citation: Citation, old: NumberedPlace, new: NumberedPlace | None) -> bool:
    """Return whether the words around a reference name what stands there now, rather than before.

    Then the reference was wrong, and the edit put it right.
    """
    around = _stems(citation.around)
    return new is not None and _share(new.name, around) > _share(old.name, around)


def _share(name: str, around: set[str]) -> float:
    """Return the share of a name's longer words that the words around a reference hold."""
    stems = _stems(name)
    return len(stems & around) / len(stems) if stems else 0.0


def _stems(text: str) -> set[str]:
    return {word[:STEM_LETTERS] for word in words_of(text) if len(word) >= STEM_LETTERS}


def _successors(
    place: NumberedPlace, edit: Edit, places: Mapping[Number, NumberedPlace]
) -> list[NumberedPlace]:
    """Return where the text of a place stands now, with the number it has there, if any."""
    if place.block is None:
        sections = edit.successors(place.section)
        length = len(place.number)
        return [_heading(s.index, length, places) or NumberedPlace((), s) for s in sections]
    successors: list[NumberedPlace] = []
    for section in edit.redline.sections:
        for change in section.blocks:
            if change.old is place.block and change.new is not None and section.new:
                numbered = [other for other in places.values() if other.block is change.new]
                successors += numbered or [NumberedPlace((), section.new, change.new)]
    return successors


def _heading(
    index: int, length: int, places: Mapping[Number, NumberedPlace]
) -> NumberedPlace | None:
    """Return the place of a section's heading, with its number of about this length."""
    headings = [p for p in places.values() if p.block is None and p.section.index == index]
    return min(headings, key=lambda place: abs(len(place.number) - length), default=None)


def _written_like(text: str, number: Number) -> str | None:
    """Return a number as it is written, with these parts; None where it has not as many."""
    written = NUMBER_PART.findall(text)
    if len(written) != len(number):
        return None
    first, *rest = number
    parts = iter([first.upper() if written[0].isupper() else first, *rest])
    return NUMBER_PART.sub(lambda _: next(parts), text)


def unknown_sections(policy: PolicyReview) -> Iterator[Finding]:
    """Find references to a number of this policy under which nothing stands."""
    document = policy.text.document
    own_numbers = {number[0] for number in numbers_of(document)}
    headings = {number_of(s.number)[0] for s in document.sections if s.number}
    highest = max((int(number) for number in headings if number.isdecimal()), default=0)
    if len(headings) < FEWEST_HEADINGS or not highest:
        return
    kinds = {citation.kind for citation in policy.citations}
    for citation in policy.citations:
        first = citation.number[0]
        if _is_of_another_text(policy.text, citation, kinds):
            continue
        if citation.slug == policy.text.slug and first.isdecimal() and first not in own_numbers:
            message = f"“{citation.words}” leads nowhere: this policy has no section {first}."
            hint = f"Its sections are numbered up to {highest}; write the number of the one meant."
            yield policy.text.finding(citation.start, message, hint)


def _is_of_another_text(text: PolicyText, citation: Citation, kinds: Collection[str]) -> bool:
    """Return whether a number that is not here is likely another document's.

    It is called by a name that no section has, or by a noun that is not the one of the headings
    here, such as a clause where this text speaks of sections.
    """
    names = (words_of(section.title) for section in text.document.sections)
    is_stranger = bool(citation.name) and words_of(citation.name) not in names
    nouns = text.heading_nouns - {""}
    is_clause = citation.kind == "clause" and "section" in kinds
    return is_stranger or (citation.kind not in nouns and (is_clause or bool(nouns)))
