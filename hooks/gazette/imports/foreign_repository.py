"""A repository of somebody else is looked at before git is: what it may make git do, and read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from gazette.errors import SourceError
from gazette.files import entries_below

MAX_CONFIG_BYTES = 1_000_000
CONFIGS = ("config", "config.worktree")
INCLUDE = re.compile(rb"\[\s*include", re.I)
ALTERNATES = ("objects/info/alternates", "objects/info/http-alternates")
NEVER_READ = ("hooks", "annex", "lfs", "modules")
"""Folders of a repository that git does not read while it shows a history."""


def check_foreign(folder: Path) -> None:
    """Raise SourceError unless the repository around `folder` can be read without any harm.

    A link or device in it could have git read without end, a configuration that includes others or
    borrowed objects could have it read files of this machine.
    """
    for root in _git_folders(folder.resolve()):
        for path in _strange_files(root):
            raise SourceError(
                f"{path} is a link or a device, which no clone has: nothing in this repository is "
                f"read. Clone it (git clone {folder} COPY), then import COPY."
            )
        for name in CONFIGS:
            _check_config(root / name)
        for name in ALTERNATES:
            if (root / name).exists():
                raise SourceError(
                    f"{root / name} says that this repository borrows its texts from another one. "
                    f"Clone it whole (git clone --dissociate {folder} COPY), then import COPY."
                )


def _check_config(file: Path) -> None:
    if not file.is_file():
        return
    if file.stat().st_size > MAX_CONFIG_BYTES:
        raise SourceError(f"{file} is larger than {MAX_CONFIG_BYTES // 1_000_000} MB.")
    if INCLUDE.search(file.read_bytes()):
        raise SourceError(
            f"{file} includes other files, which may be any on this machine: nothing in this "
            "repository is read. Take the include out of it, then do this again."
        )


def _git_folders(folder: Path) -> Iterator[Path]:
    """Yield the folder in which git keeps the repository around `folder`, and the one it shares."""
    for parent in (folder, *folder.parents):
        place = parent / ".git"
        if place.is_file():
            place = parent / _named_path(place, "gitdir:")
        if (place / "HEAD").is_file():
            yield place
            shared = place / "commondir"
            if shared.is_file():
                yield place / _named_path(shared)
            return
        if (parent / "HEAD").is_file() and (parent / "objects").is_dir():
            break
    raise SourceError(
        f"{folder} is not in a git repository that has its files checked out. "
        "Clone it first (git clone ADDRESS FOLDER), or import the folder without --git."
    )


def _named_path(file: Path, label: str = "") -> str:
    with file.open("rb") as content:
        line = content.read(4096).decode("utf-8", "replace")
    return line.partition("\n")[0].removeprefix(label).strip()


def _strange_files(root: Path) -> Iterator[str]:
    """Yield each path in the folder of a repository that is no plain file and no folder."""
    if root.is_symlink():
        yield str(root)
    never_read = {str(root / name) for name in NEVER_READ}
    for entry in entries_below(root):
        is_plain = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
        if not is_plain and not any(
            Path(entry.path).is_relative_to(folder) for folder in never_read
        ):
            yield entry.path
