"""The archive: `versions/`, written once. It knows nothing of git.

versions/SLUG/VERSION.md      the exact bytes of a version that `docs/` no longer holds
versions/SLUG/VERSION/PATH    a file that its text shows or links, as it stood at PATH in `docs/`
versions/SLUG/DAY.retired     that the policy left `docs/` on that day, and what it went on as
versions/SLUG/DAY.returned    that `docs/` went back to an earlier version on that day
versions/SLUG/SHA256SUMS      the digest of each of these files; what it lists never changes
versions/SLUG/COMPLETE        the version up to which nothing of the policy is missing here
versions/SLUG/READINGS        how the text of every published version was read
versions/SLUG/SECTIONS        the permanent IDs of the sections of every published version

The SLUG of a translation is a folder in that of its language: versions/de/privacy-policy/.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from gazette.errors import ArchiveError
from gazette.files import clear_parts, sole_writer, write_together, write_whole
from gazette.model import Attachment, Digest, Slug, VersionId, digest_of
from gazette.problems import Problem
from gazette.record.archive_lists import (
    Key,
    changed_lists,
    damage,
    is_list,
    read_complete,
    read_sums,
    sums_of,
)
from gazette.record.readings import Readings, read_readings
from gazette.record.returns import NAME as RETURNED_NAME
from gazette.record.returns import ReturnFile, read_return
from gazette.record.section_record import Lines, read_sections
from gazette.text.slugs import archived_parts, is_slug

WRITERS = 16  # files written at once: each waits for the disk, not for the processor
RETIRED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.retired")
RETIRED_TEXT = re.compile(
    r"retired: (?P<day>\S+)\nlast version: (?P<last>\S+)\n(?:continued as: (?P<new>\S+)\n)?"
)

FileVisitor = Callable[[str, Digest, bytes], None]
"""Takes the path, the digest and the bytes of a file."""


@dataclass(frozen=True)
class Retirement:
    """That a policy left `docs/` on a day: what it held last, and the name it went on under."""

    slug: Slug
    day: date
    last: VersionId
    continued_as: Slug | None = None

    @property
    def undated(self) -> tuple[Slug, VersionId, Slug | None]:
        """All but its day: rewriting a history gives its commits other days."""
        return self.slug, self.last, self.continued_as

    @property
    def path(self) -> str:
        """Where the archive keeps it."""
        return f"{self.slug}/{self.day}.retired"

    @property
    def data(self) -> bytes:
        """What stands in the archive."""
        went_on = f"continued as: {self.continued_as}\n" if self.continued_as else ""
        return f"retired: {self.day}\nlast version: {self.last}\n{went_on}".encode()


class KeptFile(NamedTuple):
    """The text of a version in the archive; or the file beside it that stood at `attached`."""

    slug: Slug
    version: VersionId
    attached: str


@dataclass(frozen=True)
class Addition:
    """A file the archive has yet to take in; `path` is relative to it."""

    path: str
    sha256: Digest
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Unarchived:
    """What a build may write: the files, and up to where the archive is complete with them."""

    files: tuple[Addition, ...]
    complete: Mapping[Slug, VersionId]


@dataclass(frozen=True)
class Archive:
    """What the archive holds: digests by path, and what they are the digests of.

    `attachments` are by the version's own path, `readings` and the lines of `sections` by the
    folder and the version.
    `unlisted` are files without a digest in a list: a build was stopped, the list was lost, or
    someone put them there.
    """

    folder: Path
    sums: Mapping[str, Digest]
    texts: Mapping[Key, str]
    retirements: tuple[Retirement, ...]
    returns: tuple[ReturnFile, ...]
    complete: Mapping[Slug, VersionId]
    unlisted: Mapping[str, Digest]
    attachments: Mapping[str, tuple[Attachment, ...]]
    readings: Readings
    sections: Lines

    def read(self, path: str) -> bytes:
        """Return the exact bytes of the file at `path`."""
        return (self.folder / path).read_bytes()


def text_path(slug: Slug, version: VersionId) -> str:
    """Return where the archive keeps the text of a version."""
    return f"{slug}/{version}.md"


def attachment_path(text: str, path: str) -> str:
    """Return where the archive keeps what the text at `text` shows of the file at `path`."""
    return f"{text.removesuffix('.md')}/{path}"


def read_archive(folder: Path, visit: FileVisitor = lambda path, digest, data: None) -> Archive:
    """Read the archive and verify every file against its digest, whatever was known before.

    `visit` is called with every file as it is read. Raises ArchiveError with everything that is
    damaged.
    """
    sums, problems = read_sums(folder)
    complete, unread = read_complete(folder)
    readings, illegible = read_readings(folder)
    sections, unlike = read_sections(folder)
    digests = dict(_digests(folder, visit))
    problems += [_lost(path) for path in sums if path not in digests]
    problems += [
        _altered(path, sums[path], digest)
        for path, digest in digests.items()
        if sums.get(path, digest) != digest
    ]
    texts, retirements, returns = {}, [], []
    attachments: dict[str, tuple[Attachment, ...]] = defaultdict(tuple)
    for path in digests:
        match _record(folder, path):
            case None:
                problems.append(_stranger(path))
            case _ if path not in sums:
                pass
            case Retirement() as retirement:
                retirements.append(retirement)
            case ReturnFile() as own_return:
                returns.append(own_return)
            case KeptFile(slug, version, ""):
                texts[slug, version] = path
            case KeptFile(slug, version, attached):
                attachment = Attachment(attached, digests[path], (folder / path).read_bytes)
                attachments[text_path(slug, version)] += (attachment,)
    if damaged := [*problems, *unread, *illegible, *unlike]:
        raise ArchiveError(damaged)
    retirements.sort(key=lambda retirement: (retirement.day, retirement.slug))
    unlisted = {path: digest for path, digest in digests.items() if path not in sums}
    returns.sort(key=lambda entry: (entry.order, entry.slug))
    events = tuple(retirements), tuple(returns)
    held = sums, texts, *events, complete, unlisted, attachments
    return Archive(folder, *held, readings, sections)


def write_files(folder: Path, files: Iterable[Addition]) -> None:
    """Write files into a `folder` like the archive, each whole or not at all; record nothing."""
    with ThreadPoolExecutor(WRITERS) as pool:
        # The first failure stops those that are not begun yet.
        for _ in pool.map(lambda file: write_whole(folder / file.path, file.read()), files):
            pass


def freeze(
    folder: Path, unarchived: Unarchived, records: Mapping[Path, bytes] | None = None
) -> list[str]:
    """Write what is new, each file whole or not at all, the digests last; return the paths.

    With the digests go `records` of these texts, whole lists by file.

    When writing fails, the files that are not listed yet are taken away again. Raises ArchiveError
    before anything is written when a file of other bytes stands in the way.
    """
    with sole_writer(folder):
        clear_parts(folder)
        sums, lacking = with_additions(folder, unarchived.files)
        try:
            write_files(folder, lacking)
            write_together(changed_lists(folder, sums, unarchived.complete, records or {}))
        except BaseException:
            _take_back(folder, lacking)
            raise
    return [file.path for file in lacking]


def with_additions(
    folder: Path, files: Sequence[Addition]
) -> tuple[dict[str, Digest], list[Addition]]:
    """Return the digests of all that is archived with these files, and those that `folder` lacks.

    Raises ArchiveError when a file of other bytes stands in the way.
    """
    sums, problems = read_sums(folder)
    present = {file.path: _digest(folder / file.path) for file in files}
    for file in files:
        held = {digest for digest in (sums.get(file.path), present[file.path]) if digest}
        problems += [_altered(file.path, digest, file.sha256) for digest in held - {file.sha256}]
    if problems:
        raise ArchiveError(problems)
    sums |= {file.path: file.sha256 for file in files}
    return sums, [file for file in files if present[file.path] is None]


def _take_back(folder: Path, files: Iterable[Addition]) -> None:
    """Delete the files that were written but are not listed."""
    listed, _ = read_sums(folder)
    for file in files:
        if file.path not in listed:
            (folder / file.path).unlink(missing_ok=True)


def _digest(file: Path) -> Digest | None:
    return digest_of(file.read_bytes()) if file.is_file() else None


def _digests(folder: Path, visit: FileVisitor) -> Iterator[tuple[str, Digest]]:
    """Yield every file in the folders of the policies with its digest, by path."""
    for path in sorted(_files(str(folder), "")):
        if "/" in path and not is_list(path):
            with open(f"{folder}/{path}", "rb") as file:
                data = file.read()
            digest = digest_of(data)
            visit(path, digest, data)
            yield path, digest


def _files(folder: str, below: str) -> Iterator[str]:
    """Yield the paths of all files in a folder, however deep, but hidden ones."""
    if not os.path.isdir(folder):
        return
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(entry.path, f"{below}{entry.name}/")
        elif not entry.name.startswith(".") and entry.is_file():
            yield f"{below}{entry.name}"


def _record(folder: Path, path: str) -> Retirement | ReturnFile | KeptFile | None:
    """Return what the file at `path` is, None where no build writes any like it."""
    read = _reader_of_event(path)
    return read((folder / path).read_bytes()) if read else kept_file(path)


def _reader_of_event(path: str) -> Callable[[bytes], Retirement | ReturnFile | None] | None:
    """Return what reads a file that says a policy left `docs/` or went back; None for others."""
    slug, name = archived_parts(path)
    if not is_slug(slug):
        return None
    if RETIRED_NAME.fullmatch(name):
        return partial(_read_retirement, slug)
    return partial(read_return, slug, name) if RETURNED_NAME.fullmatch(name) else None


def _read_retirement(slug: Slug, data: bytes) -> Retirement | None:
    stated = RETIRED_TEXT.fullmatch(data.decode("utf-8", "replace"))
    if not stated:
        return None
    new = Slug(stated["new"]) if stated["new"] else None
    try:
        day, last = date.fromisoformat(stated["day"]), VersionId.parse(stated["last"])
    except ValueError:
        return None
    return Retirement(slug, day, last, new)


def kept_file(path: str) -> KeptFile | None:
    """Return the text that a file of this path would be, or be kept beside; None for others."""
    slug, name = archived_parts(path)
    version, _, attached = name.partition("/")
    if not is_slug(slug) or not (attached or version.endswith(".md")):
        return None
    try:
        id_ = VersionId.parse(version if attached else version.removesuffix(".md"))
    except ValueError:
        return None
    return KeptFile(slug, id_, attached)


def is_archived(path: str) -> bool:
    """Tell whether a file of this path would be a version, a file beside one, or an event."""
    hidden = any(part.startswith(".") for part in archived_parts(path)[1].split("/"))
    is_kept = kept_file(path) is not None and not hidden
    return is_kept or _reader_of_event(path) is not None


def _lost(path: str) -> Problem:
    hint = f"Bring it back: git checkout HEAD -- versions/{path}"
    return damage(path, "This file is gone, but a list of digests names it.", hint)


def _altered(path: str, archived: str, present: str) -> Problem:
    message = (
        f"The file is not what was archived. Archived: sha256 {archived}. "
        f"Here now: sha256 {present}."
    )
    hint = f"Archived texts never change; bring it back: git checkout HEAD -- versions/{path}"
    return damage(path, message, hint)


def _stranger(path: str) -> Problem:
    hint = (
        f"Take it out, and its line in versions/{sums_of(path)} if it has one: only a build writes "
        "here."
    )
    return damage(path, "This is no version, retirement or return, as a build writes them.", hint)
