"""Days and versions: they move when the text does, forward, and leave readers the time promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gazette.model import Change, Metadata, VersionId
from gazette.problems import Code, Fix, Problem
from gazette.record import version_rules
from gazette.record.silent_edits import silent_edit
from gazette.review.policy_text import Edit, Finding, PolicyText
from gazette.review.review import PolicyReview
from gazette.text.frontmatter import stated_values


def silent_edits(policy: PolicyReview) -> Iterator[Finding]:
    """Find a text that a proposal changes for readers while its version stays.

    Where the base holds what readers know, the record was compared with it already.
    """
    edit, text, review = policy.proposed_edit, policy.text, policy.review
    published = edit.old.legible_metadata if edit else None
    metadata = text.metadata
    if metadata and metadata.version.day > review.today:
        return  # it is scheduled: no reader knows it yet
    if edit and metadata and published and metadata.version == published.version:
        data = edit.old.file.data
        if data != review.released.get(text.slug):
            problems = silent_edit(text.file, metadata, data, review.settings, text.reader)
            yield from map(Finding.of, problems)


def backward_version(policy: PolicyReview) -> Iterator[Finding]:
    """Find a proposed version that comes before one that was published already."""
    if metadata := _new_version(policy):
        published = policy.review.versions.get(policy.text.slug, ())
        problems = version_rules.backward_version(policy.text.file, metadata, published)
        yield from map(Finding.of, problems)


def missing_summary(policy: PolicyReview) -> Iterator[Finding]:
    """Find a proposed substantive version that does not tell readers what changed."""
    if metadata := _new_version(policy):
        yield from map(Finding.of, version_rules.missing_summary(policy.text.file, metadata))


def _new_version(policy: PolicyReview) -> Metadata | None:
    """Return the metadata of a changed text, None where a proposal does not change its version."""
    edit, metadata = policy.proposed_edit, policy.text.metadata
    if edit is None or metadata is None:
        return None
    published = edit.old.legible_metadata
    return None if published and published.version == metadata.version else metadata


def future_version(policy: PolicyReview) -> Iterator[Finding]:
    """Find a version more than a year ahead of today."""
    if metadata := policy.text.metadata:
        today = policy.review.today
        yield from map(Finding.of, version_rules.future_version(policy.text.file, metadata, today))


def short_notice(policy: PolicyReview) -> Iterator[Finding]:
    """Find a substantive change that applies sooner than readers were promised."""
    metadata = policy.text.metadata
    if not policy.edit or not metadata or metadata.change is Change.EDITORIAL:
        return
    own_days = metadata.notice_days
    promised = policy.review.settings.notice_days if own_days is None else own_days
    given = (metadata.effective - metadata.updated).days
    if given < promised:
        earliest = metadata.updated + timedelta(days=promised)
        message = f"The change applies {_days(given)} after it is posted; "
        hint = f"Write effective: {earliest} or a later day."
        key = "effective" if given else "updated"
        yield policy.text.key_finding(key, f"{message}{_days(promised)} are promised.", hint)


def _days(count: int) -> str:
    return "on the day itself, 0 days" if count == 0 else f"{count} day{'s' * (count != 1)}"


def with_date_fix(problem: Problem, edit: Edit) -> Problem:
    """Return a problem of two days that differ with its fix, where only one of the two moved.

    Any other problem is returned as it is.
    """
    published, stated = edit.old.legible_metadata, _stated_days(edit.new)
    if problem.code is not Code.VERSION_DATE or not published or not stated:
        return problem
    version, updated = stated
    if version.day != published.updated and updated == str(published.updated):
        return _unmoved_day(edit.new, "updated", updated, str(version.day))
    if version == published.version and updated > str(published.updated):
        return _unmoved_day(edit.new, "version", str(version), f"{updated}.v1")
    return problem


def _unmoved_day(text: PolicyText, key: str, old: str, new: str) -> Problem:
    other = "version" if key == "updated" else "updated"
    message = f"`{other}` moved, but `{key}` is still {old}."
    finding = text.key_finding(key, message, f"Write {key}: {new}.", Fix(len(old), new))
    return finding.problem(text.path, Code.VERSION_DATE)


def _stated_days(text: PolicyText) -> tuple[VersionId, str] | None:
    """Return the version and the day of a front matter, None where one cannot be read."""
    values = stated_values(text.text)
    try:
        version = VersionId.parse(values.get("version", ""))
        return version, date.fromisoformat(values.get("updated", "")).isoformat()
    except ValueError:
        return None
