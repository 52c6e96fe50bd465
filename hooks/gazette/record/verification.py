"""Whether the archive and git agree on every text that both know."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gazette.errors import ArchiveError
from gazette.model import Slug, decoded, digest_of
from gazette.problems import Problem
from gazette.record.archive import Addition, Archive
from gazette.record.archive_lists import SUMS, damage
from gazette.record.file_history import VersionSpan
from gazette.record.git_texts import GitTexts, blob_id_of
from gazette.record.history import History
from gazette.record.metadata_index import MetadataIndex
from gazette.record.policy_files import PolicyFile
from gazette.record.published import Published, PublishedText

SHOWN_LINES = 20  # of a difference in a message


def verify(
    archive: Archive,
    additions: Iterable[Addition],
    history: History | None,
    published: Published,
    files: Mapping[Slug, PolicyFile],
    index: MetadataIndex,
) -> None:
    """Raise ArchiveError with every text that differs from git, and every file nobody wrote.

    A version that `docs/` holds is left out: where its text differs, that is a silent edit. So is
    everything in a shallow clone, which knows the last span of a version only.
    """
    problems = list(_unlisted(archive, additions))
    if history and not history.shallow:
        current = {(file.slug, file.metadata.version) for file in files.values() if file.metadata}
        for slug, texts in sorted(published.texts.items()):
            for version, text in sorted(texts.items()):
                if text.archived and (slug, version) not in current:
                    spans = published.spans_of(slug, version)
                    problems += _contradiction(text, spans, history.texts, index)
    if problems:
        raise ArchiveError(problems)


def _unlisted(archive: Archive, additions: Iterable[Addition]) -> Iterator[Problem]:
    """Yield files without a digest; one that a stopped build left is whole and planned again."""
    planned = {addition.path: addition.sha256 for addition in additions}
    for path, digest in archive.unlisted.items():
        if planned.get(path) != digest:
            message = (
                f"This file has no digest in versions/{SUMS}, and git does not know it as an "
                "earlier version."
            )
            yield damage(path, message, "Only a build writes here: delete the file.")


def _contradiction(
    text: PublishedText, spans: Sequence[VersionSpan], texts: GitTexts, index: MetadataIndex
) -> Iterator[Problem]:
    """Yield an archived text that is neither the first nor the last of any span of its version.

    The first it is where an edit was committed before its release: that keeps what readers knew.
    """
    if not spans:
        return
    row = index.with_digest(text.sha256)
    blob_id = row.blob_id if row else blob_id_of(text.read())
    if any(blob_id in (span.first, span.last) for span in spans):
        return
    in_git = texts.read(spans[-1].last)
    message = (
        "The archive and git hold different texts of this version. "
        f"Archive: sha256 {text.sha256}. Git: sha256 {digest_of(in_git)}.\n"
        f"{_difference(text.path, decoded(text.read()), decoded(in_git))}\n"
    )
    hint = (
        f"If git is right, delete versions/{text.path} and its line in versions/{SUMS}: the next "
        "build archives what git holds. If the archive is right, commit its text as the policy's "
        "file once more, then the present text again: git then knows both."
    )
    yield damage(text.path, message, hint)


def _difference(path: str, archived: str, in_git: str) -> str:
    old, new = archived.splitlines(), in_git.splitlines()
    lines = list(difflib.unified_diff(old, new, f"versions/{path}", "git", n=1, lineterm=""))
    hidden = len(lines) - SHOWN_LINES
    more = [f"... and {hidden} lines more"] if hidden > 0 else []
    return "\n".join(lines[:SHOWN_LINES] + more) or "They differ in line endings only."
