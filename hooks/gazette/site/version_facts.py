"""What pages and records are made from: the facts of a version, and of versions as of themselves.

What tells of no later version is not made again when there is another one: `versions_key` is the
key of all that it is made from, beside what all pages of the policy have in common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.fingerprint import fingerprint
from gazette.model import Version

if TYPE_CHECKING:
    from gazette.site.page_context import PageContext
    from gazette.site.periods import Timeline


def version_facts(version: Version) -> tuple[object, ...]:
    """Return what pages show of a version beside its sections."""
    accepted = [
        (reading.seen, reading.recorded, reading.accepted_by) for reading in version.accepted
    ]
    kept = version.path, version.attachments, version.files
    return version.sha256, str(version.id), version.status.name, *kept, accepted


def versions_key(context: PageContext, part: range) -> str:
    """Return the key of what the pages and records of the versions in `part` are made from.

    These show the versions beside them, too, those that stood before and after them, but of later
    ones only when they took their place.
    """
    policy = context.policy
    versions = policy.versions[part.start : part.stop]
    near = policy.versions[max(0, part.start - 1) : part.stop + 1]
    earlier = [version.id for version in policy.versions[: part.start]]
    shown = (
        policy.title,
        policy.in_force is not None,
        [version is policy.shown for version in versions],
    )
    days = [_days(context.timeline, version) for version in versions]
    related = [
        other(version) for version in versions for other in (policy.predecessor, policy.successor)
    ]
    texts = [version and version_facts(version) for version in (*near, *related)]
    sections = context.lives.before(part.stop)
    return fingerprint("versions", earlier, texts, shown, days, sections, context.language.key)


def _days(line: Timeline, version: Version) -> tuple[object, ...]:
    """Return when a version was in force and whether another one followed, or why it never was."""
    period, unapplied = line.of(version), line.unapplied(version)
    after = period.next_day if period else None
    is_followed = after is not None and line.on(after).version is not None
    other = unapplied and unapplied.by
    reason = unapplied and (unapplied.reason, other and other.id)
    days = period and (period.first, period.last), line.withdrawn.get(version.id)
    return days, is_followed, reason
