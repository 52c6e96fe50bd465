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
from gazette.text.numbers import ROMAN, heading_noun, values_of, written
from gazette.text.tokens import words_of

NUMBER = re.compile(
    r"(?P<word>(?:section|article|clause|part|chapter|annex|schedule|§)\s*)?(?P<open>\(?)"
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}})*|[a-z]|{ROMAN})"
    r"(?P<mark>\.(?!\w)|\)|:|(?=\s+[-–—]\s)|(?<=\d)(?=\s)|$)",
    re.I,
)
FEWEST_HEADINGS = 3
"""So many numbered headings make a sequence and a numbered policy; “3 tips” alone makes none."""
FEWEST_PAIRS = 3
"""So many headings that stand twice, one behind the other, may be those of two languages."""

SIMILAR_HEADING = 0.5
"""How alike, by difflib, a heading is to one that is asked for or written when it may be meant."""


@dataclass(frozen=True)
class _Numbered:
    """A heading with its number as it is written, and the last part of that as a value."""

    section: Section
    number: str
    value: int

    def with_value(self, value: int) -> str:
        """Return another number in the form of this: digits, a letter or a Roman number."""
        *prefix, last = self.number.split(".")
        is_letter = len(last) == 1 and self.value in values_of(last)[:1]
        style = "a" if is_letter else "i"
        style = "1" if last.isdigit() else style.upper() if last.isupper() else style
        return ".".join([*prefix, written(value, style)])


def heading_numbers(policy: PolicyReview) -> Iterator[Finding]:
    """Find numbers of headings that are left out, stand twice or run backwards."""
    for sequence in _sequences(policy.text.document.sections).values():
        starts_at_one = len(sequence) > 1 and sequence[0].value == 1
        if _is_in_two_languages(sequence):
            continue
        if len(sequence) >= FEWEST_HEADINGS or starts_at_one:
            yield from _gaps(policy.text, sequence)
    yield from _strays(policy.text)


def _is_in_two_languages(sequence: Sequence[_Numbered]) -> bool:
    """Tell whether nearly every number stands twice, one behind the other."""
    pairs = sum(before.value == heading.value for before, heading in pairwise(sequence))
    return pairs >= FEWEST_PAIRS and 2 * pairs >= len(sequence) - 1


def _strays(text: PolicyText) -> Iterator[Finding]:
    """Yield headings under a numbered section that bear another one's number: 1.2 under 4.

    One finding is enough for all of one number under one section.
    """
    reported: set[tuple[int, str]] = set()
    for parent, section in _dotted(text.document.sections):
        prefix = section.number.rpartition(".")[0]
        if prefix != parent.number and (parent.index, prefix) not in reported:
            reported.add((parent.index, prefix))
            message = f"“{section.heading}” bears the number of section {prefix}, but stands under "
            message += f"“{parent.heading}”."
            hint = f"Give it a number that begins with {parent.number}, or move it."
            yield text.finding(text.heading_starts[section.index], message, hint)


def _dotted(sections: Sequence[Section]) -> Iterator[tuple[Section, Section]]:
    """Yield each heading with a number of several parts, behind the one that has its beginning.

    That is the nearest before it with one part less, where no heading without number ends it.
    """
    above: list[Section] = []
    for section in sections[1:]:
        parts = section.number.count(".")
        while above and (
            above[-1].number.count(".") >= parts
            if section.number
            else above[-1].level >= section.level
        ):
            above.pop()
        parent = above[-1] if above else None
        if parent and parts == parent.number.count(".") + 1 and _counts_on(parent):
            yield parent, section
        if section.number:
            above.append(section)


def _counts_on(parent: Section) -> bool:
    """Return whether the numbers below a heading begin with its own: not those of chapters."""
    nouns = {"", "section", "article", "clause"}
    return parent.number.replace(".", "").isdecimal() and heading_noun(parent.heading) in nouns


def _sequences(sections: Sequence[Section]) -> Mapping[object, list[_Numbered]]:
    """Return the numbered headings that count on from each other, in the order of the text."""
    sequences: dict[object, list[_Numbered]] = defaultdict(list)
    above: list[Section] = []
    for section in sections[1:]:
        while above and above[-1].level >= section.level:
            above.pop()
        parent = above[-1].index if above else 0
        above.append(section)
        match = NUMBER.match(section.heading)
        if match and not _is_question(match):
            sequence = sequences[_style(match, (parent, section.level))]
            last = match["number"].rpartition(".")[2]
            expected = sequence[-1].value + 1 if sequence else 1
            values = [int(last)] if last.isdigit() else values_of(last)
            value = min(values, key=lambda value: abs(value - expected))
            sequence.append(_Numbered(section, match["number"], value))
    return sequences


def _is_question(match: re.Match[str]) -> bool:
    """Return whether a letter stands for a word, as in “Q: May I?”."""
    return match["mark"] == ":" and match["number"].isalpha() and not match["word"]


def _style(match: re.Match[str], place: tuple[int, int]) -> object:
    """Return what the numbers of one sequence have in common: their form, prefix, and `place`."""
    *prefix, last = match["number"].lower().split(".")
    word, mark = (match["word"] or "").strip().lower(), match["mark"]
    is_bare = last.isdigit() and not (prefix or word or mark)
    form = (word, match["open"], mark == ")", last.isdigit(), is_bare)
    return (*prefix, *form, () if prefix else place)


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
    fault = "stands twice" if heading.value == before.value else f"follows {before.number}"
    message = f"The heading “{heading.section.heading}”: number {heading.number} {fault}."
    hint = f"Number it {heading.with_value(expected)}, and see to what refers to it."
    return text.finding(text.heading_starts[heading.section.index], message, hint)


def _is_listed_between(text: PolicyText, before: _Numbered, heading: _Numbered) -> bool:
    """Return whether the number that is left out stands before text that is no heading."""
    if heading.value <= before.value + 1:
        return False
    start, end = (text.heading_starts[item.section.index] for item in (before, heading))
    missing = re.escape(heading.with_value(before.value + 1))
    line = re.compile(rf"^[\s>#*_(]*{missing}\\?[.):\s]", re.M | re.I)
    return bool(line.search(text.text[start + 1 : end]))


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
