"""Links inside the help center: they lead somewhere, and where they led before."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from gazette.problems import Code, Fix, Problem
from gazette.review.hyperlinks import Hyperlink, hyperlinks
from gazette.review.manuscripts import Edit, Manuscript
from gazette.text.document import Section
from gazette.text.links import target_of

SHOWN = 3
"""So many lost anchors are told one by one; a renumbering loses all of them."""
Stands = Callable[[str], bool]
"""Tells whether a path below `docs/` stands there, or an address of the site is published."""


def broken_links(
    manuscript: Manuscript,
    texts: Mapping[str, Manuscript],
    edits: Mapping[str, Edit],
    stands: Stands,
) -> Iterator[Problem]:
    """Find links to files and sections of the help center that do not exist.

    `texts` are the policies by their path below `docs/`, `edits` likewise: what an anchor was
    called before tells what it is called now.
    """
    for link in hyperlinks(manuscript):
        parts = urlsplit(link.to)
        own = link.to.startswith("#")
        path = _own_path(manuscript) if own else target_of(link.to)
        if path is None and not (parts.path.startswith("/") and not parts.netloc):
            continue
        if path is None or not (own or stands(path)):
            if not stands(path or parts.path):
                said = f"The link leads to {parts.path}, which does not stand in docs/."
                yield manuscript.problem(
                    link.at, Code.BROKEN_LINK, said, _nearest(parts.path, texts)
                )
        elif parts.fragment and path in texts:
            yield from _anchor(
                manuscript, link, unquote(parts.fragment), texts[path], edits.get(path)
            )


def _own_path(manuscript: Manuscript) -> str:
    return f"policies/{manuscript.slug}.md"


def _nearest(path: str, texts: Mapping[str, Manuscript]) -> str:
    name = path.rpartition("/")[2]
    names = [one.rpartition("/")[2] for one in texts]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f"Did you mean {near[0]}?" if near else "Correct the address, or take the link out."


def _anchor(
    manuscript: Manuscript, link: Hyperlink, anchor: str, target: Manuscript, edit: Edit | None
) -> Iterator[Problem]:
    where = "this policy" if target.path == manuscript.path else target.path
    renamed = _successor(edit, anchor) if edit else None
    if anchor in target.anchors:
        if renamed and renamed != anchor:
            said = f"The link to #{anchor} leads to another section of {where} than it did."
            yield _answer(manuscript, link, anchor, renamed, Code.SECTION_REFERENCE, said)
        return
    said = f"No section of {where} is called #{anchor}."
    if renamed:
        said = f"The section of {where} that was called #{anchor} is called #{renamed} now."
        yield _answer(manuscript, link, anchor, renamed, Code.BROKEN_LINK, said)
        return
    near = difflib.get_close_matches(anchor, sorted(target.anchors), n=1, cutoff=0.6)
    hint = f"Did you mean #{near[0]}?" if near else "Link to a heading that is there."
    yield manuscript.problem(link.at, Code.BROKEN_LINK, said, hint)


def _answer(
    manuscript: Manuscript, link: Hyperlink, old: str, new: str, code: Code, said: str
) -> Problem:
    place = manuscript.text.find(f"#{old}", link.at)
    straight = 0 <= place - link.at <= len(link.to)
    fix = Fix(len(old) + 1, f"#{new}") if straight else None
    return manuscript.problem(place if straight else link.at, code, said, f"Write #{new}.", fix)


def _successor(edit: Edit, anchor: str) -> str | None:
    """Return the anchor of the section that bore `anchor` before; None where nothing is known."""
    old = next((one for one in edit.old.document.sections if one.anchor == anchor), None)
    heirs = edit.successors(old) if old and old.index else []
    if old is None or any(one.anchor == anchor for one in heirs):
        return None
    return heirs[0].anchor if heirs and heirs[0].index else None


def lost_anchors(edit: Edit) -> Iterator[Problem]:
    """Find sections whose address readers may have kept and that is gone."""
    present = edit.new.anchors
    lost = [one for one in edit.old.document.sections if one.anchor and one.anchor not in present]
    moved = [(one.anchor, heir) for one in lost if (heir := _heir(edit, one))]
    for anchor, heir in moved[:SHOWN]:
        rest = len(moved) - SHOWN if (anchor, heir) == moved[:SHOWN][-1] else 0
        also = f" (and {rest} more of this policy)" if rest > 0 else ""
        said = f"Links to #{anchor}{also} no longer lead to this section."
        hint = f"Keep the old address: add {{: #{anchor} }} behind the heading."
        place = edit.new.heading_starts[heir.index]
        yield edit.new.problem(place, Code.LOST_ANCHOR, said, hint)


def _heir(edit: Edit, section: Section) -> Section | None:
    return next((one for one in edit.successors(section) if one.index), None)
