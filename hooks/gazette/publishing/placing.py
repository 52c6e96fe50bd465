"""Placing: pages and files into the site's folder; what stands there unchanged is left alone.

What was placed is listed per group (a part of a policy, or the site as a whole), with size and time
of each file, so that a tool that changes a file in the site spoils no later build.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from gazette import cache
from gazette.cache import Cache
from gazette.publishing import shells
from gazette.publishing.files import File
from gazette.publishing.shells import Page, Shell

PART = 50
"""So many versions of a policy are put in place together."""

State = tuple[int, int]
"""The size of a file, and when it was written, in nanoseconds."""


class Listing(NamedTuple):
    """What a group is made up of.

    `key` tells what it was all made from, `placed` by path the key of each file and its state,
    `used` the entries of the cache that it needs.
    """

    folder: str
    key: str
    placed: Mapping[str, tuple[str, int, int]]
    used: Collection[str]


@dataclass(frozen=True)
class Place:
    """Where a build puts its pages: the site's folder, the shells by depth, what was put there."""

    folder: Path
    shells: Mapping[int, Shell]
    listings: Cache

    @cached_property
    def shells_key(self) -> str:
        """The key of all shells together."""
        return cache.key(sorted(self.shells.items()))

    def listing(self, group: str) -> Listing:
        """Return what the last build put there for a group."""
        stored = self.listings.read(_entry(group))
        found = Listing(*json.loads(stored)) if stored else None
        return found if found and found.folder == str(self.folder) else Listing("", "", {}, ())


def _entry(group: str) -> str:
    return cache.key("placed", group)


def parts(versions: int) -> list[range]:
    """Return the parts of so many versions: a long record is put in place by all cores."""
    places = range(versions)
    return [places[first : first + PART] for first in places[::PART]]


def standing(where: Place, group: str, key: str, found: Mapping[str, State]) -> Listing | None:
    """Return the listing of a group that stands whole among what was `found`, else None."""
    listing = where.listing(group)
    if listing.key != key:
        return None
    whole = all(found.get(path) == (size, at) for path, (_, size, at) in listing.placed.items())
    return listing if whole else None


def place(
    where: Place, group: str, key: str, outputs: Iterable[Page | File], used: Collection[str] = ()
) -> Listing:
    """Put the `outputs` of a group into the site; those that stand there unchanged are not made.

    `used` may grow while the outputs are asked for.
    """
    before = where.listing(group).placed
    placed = {}
    for path, own_key, make in _made(where, outputs):
        entry = before.get(path)
        if entry is None or entry[0] != own_key or _state(where.folder / path) != (*entry[1:],):
            entry = (own_key, *_write(where.folder, path, make()))
        placed[path] = entry
    listing = Listing(str(where.folder), key, placed, sorted({*used, _entry(group)}))
    where.listings.write(_entry(group), json.dumps(listing).encode())
    return listing


def _made(
    where: Place, outputs: Iterable[Page | File]
) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield the path of each output in the site, its key, and what makes its bytes."""
    for one in outputs:
        if isinstance(one, File):
            yield one.address, one.key, one.content
        else:
            shell = where.shells[one.address.count("/")]
            made_of = (one.address, one.title, one.description, one.contents, one.canonical)
            body = one.body.key if one.body else ""
            key = cache.key("page", one.article, made_of, one.indexed, body, where.shells_key)
            yield f"{one.address}index.html", key, _filling(shell, one)


def _filling(shell: Shell, page: Page) -> Callable[[], bytes]:
    return lambda: shells.fill(shell, page).encode()


# ---- files ----


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


def move(rendered: Path, folder: Path) -> set[str]:
    """Move what the host `rendered` into the site unless it stands there; return its paths."""
    paths = set(contents(rendered))
    for path in sorted(paths):
        source, target = rendered / path, folder / path
        if not (target.is_file() and filecmp.cmp(source, target, shallow=False)):
            _make_way(folder, target)
            try:
                os.replace(source, target)
            except OSError:  # it is on another disk
                _write(folder, path, source.read_bytes())
    return paths


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


def _state(file: Path) -> State | None:
    try:
        found = os.stat(file, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_size, found.st_mtime_ns


def _write(folder: Path, path: str, data: bytes) -> State:
    """Put a whole file in its place: who looks, or has linked the old one, never sees a part."""
    file = f"{folder}/{path}"
    try:
        return _put(file, data)
    except OSError as error:
        if not (isinstance(error, FileNotFoundError | NotADirectoryError) or os.path.isdir(file)):
            raise
    _make_way(folder, Path(file))
    return _put(file, data)


def _put(file: str, data: bytes) -> State:
    part = f"{file}.{os.getpid()}.part"
    try:
        with open(part, "wb") as new:
            new.write(data)
            new.flush()
            found = os.fstat(new.fileno())
        os.replace(part, file)
        return found.st_size, found.st_mtime_ns
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


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
