"""What `docs/policies/` holds now: each policy's file, read strictly, with all that is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from gazette.model import SLUG_PATTERN, Metadata, decoded
from gazette.problems import Code, Problem
from gazette.settings import Settings
from gazette.text.frontmatter import line_of, read_metadata, stated_version


@dataclass(frozen=True)
class PolicyFile:
    """The file of one policy as it stands in `docs/`; `metadata` is None where it is wrong."""

    slug: str
    path: str
    file: Path
    data: bytes
    metadata: Metadata | None

    @property
    def formerly(self) -> tuple[str, ...]:
        """The names that the file says its policy had before."""
        return self.metadata.formerly if self.metadata else ()

    def line_of(self, key: str) -> int:
        """Return the line on which `key` stands in the front matter."""
        return line_of(decoded(self.data), key)


def read_policy_files(settings: Settings) -> tuple[dict[str, PolicyFile], list[Problem]]:
    """Read every policy that stands in `docs/`; return them by slug, and what is wrong."""
    found: dict[str, PolicyFile] = {}
    problems: list[Problem] = []
    for file in sorted(settings.policies.rglob("*.md")):
        if file.is_dir():
            continue
        path = settings.relative(file)
        data, wrong = _bytes(path, file)
        if file.parent != settings.policies:
            problems += wrong or _misplaced(path, data)
        elif wrong:
            found[file.stem] = PolicyFile(file.stem, path, file, data, None)
            problems += wrong
        else:
            found[file.stem], wrong = _read_one(path, file, data)
            problems += wrong
    return found, problems


def _bytes(path: str, file: Path) -> tuple[bytes, list[Problem]]:
    try:
        return file.read_bytes(), []
    except OSError as error:
        said = f"The file cannot be read: {error.strerror}."
        hint = "Make it readable, or put a file in the place of a link that leads nowhere."
        return b"", [Problem(path, 0, Code.ENCODING, said, hint)]


def _read_one(path: str, file: Path, data: bytes) -> tuple[PolicyFile, list[Problem]]:
    problems = _slug(path, file.stem)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(_encoding(path, data, error))
        return PolicyFile(file.stem, path, file, data, None), problems
    metadata, wrong = read_metadata(path, text)
    return PolicyFile(file.stem, path, file, data, metadata), problems + wrong


def _misplaced(path: str, data: bytes) -> list[Problem]:
    """Find a policy in a folder below; pages without a version may stand there."""
    if stated_version(decoded(data)) is None:
        return []
    said = "A policy stands in a folder below docs/policies/, where readers never find it."
    hint = "Move the file up into docs/policies/."
    return [Problem(path, 0, Code.SLUG, said, hint)]


def _slug(path: str, slug: str) -> list[Problem]:
    if re.fullmatch(SLUG_PATTERN, slug):
        return []
    said = f"The file name `{slug}.md` cannot become an address."
    fitting = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-") or "privacy-policy"
    hint = f"Use small letters, digits and single hyphens only: rename it to {fitting}.md."
    return [Problem(path, 0, Code.SLUG, said, hint)]


def _encoding(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    line = data.count(b"\n", 0, error.start) + 1
    letter = data[error.start : error.start + 1].decode("windows-1252", "replace")
    said = f"The file is not saved as UTF-8: this line holds a byte that was meant as {letter!r}."
    hint = "Save the file again with the encoding UTF-8."
    return Problem(path, line, Code.ENCODING, said, hint)
