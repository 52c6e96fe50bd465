"""Claims: `.retired` and `.returned` files and `formerly` lines, checked against what git saw.

A claim moves versions from one policy to another, or ends one. So it is believed where git saw the
file go, or where the archive brought the whole policy at once; never because somebody wrote it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from gazette.model import Return, Slug
from gazette.problems import Code, Problem
from gazette.record.archive import Archive, Retirement
from gazette.record.archive_lists import damage, sums_of
from gazette.record.file_history import FileHistory
from gazette.record.history import History
from gazette.record.policy_files import PolicyFile
from gazette.record.published import Published
from gazette.record.returns import ReturnFile
from gazette.record.sources import Record


def unconfirmed_retirements(
    archive: Archive, history: History, published: Published
) -> Iterator[Problem]:
    """Yield the `.retired` files that a full history does not confirm."""
    seen = Counter(removal.undated for file in history.files for removal in file.removals)
    for retirement in archive.retirements:
        if _came_with_its_policy(retirement, history, published):
            continue
        seen[retirement.undated] -= 1
        if seen[retirement.undated] >= 0:
            continue
        went_on = f" and went on as {retirement.continued_as}" if retirement.continued_as else ""
        message = (
            f"This file says that {retirement.slug} left docs/ with version {retirement.last}"
            f"{went_on}, but git never saw that."
        )
        hint = (
            f"Take it out, and its line in versions/{sums_of(retirement.path)}. To retire a "
            "policy, delete its file in docs/policies/; to rename it, rename that file."
        )
        yield damage(retirement.path, message, hint)


def _came_with_its_policy(retirement: Retirement, history: History, published: Published) -> bool:
    """Tell whether one commit, or an import not committed yet, brought text and retirement.

    That is so for policies that were retired before this history begins. What became of their names
    since then is another matter.
    """
    slug = published.owners.owner(retirement.slug, retirement.last, retirement.day)
    names = {retirement.slug, retirement.continued_as or slug, slug}
    if history.began_with(retirement.path, names):
        return True
    if any(retirement.slug in file.names for file in history.files):
        return False
    born = history.born(retirement.path)
    text = published.text(slug, retirement.last)
    if text:
        return born == history.born(text.path)
    files = [file.born for file in history.files if file.slug == slug and file.alive]
    return born in (files or [""])


def unconfirmed_returns(
    archive: Archive, history: History, published: Published
) -> Iterator[Problem]:
    """Yield the `.returned` files that a full history does not confirm."""
    seen = Counter(entry.undated for file in history.files for entry in file.returns)
    steps = {*_steps(history.files)}
    for entry in archive.returns:
        if _came_with_its_text(entry, history, published):
            continue
        seen[entry.undated] -= 1
        if seen[entry.undated] >= 0 or (entry.slug, entry.what) in steps:
            continue
        _, left, to = entry.what
        message = (
            f"This file says that {entry.slug} went back from version {left} to {to}, but git "
            "never saw that."
        )
        hint = (
            f"Take it out, and its line in versions/{sums_of(entry.path)}. To go back to a "
            "version, put its text into the policy's file."
        )
        yield damage(entry.path, message, hint)


def _steps(histories: Iterable[FileHistory]) -> Iterator[tuple[Slug, Return]]:
    """Yield on which day each file went on from a version to another, under the name of the time.

    In a history that was rewritten, a version may have been withdrawn before it is seen first.
    """
    for file in histories:
        for old, new in pairwise(span.carried for span in file.spans):
            yield new.slug, Return(new.day, old.version, new.version)


def _came_with_its_text(entry: ReturnFile, history: History, published: Published) -> bool:
    """Tell whether this history began with it, or one commit brought it with a text unseen here.

    That is so for what happened before this history begins.
    """
    slug = published.owners.owner(entry.slug, entry.what.to, entry.what.day)
    if history.began_with(entry.path, {entry.slug, slug}):
        return True
    text = published.text(slug, entry.what.left)
    if text and not published.spans_of(slug, entry.what.left):
        return history.born(entry.path) == history.born(text.path)
    return False


def taken_names(record: Record) -> Iterator[Problem]:
    """Yield the names in `formerly` that were another policy's, as a full history shows."""
    files, archive, history = record.files, record.archive, record.full_history
    if history is None:
        return
    names = {name for file in history.files for name in file.names}
    names |= {slug for slug, _ in archive.texts} | {entry.slug for entry in archive.retirements}
    for slug, file in sorted(files.items()):
        former = _names_of(slug, history, files) if file.formerly else set()
        for name in sorted(names.intersection(file.formerly).difference(former, files)):
            if not _went_on(name, slug, record.published):
                message = f"`formerly` names {name}, but this file never had that name."
                hint = (
                    f"{name} was a policy of its own, and all its versions stay at its address. "
                    "Take the name out; a link in the text can lead there."
                )
                yield file.problem("formerly", Code.INVALID_VALUE, message, hint)


def _names_of(slug: Slug, history: History, files: Mapping[Slug, PolicyFile]) -> set[Slug]:
    """Return every name that a policy's file had, also where git took it for a new file.

    That is so when one commit, or what is not committed yet, took a policy out and added this one.
    """
    tracks = [file for file in history.files if file.alive and file.slug == slug]
    names: set[Slug] = set()
    if not tracks:  # not committed yet
        tracks = [file for file in history.files if file.alive and file.slug not in files]
    while tracks:
        track = tracks.pop()
        if not track.names <= names:
            names |= track.names
            tracks += _replaced_by(track, history.files)
    return names


def _replaced_by(track: FileHistory, histories: Iterable[FileHistory]) -> list[FileHistory]:
    return [file for file in histories if file.removed_in and file.removed_in == track.born]


def _went_on(name: Slug, slug: Slug, published: Published) -> bool:
    """Tell whether the archive says that the policy `name` went on as `slug`, by whatever names."""
    entries = [entry for entry in published.retirements if entry.slug == name]
    last = entries[-1] if entries else None
    seen = {name}
    while last and last.continued_as and last.continued_as not in seen:
        if last.continued_as == slug:
            return True
        seen.add(last.continued_as)
        later = [entry for entry in published.retirements if entry.slug == last.continued_as]
        last = later[-1] if later else None
    return False
