"""Attachments: the images and other files that the text of a version shows or links.

They are archived with it, below a folder of its name: a file in `docs/` may be replaced or deleted,
what readers of an earlier version saw stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.model import Attachment, Digest, decoded, digest_of
from gazette.record.history import History
from gazette.text import links
from gazette.text.frontmatter import body_of
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.own_addresses import OwnSite, own_files

if TYPE_CHECKING:
    from gazette.text.rendering import Renderer

_ELSEWHERE = r"(?:[A-Za-z][A-Za-z0-9+.-]*:|[#/])"
_PAGE = r"[\w./%-]*\.md(?:[#?][^\s()]*)?"
INLINE = re.compile(
    rf"\]\((?!\s*+(?:{_ELSEWHERE}|<[A-Za-z][A-Za-z0-9+.-]*:[^<>\n]*>\s*\)|{_PAGE}\s*\)))"
)
DEFINED = re.compile(rf"\]:(?![ \t]*+<*+(?:{_ELSEWHERE}|{_PAGE}(?:\s|\Z)))")
IN_TAG = re.compile(rf"(?:src|href)(?!=[\"']?{_ELSEWHERE})", re.I)
"""What every link to a file is written with; few texts have it, so few need be rendered.

They may find what is no link, as in code, but overlook none: the text as it is rendered decides.
"""
DROPPED = "\x02\x03\ufdd0\ufdd1"
"""Letters that rendering takes out of a text before it looks for links."""


@dataclass(frozen=True)
class Attachments:
    """Finds the attachments of texts: in git, as they were, or else in `docs/`."""

    docs: Path
    history: History | None

    def of(self, paths: Iterable[str], revision: str) -> tuple[Attachment, ...]:
        """Return the files that a text shows or links, as they were when `revision` carried it.

        What git never knew is taken from `docs/`; what stands nowhere is left out.
        """
        contents = ((path, self._read(path, revision)) for path in paths)
        return tuple(
            Attachment(path, digest_of(data), partial(bytes, data))
            for path, data in contents
            if data is not None
        )

    def standing(self, paths: Iterable[str]) -> dict[str, Digest]:
        """Return the digests of those files that stand in `docs/`, by path."""
        files = {path: self.docs / path for path in paths}
        return {path: digest_of(file.read_bytes()) for path, file in files.items() if isfile(file)}

    def _read(self, path: str, revision: str) -> bytes | None:
        file = self.docs / path
        if self.history:
            is_linked = file.resolve() != self.docs.resolve() / path
            read = self.history.read_linked_file if is_linked else self.history.read_file
            data = read(revision, path)
            if data is not None or read("HEAD", path) is not None:
                return data
        return file.read_bytes() if isfile(file) else None


def digests_of(attachments: Iterable[Attachment]) -> dict[str, Digest]:
    """Return the digests of attachments by their paths below `docs/`."""
    return {attachment.path: attachment.sha256 for attachment in attachments}


def linked_files(paths: Iterable[str], slug: str) -> tuple[str, ...]:
    """Return the paths below `docs/` of files that a text of the policy `slug` shows or links.

    `paths` lead there from its folder, those with a slash before them from `docs/`; no pages are
    among them.
    """
    folder = links.folder_of_slug(slug)
    files = {links.below_docs(folder, path).lstrip("/") for path in paths}
    return tuple(sorted(filter(can_be_kept, files)))


class LinkedPaths:
    """Finds what texts show or link; what texts share is rendered once.

    The full address of a file of the `site` itself counts as well.
    """

    def __init__(self, markdown: MarkdownSettings, site: OwnSite | None) -> None:
        self._markdown = markdown
        self._site = site

    def __call__(self, text: bytes) -> tuple[str, ...]:
        """Return the paths, from its own folder, of all that a text shows or links.

        A path that a full address names leads from `docs/` and begins with a slash.
        """
        body = body_of(decoded(text))
        for letter in DROPPED:
            body = body.replace(letter, "")
        if not self._may_name(body):
            return ()
        from gazette.text.rendering import assemble  # few texts need it

        # Then each bracket may lead there.
        is_named = self._names_site(body) or DEFINED.search(body) is not None
        pieces = self._renderer.pieces(
            body, lambda text: (is_named and "[" in text) or self._may_name(text)
        )
        html, _ = assemble(pieces)
        files_of_site = own_files(html, self._site) if self._site else ()
        paths = {*links.paths(html), *(f"/{path}" for _, path in files_of_site)}
        return tuple(sorted(path for path in paths if not path.endswith(".md")))

    def _may_name(self, body: str) -> bool:
        return _may_name(body) or self._names_site(body)

    def _names_site(self, body: str) -> bool:
        return self._site is not None and self._site.is_named_in(body)

    @cached_property
    def _renderer(self) -> Renderer:
        from gazette.text.rendering import Renderer

        return Renderer(self._markdown)


def _may_name(body: str) -> bool:
    letters = body.lower()
    return bool(
        INLINE.search(body)
        or DEFINED.search(body)
        or (("src" in letters or "href" in letters) and IN_TAG.search(body))
    )


def can_be_kept(path: str) -> bool:
    """Tell whether the archive takes a file of this name in: no page, nothing outside or hidden."""
    hidden = any(part.startswith(".") for part in path.split("/"))
    is_page = path.endswith(".md") or path == "index.html"
    return not hidden and not is_page and path.isprintable() and "\\" not in path
