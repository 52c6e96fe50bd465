"""The table of rules, the pages about them and the pages' index agree with each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.forms.rule_pages import page_path
from gazette.problems import Code, Severity
from gazette.review.rules.table import MAX_FINDINGS, RULES
from policy_texts import policy_text, review_of

PROJECT = Path(__file__).parents[2]
PAGES = PROJECT / "hooks" / "gazette" / "rules"
SUPPRESSIBLE = {rule.code for rule in RULES if rule.suppressible}
LEADS = {
    Severity.ERROR: "An error: nothing is published until it is fixed.",
    Severity.WARNING: "A warning: it is reported, and stops nothing.",
    Severity.NOTE: "A note: it is reported, and stops nothing.",
}


@pytest.mark.parametrize("code", Code, ids=lambda code: code.label)
def test_every_rule_has_a_page_with_all_its_parts(code: Code) -> None:
    page = (PROJECT / page_path(code)).read_text("utf-8")
    assert page.startswith(f"# {code.label}\n\n{code.reason} {LEADS[code.review_severity]}\n")
    starts = [page.index(f"\n## {part}\n") for part in ("Why", "Example", "What to do")]
    assert starts == sorted(starts)
    assert (f"# gazette: allow {code.label}: why" in page) is (code in SUPPRESSIBLE)


def test_every_page_is_about_a_rule() -> None:
    pages = {file.stem for file in PAGES.glob("*.md")}
    assert pages - {"README"} == {code.label for code in Code}


def test_the_index_lists_every_rule_once() -> None:
    lines = (PAGES / "README.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| [")]
    assert rows == [
        f"| [{code.label}]({code.label}.md) | {code.review_severity.value} | {code.reason} |"
        for code in sorted(Code, key=lambda code: code.label)
    ]


def test_every_rule_is_declared_once() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))


def test_no_rule_that_a_build_stops_at_can_be_turned_off() -> None:
    """What guards the record or a build stays on, whatever an editor writes."""
    guards = {Code.SILENT_EDIT, Code.VERSION_ORDER, Code.MISSING_SUMMARY, Code.EDITORIAL_CHANGE}
    assert not SUPPRESSIBLE & guards


def test_no_more_findings_of_a_rule_are_reported_than_anybody_reads() -> None:
    (rule,) = (rule for rule in RULES if rule.code is Code.HIDDEN_CHARACTER)
    policy = review_of(policy_text("a\u200b" * (MAX_FINDINGS + 10)))
    assert len([*rule.problems(policy)]) == MAX_FINDINGS
