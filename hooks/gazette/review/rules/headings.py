"""Headings: their numbers run without gaps, and those that must be there are."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gazette.problems import Code, Problem
from gazette.review.manuscripts import Manuscript
from gazette.text.document import Section
from gazette.text.tokens import words_of

NUMBER = re.compile(
    r"(?P<word>(?:section|article|part|chapter|annex|schedule|§)\s*)?(?P<open>\(?)"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,5})"
    r"(?P<mark>\.(?!\w)|\)|:|(?=\s+[-–—]\s)|(?<=\d)(?=\s)|$)",
    re.I,
)
ROMAN = {"i": 1, "v": 5, "x": 10}
ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
FEWEST = 3
"""So many numbered headings make a sequence; “3 things to know” alone is none."""


@dataclass(frozen=True)
class _Numbered:
    section: Section
    shown: str
    value: int


def heading_numbers(manuscript: Manuscript) -> Iterator[Problem]:
    """Find numbers of headings that are left out, stand twice or run backwards."""
    for ones in _sequences(manuscript.document.sections).values():
        values = [one.value for one in ones]
        if len(ones) >= FEWEST or (len(ones) > 1 and values[0] == 1):
            yield from _breaks(manuscript, ones)


def _sequences(sections: Sequence[Section]) -> Mapping[object, list[_Numbered]]:
    """Return the numbered headings that count on from each other, in the order of the text."""
    found: dict[object, list[_Numbered]] = defaultdict(list)
    above: list[Section] = []
    for section in sections[1:]:
        while above and above[-1].level >= section.level:
            above.pop()
        parent = above[-1].index if above else 0
        above.append(section)
        match = NUMBER.match(section.heading)
        if match and not (match["mark"] == ":" and match["number"].isalpha() and not match["word"]):
            *prefix, last = match["number"].lower().split(".")
            style = ((match["word"] or "").strip().lower(), match["open"], match["mark"] == ")")
            kind = "digits" if last.isdigit() else "letters"
            bare = kind == "digits" and not prefix and not match["word"] and not match["mark"]
            key = (*prefix, *style, kind, bare, () if prefix else (parent, section.level))
            value = int(last) if last.isdigit() else _letters(last, found[key])
            if value is not None:
                found[key].append(_Numbered(section, match["number"], value))
    return found


def _letters(text: str, before: Sequence[_Numbered]) -> int | None:
    """Return the place of a letter or Roman number: the one that follows what stands before it."""
    wanted = before[-1].value + 1 if before else 1
    readings = [ord(text) - ord("a") + 1] if len(text) == 1 else []
    if set(text) <= ROMAN.keys():
        values = [ROMAN[letter] for letter in text]
        pairs = zip(values, [*values[1:], 0], strict=True)
        readings.append(sum(-x if x < y else x for x, y in pairs))
    return min(readings, key=lambda one: abs(one - wanted), default=None)


def _breaks(manuscript: Manuscript, ones: Sequence[_Numbered]) -> Iterator[Problem]:
    """Yield the numbers that do not follow.

    Behind one, it is right to count on from it, or as if it were right.
    """
    expected = ones[0].value + 1
    also = expected
    for before, one in pairwise(ones):
        starts_anew = one.value == 1 and before.value != 1
        known = starts_anew or _stands_between(manuscript, before, one)
        if one.value in (expected, also) or known:
            expected = also = one.value + 1
        else:
            yield _break(manuscript, before, one, expected)
            expected, also = expected + 1, one.value + 1


def _break(manuscript: Manuscript, before: _Numbered, one: _Numbered, right: int) -> Problem:
    what = "stands twice" if one.value == before.value else f"follows {before.shown}"
    said = f"The heading “{one.section.heading}”: number {one.shown} {what}."
    hint = f"Number it {_like(one.shown, right)}, and see to what refers to it."
    place = manuscript.heading_starts[one.section.index]
    return manuscript.problem(place, Code.HEADING_NUMBER, said, hint)


def _stands_between(manuscript: Manuscript, before: _Numbered, one: _Numbered) -> bool:
    """Tell whether the number that is left out stands before text that is no heading."""
    if one.value <= before.value + 1:
        return False
    start, end = (manuscript.heading_starts[x.section.index] for x in (before, one))
    missing = re.escape(_like(one.shown, before.value + 1))
    return bool(
        re.search(rf"^[\s>#*_(]*{missing}\\?[.):\s]", manuscript.text[start + 1 : end], re.M | re.I)
    )


def _like(shown: str, value: int) -> str:
    """Return the number `value` in the form of another one."""
    *prefix, last = shown.split(".")
    if len(last) > 1 and last.isalpha():
        roman = "x" * (value // 10) + ONES[value % 10]
        return roman.upper() if last.isupper() else roman
    if not last.isdigit():
        letter = chr(ord("a") + value - 1) if value <= 26 and len(last) == 1 else str(value)
        return letter.upper() if last.isupper() else letter
    return ".".join([*prefix, str(value)])


def required_headings(
    manuscript: Manuscript, required: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    """Find headings that every policy of this category must have and this one has not."""
    metadata = manuscript.metadata
    if not metadata:
        return
    titles = [section.title for section in manuscript.document.sections[1:]]
    held = {" ".join(words_of(title)) for title in titles}
    for wanted in (*required.get("*", ()), *required.get(metadata.category, ())):
        if " ".join(words_of(wanted)) not in held:
            near = difflib.get_close_matches(wanted, titles, n=1, cutoff=0.5)
            said = f"The section “{wanted}” is missing, which every policy of this kind has."
            hint = f"Is it “{near[0]}”? Then give it that heading." if near else "Write it."
            yield manuscript.key_problem("title", Code.REQUIRED_HEADING, said, hint)
