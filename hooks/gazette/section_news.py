"""What changed in one section, in a line that a lawyer can read without the redline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gazette.document import Kind
from gazette.highlights import Highlight, Topic, highlights
from gazette.redline import BlockChange, BlockStatus, Redline, SectionChange, SectionStatus
from gazette.sentences import fates, named, only_renumbered, renumberings
from gazette.wording import Op, Run

QUOTED = 12
"""A longer run of words is counted, not quoted."""
SHOWN = 4
"""So many replacements of one section are quoted."""

Swap = tuple[str, str]


def news(change: Redline) -> list[tuple[str, str]]:
    """Return what changed as (what, how), in the order of the text, terms replaced first."""
    found = highlights(change)
    terms = [(one.old, one.new) for one in found if one.topic is Topic.TERM]
    told = [("Throughout", _term(one)) for one in found if one.topic is Topic.TERM]
    beside: list[str] = []
    for place, section in enumerate(change.sections):
        if section not in change.changed or only_renumbered(section):
            continue
        own = [one for one in found if one.place == place and one.topic is not Topic.TERM]
        how = _how(section, own, terms, _before(change, section))
        if how:
            told.append((named(section.section), how))
        else:
            beside.append(named(section.section))
    if beside:
        told.append(("Only such words or punctuation", "; ".join(beside)))
    return told + list(renumberings([one for one in change.sections if only_renumbered(one)]))


def _term(one: Highlight) -> str:
    return f"{_swap((one.old, one.new))} in {one.times} places"


def _before(change: Redline, section: SectionChange) -> SectionChange | None:
    """Return the section that a section now stands behind."""
    new = [one for one in change.sections if one.new]
    place = new.index(section) if section in new else 0
    return new[place - 1] if place else None


def _how(
    section: SectionChange,
    own: Sequence[Highlight],
    terms: Sequence[Swap],
    before: SectionChange | None,
) -> str:
    """Return what became of a section; nothing when only terms or punctuation were replaced."""
    after = before.new if before else None
    said = fates(section, after)
    if section.status is SectionStatus.AMENDED:
        said += _wording(section, own, terms)
    return "; ".join(said)


def _wording(section: SectionChange, own: Sequence[Highlight], terms: Sequence[Swap]) -> list[str]:
    swaps = Counter(one for one in _swaps(section) if one not in terms)
    said = [_swap((one.old, one.new)) + _times(one.times) for one in own]
    rest = sum(times for swap, times in swaps.items() if not any(_is_in(swap, one) for one in own))
    if not own:
        quoted = [one for one in swaps if _is_short(one)][:SHOWN]
        said = [_swap(one) + _times(swaps[one]) for one in quoted]
        rest = swaps.total() - sum(swaps[one] for one in quoted)
    said += _whole_blocks(section) + _notes(section)
    if rest > 0:
        more = " more" if said else ""
        said.append(f"{rest}{more} {'passage' if rest == 1 else 'passages'} reworded")
    return said


def _is_in(swap: Swap, told: Highlight) -> bool:
    """Whether a highlight tells of a replacement; it may name the unit behind a number, too."""
    return told.old.startswith(swap[0]) and told.new.startswith(swap[1])


def _times(times: int) -> str:
    return f" in {times} places" if times > 1 else ""


def _is_short(swap: Swap) -> bool:
    return all(len(side.split()) <= QUOTED for side in swap) and any(map(_has_words, swap))


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _swap(swap: Swap) -> str:
    old, new = swap
    if old and new:
        return f"“{old}” becomes “{new}”"
    return f"“{new}” is added" if new else f"“{old}” is taken out"


def _swaps(section: SectionChange) -> Iterator[Swap]:
    """Yield the replacements inside blocks that both texts have; mere punctuation is left out."""
    for block in section.blocks:
        if block.status in (BlockStatus.AMENDED, BlockStatus.MOVED) and not _is_heading(block):
            for cell in block.cells:
                yield from (one for one in _in_runs(cell.runs) if any(map(_has_words, one)))


def _in_runs(runs: Sequence[Run]) -> Iterator[Swap]:
    """Yield each deletion with the insertion in its place, either alone where the other lacks."""
    after = [*runs[1:], Run(Op.KEPT, "")]
    before = [Run(Op.KEPT, ""), *runs[:-1]]
    for last, run, following in zip(before, runs, after, strict=True):
        if run.op is Op.DELETED:
            yield run.text.strip(), following.text.strip() if following.op is Op.INSERTED else ""
        elif run.op is Op.INSERTED and last.op is not Op.DELETED:
            yield "", run.text.strip()


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
