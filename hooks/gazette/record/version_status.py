"""Where each version of a policy stands on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from hashlib import sha256

from gazette.model import Metadata, Policy, Status, Version, VersionId
from gazette.record.policy_files import PolicyFile
from gazette.record.published import Published, PublishedText


def policy(slug: str, current: PolicyFile | None, published: Published, today: date) -> Policy:
    """Return the policy with its versions, oldest first."""
    held = published.texts.get(slug, {})
    retired = None if current else published.retired(slug)
    stands = current.metadata if current else None
    last = stands.version if stands else retired.last if retired else max(held)
    metadata = {version: text.metadata for version, text in held.items()}
    if stands:
        metadata[stands.version] = stands
    status = statuses(metadata, last, today, retired=current is None)
    versions = []
    for version in sorted(metadata):
        if current and stands and version == stands.version:
            versions.append(_standing(current, stands, status[version]))
        else:
            versions.append(_kept(held[version], status[version]))
    in_force = [one for one in versions if one.status is Status.IN_FORCE]
    return Policy(
        slug=slug,
        versions=tuple(versions),
        in_force=in_force[0] if in_force else None,
        retired=None if current else retired.day if retired else today,
        former_slugs=published.names.get(slug, ()),
        original_slugs={
            version: original
            for version in metadata
            if (original := published.original_slug(slug, version)) != slug
        },
    )


def statuses(
    metadata: Mapping[VersionId, Metadata], last: VersionId, today: date, *, retired: bool
) -> dict[VersionId, Status]:
    """Tell where each version stands on the day `today`.

    `last` is the version that `docs/` holds, or held last; what is newer was withdrawn.
    """
    posted = [version for version in sorted(metadata) if version <= last]
    applies = [version for version in posted if metadata[version].effective <= today]
    in_force = applies[-1] if applies else None
    status = dict.fromkeys(sorted(metadata), Status.WITHDRAWN)
    for version in posted:
        upcoming = in_force is None or version > in_force
        status[version] = Status.UPCOMING if upcoming and not retired else Status.SUPERSEDED
    if retired:
        status[posted[-1]] = Status.RETIRED
    elif in_force:
        status[in_force] = Status.IN_FORCE
    return status


def _standing(current: PolicyFile, metadata: Metadata, status: Status) -> Version:
    digest = sha256(current.data).hexdigest()
    return Version(metadata, digest, current.path, status, partial(bytes, current.data))


def _kept(text: PublishedText, status: Status) -> Version:
    path = f"versions/{text.path}"
    return Version(text.metadata, text.sha256, path, status, text.read, text.attachments)
