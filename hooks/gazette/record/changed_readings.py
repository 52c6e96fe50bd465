"""Published texts that a library, a setting or the engine reads otherwise than it is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gazette.model import Digest, Policy, Reading, Version, VersionId
from gazette.problems import Code, Problem
from gazette.settings import Settings
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader
from gazette.text.readings import differences, is_same, reading_of

MOST_SECTIONS = 5
"""So many sections are named in the problem of a version."""
Seen = Callable[[Settings, Policy], Mapping[VersionId, Digest]]
"""What a build knows of how versions are read, which spares others to read them."""
Read = Callable[[Version], Reading]
"""Tells how a version is read now."""


@dataclass(frozen=True)
class ChangedReading:
    """A published version that is read otherwise than it is recorded; `reading` is how."""

    version: Version
    reading: Reading

    @property
    def differences(self) -> Iterator[str]:
        """The sections that are read otherwise, each with a phrase."""
        return differences(self.version.readings[-1], self.reading)

    def problem(self, policy: Policy) -> Problem:
        """Return what is wrong with a version of `policy`, and how it is accepted."""
        recorded = self.version.readings[-1]
        phrases = list(self.differences)
        shown = "; ".join(phrases[:MOST_SECTIONS])
        more = len(phrases) - MOST_SECTIONS
        rules = f" The rules of reading are {self.reading.rules} now, and were {recorded.rules}."
        kind = "archived text" if self.version.is_archived else "text"
        message = (
            f"Readers would get this {kind} otherwise than it was recorded on "
            f"{recorded.recorded}: {shown}{f'; and {more} more' if more > 0 else ''}."
            f"{rules if self.reading.rules != recorded.rules else ''}"
        )
        hint = (
            "A library, an extension in mkdocs.yml, a file that it takes in or the engine has it "
            "read in another way. Go back to what read it so; or look at its page in a preview, "
            "and record that it may be read like this: gazette accept "
            f'{policy.slug} {self.version.id} --by "YOUR NAME"'
        )
        return Problem(self.version.path, 0, Code.READING, message, hint)


def changed_readings(
    versions: Sequence[Version],
    markdown: MarkdownSettings,
    today: date,
    seen: Mapping[VersionId, Digest] | None = None,
) -> list[ChangedReading]:
    """Return those of the versions that are read otherwise now than any record says.

    `seen` are the digests of what readers get, of versions of which a build knows that already.
    """
    seen = seen if seen and markdown.reads_text_alone else {}
    read = reader_of(markdown, today)
    changed = []
    for version in versions:
        is_known = version.id in seen and version.is_recorded(seen[version.id])
        if version.readings and not is_known:
            changed.append(changed_reading(version, read(version), read))
    return [change for change in changed if change]


def reader_of(markdown: MarkdownSettings, today: date) -> Read:
    """Return what tells how a version is read, as of `today`."""
    reader = Reader(markdown)
    return lambda version: reading_of(version.metadata, reader.read_version(version), today)


def changed_reading(version: Version, reading: Reading, read: Read) -> ChangedReading | None:
    """Return that a version, read as `reading` now, is read otherwise than any record says.

    None where only its source in `docs/` was edited: what readers know is then read as it was, and
    silent edits are found elsewhere.
    """
    if is_read_as_recorded(version, reading):
        return None
    if known := version.edited_from:
        reading = read(known)
        if is_read_as_recorded(version, reading):
            return None
    return ChangedReading(version, reading)


def is_read_as_recorded(version: Version, reading: Reading) -> bool:
    """Tell whether a reading says the same to readers as one that is recorded of the version."""
    return any(is_same(recorded, reading) for recorded in version.readings)


def reading_problems(
    settings: Settings, policies: Iterable[Policy], today: date, seen: Seen
) -> Iterator[Problem]:
    """Yield the published texts that readers would get otherwise than it is recorded."""
    for policy in policies:
        if any(version.readings for version in policy.versions):
            known = seen(settings, policy)
            for change in changed_readings(policy.versions, settings.markdown, today, known):
                yield change.problem(policy)
