"""Texts of policies for the tests of rules."""

from __future__ import annotations

from pathlib import Path

from gazette.record.policy_files import PolicyFile
from gazette.review.manuscripts import Edit, Manuscript
from gazette.text.frontmatter import read_metadata
from gazette.text.markdown_settings import DEFAULT
from repositories import text

OLD, NEW = "2026-01-05.v1", "2026-03-01.v1"


def manuscript(
    body: str, version: str = NEW, slug: str = "privacy-policy", **front: str
) -> Manuscript:
    """Return a policy with this body."""
    return whole(text(version, body, **front), slug)


def whole(source: str, slug: str = "privacy-policy") -> Manuscript:
    """Return a policy with this source."""
    path = f"docs/policies/{slug}.md"
    metadata, _ = read_metadata(path, source)
    return Manuscript(PolicyFile(slug, path, Path(path), source.encode(), metadata), DEFAULT)


def edit(old: str, new: str, **front: str) -> Edit:
    """Return the step from one body to another, under a new version."""
    return Edit(manuscript(old, OLD), manuscript(new, NEW, **front))
