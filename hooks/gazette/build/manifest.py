"""Groups: pages and files that are made together, from a part of a policy or the site as a whole.

They are made in a folder apart, and only where they do not stand in the site unchanged. What was
put into the site is listed with size and time of each file, so that a tool that changes one spoils
no later build.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from gazette import cache
from gazette.build import output_folders as folders
from gazette.build.output_folders import State, state
from gazette.build.shells import Shell, Shells, fill
from gazette.cache import Cache
from gazette.site.outputs import File, Page

PART = 50
"""So many versions of a policy are one group."""


class Listing(NamedTuple):
    """What a group is made up of, as it was put into the site.

    `key` tells what it was all made from, `files` by path the key of each and its state, `used` the
    entries of the cache that it needs.
    """

    folder: str
    key: str
    files: Mapping[str, tuple[str, int, int]]
    used: Collection[str]


class Made(NamedTuple):
    """A group that is made and not yet put into the site.

    `standing` are the files that are there already, `made` by path the key of each other one and
    where it waits.
    """

    group: str
    key: str
    standing: Mapping[str, tuple[str, int, int]]
    made: Mapping[str, tuple[str, str]]
    used: Collection[str]

    @property
    def paths(self) -> set[str]:
        """The paths of all its files in the site."""
        return {*self.standing, *self.made}


@dataclass(frozen=True)
class Place:
    """Where groups belong: the site's folder, a folder apart, and the cache with all listings."""

    folder: Path
    apart: Path
    listings: Cache

    def listing(self, group: str) -> Listing | None:
        """Return what a group was made up of when it was last put here, None for nothing."""
        stored = self.listings.read(_entry(group))
        found = Listing(*json.loads(stored)) if stored else None
        return found if found and found.folder == str(self.folder) else None


def _entry(group: str) -> str:
    return cache.key("placed", group)


def parts(versions: int) -> list[range]:
    """Return the parts of so many versions: a long record is for all cores."""
    places = range(versions)
    return [places[first : first + PART] for first in places[::PART]]


def whole(files: Mapping[str, tuple[str, int, int]], found: Mapping[str, State]) -> bool:
    """Tell whether all these files are among what was `found` in the site, as they were put there.

    Size and time tell it.
    """
    return all(found.get(path) == (size, at) for path, (_, size, at) in files.items())


def make(
    where: Place,
    shells: Shells,
    group: str,
    key: str,
    outputs: Iterable[Page | File],
    used: Iterable[str] = (),
) -> Made:
    """Make the `outputs` of a group apart, but for those that stand in the site unchanged.

    `used` may grow while the outputs are asked for.
    """
    before = where.listing(group)
    known = before.files if before else {}
    folder = f"{where.apart}/{group}"
    os.makedirs(folder, exist_ok=True)
    standing: dict[str, tuple[str, int, int]] = {}
    made: dict[str, tuple[str, str]] = {}
    for path, own_key, content in _outputs(shells, outputs):
        entry = known.get(path)
        if entry and entry[0] == own_key and state(f"{where.folder}/{path}") == (*entry[1:],):
            standing[path] = entry
            continue
        file = f"{folder}/{len(made)}"
        with open(file, "wb") as new:
            new.write(content())
        made[path] = own_key, file
    return Made(group, key, standing, made, sorted({*used, _entry(group)}))


def put(where: Place, one: Made) -> Listing:
    """Put what was made of a group into the site, and note what it is made up of now."""
    files = dict(one.standing)
    for path, (own_key, file) in one.made.items():
        files[path] = own_key, *folders.put(file, where.folder, path)
    listing = Listing(str(where.folder), one.key, files, one.used)
    where.listings.write(_entry(one.group), json.dumps(listing).encode())
    return listing


def _outputs(
    shells: Shells, outputs: Iterable[Page | File]
) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield the path of each output in the site, its key, and what makes its bytes."""
    for one in outputs:
        if isinstance(one, File):
            yield one.address, one.key, one.content
        else:
            shell = shells.by_depth[one.address.count("/")]
            made_of = (one.address, one.title, one.description, one.contents, one.canonical)
            body = one.body.key if one.body else ""
            key = cache.key("page", one.article, made_of, one.indexed, body, shells.key)
            yield f"{one.address}index.html", key, _filling(shell, one)


def _filling(shell: Shell, page: Page) -> Callable[[], bytes]:
    return lambda: fill(shell, page).encode()
