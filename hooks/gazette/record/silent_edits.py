"""Silent edits: a text that changed for readers while its version did not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from gazette.model import Change, Metadata, decoded
from gazette.problems import Code, Problem
from gazette.record.policy_files import PolicyFile
from gazette.settings import Settings
from gazette.text.cells import is_inked
from gazette.text.comparison import Comparer
from gazette.text.frontmatter import body_of, normalized, read_archived_metadata
from gazette.text.link_places import moved_anchors
from gazette.text.reader import Reader
from gazette.text.redline import BlockStatus, SectionChange, SectionStatus
from gazette.text.slugs import language_of_slug
from gazette.text.suppressions import without_allowed_links
from gazette.text.tokens import fold

WORD = re.compile(r"\w+")
HINT = (
    "Give the text a new version and updated, with a summary of what changed; "
    "or take the change back."
)
UNSEEN_KEYS = frozenset({"version", "updated", "formerly", "translates", "notice_days"})
"""Keys that may change under a version.

The days are the version itself and what it is compared by; `formerly` gets names, as a file is
renamed; `translates` is raised where no word of a translation has to change; `notice_days` binds
editors.
"""
SHOWN_KEYS = tuple(key for key in Metadata.model_fields if key not in UNSEEN_KEYS)
"""What readers are shown of the front matter."""


def silent_edit(
    file: PolicyFile,
    metadata: Metadata,
    published: bytes,
    settings: Settings,
    reader: Reader | None = None,
) -> Iterator[Problem]:
    """Yield the finding that readers see something else than was `published` as this version.

    The `reader` is one that reads these texts for others as well, if there is any.
    """
    old, new = normalized(decoded(published)), normalized(decoded(file.data))
    change = _changed_value(file, metadata, old, settings) or _changed_section(
        old, new, reader or Reader(settings.markdown)
    )
    if change:
        line, what = change
        message = f"{what}, but the version is still {metadata.version}."
        yield Problem(file.path, line, Code.SILENT_EDIT, message, HINT)


def _changed_value(
    file: PolicyFile, new: Metadata, published: str, settings: Settings
) -> tuple[int, str] | None:
    """Find a value of the front matter that readers are shown and that is not what it was."""
    old = read_archived_metadata(published, new.version, file.slug)
    default = language_of_slug(file.slug) or settings.language
    for key in SHOWN_KEYS:
        before, after = (
            _shown(metadata.lang or default if key == "lang" else getattr(metadata, key))
            for metadata in (old, new)
        )
        if before != after:
            return file.line_of(key), f"The {key} changed from {before} to {after}"
    lost = [name for name in old.formerly if name not in new.formerly]
    if lost:
        return file.line_of("formerly"), f"The former name {lost[0]} was taken out"
    return None


def _shown(value: object) -> str:
    """Return a value in the words of a message, white space folded."""
    text = " ".join(str(value.value if isinstance(value, Change) else value or "").split())
    return fold(text) or "nothing"


def _changed_section(old: str, new: str, reader: Reader) -> tuple[int, str] | None:
    """Find the first section that reads otherwise; how its source is written is no matter."""
    before, after = (reader.read(without_allowed_links(text, body_of(text))) for text in (old, new))
    if before.html == after.html:
        return None
    change, _ = Comparer().compare_or_replace(before, after)
    for section in change.sections:
        if not section.is_unchanged or _has_notes(section):
            return _first_changed_line(old, new), _what(section)
    moved = next(moved_anchors(before.html, after.html), None)
    if moved is None:
        return None
    name = moved.removeprefix("fn:")
    line = new.count("\n", 0, max(new.find(name, len(new) - len(body_of(new))), 0)) + 1
    return line, f"Links to #{moved} lead to another place of the text"


def _has_notes(section: SectionChange) -> bool:
    """Tell whether a link, the format, or a heading changed in some other way than its name."""
    return any(block.notes or block.status is not BlockStatus.UNCHANGED for block in section.blocks)


def _what(change: SectionChange) -> str:
    name = f"The section “{change.section.heading}”" if change.section.index else "The introduction"
    if change.status is SectionStatus.ADDED:
        return f"{name} was added"
    if change.status is SectionStatus.REMOVED:
        return f"{name} was taken out"
    notes = [note for block in change.blocks for note in block.notes]
    if notes and not any(is_inked(block.cells) for block in change.blocks):
        return f"{name} changed: {notes[0].kind.phrase}"
    return f"{name} changed"


def _first_changed_line(old: str, new: str) -> int:
    """Return the line of the new source on which its words first differ from the old ones."""
    bodies = body_of(old), body_of(new)
    start = len(new) - len(bodies[1])
    for old_word, new_word in zip_longest(*(WORD.finditer(body) for body in bodies)):
        if new_word is None:
            break
        if old_word is None or old_word[0] != new_word[0]:
            return new.count("\n", 0, start + new_word.start()) + 1
    return new.rstrip().count("\n") + 1
