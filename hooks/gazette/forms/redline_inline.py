"""The words of a redline as inline HTML: well nested, every change spoken to screen readers.

They hear where a change begins, and where it ends if kept words follow in the same block: the next
change and the next block tell of themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import takewhile

from markupsafe import Markup

from gazette.forms.phrases import Phrases
from gazette.forms.redline_links import unresolved
from gazette.text.anchors import common_length
from gazette.text.cells import CellChange
from gazette.text.tokens import LINE, OBJECTS, Inline, Mark
from gazette.text.wording import Op, Run

SEAM = Markup("<gz-j></gz-j>")
"""Sets a deletion apart from the insertion behind it."""
_OWN_ID = re.compile(r"(<[a-z][^<>]*?) id=\"[^\"]*\"")
_SENTENCE_END = re.compile(rf"[.!?]\s+|[;。！？]\s*|[\n{LINE}]")
_SPACE = re.compile(r"\s+")
_HIDING = re.compile(r" (?:aria-)?hidden=\"[^\"]*\"")

Piece = tuple[str, str, tuple[Mark, ...]]
"""White space, characters, and the elements around them."""


def cell_html(change: CellChange, phrases: Phrases) -> Markup:
    """Return the words of a cell, changes in `ins` and `del`."""
    runs = change.runs
    if not runs:
        return Markup("")
    if len(runs) > 1 or runs[0].inline:
        return Markup("".join(_written(list(_stacked(runs)), phrases)))
    op = runs[0].op
    html = unresolved(_without_ids(change.cell.html), is_gone=op is Op.DELETED)
    return Markup(
        html if op is Op.KEPT else f"{start_tag(op, phrases)}{html}</{phrases.spoken[op][0]}>"
    )


def cell_in_parts(change: CellChange, most: int | None, phrases: Phrases) -> tuple[Markup, Markup]:
    """Return the words of a cell in two parts: unchanged ones that nobody needs, and the others.

    Before the first change no more than `most` characters stand, from the start of a sentence, a
    line or a word on; the first part is empty where there are not so many, or `most` is None.
    """
    cut = 0
    if most is not None and len({run.op for run in change.runs}) > 1:
        pieces = list(_stacked(change.runs))
        kept = takewhile(lambda piece: not _is_changed(piece), pieces)
        cut = _cut("".join(space + text for space, text, _ in kept), most)
    if not cut:
        return Markup(""), cell_html(change, phrases)
    beginning, words = ("".join(_written(part, phrases)) for part in _divided(pieces, cut))
    return Markup(beginning), Markup(words)


def _is_changed(piece: _Stacked) -> bool:
    return any(isinstance(element, Op) for element in piece[2])


def _cut(kept: str, most: int) -> int:
    """Return where the last `most` characters of kept words can begin, 0 for nowhere."""
    earliest = len(kept) - most
    borders = (_SENTENCE_END, _SPACE) if earliest > 0 else ()
    matches = (border.search(kept, earliest) for border in borders)
    return next((match.end() for match in matches if match), 0)


def _divided(pieces: Sequence[_Stacked], cut: int) -> tuple[Sequence[_Stacked], Sequence[_Stacked]]:
    """Return the pieces before and behind a character."""
    first: list[_Stacked] = []
    for at, (space, text, stack) in enumerate(pieces):
        if cut <= len(space) + len(text):
            inside = max(0, cut - len(space))
            first.append((space, text[:inside], stack))
            return first, [("", text[inside:], stack), *pieces[at + 1 :]]
        first.append((space, text, stack))
        cut -= len(space) + len(text)
    return [], pieces


def changed_words(text: str, op: Op, phrases: Phrases, *, is_heard: bool) -> Markup:
    """Return words as inserted or deleted, of which nobody needs to hear the end."""
    tag = phrases.spoken[op][0]
    start = start_tag(op, phrases) if is_heard else f"<{tag}>"
    return Markup(f"{start}{Markup.escape(text)}</{tag}>")


def _without_ids(html: str) -> str:
    """Return the HTML without ids: the page that shows it may show it twice."""
    return unhidden(_OWN_ID.sub(r"\1", html) if ' id="' in html else html)


def unhidden(tags: str) -> str:
    """Return start tags that hide nothing: a redline shows hidden words, too."""
    return _HIDING.sub("", tags) if "hidden" in tags else tags


def start_tag(op: Op, phrases: Phrases, number: int = 1) -> str:
    """Return the start of a change with what is spoken before it, of so many blocks."""
    tag, before, _ = phrases.spoken[op]
    if number > 1:
        before = phrases.spoken_together(op, number)
    return f"<{tag}><gz-s{phrases.of_page}>{before}</gz-s>"


_Element = Mark | Op
_Stacked = tuple[str, str, tuple[_Element, ...]]


def _stacked(runs: Sequence[Run]) -> Iterator[_Stacked]:
    """Yield the pieces with the whole stack around each: inline elements, and the change.

    The change stands outside the elements that begin or end within it, and inside those that also
    hold words before or behind it: a link of which one word changed stays one link.
    """
    pieces = [_pieces(run) for run in runs]
    for at, changed in enumerate(pieces):
        if runs[at].op is Op.KEPT:
            yield from ((space, text, marks) for space, text, marks in changed)
            continue
        # Of what stands around all of them; no image holds words.
        common = tuple(mark for mark in changed[0][2] if mark[0] not in OBJECTS)
        for _, _, marks in changed:
            common = common[: common_length(common, marks)]
        before = pieces[at - 1][-1][2] if at else ()
        after = pieces[at + 1][0][2] if at + 1 < len(pieces) else ()
        depth = max(common_length(common, before), common_length(common, after))
        for space, text, marks in changed:
            yield space, text, (*marks[:depth], runs[at].op, *marks[depth:])


def _pieces(run: Run) -> list[Piece]:
    """Return the run's characters with the elements around them, and the white space before."""
    if run.inline is None:
        return [(" " if run.text.startswith(" ") else "", run.text.lstrip(), ())]
    pieces: list[Piece] = []
    space = _space_before(run.inline, run.start)
    for text, marks in run.inline.pieces(run.start, run.end):
        pieces.append((space, text, marks))
        space = ""
    return pieces


