"""What matters first: changed numbers, dates and amounts, turned duties, replaced terms."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from gazette.redline import Redline, SectionChange


class Topic(enum.Enum):
    """Why a change matters."""

    NUMBER = "number"
    DUTY = "duty"
    TERM = "term"

    @property
    def sentence(self) -> str:
        """The topic as a reader would say it."""
        return _SENTENCES[self]


_SENTENCES = {
    Topic.NUMBER: "Number, date or amount",
    Topic.DUTY: "Duty or right",
    Topic.TERM: "Term replaced throughout",
}


@dataclass(frozen=True, slots=True)
class Highlight:
    """One replacement, the section where it stands first, and how often it stands."""

    topic: Topic
    old: str
    new: str
    section: SectionChange
    times: int = 1


def highlights(change: Redline) -> tuple[Highlight, ...]:
    """Return what a reader should see first, in the order of the text."""
    return ()
