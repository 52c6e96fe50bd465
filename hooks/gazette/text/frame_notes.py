"""Notes on what is around words: levels, lists and their numbers, quotes, notices, table cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from gazette.text.block_parts import Part, part_borders
from gazette.text.canonical import (
    ROWS,
    Attributes,
    ContainerForm,
    attributes_of,
    container_form,
    joined,
    seen_path,
)
from gazette.text.document import Block, Cell, Container, Kind
from gazette.text.notes import ANOTHER, SAME, Note, NoteKind
from gazette.text.rows import Pair

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")

_LISTS = {"ul": "bullets", "ol": "numbers"}
_STYLES = {
    "": "numbers",
    "1": "numbers",
    "a": "small letters",
    "A": "capital letters",
    "i": "small Roman numbers",
    "I": "capital Roman numbers",
}
_NAMES = {
    "li": "list item",
    "blockquote": "quote",
    "dd": "definition",
    "details": "section that folds",
    "figure": "figure",
    "table": "table",
}
_BY_ATTRIBUTE = {
    "title": NoteKind.TOOLTIP,
    "aria-label": NoteKind.TOOLTIP,
    "hidden": NoteKind.VISIBILITY,
    "aria-hidden": NoteKind.VISIBILITY,
    "lang": NoteKind.LANGUAGE,
    "dir": NoteKind.DIRECTION,
    "align": NoteKind.ALIGNMENT,
    "colspan": NoteKind.SPAN,
    "rowspan": NoteKind.SPAN,
    "scope": NoteKind.HEADER,
    "open": NoteKind.FOLDING,
}
_DEFAULTS = {
    NoteKind.ALIGNMENT: "default",
    NoteKind.SPAN: "1",
    NoteKind.VISIBILITY: "shown",
    NoteKind.FOLDING: "folded",
}
_SET = {"hidden": "hidden", "aria-hidden": "hidden from screen readers", "open": "open"}


def frame_notes(old: Block, new: Block) -> Iterator[Note]:
    """Yield notes on what is around two blocks, but for numbers and the attributes of cells."""
    before, after = old.tag or "p", new.tag or "p"
    if old.kind is not new.kind:
        yield Note(NoteKind.LAYOUT, "", old.kind.sentence, new.kind.sentence)
    elif old.kind is Kind.HEADING and before != after:
        yield Note(NoteKind.LEVEL, "", before[1:], after[1:])
    elif before != after:
        yield Note(NoteKind.LAYOUT, "", _NAMES.get(before, before), _NAMES.get(after, after))
    if old.path != new.path:
        yield from _path_notes(old, new)


def _path_notes(old: Block, new: Block) -> Iterator[Note]:
    """Yield notes on the containers around two blocks; groups of rows have no borders."""
    forms = [[*map(container_form, seen_path(block))] for block in (old, new)]
    x, y = ([form for form in side if form.tag != ROWS] for side in forms)
    if [_sort(form) for form in x] == [_sort(form) for form in y]:
        for pair in zip(x, y, strict=True):
            yield from _container_notes(*pair)
    elif old.kind is new.kind:
        yield Note(NoteKind.NESTING, "", _inside(x), _inside(y))
    yield from _attribute_notes(*map(_of_rows, forms))


def _of_rows(path: Sequence[ContainerForm]) -> Attributes:
    """Return the attributes of a row of a table and the group that it stands in."""
    return next((form.attributes for form in path if form.tag == ROWS), ())


def cell_notes(old: Cell, new: Cell) -> Iterator[Note]:
    """Yield notes on what a cell, or the element of a block, is besides its words."""
    if {old.tag, new.tag} == {"td", "th"}:
        names = {"td": "cell", "th": "header"}
        yield Note(NoteKind.HEADER, new.text, names[old.tag], names[new.tag])
    if old.attributes != new.attributes:
        x, y = attributes_of(old.attributes), attributes_of(new.attributes)
        yield from (note._replace(text=new.text) for note in _attribute_notes(x, y))
    if old.files != new.files:
        yield from _file_notes(old, new)


def _file_notes(old: Cell, new: Cell) -> Iterator[Note]:
    """Yield notes on files whose bytes changed; that another one is shown the words tell."""
    before, after = dict(old.files), dict(new.files)
    in_both = before.keys() | after.keys() if old.html == new.html else before.keys() & after.keys()
    for path in sorted(in_both):
        if before.get(path) != after.get(path):
            kind = NoteKind.IMAGE if path.lower().endswith(IMAGES) else NoteKind.FILE
            yield Note(kind, path)


def _sort(form: ContainerForm) -> str:
    return "list" if form.tag in _LISTS else form.tag


def _container_notes(old: ContainerForm, new: ContainerForm) -> Iterator[Note]:
    markers = _marker(old), _marker(new)
    if markers[0] != markers[1]:
        yield Note(NoteKind.MARKER, "", *markers)
    elif _is_notice(old) and _is_notice(new) and old.attributes != new.attributes:
        yield Note(NoteKind.NOTICE, "", _class(old), _class(new))
    else:
        yield from _attribute_notes(old.attributes, new.attributes)


def _marker(form: ContainerForm) -> str:
    style = dict(form.attributes).get("type", "")
    return _STYLES.get(style, style) if form.tag == "ol" else _LISTS.get(form.tag, "")


def _class(form: ContainerForm) -> str:
    return dict(form.attributes).get("class", "").replace("admonition", "").strip()


def _is_notice(form: ContainerForm) -> bool:
    return "admonition" in dict(form.attributes).get("class", "")


def _attribute_notes(old: Attributes, new: Attributes) -> Iterator[Note]:
    before, after = dict(old), dict(new)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            kind = _BY_ATTRIBUTE.get(name, NoteKind.OTHER)
            values = (_value(kind, name, side.get(name)) for side in (before, after))
            yield Note(kind, "", *values)


def _value(kind: NoteKind, name: str, value: str | None) -> str:
    if value is None:
        return _DEFAULTS.get(kind, "")
    if name in _SET:
        return _SET[name]
    return f'{name}="{value}"' if kind is NoteKind.OTHER else value


def _inside(path: Sequence[ContainerForm]) -> str:
    """Return what a block stands in, from outside in, for a reader."""
    names = ("notice" if _is_notice(form) else _NAMES.get(form.tag, "") for form in path)
    return ", ".join(filter(None, names)) or "the text itself"


# ---- what takes the blocks of a whole section ----


def section_notes(pairs: Sequence[Pair]) -> Mapping[int, list[Note]]:
    """Return by place the notes on items with another number, and on lists that begin elsewhere.

    `pairs` are the blocks of a section in order. An item whose number follows from items that were
    inserted or deleted above it needs no note; of several that are shifted alike the first tells.
    """
    notes: dict[int, list[Note]] = {}
    for at, note in (*_renumbered(pairs), *_separations(pairs)):
        notes.setdefault(at, []).append(note)
    for at, note in _cuts(pairs):
        notes.setdefault(at, [note])
    return notes


def _cuts(pairs: Sequence[Pair]) -> Iterator[tuple[int, Note]]:
    """Yield notes where sentences stood in one block, and stand in two now, or the other way."""
    if not any(isinstance(block, Part) for pair in pairs for block in pair):
        return
    before = dict(part_borders([old for old, _ in pairs]))
    after = dict(part_borders([new for _, new in pairs]))
    for at, was_joined in before.items():
        old, new = pairs[at]
        if old is None or new is None or old.kind is not new.kind:
            continue  # another note says that
        if at in after and was_joined != after[at]:
            kind = new.kind.sentence
            values = f"{SAME}{kind}", f"{ANOTHER}{kind}"
            yield at, Note(NoteKind.SEPARATION, "", *(values if was_joined else values[::-1]))


def _separations(pairs: Sequence[Pair]) -> Iterator[tuple[int, Note]]:
    """Yield notes where a container held two neighbouring blocks, and each has its own now."""
    for at in range(1, len(pairs)):
        (x, y), (old, new) = pairs[at - 1], pairs[at]
        if x is None or y is None or old is None or new is None or (x is y and old is new):
            continue
        before, after = joined(x, old), joined(y, new)
        path = seen_path(new)
        if before != after and len(path) == len(seen_path(old)) > min(before, after):
            form = container_form(path[min(before, after)])
            name = "notice" if _is_notice(form) else _NAMES.get(form.tag, "list")
            values = f"{SAME}{name}", f"{ANOTHER}{name}"
            yield at, Note(NoteKind.SEPARATION, "", *(values if before > after else values[::-1]))


def _renumbered(pairs: Sequence[Pair]) -> Iterator[tuple[int, Note]]:
    """Yield the places of items that have another number than edits explain, with their notes.

    There is one note for a row of items.
    """
    became, stayed = _lists_and_items(pairs)
    seen: set[Container] = set()
    shifts: Counter[Container] = Counter()
    for at, (old, new) in enumerate(pairs):
        if old is new:
            seen.update(item for _, item in _items(old))
            continue
        before = [pair for pair in _items(old) if pair[1] not in seen]
        after = [pair for pair in _items(new) if pair[1] not in seen]
        seen.update(item for _, item in (*before, *after))
        for outer, item in before:
            shifts[became.get(outer, outer)] -= item not in stayed
        for outer, item in after:
            shifts[outer] += item not in stayed
        yield from ((at, note) for note in _number_notes(before, after, shifts))


def _lists_and_items(pairs: Sequence[Pair]) -> tuple[dict[Container, Container], set[Container]]:
    """Return which list each old list became, and the items that stayed."""
    became: dict[Container, Container] = {}
    stayed: set[Container] = set()
    for old, new in pairs:
        if old is not None and new is not None:
            for x, y in zip(seen_path(old), seen_path(new), strict=False):
                if x.tag in _LISTS and y.tag in _LISTS:
                    became.setdefault(x, y)
                elif x.tag == y.tag == "li":
                    stayed |= {x, y}
    return became, stayed


def _number_notes(
    before: Sequence[tuple[Container, Container]],
    after: Sequence[tuple[Container, Container]],
    shifts: Counter[Container],
) -> Iterator[Note]:
    for (_, old), (around, new) in zip(before, after, strict=False):
        if old.number is None or new.number is None:
            continue
        if new.number - old.number != shifts[around]:
            yield Note(NoteKind.NUMBER, "", str(old.number), str(new.number))
            shifts[around] = new.number - old.number


def _items(block: Block | None) -> list[tuple[Container, Container]]:
    """Return the numbered items around a block, each behind its list."""
    path = seen_path(block) if block is not None and block.path else ()
    return [(around, item) for around, item in pairwise(path) if item.number is not None]
