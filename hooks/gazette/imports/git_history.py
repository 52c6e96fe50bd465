"""The history of a repository of Markdown files as versions: one for each text a reader saw."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from gazette.errors import SourceError
from gazette.files import entries_below
from gazette.imports.batch import (
    Batch,
    ImportedPolicy,
    ImportedVersion,
    Progress,
    imported_version,
    policy_file,
)
from gazette.imports.foreign_repository import check_foreign
from gazette.imports.markdown_file import opening_title, reader_digest, relinked, titled
from gazette.imports.page_bounds import MAX_PAGE_BYTES
from gazette.imports.page_encoding import legible
from gazette.imports.source_files import MARKDOWN, NOT_TAKEN, is_policy
from gazette.model import Slug, VersionId, decoded
from gazette.record.file_history import Commit, FileTrack, Step
from gazette.record.git_texts import GitTexts, open_repository
from gazette.record.history import walk
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.slugs import slug_from, unique_slug

MAX_MESSAGE_LETTERS = 160
"""What is longer of a commit's subject is cut off in the summary that readers see."""
MERGE = re.compile(r"Merge (?:pull request|branch|remote-tracking branch|commit|tag)\b")

_Source = Sequence[FileTrack]
"""The tracks that make one policy: a file, and what came to its place after it was removed."""


def read_repository(
    folder: Path, markdown: MarkdownSettings, progress: Progress, only: str | None = None
) -> Batch:
    """Return every policy of the repository around `folder` with every version it had.

    Raises SourceError when there is no repository or not all of it, HistoryError when git fails.
    """
    check_foreign(folder)
    repo = open_repository(folder)
    if repo is None:
        raise SourceError(f"{folder} is in a git repository that has no files checked out.")
    top = Path(str(repo.working_tree_dir)).resolve()
    prefix = "".join(f"{part}/" for part in folder.resolve().relative_to(top).parts)

    def is_wanted(path: str) -> bool:
        return path.startswith(prefix) and is_policy(path.removeprefix(prefix), only)

    texts = GitTexts(str(top))
    tracks = walk(repo, is_wanted, texts, opening_title)
    if any(track.cut for track in tracks):
        raise SourceError(
            f"{folder} is a shallow clone: git holds only its newest commits, and the days of the "
            "earlier ones are lost. Fetch them with: git fetch --unshallow"
        )
    reader = _Reader(top.name, prefix, markdown, texts)
    policies = tuple(reader.policies(_sources(tracks, prefix), progress))
    return Batch(policies, () if only else _skipped(top / prefix))


def _skipped(folder: Path) -> tuple[tuple[str, str], ...]:
    """Return the Markdown files in a folder that are not taken for policies."""
    files = (Path(entry.path) for entry in entries_below(folder) if entry.is_file())
    paths = sorted(file.relative_to(folder).as_posix() for file in files)
    pages = (path for path in paths if path.lower().endswith(MARKDOWN) and ".git/" not in path)
    return tuple((path, NOT_TAKEN) for path in pages if not is_policy(path))


def _steps(source: _Source) -> list[Step]:
    """Return all steps of a policy, oldest first."""
    return [step for track in source for step in reversed(track.steps)]


def _sources(tracks: Sequence[FileTrack], prefix: str) -> list[_Source]:
    """Join a file that was removed with the one that came back at a place it had stood at."""
    waiting = [track for track in tracks if track.steps]
    waiting.sort(key=lambda track: track.steps[-1].day)
    sources: list[_Source] = []
    while waiting:
        chain = [waiting.pop(0)]
        while successor := _successor(chain, waiting, prefix):
            waiting.remove(successor)
            chain.append(successor)
        sources.append(chain)
    return sources


def _successor(
    chain: Sequence[FileTrack], waiting: Sequence[FileTrack], prefix: str
) -> FileTrack | None:
    removed = chain[-1].removed
    if removed is None:
        return None
    slugs = {_slug(step.path, prefix) for track in chain for step in track.steps}
    for track in waiting:
        first = track.steps[-1]
        if first.day >= removed and _slug(first.path, prefix) in slugs:
            return track
    return None


def _slug(path: str, prefix: str) -> str:
    """Return the slug of the policy at `path`: its folders and file, `index` left out."""
    parts = PurePosixPath(path.removeprefix(prefix)).with_suffix("").parts
    if len(parts) > 1 and parts[-1].lower() in ("index", "readme"):
        parts = parts[:-1]
    return slug_from(" ".join(parts)) or "policy"


