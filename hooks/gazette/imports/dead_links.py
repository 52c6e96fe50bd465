"""Links of an imported text that lead nowhere in the help center: listed, and let pass once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from os.path import isfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from gazette.imports.batch import (
    Batch,
    ImportedPolicy,
    ImportedVersion,
    Progress,
    without_progress,
)
from gazette.imports.images import ASSETS
from gazette.imports.omissions import Omission, counted, newest_place, quoted
from gazette.imports.workers import MIN_TEXTS, PolicyJob, note_text, results
from gazette.model import Slug, decoded, digest_of
from gazette.text.frontmatter import body_of, first_line_of
from gazette.text.links import FOLDER, folder_of_slug, target_of
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.markdown_source import links_of
from gazette.text.reader import read_document
from gazette.text.slugs import slug_at
from gazette.text.suppressions import LINKS, suppression_line

MADE = re.compile(r"\A---\n# (?:Imported|Reconstructed) from [^\n]*\n")
"""How a text begins that an import wrote; one that is a policy already stays as it is."""
_NAME = re.compile(r"""\s(?:id|name)=["']([^"']+)["']""")
_TAG = re.compile(r"<a\b[^<>]*>", re.I)
REASON = "they lead to nothing in this help center"
_LEFT_OUT = (
    "This help center has nothing there: readers see the words alone. The remark at the top of the "
    "text names every line."
)


class DeadLink(NamedTuple):
    """A link that leads nowhere: its line in the text, its words, where it was to lead."""

    line: int
    words: str
    target: str


def links_in(body: str, names: frozenset[str]) -> frozenset[str]:
    """Return where links in a text lead inside its site, but to `names` in the text itself."""
    targets = {link.target for link in links_of(body)}
    return frozenset(target for target in targets if _is_local(target, names))


def names_in(page: str) -> frozenset[str]:
    """Return the names that links to a place of a page can have."""
    return frozenset(_NAME.findall(page))


def _is_local(target: str, names: frozenset[str]) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return False
    return bool(parts.path or (parts.fragment and unquote(parts.fragment) not in names))


@dataclass(frozen=True)
class _HelpCenter:
    """What links can lead to once a batch is brought in: files in `docs/`, and its policies."""

    docs: Path
    markdown: MarkdownSettings
    policies: Mapping[Slug, ImportedPolicy]
    images: frozenset[str]
    _names: dict[Slug, frozenset[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def is_dead(self, target: str, slug: Slug, *, is_present: bool) -> bool:
        """Tell whether a link in a version of the policy of this `slug` leads nowhere.

        One in a text in force leads to texts in force; others may lead to policies that were
        retired, and to sections of earlier versions.
        """
        parts = urlsplit(target)
        path = target_of(target, folder_of_slug(slug)) if parts.path else None
        if path is None:  # it begins at the top of a server, or is a name that its text lacks
            return True
        policy = self._policy(path)
        if policy is None or (is_present and policy.retired):
            return path not in self.images and not isfile(self.docs / path)
        name = unquote(parts.fragment)
        is_kept = not is_present and name in policy.anchors
        return name != "" and not is_kept and name not in self._names_of(policy)

    def dead_in(self, policy: ImportedPolicy) -> list[frozenset[str]]:
        """Return where the dead links of each version of a policy lead."""
        return [
            frozenset(
                target
                for target in self._links_of(version)
                if self.is_dead(target, policy.slug, is_present=_is_present(policy, version))
            )
            for version in policy.versions
        ]

    def _links_of(self, version: ImportedVersion) -> frozenset[str]:
        """Return the links in a version that may lead nowhere."""
        if version.links is not None:
            return version.links
        body = body_of(decoded(version.read()))
        return links_in(body, names_in(read_document(body, self.markdown).html))

    def _names_of(self, policy: ImportedPolicy) -> frozenset[str]:
        """Return the names in the text of a policy that is shown."""
        if policy.slug not in self._names:
            body = body_of(decoded(policy.newest.read()))
            self._names[policy.slug] = names_in(read_document(body, self.markdown).html)
        return self._names[policy.slug]

    def _policy(self, path: str) -> ImportedPolicy | None:
        is_page = path.startswith(f"{FOLDER}/") and path.endswith(".md")
        return self.policies.get(slug_at(path)) if is_page else None


def allow_dead_links(
    batch: Batch, docs: Path, markdown: MarkdownSettings, progress: Progress = without_progress
) -> Batch:
    """Return a batch whose texts let their dead links pass, listed as left out."""
    policies = {policy.slug: policy for policy in batch.policies}
    images = (f"{ASSETS}/{name}" for policy in batch.policies for name in policy.images)
    center = _HelpCenter(docs, markdown, policies, frozenset(images))
    dead = {policy.slug: center.dead_in(policy) for policy in batch.policies}
    jobs = [
        PolicyJob((policy, dead[policy.slug]), texts)
        for policy in batch.policies
        if (texts := sum(map(bool, dead[policy.slug])))
    ]
    count = sum(job.texts for job in jobs)
    shown = progress if count >= MIN_TEXTS else without_progress
    with shown("Listing dead links", count) as advance:
        allowed = {policy.slug: policy for policy in results(_allowed, jobs, advance)}
    return replace(
        batch, policies=tuple(allowed.get(policy.slug, policy) for policy in batch.policies)
    )


def _allowed(policy: ImportedPolicy, dead: Sequence[Set[str]]) -> ImportedPolicy:
    """Return a policy that lists its dead links, those of earlier versions by where they lead.

    `dead` are where those of each version lead.
    """
    versions = []
    present: list[str] = []
    places: dict[str, list[str]] = {}
    for version, targets in zip(policy.versions, dead, strict=True):
        allowed, dead_links = _with_allowed(version, targets)
        versions.append(allowed)
        if targets:
            note_text()
        for link in dead_links:
            if _is_present(policy, version):
                present.append(f"{quoted(link.words)} to {link.target} (line {link.line})")
            else:
                place = f"line {link.line} of {version.version}"
                places.setdefault(link.target, []).append(place)
    earlier = [f"to {target} ({newest_place(named)})" for target, named in places.items()]
    left_out = [*policy.left_out]
    for texts, links in (("", present), ("Earlier versions of ", earlier)):
        if links:
            place = f"{texts}{policy.slug}.md"
            left_out.append(Omission(place, counted(links, "dead link"), _LEFT_OUT))
    return replace(policy, versions=tuple(versions), left_out=tuple(left_out))


def _is_present(policy: ImportedPolicy, version: ImportedVersion) -> bool:
    """Tell whether a version is in force once a policy is brought in."""
    return version is policy.newest and policy.retired is None


def _with_allowed(
    version: ImportedVersion, targets: Set[str]
) -> tuple[ImportedVersion, list[DeadLink]]:
    """Return a version that lets its links to these targets pass, and these links."""
    text = decoded(version.read()) if targets else ""
    if not MADE.match(text):
        return version, []
    links = list(_dead_links(text, targets))
    lines = sorted({link.line for link in links})
    line = suppression_line(LINKS, version.version, lines, REASON)
    sha256 = digest_of(_with_line(text, line))
    return ImportedVersion(version.version, sha256, partial(_read_with_line, version, line)), links


def _read_with_line(version: ImportedVersion, line: str) -> bytes:
    return _with_line(decoded(version.read()), line)


def _with_line(text: str, line: str) -> bytes:
    """Return the text of a version with a line of front matter behind the first remark."""
    head = MADE.match(text)
    end = head.end() if head else 0
    return f"{text[:end]}{line}\n{text[end:]}".encode()


def _dead_links(text: str, targets: Set[str]) -> Iterator[DeadLink]:
    """Yield the links in a text to these targets, by the lines where they are then."""
    body = body_of(text)
    first_line = first_line_of(text, body) + 1  # what lets them pass comes in above
    for link in links_of(body):
        if link.target in targets:
            line = first_line + body.count("\n", 0, link.target_start)
            words = _TAG.sub("", body[link.start : link.end])
            yield DeadLink(line, words, link.target)
