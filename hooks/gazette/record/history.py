"""What was published, as the first-parent line of HEAD tells it.

One `git log` gives every file's steps, one `git cat-file` the texts, however many policies there
are; what an earlier build read git is not asked again. The order is that of the line; dates may
run backwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter

from gazette.model import BlobId, Slug, VersionId, decoded
from gazette.record.archive_history import ArchivedFile, ArchiveWatch
from gazette.record.commits import Line, commits, is_rewired, line_of
from gazette.record.file_history import (
    Commit,
    FileHistory,
    FileTrack,
    follow,
    history_of,
    passed_by,
    with_returns,
)
from gazette.record.git_texts import GitTexts, open_repository
from gazette.record.metadata_index import MetadataIndex
from gazette.record.pushes import LEARNED, PUSHES, Push, pushes_by_commit, read_pushes
from gazette.settings import Settings
from gazette.store import Store
from gazette.text.frontmatter import stated_title
from gazette.text.slugs import archived_parts, slug_below

STORE_KEY = "file histories"
Gathered = tuple[tuple[FileHistory, ...], dict[str, ArchivedFile], dict[str, int], tuple[Push, ...]]
STORED = TypeAdapter(tuple[str, Gathered])


@dataclass(frozen=True)
class History:
    """All that git knows: the history of each policy file, earliest end first, and their texts.

    `docs` is where `docs/` stands in the repository; `archived` are the files that any commit put
    into `versions/`, by their paths below it. `ages` count the commits after each that brought any
    of both. `pushes` pass over texts that were never a tip of the branch, and are not noted in the
    archive yet.
    """

    files: tuple[FileHistory, ...]
    archived: Mapping[str, ArchivedFile]
    ages: Mapping[str, int]
    shallow: bool
    texts: GitTexts
    docs: str
    pushes: tuple[Push, ...] = ()

    def born(self, path: str) -> str:
        """Return the commit that first held an archived file, nothing where none does yet."""
        return self.archived[path].born if path in self.archived else ""

    def began_with(self, path: str, slugs: Iterable[Slug]) -> bool:
        """Tell whether the first commit to know these policies brought an archived file, too.

        What the file says has then happened before this history begins.
        """
        born = self.born(path)
        return born != "" and not any(self._knew_before(slug, born) for slug in slugs)

    def _knew_before(self, slug: Slug, commit: str) -> bool:
        """Tell whether a commit before this one had a file of the policy `slug` in either folder.

        In doubt, it did.
        """
        return self._first_known.get(slug, -1) > self.ages.get(commit, -1)

    @cached_property
    def _first_known(self) -> Mapping[Slug, float]:
        """The age of the first commit that had a file of each policy in either folder."""
        first: dict[Slug, float] = {}
        names = [(name, file.born) for file in self.files for name in file.names]
        names += [
            (Slug(archived_parts(path)[0]), file.born) for path, file in self.archived.items()
        ]
        for slug, born in names:
            first[slug] = max(first.get(slug, -1), self.ages.get(born, math.inf))
        return first

    def read_file(self, revision: str, path: str) -> bytes | None:
        """Return the file at `path` below `docs/` that `revision` holds, None where it has none."""
        return self.texts.read_file(f"{revision}:{self.docs}{path}")

    def read_linked_file(self, revision: str, path: str) -> bytes | None:
        """Return the file to which links at `path` led in `revision`, None where to none."""
        return self.texts.read_linked_file(f"{revision}:{self.docs}{path}")


def read_history(
    settings: Settings, index: MetadataIndex, store: Store, pushed_since: str = ""
) -> History | None:
    """Read what the repository around the policies tells; None where there is none.

    All commits after `pushed_since` came at once, as do those of each push that the archive notes
    or that a workflow learned of. Texts in the `index` and commits in the `store` are not read
    from git again. Raises HistoryError when there is a repository that git cannot or will not read.
    """
    policies, versions = settings.policies, settings.versions.resolve()
    repo = open_repository(policies)
    if repo is None:
        return None
    top = Path(str(repo.working_tree_dir)).resolve()
    texts = GitTexts(str(top))
    folder = policies.resolve().relative_to(top).as_posix() + "/"
    line = line_of(repo)
    store = {} if is_rewired(repo) else store
    docs = folder.removesuffix(f"{policies.name}/")
    is_inside = versions.is_relative_to(top)
    places = folder, f"{versions.relative_to(top).as_posix()}/" if is_inside else "\0"
    noted, learned = read_pushes(versions / PUSHES), read_pushes(Path(repo.common_dir, LEARNED))
    assumed = [Push(pushed_since, line.head)] if pushed_since else []
    files, archived, ages, passing = _file_histories(
        line, places, texts, index, store, [*noted, *learned, *assumed], settings.zone
    )
    if not is_inside:  # docs/ is a repository of its own
        archived = _archived_elsewhere(versions)
    unnoted = tuple(push for push in passing if push in learned and push not in noted)
    return History(files, archived, ages, bool(line.cuts), texts, docs, unnoted)


def _file_histories(
    line: Line,
    places: tuple[str, str],
    texts: GitTexts,
    index: MetadataIndex,
    store: Store,
    pushes: Sequence[Push],
    zone: tzinfo,
) -> Gathered:
    """Return the history of each policy file and of the archive, and the ages of their commits.

    They are taken from the store where the line is still the same. `places` are where policies and
    archive stand in the repository. The last are the `pushes` that pass over texts.
    """
    folder, versions = places
    stamp = f"{folder}\n{line.stamp}\n{pushes}\n{zone}"
    stored = STORED.validate_json(store.get(STORE_KEY) or b'["", [[], {}, {}, []]]')
    stored_stamp, gathered = stored
    if stored_stamp != stamp:
        watch = ArchiveWatch(versions)
        lines = watch.watched(commits(line, store, zone))
        tracks = tracks_of(lines, lambda path: slug_below(path, folder) is not None, texts)
        carried = _versions(texts, tracks, index)
        brought = pushes_by_commit(watch.line, pushes)
        histories = (history_of(track, carried, folder, brought) for track in tracks)
        files = with_returns([history for history in histories if history], watch.line)
        born = {file.born for file in files} | {file.born for file in watch.files.values()}
        ages = {commit: age for age, commit in enumerate(watch.line) if commit in born}
        passed = (push for track in tracks for push in passed_by(track, brought))
        gathered = files, watch.files, ages, tuple(dict.fromkeys(passed))
        store[STORE_KEY] = STORED.dump_json((stamp, gathered))
    return gathered


def _archived_elsewhere(versions: Path) -> dict[str, ArchivedFile]:
    """Return what was archived in another repository than that of the policies."""
    repo = open_repository(versions)
    if repo is None:
        return {}
    top = Path(str(repo.working_tree_dir)).resolve()
    watch = ArchiveWatch(f"{versions.relative_to(top).as_posix()}/")
    for _ in watch.watched(commits(line_of(repo), {})):
        pass
    return watch.files


def tracks_of(
    commits: Iterable[Commit],
    counts: Callable[[str], bool],
    texts: GitTexts,
    titled: Callable[[str], str] = stated_title,
) -> list[FileTrack]:
    """Follow every file that ever stood at a path that `counts` along a line of commits.

    `titled` returns the title of a text by its beginning.
    """

    def title_of(blob_id: BlobId) -> str:
        return titled(decoded(texts.read_head(blob_id)))

    return follow(commits, counts, title_of)


def _versions(
    texts: GitTexts, tracks: Sequence[FileTrack], index: MetadataIndex
) -> Mapping[BlobId, VersionId | None]:
    """Return the version of every text; those not in the index are read from git in one go."""
    ids = dict.fromkeys(step.blob_id for track in tracks for step in track.steps)
    rows = {blob_id: index.with_blob_id(blob_id) for blob_id in ids}
    unknown = [blob_id for blob_id, row in rows.items() if row is None]
    for blob_id, data in zip(unknown, texts.read_many(unknown), strict=True):
        rows[blob_id] = index.add(data)
    return {blob_id: row.version if row else None for blob_id, row in rows.items()}
