"""Days and versions: they move when the text does, forward, and leave readers the time promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from gazette.model import Change, Metadata, VersionId
from gazette.problems import Code, Fix, Problem
from gazette.record.silent_edits import silent_edit
from gazette.review.manuscripts import Edit, Manuscript
from gazette.text.frontmatter import read_archived_metadata

FAR = timedelta(days=366)


def unmoved_version(edit: Edit) -> Iterator[Problem]:
    """Find a text that changed for readers while its version stayed."""
    now, before = edit.new.metadata, released(edit.old)
    if now and before and now.version == before.version:
        yield from silent_edit(edit.new.file, now, edit.old.file.data, edit.new.markdown)


def backward_version(
    manuscript: Manuscript, before: Sequence[VersionId], published: bool
) -> Iterator[Problem]:
    """Find a new version that comes before one that was published already."""
    metadata = manuscript.metadata
    newest = max(before, default=None)
    if metadata and newest and metadata.version < newest and not published:
        said = f"Version {metadata.version} is new, but comes before {newest}, which was published."
        hint = "Give it the day it is posted; the number counts the releases of one day."
        yield manuscript.key_problem("version", Code.VERSION_ORDER, said, hint)


def future_version(manuscript: Manuscript, today: date) -> Iterator[Problem]:
    """Find a version more than a year ahead of `today`."""
    metadata = manuscript.metadata
    if metadata and metadata.version.day > today + FAR:
        said = f"The version {metadata.version} lies more than a year ahead: today is {today}."
        hint = "Correct the year in version and updated."
        yield manuscript.key_problem("version", Code.FUTURE_VERSION, said, hint)


def short_notice(manuscript: Manuscript, first: bool, notice_days: int) -> Iterator[Problem]:
    """Find a substantive change that applies sooner than readers were promised."""
    metadata = manuscript.metadata
    if not metadata or first or metadata.change is Change.EDITORIAL:
        return
    wanted = notice_days if metadata.notice_days is None else metadata.notice_days
    given = (metadata.effective - metadata.updated).days
    if given < wanted:
        earliest = metadata.updated + timedelta(days=wanted)
        said = (
            f"The change applies {_days(given)} after it is posted; {_days(wanted)} are promised."
        )
        hint = f"Write effective: {earliest} or a later day."
        key = "effective" if given else "updated"
        yield manuscript.key_problem(key, Code.NOTICE_PERIOD, said, hint)


def _days(count: int) -> str:
    return "on the day itself, 0 days" if count == 0 else f"{count} day{'s' * (count != 1)}"


def missing_summary(manuscript: Manuscript, first: bool) -> Iterator[Problem]:
    """Find a substantive update that does not tell readers what changed."""
    metadata = manuscript.metadata
    if not metadata or first or metadata.summary or metadata.change is Change.EDITORIAL:
        return
    said = f"Version {metadata.version} does not say what it changes."
    hint = "Add a line summary: and what changes for readers, or change: editorial."
    yield manuscript.key_problem("version", Code.MISSING_SUMMARY, said, hint)


def with_the_day_that_moved(problem: Problem, edit: Edit) -> Problem:
    """Return the finding that two days differ, with the one to change if only the other moved."""
    before, front = released(edit.old), _stated(edit.new)
    if problem.code is not Code.VERSION_DATE or not before or not front:
        return problem
    version, updated = front
    if version.day != before.updated and updated == str(before.updated):
        return _mended(edit.new, "updated", updated, str(version.day))
    if version == before.version and updated > str(before.updated):
        return _mended(edit.new, "version", str(version), f"{updated}.v1")
    return problem


def _mended(manuscript: Manuscript, key: str, old: str, new: str) -> Problem:
    other = "version" if key == "updated" else "updated"
    said = f"`{other}` moved, but `{key}` is still {old}."
    fix = Fix(len(old), new)
    return manuscript.key_problem(key, Code.VERSION_DATE, said, f"Write {key}: {new}.", fix)


def _stated(manuscript: Manuscript) -> tuple[VersionId, str] | None:
    """Return the version and the day of a front matter in which only these contradict."""
    stated = manuscript.plain_values
    try:
        version = VersionId.parse(stated.get("version", ""))
        return version, date.fromisoformat(stated.get("updated", "")).isoformat()
    except ValueError:
        return None


def released(manuscript: Manuscript) -> Metadata | None:
    """Return what a published text said of itself, as far as it can be read."""
    if manuscript.metadata:
        return manuscript.metadata
    try:
        version = VersionId.parse(manuscript.plain_values.get("version", ""))
    except ValueError:
        return None
    return read_archived_metadata(manuscript.text, version, manuscript.slug)