def _by_slug(sources: Sequence[_Source], prefix: str) -> list[tuple[Slug, _Source]]:
    """Give each policy a slug of its own, those that stand first, and sort them by it."""
    slugs: dict[Slug, _Source] = {}
    files = [(source[-1].removed is not None, source[-1].path, source) for source in sources]
    for _, path, source in sorted(files, key=lambda file: file[:2]):
        by_path = slug_from(path.removeprefix(prefix).rpartition(".")[0])
        slugs[unique_slug((_slug(path, prefix), by_path), slugs)] = source
    return sorted(slugs.items())


@dataclass(frozen=True)
class _Reader:
    """Reads the texts of one repository; `name` is what the repository is called."""

    name: str
    prefix: str
    markdown: MarkdownSettings
    texts: GitTexts

    def policies(self, sources: Sequence[_Source], progress: Progress) -> Iterator[ImportedPolicy]:
        """Yield each policy; a file that never had a text is none."""
        by_slug = _by_slug(sources, self.prefix)
        slugs = {step.path: slug for slug, source in by_slug for step in _steps(source)}
        with progress("Reading the history", sum(map(len, map(_steps, sources)))) as advance:
            for slug, source in by_slug:
                versions, folded = self._versions(source, slugs, advance)
                if versions:
                    removed, newest = source[-1].removed, versions[-1].version
                    retired = max(removed, newest.day) if removed else None
                    path = source[-1].path.removeprefix(self.prefix)
                    yield ImportedPolicy(slug, path, tuple(versions), folded, retired)

    def _versions(
        self, source: _Source, slugs: Mapping[str, str], advance: Callable[[], None]
    ) -> tuple[list[ImportedVersion], int]:
        """Return the texts that differ for a reader, and how many edits differ for none.

        Of several that look the same the last one is kept, under the day of the first.
        """
        versions: list[ImportedVersion] = []
        folded = 0
        posted: Step | None = None
        last_digest = b""
        for step in _steps(source):
            advance()
            title, body = self._page(step, slugs)
            if not body.strip():
                continue
            digest = reader_digest(title, body, self.markdown)
            if posted and digest == last_digest:
                folded += 1
                version = versions.pop().version
            else:
                posted = step
                version = _next_version(versions[-1].version if versions else None, step.commit)
            last_digest = digest
            read = partial(self._file, step, posted, version, slugs)
            versions.append(imported_version(version, read))
        return versions, folded

    def _page(self, step: Step, slugs: Mapping[str, str]) -> tuple[str, str]:
        if self.texts.size(step.blob_id) > MAX_PAGE_BYTES:
            size = f"{MAX_PAGE_BYTES // 1_000_000} MB"
            raise SourceError(f"{step.path} in commit {step.commit.id} is larger than {size}.")
        fallback_title = _slug(step.path, self.prefix).replace("-", " ").capitalize()
        text = legible(decoded(self.texts.read(step.blob_id)))
        title, body = titled(text, fallback_title, self.markdown)
        return title, relinked(body, step.path, partial(self._new_link, slugs))

    def _new_link(self, slugs: Mapping[str, str], target: str) -> str | None:
        """Return where a file is now; the front page of the source is that of the help center."""
        candidates = (target, f"{target}.md", posixpath.join(target, "index.md"))
        for path in candidates:
            if path in slugs:
                return f"{slugs[path]}.md"
        return "../index.md" if f"{self.prefix}index.md" in candidates else None

    def _file(
        self, step: Step, posted: Step, version: VersionId, slugs: Mapping[str, str]
    ) -> bytes:
        title, body = self._page(step, slugs)
        subject = _subject(posted.commit)
        summary = f"Reconstructed from the history of {posted.path.removeprefix(self.prefix)}"
        summary += f": {subject}" if subject else "."
        note = f"Reconstructed from {self.name}, {posted.path}, commit {posted.commit.id}"
        return policy_file(title, version, body, summary=summary, note=note)


def _next_version(before: VersionId | None, commit: Commit) -> VersionId:
    """Return the version of a text; days never run backwards, numbers count within one."""
    if before is None or commit.local_day > before.day:
        return VersionId(commit.local_day, 1)
    return VersionId(before.day, before.number + 1)


def _subject(commit: Commit) -> str:
    """Return the first line of a commit's message; of a merge, the title it bore."""
    lines = [" ".join(line.split()) for line in commit.message.splitlines() if line.strip()]
    if lines and MERGE.match(lines[0]):
        lines = lines[1:]
    subject = lines[0] if lines else ""
    if len(subject) <= MAX_MESSAGE_LETTERS:
        return subject
    return f"{subject[: MAX_MESSAGE_LETTERS - 1].rstrip()}…"
