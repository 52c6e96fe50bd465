"""What a Word file holds and does not say: hidden text, and places that nobody filled in."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.imports.html_tree import Element
from gazette.imports.omissions import Omission, quoted
from gazette.imports.word.names import W, child, remove, switch, words_of
from gazette.imports.word.reading import WHOLE_TEXT
from gazette.imports.word.styles import Styles

_HIDDEN = "vanish"


def remove_hidden(root: Element, styles: Styles) -> Iterator[Omission]:
    """Take out hidden runs, and the paragraphs of which nothing is left, their mark included.

    Yield a line for the list that counts the paragraphs whose words are concerned.
    """
    hidden: dict[Element, str] = {}
    for run in list(root.iter(f"{W}r")):
        if styles.is_on(run, _HIDDEN):
            paragraph = next(run.iterancestors(f"{W}p"), root)
            hidden[paragraph] = f"{hidden.get(paragraph, '')}{words_of(run)} ".lstrip()
            remove(run)
    passages = [words for words in hidden.values() if words]
    if passages:
        several = f" in {len(passages)} paragraphs, first" if passages[1:] else ""
        what = f"hidden text{several} {quoted(passages[0])}"
        yield Omission(WHOLE_TEXT, what, "Word does not show it, so no reader is meant to see it.")
    for paragraph in list(root.iter(f"{W}p")):
        if next(paragraph.iter(f"{W}r"), None) is None and _is_mark_hidden(paragraph, styles):
            parent = paragraph.getparent()
            if parent is not None and len(parent.findall(f"{W}p")) > 1:
                remove(paragraph)


def remove_placeholders(root: Element) -> Iterator[Omission]:
    """Take out the words that stand in places nobody filled in yet; yield each for the list."""
    for control in list(root.iter(f"{W}sdt")):
        runs = [run for run in control.iter(f"{W}r") if words_of(run)]
        if not runs or not switch(child(control, "sdtPr"), "showingPlcHdr"):
            continue
        place = quoted(words_of(next(control.iterancestors(f"{W}p"), control)))
        what = f"a place to fill in, {quoted(words_of(control))}"
        yield Omission(place, what, "Nobody filled it in: write here what it is to say.")
        for run in runs:
            remove(run)


def _is_mark_hidden(paragraph: Element, styles: Styles) -> bool:
    direct = switch(child(child(paragraph, "pPr"), "rPr"), _HIDDEN)
    return bool(styles.of_paragraph(paragraph).switch(_HIDDEN)) if direct is None else direct
