"""What lies in `docs/` beside the policies: of types that only show, at addresses that are free.

The host publishes every file of `docs/`, and pages and files of its own win over those that a
plugin or a theme brings. So no file may stand where the record of a policy is published.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gazette.model import decoded
from gazette.problems import Code, Problem
from gazette.record.attachments import can_be_kept
from gazette.settings import Settings
from gazette.site.addresses import RESERVED_IN_POLICY, RESERVED_NAMES, translation_page
from gazette.site.svg_files import MAX_BYTES, svg_fault
from gazette.text import links
from gazette.text.file_faults import file_fault
from gazette.text.frontmatter import bound_problems
from gazette.text.slugs import slug_below

TEXTS = {".md", ".txt", ".csv", ".css", ".vtt"}
DOCUMENTS = {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp"}
IMAGES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico"}
OTHERS = {".rtf", ".zip", ".mp3", ".mp4", ".webm", ".ogg", ".woff", ".woff2"}
ALLOWED_TYPES = frozenset(TEXTS | DOCUMENTS | IMAGES | OTHERS)
"""Endings of the names of files that a browser shows or saves; none of them runs or redirects."""
ALLOWED_NAMES = frozenset({"CNAME"})
"""Files without an ending that hosts of static sites ask for, at the top of `docs/`."""
TYPE_HINT = (
    "Take it out of docs/. A text is a .md file, anything to download a .pdf, .docx or the like."
)
NAME_HINT = "Give it another name, and link that: fee-schedule.pdf."
DRAWING_HINT = (
    "Save it as plain SVG, without scripts, links and fonts from elsewhere; or as a .png file."
)
ADDRESS_HINT = "Take it out of docs/, or give it another name: only a build fills this address."


def docs_problems(settings: Settings) -> list[Problem]:
    """Return what is wrong with the files that stand in `docs/` now, but for texts of policies."""
    paths = sorted(
        file.relative_to(settings.docs).as_posix()
        for file in settings.docs.rglob("*")
        if file.is_file()
    )
    theme_files = [
        path
        for path in paths
        if any((folder / path).is_file() for folder in settings.theme_folders)
    ]
    return [
        *path_problems(paths, theme_files),
        *_drawing_problems(settings.docs, paths),
        *_text_problems(settings.docs, paths),
    ]


def _text_problems(docs: Path, paths: Iterable[str]) -> Iterator[Problem]:
    """Yield why the host could not read a page, but for policies, which are read elsewhere."""
    for path in paths:
        is_policy = slug_below(path, f"{links.FOLDER}/") is not None
        if path.endswith(".md") and not is_policy and not _is_hidden(path):
            data = (docs / path).read_bytes()
            fault = file_fault(f"docs/{path}", data)
            yield from [fault] if fault else bound_problems(f"docs/{path}", decoded(data))


def _drawing_problems(docs: Path, paths: Iterable[str]) -> Iterator[Problem]:
    for path in paths:
        if path.casefold().endswith(".svg") and not _is_hidden(path):
            with (docs / path).open("rb") as file:
                fault = svg_fault(file.read(MAX_BYTES + 1))
            if fault:
                yield Problem(f"docs/{path}", 0, Code.FILE_TYPE, fault, DRAWING_HINT)


def destination(path: str) -> str:
    """Return the file of the site that the host makes of the file at `path` below `docs/`."""
    stem = path.removesuffix(".md")
    if stem == path:
        return path
    if page := translation_page(path):
        return page
    folder, name = posixpath.split(stem)
    return posixpath.join(folder, "" if name in {"index", "README"} else name, "index.html")


def path_problems(paths: Iterable[str], theme_files: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield what is wrong with files of `docs/`, given by their paths below it.

    `theme_files` are those of them that the theme publishes, too. Hidden files are no matter: the
    host leaves them out.
    """
    shown = [path for path in paths if not _is_hidden(path)]
    for path in shown:
        if not _is_allowed_type(path):
            message = "Only texts, images and documents may stand in docs/: this may run or lead on"
            yield Problem(f"docs/{path}", 0, Code.FILE_TYPE, f"{message}.", TYPE_HINT)
        elif not path.endswith(".md") and not can_be_kept(path):
            message = "The archive cannot keep a file whose name has unusual blanks, hidden letters"
            yield Problem(f"docs/{path}", 0, Code.SLUG, f"{message} or backslashes.", NAME_HINT)
    yield from address_problems({path: destination(path) for path in shown})
    for path in sorted(theme_files):
        message = "The theme has a file of this name, which this one would replace on every page."
        yield Problem(f"docs/{path}", 0, Code.RESERVED_ADDRESS, message, ADDRESS_HINT)


def address_problems(destinations: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the files that the host would put where only the engine publishes.

    `destinations` maps their paths below `docs/` to files of the site.
    """
    pages = {path: translation_page(path).casefold() for path in destinations}
    taken = {page for page in pages.values() if page}
    for path, target in sorted((path, file.casefold()) for path, file in destinations.items()):
        is_own = target == pages[path]
        if not is_own and (target in taken or _is_reserved(path, target)):
            address = destinations[path].removesuffix("index.html")
            message = (
                f"It would be published at /{address}, where readers find the record of a policy."
            )
            yield Problem(f"docs/{path}", 0, Code.RESERVED_ADDRESS, message, ADDRESS_HINT)


def _is_reserved(path: str, target: str) -> bool:
    parts = target.split("/")
    if parts[0] in RESERVED_NAMES:
        return True
    if links.FOLDER not in parts[:2]:  # a translation's folder may stand before it
        return False
    below = parts[parts.index(links.FOLDER) + 1 :]
    if not below or below[0] in RESERVED_NAMES:
        return bool(below)
    is_home = below[1:] == ["index.html"] and posixpath.dirname(path) != posixpath.dirname(
        posixpath.dirname(target)
    )
    return is_home or (len(below) > 1 and below[1] in RESERVED_IN_POLICY)


def _is_allowed_type(path: str) -> bool:
    ending = posixpath.splitext(path)[1]
    is_page = ending.casefold() == ".md"
    return path in ALLOWED_NAMES or (
        ending == ".md" if is_page else ending.casefold() in ALLOWED_TYPES
    )


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))
