"""Updates: the steps of a policy from one version to the next, each with its proven redline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gazette import frontmatter
from gazette.document import Document, MarkdownSettings, read_document
from gazette.errors import RedlineError
from gazette.model import Policy, Version, decoded
from gazette.redline import Redline, prove, redline

COUNTED = ("amended", "added", "removed", "moved", "renamed", "renumbered", "split", "merged")


@dataclass(frozen=True)
class Update:
    """What one update did to the sections of a policy: how many of them per word, none left out."""

    slug: str
    old: Version
    new: Version
    counts: tuple[tuple[str, int], ...]


def body_of(version: Version) -> str:
    """Return the Markdown of `version` below its front matter."""
    return frontmatter.body_of(decoded(version.read()))


def document_of(version: Version, markdown: MarkdownSettings) -> Document:
    """Return the text of `version` as its readers see it."""
    return read_document(body_of(version), markdown)


def proven_redline(
    policy: Policy, old: Version, new: Version, documents: tuple[Document, Document]
) -> Redline:
    """Return the redline between the `documents` of two versions, proved exact.

    Raises RedlineError naming policy and versions when it is not.
    """
    change = redline(*documents)
    try:
        prove(change, *documents)
    except RedlineError as error:
        raise RedlineError(f"{policy.slug}, {old.id} to {new.id}: {error}") from None
    return change


def update_of(policy: Policy, old: Version, new: Version, change: Redline) -> Update:
    """Return the update that `change` is the redline of."""
    return Update(policy.slug, old, new, tuple(_counts(change)))


def _counts(change: Redline) -> Iterator[tuple[str, int]]:
    words: Counter[str] = Counter()
    for section in change.sections:
        words[section.status.value] += 1
        words.update(flag.value for flag in section.flags)
    yield from ((word, words[word]) for word in COUNTED if words[word])
