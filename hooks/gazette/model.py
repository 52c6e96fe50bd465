"""The domain as records: policies, their versions, and the metadata of a version."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import Annotated, NamedTuple, NewType

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

VERSION_PATTERN = r"^\d{4}-\d{2}-\d{2}\.v[1-9]\d{0,3}$"
LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
"""A language as BCP 47 names it: `de`, `pt-BR`, `zh-Hant`."""
FOLDER_PATTERN = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"
"""The same as a folder is called, in the one way of writing that addresses have."""
SLUG_PATTERN = rf"^(?:{FOLDER_PATTERN}/)?[a-z0-9]+(?:-[a-z0-9]+)*$"
DAY_PATTERN = r"^\d{4}-\d{2}-\d{2}$"

Slug = NewType("Slug", str)
"""The name of a policy's file in `docs/policies/`, without `.md`: `privacy-policy`.

That of a translation has its folder before it, the tag of its language: `pt-BR/privacy-policy`.
"""

Digest = NewType("Digest", str)
"""The SHA-256 of a text or file, in hexadecimal."""

BlobId = NewType("BlobId", str)
"""The id under which git holds a text or file, in hexadecimal."""


def decoded(data: bytes) -> str:
    """Return the letters of a text; bytes that are not UTF-8 are read as Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace")


def digest_of(data: bytes) -> Digest:
    """Return the SHA-256 of `data`."""
    return Digest(sha256(data).hexdigest())


@dataclass(frozen=True, order=True, slots=True)
class VersionId:
    """The name of a version, `2026-03-31.v1`: its day and the number of the release that day.

    Ordered by (day, number), so v10 comes after v9.
    """

    day: date
    number: int

    @classmethod
    def parse(cls, text: str) -> VersionId:
        """Read `2026-03-31.v1`; raise ValueError when `text` is not of that form."""
        if not re.fullmatch(VERSION_PATTERN, text, re.ASCII):
            raise ValueError("A version is a day and the number of its release that day.")
        day, _, number = text.partition(".v")
        return cls(date.fromisoformat(day), int(number))

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.v{self.number}"


class Change(Enum):
    """How much an update changes for readers, as its editor declares it."""

    SUBSTANTIVE = "substantive"
    EDITORIAL = "editorial"


class Status(Enum):
    """Where a version stands on a given day, with the words readers see."""

    SCHEDULED = "scheduled"
    UPCOMING = "upcoming"
    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"


def _parse_day(value: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.match(DAY_PATTERN, value, re.ASCII):
        raise ValueError("A date is written year-month-day, like 2026-03-31.")
    return date.fromisoformat(value)


def _parse_version(value: object) -> VersionId:
    if isinstance(value, VersionId):
        return value
    return VersionId.parse(value if isinstance(value, str) else "")


Day = Annotated[
    date,
    BeforeValidator(_parse_day),
    WithJsonSchema({"type": "string", "pattern": DAY_PATTERN}),
]
PostedVersion = Annotated[
    VersionId,
    BeforeValidator(_parse_version),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": VERSION_PATTERN}),
]
LINE_PATTERN = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+$"
TEXT_PATTERN = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]+$"
LINE_SCHEMA = {"minLength": 1, "pattern": LINE_PATTERN}
"""What JSON Schema says of a line, besides its type."""
Line = Annotated[str, Field(min_length=1, pattern=LINE_PATTERN)]
NonEmptyText = Annotated[str, Field(min_length=1, pattern=TEXT_PATTERN)]


