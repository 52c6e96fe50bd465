"""What is shown otherwise on GitHub than on the site, or otherwise than it is written."""

from __future__ import annotations

import pytest

from gazette.problems import Code
from gazette.review.fixing import apply_fixes
from gazette.review.rules.renderings import renders_differently
from policy_texts import policy_text, review_of


def findings(body: str) -> list[tuple[int, str]]:
    """Return the line in the body, counted from 1, and the message of each finding."""
    text = policy_text(body)
    before = text.line_of(text.text.rindex(body)) - 1
    noticed = renders_differently(review_of(text))
    return [(finding.line - before, finding.message) for finding in noticed]


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("One.\n\nYou owe five euros**.**", 3, "GitHub shows “You owe five euros**.**”"),
        ("## Fees {now}\n\nFive.", 1, "“Fees”; GitHub shows “Fees {now}”"),
        ("One\ntwo\nuntil {% the_day %}\n{% of_law %}", 4, "{% of_law %}"),
        ("- a\n- b\n\n\n!!! note\n    Pay.\n\nend", 5, "box"),
        ("Fee\n:   five", 1, "terms with definitions"),
        ("The SLA.\n\n*[SLA]: Agreement", 3, "abbreviations"),
        ("[TOC]\n\n## Fees", 1, "table of contents"),
        ("Pay.\n\n## Fees {: #fees }", 3, "braces"),
        ("Five.[^1]", 1, "[^1] is nowhere defined"),
        ("Five.[^a]\n\n[^a]: Now.\n\n[^a]: Later.", 5, "defines it first"),
        ("Five.\n\n[^a]: Now.", 3, "Nothing refers"),
        ("Pay.\nSee [the fees][fees].", 2, "“[the fees][fees]” leads nowhere"),
        ("See [fees][].", 1, "“[fees][]” leads nowhere"),
        ("You must:\n(a) pay;\n(b) sign.", 2, "“(a)” begins a line"),
        ("You must:\n\n(a) pay;\n(b) sign.", 4, "“(b)” begins a line"),
        ("You must:\n\na. pay;\nb. sign.", 4, "“b.” begins a line"),
        ("You must:\n(ii) pay;\n(iii) sign.", 3, "“(iii)” begins a line"),
        ("- You must:\n  1. pay\n  (1) now\n  (2) here", 4, "“(2)” begins a line"),
    ],
)
def test_what_is_shown_otherwise(body: str, line: int, words: str) -> None:
    matches = [place for place, message in findings(body) if words in message]
    assert matches[-1:] == [line], findings(body)


@pytest.mark.parametrize(
    "body",
    [
        "We ask:\n- a name\n  - a town\n\n1) pay\n\n| a |\n|---|\n| `a\\|b` |",
        "Our\n#1 aim: 5 \\* 4 \\| 3, ~~six~~, <support.example>, www.example.com, me@example.com",
        "> [!NOTE]\n> Pay.\n\n- [x] paid",
        "Five[^1] and [^1] `[^2]` \\[^3].\n\n[^1]: Now.\n    - and here",
        "See [the fees][Fees], [fees][], [fees] and `[a][b]`.\n\n[fees]: fees.md",
        "(a) pay;\n\n(b) sign.",
        "(a) pay;  \n(b) sign;\\\n(c) go.",
        "as stated in paragraph\n(a) of section\n5. Or in\n(c) of it.",
        "```\n(a) pay\n(b) sign\n```\n\n| x |\n|---|\n| (a) x |\n| (b) y |",
        "We began in\n2024. It was\nA. Author.",
        "<details>\n<summary>Fees</summary>\n\n**Five.**\n\n</details>",
        "***bold italic*** `code` ` ` <a name='x'></a> \n**Fees**: five",
        "Five.\n\n\u2003\n\nSix.",
        "{% comment %} {{ x }} stays {",
        "",
    ],
)
def test_what_both_show_alike(body: str) -> None:
    assert findings(body) == []


def test_clauses_are_set_apart() -> None:
    text = policy_text("You must:\n(a) pay;\n(b) sign.\n\n> (a) pay;\n> (b) sign.")
    noticed = renders_differently(review_of(text))
    problems = [finding.problem(text.path, Code.RENDERS_DIFFERENTLY) for finding in noticed]
    data, fixed = apply_fixes(text.file.data, problems)
    assert b"You must:\n\n(a) pay;\n\n(b) sign.\n\n> (a) pay;\n> (b) sign." in data
    assert len(fixed) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x\n**Fees  \n**Five.", "x\n**Fees**  \nFive."),
        ("Pay.\n\n- now\n- **a fee  \n  **of 5", "Pay.\n\n- now\n- **a fee**  \n  of 5"),
    ],
)
def test_marks_are_set_beside_words(old: str, new: str) -> None:
    text = policy_text(old)
    (finding,) = renders_differently(review_of(text))
    problem = finding.problem(text.path, Code.RENDERS_DIFFERENTLY)
    data, _ = apply_fixes(text.file.data, [problem])
    assert new in data.decode()
    assert not list(renders_differently(review_of(policy_text(new))))
