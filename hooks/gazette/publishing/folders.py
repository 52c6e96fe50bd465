"""Folders: what was made apart is moved into the site whole; what is no part of it is swept out."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

State = tuple[int, int]
"""The size of a file, and when it was written, in nanoseconds."""


def contents(folder: Path) -> dict[str, State]:
    """Return every file of the site with its state; hidden ones at its top are not its own."""
    found: dict[str, State] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with suppress(FileNotFoundError), os.scandir(f"{folder}/{below}") as entries:
            for entry in (one for one in entries if below or not one.name.startswith(".")):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                    continue
                with suppress(FileNotFoundError):  # another build has just renamed it
                    stat = entry.stat(follow_symlinks=False)
                    found[f"{below}{entry.name}"] = stat.st_size, stat.st_mtime_ns
    return found


def state(file: Path) -> State | None:
    """Return the state of a file, None where there is none."""
    try:
        found = os.stat(file, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_size, found.st_mtime_ns


def spare(apart: Path, folder: Path, paths: Iterable[str]) -> None:
    """Drop those of the files `apart` that stand in the site with the same bytes already."""
    for path in paths:
        made, target = apart / path, folder / path
        if target.is_file() and filecmp.cmp(made, target, shallow=False):
            made.unlink()


def move(apart: Path, folder: Path) -> None:
    """Move all that was made `apart` into the site's folder, over what has the same name there.

    Who looks, or has linked an old file, never sees a part of a new one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with os.scandir(apart) as entries:
        for entry in entries:
            target = folder / entry.name
            if entry.is_dir():
                _move_folder(Path(entry.path), target)
            else:
                _move_file(Path(entry.path), target)


def _move_folder(made: Path, target: Path) -> None:
    try:
        os.rename(made, target)
    except OSError:  # there is something already, or it is on another disk
        if target.is_symlink() or target.is_file():
            target.unlink(missing_ok=True)
        move(made, target)


def _move_file(made: Path, target: Path) -> None:
    try:
        os.replace(made, target)
    except OSError:  # there is a folder in its place, or it is on another disk
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            shutil.copy2(made, part)
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)


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
