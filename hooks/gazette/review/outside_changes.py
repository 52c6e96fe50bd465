"""What a proposal changes for readers besides the texts of policies, in plain words."""

from __future__ import annotations

import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from gazette.files import entries_below
from gazette.model import BlobId, decoded
from gazette.record.archive import is_archived, kept_file, text_path
from gazette.record.archive_lists import READINGS, SECTIONS, Key, is_list
from gazette.record.base_commit import BaseCommit
from gazette.record.changed_files import FileChange, changed_files
from gazette.record.git_texts import blob_id_of
from gazette.record.readings import parse_readings
from gazette.record.section_record import parse_sections
from gazette.settings import Settings
from gazette.text.frontmatter import stated_version
from gazette.text.slugs import archived_parts, slug_below


@dataclass(frozen=True)
class OutsideChange:
    """Files of one kind that a proposal changes: what the kind is, and what it can do."""

    name: str
    effect: str
    files: Mapping[str, FileChange]


@dataclass(frozen=True)
class _Kind:
    """Files in `folders`, files with one of the `names`, files at the top that fit a pattern."""

    name: str
    effect: str
    folders: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Tell whether the file at `path` is of this kind."""
        name = path.rpartition("/")[2]
        at_top = "/" not in path and not path.startswith(".")
        return (
            path.startswith(self.folders)
            or name in self.names
            or (at_top and any(fnmatchcase(path, pattern) for pattern in self.patterns))
        )


SETTINGS = _Kind(
    "The settings of the site",
    "they decide what every page shows, what is left out, and which code runs",
    patterns=("*.yml", "*.yaml"),
)
THEME = _Kind(
    "The theme", "it makes every page, may hide or alter words, and says what pages run and load"
)
CODE = _Kind(
    "Code of the site",
    "it makes every page, and can publish anything",
    folders=("hooks/",),
    patterns=("*.py",),
)
WORKFLOWS = _Kind(
    "Workflows",
    "they check what is proposed, and publish it",
    folders=(".github/", ".ci/", ".gitlab/", ".circleci/", "../.github/", "../.gitlab/"),
    names=(".gitlab-ci.yml", "Makefile", "netlify.toml", "vercel.json", ".readthedocs.yaml"),
)
PACKAGES = _Kind(
    "Packages",
    "their code makes every page, and can publish anything",
    names=("MANIFEST.in", "pyproject.toml", "setup.cfg", "package.json", "uv.lock", "poetry.lock"),
    patterns=("*requirements*.txt",),
)
ARCHIVE = _Kind(
    "The archive", "it holds the versions that readers are shown as published", ("versions/",)
)
PAGES = _Kind("Other pages", "readers find them beside the policies")
FILES = _Kind(
    "Files of pages", "pages show them, link them, or are laid out by them, which may hide words"
)
ATTRIBUTES = _Kind(
    "How git keeps files",
    "the same text may be read otherwise",
    names=(".gitattributes", ".gitmodules", ".lfsconfig"),
)
OTHERS = _Kind("Other files", "a plugin or a hook may publish them")
KINDS = (SETTINGS, CODE, WORKFLOWS, PACKAGES, ARCHIVE, ATTRIBUTES)
"""Kinds that are known by where a file lies; a file is of the first that fits."""
ORDER = (SETTINGS, THEME, CODE, WORKFLOWS, PACKAGES, ARCHIVE, PAGES, FILES, ATTRIBUTES, OTHERS)
"""All kinds, the most far-reaching first."""
QUIET_FOLDERS = ("tests/", ".vscode/", ".github/ISSUE_TEMPLATE/")
QUIET_FILES = frozenset(
    {
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "versions/README.md",
        ".gitignore",
        ".pre-commit-config.yaml",
        ".pre-commit-hooks.yaml",
    }
)
"""Nothing of these reaches readers, unless a link in `docs/`, or the settings, lead there."""
PARSERS: Mapping[str, Callable[[Mapping[str, bytes]], tuple[Mapping[Key, object], object]]] = {
    READINGS: parse_readings,
    SECTIONS: parse_sections,
}
"""What reads the lists that say something of each version."""
_NAME = re.compile(r"[^\s'\"\[\]{},:]+")
"""A part of a file of settings that may be a path."""


def _kind_of(path: str, docs: str, themes: Sequence[str]) -> _Kind:
    """Return the kind of a file, the most far-reaching that fits.

    `docs` is the folder of the pages, `themes` are those of the theme.
    """
    if path.startswith((*themes, "hooks/gazette/theme/")):
        return THEME
    if path.startswith(docs):
        return PAGES if path.endswith(".md") else FILES
    fitting = (kind for kind in KINDS if kind.holds(path))
    return next(fitting, OTHERS)


def _theme_folders(settings: Settings) -> list[str]:
    """Return the folders of the theme, as those of changed files are named."""
    project = settings.project.resolve()
    folders = (folder.resolve() for folder in settings.theme_folders)
    return [f"{Path(os.path.relpath(folder, project)).as_posix()}/" for folder in folders]


def outside_changes(settings: Settings, base: BaseCommit) -> list[OutsideChange]:
    """Return what a proposal changes outside the texts of policies, the most far-reaching first."""
    docs, themes = f"{settings.relative(settings.docs)}/", _theme_folders(settings)
    files: dict[_Kind, dict[str, FileChange]] = {kind: {} for kind in ORDER}
    for path, change in _relevant(settings, base).items():
        files[_kind_of(path, docs, themes)][path] = change
    return [
        OutsideChange(kind.name, kind.effect, changes) for kind, changes in files.items() if changes
    ]


def _relevant(settings: Settings, base: BaseCommit) -> dict[str, FileChange]:
    """Return the changed files but texts of policies and what never reaches readers."""
    policies = f"{settings.relative(settings.policies)}/"
    targets = (*_link_targets(settings), *_theme_folders(settings))
    named = _named_in_settings(settings)
    may_take_in = not settings.markdown.reads_text_alone
    changes = changed_files(settings, base)
    released = _released(settings, base, changes)
    return {
        path: change
        for path, change in changes.items()
        if slug_below(path, policies) is None
        and path not in released
        and (
            not _is_quiet(path, may_take_in=may_take_in)
            or path.startswith(targets)
            or not named.isdisjoint((path, *map(str, PurePosixPath(path).parents)))
        )
    }


def _is_quiet(path: str, *, may_take_in: bool) -> bool:
    """Tell whether no reader gets anything of a file, unless something leads there.

    Where extensions `may_take_in` files, those of the project may be meant.
    """
    if path.startswith("../"):
        return not any(kind.holds(path) for kind in KINDS)
    return not may_take_in and (path in QUIET_FILES or path.startswith(QUIET_FOLDERS))


def _named_in_settings(settings: Settings) -> set[str]:
    """Return the files and folders that the settings name: hooks, themes, what plugins take in."""
    files = (file for pattern in SETTINGS.patterns for file in settings.project.glob(pattern))
    names = (name for file in files for name in _NAME.findall(decoded(file.read_bytes())))
    return {posixpath.normpath(name) for name in names} - {".", ".."}


def _link_targets(settings: Settings) -> Iterator[str]:
    """Yield what links in `docs/` lead to within the project."""
    project = settings.project.resolve()
    for entry in entries_below(settings.docs):
        target = Path(os.path.realpath(entry.path))
        if entry.is_symlink() and target.is_relative_to(project):
            yield target.relative_to(project).as_posix()


def _released(settings: Settings, base: BaseCommit, changes: Mapping[str, FileChange]) -> set[str]:
    """Return new files of the archive that hold exactly what the base published, and their lists.

    A release writes them: the text that it supersedes, and what that text shows.
    """
    docs = settings.relative(settings.docs)
    added = dict(_added_to_archive(settings, changes))
    exact = {path for path, blob_id in added.items() if _is_superseded(path, blob_id, base)}
    for path, blob_id in added.items():
        kept = kept_file(path.removeprefix("versions/"))
        text = f"versions/{text_path(kept.slug, kept.version)}" if kept else ""
        if kept and text in exact and base.ids.get(f"{docs}/{kept.attached}") == blob_id:
            exact.add(path)
    lists = _lists_of(exact, changes)
    return exact.union(path for path in lists if _is_of_these(exact, settings, base, path))


def _added_to_archive(
    settings: Settings, changes: Mapping[str, FileChange]
) -> Iterator[tuple[str, BlobId]]:
    """Yield the new files of the archive but its lists, with git's names for them."""
    for path, change in changes.items():
        folder, _, archived = path.partition("/")
        if change is FileChange.ADDED and folder == "versions" and is_archived(archived):
            file = settings.project / path
            if file.is_file() and not file.is_symlink():
                yield path, blob_id_of(file.read_bytes())


