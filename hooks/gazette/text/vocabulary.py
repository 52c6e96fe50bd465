"""Words of a language that decide what a sentence does: oblige, allow, forbid, limit, cost.

A vocabulary is lists of words and phrases. Another language needs other lists, no other code.
"""

from __future__ import annotations

import enum
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gazette.language import to_translate


class Topic(enum.Enum):
    """What a change is about, the most important first; the value stands in records."""

    AGE = "age"
    PERIOD = "period"
    AMOUNT = "amount"
    LAW = "law"
    LIABILITY = "liability"
    FEE = "fee"
    PROHIBITION = "prohibition"
    PARTY = "party"
    EXCEPTION = "exception"
    DATA = "data"
    DUTY = "duty"
    RIGHT = "right"
    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    TITLE = "title"
    TERM = "term"
    OTHER = "other"
    DATE = "date"

    @property
    def sentence(self) -> str:
        """The topic as a reader would say it."""
        return _SENTENCES[self]


_SENTENCES = {
    Topic.AGE: to_translate("Age and children"),
    Topic.PERIOD: to_translate("Period or date"),
    Topic.AMOUNT: to_translate("Amount"),
    Topic.LAW: to_translate("Law and courts"),
    Topic.LIABILITY: to_translate("Liability"),
    Topic.FEE: to_translate("Fees"),
    Topic.PROHIBITION: to_translate("Prohibition"),
    Topic.PARTY: to_translate("Party"),
    Topic.EXCEPTION: to_translate("Exception or condition"),
    Topic.DATA: to_translate("Use of data"),
    Topic.DUTY: to_translate("Duty"),
    Topic.RIGHT: to_translate("Right or permission"),
    Topic.NEGATION: to_translate("Denial"),
    Topic.NUMBER: to_translate("Number"),
    Topic.NAME: to_translate("Who or where"),
    Topic.TITLE: to_translate("Title"),
    Topic.TERM: to_translate("Replaced throughout"),
    Topic.OTHER: to_translate("Other words"),
    Topic.DATE: to_translate("Date of the text"),
}

_WORD = re.compile(r"[^\W_]+|[%$€£¥₹]")
_NEAR = 3
"""So many words behind "may" or "must" a "not" still turns it: "may you not", "must also not"."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language, in small letters.

    `families` lists words and phrases by topic, with commas between them; `modals` are the words
    that one of the `negations` turns into a prohibition. What is written or spelled in two ways is
    brought into one: `contractions` within the text, whole words by `same`, the ends of longer
    words by `endings`. `idle` words have no meaning of their own. `stamps` are words that make a
    date the day of the text; `ages` those that make a number an age, and `references` those before
    the numbers of sections, both as alternatives of a pattern.
    """

    families: Mapping[Topic, str]
    modals: frozenset[str]
    negations: frozenset[str]
    contractions: Mapping[str, str]
    same: Mapping[str, str]
    endings: Mapping[str, str]
    idle: frozenset[str]
    months: Mapping[str, int]
    units: frozenset[str]
    numerals: Mapping[str, int]
    year: str
    ages: str
    stamps: frozenset[str]
    references: str

    def words(self, text: str, spelled: Spelled | None = None) -> list[str]:
        """Return the words of a text as they are compared, those of one meaning as one word.

        What `spelled` knows is not looked up again; the words of this text are added.
        """
        spelled = Spelled(self) if spelled is None else spelled
        return list(map(spelled.__getitem__, _WORD.findall(self._written_out(text))))

    def spelling(self, word: str) -> str:
        """Return the one form of a word."""
        if len(word) > 3 and word.endswith(self._ends):
            for length in self._end_lengths:
                ending = self.endings.get(word[-length:])
                if ending is not None and len(word) > length + 1:
                    word = word[:-length] + ending
                    break
        return self.same.get(word, word)

    def _written_out(self, text: str) -> str:
        """Return the text in small letters and without contractions."""
        text = text.casefold() if text.isascii() else text.casefold().replace("’", "'")
        if any(map(text.__contains__, self._hints)):
            text = self._contraction.sub(lambda match: self.contractions[match[0]], text)
        return text

    def triggers(self, words: Sequence[str]) -> Counter[str]:
        """Count the phrases that tell of a topic, and negations with the word that they turn."""
        topics, phrases, negations = self._topics, self._phrases, self.negations
        counts = Counter([word for word in words if word in topics])
        for at, word in enumerate(words):
            if word in phrases:
                following = words[at + 1 : at + 2]
                for rest, phrase in phrases[word]:
                    if rest[:1] == following and words[at + 1 : at + 1 + len(rest)] == rest:
                        counts[phrase] += 1
            if word in negations:
                before = words[max(0, at - _NEAR) : at]
                modal = next((word for word in reversed(before) if word in self.modals), "")
                counts[f"{modal} {word}".lstrip()] += 1
        return counts

    def topic(self, phrase: str) -> Topic:
        """Return what a phrase tells; a negation forbids behind a word such as "may"."""
        if phrase in self._topics:
            return self._topics[phrase]
        return Topic.PROHIBITION if " " in phrase else Topic.NEGATION

    def modal_words(self, text: str) -> Counter[str]:
        """Count the words that oblige, allow or deny, in the form in which they are written."""
        deciding = self.modals | self.negations
        words = _WORD.findall(self._written_out(text))
        return Counter(word for word in words if self.same.get(word, word) in deciding)

    @cached_property
    def _topics(self) -> Mapping[str, Topic]:
        """The topic of each phrase, its words in their one form."""
        return {
            " ".join(self.words(phrase)): topic
            for topic, listed in self.families.items()
            for phrase in listed.split(",")
        }

    @cached_property
    def _phrases(self) -> Mapping[str, Sequence[tuple[list[str], str]]]:
        """The phrases of several words by the first: the other words of each, and the phrase."""
        phrases: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for phrase in self._topics:
            first, *rest = phrase.split()
            if rest:
                phrases[first].append((rest, phrase))
        return dict(phrases)

    @cached_property
    def _contraction(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.contractions)))

    @cached_property
    def _hints(self) -> Sequence[str]:
        """What a text must hold to have a contraction."""
        return ["'", *(key for key in self.contractions if "'" not in key)]

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        return tuple(self.endings)

    @cached_property
    def _end_lengths(self) -> Sequence[int]:
        return sorted({len(ending) for ending in self.endings}, reverse=True)


class Spelled(dict[str, str]):
    """The forms of words as a vocabulary has them, kept as long as a text is worked on."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __missing__(self, word: str) -> str:
        self[word] = form = self._vocabulary.spelling(word)
        return form
