"""Links of an imported text that lead nowhere in the help center: listed, and let pass once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from gazette.imports.batch import Batch, ImportedPolicy, ImportedVersion, imported_version
from gazette.imports.images import ASSETS
from gazette.imports.omissions import Omission, quoted
from gazette.model import Slug, decoded
from gazette.text.frontmatter import body_of, first_line_of
from gazette.text.links import FOLDER, folder_of_slug, target_of
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.markdown_source import MarkdownLink, links_of
from gazette.text.reader import read_document
from gazette.text.slugs import slug_at
from gazette.text.suppressions import LINKS, suppression_line

MADE = re.compile(r"\A---\n# (?:Imported|Reconstructed) from [^\n]*\n")
"""How a text begins that an import wrote; one that is a policy already stays as it is."""
NAME = re.compile(r"""\s(?:id|name)=["']([^"']+)["']""")
REASON = "they lead to nothing in this help center"


class DeadLink(NamedTuple):
    """A link that leads nowhere: its line in the text, its words, where it was to lead."""

    line: int
    words: str
    target: str


@dataclass(frozen=True)
class _HelpCenter:
    """What links can lead to once a batch is brought in: files in `docs/`, and its policies."""

    docs: Path
    markdown: MarkdownSettings
    policies: Mapping[Slug, ImportedPolicy]
    images: frozenset[str]

    @cached_property
    def _names(self) -> dict[Slug, frozenset[str]]:
        return {}

    def exists(self, path: str) -> bool:
        """Tell whether a path below `docs/` is that of a file or of a policy that comes."""
        is_policy = self._policy(path) is not None
        return is_policy or path in self.images or (self.docs / path).is_file()

    def names(self, path: str) -> frozenset[str] | None:
        """Return the names that links to a policy can lead to, None for another file."""
        policy = self._policy(path)
        if policy is None:
            return None
        if policy.slug not in self._names:
            body = body_of(decoded(policy.newest.read()))
            html = read_document(body, self.markdown).html
            self._names[policy.slug] = frozenset(NAME.findall(html))
        return self._names[policy.slug]

    def _policy(self, path: str) -> ImportedPolicy | None:
        is_page = path.startswith(f"{FOLDER}/") and path.endswith(".md")
        return self.policies.get(slug_at(path)) if is_page else None


def allow_dead_links(batch: Batch, docs: Path, markdown: MarkdownSettings) -> Batch:
    """Return a batch whose newest texts let their dead links pass, listed as left out."""
    standing = {policy.slug: policy for policy in batch.policies if policy.retired is None}
    images = (f"{ASSETS}/{name}" for policy in batch.policies for name in policy.images)
    center = _HelpCenter(docs, markdown, standing, frozenset(images))
    policies = (
        _allowed(policy, center) if policy.retired is None else policy for policy in batch.policies
    )
    return replace(batch, policies=tuple(policies))


def _allowed(policy: ImportedPolicy, center: _HelpCenter) -> ImportedPolicy:
    text = decoded(policy.newest.read())
    head = MADE.match(text)
    links = list(_dead_links(text, policy.slug, center)) if head else []
    if not head or not links:
        return policy
    lines = sorted({link.line + 1 for link in links})  # one comes in above the text
    line = suppression_line(LINKS, policy.newest.version, lines, REASON)
    newest = imported_version(policy.newest.version, partial(_with_line, policy.newest, line))
    omissions = (_omission(policy.slug, link) for link in links)
    return replace(
        policy,
        versions=(*policy.versions[:-1], newest),
        left_out=(*policy.left_out, *omissions),
    )


def _with_line(version: ImportedVersion, line: str) -> bytes:
    """Return the text of a version with a line of front matter behind the first remark."""
    text = decoded(version.read())
    head = MADE.match(text)
    end = head.end() if head else 0
    return f"{text[:end]}{line}\n{text[end:]}".encode()


def _omission(slug: Slug, link: DeadLink) -> Omission:
    place = f"Line {link.line + 1} of {slug}.md"
    reason = "It leads to nothing in this help center: readers see its words."
    return Omission(place, f"The link of {quoted(link.words)} to {link.target}", reason)


def _dead_links(text: str, slug: Slug, center: _HelpCenter) -> Iterator[DeadLink]:
    body = body_of(text)
    first_line = first_line_of(text, body)
    for link in links_of(body):
        if _is_dead(link, slug, center):
            line = first_line + body.count("\n", 0, link.target_start)
            yield DeadLink(line, body[link.start : link.end], link.target)


def _is_dead(link: MarkdownLink, slug: Slug, center: _HelpCenter) -> bool:
    try:
        parts = urlsplit(link.target)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return False
    if parts.path.startswith("/"):
        return True
    path = target_of(link.target, folder_of_slug(slug)) if parts.path else f"{FOLDER}/{slug}.md"
    if path is None or not center.exists(path):
        return path is not None
    names = center.names(path) if parts.fragment else None
    return names is not None and unquote(parts.fragment) not in names
