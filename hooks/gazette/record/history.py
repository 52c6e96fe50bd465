"""What was published, as the first-parent line of HEAD tells it.

One `git log` gives every file's steps, one `git cat-file` the texts, however many policies there
are; what an earlier build found out git is not asked again. The order is that of the line; dates
may run backwards. Only this module and `commits` ask git.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazette import cache
from gazette.cache import NOTHING, Cache
from gazette.errors import HistoryError
from gazette.model import VersionId, decoded
from gazette.record.commits import Line, commits, is_rewired, line_of
from gazette.record.file_history import (
    FileHistory,
    FileTrack,
    Removal,
    VersionSpan,
    follow,
    history_of,
    slug_of,
)
from gazette.record.metadata_index import MetadataIndex
from gazette.text.frontmatter import stated_title

if TYPE_CHECKING:
    from git import Repo

FRUGAL = (
    "core.deltaBaseCacheLimit=16m",
    "core.packedGitWindowSize=4m",
    "core.packedGitLimit=16m",
)  # a process that reads text after text stays small: 40 MB rather than 180
HEAD_BYTES = 8192  # the front matter of all but strange texts ends before


@dataclass(frozen=True)
class History:
    """All that git knows: the history of each policy file, earliest end first, and their texts.

    `docs` is where `docs/` stands in the repository.
    """

    files: tuple[FileHistory, ...]
    shallow: bool
    texts: GitTexts
    docs: str

    def read_file(self, revision: str, path: str) -> bytes | None:
        """Return the file at `path` below `docs/` that `revision` holds, None where it has none."""
        return self.texts.read_file(f"{revision}:{self.docs}{path}")


class GitTexts:
    """The texts that git holds, through one process kept open.

    Another process opens its own, be it told of the texts or forked: through one pipe both would
    get parts of the other's answers.
    """

    def __init__(self, repo: Repo) -> None:
        self._repo = repo
        self._lock = threading.Lock()
        self._process = os.getpid()

    def __reduce__(self) -> tuple[Callable[[str], GitTexts], tuple[str]]:
        return _opened_here, (str(self._repo.working_tree_dir),)

    def _own(self) -> GitTexts:
        """Return the same texts as this process may ask for them."""
        same = self._process == os.getpid()
        return self if same else _opened_here(str(self._repo.working_tree_dir))

    def read(self, blob_id: str) -> bytes:
        """Return the exact bytes of a text."""
        return self._read(blob_id, None)

    def head(self, blob_id: str) -> bytes:
        """Return the beginning of a text, enough to hold its front matter."""
        return self._read(blob_id, HEAD_BYTES)

    def read_file(self, name: str) -> bytes | None:
        """Return the bytes of the file `REVISION:PATH`, None where git knows none."""
        own = self._own()
        with own._lock:
            try:
                _, kind, _, stream = own._repo.git.stream_object_data(name)
            except ValueError:
                return None
            data: bytes = stream.read()
            return data if os.fsencode(kind) == b"blob" else None

    def read_many(self, blob_ids: Sequence[str]) -> Iterator[bytes]:
        """Yield the exact bytes of many texts, in order: faster than one after the other."""
        if not blob_ids:
            return
        with tempfile.TemporaryFile() as wanted:
            wanted.write("".join(f"{one}\n" for one in blob_ids).encode())
            wanted.seek(0)
            asked = self._repo.git.cat_file("--batch", "--buffer", istream=wanted, as_process=True)
            for one in blob_ids:
                found = asked.stdout.readline().split()
                if found[1:2] != [b"blob"]:
                    raise _loss(one, b" ".join(found[1:]).decode())
                yield asked.stdout.read(int(found[2]))
                asked.stdout.read(1)
            asked.wait()

    def _read(self, blob_id: str, limit: int | None) -> bytes:
        own = self._own()
        with own._lock:
            try:
                stream = own._repo.git.stream_object_data(blob_id)[3]
                return stream.read(-1 if limit is None else limit)
            except (ValueError, OSError) as error:
                raise _loss(blob_id, str(error)) from error


def _opened_here(folder: str) -> GitTexts:
    return _opened(folder, os.getpid())


@lru_cache(maxsize=1)
def _opened(folder: str, _: int) -> GitTexts:
    """Open the repository in a folder, once for each process: a forked one knows the other's."""
    import git

    repo = git.Repo(folder)
    repo.git.set_persistent_git_options(c=FRUGAL)
    return GitTexts(repo)


def _loss(blob_id: str, said: str) -> HistoryError:
    return HistoryError(
        f"Git has lost the text {blob_id} of an earlier version: {said}. "
        "Clone the repository anew, or run `git fsck` to see what is damaged."
    )


