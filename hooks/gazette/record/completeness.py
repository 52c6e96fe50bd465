"""Whether every version ever published is known, and who can say so.

A full history knows. A shallow clone does not: it may build where `versions/COMPLETE` covers what
it cannot see. Without git, the archive is taken at its word unless it contradicts itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from gazette.errors import HistoryError
from gazette.model import Policy, Slug, VersionId
from gazette.problems import Code, Problem
from gazette.record.archive_lists import Key
from gazette.record.file_history import FileHistory


@dataclass(frozen=True)
class Claim:
    """What `versions/COMPLETE` says, beside what is known of the policy `slug` that it means."""

    slug: Slug
    version: VersionId
    current: VersionId | None
    path: str
    known_versions: Collection[VersionId]


def lost(claims: Iterable[Claim], *, full: bool) -> list[Claim]:
    """Return the claims to versions that are nowhere to be found.

    In a full history a version newer than what `docs/` holds was a draft that was given up.
    """
    return [
        claim
        for claim in claims
        if claim.version not in claim.known_versions
        and not (full and claim.current and claim.version > claim.current)
    ]


def missing(losses: Iterable[Claim]) -> Iterator[Problem]:
    """Yield a problem for each version that was published and is lost."""
    for claim in losses:
        message = f"Version {claim.version} of {claim.slug} was published, but its text is missing."
        hint = (
            "Build once in a full clone that still has it, and commit what it writes to versions/."
        )
        yield Problem(claim.path, 0, Code.MISSING_VERSION, message, hint)


def certificate(policies: Iterable[Policy], losses: Iterable[Claim]) -> dict[Slug, VersionId]:
    """Return the version of each policy before which nothing is missing in the archive.

    A version that is lost stays claimed, so that it is reported until it is back.
    """
    newest = {policy.slug: policy.newest.id for policy in policies}
    return newest | {claim.slug: claim.version for claim in losses}


def check_shallow(
    histories: Iterable[FileHistory],
    current: Mapping[Slug, VersionId],
    complete: Mapping[Slug, VersionId],
    archived: Collection[Key],
) -> None:
    """Raise HistoryError when a shallow clone cuts off versions that the archive may lack."""
    unsure = [
        history.slug
        for history in histories
        if history.cut and not _covered(history, current, complete, archived)
    ]
    if unsure:
        raise HistoryError(
            "This is a shallow clone: git holds only the newest commits here, and versions/ does "
            f"not say that it is complete for {', '.join(sorted(unsure))}. "
            "Fetch the whole history with: git fetch --unshallow (in a workflow, set "
            "fetch-depth: 0 on the checkout step); or build once in a full clone and commit "
            "versions/."
        )


def _covered(
    history: FileHistory,
    current: Mapping[Slug, VersionId],
    complete: Mapping[Slug, VersionId],
    archived: Collection[Key],
) -> bool:
    """Tell whether all before the first commit here is archived.

    It is when the certified version is one that the clone sees, or when the policy went back from
    it to an earlier one and both are archived.
    """
    slug, now = history.slug, current.get(history.slug)
    seen = {span.version for span in history.spans} | {now}
    for name in {slug, *(removal.slug for removal in history.removals)}:
        certified = complete.get(name)
        went_back = now and certified and now < certified
        if certified and (
            certified in seen or (went_back and {(slug, certified), (slug, now)} <= {*archived})
        ):
            return True
    return False
