"""Follow files through commits, newest first, and back through renames. Pure: asks nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from gazette.model import VersionId


class ChangedFile(NamedTuple):
    """One file that a commit changed: `old` and `new` are None where it was not, or is no more."""

    old: str | None
    new: str | None
    old_text: str
    text: str


class Commit(NamedTuple):
    """A commit of the line; `cut` says that a shallow clone left out its parents.

    `day` is that of the line, `local_day` the one on the calendar of who committed it.
    """

    id: str
    day: date
    local_day: date
    message: str
    cut: bool
    files: Sequence[ChangedFile]


@dataclass(frozen=True)
class VersionSpan:
    """A stretch of the line along which a file carried one version: its first and last text.

    `revision` names the last commit at which the last text stood.
    """

    version: VersionId
    first: str
    last: str
    revision: str = "HEAD"


@dataclass(frozen=True)
class Removal:
    """A commit that took a policy's name out of `docs/`.

    `last` is the version it carried then, `continued_as` the name its file went on under.
    """

    slug: str
    day: date
    last: VersionId
    continued_as: str | None


@dataclass(frozen=True)
class FileHistory:
    """One file from the commit that brought it, through its renames, to its removal or HEAD.

    `slug` is the name it bore last; `cut` says that it began before a shallow clone does.
    """

    slug: str
    spans: tuple[VersionSpan, ...]
    removals: tuple[Removal, ...]
    alive: bool
    cut: bool

    @property
    def newest(self) -> VersionId:
        """The version it carried last."""
        return self.spans[-1].version


def _with_renames(
    commit: Commit, counts: Callable[[str], bool], title_of: Callable[[str], str]
) -> Sequence[ChangedFile]:
    """Join what git takes for a deletion and an addition, where both bear one title.

    A short text with new dates and words has little in common with the old one but its title.
    """
    if len(commit.files) < 2:
        return commit.files
    gone = [one for one in commit.files if not one.new and one.old and counts(one.old)]
    came = [one for one in commit.files if not one.old and one.new and counts(one.new)]
    if not gone or not came:
        return commit.files
    old = _by_title([(title_of(one.old_text), one) for one in gone])
    new = _by_title([(title_of(one.text), one) for one in came])
    renames = [
        ChangedFile(old[title].old, new[title].new, old[title].old_text, new[title].text)
        for title in sorted(old.keys() & new.keys())
    ]
    joined = [entries[title] for entries in (old, new) for title in old.keys() & new.keys()]
    return [one for one in commit.files if one not in joined] + renames


def _by_title(titled: Sequence[tuple[str, ChangedFile]]) -> dict[str, ChangedFile]:
    """Return the entries by their title; a title that stands above two is no sign."""
    counts = Counter(title for title, _ in titled)
    return {title: entry for title, entry in titled if title and counts[title] == 1}


@dataclass(frozen=True)
class Step:
    """From a commit on the file stood at `path` with this text."""

    commit: Commit
    path: str
    text: str

    @property
    def day(self) -> date:
        """The day of the commit."""
        return self.commit.day


@dataclass
class FileTrack:
    """A file while its steps are gathered, newest first; `path` is the name it bore last.

    `revision` names the last commit at which it stood.
    """

    path: str
    removed: date | None
    revision: str = "HEAD"
    steps: list[Step] = field(default_factory=list)
    cut: bool = False


def follow(
    commits: Iterable[Commit], counts: Callable[[str], bool], title_of: Callable[[str], str]
) -> list[FileTrack]:
    """Follow every file that ever stood where it `counts` to its birth; earliest end first."""
    files: list[FileTrack] = []
    standing: dict[str, FileTrack] = {}
    for commit in commits:
        earlier: dict[str, FileTrack] = {}
        for entry in _with_renames(commit, counts, title_of):
            file = standing.pop(entry.new, None) if entry.new else None
            if file is None and entry.new and counts(entry.new):
                files.append(file := FileTrack(entry.new, None))
            if file:
                file.steps.append(Step(commit, str(entry.new), entry.text))
                file.cut = commit.cut
            elif entry.old and counts(entry.old):
                files.append(file := FileTrack(entry.old, commit.day, _before(commit)))
            if file and entry.old:
                earlier[entry.old] = file
        standing |= earlier
    return files[::-1]


def _before(commit: Commit) -> str:
    return f"{commit.id}^"


def slug_of(path: str | None, folder: str) -> str | None:
    """Return the name of the policy at `path`, None where no policy stands there."""
    if not path or not path.startswith(folder) or not path.endswith(".md"):
        return None
    name = path[len(folder) : -len(".md")]
    return None if "/" in name else name


def history_of(
    file: FileTrack, carried: Mapping[str, VersionId | None], folder: str
) -> FileHistory | None:
    """Tell a file's steps as spans and removals; None for a file that never had a version."""
    spans: list[VersionSpan] = []
    removals: list[Removal] = []
    name: str | None = None
    ends = [file.revision, *(_before(step.commit) for step in file.steps)]
    for step, end in zip(reversed(file.steps), reversed(ends[:-1]), strict=True):
        slug = slug_of(step.path, folder)
        if slug and name and slug != name and spans:
            removals.append(Removal(name, step.day, spans[-1].version, slug))
        name = slug or name
        version = carried[step.text]
        if version and spans and spans[-1].version == version:
            spans[-1] = VersionSpan(version, spans[-1].first, step.text, end)
        elif version:
            spans.append(VersionSpan(version, step.text, step.text, end))
    if not spans or not name:
        return None
    if file.removed:
        removals.append(Removal(name, file.removed, spans[-1].version, None))
    return FileHistory(name, tuple(spans), tuple(removals), file.removed is None, file.cut)
