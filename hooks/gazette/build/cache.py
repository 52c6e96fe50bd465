"""The cache: work that is never done twice, in `.cache/`, safe to delete at any time.

Every entry is found by the digest of all it was made from, the engine's own code included, and
holds its own: what a build that was killed, a full disk or a second build at once left in parts is
as good as not there.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from gazette.files import write_plainly
from gazette.fingerprint import fingerprint

ENGINE = Path(__file__).parents[1]
LIBRARIES = (
    *("babel", "jinja2", "lxml", "markdown"),
    *("markdown-it-py", "nh3", "pymdown-extensions", "rapidfuzz"),
)
MAX_UNUSED_BYTES = 2 * 2**30
"""Entries that the last build did not need are kept up to this size, the newest ones: enough for a
few branches of the largest help center that is measured."""
PACKED, MIN_PACKED_BYTES = b"packed", 2**15
"""Entries of so many bytes are packed: where texts are long, these are most of the cache, and get
3.6 times as small in 12 ms for a megabyte; where texts are short, hardly any are."""


@dataclass(frozen=True)
class Cache:
    """A store in a folder. What cannot be written is not kept, what is damaged is not there."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """Return the entry, None where there is nothing, or no longer all of it."""
        try:
            with open(self._path(key), "rb") as file:
                head, data = file.readline().rstrip(), file.read()
        except OSError:
            return None
        digest, _, form = head.partition(b" ")
        if digest != _digest(form, data):
            return None
        return zlib.decompress(data) if form == PACKED else data

    def __setitem__(self, key: str, data: bytes) -> None:
        """Keep an entry with its digest, if that is possible."""
        form = b""
        if len(data) >= MIN_PACKED_BYTES:
            form, data = PACKED, zlib.compress(data, level=1)
        head = b"%s %s" % (_digest(form, data), form)
        with suppress(OSError):
            write_plainly(self._path(key), b"%s\n%s" % (head.rstrip(), data))

    def __contains__(self, key: object) -> bool:
        """Tell whether there is an entry, whole or not."""
        return os.path.exists(self._path(str(key)))

    def prune(self, used: Collection[str]) -> None:
        """Delete the oldest entries that are not `used`, where these take up too much.

        Looks at the folder only when another build needed something else before.
        """
        pruned = fingerprint(sorted(used)).encode()
        if self.get("used") == pruned:
            return
        paths = {self._path(key) for key in used}
        kept = 0
        for _, size, path in sorted(self._entries(), reverse=True):
            kept += size if path not in paths else 0
            if kept > MAX_UNUSED_BYTES and path not in paths:
                with suppress(OSError):
                    os.unlink(path)
        self["used"] = pruned

    @cached_property
    def _engine(self) -> str:
        """The fingerprint of the code that makes the entries, and of the libraries it uses."""
        return fingerprint(code_digest(ENGINE), [f"{name} {version(name)}" for name in LIBRARIES])

    def _path(self, key: str) -> str:
        name = fingerprint(self._engine, key)
        return f"{self.folder}/{name[:2]}/{name[2:]}"

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """Yield age, size in bytes and path of every entry."""
        for folder in self.folder.glob("??"):
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    with suppress(OSError):
                        stat = entry.stat()
                        yield stat.st_mtime, stat.st_size, entry.path


def project_cache(project: Path) -> Cache:
    """Return the cache of the project in this folder."""
    return Cache(project / ".cache" / "gazette")


def code_digest(folder: Path) -> str:
    """Return the digest of all Python code in `folder`."""
    digest = sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest(form: bytes, data: bytes) -> bytes:
    digest = sha256(form)
    digest.update(data)
    return digest.hexdigest().encode()
