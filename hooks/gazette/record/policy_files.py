"""What `docs/policies/` holds now: each policy's file, read strictly, with all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gazette.model import Metadata, Slug, decoded
from gazette.problems import Code, Problem, printable
from gazette.record.archive_lists import Key
from gazette.record.plain_files import check_plain_files
from gazette.settings import Settings
from gazette.text.file_faults import file_fault
from gazette.text.frontmatter import line_of, read_metadata, stated_version
from gazette.text.slugs import (
    is_slug,
    language_of_slug,
    nearest_language,
    original_of,
    slug_below,
    slug_from,
)


@dataclass(frozen=True)
class PolicyFile:
    """The file of one policy as it stands in `docs/`; `metadata` is None where it is wrong."""

    slug: Slug
    path: str
    file: Path
    data: bytes
    metadata: Metadata | None

    @property
    def formerly(self) -> tuple[Slug, ...]:
        """The names that the file says its policy had before."""
        return self.metadata.formerly if self.metadata else ()

    def line_of(self, key: str) -> int:
        """Return the line on which `key` stands in the front matter."""
        return line_of(decoded(self.data), key)

    def problem(self, key: str, code: Code, message: str, hint: str) -> Problem:
        """Return a problem of the line on which `key` stands in the front matter."""
        return Problem(self.path, self.line_of(key), code, message, hint)


def stated_versions(files: Iterable[PolicyFile]) -> set[Key]:
    """Return the versions that the files in `docs/` hold, but those that are wrong."""
    return {(file.slug, file.metadata.version) for file in files if file.metadata}


def read_policy_files(settings: Settings) -> tuple[dict[Slug, PolicyFile], list[Problem]]:
    """Read every policy that stands in `docs/`; return them by slug, and what is wrong.

    Raises PolicyError, before any is read, where `docs/` or `versions/` hold what is no plain file.
    """
    check_plain_files(settings)
    files: dict[Slug, PolicyFile] = {}
    problems: list[Problem] = []
    for file in sorted(settings.policies.rglob("*.md")):
        if file.is_dir():
            continue
        path = settings.relative(file)
        name = file.relative_to(settings.policies).as_posix()
        slug = slug_below(name, "")
        data, wrong = _bytes(path, file)
        metadata = None
        if slug is None:
            problems += wrong or _misplaced(path, language_of_slug(name), data)
            continue
        if not wrong:
            metadata, wrong = _metadata(path, data)
            wrong = [*_no_slug(path, slug), *wrong]
        files[slug] = PolicyFile(slug, path, file, data, metadata)
        problems += wrong
    return files, problems


def _bytes(path: str, file: Path) -> tuple[bytes, list[Problem]]:
    try:
        return file.read_bytes(), []
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        return b"", [Problem(path, 0, Code.ENCODING, message, "Make it readable.")]


def _metadata(path: str, data: bytes) -> tuple[Metadata | None, list[Problem]]:
    if fault := file_fault(path, data):
        return None, [fault]
    return read_metadata(path, data.decode("utf-8"))


def _misplaced(path: str, folder: str, data: bytes) -> list[Problem]:
    """Find a policy in a folder of no language; pages without a version may stand there."""
    if stated_version(decoded(data)) is None:
        return []
    message = (
        f"A policy stands in docs/policies/{printable(folder)}/, where readers never find it: "
        "folders here hold translations, and this is no tag of a language."
    )
    tag = nearest_language(folder)
    meant = f"Call the folder {tag}" if tag else "Call the folder de, pt-BR or the like"
    hint = f"Move the file up into docs/policies/. Is it a translation? {meant}."
    return [Problem(path, 0, Code.SLUG, message, hint)]


def _no_slug(path: str, slug: Slug) -> list[Problem]:
    if is_slug(slug):
        return []
    name = original_of(slug)
    message = f"The file name `{printable(name)}.md` cannot become an address."
    fitting = slug_from(name) or "privacy-policy"
    hint = f"Use small letters, digits and single hyphens only: rename it to {fitting}.md."
    return [Problem(path, 0, Code.SLUG, message, hint)]
