"""Hidden text of a Word file: taken out of its tree, as no reader sees it."""

from __future__ import annotations

from gazette.imports.html_tree import Element
from gazette.imports.word.names import W, child, remove, switch
from gazette.imports.word.styles import Styles

_HIDDEN = "vanish"


def remove_hidden(root: Element, styles: Styles) -> None:
    """Take out hidden runs, and the paragraphs of which nothing is left, their mark included."""
    for run in list(root.iter(f"{W}r")):
        if styles.is_on(run, _HIDDEN):
            remove(run)
    for paragraph in list(root.iter(f"{W}p")):
        if next(paragraph.iter(f"{W}r"), None) is None and _is_mark_hidden(paragraph, styles):
            parent = paragraph.getparent()
            if parent is not None and len(parent.findall(f"{W}p")) > 1:
                remove(paragraph)


def _is_mark_hidden(paragraph: Element, styles: Styles) -> bool:
    direct = switch(child(child(paragraph, "pPr"), "rPr"), _HIDDEN)
    return bool(styles.of_paragraph(paragraph).switch(_HIDDEN)) if direct is None else direct
