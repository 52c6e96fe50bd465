"""Portions: the redline of sections that are compared together, in the forms in which it is stored.

A page of everything that changed since a version is put together from portions. A portion knows
nothing of the page: OLD_ID and NEW_ID stand in it for the versions of both texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any, NamedTuple

from markupsafe import Markup

from gazette.forms.highlights_html import item_of
from gazette.forms.phrases import Phrases, filled
from gazette.forms.redline_blocks import Written
from gazette.forms.redline_html import section_ids, section_parts
from gazette.forms.redline_json import published_blocks, whole_blocks
from gazette.text.composition import changed_links
from gazette.text.document import Block, Kind, Section
from gazette.text.highlights import Highlight, weighed
from gazette.text.judgement import Judge
from gazette.text.redline import BlockStatus, Redline
from gazette.text.wording import Op

OLD_ID, NEW_ID = "gazette-old-version", "gazette-new-version"
OLD_PAGE, NEW_PAGE = f"../../versions/{OLD_ID}/", "../../"
"""The links to both texts: the new one is the text in force, or the last of a retired policy."""
_FEWEST_WORDS = 3
"""Blocks of fewer words recur by chance."""

Words = tuple[tuple[str, str], ...]


class Entry(NamedTuple):
    """A section of a portion; `old` and `new` are its places among those of each text, by index.

    `own_id` is that of its place, `html` is empty where nothing changed, and its links are
    unresolved; `blocks` is JSON. `brief` and `brief_blocks` refer to the words in both texts
    instead.
    """

    old: int | None
    new: int | None
    status: str
    flags: tuple[str, ...]
    own_id: str
    item: str
    html: str
    brief: str
    blocks: str
    brief_blocks: str


class Matter(NamedTuple):
    """What matters: its weight, topic, HTML, link, in how many places, the same words elsewhere."""

    weight: float
    topic: str
    html: str
    link: str
    times: int
    words: Words


class Portion(NamedTuple):
    """A redline: its sections, what matters of them, and what takes other portions to tell.

    `links` lead to another anchor before and after, `removed` and `added` are digests of blocks
    that one of both texts lacks here. `fault` says why all words are replaced, if so. Blocks that
    moved (`has_moves`) name sections by their indexes.
    """

    entries: Sequence[Entry]
    matters: Sequence[Matter]
    is_calm: bool
    links: Sequence[tuple[str, str]]
    removed: Set[str]
    added: Set[str]
    fault: str
    has_moves: bool

    def record(self) -> list[object]:
        """Return it as plain values, from which `read` makes it again."""
        return [*self[:4], sorted(self.removed), sorted(self.added), *self[6:]]


def read(record: Sequence[Any]) -> Portion:
    """Return the portion of such a record."""
    entries, matters, is_calm, links, removed, added, fault, has_moves = record
    return Portion(
        [Entry(*entry) for entry in entries],
        [
            Matter(weight, topic, html, link, times, tuple((op, text) for op, text in words))
            for weight, topic, html, link, times, words in matters
        ],
        is_calm,
        [(old, new) for old, new in links],
        frozenset(removed),
        frozenset(added),
        fault,
        has_moves,
    )


def portion(
    change: Redline, fault: str, judge: Judge, written: Written, phrases: Phrases
) -> Portion:
    """Return the redline of some sections in all its forms."""
    entries = tuple(_entries(change, fault, written, phrases))
    matters, is_calm = weighed(change, judge)
    ids = section_ids(change)
    blocks = [block for section in change.sections for block in section.blocks]
    return Portion(
        entries,
        [_matter(weight, entry, change, ids, phrases) for weight, entry in matters],
        is_calm,
        sorted(changed_links(change)),
        frozenset(_movable(block.old for block in blocks if block.status is BlockStatus.REMOVED)),
        frozenset(_movable(block.new for block in blocks if block.status is BlockStatus.ADDED)),
        fault,
        any(block.moved_from is not None or block.moved_to is not None for block in blocks),
    )


def _entries(change: Redline, fault: str, written: Written, phrases: Phrases) -> Iterator[Entry]:
    old = _places(section.old for section in change.sections)
    new = _places(section.new for section in change.sections)
    parts = section_parts(change, phrases, OLD_PAGE, NEW_PAGE, written)
    for section, (own_id, item, html, brief) in zip(change.sections, parts, strict=True):
        yield Entry(
            old[section.old.index] if section.old else None,
            new[section.new.index] if section.new else None,
            section.status.value,
            tuple(flag.value for flag in section.flags),
            own_id,
            str(item),
            _warning(fault, phrases) + html,
            str(brief),
            published_blocks(section, {}),
            whole_blocks(section),
        )
        fault = ""


def _places(sections: Iterable[Section | None]) -> dict[int, int]:
    indexes = {section.index for section in sections if section}
    return {index: place for place, index in enumerate(sorted(indexes))}


def _warning(fault: str, phrases: Phrases) -> Markup:
    if not fault:
        return Markup("")
    message = phrases.language.gettext(
        "<strong>What changed in these sections cannot be shown word by word.</strong> %(reason)s "
        "Old and new words stand here whole."
    )
    return Markup('<p class="gz-note gz-unproved" role="note">{}</p>\n').format(
        filled(message, reason=phrases.words(fault))
    )


def _matter(
    weight: float, entry: Highlight, change: Redline, ids: Sequence[str], phrases: Phrases
) -> Matter:
    html, link, times, _ = item_of(entry, change, ids, phrases)
    is_whole = all(run.op is not Op.KEPT or not run.text.strip() for run in entry.runs)
    marked = () if is_whole else entry.runs
    words = tuple((run.op.value, run.text.strip()) for run in marked if run.op is not Op.KEPT)
    return Matter(weight, entry.topic.value, str(html), str(link), times, words)


def _movable(blocks: Iterator[Block | None]) -> Iterator[str]:
    """Yield the digests of blocks that may stand elsewhere, for who looks for equal ones."""
    for block in blocks:
        if block and block.kind is not Kind.HEADING and len(block.bag) >= _FEWEST_WORDS:
            yield hashlib.sha256(block.key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
