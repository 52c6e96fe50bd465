"""Pairs of short policies whose sections are labelled by hand, and how well a redline meets them.

A file of `tests/gold/` says in its first lines what happened (and what is hard about it), then
come the old text, the new text and the labels, each behind a line `=== NAME ===`:

    Fees -> Charges: amended, renamed     the section goes on; what became of its words, and flags
    Cookies: removed                      the old text alone has it
    Insurance: added                      the new text alone has it
    Fees x Insurance                      a near miss: these two must not be linked

A heading is written as it stands, `(opening)` for the text before the first; of several equal ones
the second is `Contact #2`. Labels say what is right for a reader, not what the engine does today.
Of the parts of a split or merger only that is scored: whether they are renamed, moved or amended
as well is a matter of taste.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gazette.text.document import Document
from gazette.text.reader import read_document
from gazette.text.redline import Redline, redline

GOLD = Path(__file__).parent / "gold"
ALONE = ("unchanged", "amended", "renamed", "renumbered", "moved")
"""Kinds that are not scored for parts of a split or merger."""
KINDS = ("link", "added", "removed", *ALONE, "split", "merged")

Fact = tuple[str, int | None, int | None]
"""A kind, and the old and the new section of which it is true, by index."""


@dataclass(frozen=True)
class Labelled:
    """A labelled pair: its two texts, what is true of their sections, and what must not be."""

    name: str
    hard: bool
    old: Document
    new: Document
    facts: frozenset[Fact]
    near_misses: frozenset[tuple[int, int]]


@dataclass
class Score:
    """How many facts of one kind were expected, claimed, and both."""

    expected: int = 0
    claimed: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Which part of the claims is right: 0 to 1."""
        return self.right / self.claimed if self.claimed else 1.0

    @property
    def recall(self) -> float:
        """Which part of what is true was claimed: 0 to 1."""
        return self.right / self.expected if self.expected else 1.0


@dataclass
class Scores:
    """The scores of many pairs, by kind; how many near misses, and how many of them were linked.

    `unmet` names the pairs of which a redline says something else than the labels.
    """

    kinds: dict[str, Score] = field(default_factory=lambda: {kind: Score() for kind in KINDS})
    near_misses: int = 0
    linked_near_misses: int = 0
    unmet: list[str] = field(default_factory=list)


def read_pairs() -> list[Labelled]:
    """Return all labelled pairs, by name."""
    return [read_pair(path) for path in sorted(GOLD.glob("*.md"))]


def read_parts(path: Path) -> tuple[str, str, str, str]:
    """Return the parts of a file: what it says of the pair, the old text, the new one, labels."""
    about, rest = path.read_text("utf-8").split("\n=== old ===\n")
    before, rest = rest.split("\n=== new ===\n")
    after, labels = rest.split("\n=== labels ===\n")
    return about, before, after, labels


def read_pair(path: Path) -> Labelled:
    """Read one labelled pair; ValueError tells of a label that fits no section."""
    about, before, after, labels = read_parts(path)
    old, new = read_document(before), read_document(after)
    facts: set[Fact] = set()
    misses: set[tuple[int, int]] = set()
    for label in filter(None, labels.splitlines()):
        sections, _, kinds = label.rpartition(": ")
        if " x " in label:
            x, y = label.split(" x ")
            misses.add((_index(old, x), _index(new, y)))
        elif " -> " in sections:
            x, y = sections.split(" -> ")
            link = _index(old, x), _index(new, y)
            facts |= {(kind, *link) for kind in ("link", *kinds.split(", "))}
        elif kinds == "added":
            facts.add((kinds, None, _index(new, sections)))
        elif kinds == "removed":
            facts.add((kinds, _index(old, sections), None))
        else:
            raise ValueError(f"{path.name}: cannot read the label {label!r}")
    labelled = Labelled(
        path.stem, "\nHard: " in about, old, new, frozenset(facts), frozenset(misses)
    )
    _check(labelled)
    return labelled


def _index(document: Document, name: str) -> int:
    heading, _, number = name.partition(" #")
    places = [s.index for s in document.sections if (s.heading or "(opening)") == heading]
    try:
        return places[int(number or 1) - 1]
    except IndexError:
        raise ValueError(f"No section is called {name!r}.") from None


def _check(pair: Labelled) -> None:
    """Every section has a label, and every label a known kind."""
    unknown = {kind for kind, _, _ in pair.facts} - {*KINDS}
    old = {s.index for s in pair.old.sections if s.blocks} - {x for _, x, _ in pair.facts}
    new = {s.index for s in pair.new.sections if s.blocks} - {y for _, _, y in pair.facts}
    if unknown or old or new:
        raise ValueError(f"{pair.name}: {unknown}, no label for old {old}, new {new}")


def claims(change: Redline) -> frozenset[Fact]:
    """Return what a redline says of the sections."""
    facts: set[Fact] = set()
    for section in change.sections:
        old = section.old.index if section.old else None
        new = section.new.index if section.new else None
        facts.add((section.status.value, old, new))
        if old is not None and new is not None:
            facts |= {("link", old, new)} | {(flag.value, old, new) for flag in section.flags}
    return frozenset(facts)


def score(pairs: Iterable[Labelled]) -> Scores:
    """Compare redlines with the labels."""
    scores = Scores()
    for pair in pairs:
        expected, claimed = facts_of(pair)
        _count(scores.kinds, "expected", expected)
        _count(scores.kinds, "claimed", claimed)
        _count(scores.kinds, "right", expected & claimed)
        if expected != claimed:
            scores.unmet.append(pair.name)
        links = {(old, new) for kind, old, new in claimed if kind == "link"}
        scores.near_misses += len(pair.near_misses)
        scores.linked_near_misses += len(links & pair.near_misses)
    return scores


def facts_of(pair: Labelled) -> tuple[set[Fact], set[Fact]]:
    """Return the facts to score: those that are true of a pair, and those that a redline claims."""
    shared = {fact[1:] for fact in pair.facts if fact[0] in ("split", "merged")}
    both = pair.facts, claims(redline(pair.old, pair.new))
    expected, claimed = (
        {fact for fact in facts if fact[0] not in ALONE or fact[1:] not in shared} for facts in both
    )
    return expected, claimed


def _count(kinds: Mapping[str, Score], what: str, facts: Iterable[Fact]) -> None:
    for kind, number in Counter(kind for kind, _, _ in facts).items():
        setattr(kinds[kind], what, getattr(kinds[kind], what) + number)
