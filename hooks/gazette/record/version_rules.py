"""What every new version keeps to: it comes after the others, and says what it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gazette.model import Change, Metadata, VersionId
from gazette.problems import Code, Problem
from gazette.record.policy_files import PolicyFile

FARTHEST_VERSION = timedelta(days=366)


def backward_version(
    file: PolicyFile, metadata: Metadata, published: Iterable[VersionId]
) -> Iterator[Problem]:
    """Yield the problem of a version that comes before one that was published already."""
    newest = max(published, default=metadata.version)
    if metadata.version < newest:
        message = (
            f"Version {metadata.version} is new, but comes before {newest}, which was published "
            "already."
        )
        hint = "Give it the day it is posted; the number counts the releases of one day."
        yield file.problem("version", Code.VERSION_ORDER, message, hint)


def future_version(file: PolicyFile, metadata: Metadata, today: date) -> Iterator[Problem]:
    """Yield the problem of a version more than a year ahead of `today`."""
    if metadata.version.day > today + FARTHEST_VERSION:
        message = f"The version {metadata.version} lies more than a year ahead: today is {today}."
        hint = "Correct the year in version and updated."
        yield file.problem("version", Code.FUTURE_VERSION, message, hint)


def missing_summary(file: PolicyFile, metadata: Metadata) -> Iterator[Problem]:
    """Yield the problem of a substantive version that does not tell readers what changed."""
    if not metadata.summary and metadata.change is Change.SUBSTANTIVE:
        message = f"Version {metadata.version} does not say what it changes."
        hint = "Add a line summary: and what changes for readers, or change: editorial."
        yield file.problem("version", Code.MISSING_SUMMARY, message, hint)
