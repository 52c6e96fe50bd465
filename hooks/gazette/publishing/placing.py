"""Placing: pages and files into the site's folder; what is needed again unchanged is linked.

What was placed is listed per group (a policy, or the site as a whole), with size and time of each
entry, so that a tool that changes a linked file in `site/` spoils no later build.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from gazette import cache
from gazette.cache import Cache
from gazette.publishing import shells
from gazette.publishing.pages import File
from gazette.publishing.shells import Page, Shell

Outputs = Callable[[], Iterable[Page | File]]
Placed = dict[str, tuple[str, int, int]]
"""By path in the site: the entry that is there, its size and the time it was written."""


@dataclass(frozen=True)
class Place:
    """Where a build puts its pages: the site's folder, the shells by depth, and the cache."""

    folder: Path
    shells: Mapping[int, Shell]
    store: Cache

    @cached_property
    def shells_key(self) -> str:
        """The key of all shells together."""
        return cache.key(sorted(self.shells.items()))


def place(where: Place, group: str, key: str, outputs: Outputs) -> Iterator[str]:
    """Put the `outputs` of a group into the site and yield the entries of the cache it needs.

    `key` tells what they are all made from: where it is that of the last build, the outputs are not
    even asked for.
    """
    listed = cache.key("placed", group, where.shells_key)
    stated, before = _listing(where.store, listed)
    yield listed
    if stated == key and all(_link(where, path, *entry) for path, entry in before.items()):
        yield from (entry for entry, _, _ in before.values())
        return
    known = {entry: (size, written) for entry, size, written in before.values()}
    after: Placed = {}
    for path, entry, make in _made(where, outputs()):
        if entry not in known or not _link(where, path, entry, *known[entry]):
            known[entry] = _write(where, path, entry, make())
        after[path] = (entry, *known[entry])
        yield entry
    where.store.write(listed, json.dumps({"key": key, "placed": after}).encode())


def _listing(store: Cache, listed: str) -> tuple[str, Placed]:
    found = store.read(listed)
    stated: dict[str, Any] = json.loads(found) if found else {"key": "", "placed": {}}
    return stated["key"], {path: tuple(entry) for path, entry in stated["placed"].items()}


def _made(
    where: Place, outputs: Iterable[Page | File]
) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield the path of each output in the site, the key of its entry, and what makes its bytes."""
    for one in outputs:
        if isinstance(one, File):
            yield one.address, cache.key("file", one.key), one.content
        else:
            shell = where.shells[one.address.count("/")]
            made_of = (one.address, one.title, one.description, one.contents, one.canonical)
            body = one.body.key if one.body else ""
            key = cache.key("page", one.article, made_of, one.indexed, body, where.shells_key)
            yield f"{one.address}index.html", key, _filling(shell, one)


def _filling(shell: Shell, page: Page) -> Callable[[], bytes]:
    return lambda: shells.fill(shell, page).encode()


def _link(where: Place, path: str, entry: str, size: int, written: int) -> bool:
    """Put an entry of the cache into the site; return whether it is still what was stored."""
    stored = where.store.path(entry)
    try:
        found = stored.stat()
        if (found.st_size, found.st_mtime_ns) != (size, written):
            return False
        _put(stored, where.folder / path)
    except FileNotFoundError:
        return False
    return True


def _put(stored: Path, target: Path) -> None:
    try:
        os.link(stored, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        _put_beside(stored, target)
    except OSError:
        _put_beside(stored, target)


def _put_beside(stored: Path, target: Path) -> None:
    """Link or, where the file system cannot or something stands there, copy."""
    with suppress(FileNotFoundError):
        target.unlink()
    try:
        os.link(stored, target)
    except OSError:
        shutil.copyfile(stored, target)


def _write(where: Place, path: str, entry: str, data: bytes) -> tuple[int, int]:
    """Store an entry and put it into the site; return its size and the time it was written."""
    if where.store.put(entry, data):
        with suppress(FileNotFoundError):
            stored = where.store.path(entry)
            found = stored.stat()
            _put(stored, where.folder / path)
            return found.st_size, found.st_mtime_ns
    target = where.folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return 0, 0
