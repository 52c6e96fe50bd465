"""What a changed sentence is about, and how much it matters: by its figures and its words.

A topic counts when the words that tell of it came, went or turned; in a sentence of which other
words changed, it counts less. Words that say the same in another form are no change: spellings,
contractions, "can" for "may", numbers of sections.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from gazette.text.clauses import clause
from gazette.text.figures import FigureReader
from gazette.text.replacements import replacements
from gazette.text.sentence_changes import Marked, SentenceChange, side
from gazette.text.sentence_pairs import aligned
from gazette.text.spelling import is_same_word
from gazette.text.vocabulary import Topic, Vocabulary, WordMemory
from gazette.text.wording import Op, Run

WEIGHTS = {
    Topic.AGE: 100,
    Topic.AMOUNT: 95,
    Topic.PERIOD: 90,
    Topic.LAW: 85,
    Topic.LIABILITY: 85,
    Topic.FEE: 80,
    Topic.PROHIBITION: 80,
    Topic.PARTY: 80,
    Topic.TITLE: 75,
    Topic.EXCEPTION: 70,
    Topic.DATA: 70,
    Topic.DUTY: 65,
    Topic.RIGHT: 65,
    Topic.NEGATION: 65,
    Topic.NUMBER: 60,
    Topic.NAME: 55,
    Topic.TERM: 50,
    Topic.OTHER: 20,
    Topic.DATE: 5,
}
"""How much a topic matters: figures that bind, then who answers for what and before which court,
what is forbidden, what data are used for, duties and rights; the day of the text last."""
_RANKS = {topic: (weight, -at) for at, (topic, weight) in enumerate(WEIGHTS.items())}
_MORE_TOPICS = 3
_MOST_TOPICS = 4
"""What each further topic of a sentence adds, up to so many of them."""
_IN_CONTEXT = 0.6
"""The share of its weight that a topic has of which no word changed."""
_FEWEST_WORDS = 2
"""One other word changes the meaning of a sentence less often than its style."""
_TITLE = 6
"""A new line of as many words or fewer that ends without a full stop is a title."""
_DATE = 3
_STAMP = 12
"""A line of so many words with a date is nothing else; one of fewer than twelve says when the text
was posted, if it names that."""
_NEAR = 5
"""Kept words on either side of a change that can make a phrase with it."""
_TURNED = 3
"""So many words or fewer stand in place of their opposite; more of them say something else."""
_WEAK = frozenset(
    (Topic.PARTY, Topic.EXCEPTION, Topic.DATA, Topic.DUTY, Topic.RIGHT, Topic.NAME, Topic.NUMBER)
)
"""What a sentence is also about that only says whom to ask: "about how your data are used"."""
_END = (".", "!", "?", "。", "！", "？")
_NAME = re.compile(r"(?<=[\w,] )[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+)*")


@dataclass(frozen=True, eq=False, slots=True)
class Judgement:
    """A change of a sentence with its most important topic."""

    change: SentenceChange
    topic: Topic
    weight: float


_Verdict = tuple[Topic, float] | None
"""The topic of a change and its weight."""


class Judge:
    """Judges sentences by the words of a language; sentences of several redlines only once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._spelled = WordMemory(vocabulary.spelling)
        self._starred = WordMemory(vocabulary.with_star)
        self.marked: Marked = {}
        self._words: dict[str, Sequence[str]] = {}
        self._verdicts: dict[object, _Verdict] = {}

    @cached_property
    def _figures(self) -> FigureReader:
        return FigureReader(self.vocabulary)

    def words(self, text: str) -> list[str]:
        """Return the words of a text as they are compared."""
        return self.vocabulary.words(text, self._spelled)

    def triggers(self, words: Sequence[str]) -> Counter[str]:
        """Count what tells of a topic in words as they are compared."""
        return self.vocabulary.triggers(words, self._starred)

    def words_of(self, change: SentenceChange) -> Sequence[str]:
        """Return the words of a whole sentence; they are kept as long as the judge."""
        text = change.old or change.new
        if text not in self._words:
            self._words[text] = self.words(text)
        return self._words[text]

    def judge(self, change: SentenceChange) -> Judgement | None:
        """Return what the change is about, None where the sentence says the same as before."""
        kind = change.is_item, change.is_title, change.is_lead, change.is_reworded
        key = change.runs, change.stem, kind
        if key not in self._verdicts:
            self._verdicts[key] = self._verdict(change)
        verdict = self._verdicts[key]
        return Judgement(change, *verdict) if verdict else None

    def _verdict(self, change: SentenceChange) -> _Verdict:
        old, new = self._compared(change)
        content = self._content(old, new)
        figures = self._figure_topics(change)
        turned = self._turned(change)
        if not (content or figures or turned):
            return None
        if figures and self._is_stamp(change, figures):
            return Topic.DATE, WEIGHTS[Topic.DATE]
        if change.is_title:
            return _weighed({Topic.TITLE}, len(content)) if content else None
        topics = turned | self._of_figures(change, figures)
        topics |= self._of_words(change, old, new) if content else set()
        if _WEAK.issuperset(topics) and not figures and self._is_inquiry(change):
            return Topic.OTHER, WEIGHTS[Topic.OTHER]
        if topics and (figures or turned or not _is_line(change)):
            return _weighed(topics, len(content))
        return self._by_context(change, content)

    def _of_words(
        self, change: SentenceChange, old: Sequence[str], new: Sequence[str]
    ) -> set[Topic]:
        """Return the topics of words, and of a number that is written as one."""
        topics = self._topics(old, new)
        if not change.is_whole and self._counts_differ(old, new):
            topics.add(Topic.NUMBER)
        return topics

    def _of_figures(self, change: SentenceChange, figures: Collection[Topic]) -> set[Topic]:
        """Return the topics of figures; the number of a whole sentence tells of none."""
        topics = set(figures)
        if Topic.DATE in topics:
            topics = topics - {Topic.DATE} | {Topic.PERIOD}
        return topics - {Topic.NUMBER} if change.is_whole else topics

    def _is_inquiry(self, change: SentenceChange) -> bool:
        """Tell whether a sentence only says whom to ask; one that was struck was an offer."""
        texts = (change.old or change.new, change.new)
        return all(self.vocabulary.is_inquiry(self.words(text)) for text in texts)

    def _compared(self, change: SentenceChange) -> tuple[Sequence[str], Sequence[str]]:
        """Return of both texts the words that changed, with a few around them."""
        if change.is_whole:
            words = [*self.words(change.stem), *self.words_of(change)]
            return (words, ()) if change.old else ((), words)
        if change.is_reworded:
            return self.words(change.old), self.words(change.new)
        last = len(change.runs) - 1
        runs = [
            _shortened(run, at > 0, at < last) if run.op is Op.KEPT else run
            for at, run in enumerate(self._without_equals(change.runs))
        ]
        return self.words(side(runs, Op.INSERTED)), self.words(side(runs, Op.DELETED))

    def _without_equals(self, runs: Sequence[Run]) -> Sequence[Run]:
        """Return the runs, where a word stands in place of its equal the old one on both sides."""
        runs = [*runs]
        for replaced in replacements(runs):
            if self._are_equal(replaced.old, replaced.new):
                for at in range(replaced.start, replaced.end):
                    runs[at] = Run(runs[at].op, replaced.old)
        return runs

    def _are_equal(self, old: str, new: str) -> bool:
        """Tell whether both have a word of the same group of equals, and none with a meaning else.

        An idle word alone is no equal: "if" that became "and" is no condition any more.
        """
        sides = [frozenset(self.words(text)) for text in (old, new)]
        return any(
            all(words & group and words - self.vocabulary.idle <= group for words in sides)
            for group in self.vocabulary.equal_forms
        )

    def _topics(self, old: Sequence[str], new: Sequence[str]) -> set[Topic]:
        """Return the topics of which words came, went or turned."""
        before, after = map(self.triggers, (old, new))
        turned = [*(before - after), *(after - before)] if before and after else before or after
        return set(map(self.vocabulary.topic, turned))

    def _turned(self, change: SentenceChange) -> set[Topic]:
        """Return the topics of words in whose place stands an opposite, or the other who agreed."""
        topics: set[Topic] = set()
        for replaced in replacements(aligned(change).runs):
            before, after = (frozenset(self.words(t)) for t in (replaced.old, replaced.new))
            if not all(0 < len(words) <= _TURNED for words in (before, after)):
                continue
            if any(_holds_both(pair, before, after) for pair in self.vocabulary.opposite_forms):
                topics.add(Topic.EXCEPTION)
            parties = [
                [bool(words & forms) for forms in self.vocabulary.side_forms]
                for words in (before, after)
            ]
            if sorted(parties) == [[False, True], [True, False]]:
                topics.add(Topic.NAME)
        return topics

    def with_units(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        """Return the runs, with each replaced number the unit behind it."""
        return self._figures.with_units(runs)

    def is_same(self, old: str, new: str) -> bool:
        """Tell whether two texts say the same in figures and in words of the vocabulary."""
        before, after = (self.triggers(self.words(t)) for t in (old, new))
        return before == after and self._figures.figures(old) == self._figures.figures(new)

    def says_the_same(self, old: str, new: str) -> bool:
        """Tell whether two texts have the same words with a meaning, but for their spelling."""
        if self.vocabulary.modal_words(old) != self.vocabulary.modal_words(new):
            return False
        before, after = map(self._deciding, (old, new))
        return len(before) == len(after) and all(map(is_same_word, before, after))

    def _deciding(self, text: str) -> list[str]:
        idle = self.vocabulary.idle - self.vocabulary.limits
        return [word for word in self.words(text) if word not in idle]

    def is_term(self, old: str, new: str) -> bool:
        """Tell whether one text can be another name for the other: no figure or duty differs."""
        modal_words = self.vocabulary.modal_words
        if modal_words(old) != modal_words(new):
            return False
        return self._figures.figures(old) == self._figures.figures(new)

    def _content(self, old: Sequence[str], new: Sequence[str]) -> list[str]:
        """Return the words with a meaning that came or went, respelled ones left out."""
        if not (old and new):
            return self._meaning(dict.fromkeys(old or new))
        before, after = Counter(old), Counter(new)
        words = [self._meaning(words) for words in (before - after, after - before)]
        if len(words[0]) == len(words[1]) and all(map(is_same_word, *words)):
            return []
        return words[0] + words[1]

    def _meaning(self, words: Collection[str]) -> list[str]:
        idle = self.vocabulary.idle
        return [w for w in words if w not in idle and len(w) > 1 and not w.isdigit()]

    def _figure_topics(self, change: SentenceChange) -> set[Topic]:
        """Return the kinds of figures that came, went or changed."""
        changed = [run.text for run in change.runs if run.op is not Op.KEPT]
        if not any(map(self._figures.has_part, changed)):
            return set()
        if change.is_whole:
            return {figure.topic for figure in self._figures.figures(change.old or change.new)}
        old, new = map(self._figures.figures, (change.old, change.new))
        return {figure.topic for figure in (old - new) + (new - old)}

    def _counts_differ(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Tell whether a number was replaced that is written as a word."""
        before, after = (self.vocabulary.numerals.keys() & set(words) for words in (old, new))
        return bool(before - after and after - before)

    def _is_stamp(self, change: SentenceChange, figures: Collection[Topic]) -> bool:
        """Tell whether a line with a date is made for it; one below the title may be numbered."""
        text = change.new or change.old
        words = self.words(text)
        if len(words) >= _STAMP or not {Topic.DATE, Topic.NUMBER}.issuperset(figures):
            return False
        is_named = not self.vocabulary.stamp_forms.isdisjoint(words)
        if Topic.NUMBER not in figures and (is_named or len(words) <= _DATE):
            return True
        if not change.is_lead or text.endswith(_END):
            return False
        kept = " ".join(run.text for run in change.runs if run.op is Op.KEPT)
        is_bare = Topic.DATE in figures and not self.triggers(self.words(kept or text))
        return is_named or is_bare

    def _by_context(self, change: SentenceChange, content: Sequence[str]) -> _Verdict:
        """Judge a change of words that tell nothing by those around them."""
        if change.is_whole:
            is_sentence = len(content) >= _FEWEST_WORDS and not _is_line(change)
            return (Topic.OTHER, WEIGHTS[Topic.OTHER]) if is_sentence else None
        if self._has_name(change):
            return _weighed({Topic.NAME}, len(content))
        if len(content) < _FEWEST_WORDS and not self._is_enumerated(change):
            return None
        quoted = self.words("".join(run.text for run in clause(change.runs)))
        near = map(self.vocabulary.topic, self.triggers(quoted))
        best = max(near, key=_RANKS.__getitem__, default=Topic.OTHER)
        return best, max(WEIGHTS[best] * _IN_CONTEXT, WEIGHTS[Topic.OTHER])

    def _is_enumerated(self, change: SentenceChange) -> bool:
        """Tell whether a part of an enumeration came or went, with what joined it to the others."""
        marked = [
            self.words(" ".join(run.text for run in change.runs if run.op is op))
            for op in (Op.DELETED, Op.INSERTED)
        ]
        if all(map(self._meaning, marked)):
            return False
        has_comma = any("," in run.text for run in change.runs if run.op is not Op.KEPT)
        return has_comma or not self.vocabulary.joints.isdisjoint(marked[0] + marked[1])

    def _has_name(self, change: SentenceChange) -> bool:
        """Tell whether a name came or went within the sentence, not only its capitals."""
        old, new = (side(change.runs, op) for op in (Op.INSERTED, Op.DELETED))
        before, after = (Counter(filter(self._is_name, _NAME.findall(text))) for text in (old, new))
        gone = (name for name in before - after if name.casefold() not in new.casefold())
        come = (name for name in after - before if name.casefold() not in old.casefold())
        return any(gone) or any(come)

    def _is_name(self, capitals: str) -> bool:
        """Tell whether words with capitals name something; where nouns have them, two do."""
        if not self.vocabulary.nouns_are_capitals:
            return True
        first, *rest = re.split("[ -]", capitals)
        return bool(rest) and first.casefold() not in self.vocabulary.idle


def _holds_both(pair: frozenset[str], old: frozenset[str], new: frozenset[str]) -> bool:
    """Tell whether one word of a pair was struck, and the other stands in its place."""
    return bool(pair & (old - new)) and bool(pair & (new - old)) and pair <= old | new


def _shortened(run: Run, is_behind: bool, is_before: bool) -> Run:
    """Return the words of a kept run that are near a change before or behind it."""
    words = run.text.split(" ")
    if len(words) <= 2 * _NEAR:
        return run
    parts = [" ".join(words[:_NEAR])] * is_behind + [" ".join(words[-_NEAR:])] * is_before
    return Run(run.op, " . ".join(parts))


def _weighed(topics: Collection[Topic], words: int) -> _Verdict:
    best = max(topics, key=_RANKS.__getitem__)
    more = _MORE_TOPICS * min(_MOST_TOPICS, len(topics) - 1)
    return best, WEIGHTS[best] + more + min(words, 10) / 2


def _is_line(change: SentenceChange) -> bool:
    """Tell whether a new or struck line is rather a title than a sentence."""
    text = change.old or change.new
    is_short = len(text.split()) <= _TITLE and not text.endswith(_END)
    return change.is_whole and is_short and not change.is_item
