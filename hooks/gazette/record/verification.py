"""Whether the archive and git agree on every text that both know."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gazette.errors import ArchiveError
from gazette.model import BlobId, decoded, digest_of
from gazette.problems import Problem
from gazette.record.archive import Addition, Archive, attachment_path, is_archived
from gazette.record.archive_history import ArchivedFile
from gazette.record.archive_lists import SUMS, Key, damage, sums_line, sums_of
from gazette.record.attachments import digests_of
from gazette.record.claims import unconfirmed_retirements, unconfirmed_returns
from gazette.record.file_history import VersionSpan
from gazette.record.git_texts import GitTexts, blob_id_of
from gazette.record.history import History
from gazette.record.policy_files import stated_versions
from gazette.record.published import Published, PublishedText
from gazette.record.sources import Record

SHOWN_LINES = 20  # of a difference in a message


def verify(record: Record) -> None:
    """Raise ArchiveError with everything in the archive that git contradicts or does not confirm.

    A version that `docs/` holds is not compared with what `docs/` held of it: where its text
    differs, that is a silent edit. Nor is anything in a shallow clone, which knows the last span of
    a version only: what `limits` tells.
    """
    archive, history, published = record.archive, record.history, record.published
    planned = {addition.path: addition for addition in record.additions}
    problems = [*_unlisted(archive, planned, history), *_two_texts(archive, published)]
    changed = list(_changed(record, history, planned)) if history else []
    problems += changed
    reported = {problem.path for problem in changed}
    if full := record.full_history:
        current = stated_versions(record.files.values())
        for slug, texts in sorted(published.texts.items()):
            for version, text in sorted(texts.items()):
                is_reported = f"versions/{text.path}" in reported
                if text.archived and (slug, version) not in current and not is_reported:
                    spans = published.spans_of(slug, version)
                    problems += _contradiction(text, spans, full.texts, record.blob_ids[text.path])
        problems += unconfirmed_retirements(archive, full, published)
        problems += unconfirmed_returns(archive, full, published)
    if problems:
        raise ArchiveError(problems)


def limits(record: Record) -> Iterator[str]:
    """Yield a sentence for whatever could not be compared, because git does not hold it here."""
    archive, history, published = record.archive, record.history, record.published
    if not archive.texts:
        return
    if history is None:
        yield (
            "Without git, the archive is compared with its own lists of digests only: whether "
            "versions/ was altered together with them cannot be told here."
        )
    elif history.shallow:
        yield (
            "This is a shallow clone: what was altered in versions/ before its first commit, and "
            "whether its retirements and COMPLETE are true, cannot be told here."
        )
    else:
        texts = ((slug, id_) for slug, by_id in published.texts.items() for id_ in by_id)
        lone = sum(1 for key in texts if not published.spans_of(*key))
        if lone:
            texts_are = "text was" if lone == 1 else "texts were"
            yield (
                f"{lone} archived {texts_are} never in docs/ in this history: the history of "
                "versions/ alone vouches for them, from the commit on that brought them."
            )


def _unlisted(
    archive: Archive, planned: Mapping[str, Addition], history: History | None
) -> Iterator[Problem]:
    """Yield what has no digest; a file that a stopped build left is whole and planned again.

    Where the list itself is missing, that is the one thing to say.
    """
    in_git = history.archived if history else {}
    lost_lists = set()
    for path, digest in sorted(archive.unlisted.items()):
        if path in planned and planned[path].sha256 == digest:
            continue
        candidates = [name for name in (sums_of(path), SUMS) if name in in_git]
        lost = [name for name in candidates if not (archive.folder / name).is_file()]
        if lost:
            lost_lists.update(lost)
        elif path in in_git:
            message = f"This file has no digest in versions/{sums_of(path)}, but git archived it."
            hint = f"Put this line back there: {sums_line(path, digest)}"
            yield damage(path, message, hint)
        elif history is None and not (archive.folder / sums_of(path)).is_file():
            lost_lists.add(sums_of(path))
        else:
            message = (
                f"This file has no digest in versions/{sums_of(path)}, and git does not know it as "
                "an earlier version."
            )
            hint = (
                "Only a build writes here. If the file came from another branch, take its line in "
                "that list from there, too; if not, move the file out of versions/."
            )
            yield damage(path, message, hint)
    for name in sorted(lost_lists):
        revision = in_git[name].last if name in in_git else "HEAD"
        hint = f"Bring it back: git checkout {revision} -- versions/{name}"
        if history is None:
            hint = "Bring it back from where these files came from."
        yield damage(name, f"versions/{name} is missing.", hint)


def _changed(
    record: Record, history: History, planned: Mapping[str, Addition]
) -> Iterator[Problem]:
    """Yield what is not as the first commit that archived it has it.

    One way leads out: what `docs/` held first as this version, where what was archived never stood
    there.
    """
    keys = {
        text.path: (slug, version)
        for slug, texts in record.published.texts.items()
        for version, text in texts.items()
    }
    for path, first in sorted(history.archived.items()):
        present = record.blob_ids.get(path)
        if present is None and path in planned:
            present = blob_id_of(planned[path].read())
        if present == first.blob_id or not is_archived(path):
            continue
        spans = record.published.spans_of(*keys[path]) if path in keys else ()
        held = {blob_id for span in spans for blob_id in (span.first, span.last)}
        if first.blob_id in held or not spans or present not in (spans[0].first, spans[0].last):
            yield _change(record.archive, path, first, history.texts.read(first.blob_id))


def _change(archive: Archive, path: str, first: ArchivedFile, data: bytes) -> Problem:
    """Return the problem of a file that was archived as `data`, and is another now, or gone."""
    hint = (
        "Archived files never change or go; bring it back: "
        f"git checkout {first.intact} -- versions/{path}"
    )
    if archive.sums.get(path) != digest_of(data):
        hint += f", and its line in versions/{sums_of(path)}: {sums_line(path, digest_of(data))}"
    if not (archive.folder / path).is_file():
        return damage(path, "This file was archived, and is gone.", hint)
    message = "This file is not what git archived first."
    if path.endswith(".md"):
        message += f"\n{_difference(path, decoded(archive.read(path)), decoded(data))}\n"
    return damage(path, message, hint)


def _two_texts(archive: Archive, published: Published) -> Iterator[Problem]:
    """Yield archived texts that are the same version of the same policy, but not the same text."""
    chosen: dict[Key, str] = {}
    for (slug, version), path in sorted(archive.texts.items()):
        policy = published.owners.owner(slug, version)
        other = chosen.setdefault((policy, version), path)
        if archive.sums[other] != archive.sums[path]:
            message = (
                f"versions/{other} and this file are both version {version} of {policy}, with "
                "different texts: one of them would be shown nowhere."
            )
            hint = (
                "Two policies were taken for one: take the wrong name out of `formerly`, or the "
                "wrong file .retired out of versions/."
            )
            yield damage(path, message, hint)


def _contradiction(
    text: PublishedText, spans: Sequence[VersionSpan], texts: GitTexts, blob_id: BlobId
) -> Iterator[Problem]:
    """Yield an archived text that is neither the first nor the last of any span of its version.

    The first it is where an edit was committed before its release: that keeps what readers knew.
    """
    if not spans or any(blob_id in (span.first, span.last) for span in spans):
        return
    in_git = texts.read(spans[-1].last)
    message = (
        "The archive and git hold different texts of this version. "
        f"Archive: sha256 {text.sha256}. Git: sha256 {digest_of(in_git)}.\n"
        f"{_difference(text.path, decoded(text.read()), decoded(in_git))}\n"
    )
    hint = (
        f"If git is right, delete versions/{text.path} and its line in "
        f"versions/{sums_of(text.path)}: the next build archives what git holds. If the archive is "
        "right, commit its text as the policy's file once more, then the present text again: git "
        "then knows both."
    )
    yield damage(text.path, message, hint)


def _difference(path: str, archived: str, in_git: str) -> str:
    old, new = archived.splitlines(), in_git.splitlines()
    lines = list(difflib.unified_diff(old, new, f"versions/{path}", "git", n=1, lineterm=""))
    hidden = len(lines) - SHOWN_LINES
    more = [f"... and {hidden} lines more"] if hidden > 0 else []
    return "\n".join(lines[:SHOWN_LINES] + more) or "They differ in line endings only."


def unexplained(record: Record, paths: Iterable[str]) -> Iterator[str]:
    """Yield those of the archived files at `paths` that neither a release nor a build wrote.

    They would have written what `docs/` held. Nothing is reported in a shallow clone or
    without git.
    """
    if record.full_history is None:
        return
    published = record.published
    explained = set()
    for slug, texts in published.texts.items():
        for version, text in texts.items():
            for span in published.spans_of(slug, version):
                if record.blob_ids.get(text.path) in (span.first, span.last):
                    explained.add(text.path)
                    files = (attachment.path for attachment in text.attachments)
                    held = record.attachments.of(files, span.revision)
                    digests = digests_of(held)
                    explained.update(
                        attachment_path(text.path, attachment.path)
                        for attachment in text.attachments
                        if digests.get(attachment.path) == attachment.sha256
                    )
    explained.update(_confirmed_events(record.archive, record.full_history))
    yield from sorted(set(paths) - explained)


def _confirmed_events(archive: Archive, history: History) -> Iterator[str]:
    """Yield where the archive keeps retirements and returns that git saw."""
    removed = {entry.undated for file in history.files for entry in file.removals}
    returned = {entry.undated for file in history.files for entry in file.returns}
    yield from (entry.path for entry in archive.retirements if entry.undated in removed)
    yield from (entry.path for entry in archive.returns if entry.undated in returned)
