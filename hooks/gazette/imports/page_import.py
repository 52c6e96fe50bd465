"""Pages in files, or a folder of them, as policies of one version each."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

from gazette.errors import SourceError
from gazette.imports.batch import Batch, ImportedPolicy, Progress, policy_file, version_of
from gazette.imports.draft import Draft, day, draft_of
from gazette.imports.html_page import charset, read_html
from gazette.imports.markdown_file import titled
from gazette.imports.plain_text import is_html, is_markdown, read_text
from gazette.imports.policy_files import MARKDOWN, NOT_TAKEN, is_about_project
from gazette.imports.word_file import is_docx, read_docx
from gazette.model import VersionId
from gazette.text.frontmatter import block_of, normalized, read_metadata
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.slugs import slug_from, unique_slug

HTML = (".html", ".htm", ".xhtml")
SUFFIXES = (*MARKDOWN, *HTML, ".txt", ".text", ".docx")
STANDARD_INPUT = "standard input"
OTHER_FORMS = {
    b"%PDF": "This is a PDF, which keeps letters at places and no text. Import the Word file or "
    "the web page it was made of, or paste its text into a file.",
    b"\xd0\xcf\x11\xe0": "This is an old Word file (.doc). Open it in Word and save it as .docx.",
    b"# v2 git bundle": "This is a git bundle. Unpack it with: git clone FILE FOLDER; "
    "then import FOLDER with --git.",
    b"{\\rtf": "This is a rich text file. Open it in Word and save it as .docx.",
}
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
DATED = re.compile(r"^(?:last[_-]?)?(?:updated|modified|date)[ \t]*:[ \t]*[\"']?([^\"'\n]+)", re.M)


def read_page(
    name: str, data: bytes, today: date, markdown: MarkdownSettings, slug: str = ""
) -> ImportedPolicy:
    """Return the policy made of one file; `name` is its path, `slug` what it is to be called.

    Raises SourceError when the file cannot be read or holds no text.
    """
    try:
        page = _page(name, data, today, markdown)
    except SourceError as error:
        raise SourceError(f"{name}: {error}") from error
    slug = slug or slug_from(page.draft.title) or slug_from(Path(name).stem)
    if not slug:
        raise SourceError(f"{name}: Its title has no letter for an address. Name it with --slug.")
    bytes_ = page.kept or _stamped(page.draft, name)
    return ImportedPolicy(
        slug, name, (version_of(page.draft.version, bytes_),), notes=page.draft.notes
    )


def read_folder(
    folder: Path, today: date, markdown: MarkdownSettings, progress: Progress, only: str | None
) -> Batch:
    """Return the policies made of all pages in a folder and the folders below.

    Raises SourceError with everything that cannot be read.
    """
    paths = [path for path in _paths(folder) if only is None or fnmatch(path, only)]
    skipped = [(path, why) for path in paths if (why := _not_taken(path, only))]
    left_out = {path for path, _ in skipped}
    pages: list[tuple[str, ImportedPolicy]] = []
    faults: list[str] = []
    with progress("Reading the pages", len(paths)) as done:
        for path in paths:
            done()
            if path in left_out:
                continue
            try:
                data = (folder / path).read_bytes()
                pages.append((path, read_page(path, data, today, markdown)))
            except (SourceError, OSError) as error:
                faults.append(str(error))
    if faults:
        raise SourceError("\n".join(faults))
    return Batch(tuple(_apart(pages)), tuple(skipped))


def _paths(folder: Path) -> list[str]:
    """Return every file below the folder, hidden ones left out, in one order everywhere."""
    files = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    shown = (file for file in files if not any(part.startswith((".", "~$")) for part in file.parts))
    return sorted(file.as_posix() for file in shown)


def _not_taken(path: str, only: str | None) -> str:
    file = Path(path)
    if file.suffix.lower() not in SUFFIXES:
        return "no page: a text, Markdown, HTML or Word file is one"
    return NOT_TAKEN if only is None and is_about_project(file.stem) else ""


def _apart(pages: Sequence[tuple[str, ImportedPolicy]]) -> Iterator[ImportedPolicy]:
    """Give pages of one title the names of their files instead."""
    titles = Counter(page.slug for _, page in pages)
    taken = {slug for slug, count in titles.items() if count == 1}
    for path, page in pages:
        if titles[page.slug] > 1:
            by_path = slug_from(path.rpartition(".")[0])
            page = replace(page, slug=unique_slug((by_path, page.slug), taken))
            taken.add(page.slug)
        yield page


@dataclass(frozen=True)
class _Page:
    """A draft, and its bytes where they are a policy already."""

    draft: Draft
    kept: bytes = b""


def _page(name: str, data: bytes, today: date, markdown: MarkdownSettings) -> _Page:
    if not data.strip():
        raise SourceError("It is empty.")
    suffix = Path(name).suffix.lower()
    fallback = re.sub(r"[_-]+", " ", Path(name).stem).strip().capitalize()
    if is_docx(data) or suffix == ".docx":
        parts, title = read_docx(data)
    else:
        text = normalized(_letters(data))
        if suffix in MARKDOWN or (suffix not in HTML and is_markdown(text)):
            return _markdown_page(name, text, fallback, today, markdown)
        is_page = suffix in HTML or is_html(text)
        parts, title = read_html(text) if is_page else (read_text(text), "")
    draft = draft_of(parts, title or fallback, today)
    if draft is None:
        raise SourceError("There is no text in it.")
    return _Page(draft)


def _letters(data: bytes) -> str:
    """Return the letters of a file that is UTF-8, or says that it is something else."""
    for start, sentence in OTHER_FORMS.items():
        if data.startswith(start):
            raise SourceError(sentence)
    named = next((name for mark, name in MARKS.items() if data.startswith(mark)), charset(data))
    try:
        text = data.decode(named or "utf-8")
    except (UnicodeDecodeError, LookupError):
        line = _first_wrong_line(data)
        raise SourceError(
            f"It is not saved as UTF-8: line {line} holds a byte that is no letter there. "
            "Save it again with the encoding UTF-8."
        ) from None
    if "\0" in text:
        raise SourceError("It is no text: it holds zero bytes.")
    return text


def _first_wrong_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def _markdown_page(
    name: str, text: str, fallback: str, today: date, markdown: MarkdownSettings
) -> _Page:
    """Return a Markdown file: as it is when it is a policy already, else its title and its text."""
    metadata, _ = read_metadata(name, text)
    if metadata:
        notes = ("It is a policy already: taken as it is.",)
        return _Page(Draft(metadata.title, metadata.version, "", notes), text.encode())
    title, body = titled(text, fallback, markdown)
    if not body.strip():
        raise SourceError("There is no text in it.")
    found = DATED.search(block_of(text) or "")
    updated = day(found[1].strip()[:10]) or day(found[1]) if found else None
    version = VersionId(updated or today, 1)
    note = f"It names no version: it gets today's, {version}."
    return _Page(Draft(title, version, body, () if updated else (note,)))


def _stamped(draft: Draft, name: str) -> bytes:
    return policy_file(draft.title, draft.version, draft.body, note=f"Imported from {name}")
