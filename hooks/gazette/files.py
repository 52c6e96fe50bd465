"""Files: written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    fcntl = None
else:
    import fcntl

PART = ".part"
_DAY = 24 * 60 * 60  # seconds


def write_whole(path: Path, data: bytes) -> None:
    """Put a file of these bytes at `path`; missing folders are made, an old file keeps its mode.

    Whoever looks sees the old file or the new one, never a part of it. It is on the disk when this
    returns, whatever happens to the machine. Raises OSError, with nothing left.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Do the same with several files: when one cannot be written, none is."""
    with staged(files):
        pass


@contextmanager
def staged(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Write files beside their places, and put all in place once the block has ended well.

    Like `write_whole`, for several files that belong to what the block does: when writing or the
    block fails, every file is as it was.
    """
    parts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            target = path.resolve() if path.is_symlink() else path
            part = target.parent / f".{secrets.token_hex(8)}{PART}"
            parts[part] = target
            with _named(part, target):
                write_plainly(str(part), data, durable=True)
            if target.exists():
                shutil.copymode(target, part)
        yield
        for part, target in parts.items():
            os.replace(part, target)
    except BaseException:
        for part in parts:
            part.unlink(missing_ok=True)
        raise


@contextmanager
def _named(part: Path, target: Path) -> Iterator[None]:
    """Have an error name the file that is meant, not its part, of which nobody knows."""
    try:
        yield
    except OSError as error:
        if error.errno and error.filename in (None, str(part)):
            error.filename = str(target)
        raise


def write_plainly(path: str, data: bytes, *, durable: bool = False) -> os.stat_result:
    """Write a file where it is to stand, missing folders too, and return its state.

    For files that nobody trusts before they were looked at: who is killed leaves a part of one.
    """
    try:
        file = open(path, "wb")  # noqa: SIM115
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = open(path, "wb")  # noqa: SIM115
    with file:
        file.write(data)
        file.flush()
        if durable:
            os.fsync(file.fileno())
        return os.fstat(file.fileno())


def clear_parts(folder: Path) -> None:
    """Delete what writers that were killed left in a folder; nobody may be writing there now."""
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".") and name.endswith(PART):
                with suppress(OSError):
                    os.unlink(os.path.join(parent, name))


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Keep other processes from writing in a folder during the block, and from clearing its parts.

    Waits for one that does the same. What holds them off is the folder around, as it may be new.
    """
    with locked(folder.parent):
        yield


def entries_below(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield all that stands in a folder and in those below, in one order everywhere.

    Links are yielded and never followed; what cannot be read is left out.
    """
    waiting = [os.fspath(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            continue
        yield from entries
        waiting += [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]


@contextmanager
def locked(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a folder against other processes, and tell whether this succeeded.

    Unless it is to `wait`, it does not where another process holds it, or may: on a system without
    locks, a folder that was changed within a day.
    """
    if fcntl is None:
        yield wait or time.time() - folder.stat().st_mtime > _DAY
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        is_locked = True
    except OSError:  # held by another process, or on a disk without locks
        is_locked = False
    try:
        yield is_locked
    finally:
        os.close(handle)
