"""The policies with all their versions: what `docs/`, git and the archive hold, as one register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256

from gazette.cache import NOTHING, Cache
from gazette.model import Attachment, Change, Policy, Status, VersionId
from gazette.problems import Code, Problem
from gazette.record import metadata_index
from gazette.record.archive import Addition, Archive, Unarchived, attachment_path, read_archive
from gazette.record.attachments import Attachments, linked_files
from gazette.record.completeness import Claim, certificate, check_shallow, lost, missing
from gazette.record.history import History, read_history
from gazette.record.history import entries as history_entries
from gazette.record.metadata_index import MetadataIndex, blob_id_of
from gazette.record.policy_files import PolicyFile, read_policy_files
from gazette.record.published import Published, join
from gazette.record.verification import verify
from gazette.record.version_status import policy
from gazette.settings import Settings


@dataclass(frozen=True)
class Register:
    """All policies by slug, all that is wrong with them, and what the archive has yet to take in.

    `notices` are facts worth a line in the log; `unarchived` is for `archive.freeze`. `released`
    holds, for each policy in `docs/`, the text that readers know as the version its file states;
    None where that version is new. Without git, only what the archive holds is known.
    `attachments` finds what a text shows.
    """

    policies: tuple[Policy, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    unarchived: Unarchived
    released: Mapping[str, bytes | None]
    attachments: Attachments


def gather(settings: Settings, today: date, store: Cache = NOTHING) -> Register:
    """Gather every policy with every version, as of `today`; write nothing but to the `store`.

    What an earlier build found out is taken from there: what git told, what the texts say. The
    bytes of the archive are compared with their digests every time.

    Raises HistoryError when git cannot tell what was published, ArchiveError when the archive is
    damaged or contradicts git.
    """
    current, problems = read_policy_files(settings)
    known = MetadataIndex(
        store, partial(linked_files, markdown=settings.markdown), settings.markdown
    )
    archive = read_archive(settings.versions, partial(_notice, known))
    history = read_history(settings.policies, known, store)
    attachments = Attachments(settings.docs, settings.markdown, history)
    published = join(current, archive, history, attachments, known)
    slugs = sorted({*current, *published.texts})
    whole = [slug for slug in slugs if slug not in current or current[slug].metadata]
    policies = tuple(policy(slug, current.get(slug), published, today) for slug in whole)
    additions = tuple(_additions(published, whole))
    verify(archive, additions, history, published, current, known)
    _check_shallow(history, policies, archive)
    released: dict[str, bytes | None] = {}
    for one in policies:
        if (file := current.get(one.slug)) and file.metadata:
            text = _published_as(file, file.metadata.version, published, history)
            if text is not None or history:
                released[one.slug] = text
            problems += _still_standing(file, current)
            problems += _findings(one, file, text, published, settings)
    gone = lost(
        _claims(archive, published, policies, current),
        full=history is not None and not history.shallow,
    )
    problems += missing(gone)
    problems.sort(key=lambda one: (one.path, one.line, one.code.label))
    notices = tuple(_notices(policies, history))
    complete = certificate(policies, gone) if history else archive.complete
    unarchived = Unarchived(additions, complete)
    known.save()
    return Register(policies, tuple(problems), notices, unarchived, released, attachments)


def entries(settings: Settings) -> set[str]:
    """Return the keys under which the cache holds what a later build need not find out again."""
    return {*history_entries(), metadata_index.entry(settings.markdown)}


def _notice(known: MetadataIndex, path: str, digest: str, data: bytes) -> None:
    """Learn what an archived text says while its bytes are at hand."""
    if path.endswith(".md") and digest not in known:
        known.add(data, with_links=False)


def _additions(published: Published, slugs: Sequence[str]) -> Iterator[Addition]:
    for slug in slugs:
        for _, text in sorted(published.texts.get(slug, {}).items()):
            if not text.archived:
                yield Addition(text.path, text.sha256, text.read)
                yield from attached(text.path, text.attachments)
    for one in published.unrecorded:
        yield Addition(one.path, sha256(one.data).hexdigest(), partial(bytes, one.data))


def attached(path: str, attachments: Iterable[Attachment]) -> Iterator[Addition]:
    """Yield what the archive takes in beside the text at `path`."""
    for one in attachments:
        yield Addition(attachment_path(path, one.path), one.sha256, one.read)


def _check_shallow(history: History | None, policies: Iterable[Policy], archive: Archive) -> None:
    if history and history.shallow:
        standing = {one.slug: one.newest.id for one in policies if not one.retired}
        held = {(one.slug, version.id) for one in policies for version in one.versions}
        check_shallow(history.files, standing, archive.complete, held)


def _claims(
    archive: Archive,
    published: Published,
    policies: Sequence[Policy],
    current: Mapping[str, PolicyFile],
) -> Iterator[Claim]:
    """Yield what the archive says of policies that can be told; the others are wrong anyway."""
    told = {one.slug: one for one in policies}
    for name, version in sorted(archive.complete.items()):
        slug = published.owners.owner(name, version)
        one = told.get(slug)
        if one or slug not in current:
            stands = bool(one and not one.retired)
            yield Claim(
                slug=slug,
                version=version,
                current=one.newest.id if one and stands else None,
                path=current[slug].path if one and stands else "versions/COMPLETE",
                known=[each.id for each in one.versions] if one else [],
            )


def _findings(
    policy: Policy,
    file: PolicyFile,
    released: bytes | None,
    published: Published,
    settings: Settings,
) -> Iterator[Problem]:
    """Yield what is wrong with a policy as a whole, its front matter being right."""
    if not file.metadata:
        return
    version = file.metadata.version
    if released is not None and released != file.data:
        from gazette.record.silent_edits import silent_edit  # what compares texts is rarely needed

        yield from silent_edit(file, file.metadata, released, settings.markdown)
    later = _posted_before(policy, version, published)
    if later:
        yield _backwards(file, version, later)
    unexplained = not file.metadata.summary and file.metadata.change is Change.SUBSTANTIVE
    if unexplained and policy.versions[0].id < version:
        yield _unexplained(file, version)


def _published_as(
    file: PolicyFile, version: VersionId, published: Published, history: History | None
) -> bytes | None:
    """Return the text that readers know as this version, None for a new one.

    That is what the archive holds; else what stood last before the version was taken back for the
    first time; else what was committed first.
    """
    if text := published.text(file.slug, version):
        return text.read()
    spans = published.spans_of(file.slug, version)
    if not history or not spans:
        return None
    told = spans[0].last if len(spans) > 1 else spans[0].first
    return file.data if told == blob_id_of(file.data) else history.texts.read(told)


def _posted_before(policy: Policy, version: VersionId, published: Published) -> VersionId | None:
    """Return a newer version that was posted before this one was for the first time."""
    if published.text(policy.slug, version):
        return None
    line = list(published.spans.get(policy.slug, {}))
    known = line[: line.index(version)] if version in line else [one.id for one in policy.versions]
    return max((one for one in known if one > version), default=None)


def _still_standing(file: PolicyFile, current: Mapping[str, PolicyFile]) -> Iterator[Problem]:
    others = [one for one in current.values() if one.slug < file.slug]
    for old in file.formerly:
        if old == file.slug:
            said, hint = f"`formerly` names {old}, the policy itself.", "Take the name out."
        elif old in current:
            said = f"`formerly` names {old}, but {current[old].path} still stands there."
            hint = f"Delete {current[old].path}, or take the name out."
        elif rivals := [one.path for one in others if old in one.formerly]:
            said = f"`formerly` names {old}, but {rivals[0]} says it was {old} too."
            hint = "Only one policy can go on from another: take the name out of one of the two."
        else:
            continue
        yield Problem(file.path, file.line_of("formerly"), Code.INVALID_VALUE, said, hint)


def _backwards(file: PolicyFile, version: VersionId, newest: VersionId) -> Problem:
    said = f"Version {version} is new, but comes before {newest}, which was published already."
    hint = "Give it the day it is posted; the number counts the releases of one day."
    return Problem(file.path, file.line_of("version"), Code.VERSION_ORDER, said, hint)


def _unexplained(file: PolicyFile, version: VersionId) -> Problem:
    said = f"Version {version} does not say what it changes."
    hint = "Add a line summary: and what changes for readers, or change: editorial."
    return Problem(file.path, file.line_of("version"), Code.MISSING_SUMMARY, said, hint)


def _notices(policies: Iterable[Policy], history: History | None) -> Iterator[str]:
    for one in policies:
        withdrawn = [str(each.id) for each in one.versions if each.status is Status.WITHDRAWN]
        if withdrawn:
            yield f"{one.slug}: went back to {one.newest.id}; withdrawn: {', '.join(withdrawn)}."
        alone = not history and len(one.versions) == 1 and not one.retired
        if alone and one.newest.metadata.summary:
            yield (
                f"{one.slug}: {one.newest.id} says what it changes, but no earlier version is in "
                "versions/, and without git none can be found."
            )