def _lists_of(exact: Set[str], changes: Iterable[str]) -> Iterator[str]:
    """Yield the lists of policies of which nothing else changes in the archive."""
    by_folder: dict[str, set[str]] = defaultdict(set)
    for path in changes:
        folder, _, archived = path.partition("/")
        by_folder[f"{folder}/{archived_parts(archived)[0]}"].add(path)
    for paths in by_folder.values():
        lists = set(filter(_is_list_of_archive, paths))
        if paths > lists and paths - lists <= exact:
            yield from lists


def _is_of_these(exact: Set[str], settings: Settings, base: BaseCommit, path: str) -> bool:
    """Tell whether the list at `path` gets lines of the texts at these paths alone.

    A digest and a claim that the archive is complete are compared with what is there.
    """
    folder, name = archived_parts(path.partition("/")[2])
    if name not in PARSERS or not (settings.project / path).is_file():
        return True
    old = base.read(path).splitlines() if path in base.ids else []
    added = set((settings.project / path).read_bytes().splitlines()).difference(old)
    versions, _ = PARSERS[name]({folder: b"\n".join(sorted(added))})
    return all(f"versions/{text_path(*key)}" in exact for key in versions)


def _is_superseded(path: str, blob_id: str, base: BaseCommit) -> bool:
    """Tell whether a new file of the archive is a text of the base, under the version it states."""
    return any(
        f"{stated_version(decoded(base.read(policy)))}.md" == path.rpartition("/")[2]
        for policy in base.policies.values()
        if base.ids[policy] == blob_id
    )


def _is_list_of_archive(path: str) -> bool:
    folder, _, name = path.partition("/")
    return folder == "versions" and is_list(name)
