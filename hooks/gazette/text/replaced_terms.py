"""Terms that were replaced throughout a text: five times or more the same words by the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from gazette.text.judgement import Judge
from gazette.text.replacements import replacements
from gazette.text.sentence_changes import SentenceChange, side
from gazette.text.wording import Op, Run

Swap = tuple[str, str]
"""Words, and those in their place."""

_THROUGHOUT = 5
"""So often the same replacement is a term that was replaced throughout, as the design says."""
_LONGEST = 8
"""Words of a term."""


def replaced_terms(changes: Sequence[SentenceChange], judge: Judge) -> Mapping[Swap, list[int]]:
    """Return the terms with the places of their sections; a changed duty or figure is no term."""
    places: dict[Swap, list[int]] = defaultdict(list)
    for change in changes:
        for replacement in replacements(change.runs if not change.is_whole else ()):
            old, new = replacement.old.strip(), replacement.new.strip()
            if old and new and max(len(old.split()), len(new.split())) <= _LONGEST:
                places[old, new].append(change.position.section)
    return {
        swap: sections
        for swap, sections in places.items()
        if len(sections) >= _THROUGHOUT and swap[0][0].isalnum() and judge.is_term(*swap)
    }


def without_terms(change: SentenceChange, terms: Collection[Swap]) -> SentenceChange:
    """Return the sentence with the words of such terms as if they had been kept."""
    if change.is_whole:
        return change
    runs = list(change.runs)
    for replacement in replacements(change.runs):
        if (replacement.old.strip(), replacement.new.strip()) in terms:
            runs[replacement.start] = Run(Op.KEPT, "")
            runs[replacement.end - 1] = Run(Op.KEPT, replacement.new)
    return replace(
        change,
        runs=tuple(runs),
        old=side(runs, Op.INSERTED),
        new=side(runs, Op.DELETED),
    )
