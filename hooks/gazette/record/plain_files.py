"""Whether what is published lies in the project: no link leads out, nothing is read without end."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from gazette.errors import PolicyError
from gazette.files import entries_below
from gazette.problems import Code, Problem, printable
from gazette.settings import Settings
from gazette.text.file_faults import ESCAPED

MAX_FOLDERS = 40
"""How many folders a file may lie inside of; the host goes through them one inside the other."""
HINT = "Put a plain file in its place, or take it out."


def check_plain_files(settings: Settings) -> None:
    """Raise PolicyError with everything in `docs/` and `versions/` that is not to be read.

    Links and devices are found by their entries in folders, without opening any of them.
    """
    problems = [
        Problem(printable(settings.relative(Path(path))), 0, Code.PLAIN_FILE, message, HINT)
        for path, message in _not_to_be_read(settings)
    ]
    if problems:
        raise PolicyError(sorted(problems, key=lambda problem: problem.path))


def _not_to_be_read(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each path that is not to be read, with the reason as a message."""
    project = settings.project.resolve()
    for folder in (settings.docs, settings.versions):
        if folder.is_symlink():
            yield str(folder), "The folder is a link: git keeps where it leads, not what it holds."
            continue
        depth = len(folder.parts) + MAX_FOLDERS
        for entry in entries_below(folder):
            path = Path(entry.path)
            if ESCAPED.search(entry.name):
                yield entry.path, "The name is not written in UTF-8: no address can be made of it."
            elif entry.is_symlink():
                holds_texts = path.is_relative_to(settings.policies) or folder != settings.docs
                if reason := _wrong_link(path, project, holds_texts=holds_texts):
                    yield entry.path, reason
            elif entry.name == ".git" and path.parent not in (folder, settings.policies):
                yield str(path.parent), "This is a submodule: git keeps where its files come from."
            elif not entry.is_file() and not entry.is_dir():
                yield entry.path, "This is no file: it is a device, a pipe or a socket."
            elif len(path.parts) > depth:
                yield entry.path, f"This lies more than {MAX_FOLDERS} folders deep."


def _wrong_link(link: Path, project: Path, *, holds_texts: bool) -> str:
    """Return what is wrong with a link, an empty text where it may be followed.

    A link to a plain file or folder of the project may be, but none where texts and archived files
    stand: git would keep the name of its target instead of what readers saw.
    """
    try:
        target = Path(os.path.realpath(link, strict=True))
        mode = target.stat().st_mode
    except OSError as error:
        return f"This link leads to nothing that can be read: {error.strerror}."
    if not target.is_relative_to(project):
        return f"This link leads out of the project, to {target}."
    name = target.relative_to(project)
    if any(part.startswith(".") for part in name.parts):
        return f"This link leads to {name}, which is hidden from readers."
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return "This link leads to a device, a pipe or a socket."
    if holds_texts:
        return f"This is a link to {name}: git keeps that name, not what readers see."
    if stat.S_ISDIR(mode) and (link.parent.resolve().is_relative_to(target) or _has_links(target)):
        return f"This link leads to {name}, a folder with links in it: it has no end."
    return ""


def _has_links(folder: Path) -> bool:
    return any(
        not entry.is_file(follow_symlinks=False) and not entry.is_dir(follow_symlinks=False)
        for entry in entries_below(folder)
    )
