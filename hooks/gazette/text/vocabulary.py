"""Words of a language that decide what a sentence does: oblige, allow, forbid, limit, cost.

A vocabulary is lists of words and phrases. Another language needs other lists, no other code. One
without words still reads what every language writes alike: amounts, numbers, days in figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gazette.language import to_translate
from gazette.text.kinds_with_sentences import KindWithSentence


class Topic(KindWithSentence):
    """What a change is about, the most important first: for records, and for a reader."""

    AGE = ("age", to_translate("Age and children"))
    PERIOD = ("period", to_translate("Period or date"))
    AMOUNT = ("amount", to_translate("Amount"))
    LAW = ("law", to_translate("Law and courts"))
    LIABILITY = ("liability", to_translate("Liability"))
    FEE = ("fee", to_translate("Fees"))
    PROHIBITION = ("prohibition", to_translate("Prohibition"))
    PARTY = ("party", to_translate("Party"))
    EXCEPTION = ("exception", to_translate("Exception or condition"))
    DATA = ("data", to_translate("Use of data"))
    DUTY = ("duty", to_translate("Duty"))
    RIGHT = ("right", to_translate("Right or permission"))
    NEGATION = ("negation", to_translate("Denial"))
    NUMBER = ("number", to_translate("Number"))
    NAME = ("name", to_translate("Who or where"))
    TITLE = ("title", to_translate("Title"))
    TERM = ("term", to_translate("Replaced throughout"))
    OTHER = ("other", to_translate("Other words"))
    DATE = ("date", to_translate("Date of the text"))


_WORD = re.compile(r"[^\W_]+|[%$€£¥₹]")
NOTHING = "(?!)"
"""A pattern for what is never there."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language, in small letters.

    `families` lists words and phrases by topic, with commas between them; a star in a word stands
    for any letters, as before and behind the parts of compounds. `modals` are the words that one of
    the `negations` turns into a prohibition, from as many words before it and behind it as `reach`
    says: "may you not", "ne peut"; `limits` say of whom, of how much and whether together something
    holds: "all", "your", "or", "non-". What is written or spelled in two ways is brought into one:
    `contractions` within the text, whole words by `same`, the ends of longer words by `endings`.
    `idle` words have no meaning of their own. `sides` are words for the two who agree, and
    `opposites` pairs of words: one in place of another turns a sentence; one of the `equals` in
    place of another of its group does not. `inquiries` are phrases, with commas between them, of
    sentences that only say whom to ask. `joints` are words between the parts of an enumeration.
    `units` names the unit of each form of a word, and `sorts` the kinds of days, before or behind
    it. `stamps` are words that make a date the day of the text; `ages` those that make a number an
    age, `references` those before the numbers of sections, and `currencies` words for money, as
    alternatives of a pattern. `month_first` says that 3/4 is a day of March, `nouns_are_capitals`
    that a capital alone makes no name.
    """

    families: Mapping[Topic, str] = field(default_factory=dict)
    modals: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
    reach: tuple[int, int] = (3, 0)
    contractions: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    idle: frozenset[str] = frozenset()
    sides: tuple[frozenset[str], ...] = ()
    opposites: tuple[frozenset[str], ...] = ()
    equals: tuple[frozenset[str], ...] = ()
    inquiries: str = ""
    joints: frozenset[str] = frozenset()
    months: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    sorts: frozenset[str] = frozenset()
    numerals: Mapping[str, int] = field(default_factory=dict)
    year: str = ""
    ages: str = NOTHING
    stamps: frozenset[str] = frozenset()
    references: str = NOTHING
    currencies: str = NOTHING
    month_first: bool = False
    nouns_are_capitals: bool = False

    def words(self, text: str, spelled: WordMemory | None = None) -> list[str]:
        """Return the words of a text as they are compared, those of one meaning as one word.

        What `spelled` knows is not looked up again; the words of this text are added.
        """
        spelled = WordMemory(self.spelling) if spelled is None else spelled
        return list(map(spelled.__getitem__, _WORD.findall(self._written_out(text))))

    def spelling(self, word: str) -> str:
        """Return the one form of a word."""
        if word in self._listed:
            return self.same.get(word, word)
        if len(word) > 3 and word.endswith(self._ends):
            for length in self._end_lengths:
                ending = self.endings.get(word[-length:])
                if ending is not None and len(word) > length + 1:
                    word = word[:-length] + ending
                    break
        return self.same.get(word, word)

    def _written_out(self, text: str) -> str:
        """Return the text in small letters and without contractions."""
        if not text.isascii():
            text = unicodedata.normalize("NFC", text).replace("’", "'")
        return self._contraction.sub(lambda match: self.contractions[match[0]], text.casefold())

    def triggers(self, words: Sequence[str], starred: WordMemory) -> Counter[str]:
        """Count the phrases that tell of a topic, and negations with the word that they turn.

        `starred` are the words that were looked up by `with_star`; those of `words` are added.
        """
        topics, phrases, negations = self._topics, self._phrases, self.negations
        counts = Counter([word for word in words if word in topics])
        if self._parts:
            counts.update(filter(None, map(starred.__getitem__, words)))
        for at, word in enumerate(words):
            if word in phrases:
                following = words[at + 1 : at + 2]
                for rest, phrase in phrases[word]:
                    if rest[:1] == following and words[at + 1 : at + 1 + len(rest)] == rest:
                        counts[phrase] += 1
            if word in negations:
                before, behind = self.reach
                near = *words[max(0, at - before) : at][::-1], *words[at + 1 : at + 1 + behind]
                modal = next((word for word in near if word in self.modals), "")
                counts[f"{modal} {word}".lstrip()] += 1
        return counts

    def topic(self, phrase: str) -> Topic:
        """Return what a phrase tells; a negation forbids behind a word such as "may"."""
        if phrase in self._topics:
            return self._topics[phrase]
        return Topic.PROHIBITION if " " in phrase else Topic.NEGATION

    @property
    def deciding(self) -> frozenset[str]:
        """The words that oblige, allow, deny or limit, in their one form."""
        return self.modals | self.negations | self.limits

    def modal_words(self, text: str) -> Counter[str]:
        """Count the words that oblige, allow or deny, in the form in which they are written."""
        deciding = self.modals | self.negations
        words = _WORD.findall(self._written_out(text))
        return Counter(word for word in words if self.same.get(word, word) in deciding)

    @cached_property
    def _topics(self) -> Mapping[str, Topic]:
        """The topic of each phrase, its words in their one form but for those with a star."""
        return {
            phrase.strip() if "*" in phrase else " ".join(self.words(phrase)): topic
            for topic, listed in self.families.items()
            for phrase in listed.split(",")
        }

    @cached_property
    def _parts(self) -> Sequence[str]:
        """The words with a star."""
        return [phrase for phrase in self._topics if "*" in phrase]

    @cached_property
    def _part(self) -> re.Pattern[str]:
        return re.compile("|".join(f"({self._pattern(part)})" for part in self._parts))

    def _pattern(self, part: str) -> str:
        """Return the pattern of a word with a star, which may also stand there in its one form."""
        stem = part.strip("*")
        spelled = part.rstrip("*").replace(stem, self.spelling(stem))
        return "|".join(dict.fromkeys(form.replace("*", ".*") for form in (part, spelled)))

    def with_star(self, word: str) -> str:
        """Return the word with a star that a word is a case of, empty where there is none."""
        if word in self._topics or word in self._listed:
            return ""
        match = self._part.fullmatch(word)
        return self._parts[match.lastindex - 1] if match and match.lastindex else ""

    @cached_property
    def _listed(self) -> frozenset[str]:
        """The words whose ends stay as they are."""
        lists = self.same, self.idle, self.modals, self.negations, self.numerals
        return frozenset().union(*lists)

    @cached_property
    def stamp_forms(self) -> frozenset[str]:
        """The `stamps` in their one form."""
        return frozenset(map(self.spelling, self.stamps))

    @cached_property
    def side_forms(self) -> Sequence[frozenset[str]]:
        """The words of both `sides` in their one form."""
        return [frozenset(map(self.spelling, words)) for words in self.sides]

    @cached_property
    def opposite_forms(self) -> Sequence[frozenset[str]]:
        """The pairs of `opposites` in their one form."""
        return [frozenset(map(self.spelling, pair)) for pair in self.opposites]

    def is_inquiry(self, words: Sequence[str]) -> bool:
        """Tell whether a sentence, in words as they are compared, says whom to ask."""
        text = f" {' '.join(words)} "
        return any(f" {phrase} " in text for phrase in self._inquiry_forms)

    @cached_property
    def _inquiry_forms(self) -> Sequence[str]:
        return [" ".join(self.words(phrase)) for phrase in self.inquiries.split(",") if phrase]

    @cached_property
    def equal_forms(self) -> Sequence[frozenset[str]]:
        """The groups of `equals` in their one form."""
        return [frozenset(map(self.spelling, group)) for group in self.equals]

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
        return re.compile("|".join(map(re.escape, self.contractions)) or NOTHING)

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        return tuple(self.endings)

    @cached_property
    def _end_lengths(self) -> Sequence[int]:
        return sorted({len(ending) for ending in self.endings}, reverse=True)


class WordMemory(dict[str, str]):
    """What a vocabulary says of words, kept as long as a text is worked on."""

    def __init__(self, look_up: Callable[[str], str]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> str:
        self[word] = value = self._look_up(word)
        return value


# ---- how vocabularies are written ----


def words(text: str) -> frozenset[str]:
    """Return the words of a list, with white space between them."""
    return frozenset(text.split())


def groups(text: str) -> tuple[frozenset[str], ...]:
    """Return groups of words that are joined by bars."""
    return tuple(frozenset(joined.split("|")) for joined in text.split())


def numbered(names: str, values: range) -> dict[str, int]:
    """Return words, separated by white space or bars, with their numbers; bars join synonyms."""
    listed = zip(names.split(), values, strict=True)
    return {name: value for joined, value in listed for name in joined.split("|")}


def forms(text: str) -> dict[str, str]:
    """Return the first of words that are joined by bars, by each of them."""
    listed = (joined.split("|") for joined in text.split())
    return {form: group[0] for group in listed for form in group}