def read_history(
    policies: Path, known: MetadataIndex | None = None, store: Cache = NOTHING
) -> History | None:
    """Read what the repository around the folder `policies` tells; None where there is none.

    Of texts in `known` and commits in the `store` git is not asked again.
    Raises HistoryError when there is a repository that git cannot or will not read.
    """
    repo = open_repository(policies)
    if repo is None:
        return None
    texts = GitTexts(repo)
    top = Path(str(repo.working_tree_dir)).resolve()
    folder = policies.resolve().relative_to(top).as_posix() + "/"
    line = line_of(repo)
    store = NOTHING if is_rewired(repo) else store
    entry, stamp = entries()[1], f"{folder}\n{line.stamp}"
    files = _stored(store, entry, stamp)
    if files is None:
        tracks = _tracks(line, lambda path: slug_of(path, folder) is not None, texts, store)
        carried = _carried(texts, tracks, known or MetadataIndex())
        files = tuple(file for track in tracks if (file := history_of(track, carried, folder)))
        _store(store, entry, stamp, files)
    docs = folder.removesuffix(f"{policies.name}/")
    return History(files, bool(line.cuts), texts, docs)


def entries() -> tuple[str, str]:
    """Return the keys under which the cache holds the commits and the file histories."""
    return cache.key("log"), cache.key("file histories")


def walk(
    repo: Repo,
    counts: Callable[[str], bool],
    texts: GitTexts,
    titled: Callable[[str], str] = stated_title,
) -> list[FileTrack]:
    """Follow every file that ever stood at a path that `counts` along the first-parent line.

    `titled` tells the title of a text by its beginning.
    """
    return _tracks(line_of(repo), counts, texts, NOTHING, titled)


def _tracks(
    line: Line,
    counts: Callable[[str], bool],
    texts: GitTexts,
    store: Cache,
    titled: Callable[[str], str] = stated_title,
) -> list[FileTrack]:
    def title_of(blob_id: str) -> str:
        return titled(decoded(texts.head(blob_id)))

    return follow(commits(line, store), counts, title_of)


def open_repository(folder: Path) -> Repo | None:
    """Return the repository around `folder`, whether that exists or not; None without one."""
    folder = folder.resolve()
    while not folder.is_dir():
        folder = folder.parent
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # else a machine without git fails here
    import git

    try:
        repo = git.Repo(folder, search_parent_directories=True)
        return None if repo.bare else repo
    except git.InvalidGitRepositoryError:
        _check_nothing_is_broken(folder)
        return None
    except (git.GitError, OSError, ValueError) as error:
        raise HistoryError(f"Git cannot open the repository around {folder}: {error}") from error


def _check_nothing_is_broken(folder: Path) -> None:
    for place in (folder / ".git", *(parent / ".git" for parent in folder.parents)):
        if place.exists():
            raise HistoryError(
                f"{place} is there, but git cannot open it: the repository it belongs to is "
                "missing or damaged. Clone it anew, or remove it to build from versions/ alone."
            )


def _carried(
    texts: GitTexts, tracks: Sequence[FileTrack], known: MetadataIndex
) -> Mapping[str, VersionId | None]:
    """Return the version of every text; those that nobody knows yet git tells in one go."""
    ids = dict.fromkeys(step.text for track in tracks for step in track.steps)
    found = {one: known.with_blob_id(one) for one in ids}
    unknown = [one for one, facts in found.items() if facts is None]
    for one, data in zip(unknown, texts.read_many(unknown), strict=True):
        found[one] = known.add(data)
    return {one: facts.version if facts else None for one, facts in found.items()}


def _stored(store: Cache, entry: str, stamp: str) -> tuple[FileHistory, ...] | None:
    """Return the files that an earlier build found along the same line."""
    stated, *rows = json.loads(store.read(entry) or b"[null]")
    return tuple(map(_file_history, rows)) if stated == stamp else None


def _store(store: Cache, entry: str, stamp: str, files: Iterable[FileHistory]) -> None:
    store.write(entry, json.dumps([stamp, *files], default=_row).encode())


def _row(fact: object) -> object:
    """Return what JSON has no word for: a dataclass as its fields, a date as it is said."""
    names = getattr(fact, "__match_args__", None)
    return [getattr(fact, name) for name in names] if names else str(fact)


def _file_history(row: Sequence[Any]) -> FileHistory:
    slug, spans, removals, alive, cut = row
    return FileHistory(
        slug,
        tuple(VersionSpan(_version(one), *texts) for one, *texts in spans),
        tuple(
            Removal(name, date.fromisoformat(day), _version(last), new)
            for name, day, last, new in removals
        ),
        alive,
        cut,
    )


def _version(row: Sequence[Any]) -> VersionId:
    return VersionId(date.fromisoformat(row[0]), row[1])
