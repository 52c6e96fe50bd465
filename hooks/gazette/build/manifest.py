"""The manifest: what the last build put into the site, from what, and in which state.

Pages and files are made in batches, from a part of a policy or the site as a whole. A batch whose
key is the same is not made again while all its files stand in the site as they were put there; of
another one only the files whose own key is another. Size and time of each file tell whether a tool
changed it since.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gazette.build.shells import Shell, Shells, fill
from gazette.files import write_plainly
from gazette.fingerprint import fingerprint
from gazette.site.outputs import File, Page
from gazette.store import Store

FileState = tuple[int, int]
"""The size of a file in bytes, and when it was written, in nanoseconds."""


class FileEntry(NamedTuple):
    """A file of the site: what it was made from, and its state."""

    key: str
    size: int
    written: int

    @property
    def state(self) -> FileState:
        """Its state."""
        return self.size, self.written


class Batch(NamedTuple):
    """Files made together, by path in the site.

    `key` tells what they were made from, `used` are the keys of the fragments that this took.
    """

    key: str
    files: Mapping[str, FileEntry]
    used: Sequence[str]

    def unchanged(self, present: Mapping[str, FileState]) -> Batch:
        """Return the batch with the files that are `present` in the site as they were put there.

        It has no key where not all of them are.
        """
        files = {
            path: entry for path, entry in self.files.items() if present.get(path) == entry.state
        }
        return Batch(self.key if len(files) == len(self.files) else "", files, self.used)


NO_BATCH = Batch("", {}, ())


def read_manifest(store: Store, site: Path) -> dict[str, Batch]:
    """Return the batches that were put into `site`, by name; none where that is not known."""
    stored = json.loads(store.get(manifest_key(site)) or b"{}")
    return {
        name: Batch(key, {path: FileEntry(*entry) for path, entry in files.items()}, used)
        for name, (key, files, used) in stored.items()
    }


def write_manifest(
    store: Store, site: Path, before: Mapping[str, Batch], batches: Mapping[str, Batch]
) -> None:
    """Note which batches stand in `site` now, unless they are those that did `before`."""
    if batches != before:
        store[manifest_key(site)] = json.dumps(batches).encode()


def manifest_key(site: Path) -> str:
    """Return the key of the manifest of the site in this folder."""
    return fingerprint("manifest", str(site))


def stage(
    folder: Path,
    shells: Shells,
    key: str,
    outputs: Iterable[Page | File],
    unchanged: Mapping[str, FileEntry],
    used: Collection[str] = (),
) -> Batch:
    """Write `outputs` below `folder`, except those that are `unchanged`, and return the batch.

    `used` may grow while the outputs are asked for.
    """
    files: dict[str, FileEntry] = {}
    for path, own_key, content in _contents(shells, outputs):
        entry = unchanged.get(path)
        if entry is None or entry.key != own_key:
            state = write_plainly(f"{folder}/{path}", content())
            entry = FileEntry(own_key, state.st_size, state.st_mtime_ns)
        files[path] = entry
    return Batch(key, files, sorted(used))


def _contents(
    shells: Shells, outputs: Iterable[Page | File]
) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield the path of each output in the site, its key, and what returns its bytes."""
    for output in outputs:
        if isinstance(output, File):
            yield output.address, output.key, output.content
        else:
            shell = shells.shell(output)
            policy = output.policy.title
            facts = (output.address, policy, output.title, output.description, output.contents)
            body = output.body.key if output.body else ""
            more = (output.canonical, output.indexed, output.relations, body)
            key = fingerprint("page", output.article, facts, more, shells.key)
            yield f"{output.address}index.html", key, _filling(shell, output)


def _filling(shell: Shell, page: Page) -> Callable[[], bytes]:
    return lambda: fill(shell, page).encode()
