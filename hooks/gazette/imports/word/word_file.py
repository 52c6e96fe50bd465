"""A Word file: all that a reader of it sees as an HTML tree, and a list of what cannot be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from gazette.errors import SourceError
from gazette.imports.block_markdown import Part, lost_in_markdown, parts_of
from gazette.imports.draft import Page, with_own_title
from gazette.imports.html_tree import Element
from gazette.imports.omissions import Omission, quoted
from gazette.imports.page_bounds import check_word
from gazette.imports.word.blocks import write_blocks
from gazette.imports.word.bookmarks import bookmarks_in, lead_to_headings
from gazette.imports.word.fields import remove_contents, resolve_fields
from gazette.imports.word.hidden import remove_hidden, remove_placeholders
from gazette.imports.word.names import W, attribute, words_of
from gazette.imports.word.notes import notes_of, omit_margins, omit_numbers, write_notes
from gazette.imports.word.numbering import read_numbering
from gazette.imports.word.package import PROPERTIES, Package, open_package
from gazette.imports.word.styles import Styles
from gazette.imports.word.tracked_changes import DECISIONS, changes_in, counted, decide
from gazette.imports.word.word_state import ENDNOTE, FOOTNOTE, WHOLE_TEXT, WordState


def read_docx(data: bytes, changes: str = "") -> Page:
    """Return what a reader of a Word file sees.

    `changes` says what becomes of tracked changes: `accept`, `reject`, or empty, where a file that
    has any is refused. Raises SourceError then, and when the file is no Word file, is damaged, or
    counts in a way that is not known.
    """
    package = open_package(data)
    body = package.tree(package.main).find(f"{W}body")
    title = " ".join((package.tree(PROPERTIES).findtext("{*}title") or "").split())
    if body is None:
        return Page([], title)
    notes = {kind: _part(package, f"{kind}s") for kind in (FOOTNOTE, ENDNOTE)}
    roots = [body, *notes.values()]
    check_word(sum(1 for root in roots for _ in root.iter(f"{W}p")), _most_runs(roots))
    decided = _decide_changes(roots, changes)
    styles = Styles(_part(package, "styles"))
    comments = _part(package, "comments").iterchildren(f"{W}comment")
    state = WordState(
        package,
        styles,
        read_numbering(_part(package, "numbering"), styles),
        {attribute(comment, "id"): comment for comment in comments},
        package.relations(package.main),
        bookmarks_in(body),
        left_out=list(decided),
    )
    parts = _read(body, notes, state)
    return Page(parts, title, tuple(state.left_out), state.images)


def _part(package: Package, kind: str) -> Element:
    return package.tree(package.part_of_kind(kind))


def _read(body: Element, notes: Mapping[str, Element], state: WordState) -> list[Part]:
    """Return the blocks of the text and its notes."""
    for root in (body, *notes.values()):
        state.left_out += resolve_fields(root)
        state.left_out += remove_contents(root, state.styles)
        state.left_out += remove_hidden(root, state.styles)
        state.left_out += remove_placeholders(root)
    out = etree.Element("body")
    write_blocks(body, out, state)
    write_notes({kind: notes_of(root, kind) for kind, root in notes.items()}, out, state)
    state.left_out += lost_in_markdown(out)
    omit_numbers(body, state)
    omit_margins(body, state)
    lead_to_headings(out, state.targets)
    return with_own_title(parts_of(out))


def _most_runs(roots: list[Element]) -> int:
    """Return how many pieces of text stand in the paragraph that has most."""
    holders = Counter(
        next(piece.iterancestors(f"{W}p"), root)
        for root in roots
        for piece in root.iter(f"{W}t", f"{W}tab")
    )
    return max(holders.values(), default=0)


def _with_changes(paragraph: Element) -> str:
    """Return the words of a paragraph as they would be with all changes, else those deleted."""
    gone = {f"{W}del", f"{W}moveFrom"}
    texts = paragraph.iter(f"{W}t", f"{W}tab", f"{W}p")
    kept = (text for text in texts if not gone & {above.tag for above in text.iterancestors()})
    return " ".join("".join(text.text or " " for text in kept).split()) or words_of(paragraph)


def _decide_changes(roots: list[Element], changes: str) -> Iterator[Omission]:
    """Accept or reject all tracked changes; return a line for the list that counts them.

    Raises SourceError where there are any and `changes` does not say what becomes of them.
    """
    marks = changes_in(roots)
    if not marks:
        return iter(())
    if changes not in DECISIONS:
        paragraph = next(marks[0].iterancestors(f"{W}p", f"{W}tbl"), marks[0])
        raise SourceError(
            f"It has tracked changes that nobody has decided ({counted(marks)}), the first in "
            f"{quoted(_with_changes(paragraph))}. Accept or reject them in Word, or say what is "
            "meant with --changes accept or --changes reject."
        )
    what = f"tracked changes ({counted(marks)})"
    for root in roots:
        decide(root, DECISIONS[changes])
    reason = f"All were {changes}ed, as --changes says."
    return iter((Omission(WHOLE_TEXT, what, reason),))
