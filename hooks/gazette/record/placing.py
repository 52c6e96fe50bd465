"""Files that come into a project together: all or none, even where who writes them is killed.

.cache/gazette/import/files/PATH   what waits, at its path in the project
.cache/gazette/import/ready        that all of it is whole, and is to be put in place

Who is killed before `ready` is written leaves the project as it was; who is killed afterwards
leaves it to the next command to put the rest in place, but for files that were changed since.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, ENOTDIR
from pathlib import Path

from gazette.files import clear_parts, entries_below, locked, write_whole

FOLDER = ".cache/gazette/import"
FILES, READY = "files", "ready"


@contextmanager
def placed_together(project: Path) -> Iterator[Path]:
    """Give a folder for files at their paths in `project`, and put them in place after the block.

    When the block fails, none is. Waits for another process that does the same. Raises OSError.
    """
    folder = project / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        _finish(folder, project)
        try:
            yield folder / FILES
            _check_places(folder, project)
            write_whole(folder / READY, b"")
        except BaseException:
            _clear(folder)
            raise
        _finish(folder, project, keeps_changed=False)


def finish_placing(project: Path) -> bool:
    """Put in place what a killed process had ready, and clear what was not; tell if any was.

    A file that somebody changed since stays as it is. Raises OSError when a file cannot be put in
    place.
    """
    folder = project / FOLDER
    if not folder.is_dir() or next(folder.iterdir(), None) is None:
        return False
    with locked(folder, wait=False) as is_abandoned:
        return is_abandoned and _finish(folder, project)


def _finish(folder: Path, project: Path, *, keeps_changed: bool = True) -> bool:
    ready = folder / READY
    is_ready = ready.exists()
    for file in _waiting(folder) if is_ready else ():
        target = project / file.relative_to(folder / FILES)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            if keeps_changed and target.stat().st_mtime_ns > ready.stat().st_mtime_ns:
                continue
            target = target.resolve()
            shutil.copymode(target, file)
        shutil.move(file, target)
    _clear(folder)
    return is_ready


def _waiting(folder: Path) -> list[Path]:
    return [Path(entry.path) for entry in entries_below(folder / FILES) if not entry.is_dir()]


def _check_places(folder: Path, project: Path) -> None:
    """Raise OSError where a file could not be put in place."""
    places = {file.relative_to(folder / FILES).parent for file in _waiting(folder)}
    for place in sorted(places):
        parents = (project / parent for parent in (place, *place.parents))
        present = next(parent for parent in parents if parent.exists())
        if not present.is_dir():
            raise NotADirectoryError(ENOTDIR, "Not a directory", str(present))
        if not os.access(present, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, "Permission denied", str(present))


def _clear(folder: Path) -> None:
    """Delete what waits; that it is ready goes first where nothing of it waits any more."""
    (folder / READY).unlink(missing_ok=True)
    shutil.rmtree(folder / FILES, ignore_errors=True)
    clear_parts(folder)
