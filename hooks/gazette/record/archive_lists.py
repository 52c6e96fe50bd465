"""The two lists of the archive: the digest of every file, and up to where it is complete."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from gazette.files import staged
from gazette.model import Digest, Slug, VersionId
from gazette.problems import Code, Problem

SUMS = "SHA256SUMS"
COMPLETE = "COMPLETE"
SUMS_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")
RESTORE_ALL = "Bring the file back as it was: git checkout HEAD -- versions"


def damage(path: str, message: str, hint: str, line: int = 0) -> Problem:
    """Return the problem of the file at `path` in the archive."""
    return Problem(f"versions/{path}", line, Code.ARCHIVE, message, hint)


def read_sums(folder: Path) -> tuple[dict[str, Digest], list[Problem]]:
    """Return the digests by path, and what is wrong with their list."""
    sums: dict[str, Digest] = {}
    problems = []
    for number, line in enumerate(_lines(folder / SUMS), 1):
        match = SUMS_LINE.fullmatch(line)
        if not match:
            message = "This line is not a digest and a path."
            problems.append(damage(SUMS, message, RESTORE_ALL, number))
        elif sums.setdefault(match[2], Digest(match[1])) != match[1]:
            message = f"{match[2]} has two digests, {sums[match[2]]} and {match[1]}."
            problems.append(damage(SUMS, message, "Keep the line that fits the file.", number))
    return sums, problems


def read_complete(folder: Path) -> tuple[dict[Slug, VersionId], list[Problem]]:
    """Return, by policy, the version before which nothing is missing; and what is wrong."""
    complete: dict[Slug, VersionId] = {}
    problems = []
    for number, line in enumerate(_lines(folder / COMPLETE), 1):
        slug, _, text = line.partition(" ")
        try:
            version = VersionId.parse(text)
        except ValueError:
            message = "This is no policy and version."
            problems.append(damage(COMPLETE, message, RESTORE_ALL, number))
            continue
        complete[Slug(slug)] = max(version, complete.get(Slug(slug), version))
    return complete, problems


def write_lists(
    folder: Path, sums: Mapping[str, Digest], complete: Mapping[Slug, VersionId]
) -> None:
    """Put both lists in place, sorted, where they changed; when one cannot be written, neither."""
    lists = {
        SUMS: [f"{digest}  {path}\n" for path, digest in sorted(sums.items())],
        COMPLETE: [f"{slug} {version}\n" for slug, version in sorted(complete.items())],
    }
    files = {folder / name: "".join(lines).encode() for name, lines in lists.items() if lines}
    with staged({file: data for file, data in files.items() if _bytes(file) != data}):
        pass


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _lines(file: Path) -> list[str]:
    if not file.is_file():
        return []
    return file.read_bytes().decode("utf-8", "replace").splitlines()
