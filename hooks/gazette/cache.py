"""The cache: work that is never done twice, in `.cache/`, safe to delete at any time.

Everything is stored under the hash of all it was made from, the engine's own code included, and put
in place whole: a build that is killed, a full disk or a second build at once leave nothing wrong.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

ENGINE = Path(__file__).parent
LIBRARIES = ("jinja2", "lxml", "markdown", "pymdown-extensions", "rapidfuzz")
UNUSED = 2 * 2**30
"""So many bytes are kept at most of what the last build did not need, the newest."""


@dataclass(frozen=True)
class Cache:
    """A folder of entries by key."""

    folder: Path

    def holds(self, key: str) -> bool:
        """Tell whether there is an entry, whole or not."""
        return os.path.exists(self._path(key))

    def read(self, key: str) -> bytes | None:
        """Return what `write` stored, None where there is nothing, or no longer all of it."""
        try:
            with open(self._path(key), "rb") as file:
                digests, _, data = file.read().partition(b"\n")
        except OSError:
            return None
        return data if digests == _digests(data) else None

    def read_line(self, key: str) -> bytes | None:
        """Return the first line of what `write` stored; what follows it is not looked at."""
        try:
            with open(self._path(key), "rb") as file:
                digests, line = file.readline(), file.readline().rstrip(b"\n")
        except OSError:
            return None
        return line if digests.rstrip(b"\n").endswith(_digest(line)) else None

    def write(self, key: str, data: bytes) -> bool:
        """Store an entry with its digests; return whether that was possible."""
        path = self._path(key)
        folder, name = os.path.split(path)
        part = f"{folder}/.{name}.{os.getpid()}"
        try:
            try:
                _write(part, data)
            except FileNotFoundError:
                os.makedirs(folder, exist_ok=True)
                _write(part, data)
            os.replace(part, path)
        except OSError:
            with suppress(OSError):
                os.unlink(part)
            return False
        return True

    def get(self, key: str, /) -> bytes | None:
        """Return an entry that this very engine stored, None where there is none."""
        return self.read(entry_of(key))

    def __setitem__(self, key: str, data: bytes, /) -> None:
        self.write(entry_of(key), data)

    def __contains__(self, key: object, /) -> bool:
        return self.holds(entry_of(str(key)))

    def prune(self, used: Collection[str]) -> None:
        """Delete the oldest entries that are not in `used`, where these take up too much.

        Looks at the folder only when another build needed something else before.
        """
        mark, pruned = key("used"), key(sorted(used)).encode()
        if self.read(mark) == pruned:
            return
        kept = 0
        for _, size, path in sorted(self._others(used), reverse=True):
            kept += size
            if kept > UNUSED:
                with suppress(OSError):
                    os.unlink(path)
        self.write(mark, pruned)

    def _path(self, key: str) -> str:
        return f"{self.folder}/{key[:2]}/{key[2:]}"

    def _others(self, used: Collection[str]) -> Iterator[tuple[float, int, str]]:
        for folder in self.folder.glob("??"):
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    if folder.name + entry.name not in used:
                        with suppress(OSError):
                            found = entry.stat()
                            yield found.st_mtime, found.st_size, entry.path


def of_project(folder: Path) -> Cache:
    """Return the cache of the project in `folder`."""
    return Cache(folder / ".cache" / "gazette")


NOTHING = Cache(Path(os.devnull))
"""A cache that holds nothing and takes nothing in."""


def key(*parts: object) -> str:
    """Return the key of what is made from `parts`: texts, or what its `repr` tells apart."""
    digest = hashlib.sha256(_engine().encode())
    for part in parts:
        text = part if isinstance(part, str) else repr(part)
        digest.update(f"{type(part).__name__} {len(text)} ".encode())
        digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(_digests(data))
        file.write(b"\n")
        file.write(data)


def _digests(data: bytes) -> bytes:
    """Return the digest of all of it, and that of its first line."""
    end = data.find(b"\n")
    whole = _digest(data)
    return whole + b" " + (whole if end < 0 else _digest(data[:end]))


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


@cache
def _engine() -> str:
    """Return the digest of the code that makes the entries, and of the libraries it uses."""
    digest = hashlib.sha256()
    for path in sorted(ENGINE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest() + "".join(f"{name} {version(name)}" for name in LIBRARIES)


def entry_of(name: str) -> str:
    """Return the key of what this very engine stored under a `name`."""
    return key(name)
