"""Sentences that a text still says elsewhere, or said before: no news to a reader."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from gazette.text.document import Section
from gazette.text.redline import Redline
from gazette.text.sentence_changes import SentenceChange

_SAME = 0.7
"""The share of its words that a restated sentence has in the other text."""
_PART = 5
"""Words that are looked for at a time; fewer stand in many texts by chance."""


class RestatedSentences:
    """The struck sentences that the new text has, and the new ones that the old text had.

    An item of a list is none of them: its words say nothing without those that lead up to it.
    """

    def __init__(self, change: Redline) -> None:
        self._sections = change.sections

    def __contains__(self, sentence: SentenceChange) -> bool:
        if not sentence.is_whole or sentence.stem:
            return False
        words = (sentence.old or sentence.new).rstrip(".!?").split()
        parts = [" ".join(words[at : at + _PART]) for at in range(0, len(words) - _PART + 1, _PART)]
        text = self._new if sentence.old else self._old
        if not any(part in text for part in parts[:2]):
            return False
        return sum(part in text for part in parts) >= _SAME * len(parts)

    @cached_property
    def _old(self) -> str:
        return _text(section.old for section in self._sections)

    @cached_property
    def _new(self) -> str:
        return _text(section.new for section in self._sections)


def _text(sections: Iterable[Section | None]) -> str:
    return "\n".join(block.text for section in sections if section for block in section.blocks)
