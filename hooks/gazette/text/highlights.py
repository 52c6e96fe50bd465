"""What matters first: what a lawyer would write down of an update, the most important first.

Each sentence that was inserted, struck, replaced or amended is judged by the words that changed in
it: figures, and the words of a vocabulary. There is no model: the same text gives the same list on
every machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from gazette.language import to_translate
from gazette.text.clauses import clause
from gazette.text.document import Section
from gazette.text.judgement import WEIGHTS, Judge, Judgement
from gazette.text.lineage import Flag
from gazette.text.notes import Note, NoteKind
from gazette.text.redline import BlockChange, BlockStatus, Redline
from gazette.text.replaced_terms import Swap, replaced_terms, without_terms
from gazette.text.replacements import replacements
from gazette.text.sentence_changes import SentenceChange, sentence_changes, side
from gazette.text.sentence_pairs import aligned, with_partners
from gazette.text.substance import is_reformatted, is_shown_otherwise, is_symbol
from gazette.text.vocabulary import Topic
from gazette.text.wording import Op, Run, joined_runs

T = TypeVar("T")
SHOWN = 10
"""So many entries a reader takes in; the rest is folded."""
MOST = 40
"""Of an update that says more, a reader has to read the redline."""
_IDLE_NOTES = frozenset(
    {
        *(NoteKind.FORMATTING, NoteKind.LINE_BREAK, NoteKind.LANGUAGE, NoteKind.ALIGNMENT),
        *(NoteKind.LAYOUT, NoteKind.SEPARATION),
    }
)
"""Notes that tell of no other meaning, nor does one on a space between words."""
_LONGEST = 60
"""Words up to which neighbouring sentences make one entry."""
_REPEATED = 4
"""What an entry loses for each earlier one of its topic, so that other topics are seen, too."""
_RESTATED = 0.7
"""The share of its words that a restated sentence has in the other text."""
_PART = 5
"""Words that are looked for at a time; fewer stand in many texts by chance."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage that matters; it stands first in the section at `place` in the redline.

    `blocks` are the places of its blocks there, none for a term that was replaced everywhere. The
    runs of an item begin with the `stem` that leads up to its list.
    """

    topic: Topic
    runs: tuple[Run, ...]
    place: int
    times: int = 1
    blocks: tuple[int, ...] = ()
    stem: str = ""


_Entry = tuple[float, Highlight]
"""An entry and its weight."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """The list at the top of a redline, the most important first.

    It `is_calm` where it is empty because the sentences say what they said before.
    """

    entries: tuple[Highlight, ...]
    is_calm: bool

    @property
    def first(self) -> tuple[Highlight, ...]:
        """The entries that every reader sees."""
        return self.entries[:SHOWN]

    @property
    def rest(self) -> tuple[Highlight, ...]:
        """The entries that are folded."""
        return self.entries[SHOWN:]

    @property
    def sentence(self) -> str:
        """How far the list can be trusted."""
        return sentence(is_calm=self.is_calm, is_empty=not self.entries)


def sentence(*, is_calm: bool, is_empty: bool) -> str:
    """Return how far a list can be trusted."""
    if is_calm:
        return to_translate("No number, date, duty or right changed.")
    if is_empty:
        return to_translate(
            "Our rules recognise none of the changes; read the redline for all of them."
        )
    return to_translate(
        "These are the changes our rules recognise; read the redline for all of them."
    )


_Group = list[Judgement]
"""Sentences that make an entry together."""


def highlights(change: Redline, judge: Judge) -> Highlights:
    """Return what a reader should see first; of several redlines, `judge` them by the same one.

    By weight of topic, more topics and more words first; what of a topic comes later steps back.
    The day of the text comes last.
    """
    entries, is_calm = weighed(change, judge)
    return Highlights(tuple(ranked(entries, lambda entry: entry.topic)), is_calm)


def weighed(change: Redline, judge: Judge) -> tuple[Sequence[tuple[float, Highlight]], bool]:
    """Return the highlights with their weights, and whether the sentences say what they said."""
    vocabulary = judge.vocabulary
    marked = list(sentence_changes(change, judge.marked))
    terms = replaced_terms(marked, judge)
    sentences = [without_terms(sentence, terms) for sentence in marked] if terms else marked
    paired = with_partners(sentences, judge.words_of, vocabulary.idle)
    judgements = [verdict for sentence in paired if (verdict := judge.judge(sentence))]
    entries = [_of_term(*term) for term in terms.items()]
    texts = (
        _text(section.old for section in change.sections),
        _text(section.new for section in change.sections),
    )
    news = _entries(recognised(judgements, lambda verdict: verdict.topic), texts, judge)
    entries += islice(news, MOST)
    return entries, not entries and _is_calm(change, judge)


def _of_term(swap: Swap, places: Sequence[int]) -> _Entry:
    runs = Run(Op.DELETED, swap[0]), Run(Op.KEPT, " "), Run(Op.INSERTED, swap[1])
    return WEIGHTS[Topic.TERM], Highlight(Topic.TERM, runs, places[0], len(places))


def recognised(items: Sequence[T], topic_of: Callable[[T], Topic]) -> Sequence[T]:
    """Leave out what has no topic, unless nothing but the day of the text has one."""
    with_topic = [item for item in items if topic_of(item) is not Topic.OTHER]
    is_silent = all(topic_of(item) is Topic.DATE for item in with_topic)
    return items if is_silent else with_topic


def _is_calm(change: Redline, judge: Judge) -> bool:
    """Tell whether every block stands where it stood and says what it said, also beside its words.

    Not where a figure, a symbol or what stands beside a figure is marked, even if that says the
    same, nor where nobody can tell what words of a language say.
    """
    if any(flag is not Flag.RENAMED for section in change.sections for flag in section.flags):
        return False
    return all(
        _is_same_block(block, judge) for section in change.sections for block in section.blocks
    )


def _is_same_block(block: BlockChange, judge: Judge) -> bool:
    if block.status is BlockStatus.UNCHANGED:
        return True
    if block.status is not BlockStatus.AMENDED or not all(map(_is_idle, block.notes)):
        return False
    return all(
        not any(run.op is not Op.KEPT for run in cell.runs) or _is_same_cell(cell.runs, judge)
        for cell in block.cells
    )


def _is_idle(note: Note) -> bool:
    """Tell whether a note cannot tell of another meaning."""
    if note.kind is NoteKind.SPACING:
        return not any(map(_is_figure, note.text))
    return note.kind in _IDLE_NOTES and not is_reformatted(note.old, note.new)


def _is_same_cell(runs: Sequence[Run], judge: Judge) -> bool:
    old, new = (side(runs, op) for op in (Op.INSERTED, Op.DELETED))
    if not (judge.vocabulary.modals and any(map(str.isalpha, old))):
        return False
    for before, run, after in zip((None, *runs), runs, (*runs[1:], None), strict=False):
        if run.op is not Op.KEPT:
            beside = (
                before.text.rstrip()[-1:] if before and before.op is Op.KEPT else "",
                after.text.lstrip()[:1] if after and after.op is Op.KEPT else "",
            )
            if any(map(_is_figure, "".join((run.text, *beside)))):
                return False
    pairs = (runs[change.start : change.end] for change in replacements(runs))
    if any(len(pair) == 2 and is_shown_otherwise(*pair) for pair in pairs):
        return False
    return judge.says_the_same(old, new)


def _is_figure(character: str) -> bool:
    return character.isnumeric() or is_symbol(character)


# ---- from judgements to entries ----


def _entries(
    judgements: Sequence[Judgement], texts: tuple[str, str], judge: Judge
) -> Iterator[_Entry]:
    """Yield entries with their weights, the weightiest first: the same words once.

    `texts` are the old and the new one: what the other one says, too, is no news to a reader.
    """
    repeated: dict[object, list[_Group]] = defaultdict(list)
    for number, group in enumerate(_groups(judgements)):
        repeated[_same_words(group) or number].append(group)
    for groups in sorted(repeated.values(), key=lambda groups: -_best(groups[0]).weight):
        group = [verdict for verdict in groups[0] if not _is_restated(verdict.change, *texts)]
        if group:
            best = _best(group)
            place = best.change.position.section
            blocks = tuple(sorted({verdict.change.position.block for verdict in group}))
            runs, stem = _quoted(group, judge), group[0].change.stem
            yield best.weight, Highlight(best.topic, runs, place, len(groups), blocks, stem)


def _text(sections: Iterable[Section | None]) -> str:
    return "\n".join(block.text for section in sections if section for block in section.blocks)


def _is_restated(sentence: SentenceChange, old: str, new: str) -> bool:
    """Tell whether a struck sentence stands in the new text, or a new one stood in the old text.

    An item of a list is none of them: its words say nothing without those that lead up to it.
    """
    if not sentence.is_whole or sentence.stem:
        return False
    words = (sentence.old or sentence.new).rstrip(".!?").split()
    parts = [" ".join(words[at : at + _PART]) for at in range(0, len(words) - _PART + 1, _PART)]
    text = new if sentence.old else old
    if not any(part in text for part in parts[:2]):
        return False
    return sum(part in text for part in parts) >= _RESTATED * len(parts)


def _best(group: _Group) -> Judgement:
    return max(group, key=lambda verdict: verdict.weight)


def _groups(judgements: Sequence[Judgement]) -> Iterator[_Group]:
    group: _Group = []
    for verdict in judgements:
        if group and not _joins(group, verdict):
            yield group
            group = []
        group.append(verdict)
    if group:
        yield group


def _joins(group: _Group, verdict: Judgement) -> bool:
    """Tell whether a new or struck sentence continues another, and both together are short.

    An item continues those before it in its list, whatever stayed between them. It continues the
    words that lead up to it however long both are, and the new day of the text the struck one.
    """
    last, change = group[-1].change, verdict.change
    is_led = bool(change.stem) and change.stem in (last.old, last.new)
    is_list = is_led or (bool(change.stem) and change.stem == last.stem)
    if last.position.section != change.position.section:
        return False
    if not (last.is_whole and change.is_whole):
        return False
    if Topic.DATE in (group[-1].topic, verdict.topic):
        return group[-1].topic is verdict.topic
    if last.position.block != change.position.block and not is_list:
        return False
    return is_led or sum(member.change.length for member in (*group, verdict)) <= _LONGEST


def _same_words(group: _Group) -> tuple[tuple[Op, str], ...]:
    """Return the marked words where others stayed: only then can they be quoted once for all."""
    if group[0].change.is_whole:
        return ()
    runs = group[0].change.runs
    return tuple((run.op, run.text.strip()) for run in runs if run.op is not Op.KEPT)


def _quoted(group: _Group, judge: Judge) -> tuple[Run, ...]:
    """Return the sentences of an entry, cut to clauses, behind the words that lead up to them."""
    runs: list[Run] = []
    first = group[0].change
    if first.stem:
        runs.append(Run(first.stem_op, f"{first.stem} "))
    last = first.position
    for verdict in group:
        position = verdict.change.position
        if position.block == last.block and position.sentence > last.sentence + 1:
            runs.append(Run(Op.KEPT, " … "))
        elif runs and not runs[-1].text.endswith(" "):
            runs.append(Run(Op.KEPT, " "))
        runs += clause(judge.with_units(aligned(verdict.change).runs))
        last = position
    return tuple(joined_runs(runs))


def ranked(entries: Sequence[tuple[float, T]], topic_of: Callable[[T], Topic]) -> Iterator[T]:
    """Yield what was weighed in the order in which a reader should see it."""
    earlier: dict[Topic, int] = defaultdict(int)
    ranked = []
    for weight, entry in sorted(entries, key=lambda entry: -entry[0]):
        topic = topic_of(entry)
        ranked.append((topic is Topic.DATE, earlier[topic] * _REPEATED - weight, entry))
        earlier[topic] += 1
    ranked.sort(key=lambda entry: entry[:2])
    yield from (entry for *_, entry in ranked)
