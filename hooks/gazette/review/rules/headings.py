"""Headings: their numbers run without gaps, and those that must be there are."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gazette.review.policy_text import Finding, PolicyText
from gazette.review.review import PolicyReview
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
FEWEST_HEADINGS = 3
"""So many numbered headings make a sequence; “3 things to know” alone is none."""


SIMILAR_HEADING = 0.5
"""How alike, by difflib, a heading is to the one that is asked for when it may be meant."""


@dataclass(frozen=True)
class _Numbered:
    section: Section
    shown: str
    value: int


def heading_numbers(policy: PolicyReview) -> Iterator[Finding]:
    """Find numbers of headings that are left out, stand twice or run backwards."""
    for sequence in _sequences(policy.text.document.sections).values():
        starts_at_one = len(sequence) > 1 and sequence[0].value == 1
        if len(sequence) >= FEWEST_HEADINGS or starts_at_one:
            yield from _gaps(policy.text, sequence)


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


def _gaps(text: PolicyText, sequence: Sequence[_Numbered]) -> Iterator[Finding]:
    """Yield the numbers that do not follow.

    Behind a wrong number, it is right to count on from it, or as if it were right.
    """
    expected = alternative = sequence[0].value + 1
    for before, heading in pairwise(sequence):
        starts_anew = heading.value == 1 and before.value != 1
        is_right = heading.value in (expected, alternative)
        if is_right or starts_anew or _is_listed_between(text, before, heading):
            expected = alternative = heading.value + 1
        else:
            yield _gap(text, before, heading, expected)
            expected, alternative = expected + 1, heading.value + 1


def _gap(text: PolicyText, before: _Numbered, heading: _Numbered, expected: int) -> Finding:
    fault = "stands twice" if heading.value == before.value else f"follows {before.shown}"
    message = f"The heading “{heading.section.heading}”: number {heading.shown} {fault}."
    hint = f"Number it {_like(heading.shown, expected)}, and see to what refers to it."
    return text.finding(text.heading_starts[heading.section.index], message, hint)


def _is_listed_between(text: PolicyText, before: _Numbered, heading: _Numbered) -> bool:
    """Return whether the number that is left out stands before text that is no heading."""
    if heading.value <= before.value + 1:
        return False
    start, end = (text.heading_starts[item.section.index] for item in (before, heading))
    missing = re.escape(_like(heading.shown, before.value + 1))
    line = re.compile(rf"^[\s>#*_(]*{missing}\\?[.):\s]", re.M | re.I)
    return bool(line.search(text.text[start + 1 : end]))


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


def required_headings(policy: PolicyReview) -> Iterator[Finding]:
    """Find headings that every policy of this category must have and this one has not."""
    metadata, required = policy.text.metadata, policy.review.settings.required_headings
    if not metadata:
        return
    titles = [section.title for section in policy.text.document.sections[1:]]
    present = {" ".join(words_of(title)) for title in titles}
    for heading in (*required.get("*", ()), *required.get(metadata.category, ())):
        if " ".join(words_of(heading)) not in present:
            similar = difflib.get_close_matches(heading, titles, n=1, cutoff=SIMILAR_HEADING)
            message = f"The section “{heading}” is missing, which every policy of this kind has."
            hint = f"Is it “{similar[0]}”? Then give it that heading." if similar else "Write it."
            yield policy.text.key_finding("title", message, hint)
