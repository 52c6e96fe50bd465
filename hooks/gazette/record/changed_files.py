"""The files that a proposal changes, whatever they are: the working tree against its base."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from gazette.record.base_commit import BaseCommit
from gazette.record.git_texts import required_repository
from gazette.settings import Settings


class FileChange(Enum):
    """What a proposal does to a file, as a word behind its name."""

    ADDED = "new"
    DELETED = "taken out"
    CHANGED = "changed"


KINDS = {"A": FileChange.ADDED, "D": FileChange.DELETED}


def changed_files(settings: Settings, base: BaseCommit) -> dict[str, FileChange]:
    """Return what became of each file since the base, by its path relative to the project.

    Files that git ignores are left out; new ones that git does not keep yet are among them. A file
    outside of the project has a path that begins with `../`. Raises HistoryError without git.
    """
    repo = required_repository(settings.project)
    listing = repo.git.diff(
        *("--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"),
        *("--ignore-submodules=dirty", "--no-relative", base.commit, "--"),
        strip_newline_in_stdout=False,
    )
    untracked = repo.git.ls_files(
        *("--others", "--exclude-standard", "-z"), strip_newline_in_stdout=False
    )
    changes = dict.fromkeys(filter(None, untracked.split("\0")), FileChange.ADDED)
    changes |= _entries(listing)
    top, project = Path(str(repo.working_tree_dir)).resolve(), settings.project.resolve()
    return {
        Path(os.path.relpath(top / path, project)).as_posix(): change
        for path, change in sorted(changes.items())
    }


def _entries(listing: str) -> Iterator[tuple[str, FileChange]]:
    """Yield path and change of each entry of `git diff --name-status -z`."""
    fields = listing.split("\0")
    for status, path in zip(fields[::2], fields[1::2], strict=False):
        yield path, KINDS.get(status[:1], FileChange.CHANGED)
