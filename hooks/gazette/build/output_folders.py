"""Folders: what was made apart is put into the site; what is no part of it is swept out."""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

State = tuple[int, int]
"""The size of a file, and when it was written, in nanoseconds."""


def contents(folder: Path, *, hidden: bool = False) -> dict[str, State]:
    """Return every file of a site with its state; `hidden` ones at its top are not its own."""
    found: dict[str, State] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with suppress(FileNotFoundError), os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                if entry.name.startswith(".") and not (below or hidden):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                    continue
                with suppress(FileNotFoundError):  # another build has just renamed it
                    found[f"{below}{entry.name}"] = _state(entry.stat(follow_symlinks=False))
    return found


def state(file: str) -> State | None:
    """Return the state of a file, None where there is none."""
    try:
        return _state(os.stat(file, follow_symlinks=False))
    except (FileNotFoundError, NotADirectoryError):
        return None


def _state(stat: os.stat_result) -> State:
    return stat.st_size, stat.st_mtime_ns


def put(made: str, folder: Path, path: str) -> State:
    """Put a file that was `made` apart in its place in the site, and return its state there.

    Who looks, or has linked the old file, never sees a part of the new one.
    """
    file = f"{folder}/{path}"
    try:
        return _moved(made, file)
    except OSError as error:
        if not (isinstance(error, FileNotFoundError | NotADirectoryError) or os.path.isdir(file)):
            raise
    _make_way(folder, Path(file))
    return _moved(made, file)


def _moved(made: str, file: str) -> State:
    try:
        found = os.stat(made, follow_symlinks=False)  # nobody else has a hand in it yet
        os.replace(made, file)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return _copied(made, file)
    return _state(found)


def _copied(made: str, file: str) -> State:
    """Do the same where the site is on another disk."""
    part = f"{file}.{os.getpid()}.part"
    try:
        shutil.copyfile(made, part)
        found = os.stat(part)
        os.replace(part, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise
    return _state(found)


def _make_way(folder: Path, file: Path) -> None:
    """Have all folders for a file in the site's `folder`, and no folder in its own place."""
    for parent in file.parents:
        if parent == folder:
            break
        if parent.is_file() or parent.is_symlink():
            with suppress(OSError):  # another has made way there
                parent.unlink()
    if file.is_dir() and not file.is_symlink():
        shutil.rmtree(file)
    file.parent.mkdir(parents=True, exist_ok=True)


def move(rendered: Path, folder: Path, paths: Iterable[str]) -> None:
    """Put what was `rendered` at these paths into the site unless it stands there."""
    for path in sorted(paths):
        made, target = rendered / path, folder / path
        if not (target.is_file() and filecmp.cmp(made, target, shallow=False)):
            put(str(made), folder, path)


def sweep(folder: Path, paths: Iterable[str]) -> None:
    """Take files out of the site, and the folders that are empty then."""
    for path in paths:
        file = folder / path
        with suppress(FileNotFoundError, NotADirectoryError):
            if file.is_symlink() or not file.is_dir():  # else one that was made since
                file.unlink()
        with suppress(OSError):
            for parent in file.parents:
                if parent == folder:
                    break
                parent.rmdir()
