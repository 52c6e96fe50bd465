"""Successors: the sections of the present text in which one that a policy had goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import fsum
from typing import NamedTuple

from gazette.model import Policy, Version
from gazette.text.differences import Heading
from gazette.text.document import GRAM, title_key
from gazette.text.lineage import is_enough_text
from gazette.text.lives import Lives, SectionStep, Use
from gazette.text.tokens import words_of

Excerpt = Callable[[Version, Heading], str]
"""Returns the words of a section of a version, without its heading."""
Runs = frozenset[tuple[str, ...]]
"""Runs of words."""

_MOST = 0.5
"""Where so much of its words stands a section goes on, whatever became of it in between."""


class Words(NamedTuple):
    """Where the runs of words of an earlier section are: how many it had, and who has how many."""

    size: int
    shares: Mapping[str, float]

    def holder(self, *, is_part: bool) -> str:
        """Return the section that has most of them, empty where none has.

        Of what was merged or split less will do, if that is most of what is left.
        """
        name = max(self.shares, key=self.shares.__getitem__)
        most = self.shares[name]
        whole = min(self.size, fsum(self.shares.values())) if is_part else self.size
        return name if most >= _MOST * whole and is_enough_text(most, self.size) else ""

    def keepers(self) -> frozenset[str]:
        """Return the sections that have enough of them to be where some went."""
        enough = (name for name, runs in self.shares.items() if is_enough_text(runs, self.size))
        return frozenset(enough)


class Successors:
    """Knows in which of some `sections`, those of the present text, every life of a policy goes on.

    A section that was merged into another can stand apart from it again, under another ID: its
    words tell, of which `excerpt` returns those of any section, or its heading.
    """

    def __init__(
        self, policy: Policy, lives: Lives, sections: Sequence[Heading], excerpt: Excerpt
    ) -> None:
        self._policy, self._lives, self._excerpt = policy, lives, excerpt
        self._place = policy.place(policy.shown)
        self._known: dict[Use, list[Heading]] = {}
        self.present: Mapping[str, Heading] = {
            name: sections[at] for at, name in enumerate(lives.ids[self._place]) if name
        }

    def of(self, use: Use) -> list[Heading]:
        """Return the sections in which the one goes on that had an anchor, in their order."""
        if use not in self._known:
            names = self._names(use) if self.present else ()
            headings = (self.present[name] for name in names)
            self._known[use] = sorted(headings, key=lambda heading: heading.index)
        return self._known[use]

    def _names(self, use: Use) -> frozenset[str]:
        if use.id in self.present:
            return self._parts(use)
        merged = self._successors(use.id)
        words = self._words(use)
        successor = words.holder(is_part=bool(merged)) or (self._namesake(use) if merged else "")
        if successor:
            return frozenset({successor})
        return words.keepers() if self._is_split_since(use.id) else merged

    def _parts(self, use: Use) -> frozenset[str]:
        """Return the part with most words of a section that was split since, all where none has."""
        parts = frozenset({use.id}) | self._parts_since(use)
        holder = self._words(use).holder(is_part=True) if len(parts) > 1 else use.id
        return frozenset({holder}) if holder in parts else parts

    def _parts_since(self, use: Use) -> frozenset[str]:
        """Return where else a section goes on that was split when its heading went."""
        parts: set[str] = set()
        for step in self._until(use.id):
            is_split = "split" in step.events and "merged" not in step.events
            if step.version > use.version and is_split and "renamed" in step.events:
                row = self._lives.ids[step.version]
                parts |= {other for other in step.others if other in row}
        return frozenset().union(*map(self._successors, parts))

    def _successors(self, name: str, passed: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the present sections in which a life goes on by its ID, or those it went into."""
        if name in self.present:
            return frozenset({name})
        steps = self._until(name)
        others = steps[-1].others if steps and steps[-1].section is None else ()
        passed |= {name}
        return frozenset().union(
            *(self._successors(other, passed) for other in others if other not in passed)
        )

    def _is_split_since(self, name: str, passed: frozenset[str] = frozenset()) -> bool:
        """Tell whether what a life went into was split later, so that it may be in any part."""
        passed |= {name}
        for end in self._until(name)[-1:]:
            for other in set(end.others) - passed:
                steps = self._until(other)
                if any(step.version > end.version and "split" in step.events for step in steps):
                    return True
                if other not in self.present and self._is_split_since(other, passed):
                    return True
        return False

    def _until(self, name: str) -> Sequence[SectionStep]:
        return self._lives.lives[name].until(self._place)

    # ---- by words, and by heading ----

    def _words(self, use: Use) -> Words:
        section = replace(self._then(use), index=use.section)
        runs = _runs(self._excerpt(self._policy.versions[use.version], section))
        shares = {
            name: fsum(1 / self._holders[run] for run in runs & present)
            for name, present in self._runs.items()
        }
        return Words(len(runs), shares)

    def _then(self, use: Use) -> Heading:
        then = self._lives.lives[use.id].at(use.version)
        assert then is not None
        return then

    @cached_property
    def _runs(self) -> Mapping[str, Runs]:
        return {
            name: _runs(self._excerpt(self._policy.shown, section))
            for name, section in self.present.items()
        }

    @cached_property
    def _holders(self) -> Counter[tuple[str, ...]]:
        """How many sections have a run of words: what many have tells little of each."""
        return Counter(run for runs in self._runs.values() for run in runs)

    def _namesake(self, use: Use) -> str:
        """Return the section under the heading of an earlier one, if none else had it or has it."""
        title = title_key(self._then(use).heading)
        lives = (self._lives.lives[name] for name in self._lives.ids[use.version] if name)
        around = (life.at(use.version) for life in lives)
        titles = [title_key(section.heading) for section in around if section]
        names = [n for n, section in self.present.items() if title_key(section.heading) == title]
        return names[0] if title and titles.count(title) == len(names) == 1 else ""


def _runs(words: str) -> Runs:
    sequence = words_of(words)
    return frozenset(tuple(sequence[at : at + GRAM]) for at in range(len(sequence) - GRAM + 1))
