"""Rendered texts: what no policy may hold, and what cannot be rendered or proved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gazette.problems import UNPROVED_HINT
from gazette.review.policy_text import Finding
from gazette.review.review import PolicyReview
from gazette.site.left_out import metadata_problems, page_problems
from gazette.text.markdown_source import LINK_DEFINITION
from gazette.text.unshown import unshown

DEFINITION = re.compile(r"[ \t>]*\*?\[[^\]]*\] ?:")
LONE_ADDRESS = re.compile(r" {0,3}\[(?P<label>[^\]^]+)\]:[ \t]*\S+[ \t]*")
"""A line that only says where links of a name lead."""
UNUSED = (
    "Readers do not get “{}”: nothing uses this definition, or another of its name comes first.",
    "Take it out, or give it a name of its own and use that in the text.",
)
NOT_SHOWN = (
    "Readers do not get “{}”: no page shows these words.",
    "A row of a table has as many cells as its head; a note is defined once and referred to.",
)
MAX_WORDS = 8


def raw_html(policy: PolicyReview) -> Iterator[Finding]:
    """Find what a text may not hold: what readers would not get, and letters like a tag."""
    text = policy.text
    document = text.document
    problems = [*page_problems(text.path, text.text, document.html, document.removals)]
    if text.metadata:
        problems += metadata_problems(text.path, text.text, text.metadata)
    yield from map(Finding.of, problems)


def not_shown(policy: PolicyReview) -> Iterator[Finding]:
    """Find words that are written in a text and that its page does not hold."""
    text = policy.text
    document = text.document
    if document.fault:
        return
    labels = Counter(match["label"].casefold() for match in LINK_DEFINITION.finditer(text.body))
    for place, words in unshown(text.body, document.html, document.removals):
        line = text.body.split("\n")[text.body[:place].count("\n")]
        message, hint = NOT_SHOWN
        if DEFINITION.match(line):
            message, hint = UNUSED
        address = LONE_ADDRESS.fullmatch(line)
        if address and labels[address["label"].casefold()] == 1:
            continue  # no link uses it, and it holds no words for readers
        shown = f"{' '.join(words[:MAX_WORDS])}{' …' if len(words) > MAX_WORDS else ''}"
        yield text.finding(text.start + place, message.format(shown), hint)


def unproved(policy: PolicyReview) -> Iterator[Finding]:
    """Find a text that cannot be rendered, and one whose changes cannot be proved."""
    edit, document = policy.edit, policy.text.document
    if document.fault:
        yield Finding(
            1, f"Readers would get the source of this text. {document.fault}", UNPROVED_HINT
        )
    elif edit and edit.changes_source and edit.fault:
        yield Finding(1, f"What this text changes cannot be proved: {edit.fault}", UNPROVED_HINT)
