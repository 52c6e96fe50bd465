"""The identity of sections through a whole history: links of single updates, composed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gazette.text.document import Document, Section
from gazette.text.lineage import Flag, Link, match_sections

NOBODY = -1
"""The identity of an opening without any text: there is nothing to follow."""

_SAME_TEXT = 0.6
_SAME_HEADING_AND_TEXT = 0.3


@dataclass
class _Register:
    """Gives out numbers, and remembers the last text of every section that was dropped."""

    next: int = 0
    dropped: dict[int, Section] = field(default_factory=dict)

    def new(self) -> int:
        self.next += 1
        return self.next - 1


def trace(
    documents: Sequence[Document], updates: Sequence[Sequence[Link]] | None = None
) -> tuple[tuple[int, ...], ...]:
    """Return, for every version (oldest first), the identity of each of its sections by index.

    An identity is a number, given in the order of first appearance, so that a later version never
    changes an earlier one's. A section keeps it through renaming, renumbering and moving; of a
    split it stays with the part that has the heading, of a merger with the section whose heading
    stays; a section that was dropped and comes back gets its old one again. `updates` are the links
    between neighbouring versions when they are known already.
    """
    register = _Register()
    rows: list[tuple[int, ...]] = []
    for at, document in enumerate(documents):
        if at == 0:
            rows.append(tuple(_fresh(section, register) for section in document.sections))
            continue
        before = documents[at - 1]
        links = updates[at - 1] if updates else match_sections(before, document)
        rows.append(_next_row(before, document, links, rows[-1], register))
    return tuple(rows)


def _fresh(section: Section, register: _Register) -> int:
    return register.new() if section.index or section.blocks else NOBODY


def _next_row(
    old: Document, new: Document, links: Sequence[Link], row: tuple[int, ...], register: _Register
) -> tuple[int, ...]:
    heirs = _heirs(links)
    for section in old.sections:
        if section.index not in heirs.values() and row[section.index] != NOBODY:
            register.dropped[row[section.index]] = section
    unknown = [s for s in new.sections if s.index not in heirs and (s.index or s.blocks)]
    restored = _restored(unknown, register)
    return tuple(
        row[heirs[s.index]]
        if s.index in heirs
        else restored[s.index]
        if s.index in restored
        else _fresh(s, register)
        for s in new.sections
    )


def _heirs(links: Iterable[Link]) -> dict[int, int]:
    """Return the one old section that each new one continues.

    What an editor stated comes first, then the same heading.
    """
    heirs: dict[int, int] = {}
    continued: set[int] = set()
    for link in sorted(links, key=_precedence):
        if link.old is None or link.new is None:
            continue
        if link.new not in heirs and link.old not in continued:
            heirs[link.new] = link.old
            continued.add(link.old)
    return heirs


def _precedence(link: Link) -> tuple[bool, bool, int]:
    return not link.is_stated, Flag.RENAMED in link.flags, link.new or 0


def _restored(sections: Sequence[Section], register: _Register) -> dict[int, int]:
    """Return which sections without a predecessor are dropped ones come back, by index."""
    scored = sorted(
        (-likeness, identity, section.index)
        for section in sections
        for identity, gone in register.dropped.items()
        if (likeness := _likeness(gone, section)) > 0
    )
    back: dict[int, int] = {}
    for _, identity, index in scored:
        if index not in back and identity in register.dropped:
            back[index] = identity
            del register.dropped[identity]
    return back


def _likeness(gone: Section, section: Section) -> float:
    """Return how alike two sections are, 0 when not alike enough to be the same one."""
    same_heading = gone.title_key == section.title_key
    a, b = gone.grams, section.grams
    if not a and not b:
        return 1.0 if same_heading else 0.0
    shared = 2 * len(a & b) / (len(a) + len(b))
    return shared if shared >= (_SAME_HEADING_AND_TEXT if same_heading else _SAME_TEXT) else 0.0
