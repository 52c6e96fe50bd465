"""`change: editorial` proved: an editorial change says nothing that was not said before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import accumulate

from gazette.model import Change
from gazette.review.policy_text import Finding
from gazette.review.review import PolicyReview
from gazette.text.cells import CellChange
from gazette.text.lineage import Flag
from gazette.text.notes import NoteKind
from gazette.text.redline import BlockChange, BlockStatus, SectionChange, SectionStatus
from gazette.text.replacements import replacements
from gazette.text.spelling import is_same_word
from gazette.text.substance import is_reformatted, is_shown_otherwise, is_symbol
from gazette.text.tokens import OBJECT, fold
from gazette.text.vocabularies import VOCABULARIES
from gazette.text.wording import Op, Run

_DASH = "[-−–]"
_SIGNS = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
"""Letters of scripts without spaces, each of which is a word here."""
TOKEN = re.compile(
    rf"""(?P<number>(?<!\d)\d{{1,3}}(?:[ ']\d{{3}})+(?!\d)(?:[.,]\d+)* | \d+(?:[.,]\d+)*)
      | (?P<dash>{_DASH})(?=\s*\d)
      | (?P<word>{_SIGNS} | (?:(?!{_SIGNS})[^\W\d_])+ | (?<=\d):(?=\d))
      | [^\w\s]""",
    re.VERBOSE,
)
"""A number, whole groups of three with it; a minus or what stands before the end of a range; a word
of letters; a single other character."""
MOST_JOINED = 3
"""So many words may be written as one."""
NEGATING = frozenset(("in", "im", "un"))
"""Words that before another one, joined to it, deny it."""
VOWELS = frozenset(("Mc", "Me", "Mn"))
"""Signs above, below and behind letters, as scripts of India write vowels."""
LETTERS_SHOWN = 60
ALLOWED_NOTES = frozenset(
    {
        *(NoteKind.LINK, NoteKind.FORMATTING, NoteKind.SPACING, NoteKind.LINE_BREAK),
        *(NoteKind.LANGUAGE, NoteKind.ALIGNMENT, NoteKind.LAYOUT),
        *(NoteKind.WORDS_GONE, NoteKind.WORDS_COME),
    }
)
"""What an editorial change may do beside words. All else is a change of what the text says: numbers
and nesting of lists, levels of headings, what is hidden, struck, raised or lowered, tooltips, kinds
of notices, images, columns. Words that stand elsewhere are judged as words."""
LEAD = "The change is called editorial, but"
HINT = "Write change: substantive with a summary, or take this change back."


def beyond_editorial(policy: PolicyReview) -> Iterator[Finding]:
    """Find what an editorial change says beyond spelling, case, punctuation and links."""
    edit, metadata = policy.edit, policy.text.metadata
    if not edit or not metadata or metadata.change is not Change.EDITORIAL:
        return
    old = edit.old.metadata
    if old and not _is_same_title(old.title, metadata.title):
        message = f"{LEAD} the title was “{old.title}”."
        yield edit.new.key_finding("title", message, HINT)
    if edit.changes_source:
        for section in edit.redline.sections:
            for message, words in _changes_of_meaning(section):
                place = edit.new.place_of(section.new.index if section.new else 0, words)
                yield edit.new.finding(place, f"{LEAD} {message}", HINT)


def _changes_of_meaning(section: SectionChange) -> Iterator[tuple[str, str]]:
    """Yield what goes beyond, as a sentence, and the words to look for in the new text."""
    heading = section.section.heading
    name = f"the section “{heading}”" if section.section.index else "the introduction"
    if section.status is SectionStatus.REMOVED:
        yield f"{name} was taken out.", ""
    elif section.status is SectionStatus.ADDED:
        yield f"{name} is new.", heading
    else:
        if Flag.MOVED in section.flags:
            yield f"{name} stands at another place.", heading
        for block in section.blocks:
            yield from _changes_in_block(block)


def _changes_in_block(block: BlockChange) -> Iterator[tuple[str, str]]:
    if block.moved_to is not None:
        return
    if block.status is BlockStatus.MOVED:
        yield f"this stands at another place: “{_short(block.block.text)}”.", block.block.text
    for note in block.notes:
        if note.kind not in ALLOWED_NOTES or is_reformatted(note.old, note.new):
            yield f"{note.kind.phrase}.", note.text
    for cell in block.cells:
        yield from _changes_in_cell(cell)


def _changes_in_cell(cell: CellChange) -> Iterator[tuple[str, str]]:
    old, new = (_Side(cell.runs, op) for op in (Op.DELETED, Op.INSERTED))
    for change in replacements(cell.runs):
        words = [side.words(change.start, change.end) for side in (old, new)]
        runs = cell.runs[change.start : change.end]
        if not _is_same_meaning(*words):
            yield _replacement_sentence(change.old, change.new), change.new
        elif len(runs) > 1 and is_shown_otherwise(*runs):
            yield f"“{_short(change.new)}” is shown in another way.", change.new


def _replacement_sentence(old: str, new: str) -> str:
    if not old.strip():
        return f"“{_short(new)}” is new."
    return f"“{_short(old)}” {f'became “{_short(new)}”' if new.strip() else 'was taken out'}."


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LETTERS_SHOWN else f"{text[:LETTERS_SHOWN].rsplit(' ', 1)[0]} ..."


class _Side:
    """The words of one side of a cell: what stands beside a word decides what it is."""

    def __init__(self, runs: Sequence[Run], op: Op) -> None:
        texts = [_plain(run.text) if run.op in (op, Op.KEPT) else "" for run in runs]
        self._starts = [0, *accumulate(map(len, texts))]
        self._words = list(_words("".join(texts)))

    def words(self, first: int, end: int) -> list[str]:
        """Return the words that runs hold, or a part of."""
        start, stop = self._starts[first], self._starts[end]
        return [word for word, begin, close in self._words if begin < stop and start < close]


def _plain(text: str) -> str:
    return re.sub(r"\S+", lambda part: fold(part[0]), text).replace("\u2009", " ").casefold()


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield numbers, signs, words and symbols of a plain text with their places, no punctuation."""
    for match in TOKEN.finditer(text):
        if match["number"]:
            yield re.sub("[\\s']", "", match[0]), *match.span()
        elif match["dash"]:
            yield "-", *match.span()
        elif match["word"] or is_symbol(match[0]) or unicodedata.category(match[0]) in VOWELS:
            yield match[0], *match.span()


def _is_same_title(old: str, new: str) -> bool:
    return _is_same_meaning(*([word for word, *_ in _words(_plain(t))] for t in (old, new)))


def _is_same_meaning(old: Sequence[str], new: Sequence[str]) -> bool:
    """Tell whether two rows of words say the same: each stayed but for its spelling."""
    a = b = 0
    while a < len(old) and b < len(new):
        x, y = old[a], new[b]
        if OBJECT in (x, y):
            return False  # an image or a check box, of which no note tells
        parts = whole = 1
        if x != y:
            parts, whole = (
                _joined(old[a : a + MOST_JOINED], y),
                _joined(new[b : b + MOST_JOINED], x),
            )
            if parts == whole == 1 and not is_same_word(x, y):
                return False
        a, b = a + parts, b + whole
    return a == len(old) and b == len(new)


def _joined(words: Sequence[str], joined: str) -> int:
    """Return how many of the first words are written as one; 1 where that says something else."""
    for count in range(2, 1 + len(words)):
        parts = words[:count]
        if "".join(parts) == joined and joined.isalpha():
            written = {word for word in (*parts, joined) if len(word) > 1}
            decides = parts[0] in NEGATING or not _deciding_words().isdisjoint(written)
            return 1 if decides and joined != "cannot" else count
    return 1


@cache
def _deciding_words() -> Set[str]:
    """Return what obliges, allows, denies or limits in any language."""
    return frozenset().union(*(vocabulary.deciding for vocabulary in VOCABULARIES.values()))
