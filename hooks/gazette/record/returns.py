"""Returns: that `docs/` went back to a version that it had held before, and on which day.

What is newer was withdrawn then. Going on from a version to one that was withdrawn earlier is a
return as well: what stood before it stands again with it. `versions/SLUG/DAY.returned` records a
return, with a number where its day has several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from gazette.model import Return, Slug, VersionId

NAME = re.compile(r"\d{4}-\d{2}-\d{2}(?:\.(?P<number>[2-9]|[1-9]\d+))?\.returned", re.ASCII)
TEXT = re.compile(
    r"returned: (?P<day>\S+)\nfrom version: (?P<left>\S+)\nto version: (?P<to>\S+)\n", re.ASCII
)


@dataclass(frozen=True)
class ReturnFile:
    """A return as the archive keeps it, under the name that the policy had; `number` is its day's.

    Those of a policy are in order by day and number, whatever it was called.
    """

    slug: Slug
    what: Return
    number: int = 1

    @property
    def order(self) -> tuple[date, int]:
        """Its place among the returns of the policy."""
        return self.what.day, self.number

    @property
    def undated(self) -> tuple[Slug, VersionId, VersionId]:
        """All but its day: rewriting a history gives its commits other days."""
        return self.slug, self.what.left, self.what.to

    @property
    def path(self) -> str:
        """Where the archive keeps it."""
        number = f".{self.number}" if self.number > 1 else ""
        return f"{self.slug}/{self.what.day}{number}.returned"

    @property
    def data(self) -> bytes:
        """What stands in the archive."""
        day, left, to = self.what
        return f"returned: {day}\nfrom version: {left}\nto version: {to}\n".encode()


def read_return(slug: Slug, name: str, data: bytes) -> ReturnFile | None:
    """Return what the file of this name says; None where no build writes any like it."""
    named = NAME.fullmatch(name)
    stated = TEXT.fullmatch(data.decode("utf-8", "replace"))
    if not named or not stated:
        return None
    try:
        day = date.fromisoformat(stated["day"])
        what = Return(day, VersionId.parse(stated["left"]), VersionId.parse(stated["to"]))
    except ValueError:
        return None
    file = ReturnFile(slug, what, int(named["number"] or 1))
    return file if file.path == f"{slug}/{name}" else None


class Carried(NamedTuple):
    """That a policy carried a version from a day on, under a name."""

    slug: Slug
    version: VersionId
    day: date


def returns_of(carried: Iterable[Carried]) -> Iterator[ReturnFile]:
    """Yield the returns of a policy by what it carried, in order; numbers are not given yet."""
    day, newest = date.min, None
    for old, new in pairwise(carried):
        day = max(day, new.day)  # days of commits may run backwards, the line does not
        newest = max(newest or old.version, old.version)
        if new.version != old.version and new.version <= newest:
            yield ReturnFile(new.slug, Return(day, old.version, new.version))


class StandingVersions(NamedTuple):
    """The versions that stood from the day `begin` on, each with the day since which it did.

    Those that were posted later are among them, up to the next return.
    """

    begin: date
    versions: Mapping[VersionId, date]


def stands(versions: Iterable[VersionId], returns: Sequence[Return]) -> list[StandingVersions]:
    """Return which `versions` stood, oldest first: at first, and from each return on."""
    rest = sorted(versions)
    begin = rest[0].day
    standing: dict[VersionId, date] = {}
    stood = []
    for day, left, to in returns:
        newest = max(left, to)
        standing = standing | {version: version.day for version in rest if version <= newest}
        rest = [version for version in rest if version > newest]
        stood.append(StandingVersions(begin, standing))
        begin = max(begin, day, left.day)
        with_it = next((stand.versions for stand in reversed(stood) if to in stand.versions), {})
        standing = {
            version: standing.get(version, begin)
            for version in sorted({*standing, *with_it})
            if version <= to
        }
    return [*stood, StandingVersions(begin, standing | {version: version.day for version in rest})]
