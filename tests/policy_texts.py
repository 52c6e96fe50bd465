"""Texts of policies for the tests of rules, and texts made of numbered words."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from gazette.model import Slug
from gazette.record.policy_files import PolicyFile
from gazette.review.policy_text import Edit, PolicyText
from gazette.review.review import PolicyReview, Review
from gazette.settings import Settings
from gazette.text.frontmatter import read_metadata
from gazette.text.markdown_settings import DEFAULT
from gazette.text.reader import Reader
from repositories import TODAY, text

OLD, NEW = "2026-01-05.v1", "2026-03-01.v1"
SETTINGS = Settings(project=Path(), docs=Path("docs"), site_url="", support="#", markdown=DEFAULT)


def numbered(word: str, count: int = 14, start: int = 0) -> str:
    """Return a text of so many words that are found nowhere else: `a0 a1 a2`."""
    return " ".join(f"{word}{at}" for at in range(start, start + count))


def policy_text(
    body: str, version: str = NEW, slug: str = "privacy-policy", **front: str
) -> PolicyText:
    """Return a policy with this body."""
    return from_source(text(version, body, **front), slug)


def from_source(source: str, slug: str = "privacy-policy") -> PolicyText:
    """Return a policy with this source."""
    path = f"docs/policies/{slug}.md"
    metadata, _ = read_metadata(path, source)
    return PolicyText(PolicyFile(Slug(slug), path, Path(path), source.encode(), metadata), Reader())


def edit(old: str, new: str, **front: str) -> Edit:
    """Return the step from one body to another, under a new version."""
    return Edit(policy_text(old, OLD), policy_text(new, NEW, **front))


def review_of(subject: PolicyText | Edit, **context: Any) -> PolicyReview:
    """Return a text, or the text that an edit makes, as its rules see it.

    `known` replaces what is known of the project, as in `Review`, or its settings.
    """
    new = subject.new if isinstance(subject, Edit) else subject
    names = {field.name for field in fields(Settings)}
    settings = replace(SETTINGS, **{k: context.pop(k) for k in names & context.keys()})
    texts = {new.slug: new, **context.pop("texts", {})}
    edited = {new.slug: subject} if isinstance(subject, Edit) else {}
    edits = {**edited, **context.pop("edits", {})}
    review = Review(settings, TODAY, texts, {new.slug}, edits, {}, (), against_base=True)
    return PolicyReview(replace(review, **context), new)
