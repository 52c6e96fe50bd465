"""Words inside a block: how two token rows align, and what of the alignment a reader can follow.

An exact alignment of words keeps every stray "the" and cannot be read. So short kept runs between
two changes are taken into the change, and a sentence of which less than half stays is replaced.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from gazette.text.anchors import common_ends, unique_pairs
from gazette.text.chains import heaviest_chain
from gazette.text.tokens import Inline

_WORDLIKE = re.compile(r"[^\W_]").search
_SENTENCE_END = frozenset(".!?;:。！？；：؟")


class Op(enum.Enum):
    """What happened to a run of words; the value stands in records."""

    KEPT = "="
    DELETED = "-"
    INSERTED = "+"


class Step(NamedTuple):
    """Part of an alignment: old tokens [a:b] against new tokens [c:d], equal when `kept`."""

    kept: bool
    a: int
    b: int
    c: int
    d: int


_SENTENCE_CUT = re.compile(r"[.;:!?] (?=[A-Z][a-z])")


def shared_sentences(old: str, new: str) -> tuple[int, int]:
    """Return how many characters of whole plain sentences two texts share at start and end.

    No token reaches across these places, nor does any rule below: the sentences between are all
    that needs to be compared.
    """
    shorter = min(len(old), len(new))
    if shorter < _WORTH_CUTTING:
        return 0, 0
    head = _common_start(old, new)
    lead = max((m.end() for m in _SENTENCE_CUT.finditer(old, 0, head)), default=0)
    if "<" in old[:lead] or "&" in old[:lead]:
        lead = 0
    tail = min(_common_start(old[::-1], new[::-1]), shorter - lead)
    cut = _SENTENCE_CUT.search(old, len(old) - tail) if tail else None
    trail = len(old) - cut.end() if cut else 0
    if trail and ("<" in old[-trail:] or ">" in old[-trail:] or "&" in old[-trail:]):
        trail = 0
    return lead, trail


_WORTH_CUTTING = 200
"""Characters from which on a look for shared sentences takes less time than it saves."""


def _common_start(old: str, new: str) -> int:
    """Return the length of the common start, by halving: slices are compared much faster."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _words_in(keys: Sequence[str]) -> int:
    """Count what a reader would count as words."""
    return sum(map(bool, map(_WORDLIKE, keys)))


# ---- alignment ----

_LARGE = 4_000_000
"""Pairs of words that are aligned within a second; only a block of thousands of words has more."""


def align(old: Inline, new: Inline) -> list[Step]:
    """Align two token rows so that a reader can follow; the steps cover both rows in order."""
    return _readable(_exact(old.keys, new.keys), old, new)


