"""HTML: what a policy may not hold, as the sanitizer finds it in the rendered text."""

from __future__ import annotations

from collections.abc import Iterator

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
