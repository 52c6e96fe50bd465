"""The lists of the archive: the digest of every file, and up to where it is complete.

Each policy has its own, so that two proposals write no file in common. Lists for all policies at
once, at the top of the archive, are read as well; what they hold is not written again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from gazette.model import Digest, Slug, VersionId
from gazette.problems import Code, Problem
from gazette.text.slugs import archived_parts, is_slug

Key = tuple[Slug, VersionId]
"""The folder of the archive and the version that a line is about."""
Entry = TypeVar("Entry")

SUMS = "SHA256SUMS"
COMPLETE = "COMPLETE"
READINGS = "READINGS"
SECTIONS = "SECTIONS"
LISTS = frozenset({SUMS, COMPLETE, READINGS, SECTIONS})
SUMS_LINE = re.compile(r"([0-9a-f]{64}) [ *](?:\./)?(\S.*)")


def damage(path: str, message: str, hint: str, line: int = 0) -> Problem:
    """Return the problem of the file at `path` in the archive."""
    return Problem(f"versions/{path}", line, Code.ARCHIVE, message, hint)


def is_list(path: str) -> bool:
    """Tell whether the file at `path` in the archive is a list, of one policy or of all."""
    folder, _, name = path.rpartition("/")
    return name in LISTS and ("/" not in folder or is_slug(folder))


def sums_of(path: str) -> str:
    """Return where the digest of the archived file at `path` is to be listed."""
    return f"{archived_parts(path)[0]}/{SUMS}"


def sums_line(path: str, digest: Digest) -> str:
    """Return the line of that list for an archived file."""
    return f"{digest}  {archived_parts(path)[1]}"


def read_sums(folder: Path) -> tuple[dict[str, Digest], list[Problem]]:
    """Return the digests by path, and what is wrong with their lists."""
    sums: dict[str, Digest] = {}
    problems = []
    for list_path, start in _lists(folder, SUMS):
        for number, line in enumerate(_lines(folder / list_path), 1):
            match = SUMS_LINE.fullmatch(line)
            if not match:
                message = "No build wrote this line: it is not a digest and the path of a file."
                problems.append(damage(list_path, message, _restore(list_path), number))
                continue
            path, digest = f"{start}{match[2]}", Digest(match[1])
            if not is_list(path) and sums.setdefault(path, digest) != digest:
                message = f"{path} has two digests, {sums[path]} and {digest}."
                hint = "Keep the line that fits the file."
                problems.append(damage(list_path, message, hint, number))
    return sums, problems


def read_complete(folder: Path) -> tuple[dict[Slug, VersionId], list[Problem]]:
    """Return, by policy, the version before which nothing is missing; and what is wrong."""
    complete: dict[Slug, VersionId] = {}
    problems = []
    for list_path, start in _lists(folder, COMPLETE):
        for number, line in enumerate(_lines(folder / list_path), 1):
            slug, _, text = f"{start.rstrip('/')} {line}".strip().partition(" ")
            try:
                version = VersionId.parse(text)
            except ValueError:
                message = "No build wrote this line: it is no version."
                problems.append(damage(list_path, message, _restore(list_path), number))
                continue
            complete[Slug(slug)] = max(version, complete.get(Slug(slug), version))
    return complete, problems


def held_lists(folder: Path, name: str) -> dict[str, bytes]:
    """Return the lists of this name in `folder` by the policy's folder."""
    paths = _paths_of_lists(folder, name)
    return {archived_parts(path)[0]: (folder / path).read_bytes() for path in paths}


def parsed_lines(
    name: str,
    lists: Mapping[str, bytes],
    parse: Callable[[str], tuple[VersionId, Entry]],
    message: str,
) -> tuple[dict[Key, tuple[Entry, ...]], list[Problem]]:
    """Return what the lines of lists of this name say of versions, and the lines that say nothing.

    `lists` are by folder; `parse` raises ValueError for a line that is then reported
    with `message`.
    """
    entries: dict[Key, tuple[Entry, ...]] = defaultdict(tuple)
    problems = []
    for slug, data in lists.items():
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            try:
                version, entry = parse(line)
            except ValueError:
                path = f"{slug}/{name}"
                problems.append(damage(path, message, _restore(path), number))
                continue
            if is_slug(slug):
                entries[Slug(slug), version] += (entry,)
    return dict(entries), problems


def lists_with(folder: Path, name: str, lines: Mapping[Slug, Iterable[str]]) -> dict[Path, bytes]:
    """Return the lists of this name in `folder` that get `lines`, as they are then, by file."""
    lists: dict[Path, bytes] = {}
    for slug, added in sorted(lines.items()):
        file = folder / slug / name
        present = file.read_text("utf-8").splitlines() if file.is_file() else []
        lists[file] = "".join(f"{line}\n" for line in sorted({*present, *added})).encode()
    return lists


def changed_lists(
    folder: Path,
    sums: Mapping[str, Digest],
    complete: Mapping[Slug, VersionId],
    records: Mapping[Path, bytes],
) -> dict[Path, bytes]:
    """Return the lists in `folder`, sorted, that become others, by file.

    `records` are whole lists by file. What the lists of all policies hold stays there.
    """
    lines: dict[str, list[str]] = defaultdict(list)
    listed = _listed_for_all(folder)
    for path, digest in sorted(sums.items()):
        if path not in listed:
            lines[sums_of(path)].append(f"{sums_line(path, digest)}\n")
    for slug, version in sorted(complete.items()):
        if f"{slug} {version}" not in listed:
            lines[f"{slug}/{COMPLETE}"].append(f"{version}\n")
    files = {folder / path: "".join(content).encode() for path, content in lines.items()}
    files.update(records)
    return {file: data for file, data in files.items() if _bytes(file) != data}


def _lists(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """Yield the path of each list of this name, and what stands before the names in it."""
    yield name, ""
    for path in _paths_of_lists(folder, name):
        yield path, path.removesuffix(name)


def _paths_of_lists(folder: Path, name: str) -> list[str]:
    """Return the paths of the lists of this name, one of each policy, that `folder` holds."""
    files = (file for pattern in (f"*/{name}", f"*/*/{name}") for file in folder.glob(pattern))
    return sorted(filter(is_list, (file.relative_to(folder).as_posix() for file in files)))


def _listed_for_all(folder: Path) -> set[str]:
    """Return the paths, and the versions of policies, in the lists of all policies."""
    matches = map(SUMS_LINE.fullmatch, _lines(folder / SUMS))
    return {match[2] for match in matches if match} | {*_lines(folder / COMPLETE)}


def _restore(path: str) -> str:
    return f"Bring the file back as it was: git checkout HEAD -- versions/{path}"


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _lines(file: Path) -> list[str]:
    if not file.exists():
        return []
    return file.read_bytes().decode("utf-8", "replace").splitlines()
