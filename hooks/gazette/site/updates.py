"""Updates: the steps of a policy from one version to the next, and which pages compare versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gazette.language import Language
from gazette.model import Metadata, Policy, Status, Version


@dataclass(frozen=True)
class Update:
    """What one update changed; `counts` are (status or flag, number of sections), none zero."""

    old: Version
    new: Version
    counts: tuple[tuple[str, int], ...]


def counted(language: Language, update: Update, *, in_sentence: bool = False) -> str:
    """Return how many sections were amended, added and so on, on its own or `in_sentence`."""
    if update.counts:
        comma = language.pgettext("between parts of a line", ", ")
        return comma.join(_counted(language, *count) for count in update.counts)
    if in_sentence:
        return language.gettext("no section changed in wording")
    return language.gettext("No section changed in wording")


def _counted(language: Language, word: str, number: int) -> str:
    """Return of how many sections a status or flag is true."""
    if word == "amended":
        message = language.ngettext("%(num)s section amended", "%(num)s sections amended", number)
    elif word == "added":
        message = language.ngettext("%(num)s section added", "%(num)s sections added", number)
    elif word == "removed":
        message = language.ngettext("%(num)s section removed", "%(num)s sections removed", number)
    elif word == "renamed":
        message = language.ngettext("%(num)s section renamed", "%(num)s sections renamed", number)
    elif word == "renumbered":
        message = language.ngettext(
            "%(num)s section renumbered", "%(num)s sections renumbered", number
        )
    elif word == "moved":
        message = language.ngettext("%(num)s section moved", "%(num)s sections moved", number)
    elif word == "split":
        message = language.ngettext("%(num)s section split", "%(num)s sections split", number)
    else:
        message = language.ngettext("%(num)s section merged", "%(num)s sections merged", number)
    return message % {"num": number}


class MetadataChange(NamedTuple):
    """A value of the front matter, named by its `key`, that readers knew otherwise before."""

    key: str
    old: str
    new: str


NOTED_KEYS = ("title", "description", "category")
"""Days and summary are those of every version, and stand on its pages."""
SHOWN_KEYS = ("title", "updated", "effective", "summary", "description", "category")
"""All that readers get of the metadata."""


def metadata_changes(
    old: Metadata, new: Metadata, keys: Sequence[str] = NOTED_KEYS
) -> list[MetadataChange]:
    """Return what readers are called to notice in the metadata of two versions."""
    values = ((key, str(getattr(old, key)), str(getattr(new, key))) for key in keys)
    return [MetadataChange(*change) for change in values if change[1] != change[2]]


def last_change(policies: Iterable[Policy]) -> date:
    """Return the last day on which a page of any of `policies` changed.

    A text was posted then, came into force, was withdrawn or retired.
    """
    return max(day for policy in policies for day in _changes(policy))


def _changes(policy: Policy) -> Iterator[date]:
    yield policy.newest.metadata.updated
    if policy.in_force:
        yield policy.in_force.metadata.effective
    yield from (entry.day for entry in policy.returns)
    if policy.retired:
        yield policy.retired


def is_earlier(policy: Policy, version: Version) -> bool:
    """Tell whether a version stands before the text in force, so that something changed since."""
    return version is not policy.shown and version.status is not Status.UPCOMING


def coming_after(policy: Policy, version: Version) -> Sequence[Version]:
    """Return the upcoming versions that are to replace `version` or those after it, in order."""
    return [other for other in policy.upcoming if other.id > version.id]
