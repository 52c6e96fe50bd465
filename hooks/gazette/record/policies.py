"""The policies with all their versions: what `docs/`, git and the archive hold, as one register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from gazette.model import Digest, Policy, Slug, Status, VersionId
from gazette.problems import Code, Problem
from gazette.record import metadata_index
from gazette.record.archive import Archive, Unarchived
from gazette.record.attachments import Attachments
from gazette.record.base_commit import BaseCommit, read_base_commit
from gazette.record.claims import taken_names
from gazette.record.commits import STORE_KEY as COMMITS_KEY
from gazette.record.completeness import Claim, certificate, check_shallow, lost, missing
from gazette.record.git_texts import blob_id_of
from gazette.record.history import STORE_KEY as HISTORY_KEY
from gazette.record.history import History
from gazette.record.policy_files import PolicyFile
from gazette.record.published import Published
from gazette.record.pushes import Push
from gazette.record.silent_files import silent_file_edits
from gazette.record.sources import Record, read_record
from gazette.record.translations import translation_problems
from gazette.record.verification import limits, verify
from gazette.record.version_rules import backward_version, future_version, missing_summary
from gazette.record.version_status import build_policy, posted, with_released
from gazette.settings import Settings
from gazette.store import Store

if TYPE_CHECKING:
    from gazette.text.reader import Reader


@dataclass(frozen=True)
class Register:
    """All policies by slug, all that is wrong with them, and what the archive has yet to take in.

    `notices` are facts worth a line in the log; `unarchived` is for `archive.freeze`. `released`
    holds, for each policy in `docs/`, the text that readers know as the version its file states;
    None where that version is new. Without git, only what the archive holds is known.
    `attachments` finds the files that a text shows or links; `published_at` is the revision at
    which they stand as readers get them. `pushes` are to be noted: they pass over texts.
    `illegible` are policies whose file has to be fixed first.
    """

    policies: tuple[Policy, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    unarchived: Unarchived
    released: Mapping[Slug, bytes | None]
    attachments: Attachments
    pushes: tuple[Push, ...] = ()
    published_at: str = "HEAD"
    illegible: tuple[Slug, ...] = ()

    @property
    def digests(self) -> Mapping[str, Digest]:
        """The digests of all texts, by the paths where they are kept."""
        versions = (version for policy in self.policies for version in policy.versions)
        return {version.path: version.sha256 for version in versions}


def gather(
    settings: Settings, today: date, store: Store | None = None, base_name: str | None = None
) -> Register:
    """Gather every policy with every version, as of `today`; write nothing but to the `store`.

    What is only proposed, to the branch `base_name`, is judged as if it had reached that.

    What an earlier build read is taken from there: what git knows, what the texts state. The bytes
    of the archive are compared with their digests every time.

    Raises HistoryError when git cannot tell what was published, ArchiveError when the archive is
    damaged or contradicts git, PolicyError when `docs/` or `versions/` hold what is no plain file.
    """
    base = None if base_name is None else read_base_commit(settings, base_name)
    record = read_record(settings, store, base.commit if base else "")
    return verified(joined(record, settings, today, base))


@dataclass(frozen=True)
class Unverified:
    """The policies of a record which may still contradict itself.

    `released` and `problems` are as a Register has them, `losses` are the claims to versions that
    are nowhere to be found, `base` is what was proposed to.
    """

    record: Record
    policies: tuple[Policy, ...]
    released: Mapping[Slug, bytes | None]
    losses: Sequence[Claim]
    problems: tuple[Problem, ...]
    base: BaseCommit | None


def joined(
    record: Record,
    settings: Settings,
    today: date,
    base: BaseCommit | None,
    reader: Reader | None = None,
) -> Unverified:
    """Return all policies of a record with all their versions, as of `today`, and what is wrong.

    The `reader` is one that goes on to read these texts, if there is any.
    """
    files = ((slug, record.files.get(slug)) for slug in record.slugs)
    policies = tuple(
        build_policy(slug, file, record.published, today, record.standing_files(file))
        for slug, file in files
    )
    released = _released(record, base)
    losses = lost(_claims(record, policies), full=record.full_history is not None)
    problems = [
        *record.problems,
        *_problems(policies, record, released, settings, today, reader),
        *taken_names(record),
        *missing(losses),
    ]
    problems.sort(key=lambda problem: (problem.path, problem.line, problem.code.label))
    return Unverified(record, policies, released, losses, tuple(problems), base)


def verified(unverified: Unverified) -> Register:
    """Return the register of policies, once archive and git are found to agree.

    Raises ArchiveError when they do not, HistoryError when a shallow clone cannot tell.
    """
    record, policies, released = unverified.record, unverified.policies, unverified.released
    base, archive, history = unverified.base, record.archive, record.history
    verify(record)
    if history and history.shallow:
        _check_shallow(history, policies, archive)
    losses = unverified.losses
    complete = certificate(tuple(posted(policies)), losses) if history else archive.complete
    record.index.save()
    return Register(
        tuple(
            with_released(_with_completeness(policy, complete), released.get(policy.slug))
            for policy in policies
        ),
        unverified.problems,
        (*_notices(policies, history), *limits(record)),
        Unarchived(record.additions, complete),
        released,
        record.attachments,
        history.pushes if history and base is None else (),
        base.commit if base else "HEAD",
        tuple(slug for slug, file in record.files.items() if not file.metadata),
    )


def store_keys(settings: Settings) -> set[str]:
    """Return the keys under which the store holds what a later build need not read again."""
    return {
        COMMITS_KEY,
        HISTORY_KEY,
        metadata_index.store_key(settings.markdown, settings.own_site),
    }


def _check_shallow(history: History, policies: Iterable[Policy], archive: Archive) -> None:
    current = {policy.slug: policy.newest.id for policy in policies if not policy.retired}
    held = {(policy.slug, version.id) for policy in policies for version in policy.versions}
    check_shallow(history.files, current, archive.complete, held)


def _with_completeness(policy: Policy, complete: Mapping[Slug, VersionId]) -> Policy:
    """Return the policy with the newest version before which nothing of it is missing."""
    names = (policy.slug, *policy.former_slugs)
    certified = [complete[name] for name in names if name in complete]
    return replace(policy, complete_until=max(certified, default=None))


def _claims(record: Record, policies: Sequence[Policy]) -> Iterator[Claim]:
    """Yield completeness claims; policies with invalid front matter are reported elsewhere."""
    by_slug = {policy.slug: policy for policy in policies}
    for name, version in sorted(record.archive.complete.items()):
        slug = record.published.owners.owner(name, version)
        policy = by_slug.get(slug)
        ids = [version.id for version in policy.versions] if policy else []
        if policy and not policy.retired:
            yield Claim(slug, version, policy.newest.id, record.files[slug].path, ids)
        elif policy or slug not in record.files:
            yield Claim(slug, version, None, "versions/COMPLETE", ids)


def _released(record: Record, base: BaseCommit | None) -> dict[Slug, bytes | None]:
    """Return the text that readers know as the version each file states, None for a new one."""
    released = {
        slug: _published_as(record, file, file.metadata.version, base)
        for slug, file in sorted(record.files.items())
        if file.metadata
    }
    return {slug: text for slug, text in released.items() if record.history or text is not None}


def _published_as(
    record: Record, file: PolicyFile, version: VersionId, base: BaseCommit | None
) -> bytes | None:
    """Return the text that readers know as this version, None for a new one.

    New is what the `base` of a proposal does not hold. Else that is what the archive holds; else
    what stood last before the version was taken back for the first time; else what was committed
    first.
    """
    published, history = record.published, record.history
    slugs = (file.slug, *published.names.get(file.slug, ()), *file.formerly)
    if base and not base.holds(slugs, version):
        return None
    if text := published.text(file.slug, version):
        return text.read()
    spans = published.spans_of(file.slug, version)
    if not history or not spans:
        return None
    blob_id = spans[0].last if len(spans) > 1 else spans[0].first
    return file.data if blob_id == blob_id_of(file.data) else history.texts.read(blob_id)


def _problems(
    policies: Sequence[Policy],
    record: Record,
    released: Mapping[Slug, bytes | None],
    settings: Settings,
    today: date,
    reader: Reader | None,
) -> Iterator[Problem]:
    """Yield what is wrong with each policy as a whole, its front matter being right."""
    files, published = record.files, record.published
    by_slug = {policy.slug: policy for policy in policies}
    for policy in policies:
        file = files.get(policy.slug)
        if file is None or file.metadata is None:
            continue
        yield from _wrong_names(file, files)
        text, metadata = released.get(policy.slug), file.metadata
        may_change = metadata.version.day > today
        if text is not None and text != file.data and not may_change:
            from gazette.record.silent_edits import silent_edit  # comparing texts is rarely needed

            yield from silent_edit(file, metadata, text, settings, reader)
        if text is not None and policy.newest.files and not may_change:
            before = record.published_files(file, metadata.version)
            yield from silent_file_edits(file, metadata, before, policy.newest.files)
        yield from translation_problems(file, metadata, by_slug, today)
        yield from future_version(file, metadata, today)
        yield from backward_version(file, metadata, _published_before(policy, published))
        if policy.versions[0].id < metadata.version:
            yield from missing_summary(file, metadata)


def _published_before(policy: Policy, published: Published) -> Sequence[VersionId]:
    """Return the versions that were posted before the newest one was for the first time."""
    version = policy.newest.id
    if published.text(policy.slug, version):
        return ()
    line = list(published.spans.get(policy.slug, {}))
    ids = [version.id for version in policy.versions]
    return line[: line.index(version)] if version in line else ids


def _wrong_names(file: PolicyFile, files: Mapping[Slug, PolicyFile]) -> Iterator[Problem]:
    """Yield the names in `formerly` that are, or became, another policy's."""
    for old in file.formerly:
        rivals = [
            other.path
            for slug, other in files.items()
            if slug < file.slug and old in other.formerly
        ]
        if old == file.slug:
            message = f"`formerly` names {old}, the policy itself."
            hint = "Take the name out."
        elif old in files:
            message = f"`formerly` names {old}, but {files[old].path} still stands there."
            hint = f"Delete {files[old].path}, or take the name out."
        elif rivals:
            message = f"`formerly` names {old}, but {rivals[0]} says it was {old} too."
            hint = "Only one policy can go on from another: take the name out of one of the two."
        else:
            continue
        yield file.problem("formerly", Code.INVALID_VALUE, message, hint)


def _notices(policies: Iterable[Policy], history: History | None) -> Iterator[str]:
    for policy in policies:
        newest, slug = policy.newest, policy.slug
        withdrawn = [
            str(version.id)
            for version in policy.versions
            if version.status is Status.WITHDRAWN and version.id > newest.id
        ]
        if withdrawn:
            yield f"{slug}: went back to {newest.id}; withdrawn: {', '.join(withdrawn)}."
        alone = not history and len(policy.versions) == 1 and not policy.retired
        if alone and newest.metadata.summary:
            yield (
                f"{slug}: {newest.id} says what it changes, but no earlier version is in "
                "versions/, and without git none can be found."
            )
