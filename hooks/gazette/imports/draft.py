"""A page brought in as the draft of a policy: its title, its version, and its text in Markdown.

What a help center puts around a text is recognized and left out: the way back, the line that
names the version, the box that offers help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from gazette.imports.block_markdown import Part
from gazette.imports.markdown_escapes import heading
from gazette.model import VersionId

HEADING_WORDS, HEADING_LETTERS = 14, 100
HELP_BLOCKS, HELP_WORDS = 4, 80
LABELS_BELOW_TITLE = 4
WAY_BACK = re.compile(
    r"[←‹«<\s]*(?:back to|return to)\b.{0,60}|[←‹«<\s]*back|home|help center", re.I
)
HELP = re.compile(
    r"(?:(?:do you )?(?:still )?need (?:more |any |further )?help|still have questions)"
    r"\s*(?:\?|\Z)",
    re.I,
)
NUMBER = re.compile(
    r"(?:(?P<number>\d{1,3}(?:\.\d{1,3})*)[.)]?|(?:section|article|part|chapter|annex|schedule)"
    r"\s+[\divxlc]+\b[.:)]?|§+\s*\d+\.?)\s+(?=\S)",
    re.I,
)
DAY = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
DAY += r"|\d{1,2}(?:st|nd|rd|th|\.)?\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4}"
LABEL = re.compile(
    rf"""(?:version\s*:?\s*(?P<version>\d{{4}}-\d{{2}}-\d{{2}}\.v\d+|v?[\d.]*\d)?)?
    [\s|·•,;–—-]*
    (?:(?:last\s+|date\s+)?(?:updated|modified|revised)(?:\s+on)?\s*:?\s*(?P<updated>{DAY}))?
    [\s.]*""",
    re.VERBOSE | re.IGNORECASE,
)
DAY_FORMS = ("%Y %m %d", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y")


@dataclass(frozen=True)
class Draft:
    """A text on its way to be a policy; `notes` say what was assumed or left out."""

    title: str
    version: VersionId
    body: str
    notes: tuple[str, ...] = ()


def draft_of(parts: Sequence[Part], fallback_title: str, today: date) -> Draft | None:
    """Return the draft made of a page's blocks, None when there is no text.

    The only heading of the first level is the title; a page without one is called
    `fallback_title`.
    """
    notes: list[str] = []
    title, above, below = _titled(parts, fallback_title)
    below, version = _labelled([*above, *below], len(above), today, notes)
    below = _promoted(_without_help(below, notes))
    body = "\n\n".join(part.markdown for part in _leveled(below))
    return Draft(title, version, f"{body}\n", tuple(notes)) if body.strip() else None


def _titled(parts: Sequence[Part], fallback: str) -> tuple[str, Sequence[Part], Sequence[Part]]:
    """Return the title, the blocks above it, and those below."""
    top = [place for place, part in enumerate(parts) if part.level == 1]
    if len(top) == 1 and not any(part.level for part in parts[: top[0]]):
        return parts[top[0]].text, parts[: top[0]], parts[top[0] + 1 :]
    return fallback, (), parts


def _labelled(
    parts: Sequence[Part], above: int, today: date, notes: list[str]
) -> tuple[list[Part], VersionId]:
    """Take out the way back and the labels of version and date; return the rest, the version.

    They stand above the title or right below it; `above` blocks do.
    """
    kept: list[Part] = []
    version: VersionId | None = None
    updated: date | None = None
    intro = True
    for place, part in enumerate(parts):
        intro = intro and not part.level and place < above + LABELS_BELOW_TITLE
        label = label_of(part.text) if intro else None
        if label:
            version = version or _version(label["version"])
            updated = updated or day(label["updated"] or "")
        elif not (intro and place <= above and is_way_back(part.text)):
            kept.append(part)
    if version is None:
        version = VersionId(updated or today, 1)
        notes += [] if updated else [f"It names no version: it gets today's, {version}."]
    elif updated and updated != version.day:
        notes.append(f"It was updated on {updated}, but its version says {version.day}: kept.")
    return kept, version


def label_of(text: str) -> re.Match[str] | None:
    """Return what a line says that names the version or the day of a text, and nothing else."""
    label = LABEL.fullmatch(text)
    return label if label and (label["version"] or label["updated"]) else None


def is_way_back(text: str) -> bool:
    """Tell whether a line leads back to the home of a website."""
    return bool(WAY_BACK.fullmatch(text))


def _version(text: str | None) -> VersionId | None:
    try:
        return VersionId.parse(text or "")
    except ValueError:
        return None


def day(text: str) -> date | None:
    """Read a day as pages write it, `2026-03-31` or `March 31, 2026`; None for anything else."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[.,/-]", " ", text)
    plain = " ".join(plain.replace("Sept ", "Sep ").split())
    for form in DAY_FORMS:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    return None


def _without_help(parts: list[Part], notes: list[str]) -> list[Part]:
    """Leave out the box at the end that offers help, never a section of the text itself."""
    for place in range(len(parts) - 1, max(len(parts) - 1 - HELP_BLOCKS, 0), -1):
        box = parts[place:]
        if HELP.match(box[0].text):
            words = sum(len(part.text.split()) for part in box)
            if words <= HELP_WORDS and not any(part.level for part in box[1:]):
                notes.append("The box that offers help is left out: the site has its own.")
                return parts[:place]
    return parts


def _promoted(parts: Sequence[Part]) -> list[Part]:
    """Make headings of what looks like them, where a page marks none."""
    if any(part.level for part in parts):
        return list(parts)
    for looks in (_numbered, lambda part: 2 if part.bold and _is_short(part.text) else 0):
        found = [looks(part) for part in parts]
        if any(found):
            pairs = zip(parts, found, strict=True)
            return [_as_heading(part, level) if level else part for part, level in pairs]
    return list(parts)


def _numbered(part: Part) -> int:
    """Return the level that a numbered line has as a heading, 0 when it is none."""
    return heading_level(part.text) if part.bold or "\n" not in part.markdown else 0


def heading_level(line: str) -> int:
    """Return the level of `3. Retention` (2) and `3.2 Deletion` (3), 0 for what is no heading."""
    number = NUMBER.match(line)
    if not number or not _is_short(line) or re.search(r"[.;,:]$", line):
        return 0
    depth = (number["number"] or "").count(".")
    begins_small = line[number.end()].islower()
    return 0 if begins_small else min(2 + depth, 6)


def _is_short(line: str) -> bool:
    return len(line) <= HEADING_LETTERS and len(line.split()) <= HEADING_WORDS


def _as_heading(part: Part, level: int) -> Part:
    return replace(part, level=level, markdown=heading(level, part.text))


def _leveled(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the blocks with their headings shifted so that the highest is of the second level."""
    shown = list(parts)
    while shown and shown[-1].markdown == "---":
        shown.pop()
    while shown and shown[0].markdown == "---":
        shown.pop(0)
    shift = 2 - min((part.level for part in shown if part.level), default=2)
    for part in shown:
        level = min(part.level + shift, 6) if part.level else 0
        kept = f" {{: #{part.kept_id} }}" if part.kept_id else ""
        yield replace(part, markdown=heading(level, part.text) + kept) if level else part
