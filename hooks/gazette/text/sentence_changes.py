"""Sentences that were inserted, deleted, replaced or amended, cut out of a redline.

A redline marks words inside blocks; a reader thinks in sentences. A list item is read with the
sentence that its list hangs on, a cell of a table with the first cell of its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from gazette.text.document import Block, Kind, Section
from gazette.text.redline import BlockChange, BlockStatus, Redline, SectionStatus
from gazette.text.replacements import hunks
from gazette.text.wording import Op, Run, joined_runs

Runs = tuple[Run, ...]


class Stem(NamedTuple):
    """What leads up to the items of a list, and whether it was kept, struck or inserted itself."""

    text: str = ""
    op: Op = Op.KEPT


class Position(NamedTuple):
    """Where a sentence stands: its section's place in the redline, its block, its own number."""

    section: int
    block: int
    sentence: int


@dataclass(frozen=True, slots=True, eq=False)
class SentenceChange:
    """A sentence with a mark: its words as `runs`, and on either side; empty where a text lacks it.

    `stem` are the words that lead up to it, kept or marked as `stem_op` says. `is_title` says that
    it is the heading of the whole text, `is_lead` that it stands before any other heading;
    `is_reworded` that the runs are the old sentence and the new one, not yet aligned.
    """

    runs: Runs
    old: str
    new: str
    position: Position
    stem: str = ""
    stem_op: Op = Op.KEPT
    is_item: bool = False
    is_title: bool = False
    is_lead: bool = False
    is_reworded: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether no word of it was kept."""
        return not (self.old and self.new)

    @property
    def length(self) -> int:
        """How many words it has."""
        return len((self.new or self.old).split())


def side(runs: Sequence[Run], without: Op) -> str:
    """Return the words of runs as one of both texts has them."""
    if len(runs) == 1:
        return "" if runs[0].op is without else " ".join(runs[0].text.split())
    return " ".join("".join(run.text for run in runs if run.op is not without).split())


Marked = dict[BlockChange, tuple[tuple[Runs, str, str], ...]]
"""The sentences with a mark of blocks, as runs and on either side."""


def sentence_changes(change: Redline, known: Marked | None = None) -> Iterator[SentenceChange]:
    """Yield the sentences with a mark, in the order of the redline; headings are left out.

    Blocks that are `known` from other redlines are not cut again; those of this one become so.
    """
    known = {} if known is None else known
    for place, section in enumerate(change.sections):
        if section.status is SectionStatus.UNCHANGED:
            continue
        old_stem = new_stem = Stem()
        for at, block in enumerate(section.blocks):
            stem = old_stem if block.status is BlockStatus.REMOVED else new_stem
            if block.status is not BlockStatus.UNCHANGED and block.moved_to is None:
                yield from _of_block(block, section.section, (place, at), stem, known)
            old_stem, new_stem = _old_stem(block, old_stem), _new_stem(block, new_stem)


def _of_block(
    block: BlockChange, section: Section, at: tuple[int, int], stem: Stem, known: Marked
) -> Iterator[SentenceChange]:
    kind = block.block.kind
    is_first = section.index == 1 and section.level == 1
    is_title = is_first and kind is Kind.HEADING and bool(block.old and block.new)
    if kind is Kind.CODE or (kind is Kind.HEADING and not is_title):
        return
    is_item = kind is Kind.ITEM
    stem = stem if is_item else Stem()
    if block not in known:
        known[block] = tuple(_marked_of(block))
    for number, (runs, old, new) in enumerate(known[block]):
        yield SentenceChange(
            *(runs, old, new, Position(*at, number), *stem, is_item, is_title),
            is_lead=is_first or section.index == 0,
        )


def _marked_of(block: BlockChange) -> Iterator[tuple[Runs, str, str]]:
    for runs in _row(block) if block.block.kind is Kind.ROW else _sentences_of(block):
        yield runs, side(runs, Op.INSERTED), side(runs, Op.DELETED)


def _old_stem(change: BlockChange, stem: Stem) -> Stem:
    """Return what struck items behind a block hang on; what the new text lacks was struck, too."""
    old, new = change.old, change.new
    if old is None:
        return stem
    lead = _lead(old, stem.text)
    if lead == stem.text:
        return stem
    is_kept = new is not None and lead.rstrip(":： ") in new.text
    return Stem(lead, Op.KEPT if is_kept else Op.DELETED)


def _new_stem(change: BlockChange, stem: Stem) -> Stem:
    """Return what other items behind a block hang on."""
    if change.new is None:
        return stem
    lead = _lead(change.new, stem.text)
    if lead == stem.text:
        return stem
    return Stem(lead, Op.KEPT if change.old else Op.INSERTED)


def _lead(block: Block, stem: str) -> str:
    """Return what items behind a block hang on: the sentence that ends with a colon."""
    text = block.text.rstrip()
    if text.endswith((":", "：")):
        return [*_split(text)][-1]
    return stem if block.kind is Kind.ITEM else ""


def _row(block: BlockChange) -> Iterator[Runs]:
    """Yield a row of a table whose words changed as one sentence."""
    runs: list[Run] = []
    ops = {run.op for cell in block.cells for run in cell.runs}
    between = Run(ops.pop() if len(ops) == 1 else Op.KEPT, " | ")
    for cell in block.cells:
        if runs and cell.runs:
            runs.append(between)
        runs += cell.runs
    if _is_marked(runs):
        yield tuple(runs)


def _sentences_of(block: BlockChange) -> Iterator[Runs]:
    for cell in block.cells:
        if len(cell.runs) == 1 and cell.runs[0].op is not Op.KEPT:
            yield from ((part,) for part in _parts(cell.runs[0]) if part.text.strip())
            continue
        for runs in sentences(cell.runs):
            if _is_marked(runs):
                yield tuple(runs)


def _is_marked(runs: Sequence[Run]) -> bool:
    return any(run.op is not Op.KEPT and run.text.strip() for run in runs)


# ---- where sentences end ----

_UNENDED = r"""
        (?<!\b[A-Za-z]\.)                    # "U.S.", "e.g.", the initials of a name
        (?<!\b(?:No|Nr|St|Mr|Dr|vs)\.)(?<!\b(?:Nos|Mrs|Art|Inc|Ltd|Ste)\.)(?<!\bAttn\.)
        (?<!\b(?:Abs|art|lit|vgl|bzw|ggf|núm|pág|Sra|Mme)\.)(?<!\b(?:Ziff|arts|inkl|zzgl)\.)"""
"""What a full stop does not end."""
_SENTENCE_END = re.compile(
    rf"""[.!?]{_UNENDED}
        (?!(?<=\d\.)\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober
            |November|Dezember|Lebensjahr)\b)  # "31. März"
        ["'”’)\]]?\s+(?=["'“‘(\[*•]*\s?[A-Z0-9À-ÞЀ-Я])
      | [。！？]""",
    re.VERBOSE,
)
_END_MARK = re.compile(r"[.!?](?=\s|$)|[。！？]")
_ENDS = re.compile(rf"""[.!?]{_UNENDED}["'”’)\]]*\s*$|[。！？]\s*$""", re.VERBOSE)


def sentences(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Cut runs into sentences; a deletion and the insertion in its place stay together.

    Whole sentences that were deleted or inserted stand alone, deleted ones first.
    """
    sentence: list[Run] = []
    parts = _with_ends(list(hunks(joined_runs(runs))))
    for at, hunk in enumerate(parts):
        following = parts[at + 1] if at + 1 < len(parts) else None
        if sentence and sentence[-1].op is Op.KEPT and _ends_before(sentence[-1].text, hunk):
            yield sentence
            sentence = []
        ends = following is None or _begins_sentence(hunk[-1].text, following[0].text)
        cut = _cut(hunk, bool(sentence), ends)
        *closed, rest = [[run for run in part if run.text] for part in cut]
        for part in closed:
            sentence += part
            if any(map(str.isalpha, "".join(run.text for run in sentence))):
                yield sentence
                sentence = []
        sentence += rest
    if sentence:
        yield sentence


def _ends_before(text: str, hunk: Sequence[Run]) -> bool:
    """Tell whether kept words end a sentence, and what follows begins another."""
    is_apart = text[-1].isspace() or all(run.text[:1].isspace() for run in hunk)
    return is_apart and _ENDS.search(text) is not None


def _with_ends(parts: Sequence[list[Run]]) -> list[list[Run]]:
    """Return the parts, the kept full stop behind a change of several sentences within the change.

    It ends the last of them, and on the other side the sentence that they stand for.
    """
    parts = [*parts]
    for at, (hunk, following) in enumerate(pairwise(parts)):
        end = _END_MARK.match(following[0].text) if hunk[0].op is not Op.KEPT else None
        if end and any(_SENTENCE_END.search(run.text) for run in hunk):
            parts[at] = [Run(run.op, run.text + end[0]) for run in hunk]
            parts[at + 1] = [Run(Op.KEPT, following[0].text[end.end() :])]
    return [part for part in parts if part[0].text]


def _begins_sentence(before: str, text: str) -> bool:
    """Tell whether kept words behind a change can begin a sentence."""
    is_apart = before[-1:].isspace() or text[:1].isspace()
    return is_apart and not text.lstrip()[:1].islower()


def _cut(hunk: Sequence[Run], is_open: bool, ends: bool) -> Iterator[list[Run]]:
    """Yield the parts of a hunk: what ends a sentence, whole sentences, and what is left over.

    `is_open` says that a sentence has begun before it, `ends` that another can begin behind it.
    """
    parts = [_parts(run) for run in hunk]
    if hunk[0].op is Op.KEPT:
        *closed, rest = parts[0]
        yield from ([part] for part in closed)
        yield [rest]
    elif ends and all(_ENDS.search(run.text) for run in hunk):
        if is_open:
            yield [pieces.pop(0) for pieces in parts]
        for part in (part for pieces in parts for part in pieces):
            yield [part]
        yield []
    elif is_open:
        yield list(hunk)
    else:
        yield from ([part] for pieces in parts for part in pieces[:-1])
        yield [pieces[-1] for pieces in parts]


def _parts(run: Run) -> list[Run]:
    return [Run(run.op, part) for part in _split(run.text)]


def _split(text: str) -> Iterator[str]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        words = text[start : match.start()].strip()
        if words and not any(map(str.isalpha, words)):
            continue  # the number of a clause
        yield text[start : match.end()]
        start = match.end()
    yield text[start:]
