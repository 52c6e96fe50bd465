"""What was published, as the first-parent line of HEAD tells it: the only module that asks git.

One `git log` gives every file's steps, one `git cat-file` the texts, however many policies there
are. The order is that of the line; dates may run backwards.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.errors import HistoryError
from gazette.frontmatter import stated_title, stated_version
from gazette.lives import Commit, Entry, Life, Track, follow, life_of, slug_of
from gazette.model import VersionId, decoded

if TYPE_CHECKING:
    from git import Repo

HEAD_BYTES = 8192  # the front matter of all but strange texts ends before
LOG = (
    *("--first-parent", "-m", "--root", "--raw", "--no-abbrev", "-z", "-M", "-l1000"),
    *("--no-color", "--no-ext-diff", "--no-show-signature", "--ignore-submodules"),
    *("--format=%H %ct %cs%n%B", "HEAD", "--"),
)


@dataclass(frozen=True)
class History:
    """All that git tells: the lives of all policies, oldest end first, and their texts by id.

    `docs` is where `docs/` stands in the repository.
    """

    lives: tuple[Life, ...]
    shallow: bool
    texts: Texts
    docs: str

    def file(self, revision: str, path: str) -> bytes | None:
        """Return the file at `path` below `docs/` that `revision` holds, None where it has none."""
        return self.texts.file(f"{revision}:{self.docs}{path}")


class Texts:
    """The texts that git holds, through one process kept open."""

    def __init__(self, repo: Repo) -> None:
        self._repo = repo
        self._lock = threading.Lock()

    def read(self, text_id: str) -> bytes:
        """Return the exact bytes of a text."""
        return self._read(text_id, None)

    def head(self, text_id: str) -> bytes:
        """Return the beginning of a text, enough to hold its front matter."""
        return self._read(text_id, HEAD_BYTES)

    def file(self, name: str) -> bytes | None:
        """Return the bytes of the file `REVISION:PATH`, None where git knows none."""
        with self._lock:
            try:
                _, kind, _, stream = self._repo.git.stream_object_data(name)
            except ValueError:
                return None
            data: bytes = stream.read()
            return data if os.fsencode(kind) == b"blob" else None

    @staticmethod
    def id_of(data: bytes) -> str:
        """Return the id under which git holds a text of these bytes, if it does."""
        return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    def _read(self, text_id: str, limit: int | None) -> bytes:
        with self._lock:
            try:
                stream = self._repo.git.stream_object_data(text_id)[3]
                return stream.read(-1 if limit is None else limit)
            except (ValueError, OSError) as error:
                raise HistoryError(
                    f"Git has lost the text {text_id} of an earlier version: {error}. "
                    "Clone the repository anew, or run `git fsck` to see what is damaged."
                ) from error


def read_history(policies: Path, known: Iterable[bytes] = ()) -> History | None:
    """Read what the repository around the folder `policies` tells; None where there is none.

    `known` are texts at hand, which git then need not be asked for.
    Raises HistoryError when there is a repository that git cannot or will not read.
    """
    repo = open_repository(policies)
    if repo is None:
        return None
    texts = Texts(repo)
    top = Path(str(repo.working_tree_dir)).resolve()
    folder = policies.resolve().relative_to(top).as_posix() + "/"
    tracks = walk(repo, lambda path: slug_of(path, folder) is not None, texts)
    carried = _versions(texts, tracks, known)
    lives = [life for track in tracks if (life := life_of(track, carried, folder))]
    docs = folder.removesuffix(f"{policies.name}/")
    return History(tuple(lives), bool(_cuts(repo)), texts, docs)


def walk(
    repo: Repo,
    counts: Callable[[str], bool],
    texts: Texts,
    titled: Callable[[str], str] = stated_title,
) -> list[Track]:
    """Follow every file that ever stood at a path that `counts` along the first-parent line.

    `titled` tells the title of a text by its beginning.
    """

    def title_of(text_id: str) -> str:
        return titled(decoded(texts.head(text_id)))

    return follow(_commits(_log(repo), _cuts(repo)), counts, title_of)


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


def _log(repo: Repo) -> bytes:
    import git

    try:
        output: bytes = repo.git.log(*LOG, stdout_as_string=False)
    except git.GitCommandNotFound:
        raise HistoryError(
            "This project is kept in git, but the program git is not installed here. "
            "Install git, then build again."
        ) from None
    except git.GitCommandError as error:
        if _is_empty(repo):
            return b""
        raise HistoryError(_refusal(str(error.stderr), repo)) from error
    return output


def _is_empty(repo: Repo) -> bool:
    """Tell whether nothing was ever committed on the branch that is checked out."""
    import git

    try:
        return not repo.git.for_each_ref(repo.git.symbolic_ref("HEAD"))
    except git.GitCommandError:
        return False


def _refusal(said: str, repo: Repo) -> str:
    if "dubious ownership" in said:
        return (
            f"Git refuses to read {repo.working_tree_dir}, because another user owns the folder. "
            "If you trust it, run this once, then build again: "
            f"git config --global --add safe.directory {repo.working_tree_dir}"
        )
    reason = said.strip().removeprefix("stderr:").strip(" \n'")
    return f"Git cannot tell what was published. It says: {reason}"


def _cuts(repo: Repo) -> frozenset[str]:
    """Return the commits whose parents a shallow clone left out."""
    shallow = Path(repo.common_dir) / "shallow"
    return frozenset(shallow.read_text("ascii").split()) if shallow.is_file() else frozenset()


def _commits(output: bytes, cuts: frozenset[str]) -> Iterator[Commit]:
    """Yield the commits of a raw log, newest first."""
    tokens = iter(output.decode("utf-8", "surrogateescape").split("\0"))
    head = ""
    entries: list[Entry] = []
    for token in tokens:
        if token.startswith((":", "\n:")):
            entries.append(_entry(token.lstrip("\n:").split(" "), tokens))
            continue
        if head:
            yield _commit(head, cuts, entries)
        head, entries = token.lstrip("\n"), []
    if head:
        yield _commit(head, cuts, entries)


def _commit(head: str, cuts: frozenset[str], entries: Sequence[Entry]) -> Commit:
    facts, _, message = head.partition("\n")
    name, seconds, local_day = facts.split()
    day = datetime.fromtimestamp(int(seconds), UTC).date()
    local = date.fromisoformat(local_day)
    return Commit(name, day, local, message.strip(), name in cuts, entries)


def _entry(fields: Sequence[str], paths: Iterator[str]) -> Entry:
    """Read one changed file; what is no plain file (a link, a submodule) counts as absent."""
    old_mode, new_mode, old_text, text, kind = fields
    old = next(paths)
    new = next(paths) if kind[0] == "R" else old
    is_file = old_mode.startswith("100"), new_mode.startswith("100")
    return Entry(old if is_file[0] else None, new if is_file[1] else None, old_text, text)


def _versions(
    texts: Texts, tracks: Sequence[Track], known: Iterable[bytes]
) -> Mapping[str, VersionId | None]:
    carried = {texts.id_of(data): stated_version(decoded(data)) for data in known}
    for text_id in dict.fromkeys(step.text for track in tracks for step in track.steps):
        if text_id not in carried:
            carried[text_id] = _stated(texts, text_id)
    return carried


def _stated(texts: Texts, text_id: str) -> VersionId | None:
    head = texts.head(text_id)
    stated = stated_version(decoded(head))
    if stated is None and len(head) == HEAD_BYTES:
        return stated_version(decoded(texts.read(text_id)))
    return stated
