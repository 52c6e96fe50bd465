"""A folder apart, where a build makes everything before any of it is put into the site."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    fcntl = None
else:
    import fcntl

PREFIX = "rendered-"
LOCK = "lock"
_A_DAY = 24 * 60 * 60  # seconds


@contextmanager
def folder_apart(beside: Path) -> Iterator[Path]:
    """Give a new folder, on the disk of `beside` if that can be written to, and remove it at last.

    Those that killed builds left there are removed, too.
    """
    for one in beside.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if _is_left(one):
                shutil.rmtree(one, ignore_errors=True)
    folder = _new_folder(beside)
    try:
        with open(folder / LOCK, "wb") as lock:
            _locked(lock)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _new_folder(beside: Path) -> Path:
    try:
        beside.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside))
    except OSError:  # a project that may only be read
        return Path(tempfile.mkdtemp(prefix="gazette-"))


def _is_left(folder: Path) -> bool:
    """Tell whether the build that made a folder runs no more: nobody locks it then.

    Where there are no locks, or none yet, a day has passed.
    """
    if fcntl:
        with suppress(FileNotFoundError), open(folder / LOCK, "rb") as lock:
            return _locked(lock)
    return time.time() - folder.stat().st_mtime > _A_DAY


def _locked(file: IO[bytes]) -> bool:
    """Lock a file for as long as it is open, unless another process has; return whether it did."""
    if fcntl:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    return False
