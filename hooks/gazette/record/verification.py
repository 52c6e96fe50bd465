"""Whether the archive and git agree on every text that both know."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from gazette.errors import ArchiveError
from gazette.model import decoded
from gazette.problems import Problem
from gazette.record.archive import Addition, Archive
from gazette.record.archive_lists import SUMS, damage
from gazette.record.file_history import VersionSpan
from gazette.record.history import GitTexts, History
from gazette.record.metadata_index import MetadataIndex, blob_id_of
from gazette.record.policy_files import PolicyFile
from gazette.record.published import Published, PublishedText

SHOWN = 20  # lines of a difference that a message shows


def verify(
    archive: Archive,
    additions: Iterable[Addition],
    history: History | None,
    published: Published,
    current: Mapping[str, PolicyFile],
    known: MetadataIndex,
) -> None:
    """Raise ArchiveError with every text that differs from git, and every file nobody wrote.

    A version that `docs/` holds is left out: where its text differs, that is a silent edit. So is
    everything in a shallow clone, which knows the last span of a version only.
    """
    problems = list(_unlisted(archive, additions))
    if history and not history.shallow:
        standing = {(one.slug, one.metadata.version) for one in current.values() if one.metadata}
        for slug, texts in sorted(published.texts.items()):
            for version, text in sorted(texts.items()):
                if text.archived and (slug, version) not in standing:
                    spans = published.spans_of(slug, version)
                    problems += _contradiction(text, spans, history.texts, known)
    if problems:
        raise ArchiveError(problems)


def _unlisted(archive: Archive, additions: Iterable[Addition]) -> Iterator[Problem]:
    """Tell of files without a digest; one that a stopped build left is whole and planned again."""
    planned = {one.path: one.sha256 for one in additions}
    for path, digest in archive.unlisted.items():
        if planned.get(path) != digest:
            message = (
                f"This file has no digest in versions/{SUMS}, and git does not know it as an "
                "earlier version."
            )
            yield damage(path, message, "Only a build writes here: delete the file.")


def _contradiction(
    text: PublishedText, spans: Sequence[VersionSpan], texts: GitTexts, known: MetadataIndex
) -> Iterator[Problem]:
    """Tell where an archived text is neither the first nor the last of any time it was current.

    The first it is where an edit was committed before its release: that keeps what readers knew.
    """
    if not spans:
        return
    row = known.with_digest(text.sha256)
    blob = row.blob_id if row else blob_id_of(text.read())
    if blob in {one for span in spans for one in (span.first, span.last)}:
        return
    data = text.read()
    told = texts.read(spans[-1].last)
    message = (
        "The archive and git hold different texts of this version. "
        f"Archive: sha256 {text.sha256}. Git: sha256 {sha256(told).hexdigest()}.\n"
        f"{_difference(text.path, decoded(data), decoded(told))}\n"
    )
    hint = (
        f"If git is right, delete versions/{text.path} and its line in versions/{SUMS}: the next "
        "build archives what git holds. If the archive is right, commit its text as the policy's "
        "file once more, then the present text again: git then knows both."
    )
    yield damage(text.path, message, hint)


def _difference(path: str, archived: str, told: str) -> str:
    lines = difflib.unified_diff(
        archived.splitlines(), told.splitlines(), f"versions/{path}", "git", n=1, lineterm=""
    )
    shown = [*lines]
    more = [f"... and {len(shown) - SHOWN} lines more"] if len(shown) > SHOWN else []
    return "\n".join(shown[:SHOWN] + more) or "They differ in line endings only."
