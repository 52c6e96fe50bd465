"""Tracked changes of a Word file: counted, then accepted or rejected in its tree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from gazette.errors import SourceError
from gazette.imports.html_tree import Element
from gazette.imports.word.names import M, W, child, content_of, remove

NOUNS = {
    "ins": ("insertion", "insertions"),
    "del": ("deletion", "deletions"),
    "moveTo": ("passage moved here", "passages moved here"),
    "moveFrom": ("passage moved away", "passages moved away"),
    "cellIns": ("inserted cell", "inserted cells"),
    "cellDel": ("deleted cell", "deleted cells"),
    "cellMerge": ("merged cell", "merged cells"),
    "Change": ("change of form", "changes of form"),
}
FORMS = ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange")
_MARKS = {f"{W}{name}": name for name in NOUNS} | {f"{W}{name}": "Change" for name in FORMS}
_OTHER_CHANGE = re.compile(
    r"\{http://schemas\.(?:openxmlformats\.org/wordprocessingml|microsoft\.com/office/word)/[^}]*\}"
    r"\w*(?:Ins|Del|Move|[cC]onflict)\w*"
)
_CLEARED = ("tblPrExChange", "numberingChange", "tblGridChange", "cellMerge")
_KEPT = {"pPr": (f"{W}rPr", f"{W}sectPr"), "rPr": (f"{W}ins", f"{W}del")}
"""What the properties of a paragraph or run hold that a change of them does not name."""


@dataclass(frozen=True)
class Decision:
    """Which marks go with all they hold, and which are taken off what stays."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]
    restores_form: bool


DECISIONS = {
    "accept": Decision(("del", "moveFrom"), ("ins", "moveTo"), False),
    "reject": Decision(("ins", "moveTo"), ("del", "moveFrom"), True),
}


def changes_in(roots: Sequence[Element]) -> list[Element]:
    """Return every mark of a change that nobody has decided, in order.

    Raises SourceError where one is of a kind that `decide` does not know.
    """
    marks = []
    for element in chain.from_iterable(root.iter() for root in roots):
        if element.tag in _MARKS:
            marks.append(element)
        elif element.get(f"{W}author") is not None and _OTHER_CHANGE.fullmatch(str(element.tag)):
            raise SourceError(
                f"It has a tracked change of a rare kind ({etree.QName(element).localname}), "
                "which cannot be decided here. Accept or reject it in Word."
            )
    return marks


def counted(changes: Sequence[Element]) -> str:
    """Return what changes there are, in words: `3 insertions, 1 deletion`."""
    counts = Counter(_MARKS[str(mark.tag)] for mark in changes)
    return ", ".join(
        f"{count:,} {NOUNS[name][count > 1]}" for name, count in sorted(counts.items())
    )


def decide(root: Element, decision: Decision) -> None:
    """Accept or reject every tracked change below `root`."""
    _decide_forms(root, decision)
    for row in _marked(root, "tr", "trPr", decision.removed):
        _remove_with_empty_parent(row)
    cell_marks = ("cellIns",) if "ins" in decision.removed else ("cellDel",)
    for cell in _marked(root, "tc", "tcPr", cell_marks):
        _remove_with_empty_parent(cell)
    _join_paragraphs(root, decision)
    for element in _all(root, decision.removed):
        numbered = element.getparent()
        is_number = numbered is not None and numbered.tag == f"{W}numPr"
        remove(numbered if numbered is not None and is_number else element)
    etree.strip_tags(root, *(f"{W}{name}" for name in decision.kept))
    for name, plain in (("delText", "t"), ("delInstrText", "instrText")):
        for element in root.iter(f"{W}{name}"):
            element.tag = f"{W}{plain}"


def _all(root: Element, names: Sequence[str]) -> list[Element]:
    return list(root.iter(*(f"{W}{name}" for name in names)))


def _decide_forms(root: Element, decision: Decision) -> None:
    """Restore the forms from before the changes where these are rejected; forget the changes."""
    if decision.restores_form:
        for name in FORMS:
            _restore(_all(root, [name]), name.removesuffix("Change"))
    etree.strip_elements(root, *(f"{W}{name}" for name in (*FORMS, *_CLEARED)))


def _restore(changes: Sequence[Element], name: str) -> None:
    """Put the properties back that changes of form say were there before."""
    for change in changes:
        properties, before = change.getparent(), child(change, name)
        if properties is not None and before is not None:
            for element in list(properties):
                if element.tag not in _KEPT.get(name, ()):
                    properties.remove(element)
            properties.extend(list(before))


def _marked(root: Element, tag: str, properties: str, marks: Sequence[str]) -> list[Element]:
    """Return the rows or cells whose properties bear one of the marks."""
    return [
        element
        for element in root.iter(f"{W}{tag}")
        if any(child(child(element, properties), mark) is not None for mark in marks)
    ]


def _remove_with_empty_parent(element: Element) -> None:
    """Take out a row or cell, and the table or row that then has none left."""
    parent = element.getparent()
    remove(element)
    if parent is not None and next(content_of(parent, f"{W}tr", f"{W}tc"), None) is None:
        remove(parent)


def _join_paragraphs(root: Element, decision: Decision) -> None:
    """Join each paragraph whose mark goes with the one behind it.

    What is left of it opens that one, which keeps the form of the first that has text left.
    """
    for paragraph in reversed(list(root.iter(f"{W}p"))):
        mark = child(child(paragraph, "pPr"), "rPr")
        if not any(child(mark, name) is not None for name in decision.removed):
            continue
        if not _has_text(paragraph, decision):
            if _follows(paragraph) is not None or not _is_last_in_cell(paragraph):
                remove(paragraph)
            continue
        join_next(paragraph)


def join_next(paragraph: Element) -> None:
    """Put what the paragraph right behind this one holds into it, where there is one."""
    following = _follows(paragraph)
    if following is not None:
        paragraph.extend(element for element in list(following) if element.tag != f"{W}pPr")
        _keep_section(paragraph, following)
        remove(following)


def _has_text(paragraph: Element, decision: Decision) -> bool:
    gone = {f"{W}{name}" for name in decision.removed}
    pieces = paragraph.iter(
        f"{W}t", f"{W}delText", f"{W}sym", f"{W}drawing", f"{W}pict", f"{W}object", f"{M}t",
        f"{W}footnoteReference", f"{W}endnoteReference",
    )  # fmt: skip
    return any(not any(above.tag in gone for above in piece.iterancestors()) for piece in pieces)


def _follows(paragraph: Element) -> Element | None:
    """Return the paragraph right behind one, None where a table or the end stands there."""
    for node in _behind(paragraph):
        if node.tag == f"{W}p":
            return node
        if node.tag in (f"{W}tbl", f"{W}sdt"):
            return None
    return None


def _behind(node: Element) -> Iterator[Element]:
    yield from node.itersiblings()
    parent = node.getparent()
    if parent is not None and parent.tag in (f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom"):
        yield from _behind(parent)


def _is_last_in_cell(paragraph: Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and parent.tag == f"{W}tc"


def _keep_section(paragraph: Element, following: Element) -> None:
    """Keep the properties of the section of pages that ends with the paragraph that is joined."""
    section = child(child(following, "pPr"), "sectPr")
    properties = child(paragraph, "pPr")
    if section is not None and properties is not None:
        properties.append(section)
