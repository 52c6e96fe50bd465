"""A page brought in as the draft of a policy: its title, its version, and its text in Markdown.

What a help center puts around a text is recognized and left out: the way back, the line that
names the version, the box that offers help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from gazette.imports.block_markdown import LIST_ITEM, Part
from gazette.imports.images import ReadFile
from gazette.imports.labels import MAX_LABEL_LETTERS, label_of
from gazette.imports.omissions import Omission, quoted
from gazette.imports.stated_version import StatedVersion, version_in
from gazette.model import VersionId
from gazette.text.markdown_escapes import heading
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.visible import visible_line
from gazette.text.written_days import DAY

MAX_HEADING_WORDS, MAX_HEADING_LETTERS = 14, 100
"""What is longer is a sentence, even if it begins with a number or is bold."""
MAX_HELP_BLOCKS, MAX_HELP_WORDS = 4, 80
"""A box that offers help is no longer than this, and stands at the end."""
LABELS_BELOW_TITLE, LABELS_AT_END = 4, 2
"""How many blocks may name the version; in between it is a part of the text."""
WAY_BACK = re.compile(
    r"[←‹«<\s]*(?:back to|return to)\b.{0,60}|[←‹«<\s]*back|home|help center", re.I
)
HELP = re.compile(
    r"(?:(?:do you )?(?:still )?need (?:more |any |further )?help|still have questions)"
    r"\s*(?:\?|\Z)",
    re.I,
)
NUMBER = re.compile(
    r"(?:(?P<number>\d{1,3}(?:\.\d{1,3})*)(?:\.\)|[.)])?|(?:section|article|part|chapter|annex|schedule"
    r"|appendix|exhibit|title|clause|teil|kapitel|artikel|art\.|abschnitt|anlage|anhang|chapitre|titre"
    r"|partie|annexe|artículo|artigo|articolo)"
    r"\s+(?:[\divxlc]+|[A-Z])\b[.:)]?|§+\s*\d+\.?)\s+(?=\S)",
    re.I,
)
SENTENCE = re.compile(r"[.;,:。；，：、]$|[^\W\d_]{3}\. +[A-Z]")
"""What ends a sentence, at the end of a line or in it."""
_WHOLE_DAY = re.compile(DAY, re.I)
AMOUNT = re.compile(r"\d+\.0+\s|[\d.]+\s+[%‰°€$£+/×=–-]")
"""What begins with a number, and does not count."""
PART = re.compile(
    r"(?:part|chapter|annexe?|schedule|appendix|teil|kapitel|anlage)\s+(?:[\divxlc]+|[A-Z])", re.I
)
"""What names a part of a text without a title behind it."""
_RANKS = (
    re.compile(r"(?:part|title|book|division|teil|partie|parte|titre|título|titolo)\b", re.I),
    re.compile(r"(?:chapter|kapitel|chapitre|capítulo|capitolo|hoofdstuk)\b", re.I),
)
"""What heads a part of a text, and what a chapter."""
_BESIDE = re.compile(r"(?:annex|appendix|schedule|exhibit|anhang|anlage|annexe|anexo)\b", re.I)


class Page(NamedTuple):
    """A source as it was read: its blocks, the title it names, what is left out, its images."""

    parts: list[Part]
    title: str
    left_out: tuple[Omission, ...] = ()
    images: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True)
class DraftContext:
    """What is known of a page before it is read: its path, a title for want of another, the day.

    `read_file` returns the bytes of a file beside it, by the path that its `name` is one of.
    `changes` says what becomes of changes that wait for a decision, `accept` or `reject`; where it
    is empty, a page that has any is refused.
    """

    name: str
    fallback_title: str
    today: date
    markdown: MarkdownSettings
    changes: str = ""
    read_file: ReadFile = lambda path: None


@dataclass(frozen=True)
class Draft:
    """A text on its way to be a policy; `notes` say what was assumed.

    `left_out` lists what of its source it lacks, `images` are those it shows, by name. `file`
    holds the bytes of one that is a policy already. `effective` is the day it starts to apply,
    None for that of its version.
    """

    title: str
    version: VersionId
    body: str
    notes: tuple[str, ...] = ()
    left_out: tuple[Omission, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)
    file: bytes = b""
    effective: date | None = None


def draft_of(
    parts: Sequence[Part],
    fallback_title: str,
    today: date,
    left_out: tuple[Omission, ...] = (),
) -> Draft | None:
    """Return the draft made of a page's blocks, None when there is no text.

    The only heading of the first level is the title; a page without one is called
    `fallback_title`, which may be what it begins with. `left_out` is what the reader of its format
    left out already.
    """
    title, above, below = _split_at_title(parts, fallback_title)
    text, help_box = _without_help([*above, *below])
    text, stated, numbers = _without_labels(text, len(above), today)
    body = "\n\n".join(part.markdown for part in _releveled(_with_headings(text)))
    if not body.strip():
        return None
    omissions = (*left_out, *numbers, *help_box)
    return Draft(
        title, stated.version, f"{body}\n", stated.notes, omissions, effective=stated.effective
    )


def with_own_title(parts: list[Part]) -> list[Part]:
    """Make a title of the heading that a text without any begins with, if no other is as high."""
    levels = sorted(part.level for part in parts if part.level)
    first = parts[0] if parts else None
    if first is None or not first.level or heading_level(first.text) or len(levels) < 2:
        return parts
    is_title = 1 < first.level == levels[0] < levels[1]
    return [replace(first, level=1), *parts[1:]] if is_title else parts


def _split_at_title(
    parts: Sequence[Part], fallback: str
) -> tuple[str, Sequence[Part], Sequence[Part]]:
    """Return the title, the blocks above it, and those below."""
    tops = [index for index, part in enumerate(parts) if part.level == 1]
    if len(tops) == 1 and not any(part.level for part in parts[: tops[0]]):
        title = visible_line(parts[tops[0]].text) or fallback
        return title, parts[: tops[0]], parts[tops[0] + 1 :]
    if parts and parts[0].text.casefold() == fallback.casefold() and not parts[0].notes:
        return visible_line(parts[0].text), (), parts[1:]
    return fallback, (), parts


def _without_labels(
    parts: Sequence[Part], above: int, today: date
) -> tuple[list[Part], StatedVersion, tuple[Omission, ...]]:
    """Take out the way back and the lines of version and days; return the rest, the version.

    They stand above the title, of which `above` blocks do, right below it, or at the end, where
    those in a list are days of earlier versions. The numbers of versions that a help center does
    not name are left out.
    """
    intro = min(_first_section(parts), above + LABELS_BELOW_TITLE)
    outro = max(intro, len(parts) - LABELS_AT_END)
    top = {at: label for at in range(intro) if (label := label_of(parts[at].text))}
    last = [at for at in range(outro, len(parts)) if not LIST_ITEM.match(parts[at].markdown)]
    stated, gone, numbers = version_in(top, {at: parts[at].text for at in last}, today)
    gone |= {index for index in range(min(above + 1, intro)) if is_way_back(parts[index].text)}
    rest = [part for index, part in enumerate(parts) if index not in gone]
    return rest, stated, numbers


def _first_section(parts: Sequence[Part]) -> int:
    """Return where the first heading stands below words that are not those of a heading."""
    words = (at for at, part in enumerate(parts) if not part.level and not is_label(part.text))
    first = next(words, len(parts))
    headings = (at for at, part in enumerate(parts) if part.level and at > first)
    return next(headings, len(parts))


def is_label(text: str) -> bool:
    """Tell whether a line names the version or the day of a text, and nothing else."""
    label = label_of(text)
    return label is not None and label.is_whole


def is_way_back(text: str) -> bool:
    """Tell whether a line leads back to the home of a website."""
    return len(text) <= MAX_LABEL_LETTERS and bool(WAY_BACK.fullmatch(text))


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
            pairs = zip(parts, levels, strict=True)
            return ranked([replace(part, level=level) for part, level in pairs])
    return parts


def _numbered_level(part: Part) -> int:
    return heading_level(part.text) if part.bold or "\n" not in part.markdown else 0


def _bold_level(part: Part) -> int:
    return 2 if part.bold and _is_short(part.text) else 0


def heading_level(line: str) -> int:
    """Return the level of `3. Retention` (2) and `3.2 Deletion` (3), 0 for what is no heading."""
    if PART.fullmatch(line):
        return 2
    number = NUMBER.match(line)
    if not number or not _is_short(line) or SENTENCE.search(line, number.end()):
        return 0
    depth = (number["number"] or "").count(".")
    is_other = AMOUNT.match(line) or _WHOLE_DAY.fullmatch(line) or line[number.end()].islower()
    return 0 if is_other else min(2 + depth, 6)


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


def ranked(parts: Sequence[Part]) -> list[Part]:
    """Return the blocks with sections a level below the part or chapter that they stand in.

    An annex stands beside the highest of them.
    """
    ranks = [_rank(part) if part.level else None for part in parts]
    present = sorted({rank for rank in ranks if rank is not None and rank >= 0})
    shown: list[Part] = []
    reached = present[-1] if present else 0
    for part, rank in zip(parts, ranks, strict=True):
        if rank is None or part.level < 2:
            shown.append(part)
            continue
        reached = min(reached, rank) if rank >= 0 else reached
        steps = sum(reached <= other < rank for other in present) if rank >= 0 else 0
        shown.append(replace(part, level=min(part.level + steps, 6)))
    return shown


def _rank(part: Part) -> int:
    if _BESIDE.match(part.text):
        return -1
    ranks = (rank for rank, noun in enumerate(_RANKS) if noun.match(part.text))
    return next(ranks, len(_RANKS))
