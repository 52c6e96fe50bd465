"""The archive: `versions/`, written once. It knows nothing of git.

versions/SLUG/VERSION.md      the exact bytes of a version that `docs/` no longer holds
versions/SLUG/VERSION/PATH    a file that its text shows or links, as it stood at PATH in `docs/`
versions/SLUG/DAY.retired     that the policy left `docs/` on that day, and what it went on as
versions/SHA256SUMS           the digest of each of these files; what it lists never changes
versions/COMPLETE             for each policy, the version up to which nothing is missing here
"""

from __future__ import annotations

import os
import re
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from gazette.errors import ArchiveError
from gazette.model import SLUG_PATTERN, Attachment, VersionId

WRITERS = 16
SUMS = "SHA256SUMS"
COMPLETE = "COMPLETE"
SUMS_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")
RETIRED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.retired")
RETIRED_TEXT = re.compile(
    r"retired: (?P<day>\S+)\nlast version: (?P<last>\S+)\n(?:continued as: (?P<new>\S+)\n)?"
)


Notice = Callable[[str, str, bytes], None]
"""Takes the path, the digest and the bytes of a file."""


@dataclass(frozen=True)
class Retirement:
    """That a policy left `docs/` on a day: what it held last, and the name it went on under."""

    slug: str
    day: date
    last: VersionId
    continued_as: str | None = None

    @property
    def path(self) -> str:
        """Where the archive keeps it."""
        return f"{self.slug}/{self.day}.retired"

    @property
    def data(self) -> bytes:
        """What stands in the archive."""
        went_on = f"continued as: {self.continued_as}\n" if self.continued_as else ""
        return f"retired: {self.day}\nlast version: {self.last}\n{went_on}".encode()


@dataclass(frozen=True)
class Addition:
    """A file the archive has yet to take in; `path` is relative to it."""

    path: str
    sha256: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Unarchived:
    """What a build may write: the files, and up to where the archive is complete with them."""

    files: tuple[Addition, ...]
    complete: Mapping[str, VersionId]


@dataclass(frozen=True)
class Archive:
    """What the archive holds: digests by path, and what they are the digests of.

    `attachments` are by the version's own path.
    `unlisted` are files without a line in SHA256SUMS: a build was stopped, or someone put them
    there.
    """

    folder: Path
    sums: Mapping[str, str]
    texts: Mapping[tuple[str, VersionId], str]
    retirements: tuple[Retirement, ...]
    complete: Mapping[str, VersionId]
    unlisted: Mapping[str, str]
    attachments: Mapping[str, tuple[Attachment, ...]]

    def read(self, path: str) -> bytes:
        """Return the exact bytes of the file at `path`."""
        return (self.folder / path).read_bytes()


def text_path(slug: str, version: VersionId) -> str:
    """Return where the archive keeps the text of a version."""
    return f"{slug}/{version}.md"


def attachment_path(text: str, path: str) -> str:
    """Return where the archive keeps what the text at `text` shows of the file at `path`."""
    return f"{text.removesuffix('.md')}/{path}"


def read_archive(folder: Path, notice: Notice = lambda path, digest, data: None) -> Archive:
    """Read the archive and verify every file against its digest, whatever was known before.

    `notice` is told of every file as it is read.

    Raises ArchiveError with everything that is damaged.
    """
    sums, faults = _read_sums(folder / SUMS)
    found = dict(_digests(folder, notice))
    faults += [_lost(path) for path in sums if path not in found]
    faults += [
        _altered(path, sums[path], digest)
        for path, digest in found.items()
        if sums.get(path, digest) != digest
    ]
    listed = {path: digest for path, digest in found.items() if path in sums}
    texts, retirements = {}, []
    attachments: dict[str, tuple[Attachment, ...]] = {}
    for path, digest in listed.items():
        record = _record(folder, path)
        if isinstance(record, Retirement):
            retirements.append(record)
        elif isinstance(record, str):
            kept = Attachment(record, digest, (folder / path).read_bytes)
            text = f"{path.removesuffix('/' + record)}.md"
            attachments[text] = (*attachments.get(text, ()), kept)
        elif record:
            texts[record] = path
        else:
            faults.append(_stranger(path))
    complete, unread = _read_complete(folder / COMPLETE)
    if faults + unread:
        raise ArchiveError("\n".join(faults + unread))
    retirements.sort(key=lambda one: (one.day, one.slug))
    unlisted = {path: digest for path, digest in found.items() if path not in sums}
    return Archive(folder, sums, texts, tuple(retirements), complete, unlisted, attachments)


def freeze(folder: Path, unarchived: Unarchived) -> list[str]:
    """Write what is new, each file whole or not at all, the digests last; return the paths.

    Raises ArchiveError before anything is written when a file of other bytes stands in the way.
    """
    sums, faults = _read_sums(folder / SUMS)
    here = {one.path: _digest(folder / one.path) for one in unarchived.files}
    for one in unarchived.files:
        held = {digest for digest in (sums.get(one.path), here[one.path]) if digest}
        faults += [_altered(one.path, digest, one.sha256) for digest in held - {one.sha256}]
    if faults:
        raise ArchiveError("\n".join(faults))
    lacking = [one for one in unarchived.files if here[one.path] is None]
    _write_all(folder, lacking)
    sums |= {one.path: one.sha256 for one in unarchived.files}
    _write_lines(folder / SUMS, (f"{sums[path]}  {path}" for path in sorted(sums)))
    complete = sorted(unarchived.complete.items())
    _write_lines(folder / COMPLETE, (f"{slug} {version}" for slug, version in complete))
    return [one.path for one in lacking]


