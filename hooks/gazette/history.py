"""What was published, as the first-parent line of HEAD tells it: the only module that asks git.

One `git log` gives every file's steps, one `git cat-file` the texts, however many policies there
are. The line is walked from HEAD backwards, so a file's earlier names are known before its steps
under them come. The order is that of the line; dates may run backwards.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.errors import HistoryError
from gazette.frontmatter import stated_title, stated_version
from gazette.model import VersionId, decoded

if TYPE_CHECKING:
    from git import Repo

HEAD_BYTES = 8192  # the front matter of all but strange texts ends before
LOG = (
    *("--first-parent", "-m", "--root", "--raw", "--no-abbrev", "-z", "-M", "-l1000"),
    *("--no-color", "--no-ext-diff", "--no-show-signature", "--ignore-submodules"),
    *("--format=%H %ct", "HEAD", "--"),
)


@dataclass(frozen=True)
class Reign:
    """A stretch of the line along which a file carried one version: its first and last text."""

    version: VersionId
    first: str
    last: str


@dataclass(frozen=True)
class Departure:
    """A commit that took a policy's name out of `docs/`.

    `last` is the version it carried then, `continued_as` the name its file went on under.
    """

    slug: str
    day: date
    last: VersionId
    continued_as: str | None


@dataclass(frozen=True)
class Life:
    """One file from the commit that brought it, through its renames, to its removal or HEAD.

    `slug` is the name it bore last; `cut` says that it began before a shallow clone does.
    """

    slug: str
    reigns: tuple[Reign, ...]
    departures: tuple[Departure, ...]
    alive: bool
    cut: bool

    @property
    def newest(self) -> VersionId:
        """The version it carried last."""
        return self.reigns[-1].version


@dataclass(frozen=True)
class History:
    """All that git tells: the lives of all policies, oldest end first, and their texts by id."""

    lives: tuple[Life, ...]
    shallow: bool
    texts: Texts


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
    repo = _repository(policies)
    if repo is None:
        return None
    texts = Texts(repo)
    top = Path(str(repo.working_tree_dir)).resolve()
    folder = policies.resolve().relative_to(top).as_posix() + "/"
    cuts = _cuts(repo)
    commits = (_with_renames(texts, commit, folder) for commit in _commits(_log(repo)))
    files = _files(commits, folder, cuts)
    carried = _versions(texts, files, known)
    lives = [life for file in files if (life := _life(file, carried, folder))]
    return History(tuple(lives), bool(cuts), texts)


def _repository(folder: Path) -> Repo | None:
    while not folder.is_dir():
        folder = folder.parent
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # else a machine without git fails here
    import git

    try:
        repo = git.Repo(folder.resolve(), search_parent_directories=True)
        return None if repo.bare else repo
    except git.InvalidGitRepositoryError:
        return None
    except (git.GitError, OSError, ValueError) as error:
        raise HistoryError(f"Git cannot open the repository around {folder}: {error}") from error


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


@dataclass(frozen=True)
class _Entry:
    """One file that a commit changed: `old` and `new` are None where it was not, or is no more."""

    old: str | None
    new: str | None
    old_text: str
    text: str


@dataclass(frozen=True)
class _Commit:
    id: str
    day: date
    entries: Sequence[_Entry]


def _commits(output: bytes) -> Iterator[_Commit]:
    """Yield the commits of a raw log, newest first."""
    tokens = iter(output.decode("utf-8", "surrogateescape").split("\0"))
    head: list[str] = []
    entries: list[_Entry] = []
    for token in tokens:
        if token[:1] == ":" or token[:2] == "\n:":
            entries.append(_entry(token.lstrip("\n:").split(" "), tokens))
            continue
        if head:
            yield _Commit(head[0], datetime.fromtimestamp(int(head[1]), UTC).date(), entries)
        head, entries = token.split(), []
    if head:
        yield _Commit(head[0], datetime.fromtimestamp(int(head[1]), UTC).date(), entries)


def _entry(fields: Sequence[str], paths: Iterator[str]) -> _Entry:
    """Read one changed file; what is no plain file (a link, a submodule) counts as absent."""
    old_mode, new_mode, old_text, text, kind = fields
    old = next(paths)
    new = next(paths) if kind[0] == "R" else old
    is_file = old_mode.startswith("100"), new_mode.startswith("100")
    return _Entry(old if is_file[0] else None, new if is_file[1] else None, old_text, text)


def _with_renames(texts: Texts, commit: _Commit, folder: str) -> _Commit:
    """Join what git takes for a deletion and an addition, where both bear one title.

    A short text with new dates and words has little in common with the old one but its title.
    """
    gone = [one for one in commit.entries if not one.new and _slug(one.old, folder)]
    came = [one for one in commit.entries if not one.old and _slug(one.new, folder)]
    if not gone or not came:
        return commit
    old = _by_title(texts, {one.old_text: one for one in gone})
    new = _by_title(texts, {one.text: one for one in came})
    renames = [
        _Entry(old[title].old, new[title].new, old[title].old_text, new[title].text)
        for title in sorted(old.keys() & new.keys())
    ]
    joined = [entries[title] for entries in (old, new) for title in old.keys() & new.keys()]
    entries = [one for one in commit.entries if one not in joined] + renames
    return _Commit(commit.id, commit.day, entries)


def _by_title(texts: Texts, entries: Mapping[str, _Entry]) -> dict[str, _Entry]:
    """Return the entries by their title; a title that stands above two is no sign."""
    titles = {text: stated_title(decoded(texts.head(text))) for text in entries}
    counts = Counter(titles.values())
    return {title: entries[text] for text, title in titles.items() if title and counts[title] == 1}


@dataclass(frozen=True)
class _Step:
    """From `day` on the file stood at `path` with this text."""

    day: date
    path: str
    text: str


@dataclass
class _File:
    """A file while its steps are gathered, newest first."""

    path: str
    removed: date | None
    steps: list[_Step] = field(default_factory=list)
    cut: bool = False


def _files(commits: Iterator[_Commit], folder: str, cuts: frozenset[str]) -> list[_File]:
    """Follow every file that ever stood in `folder` back to its birth; earliest end first."""
    files: list[_File] = []
    standing: dict[str, _File] = {}
    for commit in commits:
        earlier: dict[str, _File] = {}
        for entry in commit.entries:
            file = standing.pop(entry.new, None) if entry.new else None
            if file is None and _slug(entry.new, folder):
                files.append(file := _File(str(entry.new), None))
            if file:
                file.steps.append(_Step(commit.day, str(entry.new), entry.text))
                file.cut = commit.id in cuts
            elif _slug(entry.old, folder):
                files.append(file := _File(str(entry.old), commit.day))
            if file and entry.old:
                earlier[entry.old] = file
        standing |= earlier
    return files[::-1]


def _slug(path: str | None, folder: str) -> str | None:
    """Return the name of the policy at `path`, None where no policy stands there."""
    if not path or not path.startswith(folder) or not path.endswith(".md"):
        return None
    name = path[len(folder) : -len(".md")]
    return None if "/" in name else name


def _versions(
    texts: Texts, files: Sequence[_File], known: Iterable[bytes]
) -> Mapping[str, VersionId | None]:
    carried = {texts.id_of(data): stated_version(decoded(data)) for data in known}
    for text_id in dict.fromkeys(step.text for file in files for step in file.steps):
        if text_id not in carried:
            carried[text_id] = _stated(texts, text_id)
    return carried


def _stated(texts: Texts, text_id: str) -> VersionId | None:
    head = texts.head(text_id)
    stated = stated_version(decoded(head))
    if stated is None and len(head) == HEAD_BYTES:
        return stated_version(decoded(texts.read(text_id)))
    return stated


def _life(file: _File, carried: Mapping[str, VersionId | None], folder: str) -> Life | None:
    """Tell a file's steps as reigns and departures; None for a file that never had a version."""
    reigns: list[Reign] = []
    departures: list[Departure] = []
    name: str | None = None
    for step in reversed(file.steps):
        slug = _slug(step.path, folder)
        if slug and name and slug != name and reigns:
            departures.append(Departure(name, step.day, reigns[-1].version, slug))
        name = slug or name
        version = carried[step.text]
        if version and reigns and reigns[-1].version == version:
            reigns[-1] = Reign(version, reigns[-1].first, step.text)
        elif version:
            reigns.append(Reign(version, step.text, step.text))
    if not reigns or not name:
        return None
    if file.removed:
        departures.append(Departure(name, file.removed, reigns[-1].version, None))
    return Life(name, tuple(reigns), tuple(departures), file.removed is None, file.cut)
