"""The history of a repository of Markdown files as versions: one for each text a reader saw."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath

from gazette.errors import SourceError
from gazette.imports.batch import Batch, ImportedPolicy, ImportedVersion, Progress, policy_file
from gazette.imports.markdown_file import beginning_title, relinked, seen, titled
from gazette.imports.policy_files import MARKDOWN, NOT_TAKEN, is_policy
from gazette.model import VersionId, decoded
from gazette.record.file_history import Commit, FileTrack, Step
from gazette.record.history import GitTexts, open_repository, walk
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.slugs import slug_from, unique_slug

MESSAGE_LETTERS = 160
MERGE = re.compile(r"Merge (?:pull request|branch|remote-tracking branch|commit|tag)\b")


def read_import(
    folder: Path, markdown: MarkdownSettings, progress: Progress, only: str | None = None
) -> Batch:
    """Return every policy of the repository around `folder` with every version it had.

    Raises SourceError when there is no repository or not all of it, HistoryError when git fails.
    """
    repo = open_repository(folder)
    if repo is None:
        raise SourceError(
            f"{folder} is not in a git repository that has its files checked out. "
            "Clone it first (git clone ADDRESS FOLDER), or import the folder without --git."
        )
    top = Path(str(repo.working_tree_dir)).resolve()
    below = "".join(f"{part}/" for part in folder.resolve().relative_to(top).parts)
    counts = partial(_counts, below=below, only=only)
    texts = GitTexts(repo)
    tracks = walk(repo, counts, texts, beginning_title)
    if any(track.cut for track in tracks):
        raise SourceError(
            f"{folder} is a shallow clone: git holds only its newest commits, and the days of the "
            "earlier ones are lost. Fetch them with: git fetch --unshallow"
        )
    reader = _Reader(top.name, below, markdown, texts)
    imports = tuple(reader.imports(_chains(tracks, below), progress))
    return Batch(imports, _skipped(top, below, only))


def _counts(path: str, below: str, only: str | None) -> bool:
    return path.startswith(below) and is_policy(path[len(below) :], only)


def _skipped(top: Path, below: str, only: str | None) -> tuple[tuple[str, str], ...]:
    """Return the Markdown files that stand there now and are not taken for policies."""
    if only is not None:
        return ()
    files = (top / below).rglob("*")
    paths = sorted(file.relative_to(top / below).as_posix() for file in files if file.is_file())
    found = [path for path in paths if path.lower().endswith(MARKDOWN) and ".git/" not in path]
    return tuple((path, NOT_TAKEN) for path in found if not is_policy(path))


@dataclass(frozen=True)
class _Chain:
    """The tracks that make one policy: a file, and what came to its place after it was removed."""

    tracks: tuple[FileTrack, ...]

    @property
    def path(self) -> str:
        """Where the file stood last."""
        return self.tracks[-1].path

    @property
    def steps(self) -> list[Step]:
        """All steps, oldest first."""
        return [step for track in self.tracks for step in reversed(track.steps)]


def _chains(tracks: Sequence[FileTrack], below: str) -> list[_Chain]:
    """Join a file that was removed with the one that came back at a place it had stood at."""
    waiting = [track for track in tracks if track.steps]
    waiting.sort(key=lambda one: one.steps[-1].day)
    chains = []
    while waiting:
        chain = [waiting.pop(0)]
        while successor := _successor(chain, waiting, below):
            waiting.remove(successor)
            chain.append(successor)
        chains.append(_Chain(tuple(chain)))
    return chains


def _successor(
    chain: Sequence[FileTrack], waiting: Sequence[FileTrack], below: str
) -> FileTrack | None:
    removed = chain[-1].removed
    names = {_slug(step.path, below) for track in chain for step in track.steps}
    for track in waiting if removed else ():
        first = track.steps[-1]
        if removed and first.day >= removed and _slug(first.path, below) in names:
            return track
    return None


def _slug(path: str, below: str) -> str:
    """Return the name of the policy at `path`: its folders and file, `index` left out."""
    inside = PurePosixPath(path[len(below) :] if path.startswith(below) else path)
    parts = inside.with_suffix("").parts
    named = parts[:-1] if len(parts) > 1 and parts[-1].lower() in ("index", "readme") else parts
    return slug_from(" ".join(named)) or "policy"


def _named(chains: Sequence[_Chain], below: str) -> list[tuple[str, _Chain]]:
    """Give each policy a name of its own, those that stand first."""
    named: dict[str, _Chain] = {}
    for chain in sorted(chains, key=lambda one: (one.tracks[-1].removed is not None, one.path)):
        by_path = slug_from(chain.path.removeprefix(below).rpartition(".")[0])
        named[unique_slug((_slug(chain.path, below), by_path), named)] = chain
    return sorted(named.items())


@dataclass(frozen=True)
class _Reader:
    """Reads the texts of one repository; `name` is what the repository is called."""

    name: str
    below: str
    markdown: MarkdownSettings
    texts: GitTexts

    def imports(self, chains: Sequence[_Chain], progress: Progress) -> Iterator[ImportedPolicy]:
        """Yield each policy; one that never had a text is none."""
        named = _named(chains, self.below)
        slugs = {step.path: slug for slug, chain in named for step in chain.steps}
        total = sum(len(chain.steps) for chain in chains)
        with progress("Reading the history", total) as done:
            for slug, chain in named:
                versions, folded = self._versions(chain, slugs, done)
                if versions:
                    yield self._import(slug, chain, versions, folded)

    def _import(
        self, slug: str, chain: _Chain, versions: Sequence[ImportedVersion], folded: int
    ) -> ImportedPolicy:
        last = chain.tracks[-1]
        retired = max(last.removed, versions[-1].version.day) if last.removed else None
        path = chain.path.removeprefix(self.below)
        return ImportedPolicy(slug, path, tuple(versions), folded, retired)

    def _versions(
        self, chain: _Chain, slugs: Mapping[str, str], done: Callable[[], None]
    ) -> tuple[list[ImportedVersion], int]:
        """Return the texts that differ for a reader, and how many edits differ for none.

        Of several that look the same the last one is kept, under the day of the first.
        """
        versions: list[ImportedVersion] = []
        digest, folded = b"", 0
        posted: Step | None = None
        for step in chain.steps:
            done()
            title, body = self._page(step, slugs)
            if not body.strip():
                continue
            now = seen(title, body, self.markdown)
            if posted and now == digest:
                folded += 1
                version = versions.pop().version
            else:
                version = _next(versions[-1].version if versions else None, step.commit)
                posted = step
            digest = now
            versions.append(self._text(step, posted, version, slugs))
        return versions, folded

    def _page(self, step: Step, slugs: Mapping[str, str]) -> tuple[str, str]:
        fallback = _slug(step.path, self.below).replace("-", " ").capitalize()
        source = decoded(self.texts.read(step.text))
        title, body = titled(source, fallback, self.markdown)
        return title, relinked(body, step.path, partial(self._moved, slugs))

    def _moved(self, slugs: Mapping[str, str], target: str) -> str | None:
        """Return where a file is now; the front page of the source is that of the help center."""
        candidates = (target, f"{target}.md", posixpath.join(target, "index.md"))
        found = [f"{slugs[path]}.md" for path in candidates if path in slugs]
        if f"{self.below}index.md" in candidates:
            found.append("../index.md")
        return found[0] if found else None

    def _text(
        self, step: Step, posted: Step, version: VersionId, slugs: Mapping[str, str]
    ) -> ImportedVersion:
        read = partial(self._data, step, posted, version, slugs)
        data = read()
        return ImportedVersion(version, sha256(data).hexdigest(), read)

    def _data(
        self, step: Step, posted: Step, version: VersionId, slugs: Mapping[str, str]
    ) -> bytes:
        title, body = self._page(step, slugs)
        path = posted.path.removeprefix(self.below)
        said = _said(posted.commit)
        summary = f"Reconstructed from the history of {path}{': ' if said else '.'}{said}"
        note = f"Reconstructed from {self.name}, {posted.path}, commit {posted.commit.id}"
        return policy_file(title, version, body, summary=summary, note=note)


def _next(before: VersionId | None, commit: Commit) -> VersionId:
    """Return the version of a text; days never run backwards, numbers count within one."""
    if before is None or commit.local_day > before.day:
        return VersionId(commit.local_day, 1)
    return VersionId(before.day, before.number + 1)


def _said(commit: Commit) -> str:
    """Return what a commit says of itself in one line; of a merge, the title it bore."""
    lines = [" ".join(line.split()) for line in commit.message.splitlines() if line.strip()]
    if lines and MERGE.match(lines[0]):
        lines = lines[1:]
    said = lines[0] if lines else ""
    return said if len(said) <= MESSAGE_LETTERS else f"{said[: MESSAGE_LETTERS - 1].rstrip()}…"
