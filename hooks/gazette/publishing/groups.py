"""Groups: pages and files that are made together, from a part of a policy or the site as a whole.

They are made in a folder apart, and only where they do not stand in the site unchanged. The files
of a group are listed with size and time, so that a tool that changes one in the site spoils no
later build.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from gazette import cache
from gazette.cache import Cache
from gazette.publishing import shells
from gazette.publishing.files import File
from gazette.publishing.folders import State, state
from gazette.publishing.shells import Page, Shell

PART = 50
"""So many versions of a policy are one group."""


class Listing(NamedTuple):
    """What a group is made up of.

    `key` tells what it was all made from, `files` by path the key of each and its state in the
    site, `used` the entries of the cache that it needs.
    """

    folder: str
    key: str
    files: Mapping[str, tuple[str, int, int]]
    used: Collection[str]


@dataclass(frozen=True)
class Place:
    """Where groups stand: the site's folder, the one apart, the shells by depth, the listings."""

    folder: Path
    apart: Path
    shells: dict[int, Shell]
    listings: Cache

    @cached_property
    def shells_key(self) -> str:
        """The key of all shells together."""
        return cache.key(sorted(self.shells.items()))

    def listing(self, group: str) -> Listing:
        """Return what a group was made up of when it was last made."""
        stored = self.listings.read(_entry(group))
        found = Listing(*json.loads(stored)) if stored else None
        return found if found and found.folder == str(self.folder) else Listing("", "", {}, ())


def _entry(group: str) -> str:
    return cache.key("placed", group)


def parts(versions: int) -> list[range]:
    """Return the parts of so many versions: a long record is for all cores."""
    places = range(versions)
    return [places[first : first + PART] for first in places[::PART]]


def standing(where: Place, group: str, key: str, found: Mapping[str, State]) -> Listing | None:
    """Return the listing of a group that stands whole among what was `found`, else None."""
    listing = where.listing(group)
    if listing.key != key:
        return None
    whole = all(found.get(path) == (size, at) for path, (_, size, at) in listing.files.items())
    return listing if whole else None


def make(
    where: Place, group: str, key: str, outputs: Iterable[Page | File], used: Collection[str] = ()
) -> Listing:
    """Make the `outputs` of a group apart, but for those that stand in the site unchanged.

    `used` may grow while the outputs are asked for.
    """
    before = where.listing(group).files
    files = {}
    for path, own_key, content in _outputs(where, outputs):
        entry = before.get(path)
        if entry is None or entry[0] != own_key or state(where.folder / path) != (*entry[1:],):
            entry = (own_key, *_write(f"{where.apart}/{path}", content()))
        files[path] = entry
    listing = Listing(str(where.folder), key, files, sorted({*used, _entry(group)}))
    where.listings.write(_entry(group), json.dumps(listing).encode())
    return listing


def _outputs(
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


def _write(file: str, data: bytes) -> State:
    try:
        return _written(file, data)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        return _written(file, data)


def _written(file: str, data: bytes) -> State:
    with open(file, "wb") as new:
        new.write(data)
        new.flush()
        found = os.fstat(new.fileno())
    return found.st_size, found.st_mtime_ns
