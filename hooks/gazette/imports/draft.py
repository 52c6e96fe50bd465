"""A page brought in as the draft of a policy: its title, its version, and its text in Markdown.

What a help center puts around a text is recognized and left out: the way back, the line that
names the version, the box that offers help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from gazette.imports.block_markdown import Part
from gazette.imports.omissions import Omission, quoted
from gazette.model import VersionId
from gazette.text.markdown_escapes import heading
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.visible import visible_line

MAX_HEADING_WORDS, MAX_HEADING_LETTERS = 14, 100
"""What is longer is a sentence, even if it begins with a number or is bold."""
MAX_HELP_BLOCKS, MAX_HELP_WORDS = 4, 80
"""A box that offers help is no longer than this, and stands at the end."""
MAX_LABEL_LETTERS = 200
"""A line that names the version and the day is no longer, nor is one that leads back."""
LABELS_BELOW_TITLE = 4
"""How many blocks below the title may name the version; further down it is a part of the text."""
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
class DraftContext:
    """What is known of a page before it is read: its path, a title for want of another, the day.

    `changes` says what becomes of changes that wait for a decision, `accept` or `reject`; where it
    is empty, a page that has any is refused.
    """

    name: str
    fallback_title: str
    today: date
    markdown: MarkdownSettings
    changes: str = ""


@dataclass(frozen=True)
class Draft:
    """A text on its way to be a policy; `notes` say what was assumed.

    `left_out` lists what of its source it lacks, `images` are those it shows, by name. `file`
    holds the bytes of one that is a policy already.
    """

    title: str
    version: VersionId
    body: str
    notes: tuple[str, ...] = ()
    left_out: tuple[Omission, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)
    file: bytes = b""


def draft_of(
    parts: Sequence[Part],
    fallback_title: str,
    today: date,
    left_out: tuple[Omission, ...] = (),
) -> Draft | None:
    """Return the draft made of a page's blocks, None when there is no text.

    The only heading of the first level is the title; a page without one is called
    `fallback_title`. `left_out` is what the reader of its format left out already.
    """
    title, above, below = _split_at_title(parts, fallback_title)
    text, version, version_notes = _without_labels([*above, *below], len(above), today)
    text, help_box = _without_help(text)
    body = "\n\n".join(part.markdown for part in _releveled(_with_headings(text)))
    if not body.strip():
        return None
    return Draft(title, version, f"{body}\n", version_notes, (*left_out, *help_box))


def _split_at_title(
    parts: Sequence[Part], fallback: str
) -> tuple[str, Sequence[Part], Sequence[Part]]:
    """Return the title, the blocks above it, and those below."""
    tops = [index for index, part in enumerate(parts) if part.level == 1]
    if len(tops) == 1 and not any(part.level for part in parts[: tops[0]]):
        title = visible_line(parts[tops[0]].text) or fallback
        return title, parts[: tops[0]], parts[tops[0] + 1 :]
    return fallback, (), parts


def _without_labels(
    parts: Sequence[Part], above: int, today: date
) -> tuple[list[Part], VersionId, tuple[str, ...]]:
    """Take out the way back and the labels of version and date; return the rest, the version.

    They stand above the title or right below it; `above` blocks do. The notes say what was assumed.
    """
    first_heading = next((at for at, part in enumerate(parts) if part.level), len(parts))
    intro = min(first_heading, above + LABELS_BELOW_TITLE)
    labels = [label_of(part.text) for part in parts[:intro]]
    rest = [
        part
        for index, part in enumerate(parts)
        if index >= intro or not (labels[index] or (index <= above and is_way_back(part.text)))
    ]
    versions = [_version(label["version"]) for label in labels if label]
    days = [day_of(label["updated"] or "") for label in labels if label]
    version, updated = next(filter(None, versions), None), next(filter(None, days), None)
    if version is None:
        return rest, *assumed_version(updated, today)
    if updated in (None, version.day):
        return rest, version, ()
    note = f"It was updated on {updated}, but its version says {version.day}: kept."
    return rest, version, (note,)


def assumed_version(updated: date | None, today: date) -> tuple[VersionId, tuple[str, ...]]:
    """Return the version of a page that names none, and a note when it names no day either."""
    version = VersionId(updated or today, 1)
    return version, () if updated else (f"It names no version: it gets today's, {version}.",)


def label_of(text: str) -> re.Match[str] | None:
    """Return the match of a line that names the version or the day of a text, and nothing else."""
    label = LABEL.fullmatch(text) if len(text) <= MAX_LABEL_LETTERS else None
    return label if label and (label["version"] or label["updated"]) else None


def is_way_back(text: str) -> bool:
    """Tell whether a line leads back to the home of a website."""
    return len(text) <= MAX_LABEL_LETTERS and bool(WAY_BACK.fullmatch(text))


def _version(text: str | None) -> VersionId | None:
    try:
        return VersionId.parse(text or "")
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """Read a day as pages write it, `2026-03-31` or `March 31, 2026`; None for anything else."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[.,/-]", " ", text)
    plain = " ".join(plain.replace("Sept ", "Sep ").split())
    for form in DAY_FORMS:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    return None


def _without_help(parts: list[Part]) -> tuple[list[Part], tuple[Omission, ...]]:
    """Leave out the box at the end that offers help, never a section of the text itself."""
    reason = "The site has a box of its own that offers help."
    for index in range(len(parts) - 1, max(len(parts) - 1 - MAX_HELP_BLOCKS, 0), -1):
        first, *others = parts[index:]
        words = sum(len(part.text.split()) for part in (first, *others))
        is_box = words <= MAX_HELP_WORDS and not any(part.level for part in others)
        if is_box and HELP.match(first.text):
            words_of_box = " ".join(part.text for part in (first, *others))
            return parts[:index], (Omission("At the end", quoted(words_of_box), reason),)
    return parts, ()


def _with_headings(parts: list[Part]) -> list[Part]:
    """Make headings of what looks like them, where a page marks none."""
    if any(part.level for part in parts):
        return parts
    for level_of in (_numbered_level, _bold_level):
        levels = [level_of(part) for part in parts]
        if any(levels):
            return [replace(part, level=level) for part, level in zip(parts, levels, strict=True)]
    return parts


def _numbered_level(part: Part) -> int:
    return heading_level(part.text) if part.bold or "\n" not in part.markdown else 0


def _bold_level(part: Part) -> int:
    return 2 if part.bold and _is_short(part.text) else 0


def heading_level(line: str) -> int:
    """Return the level of `3. Retention` (2) and `3.2 Deletion` (3), 0 for what is no heading."""
    number = NUMBER.match(line)
    if not number or not _is_short(line) or re.search(r"[.;,:]$", line):
        return 0
    depth = (number["number"] or "").count(".")
    return 0 if line[number.end()].islower() else min(2 + depth, 6)


def _is_short(line: str) -> bool:
    return len(line) <= MAX_HEADING_LETTERS and len(line.split()) <= MAX_HEADING_WORDS


def _releveled(parts: list[Part]) -> Iterator[Part]:
    """Yield the blocks with their headings shifted so that the highest is of the second level.

    Rules at the beginning and the end are left out.
    """
    texts = [index for index, part in enumerate(parts) if part.markdown != "---"]
    shift = 2 - min((part.level for part in parts if part.level), default=2)
    for part in parts[texts[0] : texts[-1] + 1] if texts else ():
        level = min(part.level + shift, 6) if part.level else 0
        kept_id = f" {{: #{part.kept_id} }}" if part.kept_id else ""
        markdown = heading(level, part.text) + part.notes + kept_id if level else part.markdown
        yield replace(part, level=level, markdown=markdown)
