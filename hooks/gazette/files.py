"""Files: written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

PART = ".part"


def write_whole(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Put a file of these bytes at `path`; missing folders are made, an old file keeps its mode.

    Whoever looks sees the old file or the new one, never a part of it. A `durable` file is on the
    disk when this returns, whatever happens to the machine. Raises OSError, with nothing left.
    """
    path = path.resolve() if path.is_symlink() else path
    part = path.parent / f".{secrets.token_hex(8)}{PART}"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(part, "xb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            shutil.copymode(path, part)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def clear_parts(folder: Path) -> None:
    """Delete what writers that were killed left in a folder; nobody may be writing there now."""
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".") and name.endswith(PART):
                with suppress(OSError):
                    os.unlink(os.path.join(parent, name))
