"""The texts that git holds, by their ids or their places in a commit."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha1
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from gazette.errors import HistoryError
from gazette.model import BlobId
from gazette.record.git_process import open_hardened

if TYPE_CHECKING:
    from git import Repo

SMALL_MEMORY = (
    "core.deltaBaseCacheLimit=16m",
    "core.packedGitWindowSize=4m",
    "core.packedGitLimit=16m",
)  # a process that reads text after text stays small: 40 MB rather than 180
BLOB = re.compile(rb"[0-9a-f]+ blob ([0-9]+)\n")
"""What git writes before a file of so many bytes."""
HEAD_BYTES = 8192  # the front matter of all but strange texts ends before


@dataclass(frozen=True)
class GitTexts:
    """The texts in the repository at `folder`, read through one process of git kept open."""

    folder: str

    def read(self, blob_id: BlobId) -> bytes:
        """Return the exact bytes of a text; raises HistoryError where git has lost it."""
        return self._read(blob_id, -1)

    def size(self, blob_id: BlobId) -> int:
        """Return how many bytes a text has; raises HistoryError where git has lost it."""
        repo, lock = _opened(self.folder, os.getpid())
        with lock:
            try:
                return int(repo.git.get_object_header(blob_id)[2])
            except (ValueError, OSError) as error:
                raise _loss(blob_id, str(error)) from error

    def read_head(self, blob_id: BlobId) -> bytes:
        """Return the beginning of a text, enough to hold its front matter."""
        return self._read(blob_id, HEAD_BYTES)

    def read_file(self, name: str) -> bytes | None:
        """Return the bytes of the file `REVISION:PATH`, None where git knows none."""
        repo, lock = _opened(self.folder, os.getpid())
        with lock:
            try:
                _, kind, _, stream = repo.git.stream_object_data(name)
            except ValueError:
                return None
            data: bytes = stream.read()
            return data if os.fsencode(kind) == b"blob" else None

    def read_linked_file(self, name: str) -> bytes | None:
        """Return the bytes of the file to which links lead from `REVISION:PATH`; None for none."""
        with tempfile.TemporaryFile() as names:
            names.write(f"{name}\n".encode())
            names.seek(0)
            git = open_hardened(Path(self.folder)).git
            process = git.cat_file("--batch", "--follow-symlinks", istream=names, as_process=True)
            header = BLOB.fullmatch(process.stdout.readline())
            data: bytes | None = process.stdout.read(int(header[1])) if header else None
            process.stdout.read()
            process.wait()
        return data

    def read_many(self, blob_ids: Sequence[BlobId]) -> Iterator[bytes]:
        """Yield the exact bytes of many texts, in order: faster than one after the other."""
        if not blob_ids:
            return

        with tempfile.TemporaryFile() as names:
            names.write("".join(f"{blob_id}\n" for blob_id in blob_ids).encode())
            names.seek(0)
            command = open_hardened(Path(self.folder)).git
            process = command.cat_file("--batch", "--buffer", istream=names, as_process=True)
            for blob_id in blob_ids:
                header = process.stdout.readline().split()
                if header[1:2] != [b"blob"]:
                    raise _loss(blob_id, b" ".join(header[1:]).decode())
                yield process.stdout.read(int(header[2]))
                process.stdout.read(1)
            process.wait()

    def _read(self, blob_id: BlobId, limit: int) -> bytes:
        repo, lock = _opened(self.folder, os.getpid())
        with lock:
            try:
                data: bytes = repo.git.stream_object_data(blob_id)[3].read(limit)
            except (ValueError, OSError) as error:
                raise _loss(blob_id, str(error)) from error
            return data


def blob_id_of(data: bytes) -> BlobId:
    """Return the id under which git holds a text of these bytes, if it does."""
    header = b"blob %d\0" % len(data)
    return BlobId(sha1(header + data, usedforsecurity=False).hexdigest())


def open_repository(folder: Path) -> Repo | None:
    """Return the repository around `folder`, whether that exists or not; None without one.

    Raises HistoryError when there is a repository that git cannot open.
    """
    folder = folder.resolve()
    while not folder.is_dir():
        folder = folder.parent
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # else a machine without git fails here
    import git

    try:
        repo = open_hardened(folder)
        _check_git_is_there()
        return None if repo.bare else repo
    except git.InvalidGitRepositoryError:
        _check_nothing_is_broken(folder)
        return None
    except (git.GitError, OSError, ValueError) as error:
        raise HistoryError(f"Git cannot open the repository around {folder}: {error}") from error


def required_repository(folder: Path) -> Repo:
    """Return the repository around `folder`; raises HistoryError without one."""
    repo = open_repository(folder)
    if repo is None:
        raise HistoryError("This project is not kept in git: there is no base to compare with.")
    return repo


def _check_git_is_there() -> None:
    if shutil.which("git") is None:
        raise HistoryError(
            "This project is kept in git, but the program git is not installed here. "
            "Install git, then do this again."
        )


def _check_nothing_is_broken(folder: Path) -> None:
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            raise HistoryError(
                f"{parent / '.git'} is there, but git cannot open it: the repository it belongs to "
                "is missing or damaged. Clone it anew, or remove it to build from versions/ alone."
            )


@lru_cache(maxsize=4)
def _opened(folder: str, process_id: int) -> tuple[Repo, Lock]:
    """Open a repository once for each process: through one pipe two would mix their answers."""
    return open_hardened(Path(folder), SMALL_MEMORY), Lock()


def _loss(blob_id: BlobId, reason: str) -> HistoryError:
    return HistoryError(
        f"Git has lost the text {blob_id} of an earlier version: {reason}. "
        "Clone the repository anew, or run `git fsck` to see what is damaged."
    )
