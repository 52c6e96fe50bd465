"""Where each version of a policy stands on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from gazette.model import (
    Digest,
    Metadata,
    Policy,
    Return,
    Slug,
    Status,
    Version,
    VersionId,
    decoded,
    digest_of,
)
from gazette.record.attachments import digests_of
from gazette.record.policy_files import PolicyFile
from gazette.record.published import Published, PublishedText
from gazette.record.returns import stands
from gazette.text.frontmatter import read_archived_metadata


def build_policy(
    slug: Slug,
    file: PolicyFile | None,
    published: Published,
    today: date,
    files: Mapping[str, Digest],
) -> Policy:
    """Return the policy with its versions, oldest first.

    `file` is where `docs/` holds it, `files` are the digests of what its text there shows or links.
    """
    held = published.texts.get(slug, {})
    retirement = None if file else published.retired(slug)
    current = file.metadata if file else None
    last = current.version if current else retirement.last if retirement else max(held)
    metadata = {version: text.metadata for version, text in held.items()}
    if current:
        metadata[current.version] = current
    returns = (
        *published.returns.get(slug, ()),
        *_uncommitted_return(slug, current, published, today),
    )
    status = statuses(metadata, last, today, retired=file is None, returns=returns)
    versions = tuple(
        _current_version(file, current, status[version], files)
        if file and current and version == current.version
        else _kept_version(held[version], status[version])
        for version in sorted(metadata)
    )
    versions = tuple(
        replace(
            version,
            readings=published.readings.get((slug, version.id), ()),
            sections=published.sections.get((slug, version.id), ()),
        )
        for version in versions
    )
    return Policy(
        slug=slug,
        versions=versions,
        in_force=next((version for version in versions if version.status is Status.IN_FORCE), None),
        retired=None if file else retirement.day if retirement else today,
        former_slugs=published.names.get(slug, ()),
        original_slugs=dict(_original_slugs(slug, metadata, published)),
        absences=published.absences(slug, retired=file is None),
        returns=returns,
    )


def _uncommitted_return(
    slug: Slug, current: Metadata | None, published: Published, today: date
) -> Iterator[Return]:
    """Yield the return to the version that `docs/` holds, where no commit has it yet."""
    committed = published.carried.get(slug)
    version = current.version if current else committed
    if committed and version and version != committed:
        was_held = version < committed or published.spans_of(slug, version)
        if was_held:
            yield Return(today, committed, version)


def _original_slugs(
    slug: Slug, versions: Iterable[VersionId], published: Published
) -> Iterator[tuple[VersionId, Slug]]:
    """Yield the versions that were first published under another name, with that name."""
    for version in versions:
        original = published.original_slug(slug, version)
        if original != slug:
            yield version, original


def statuses(
    metadata: Mapping[VersionId, Metadata],
    last: VersionId,
    today: date,
    *,
    retired: bool,
    returns: Sequence[Return] = (),
) -> dict[VersionId, Status]:
    """Return where each version stands on the day `today`.

    `last` is the version that `docs/` holds, or held last; what is newer was withdrawn, as is what
    was by one of the `returns`. A version whose day has not come is scheduled.
    """
    kept = stands(metadata, returns)[-1].versions
    standing = [version for version in sorted({*kept, last}) if version <= last]
    posted = [version for version in standing if retired or version.day <= today]
    applies = [version for version in posted if metadata[version].effective <= today]
    in_force = applies[-1] if applies else None
    status = dict.fromkeys(sorted(metadata), Status.WITHDRAWN)
    status |= dict.fromkeys(standing, Status.SCHEDULED)
    for version in posted:
        upcoming = in_force is None or version > in_force
        status[version] = Status.UPCOMING if upcoming and not retired else Status.SUPERSEDED
    if retired:
        status[posted[-1]] = Status.RETIRED
    elif in_force:
        status[in_force] = Status.IN_FORCE
    return status


def posted(policies: Iterable[Policy]) -> Iterator[Policy]:
    """Yield the policies as readers know them, without scheduled versions; some have no others."""
    for policy in policies:
        versions = [
            version for version in policy.versions if version.status is not Status.SCHEDULED
        ]
        if any(version.status is not Status.WITHDRAWN for version in versions):
            yield replace(policy, versions=tuple(versions))


def _current_version(
    file: PolicyFile, metadata: Metadata, status: Status, files: Mapping[str, Digest]
) -> Version:
    read = partial(bytes, file.data)
    return Version(metadata, digest_of(file.data), file.path, status, read, files=files)


def _kept_version(text: PublishedText, status: Status) -> Version:
    path = f"versions/{text.path}"
    return Version(
        metadata=text.metadata,
        sha256=text.sha256,
        path=path,
        status=status,
        read=text.read,
        attachments=text.attachments,
        files=digests_of(text.attachments),
    )


def with_released(policy: Policy, data: bytes | None) -> Policy:
    """Return the policy with the text that readers know as the version in its file, if they do."""

    def marked(version: Version, released: bytes) -> Version:
        if version.is_archived or version.status is Status.SCHEDULED:
            return version
        is_edited = digest_of(released) != version.sha256
        return replace(version, released=as_released(version, released) if is_edited else version)

    return policy if data is None else policy.with_each(partial(marked, released=data))


def as_released(version: Version, data: bytes) -> Version:
    """Return the version with the text, and the facts, that readers know it by."""
    metadata = read_archived_metadata(decoded(data), version.id, version.metadata.title)
    read = partial(bytes, data)
    return replace(version, metadata=metadata, sha256=digest_of(data), read=read)
