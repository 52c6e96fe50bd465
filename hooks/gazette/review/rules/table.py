"""The rules about a policy's text, each declared once: add a rule to `RULES` and it is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from gazette.problems import Code, Problem
from gazette.review.policy_text import Finding
from gazette.review.review import PolicyReview
from gazette.review.rules import (
    characters,
    dates,
    definitions,
    editorial,
    headings,
    ids,
    lineage,
    links,
    markup,
    placeholders,
    references,
    renderings,
    translations,
)

MAX_FINDINGS = 5_000
"""So many of a rule are found in a text: nobody reads of more, and their places take time."""


@dataclass(frozen=True)
class Rule:
    """One rule: its code, which holds severity and reason, and the function that finds faults.

    Editors may turn a `suppressible` rule off for one file: never one that guards what was
    published. A rule that `checks_unchanged` also looks at policies that a proposal leaves alone,
    because the proposal may break them.
    """

    code: Code
    find: Callable[[PolicyReview], Iterator[Finding]]
    suppressible: bool = True
    checks_unchanged: bool = False

    def problems(self, policy: PolicyReview) -> Iterator[Problem]:
        """Yield what the rule finds in one policy, the first `MAX_FINDINGS`."""
        for finding in islice(self.find(policy), MAX_FINDINGS):
            yield finding.problem(policy.text.path, self.code)


RULES = (
    Rule(Code.PLACEHOLDER, placeholders.placeholders),
    Rule(Code.HIDDEN_CHARACTER, characters.hidden_characters),
    Rule(Code.LOOK_ALIKE, characters.look_alikes),
    Rule(Code.RAW_HTML, markup.raw_html, suppressible=False),
    Rule(Code.NOT_SHOWN, markup.not_shown),
    Rule(Code.RENDERS_DIFFERENTLY, renderings.renders_differently),
    Rule(Code.CONTINUES, lineage.unknown_continued, suppressible=False),
    Rule(Code.UNSURE_LINEAGE, lineage.doubtful_sections),
    Rule(Code.DEFINED_TWICE, definitions.defined_twice),
    Rule(Code.HEADING_NUMBER, headings.heading_numbers),
    Rule(Code.REQUIRED_HEADING, headings.required_headings),
    Rule(Code.UNKNOWN_SECTION, references.unknown_sections),
    Rule(Code.SECTION_REFERENCE, references.section_references, checks_unchanged=True),
    Rule(Code.BROKEN_LINK, links.broken_links, checks_unchanged=True),
    Rule(Code.LOST_ANCHOR, links.lost_anchors),
    Rule(Code.DUPLICATE_ID, ids.duplicate_ids),
    Rule(Code.STALE_TRANSLATION, translations.stale_sections, checks_unchanged=True),
    Rule(Code.UNTRANSLATED_CHANGE, translations.untranslated_changes),
    Rule(Code.FUTURE_VERSION, dates.future_version, suppressible=False),
    Rule(Code.NOTICE_PERIOD, dates.short_notice),
    Rule(Code.EDITORIAL_CHANGE, editorial.beyond_editorial, suppressible=False),
    Rule(Code.UNPROVED, markup.unproved, suppressible=False),
    Rule(Code.SILENT_EDIT, dates.silent_edits, suppressible=False),
    Rule(Code.VERSION_ORDER, dates.backward_version, suppressible=False),
    Rule(Code.MISSING_SUMMARY, dates.missing_summary, suppressible=False),
)
SUPPRESSIBLE = frozenset(rule.code for rule in RULES if rule.suppressible)