def _space_before(inline: Inline, start: int) -> str:
    end = start
    while start and inline.text[start - 1].isspace():
        start -= 1
    return inline.text[start:end]


def _written(pieces: Sequence[_Stacked], phrases: Phrases) -> Iterator[str]:
    stack: tuple[_Element, ...] = ()
    for space, text, wanted in pieces:
        held = tuple(e for e in wanted if isinstance(e, Op) or e[0] not in OBJECTS)
        keep = common_length(stack, held)
        gap = _space(space)
        inside = any(isinstance(element, Op) for element in stack[:keep])
        yield gap if inside else ""
        is_kept = not any(isinstance(element, Op) for element in held)
        ends = reversed(stack[keep:])
        yield from (_close(element, phrases, is_heard=is_kept) for element in ends)
        yield "" if inside else gap or _seam(stack, held)
        yield from (_open(held[: at + 1], phrases) for at in range(keep, len(held)))
        yield _space(escape(text, quote=False)) if held == wanted else _open(wanted, phrases)
        stack = held
    yield from (_close(element, phrases, is_heard=False) for element in reversed(stack))


def _seam(before: Sequence[_Element], after: Sequence[_Element]) -> str:
    """Set a deletion and the insertion behind it apart where no white space does."""
    both = any(isinstance(e, Op) for e in before) and any(isinstance(e, Op) for e in after)
    return SEAM if both else ""


def _space(space: str) -> str:
    return space.replace(LINE, "<br>") if LINE in space else space


def _open(stack: Sequence[_Element], phrases: Phrases) -> str:
    """Return the start tag of the innermost of these elements."""
    element = stack[-1]
    if isinstance(element, Op):
        return start_tag(element, phrases)
    return unresolved(f"<{element[0]}{unhidden(element[1])}>", is_gone=Op.DELETED in stack)


def _close(element: _Element, phrases: Phrases, *, is_heard: bool) -> str:
    """Return an end tag; of a change, its end in words before it if it `is_heard`."""
    if not isinstance(element, Op):
        return f"</{element[0]}>"
    tag, _, after = phrases.spoken[element]
    return f"<gz-s{phrases.of_page}>{after}</gz-s></{tag}>" if is_heard else f"</{tag}>"
