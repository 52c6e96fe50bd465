"""What changed in one section, in a line that a lawyer can read without the redline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from gazette.forms.sentences import fates, named, only_renumbered, renumberings
from gazette.text.document import Kind, Section
from gazette.text.english import ENGLISH
from gazette.text.judgement import Judge
from gazette.text.notes import NoteKind
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionChange, SectionStatus
from gazette.text.replaced_terms import Swap, replaced_terms
from gazette.text.replacements import replacements
from gazette.text.sentence_changes import sentence_changes
from gazette.text.vocabulary import Vocabulary

QUOTED = 12
"""A longer run of words is counted, not quoted."""
SHOWN = 4
"""So many replacements of one section are quoted."""

WORD = re.compile(r"\w+")
LINKING = ({"and"}, {"or"})


def news(change: Redline, vocabulary: Vocabulary = ENGLISH) -> list[tuple[str, str]]:
    """Return what changed as (what, how), in the order of the text, terms replaced first."""
    judge = Judge(vocabulary)
    terms = replaced_terms(list(sentence_changes(change)), judge)
    lines = [
        ("Throughout", f"{_swap(term)} in {len(places)} places") for term, places in terms.items()
    ]
    minor: list[str] = []
    for section in change.changed:
        if only_renumbered(section):
            continue
        phrases = fates(section, _before(change, section))
        if section.status is SectionStatus.AMENDED:
            phrases += _wording(section, terms, judge)
        if phrases:
            lines.append((named(section.section), "; ".join(phrases)))
        else:
            minor.append(named(section.section))
    if minor:
        small = "such words or punctuation" if terms else "punctuation or small words"
        lines.append((f"Only {small}", "; ".join(minor)))
    return [
        *lines,
        *renumberings([section for section in change.sections if only_renumbered(section)]),
    ]


def _before(change: Redline, section: SectionChange) -> Section | None:
    """Return the section that a section now stands behind."""
    new = [other for other in change.sections if other.new]
    place = new.index(section) if section in new else 0
    return new[place - 1].new if place else None


def _wording(section: SectionChange, terms: Collection[Swap], judge: Judge) -> list[str]:
    """Return how the words changed: what matters, else what is short, the rest as a number."""
    swaps = Counter(swap for swap in swaps_of(section, judge) if swap not in terms)
    short = [swap for swap in swaps if _is_short(swap)]
    shown = [swap for swap in short if not judge.is_same(*swap)] or short[:SHOWN]
    phrases = [
        _swap(swap) + (f" in {swaps[swap]} places" if swaps[swap] > 1 else "") for swap in shown
    ]
    phrases += _whole_blocks(section) + _notes(section)
    rest = swaps.total() - sum(swaps[swap] for swap in shown)
    if rest > 0:
        more = " more" if phrases else ""
        phrases.append(f"{rest}{more} {'passage' if rest == 1 else 'passages'} reworded")
    return phrases


def _is_short(swap: Swap) -> bool:
    return all(len(side.split()) <= QUOTED for side in swap)


def _swap(swap: Swap) -> str:
    old, new = swap
    if old and new:
        return f"“{old}” becomes “{new}”"
    return f"“{new}” is added" if new else f"“{old}” is taken out"


def swaps_of(section: SectionChange, judge: Judge) -> Iterator[Swap]:
    """Yield the replacements inside blocks that both texts have, numbers with their units.

    Mere punctuation is left out, and the "; and" that wanders when a list gets another last item.
    """
    for block in section.blocks:
        if block.status in (BlockStatus.AMENDED, BlockStatus.MOVED) and not _is_heading(block):
            ignored = LINKING if block.block.kind is Kind.ITEM else (set(),)
            runs = (judge.with_units(cell.runs) for cell in block.cells)
            changes = (change for cell_runs in runs for change in replacements(cell_runs))
            for swap in ((change.old.strip(), change.new.strip()) for change in changes):
                if not any(_words(swap) <= words for words in ignored):
                    yield swap


def _words(swap: Swap) -> set[str]:
    return set(WORD.findall(" ".join(swap).lower()))


def _is_heading(block: BlockChange) -> bool:
    return block.block.kind is Kind.HEADING


def _whole_blocks(section: SectionChange) -> list[str]:
    counts: Counter[tuple[str, str]] = Counter()
    for block in section.blocks:
        kind = block.block.kind.sentence
        if _is_heading(block):
            continue
        if block.status in (BlockStatus.ADDED, BlockStatus.REMOVED):
            counts[kind, block.status.value] += 1
        elif block.moved_from is not None:
            counts[kind, "moved"] += 1
    return [
        f"{number} {kind}{'s' * (number > 1)} {what}" for (kind, what), number in counts.items()
    ]


def _notes(section: SectionChange) -> list[str]:
    """Return what else changed; words that moved are reported once, where they stood."""
    kinds = {note.kind for block in section.blocks for note in block.notes}
    return sorted(kind.phrase for kind in kinds - {NoteKind.WORDS_COME})
