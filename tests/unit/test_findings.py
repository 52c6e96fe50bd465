"""Findings in each format, what is fixed, and which rules are turned off."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gazette.forms.findings import render
from gazette.forms.rule_pages import page_address
from gazette.problems import Code, Fix, Problem
from gazette.review.fixing import apply_fixes
from gazette.review.suppressions import apply_suppressions
from policy_texts import from_source, policy_text
from repositories import text

REPOSITORY = "https://example.com/company/policies"
REFERENCE = Problem(
    path="docs/policies/privacy-policy.md",
    line=12,
    code=Code.SECTION_REFERENCE,
    message="100 % wrong:\nit leads astray.",
    hint="Write 8.",
    column=5,
    fix=Fix(1, "8"),
)
GONE = Problem("docs/policies/a,b: c.md", 0, Code.LOST_ADDRESS, "It is gone.")
NOTE = Problem("docs/policies/x.md", 2, Code.SUPPRESSED, "Turned off.")


def test_for_the_terminal() -> None:
    assert render([], "terminal", "") == "No problems found.\n"
    shown = render([REFERENCE, GONE, NOTE], "terminal", "")
    assert "docs/policies/privacy-policy.md:12:5:" in shown
    assert "gazette explain section-reference" in shown
    assert shown.endswith("1 error, 1 warning, 1 note.\n")


def test_for_github() -> None:
    assert render([REFERENCE, GONE, NOTE], "github", REPOSITORY).splitlines() == [
        "::error file=docs/policies/privacy-policy.md,line=12,col=5,title=section-reference::"
        "100 %25 wrong:%0Ait leads astray.%0AWrite 8.%0A"
        f"{REPOSITORY}/blob/HEAD/hooks/gazette/rules/section-reference.md",
        "::warning file=docs/policies/a%2Cb%3A c.md,line=1,title=lost-address::"
        f"It is gone.%0A{REPOSITORY}/blob/HEAD/hooks/gazette/rules/lost-address.md",
        "::notice file=docs/policies/x.md,line=2,title=allowed::"
        f"Turned off.%0A{REPOSITORY}/blob/HEAD/hooks/gazette/rules/allowed.md",
    ]


def test_for_programs() -> None:
    first, second, _ = json.loads(render([REFERENCE, GONE, NOTE], "json", ""))
    assert first == {
        "path": "docs/policies/privacy-policy.md",
        "line": 12,
        "column": 5,
        "rule": "section-reference",
        "severity": "error",
        "message": REFERENCE.message,
        "hint": "Write 8.",
        "fix": {"length": 1, "text": "8"},
        "page": "hooks/gazette/rules/section-reference.md",
    }
    assert second["fix"] is None


def test_for_code_scanning() -> None:
    log: dict[str, Any] = json.loads(render([REFERENCE, GONE, NOTE], "sarif", REPOSITORY))
    (run,) = log["runs"]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert log["version"] == "2.1.0"
    ids = [rules[result["ruleIndex"]]["id"] for result in results]
    assert ids == [result["ruleId"] for result in results]
    assert [result["level"] for result in results] == ["error", "warning", "note"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert places[0]["region"] == {"startLine": 12, "startColumn": 5}
    assert places[1] == {"artifactLocation": {"uri": "docs/policies/a%2Cb%3A%20c.md"}}
    (replacement,) = results[0]["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["deletedRegion"] == {"startLine": 12, "startColumn": 5, "endColumn": 6}
    assert replacement["insertedContent"] == {"text": "8"}
    assert all("helpUri" in rule for rule in rules)
    bare = json.loads(render([NOTE], "sarif", ""))
    assert "helpUri" not in bare["runs"][0]["tool"]["driver"]["rules"][0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_fixing_keeps_all_other_bytes(end: str, mark: str) -> None:
    def fix(line: int, column: int, length: int, new: str) -> Problem:
        return Problem("x", line, Code.LOOK_ALIKE, "", "", column, Fix(length, new))

    data = f"{mark}one é{end}{end}two  three {end}".encode()
    fixes = [fix(3, 6, 5, "3"), fix(1, 1, 3, "1"), fix(3, 2, 1, "?")]
    overlapping = fix(3, 1, 3, "two")
    new, done = apply_fixes(data, [*fixes, overlapping, NOTE])
    assert new == f"{mark}1 é{end}{end}t?o  3 {end}".encode()
    assert done == [fixes[1], fixes[2], fixes[0]]


def test_rules_turned_off() -> None:
    problem = Problem("x", 9, Code.PLACEHOLDER, "To be filled in.")
    source = text("2026-01-05.v1").replace(
        "---\n", "---\n# gazette: allow placeholder: a form\n", 1
    )
    (note,) = apply_suppressions(from_source(source), [problem])
    assert (note.code, note.line) == (Code.SUPPRESSED, 2)
    assert note.message.endswith("a form")
    comment = policy_text("<!-- gazette: allow placeholder: a form -->\n\nText.")
    assert [note.code for note in apply_suppressions(comment, [problem])] == [Code.SUPPRESSED]


def test_rules_turned_off_for_a_version_end_with_it() -> None:
    problems = [Problem("x", line, Code.PLACEHOLDER, "To be filled in.") for line in (9, 11)]
    source = text("2026-01-05.v1")
    line = "# gazette: allow placeholder in 2026-01-05.v1 at 9, 10: a form of the old site"
    source = source.replace("---\n", f"---\n{line}\n", 1)
    note, kept = apply_suppressions(from_source(source), problems)
    assert (note.code, note.hint) == (Code.SUPPRESSED, "It lets 1 finding pass.")
    assert kept is problems[1]
    later = from_source(source.replace("version: 2026-01-05.v1", "version: 2026-01-05.v2"))
    note, *kept_later = apply_suppressions(later, problems)
    assert note.message == ("placeholder was turned off for 2026-01-05.v1 only: it counts again.")
    assert kept_later == problems


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("allow placeholder", "without a reason"),
        ("allow placeholder:", "without a reason"),
        ("allow plaecholder: a form", "no rule “plaecholder”"),
        ("allow silent-edit: we are late", "cannot be turned off"),
    ],
)
def test_rules_that_stay_on(line: str, fault: str) -> None:
    problem = Problem("x", 9, Code.PLACEHOLDER, "To be filled in.")
    wrong, kept = sorted(
        apply_suppressions(policy_text(f"<!-- gazette: {line} -->"), [problem]),
        key=lambda problem: problem.line,
    )
    assert wrong.code is Code.SUPPRESSION
    assert fault in wrong.message
    assert kept is problem


def test_pages_on_the_web() -> None:
    assert page_address(Code.SUPPRESSED, "") == "gazette explain allowed"
    gitlab = page_address(Code.SUPPRESSED, "https://gitlab.com/company/policies/")
    assert (
        gitlab == "https://gitlab.com/company/policies/-/blob/HEAD/hooks/gazette/rules/allowed.md"
    )