def _parse_continues(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    return tuple((name, (old,) if isinstance(old, str) else old) for name, old in value.items())


Continues = tuple[tuple[Line, tuple[Line, ...]], ...]
"""Headings of sections with those of the sections that they continue, in the text before."""
StatedContinues = Annotated[
    Continues,
    BeforeValidator(_parse_continues),
    PlainSerializer(dict),
    WithJsonSchema(
        {
            "type": "object",
            "propertyNames": LINE_SCHEMA,
            "additionalProperties": {
                "anyOf": [
                    {"type": "string", **LINE_SCHEMA},
                    {"type": "array", "items": {"type": "string", **LINE_SCHEMA}},
                ]
            },
        }
    ),
]
DayCount = Annotated[int, Field(ge=0), WithJsonSchema({"type": "integer", "minimum": 0})]


class Metadata(BaseModel):
    """What the front matter of one version states, with what it leaves out filled in."""

    # The one declaration of the keys: the reader, the hints for editors, the JSON Schema and the
    # rows of the cache come from here. A key with a default may be left out.
    model_config = ConfigDict(extra="forbid", frozen=True, title="Front matter of a policy")

    title: Line = Field(description="The name readers know the policy by.")
    version: PostedVersion = Field(
        description="The day this text is posted and its number that day.",
        examples=["2026-03-31.v1"],
    )
    updated: Day = Field(
        description="The day this text is posted: the day in its version.", examples=["2026-03-31"]
    )
    effective: Day = Field(
        default_factory=lambda stated: stated["updated"],
        description="The day this text starts to apply; the day it is posted if left out.",
        examples=["2026-04-30"],
    )
    change: Change = Field(
        default=Change.SUBSTANTIVE,
        description="Does this version change what the policy means?",
        examples=[change.value for change in Change],
    )
    summary: NonEmptyText = Field(
        default="", description="What this version changes, in plain words for readers."
    )
    description: NonEmptyText = Field(
        default="", description="What the policy is about, in one line."
    )
    category: Line = Field(default="", description="The group it stands under on the home page.")
    formerly: tuple[Annotated[Slug, Field(pattern=SLUG_PATTERN)], ...] = Field(
        default=(),
        description="File names (without .md) that this policy had before.",
        examples=[["old-name"]],
    )
    translates: PostedVersion | None = Field(
        default=None,
        description="Of a translation: the version of the original that this text says.",
        examples=["2026-03-31.v1"],
    )
    notice_days: DayCount | None = Field(
        default=None,
        description="How many days before it applies a change of this policy is posted.",
        examples=[30],
    )
    lang: Annotated[str, Field(pattern=LANGUAGE_PATTERN)] = Field(
        default="",
        description="The language of the text; the one of the help center if left out.",
        examples=["de"],
    )
    continues: StatedContinues = Field(
        default=(),
        description="Which section continues which of the version before: heading, old heading.",
        examples=[{"New heading": "Old heading"}],
    )


@dataclass(frozen=True)
class Attachment:
    """A file that a version's text shows or links; `path` is where it stood below `docs/`."""

    path: str
    sha256: Digest
    read: Callable[[], bytes] = field(compare=False, repr=False)


SectionReading = tuple[str, str, str]
"""How a section was read: its name, the digest of its form, the blocks it has."""


@dataclass(frozen=True)
class Reading:
    """How the text of a version was read, as it was `recorded` on a day.

    `rules` is the number of the rules of the canonical form, `form` its digest; `seen` is that of
    the HTML and the metadata that readers get. `sections` are the names of the sections, each with
    the digest of its form and the blocks it has. `accepted_by` names who agreed that the text
    reads so from then on, empty where nothing was read otherwise before.
    """

    recorded: date
    rules: int
    seen: Digest
    form: Digest
    sections: tuple[SectionReading, ...]
    accepted_by: str = ""


@dataclass(frozen=True)
class Version:
    """One published text of a policy. `read` returns its exact bytes; `sha256` is their digest.

    `path` names where the bytes are kept, relative to the project: in `docs/` while they stand
    there, in `versions/` afterwards. `attachments` are files kept beside it there. `files` are the
    digests of all that its text shows or links of `docs/`, by path. `readings` say how it was read
    once it was published, `sections` are the lines that record which sections it has. `released` is
    the version as readers know it while `docs/` holds it, perhaps edited since.
    """

    metadata: Metadata
    sha256: Digest
    path: str
    status: Status
    read: Callable[[], bytes] = field(compare=False, repr=False)
    attachments: tuple[Attachment, ...] = ()
    files: Mapping[str, Digest] = field(default_factory=dict, hash=False)
    readings: tuple[Reading, ...] = ()
    sections: tuple[str, ...] = ()
    released: Version | None = field(default=None, compare=False, repr=False)

    @property
    def id(self) -> VersionId:
        """The name of the version."""
        return self.metadata.version

    @property
    def is_archived(self) -> bool:
        """Whether its bytes are kept in the archive."""
        return self.path.startswith("versions/")

    @property
    def edited_from(self) -> Version | None:
        """The version as readers know it, where `docs/` holds another text of it."""
        released = self.released
        return released if released and released.sha256 != self.sha256 else None

    def is_recorded(self, seen: Digest) -> bool:
        """Tell whether the archive has a reading in which readers get what has this digest.

        Only what is published needs one.
        """
        is_published = self.is_archived or self.released is not None
        if not self.readings:
            return not is_published
        return any(reading.seen == seen for reading in self.readings)

    @property
    def accepted(self) -> tuple[Reading, ...]:
        """The readings that somebody accepted."""
        return tuple(reading for reading in self.readings if reading.accepted_by)

    @property
    def text_facts(self) -> tuple[Digest, Mapping[str, Digest], list[Digest]]:
        """What keys of all that is made of its text tell it by.

        That are its bytes, what it shows or links, and how it was accepted to be read: another
        reading may come from a file that no key knows.
        """
        return self.sha256, self.files, [reading.seen for reading in self.accepted]

    def acceptance(self, seen: Digest) -> Reading | None:
        """Return the reading that someone accepted in which readers get what has this digest."""
        return next((reading for reading in self.accepted if reading.seen == seen), None)

    @property
    def text(self) -> str:
        """Its letters, read anew at each call."""
        return decoded(self.read())


class Absence(NamedTuple):
    """That a policy left `docs/` on a day and came back later; `last` is what it held then."""

    day: date
    last: VersionId


class Return(NamedTuple):
    """That `docs/` went back on a day, from the version `left` to one that it had held before."""

    day: date
    left: VersionId
    to: VersionId


@dataclass(frozen=True)
class Policy:
    """One document readers know by name, with all its versions, oldest first.

    `retired` is the day it left `docs/`, None while it stands there; `absences` are the times it
    left and came back, `returns` those at which it went back to a version, in order.
    `former_slugs` are the names it had before: their addresses lead here.
    `original_slugs` are the names under which versions were first published, where these are others
    than `slug`. `complete_until` is the version before which none is missing, as far as git or the
    archive tell, None where neither does.
    """

    slug: Slug
    versions: tuple[Version, ...]
    in_force: Version | None
    retired: date | None = None
    former_slugs: tuple[Slug, ...] = ()
    original_slugs: Mapping[VersionId, Slug] = field(default_factory=dict, hash=False)
    absences: tuple[Absence, ...] = ()
    returns: tuple[Return, ...] = ()
    complete_until: VersionId | None = None

    @property
    def newest(self) -> Version:
        """The version posted last that was not withdrawn, upcoming or not."""
        return next(v for v in reversed(self.versions) if v.status is not Status.WITHDRAWN)

    @property
    def shown(self) -> Version:
        """The version that its page shows: the one in force, or the newest where none is."""
        return self.in_force or self.newest

    @property
    def upcoming(self) -> list[Version]:
        """The versions that are posted and apply later, oldest first."""
        return [version for version in self.versions if version.status is Status.UPCOMING]

    @property
    def title(self) -> str:
        """The name readers know it by: that of the version shown."""
        return self.shown.metadata.title

    @property
    def lang(self) -> str:
        """The language of its text, that of the version shown; empty where it is the center's.

        A translation is in that of its folder where its text states none.
        """
        return self.shown.metadata.lang or self.slug.rpartition("/")[0]

    def original_slug(self, version: Version) -> Slug:
        """Return the name under which `version` was first published."""
        return self.original_slugs.get(version.id, self.slug)

    def version(self, name: VersionId | str | None) -> Version | None:
        """Return the version of this name, None where there is none."""
        return self._by_name.get(str(name))

    def with_each(self, changed: Callable[[Version], Version]) -> Policy:
        """Return the policy with every version `changed`, which has to keep its name."""
        versions = {version.id: changed(version) for version in self.versions}
        in_force = versions[self.in_force.id] if self.in_force else None
        return replace(self, versions=tuple(versions.values()), in_force=in_force)

    def place(self, version: Version) -> int:
        """Return the place of `version` among all versions."""
        return self._indexes[version.id]

    def predecessor(self, version: Version) -> Version | None:
        """Return the version that stood until `version` was posted, None for the first.

        That is the one before, or the one to which the policy had gone back since.
        """
        return self._predecessors.get(version.id)

    def successor(self, version: Version) -> Version | None:
        """Return the version that was posted last in the place of `version`, None for the last.

        One that was withdrawn counts only after one that was withdrawn itself.
        """
        return self._successors.get(version.id)

    def way_to(self, version: Version) -> list[Version]:
        """Return the versions that led to `version`, oldest first, and itself."""
        way = [version]
        while before := self.predecessor(way[-1]):
            way.append(before)
        return way[::-1]

    def continues(self, old: Version, new: Version) -> Continues:
        """Return which sections of `new` continue which of `old`, as editors stated on the way."""
        if old.id >= new.id or not (new.metadata.continues or self._has_stated_lineage):
            return ()
        continued: dict[str, tuple[str, ...]] = {}
        for step in (step for step in self.way_to(new) if step.id > old.id):
            former = {
                name: tuple(first for old in names for first in continued.get(old, (old,)))
                for name, names in step.metadata.continues
            }
            continued |= former
        return tuple(continued.items())

    @cached_property
    def _has_stated_lineage(self) -> bool:
        return any(version.metadata.continues for version in self.versions)

    @cached_property
    def _predecessors(self) -> dict[VersionId, Version]:
        newest = self.versions[0].id
        stood: list[tuple[VersionId, VersionId]] = []
        for _, left, to in self.returns:
            newest = max(newest, left, to)
            stood.append((newest, to))
        predecessors: dict[VersionId, Version] = {}
        for old, new in pairwise(self.versions):
            since = [to for last, to in stood if old.id <= last < new.id]
            predecessors[new.id] = (self.version(since[-1]) if since else None) or old
        return predecessors

    @cached_property
    def _successors(self) -> dict[VersionId, Version]:
        return {
            old.id: new
            for new in self.versions
            if (old := self.predecessor(new))
            and (new.status is not Status.WITHDRAWN or old.status is Status.WITHDRAWN)
        }

    @cached_property
    def _by_name(self) -> dict[str, Version]:
        return {str(version.id): version for version in self.versions}

    @cached_property
    def _indexes(self) -> dict[VersionId, int]:
        return {version.id: index for index, version in enumerate(self.versions)}
