"""Kinds that have a name for records and a sentence for readers."""

from __future__ import annotations

import enum
from typing import Self


class KindWithSentence(enum.Enum):
    """A kind of anything: its value stands in records, its `sentence` is for readers."""

    _value_: str
    sentence: str

    def __new__(cls, value: str, sentence: str = "") -> Self:
        """Make a member; by its value alone, one that is there is found."""
        self = object.__new__(cls)
        self._value_, self.sentence = value, sentence
        return self
