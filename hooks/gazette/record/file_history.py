"""Follow files through commits, newest first, and back through renames. Pure: asks nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from gazette.model import BlobId, Slug, VersionId
from gazette.record.archive import Retirement
from gazette.record.pushes import Push
from gazette.record.returns import Carried, ReturnFile, returns_of
from gazette.text.slugs import slug_below

ZONES = timedelta(days=1)
"""Nowhere does a day begin earlier than this before it begins elsewhere."""
NOWHERE = Carried(Slug(""), VersionId(date.min, 1), date.min)
"""Stands for what is not known."""


class ChangedFile(NamedTuple):
    """One file that a commit changed: `old` and `new` are None where it was not, or is no more."""

    old: str | None
    new: str | None
    old_blob: BlobId
    new_blob: BlobId


class Commit(NamedTuple):
    """A commit of the line; `cut` says that a shallow clone left out its parents.

    `day` is the one on the company's calendar, `local_day` that of who committed it.
    """

    id: str
    day: date
    local_day: date
    message: str
    cut: bool
    files: Sequence[ChangedFile]

    @property
    def before(self) -> str:
        """The revision that it changed."""
        return f"{self.id}^"


@dataclass(frozen=True)
class VersionSpan:
    """A stretch of the line along which a file carried one version: its first and last text.

    `revision` names the last commit at which the last text stood; `start` the commit that published
    the first one, empty where it was only scheduled then. `carried` says under which name it began,
    and on which day.
    """

    version: VersionId
    first: BlobId
    last: BlobId
    revision: str = "HEAD"
    start: str = ""
    carried: Carried = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class FileHistory:
    """One file from the commit that added it, through its renames, to its removal or HEAD.

    `slug` is the name it bore last; `cut` says that it began before a shallow clone does. `born`
    is the commit that added it, `removed_in` the one that removed it, empty while it stands.
    `returns` are those to versions that it held before, or that the file did that stood there.
    """

    slug: Slug
    spans: tuple[VersionSpan, ...]
    removals: tuple[Retirement, ...]
    alive: bool
    cut: bool
    born: str = ""
    removed_in: str = ""
    returns: tuple[ReturnFile, ...] = ()

    @property
    def names(self) -> set[Slug]:
        """Every name that it ever bore."""
        return {self.slug, *(removal.slug for removal in self.removals)}

    @property
    def newest(self) -> VersionId:
        """The version it carried last."""
        return self.spans[-1].version


@dataclass(frozen=True)
class FileStep:
    """From a commit on the file stood at `path` with this text."""

    commit: Commit
    path: str
    blob_id: BlobId

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
    steps: list[FileStep] = field(default_factory=list)
    cut: bool = False

    @property
    def born(self) -> str:
        """The commit that added it, as far back as its steps are known."""
        return self.steps[-1].commit.id if self.steps else ""

    @property
    def removed_in(self) -> str:
        """The commit that removed it, empty while it stands."""
        return self.revision.removesuffix("^") if self.removed else ""


def follow(
    commits: Iterable[Commit], counts: Callable[[str], bool], title_of: Callable[[BlobId], str]
) -> list[FileTrack]:
    """Follow every file that ever stood where it `counts` to its birth; earliest end first."""
    tracks: list[FileTrack] = []
    by_path: dict[str, FileTrack] = {}
    for commit in commits:
        earlier: dict[str, FileTrack] = {}
        for file in _with_renames(commit, counts, title_of):
            track = by_path.pop(file.new, None) if file.new else None
            if track is None and file.new and counts(file.new):
                tracks.append(track := FileTrack(file.new, None))
            if track:
                track.steps.append(FileStep(commit, str(file.new), file.new_blob))
                track.cut = commit.cut
            elif file.old and counts(file.old):
                tracks.append(track := FileTrack(file.old, commit.day, commit.before))
            if track and file.old:
                earlier[file.old] = track
        by_path |= earlier
    return tracks[::-1]


def _with_renames(
    commit: Commit, counts: Callable[[str], bool], title_of: Callable[[BlobId], str]
) -> Sequence[ChangedFile]:
    """Join what git takes for a deletion and an addition, where both bear one title.

    A short text with new dates and words has little in common with the old one but its title.
    """
    removed = [file for file in commit.files if not file.new and _stands(file.old, counts)]
    added = [file for file in commit.files if not file.old and _stands(file.new, counts)]
    if not removed or not added:
        return commit.files
    old = _by_title((title_of(file.old_blob), file) for file in removed)
    new = _by_title((title_of(file.new_blob), file) for file in added)
    pairs = [(old[title], new[title]) for title in sorted(old.keys() & new.keys())]
    joined = [before._replace(new=after.new, new_blob=after.new_blob) for before, after in pairs]
    renamed = set(chain.from_iterable(pairs))
    return [file for file in commit.files if file not in renamed] + joined


def _stands(path: str | None, counts: Callable[[str], bool]) -> bool:
    return path is not None and counts(path)


def _by_title(titled: Iterable[tuple[str, ChangedFile]]) -> dict[str, ChangedFile]:
    """Return the files by their title; a title that stands above two is no sign."""
    pairs = list(titled)
    counts = Counter(title for title, _ in pairs)
    return {title: file for title, file in pairs if title and counts[title] == 1}


def published_steps(track: FileTrack, pushes: Mapping[str, Push]) -> list[FileStep]:
    """Return the steps whose texts were the tip of the branch, newest first.

    `pushes` tells by commit which push brought it: of these, the last one was the tip.
    """
    steps = []
    newer = pushes.get(track.removed_in)
    for step in track.steps:
        push = pushes.get(step.commit.id)
        if push is None or push != newer:
            steps.append(step)
        newer = push
    return steps


def passed_by(track: FileTrack, pushes: Mapping[str, Push]) -> Iterator[Push]:
    """Yield the push of each step whose text was never the tip of the branch."""
    kept = {step.commit.id for step in published_steps(track, pushes)}
    return (pushes[step.commit.id] for step in track.steps if step.commit.id not in kept)


def _tip(commit: str, pushes: Mapping[str, Push]) -> str:
    return pushes[commit].after if commit in pushes else commit


def _before(revision: str, pushes: Mapping[str, Push]) -> str:
    """Return the tip before the commit that `revision` precedes; HEAD is itself."""
    commit = revision.removesuffix("^")
    return pushes[commit].before if commit in pushes and commit != revision else revision


def _add_text(spans: list[VersionSpan], text: VersionSpan, day: date) -> None:
    """Add a text that stood from `day` on; the one before counts if its day had come by then.

    A text may be edited until its day. A version that another one follows is kept in doubt: it may
    bear the day of a place where that had begun.
    """
    last = spans.pop() if spans else None
    if last and last.version == text.version:
        if last.version.day <= day:
            text = replace(text, first=last.first, start=last.start, carried=last.carried)
    elif last and last.version.day <= day + ZONES:
        spans.append(last)
    spans.append(text)


def history_of(
    track: FileTrack,
    carried: Mapping[BlobId, VersionId | None],
    folder: str,
    pushes: Mapping[str, Push],
) -> FileHistory | None:
    """Return the spans and removals of a track; None for a file that never had a version.

    A text counts from the day of its version on, the company's or that of who replaced it: what
    was replaced before was only scheduled.
    `pushes` tells which push brought a commit, for those that came with others.
    """
    spans: list[VersionSpan] = []
    removals: list[Retirement] = []
    name: Slug | None = None
    day = date.min
    steps = published_steps(track, pushes)
    ends = [track.revision, *(step.commit.before for step in steps)]
    for step, end in zip(reversed(steps), reversed(ends[:-1]), strict=True):
        slug = slug_below(step.path, folder)
        if slug and name and slug != name and spans:
            removals.append(Retirement(name, step.day, spans[-1].version, slug))
        name = slug or name
        version, end = carried[step.blob_id], _before(end, pushes)
        day = max(
            day, step.day, step.commit.local_day
        )  # days of commits may run backwards, the line does not
        if version:
            start = _tip(step.commit.id, pushes) if version.day <= day else ""
            carries = Carried(Slug(name or ""), version, step.day)
            text = VersionSpan(version, step.blob_id, step.blob_id, end, start, carries)
            _add_text(spans, text, day)
    if not spans or not name:
        return None
    if track.removed:
        removals.append(Retirement(name, track.removed, spans[-1].version))
    return FileHistory(
        name,
        tuple(spans),
        tuple(removals),
        alive=track.removed is None,
        cut=track.cut,
        born=_tip(track.born, pushes),
        removed_in=_tip(track.removed_in, pushes),
    )


def with_returns(histories: Sequence[FileHistory], line: Sequence[str]) -> tuple[FileHistory, ...]:
    """Return the histories with their returns, each as going on from the file that it replaced.

    That is the last one that stood where it began. `line` are the commits, newest first.
    """
    places = {commit: place for place, commit in enumerate(line)}
    carried: dict[int, list[Carried]] = {}
    ended: list[int] = []
    returns: dict[int, tuple[ReturnFile, ...]] = {}
    by_birth = sorted(enumerate(histories), key=lambda item: -places[item[1].born])
    for at, history in by_birth:
        standing = [span.carried for span in history.spans]
        replaced = [
            other
            for other in ended
            if histories[other].slug == standing[0].slug
            and places[histories[other].removed_in] >= places[history.born]
        ]
        last = min(replaced, key=lambda other: places[histories[other].removed_in], default=None)
        before = [] if last is None else carried[last]
        carried[at] = [*before, *standing]
        begun = sum(1 for _ in returns_of(before))
        returns[at] = tuple(returns_of(carried[at]))[begun:]
        if history.removed_in:
            ended.append(at)
    return tuple(replace(history, returns=returns[at]) for at, history in enumerate(histories))
