"""Rendered texts: what no policy may hold, and what cannot be rendered or proved."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.problems import UNPROVED_HINT
from gazette.review.policy_text import Finding
from gazette.review.review import PolicyReview
from gazette.site.left_out import markup_problems, metadata_problems


def raw_html(policy: PolicyReview) -> Iterator[Finding]:
    """Find all that readers would not get because a text may not hold it."""
    text = policy.text
    problems = [*markup_problems(text.path, text.text, text.document.removals)]
    if text.metadata:
        problems += metadata_problems(text.path, text.text, text.metadata)
    yield from map(Finding.of, problems)


def unproved(policy: PolicyReview) -> Iterator[Finding]:
    """Find a text that cannot be rendered, and one whose changes cannot be proved."""
    edit, document = policy.edit, policy.text.document
    if document.fault:
        yield Finding(
            1, f"Readers would get the source of this text. {document.fault}", UNPROVED_HINT
        )
    elif edit and edit.changes_source and edit.fault:
        yield Finding(1, f"What this text changes cannot be proved: {edit.fault}", UNPROVED_HINT)
