"""A release: the next version stamped into a policy's file, the one it supersedes archived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gazette.errors import PolicyError, ReleaseError
from gazette.files import staged
from gazette.model import Change, Policy, Version, VersionId
from gazette.problems import Code
from gazette.record import archive
from gazette.record.archive import Addition, Unarchived, text_path
from gazette.record.attachments import LinkedPaths, linked_files
from gazette.record.matched_versions import matched_versions
from gazette.record.new_records import new_readings, new_sections
from gazette.record.policies import Register
from gazette.record.readings import lists_of
from gazette.record.section_record import lists_of_sections
from gazette.record.sources import attached
from gazette.record.unreleased import Unreleased, draft_of
from gazette.settings import Settings
from gazette.text import frontmatter
from gazette.text.frontmatter import with_values
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.slugs import archived_parts
from gazette.text.visible import visible_line

FIXED_BY_RELEASE = {Code.SILENT_EDIT, Code.MISSING_SUMMARY, Code.VERSION_ORDER}
"""What a release itself puts right."""


@dataclass(frozen=True)
class ReleaseOptions:
    """What the editor asks for: the day it is posted, the day it applies, what kind of change."""

    day: date
    effective: date | None = None
    editorial: bool = False
    summary: str = ""


@dataclass(frozen=True)
class Release:
    """All that a release writes: the `data` of the policy's file, and what is archived.

    `values` are those of the front matter that it changes; None takes a key out.
    """

    draft: Unreleased
    version: VersionId
    values: Mapping[str, str | None]
    data: bytes
    unarchived: Unarchived


def draft_to_release(register: Register, policy: Policy, markdown: MarkdownSettings) -> Unreleased:
    """Return what is to be released: a version that nobody has published yet is stamped anew.

    Raises ReleaseError when nothing changed for readers, PolicyError with what is wrong in the file
    that a release does not put right.
    """
    if policy.retired:
        raise ReleaseError(f"{policy.title} was retired: there is no file to release.")
    path = policy.newest.path
    problems = [problem for problem in register.problems if problem.path == path]
    if serious := [problem for problem in problems if problem.code not in FIXED_BY_RELEASE]:
        raise PolicyError(serious)
    draft = draft_of(register, policy, markdown)
    if draft is None:
        raise ReleaseError(
            f"Nothing tells what readers know as version {policy.newest.id} of {policy.title}: "
            "there is no git repository here, and versions/ does not hold it."
        )
    if not draft.differs:
        raise ReleaseError(
            f"Nothing changed for readers since version {draft.old.id if draft.old else ''} of "
            f"{policy.title}. Edit {path}, then release it."
        )
    return draft


def summary_of(draft: Unreleased, options: ReleaseOptions) -> str:
    """Return the summary of the release: as asked for, or as the edited file states it."""
    stated = draft.new.metadata.summary
    is_stale = draft.old is not None and stated == draft.old.metadata.summary
    return visible_line(options.summary) or ("" if is_stale else visible_line(stated))


def is_editorial(draft: Unreleased, options: ReleaseOptions) -> bool:
    """Tell whether the change is editorial: as asked for, or as the file states since this edit."""
    stated = draft.new.metadata.change
    is_stale = draft.old is not None and stated is draft.old.metadata.change
    return options.editorial or (stated is Change.EDITORIAL and not is_stale)


def lacks_summary(draft: Unreleased, options: ReleaseOptions) -> bool:
    """Tell whether a summary for readers is still missing."""
    is_substantive_update = draft.old is not None and not is_editorial(draft, options)
    return is_substantive_update and not summary_of(draft, options)


def plan(
    settings: Settings, register: Register, draft: Unreleased, options: ReleaseOptions
) -> Release:
    """Return all that the release writes; nothing is written yet.

    Raises ReleaseError or PolicyError when what was asked for makes no valid version.
    """
    if lacks_summary(draft, options):
        raise ReleaseError(
            "A version that changes what the policy means tells readers what changes. Add "
            '--summary "..." in plain words; or --editorial, if only spelling or form changed.'
        )
    version = _next_version(draft, options.day)
    values = _front_matter(draft, options, version)
    text = with_values(draft.new.text, values)
    _, problems = frontmatter.read_metadata(draft.new.path, text)
    if problems:
        raise PolicyError(problems)
    unarchived = _unarchived(settings, register, draft, version)
    return Release(draft, version, values, text.encode(), unarchived)


def write_release(settings: Settings, release: Release, today: date) -> list[str]:
    """Write the release, all of it or nothing; return what was newly archived.

    How it is read is recorded as of `today`, and which sections the versions before it have.

    Raises ArchiveError or ReleaseError, then nothing was written.
    """
    draft, folder = release.draft, settings.versions
    path = draft.new.path
    recorded = {version.id for version in draft.policy.versions if version.readings}
    readings = new_readings(settings, release.unarchived.files, today, recorded)
    records = lists_of(folder, readings)
    published = _published(draft)
    lines = new_sections(published, matched_versions(published, settings.markdown))
    records |= lists_of_sections(folder, {draft.policy.slug: lines})
    try:
        with staged({settings.project / path: release.data}):
            return archive.freeze(folder, release.unarchived, records)
    except OSError as error:
        raise ReleaseError(f"{path} cannot be written: {error.strerror}.") from None


def _published(draft: Unreleased) -> list[Version]:
    """Return the versions that readers know, oldest first."""
    versions = {version.id: version for version in draft.policy.versions}
    if draft.stamped:
        del versions[draft.new.id]
    if draft.old:
        versions[draft.old.id] = draft.old
    return [version for _, version in sorted(versions.items())]


def _next_version(draft: Unreleased, day: date) -> VersionId:
    """Return the id of the version posted on `day`: v2 after v1 of the same day."""
    stamped = draft.new if draft.stamped else None
    posted = [version.id for version in draft.policy.versions if version is not stamped]
    newest = max(posted, default=None)
    if newest and newest.day > day:
        raise ReleaseError(
            f"Version {newest} was posted already: a new one cannot be posted on {day}, before it. "
            f"Choose {newest.day} or a later day with --date."
        )
    return VersionId(day, newest.number + 1 if newest and newest.day == day else 1)


def _front_matter(
    draft: Unreleased, options: ReleaseOptions, version: VersionId
) -> dict[str, str | None]:
    """Return the values of the front matter that the release writes; None takes a key out."""
    effective = _effective(draft, options)
    if effective and effective < version.day:
        raise ReleaseError(
            f"The text would be posted on {version.day} but apply since {effective}. "
            f"Choose {version.day} or a later day with --effective."
        )
    values: dict[str, str | None] = {
        "version": str(version),
        "updated": version.day.isoformat(),
        "effective": effective.isoformat() if effective else None,
        "summary": summary_of(draft, options) or None,
    }
    if is_editorial(draft, options):
        values["change"] = Change.EDITORIAL.value
    elif draft.new.metadata.change is Change.EDITORIAL:
        values["change"] = None
    if draft.old and draft.new.metadata.continues == draft.old.metadata.continues:
        values["continues"] = None  # it was about the step to the version before
    return values


def _effective(draft: Unreleased, options: ReleaseOptions) -> date | None:
    """Return the day the text starts to apply, None for the day it is posted.

    A day that stood there before this edit and has passed is the last version's, and goes.
    """
    stated = draft.new.metadata.effective
    if options.effective or stated == draft.new.metadata.updated:
        return options.effective
    is_stale = draft.old is not None and draft.old.metadata.effective == stated
    return None if is_stale and stated < options.day else stated


def _unarchived(
    settings: Settings, register: Register, draft: Unreleased, version: VersionId
) -> Unarchived:
    """Return what the archive lacks of this policy, the version that is superseded included."""
    policy, old = draft.policy, draft.old
    slugs = {policy.slug, *policy.former_slugs}
    additions = {
        addition.path: addition
        for addition in register.unarchived.files
        if archived_parts(addition.path)[0] in slugs
    }
    if old and not draft.stamped:
        path = text_path(policy.slug, old.id)
        additions[path] = Addition(path, old.sha256, old.read)
        links = LinkedPaths(settings.markdown, settings.own_site)(old.read())
        paths = linked_files(links, policy.slug)
        attachments = register.attachments.of(paths, register.published_at)
        additions |= {addition.path: addition for addition in attached(path, attachments)}
    complete = dict(archive.read_archive(settings.versions).complete)
    for slug in policy.former_slugs:
        complete.pop(slug, None)
    stated = register.unarchived.complete.get(policy.slug)
    if stated:
        complete[policy.slug] = version if stated == policy.newest.id else stated
    return Unarchived(tuple(additions.values()), complete)