def _exact(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """Return the longest common subsequence; where that is too large, unique words first."""
    head, tail = common_ends(old, new)
    n, m = len(old) - tail, len(new) - tail
    steps = [Step(True, 0, head, 0, head)] if head else []
    steps += _middle(old, new, head, n, head, m)
    if tail:
        steps.append(Step(True, n, len(old), m, len(new)))
    return _joined(steps)


def _middle(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> list[Step]:
    if a == b or c == d:
        return [Step(False, a, b, c, d)] if b > a or d > c else []
    if (b - a) * (d - c) > _LARGE:
        return _by_unique_words(old, new, a, b, c, d)
    numbers: dict[str, int] = {}
    x = [numbers.setdefault(key, len(numbers)) for key in old[a:b]]
    y = [numbers.setdefault(key, len(numbers)) for key in new[c:d]]
    return [
        Step(o.tag == "equal", a + o.src_start, a + o.src_end, c + o.dest_start, c + o.dest_end)
        for o in LCSseq.opcodes(x, y)
    ]


def _by_unique_words(
    old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int
) -> list[Step]:
    """Anchor on the words that stand once on either side, in order; align between the anchors."""
    unique = unique_pairs(old[a:b], new[c:d])
    pairs = [(a + x, c + y) for x, y in heaviest_chain(dict.fromkeys(unique, 1.0))]
    if not pairs:
        return [Step(False, a, b, c, d)]
    steps: list[Step] = []
    i, j = a, c
    for x, y in [*pairs, (b, d)]:
        steps += _middle(old, new, i, x, j, y)
        if x < b:
            steps.append(Step(True, x, x + 1, y, y + 1))
        i, j = x + 1, y + 1
    return steps


def _joined(steps: list[Step]) -> list[Step]:
    """Join neighbouring steps of the same sort."""
    groups = groupby(steps, key=lambda step: step.kept)
    return [_spanning([*group], kept=kept) for kept, group in groups]


def _spanning(steps: Sequence[Step], *, kept: bool) -> Step:
    """Return the step from the first of steps that stand side by side to the last."""
    first, last = steps[0], steps[-1]
    return Step(kept, first.a, last.b, first.c, last.d)


# ---- runs ----


class Run(NamedTuple):
    """Words with one fate; `text` holds the white space, so that runs can simply be joined.

    They are the characters from `start` to `end` of `inline`, or when that is None a whole cell or
    whole plain sentences.
    """

    op: Op
    text: str
    inline: Inline | None = None
    start: int = 0
    end: int = 0


def runs_of(old: Inline, new: Inline, steps: Sequence[Step]) -> list[Run]:
    """Return the runs of an alignment, deletions first; kept words are printed as they are new."""
    runs: list[Run] = []
    for step in steps:
        if step.kept:
            runs.append(_run(Op.KEPT, new, step.c, step.d))
            continue
        lost = _is_space_lost(old, new, step)
        if step.b > step.a:
            run = _run(Op.DELETED, old, step.a, step.b)
            if lost:
                run = run._replace(text=run.text + " ", end=old.starts[step.b])
            runs.append(run)
        elif lost:
            runs.append(Run(Op.DELETED, " ", old, old.ends[step.a - 1], old.starts[step.a]))
        if step.d > step.c:
            runs.append(_run(Op.INSERTED, new, step.c, step.d))
    return _tidy(runs)


def _run(op: Op, inline: Inline, first: int, end: int) -> Run:
    start, stop = inline.starts[first], inline.ends[end - 1]
    text = " ".join(inline.text[start:stop].split())
    return Run(op, " " + text if inline.spaced(first) else text, inline, start, stop)


def _is_space_lost(old: Inline, new: Inline, change: Step) -> bool:
    """Tell whether only the old text has a space before the kept words that follow."""
    if change.b == len(old.keys) or change.d == len(new.keys) or not change.b:
        return False
    return old.spaced(change.b) and not new.spaced(change.d)


def enclosed(runs: Sequence[Run], lead: str, trail: str) -> tuple[Run, ...]:
    """Put the plain sentences that both sides share before and behind the runs."""
    before = (Run(Op.KEPT, " ".join(lead.split()) + " "),) if lead else ()
    after = (Run(Op.KEPT, " " + " ".join(trail.split())),) if trail else ()
    return (*before, *runs, *after)


def _tidy(runs: list[Run]) -> list[Run]:
    """Let white space that both sides have stand outside the change, as a writer would put it."""
    for at in range(1, len(runs)):
        before = runs[at - 1]
        if before.op is not Op.KEPT:
            continue
        hunk = [
            place for place in range(at, min(at + 2, len(runs))) if runs[place].op is not Op.KEPT
        ]
        after = hunk[-1] + 1
        follows = after < len(runs) and runs[after].text.startswith(" ")
        if not all(runs[place].text.startswith(" ") for place in hunk):
            continue
        if len(hunk) == 2:
            for place in hunk:
                runs[place] = runs[place]._replace(text=runs[place].text[1:])
        elif follows:
            behind = " " if _is_space_behind(runs[at]) else ""
            runs[at] = runs[at]._replace(text=runs[at].text[1:] + behind)
            runs[after] = runs[after]._replace(text=runs[after].text[1:])
        else:
            continue
        runs[at - 1] = before._replace(text=before.text + " ")
    return [run for run in runs if run.text]


def _is_space_behind(run: Run) -> bool:
    return run.inline is not None and run.inline.text[run.end : run.end + 1].isspace()


def joined_runs(runs: Iterable[Run]) -> list[Run]:
    """Return the words of the runs, neighbours with one fate as one run."""
    groups = groupby(runs, key=lambda run: run.op)
    return [Run(op, "".join(run.text for run in group)) for op, group in groups]


# ---- what a reader can follow ----

_SHORT = 2
"""Of 0 to 4 words, 2 left the fewest changes per touched sentence for the marks they add."""


def _readable(steps: list[Step], old: Inline, new: Inline) -> list[Step]:
    if len(steps) < 3:
        return steps
    return _with_full_stops(
        _absorbed(_replaced(_absorbed(steps, old, new), old, new), old, new), old, new
    )


def _absorbed(steps: list[Step], old: Inline, new: Inline) -> list[Step]:
    """Take a kept run of at most two words into the changes around it.

    Not when it is longer than the larger of the two changes, or when a sentence ends with it; nor
    when a sentence ends in it and a figure changed beside it, which is read by itself.
    """
    out: list[Step] = []
    for at, step in enumerate(steps):
        if out and at < len(steps) - 1 and step.kept:
            around = (out[-1], steps[at + 1])
            run = new.keys[step.c : step.d]
            words = _words_in(run)
            if words <= min(_SHORT, max(map(_size, around))) and not (
                _ends_sentence(run)
                or (not _SENTENCE_END.isdisjoint(run) and _have_figure(around, old, new))
            ):
                step = step._replace(kept=False)
        if out and out[-1].kept == step.kept:
            step = _spanning([out.pop(), step], kept=step.kept)
        out.append(step)
    return out


def _ends_sentence(keys: Sequence[str]) -> bool:
    """Tell whether kept words hold the end of a sentence, and no word of the next one."""
    ends = [at for at, key in enumerate(keys) if key in _SENTENCE_END]
    return bool(ends) and not _words_in(keys[ends[-1] + 1 :])


def _have_figure(steps: Iterable[Step], old: Inline, new: Inline) -> bool:
    keys = (key for s in steps for key in (*old.keys[s.a : s.b], *new.keys[s.c : s.d]))
    return any(character.isdigit() for key in keys for character in key)


def _with_full_stops(steps: list[Step], old: Inline, new: Inline) -> list[Step]:
    """Keep the mark that ends a sentence before and after, when its words were all replaced."""
    out: list[Step] = []
    for step in steps:
        a, b, c, d = step[1:]
        is_same_end = b - a > 1 and d - c > 1 and old.keys[b - 1] == new.keys[d - 1]
        if not step.kept and is_same_end and new.keys[d - 1] in _SENTENCE_END:
            out += [Step(False, a, b - 1, c, d - 1), Step(True, b - 1, b, d - 1, d)]
        else:
            out.append(step)
    return _joined(out)


def _size(step: Step) -> int:
    return max(step.b - step.a, step.d - step.c)


def _replaced(steps: list[Step], old: Inline, new: Inline) -> list[Step]:
    """Replace a sentence as a whole when less than half of its words stay."""
    out: list[Step] = []
    for sentence in _sentences(steps, old, new):
        if sum(not s.kept for s in sentence) > 1 and _stays_too_little(sentence, old, new):
            out.append(_spanning(sentence, kept=False))
        else:
            out += sentence
    return _joined(out)


def _stays_too_little(sentence: list[Step], old: Inline, new: Inline) -> bool:
    kept = sum(_words_in(new.keys[s.c : s.d]) for s in sentence if s.kept)
    first, last = sentence[0], sentence[-1]
    before, after = old.keys[first.a : last.b], new.keys[first.c : last.d]
    return kept * 2 < max(_words_in(before), _words_in(after))


def _sentences(steps: list[Step], old: Inline, new: Inline) -> Iterator[list[Step]]:
    """Cut the steps behind every kept end of a sentence, and whole sentences that came or went."""
    sentence: list[Step] = []
    for step in steps:
        start, shift = step.c, step.a - step.c
        for at in range(step.c, step.d) if step.kept else ():
            if new.keys[at] in _SENTENCE_END and (at + 1 == len(new.keys) or new.spaced(at + 1)):
                sentence.append(Step(True, start + shift, at + 1 + shift, start, at + 1))
                yield sentence
                sentence, start = [], at + 1
        if not step.kept:
            sentence.append(step)
            if len(sentence) == 1 and _is_whole(step, old, new):
                yield sentence
                sentence = []
        elif start < step.d:
            sentence.append(step._replace(a=start + shift, c=start))
    if sentence:
        yield sentence


def _is_whole(step: Step, old: Inline, new: Inline) -> bool:
    """Tell whether a change at the beginning of a sentence only adds or deletes whole ones."""
    if step.a == step.b:
        return new.keys[step.d - 1] in _SENTENCE_END
    return step.c == step.d and old.keys[step.b - 1] in _SENTENCE_END
