"""What happened to sections: facts for all forms, and sentences for editors, in English.

The words of the texts stand in quotes. What readers see, in their language, is in `phrases`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from gazette.text.document import Section
from gazette.text.lineage import Flag
from gazette.text.redline import Redline, SectionChange, SectionStatus

Item = TypeVar("Item")


def named(section: Section) -> str:
    """Return how one refers to a section: `Section 7, Retention Period`."""
    if not section.index:
        return "The opening"
    if not section.number or not section.number[0].isdigit():
        return f"“{section.heading}”"
    return f"Section {section.number}, {section.title}"


def is_part(change: SectionChange) -> bool:
    """Tell whether a section took in text of one with another name."""
    if not (change.old and change.new and {Flag.SPLIT, Flag.MERGED} & set(change.flags)):
        return False
    if change.old.title_key or change.new.title_key:
        return change.old.title_key != change.new.title_key
    return change.old.name != change.new.name


def label(change: SectionChange) -> str:
    """Return the name of a section; of a part that came from another one, both names."""
    if change.old and is_part(change):
        return f"{change.old.name} → {change.section.name}"
    return change.section.name


def own_source(change: SectionChange) -> Section | None:
    """Return the old section that readers take for the same one; None for a part of another."""
    return None if is_part(change) else change.old


def place_name(place: Section, section: Section | None) -> str:
    """Return where a block moved to or came from, seen from a `section` of the same text."""
    if section is not None and section.index == place.index:
        return "elsewhere in this section"
    if not place.index:
        return "in the opening"
    return f"in {place.name if place.name.startswith('“') else f'“{place.name}”'}"


def badges(change: SectionChange) -> list[SectionStatus | Flag]:
    """Return what became of a section, for readers; a part has another name anyway."""
    implied = {Flag.RENAMED, Flag.RENUMBERED} if is_part(change) else set()
    status = [] if change.status is SectionStatus.UNCHANGED else [change.status]
    return [*status, *(flag for flag in change.flags if flag not in implied)]


def changed_counts(change: Redline) -> list[tuple[str, int]]:
    """Return the sections by what became of them, as (status or flag, how many), in one order."""
    counts = Counter(badge.value for section in change.sections for badge in badges(section))
    order = (badge.value for badge in (*SectionStatus, *Flag))
    return [(word, counts[word]) for word in order if word in counts]


def counted(change: Redline) -> str:
    """Return how many sections were amended, added and so on."""
    parts = [f"{number} {word}" for word, number in changed_counts(change)]
    if not parts:
        return "no section changed in wording"
    number, _, rest = ", ".join(parts).partition(" ")
    return f"{number} {'section' if number == '1' else 'sections'} {rest}"


def section_counts(change: Redline) -> str:
    """Return how many sections have each status, unchanged ones included."""
    return ", ".join(f"{change.counts[status]} {status.value}" for status in SectionStatus)


def labels(section: SectionChange) -> list[str]:
    """Return the status of a section and its flags."""
    return [section.status.value, *(flag.value for flag in section.flags)]


def folded(
    items: Iterable[Item], is_unchanged: Callable[[Item], bool]
) -> Iterator[tuple[int, Item | None]]:
    """Yield each changed item with the number of unchanged ones before it; the last alone."""
    unchanged = 0
    for item in items:
        if is_unchanged(item):
            unchanged += 1
        else:
            yield unchanged, item
            unchanged = 0
    yield unchanged, None


def fates(change: SectionChange, after: Section | None = None) -> list[str]:
    """Return what became of a section apart from its words, a phrase for each.

    `after` is the section that it now stands behind, for one that moved.
    """
    old, new = change.old, change.new
    if old is None or new is None:
        return ["is new" if old is None else "is removed"]
    is_renamed_part = Flag.SPLIT in change.flags and Flag.RENAMED in change.flags
    implied = {Flag.RENAMED, Flag.RENUMBERED} if is_renamed_part else set()
    return [_fate(flag, old, after) for flag in change.flags if flag not in implied]


def _fate(flag: Flag, old: Section, after: Section | None) -> str:
    if flag is Flag.RENAMED:
        return f"was called “{old.title}”" if old.title else "now has a heading"
    if flag is Flag.RENUMBERED:
        return f"was number {old.number}" if old.number else "had no number"
    if flag is Flag.MOVED:
        return f"now stands after {lower(named(after))}" if after else "stands at another place"
    if flag is Flag.SPLIT:
        return f"holds part of the text of the former {lower(named(old))}"
    return f"takes in text of the former {lower(named(old))}"


def lower(name: str) -> str:
    """Return a section's name for the middle of a sentence."""
    return name.replace("The opening", "the opening")


def only_renumbered(change: SectionChange) -> bool:
    """Tell whether a section got another number and nothing else."""
    return change.status is SectionStatus.UNCHANGED and change.flags == (Flag.RENUMBERED,)


def renumberings(changes: Sequence[SectionChange]) -> Iterator[tuple[str, str]]:
    """Yield (`Sections 8 to 10`, `become Sections 9 to 11 ...`) for runs of neighbours."""
    run: list[SectionChange] = []
    for change in changes:
        if run and not _follows(run[-1], change):
            yield _renumbering(run)
            run = []
        run.append(change)
    if run:
        yield _renumbering(run)


def _follows(previous: SectionChange, change: SectionChange) -> bool:
    pairs = ((previous.old, change.old), (previous.new, change.new))
    return all(
        first
        and second
        and first.number.isdigit()
        and second.number.isdigit()
        and int(second.number) == int(first.number) + 1
        for first, second in pairs
    )


def _renumbering(run: Sequence[SectionChange]) -> tuple[str, str]:
    old = [change.old.number for change in run if change.old]
    new = [change.new.number for change in run if change.new]
    if len(run) == 1:
        was = f"was number {old[0]}" if old[0] else "had no number"
        return named(run[0].section), f"{was}; its text is the same"
    return (
        f"Sections {old[0]} to {old[-1]}",
        f"become Sections {new[0]} to {new[-1]}; their texts are the same",
    )
