"""Bringing an existing help center in: gather what it holds, plan every file, then write."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from gazette.errors import SourceError
from gazette.imports.batch import Batch, ImportedPolicy, Progress
from gazette.imports.git_history import read_import
from gazette.imports.page_import import STANDARD_INPUT, read_folder, read_page
from gazette.model import VersionId
from gazette.record.archive import (
    Addition,
    Archive,
    Retirement,
    Unarchived,
    freeze,
    read_archive,
    text_path,
)
from gazette.record.archive_lists import SUMS
from gazette.settings import Settings


@dataclass(frozen=True)
class Request:
    """What is to be brought in: a file or folder, or the bytes of standard input."""

    source: Path | bytes
    slug: str = ""
    with_history: bool = False
    only: str | None = None


@dataclass(frozen=True)
class Plan:
    """Every file an import makes: those in `docs/policies/`, and those the archive takes in."""

    policies: Mapping[Path, bytes]
    unarchived: Unarchived


def gather(center: Settings, request: Request, today: date, progress: Progress) -> Batch:
    """Read the source; write nothing. Raises SourceError with everything that cannot be read."""
    source, markdown = request.source, center.markdown
    if isinstance(source, bytes):
        return Batch((read_page(STANDARD_INPUT, source, today, markdown, request.slug),))
    if request.with_history:
        batch = read_import(source, markdown, progress, request.only)
    elif source.is_dir():
        batch = read_folder(source, today, markdown, progress, request.only)
    else:
        batch = Batch((read_page(source.name, _bytes(source), today, markdown, request.slug),))
    if not batch.imports:
        raise SourceError(f"{source} holds nothing that looks like a policy.")
    return batch


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SourceError(f"{file} cannot be read: {error.strerror}.") from error


def plan(center: Settings, batch: Batch, *, force: bool) -> Plan:
    """Plan every file; raises SourceError with everything that stands in the way.

    With `force` a policy in `docs/` is replaced. What is archived never is.
    """
    archive = read_archive(center.versions)
    obstacles = [
        said for one in batch.imports for said in _obstacles(center, archive, one, force=force)
    ]
    if obstacles:
        raise SourceError("\n".join(obstacles))
    policies: dict[Path, bytes] = {}
    additions: list[Addition] = []
    for one in batch.imports:
        file, data = _file(center, one), one.newest.read()
        if one.retired is None and not (file.exists() and file.read_bytes() == data):
            policies[file] = data
        additions += _additions(one)
    complete = {**archive.complete, **{one.slug: one.newest.version for one in batch.imports}}
    return Plan(policies, Unarchived(tuple(additions), complete))


def _file(center: Settings, one: ImportedPolicy) -> Path:
    return center.policies / f"{one.slug}.md"


def _additions(one: ImportedPolicy) -> Iterator[Addition]:
    """Yield what the archive takes in: every text that does not stand in `docs/` afterwards."""
    archived = one.texts if one.retired else one.texts[:-1]
    for text in archived:
        yield Addition(text_path(one.slug, text.version), text.sha256, text.read)
    if one.retired:
        record = Retirement(one.slug, one.retired, one.newest.version)
        yield Addition(record.path, sha256(record.data).hexdigest(), lambda: record.data)


def _obstacles(
    center: Settings, archive: Archive, one: ImportedPolicy, *, force: bool
) -> Iterator[str]:
    """Yield what stands in the way of a policy."""
    file = _file(center, one)
    if one.retired and file.exists():
        yield (
            f"{one.source} was removed on {one.retired}, but {center.relative(file)} stands here. "
            "Rename that file, or leave the source's out with --only."
        )
    elif file.exists() and file.read_bytes() != one.newest.read() and not force:
        yield (
            f"{center.relative(file)} stands there already. "
            "Give the policy another name with --slug, or replace the file with --force."
        )
    brought = {text.version: text.sha256 for text in one.texts}
    held = {version: path for (slug, version), path in archive.texts.items() if slug == one.slug}
    for version, path in sorted(held.items()):
        if version in brought and archive.sums[path] != brought[version]:
            yield (
                f"versions/{path} is archived with other words. An archived version never changes: "
                "give the policy another name with --slug, or the text another version."
            )
    yield from _order(one.slug, sorted(brought), [each for each in held if each not in brought])


def _order(slug: str, brought: list[VersionId], held: list[VersionId]) -> Iterator[str]:
    if held and max(held) > brought[-1]:
        yield (
            f"versions/{slug}/ holds {max(held)}, which is newer than {brought[-1]}. "
            "Versions never run backwards: name the day it is posted in the text."
        )


def write(center: Settings, planned: Plan) -> list[str]:
    """Write what was planned, all of it or nothing; return the paths.

    The new policies are written beside their places first, then the archive, then put in place.
    """
    added = [center.versions / one.path for one in planned.unarchived.files]
    fresh = [file for file in added if not file.exists()]
    parts: dict[Path, Path] = {}
    try:
        for file, data in planned.policies.items():
            parts[file] = _part(file, data)
        frozen = freeze(center.versions, planned.unarchived)
    except BaseException:
        _undo(center.versions, fresh, parts.values())
        raise
    for file, part in parts.items():
        os.replace(part, file)
    return [*map(center.relative, parts), *(f"versions/{path}" for path in frozen)]


def _part(file: Path, data: bytes) -> Path:
    """Write a file beside its place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=file.parent)
    with os.fdopen(handle, "wb") as part:
        part.write(data)
    os.chmod(name, 0o644)
    return Path(name)


def _undo(versions: Path, fresh: Iterable[Path], parts: Iterable[Path]) -> None:
    """Take away what was written before something failed; what the archive lists stays."""
    sums = versions / SUMS
    listed = sums.read_text("utf-8") if sums.is_file() else ""
    for file in parts:
        file.unlink(missing_ok=True)
    for file in fresh:
        if f"  {file.relative_to(versions).as_posix()}\n" not in listed:
            file.unlink(missing_ok=True)