def _write_all(folder: Path, files: Iterable[Addition]) -> None:
    """Write files while others wait for the disk; a failure stops those that are not begun yet."""
    running: deque[Future[None]] = deque()
    with ThreadPoolExecutor(WRITERS) as pool:
        for one in files:
            if len(running) == WRITERS:
                running.popleft().result()
            running.append(pool.submit(_write, folder / one.path, one.read()))
        for writing in running:
            writing.result()


def _write_lines(file: Path, lines: Iterable[str]) -> None:
    """Put a list in place, unless it stands there already; without lines there is no file."""
    data = "".join(f"{line}\n" for line in lines).encode()
    if data and (not file.is_file() or file.read_bytes() != data):
        _write(file, data)


def _digest(file: Path) -> str | None:
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else None


def _write(file: Path, data: bytes) -> None:
    """Put a whole file in place: who looks sees the old one or the new one, never a part."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        os.chmod(name, 0o644)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


def _digests(folder: Path, notice: Notice) -> Iterator[tuple[str, str]]:
    """Yield every file in the folders of the policies with its digest, by path."""
    for path in sorted(_files(folder, "")):
        if "/" in path:
            data = (folder / path).read_bytes()
            digest = sha256(data).hexdigest()
            notice(path, digest, data)
            yield path, digest


def _files(folder: Path, below: str) -> Iterator[str]:
    """Yield the paths of all files in a folder, however deep, but hidden ones."""
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(folder / entry.name, f"{below}{entry.name}/")
        elif not entry.name.startswith(".") and entry.is_file():
            yield f"{below}{entry.name}"


def _record(folder: Path, path: str) -> Retirement | tuple[str, VersionId] | str | None:
    """Tell what a file is by its path: a retirement, a version, the path of an attachment."""
    slug, _, name = path.partition("/")
    version, _, attached = name.partition("/")
    if not re.fullmatch(SLUG_PATTERN, slug):
        return None
    try:
        if attached:
            return attached if VersionId.parse(version) else None
        if RETIRED_NAME.fullmatch(name):
            return _read_retirement(slug, (folder / path).read_bytes())
        return (slug, VersionId.parse(name.removesuffix(".md"))) if name.endswith(".md") else None
    except ValueError:
        return None


def _read_retirement(slug: str, data: bytes) -> Retirement | None:
    stated = RETIRED_TEXT.fullmatch(data.decode("utf-8", "replace"))
    if not stated:
        return None
    day, last = date.fromisoformat(stated["day"]), VersionId.parse(stated["last"])
    return Retirement(slug, day, last, stated["new"])


def _read_sums(file: Path) -> tuple[dict[str, str], list[str]]:
    sums: dict[str, str] = {}
    faults: list[str] = []
    for number, line in enumerate(_lines(file), 1):
        match = SUMS_LINE.fullmatch(line)
        if not match:
            faults.append(f"versions/{SUMS}:{number}: This line is not a digest and a path. {MEND}")
        elif sums.setdefault(match[2], match[1]) != match[1]:
            faults.append(
                f"versions/{SUMS}:{number}: {match[2]} has two digests, {sums[match[2]]} and "
                f"{match[1]}. Keep the line that fits the file."
            )
    return sums, faults


def _read_complete(file: Path) -> tuple[dict[str, VersionId], list[str]]:
    complete: dict[str, VersionId] = {}
    faults: list[str] = []
    for number, line in enumerate(_lines(file), 1):
        slug, _, version = line.partition(" ")
        try:
            stated = VersionId.parse(version)
        except ValueError:
            faults.append(f"versions/{COMPLETE}:{number}: This is no policy and version. {MEND}")
            continue
        complete[slug] = max(stated, complete.get(slug, stated))
    return complete, faults


def _lines(file: Path) -> list[str]:
    if not file.is_file():
        return []
    return file.read_bytes().decode("utf-8", "replace").splitlines()


MEND = "Bring the file back as it was: git checkout HEAD -- versions"


def _lost(path: str) -> str:
    return (
        f"versions/{path}: This file is gone, but versions/{SUMS} lists it. "
        f"Bring it back: git checkout HEAD -- versions/{path}"
    )


def _altered(path: str, stated: str, found: str) -> str:
    return (
        f"versions/{path}: The file is not what was archived. "
        f"Archived: sha256 {stated}. Here now: sha256 {found}. "
        f"Archived texts never change; bring it back: git checkout HEAD -- versions/{path}"
    )


def _stranger(path: str) -> str:
    return (
        f"versions/{path}: This is no version and no retirement. "
        "Delete it, and its line in versions/SHA256SUMS: only a build writes here."
    )
