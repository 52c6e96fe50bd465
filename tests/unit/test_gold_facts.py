"""How well "What matters first" meets the labels of `tests/gold/facts/`.

Each file holds an update and what a lawyer would be told first: under `must` what may not be left
out, under `nice` what may stand there, too, under `not` words that no entry may hold. A line is a
topic, and parts that one entry holds, all of them. A bound is never lowered.

`de`, `fr` and `es` hold updates in other languages. All were labelled before anything was run on
them; the vocabularies were tuned on those named `seen`, never on those named `unseen`. A label may
name several topics with bars between them where a sentence has them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from gazette.text.highlights import SHOWN, Highlights, highlights
from gazette.text.judgement import Judge
from gazette.text.reader import read_document
from gazette.text.redline import redline
from gazette.text.vocabularies import vocabulary_of
from gazette.text.vocabulary import Topic

FOLDER = Path(__file__).parents[1] / "gold" / "facts"
PART = re.compile(r"^=== (\w+) ===$", re.MULTILINE)
RECALL = 1.0
PRECISION = 0.95
TOPICS = 0.9
"""The least share of `must` lines met, of entries that meet a line, of entries with its topic."""
OTHER_TOPICS = 0.95
"""The same in other languages, half of whose updates the vocabularies were not tuned on."""


@dataclass(frozen=True)
class Update:
    """A labelled update: lines as (topic, parts), and its list."""

    name: str
    must: tuple[tuple[str, tuple[str, ...]], ...]
    nice: tuple[tuple[str, tuple[str, ...]], ...]
    unwanted: tuple[str, ...]
    matters: Highlights

    @property
    def entries(self) -> list[tuple[Topic, str]]:
        return [
            (entry.topic, plain(" ".join(run.text for run in entry.runs)))
            for entry in self.matters.entries
        ]


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def read(path: Path, language: str = "en") -> Update:
    _, *parts = PART.split(path.read_text("utf-8"))
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    old, new = (read_document(texts[key].strip()) for key in ("old", "new"))
    matters = highlights(redline(old, new), Judge(vocabulary_of(language)))
    must, nice = (tuple(map(label, lines(texts.get(key, "")))) for key in ("must", "nice"))
    return Update(path.stem, must, nice, tuple(map(plain, lines(texts.get("not", "")))), matters)


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def label(line: str) -> tuple[str, tuple[str, ...]]:
    topic, _, words = line.partition(": ")
    return topic, tuple(plain(part) for part in words.split(" | "))


def meets(text: str, parts: tuple[str, ...]) -> bool:
    return all(part in text for part in parts)


@pytest.fixture(scope="module")
def updates() -> list[Update]:
    return [read(path) for path in sorted(FOLDER.glob("*.md"))]


def test_there_are_enough_updates(updates: list[Update]) -> None:
    assert len(updates) >= 40
    assert sum(not update.must for update in updates) >= 8


def test_nothing_that_must_be_reported_is_left_out(updates: list[Update]) -> None:
    missed = [
        (update.name, parts)
        for update in updates
        for _, parts in update.must
        if not any(meets(text, parts) for _, text in update.entries[:SHOWN])
    ]
    total = sum(len(update.must) for update in updates)
    assert 1 - len(missed) / total >= RECALL, missed


def test_entries_are_what_a_lawyer_would_write_down(updates: list[Update]) -> None:
    wrong = [
        (update.name, text)
        for update in updates
        for _, text in update.entries
        if not any(meets(text, parts) for _, parts in (*update.must, *update.nice))
    ]
    total = sum(len(update.entries) for update in updates)
    assert 1 - len(wrong) / total >= PRECISION, wrong


def test_topics_are_named_rightly(updates: list[Update]) -> None:
    pairs = [
        (topic.value, expected, update.name)
        for update in updates
        for expected, parts in (*update.must, *update.nice)
        for topic, text in update.entries
        if meets(text, parts)
    ]
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    assert 1 - len(wrong) / len(pairs) >= TOPICS, wrong


def test_near_misses_are_left_out(updates: list[Update]) -> None:
    for update in updates:
        for words in update.unwanted:
            assert not any(words in text for _, text in update.entries), update.name


def test_the_sentence_that_nothing_changed_is_true(updates: list[Update]) -> None:
    assert not any(update.matters.is_calm for update in updates if update.must)
    assert {update.name for update in updates if update.matters.is_calm} == {
        "near-contractions",
        "near-reformatted",
        "near-spelling",
    }


def shares(updates: list[Update]) -> tuple[float, float, float]:
    """Return the shares of `must` lines met, of right entries and of right topics."""
    met = [
        any(meets(text, parts) for _, text in update.entries[:SHOWN])
        for update in updates
        for _, parts in update.must
    ]
    right = [
        any(meets(text, parts) for _, parts in (*update.must, *update.nice))
        for update in updates
        for _, text in update.entries
    ]
    topics = [
        topic.value in expected.split("|")
        for update in updates
        for expected, parts in (*update.must, *update.nice)
        for topic, text in update.entries
        if meets(text, parts)
    ]
    return sum(met) / len(met), sum(right) / len(right), sum(topics) / len(topics)


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_other_languages_are_read_as_well(language: str) -> None:
    seen, unseen = (
        [read(path, language) for path in sorted(FOLDER.glob(f"{language}/*-{half}.md"))]
        for half in ("seen", "unseen")
    )
    assert len(seen) == len(unseen) == 10
    recall, precision, topics = shares(seen + unseen)
    assert recall >= RECALL
    assert precision >= PRECISION
    assert topics >= OTHER_TOPICS
    for update in seen + unseen:
        for words in update.unwanted:
            assert not any(words in text for _, text in update.entries), update.name


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("de", "Sie dürfen gehen.", "Sie dürfen nicht gehen."),
        ("de", "Hier darf eine Leiter stehen.", "Hier darf keine Leiter stehen."),
        ("fr", "Vous pouvez entrer.", "Vous ne pouvez entrer."),
        ("es", "Usted puede entrar.", "Usted no puede entrar."),
    ],
)
def test_a_negation_forbids_before_and_behind_its_verb(language: str, old: str, new: str) -> None:
    change = redline(read_document(old), read_document(new))
    (entry,) = highlights(change, Judge(vocabulary_of(language))).entries
    assert entry.topic is Topic.PROHIBITION


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("de", "Wir antworten der Schulbehörde.", Topic.DATA),
        ("de", "Ausgenommen sind Probefahrten.", Topic.EXCEPTION),
        ("es", "Vigente el 4 de mayo de 2024 por decisión suya.", Topic.DATE),
        ("en", "Revised by us at noon on 4 May 2024.", Topic.DATE),
    ],
)
def test_words_of_a_vocabulary_are_known_whatever_their_endings(
    language: str, text: str, topic: Topic
) -> None:
    vocabulary = vocabulary_of(language)
    if topic is Topic.DATE:
        change = redline(read_document(text), read_document(text.replace("2024", "2025")))
        (entry,) = highlights(change, Judge(vocabulary)).entries
        assert entry.topic is topic
    else:
        triggers = Judge(vocabulary).triggers(vocabulary.words(text))
        assert topic in map(vocabulary.topic, triggers)


def test_without_a_vocabulary_only_figures_count_and_nothing_is_promised() -> None:
    """An English word that means something else there, as "may" or "will", tells of no topic."""
    judge = Judge(vocabulary_of("pl"))
    old, new = "Termin 30 dni. Masz will.", "Termin 60 dni. Masz may."
    entries = highlights(redline(read_document(old), read_document(new)), judge).entries
    assert [entry.topic for entry in entries] == [Topic.NUMBER]
    calm = highlights(redline(read_document("Masz will."), read_document("Masz may.")), judge)
    assert not calm.is_calm
    assert [entry.topic for entry in calm.entries] == [Topic.OTHER]
