"""What changed in one section, in a line that a lawyer can read without the redline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gazette.forms.sentences import fates, named, only_renumbered, renumberings
from gazette.text.document import Kind, Section
from gazette.text.highlights import Highlight, Topic, highlights
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionChange, SectionStatus
from gazette.text.replacements import replacements

QUOTED = 12
"""A longer run of words is counted, not quoted."""
SHOWN = 4
"""So many replacements of one section are quoted."""

WORD = re.compile(r"\w+")
LINKING = ({"and"}, {"or"})

Swap = tuple[str, str]


def news(change: Redline) -> list[tuple[str, str]]:
    """Return what changed as (what, how), in the order of the text, terms replaced first."""
    first = highlights(change)
    terms = [highlight for highlight in first if highlight.topic is Topic.TERM]
    others = [_swap_of(highlight) for highlight in first if highlight.topic is not Topic.TERM]
    lines = [("Throughout", f"{_swap(_swap_of(term))} in {term.times} places") for term in terms]
    minor: list[str] = []
    for section in change.changed:
        if only_renumbered(section):
            continue
        phrases = fates(section, _before(change, section))
        if section.status is SectionStatus.AMENDED:
            phrases += _wording(section, others, [_swap_of(term) for term in terms])
        if phrases:
            lines.append((named(section.section), "; ".join(phrases)))
        else:
            minor.append(named(section.section))
    if minor:
        lines.append(("Only such words or punctuation", "; ".join(minor)))
    return [
        *lines,
        *renumberings([section for section in change.sections if only_renumbered(section)]),
    ]


def _swap_of(highlight: Highlight) -> Swap:
    return highlight.old, highlight.new


def _before(change: Redline, section: SectionChange) -> Section | None:
    """Return the section that a section now stands behind."""
    new = [other for other in change.sections if other.new]
    place = new.index(section) if section in new else 0
    return new[place - 1].new if place else None


def _wording(section: SectionChange, first: Sequence[Swap], terms: Sequence[Swap]) -> list[str]:
    """Return how the words changed: what matters, else what is short, the rest as a number."""
    swaps = Counter(swap for swap in _swaps(section) if swap not in terms)
    shown = _shown(swaps, first)
    phrases = [
        _swap(named) + _times(sum(swaps[swap] for swap in members))
        for named, members in shown.items()
    ]
    phrases += _whole_blocks(section) + _notes(section)
    counted = {swap for members in shown.values() for swap in members}
    rest = swaps.total() - sum(swaps[swap] for swap in counted)
    if rest > 0:
        more = " more" if phrases else ""
        phrases.append(f"{rest}{more} {'passage' if rest == 1 else 'passages'} reworded")
    return phrases


def _shown(swaps: Iterable[Swap], first: Sequence[Swap]) -> dict[Swap, list[Swap]]:
    """Return the replacements to quote, each with all that it stands for."""
    named = {lead: [swap for swap in swaps if _is_named(swap, lead)] for lead in first}
    if any(named.values()):
        return {lead: members for lead, members in named.items() if members}
    return {swap: [swap] for swap in list(filter(_is_short, swaps))[:SHOWN]}


def _is_named(swap: Swap, named: Swap) -> bool:
    """Tell whether `named` names a replacement; it may name the unit behind a number, too."""
    return swap == named or all(
        part and whole.startswith(f"{part} ") for part, whole in zip(swap, named, strict=True)
    )


def _times(times: int) -> str:
    return f" in {times} places" if times > 1 else ""


def _is_short(swap: Swap) -> bool:
    return all(len(side.split()) <= QUOTED for side in swap)


def _swap(swap: Swap) -> str:
    old, new = swap
    if old and new:
        return f"“{old}” becomes “{new}”"
    return f"“{new}” is added" if new else f"“{old}” is taken out"


def _swaps(section: SectionChange) -> Iterator[Swap]:
    """Yield the replacements inside blocks that both texts have.

    Mere punctuation is left out, and the "; and" that wanders when a list gets another last item.
    """
    for block in section.blocks:
        if block.status in (BlockStatus.AMENDED, BlockStatus.MOVED) and not _is_heading(block):
            ignored = LINKING if block.block.kind is Kind.ITEM else (set(),)
            runs = (cell.runs for cell in block.cells)
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
        f"{number} {kind if number == 1 else _plural(kind)} {what}"
        for (kind, what), number in counts.items()
    ]


def _plural(kind: str) -> str:
    return "quotes" if kind == "quote" else f"{kind}s"


def _notes(section: SectionChange) -> list[str]:
    kinds = {note.kind.sentence.rstrip(".") for block in section.blocks for note in block.notes}
    return [kind[0].lower() + kind[1:] for kind in sorted(kinds)]
