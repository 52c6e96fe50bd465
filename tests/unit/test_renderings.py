"""What is shown otherwise on GitHub than on the site, or otherwise than it is written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gazette.forms.findings import render
from gazette.problems import Code
from gazette.review.fixing import apply_fixes
from gazette.review.policy_text import PolicyText
from gazette.review.rules.renderings import renders_differently
from gazette.text.markdown_settings import DEFAULT, MarkdownSettings
from gazette.text.reader import Reader
from policy_texts import from_source, policy_text, review_of


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
        ("Pay [here](#a){#a .b}.", 1, "no braces; GitHub shows “{#a .b}”"),
        ("```\n{: .a}\n```\n\nFees\n{: .a}", 6, "“{: .a}”"),
        ('!!! danger "Fees"\n    Pay.', 1, 'a box; GitHub shows “!!! danger "Fees" Pay.”'),
        ("Five.[^1]", 1, "[^1] is nowhere defined"),
        (
            "Five.[^Now]\n\n[^now]: Today.",
            1,
            "The site shows [^Now], GitHub the footnote of line",
        ),
        ("Five.[^a]\n\n[^a]: Now.\n\n[^a]: Later.", 5, "defines it first"),
        ("Five.\n\n[^a]: Now.", 3, "Nothing refers"),
        ("Pay.\nSee [the fees][fees].", 2, "“[the fees][fees]” leads nowhere"),
        ("See [fees][].", 1, "“[fees][]” leads nowhere"),
        ("See [fees][].\nand\n[fees]: fees.md", 1, "“[fees][]” leads nowhere"),
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
        "See [the fees][fees].\n\n[fees]:\n  fees.md 'Fees'\n\n- [tax][]\n\n  [Tax]:tax.md",
        "(a) pay;\n\n(b) sign.",
        "(a) pay;  \n(b) sign;\\\n(c) go.",
        "as stated in paragraph\n(a) of section\n5. Or in\n(c) of it.",
        "```\n(a) pay\n(b) sign\n```\n\n| x |\n|---|\n| (a) x |\n| (b) y |",
        "We began in\n2024. It was\nA. Author.",
        "<details>\n<summary>Fees</summary>\n\n**Five.**\n\n</details>",
        "***bold italic*** `code` ` ` <a name='x'></a> \n**Fees**: five",
        "Five.\n\n\u2003\n\nSix.",
        "{% comment %} {{ x }} stays {",
        "Fees {: .a }\n\n[fees]{.a}\n\n`[x](y){: .a}`",
        "```\n[TOC]\n{: #a}\n```\n\nas in\n[TOC]\nabove",
        "",
    ],
)
def test_what_both_show_alike(body: str) -> None:
    assert findings(body) == []


EXTENSIONS = [
    ("Pay ==now==.", "pymdownx.mark"),
    ("Pay ^now^.", "pymdownx.caret"),
    ("Pay ^^now^^.", "pymdownx.caret"),
    ("Press ++enter++.", "pymdownx.keys"),
    ("Pay {--now--}.", "pymdownx.critic"),
    ("Pay (c) --> now", "pymdownx.smartsymbols"),
    ('[=50% "half"]', "pymdownx.progressbar"),
    ('??? note "Fees"\n    Five.', "pymdownx.details"),
    ('=== "Fees"\n\n    Five.', "pymdownx.tabbed"),
    ("/// note\nFive.\n\n- now\n///", "pymdownx.blocks.admonition"),
    ("/// details | Fees\nFive.\n///", "pymdownx.blocks.details"),
    ("/// tab | Fees\nFive.\n///", "pymdownx.blocks.tab"),
    ("/// html | div\nFive.\n///", "pymdownx.blocks.html"),
    ("/// define\nFee\n\n- five\n///", "pymdownx.blocks.definition"),
    ("[now]{.fee}", "pymdownx.bracketspan"),
    ("[[fees]]", "wikilinks"),
]


@pytest.mark.parametrize(("syntax", "extension"), EXTENSIONS)
def test_syntax_of_other_extensions(syntax: str, extension: str) -> None:
    text = policy_text(f"Fees.\n\n{syntax}\n\nEnd.")
    line = text.line_of(text.text.index(syntax))
    assert not list(renders_differently(review_of(text)))
    more = MarkdownSettings((*DEFAULT.extensions, extension))
    noticed = list(renders_differently(review_of(replace(text, reader=Reader(more)))))
    assert noticed[0].line == line


def test_slashes_without_a_known_name_are_text() -> None:
    more = MarkdownSettings((*DEFAULT.extensions, "pymdownx.blocks.admonition"))
    for body in ("/// fees\nFive.\n\n- now\n///", "///\nFive.\n///", "//// a b\nFive."):
        text = replace(policy_text(body), reader=Reader(more))
        assert not list(renders_differently(review_of(text)))


def fixed(source: PolicyText) -> str:
    """Return the text with all fixes of the rule."""
    noticed = renders_differently(review_of(source))
    problems = [finding.problem(source.path, Code.RENDERS_DIFFERENTLY) for finding in noticed]
    return apply_fixes(source.file.data, problems)[0].decode()


def test_clauses_are_set_apart() -> None:
    text = policy_text("You must:\n(a) pay;\n(b) sign.\n\n> (a) pay;\n> (b) sign.")
    assert "You must:\n\n(a) pay;\n\n(b) sign.\n\n> (a) pay;\n> (b) sign." in fixed(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("!!! note\n    Pay.\n\n    - now\n\nend", "> [!NOTE]\n> Pay.\n>\n> - now\n\nend"),
        ("Fees:\n!!! Tip\n\tPay.\nend", "Fees:\n\n> [!TIP]\n> Pay.\n\nend"),
        ("> now\n\n!!! warning\n\n    Pay.", "> now\n\n> [!WARNING]\n> Pay."),
        ("One\n\n[TOC]\n\ntwo", "One\n\n\ntwo"),
        ("!!! note\n    A\n\n!!! tip\n\nend", "> [!NOTE]\n> A\n\n!!! tip\n\nend"),
        ("## Late Fees\n\nSee [late fees][].", "## Late Fees\n\nSee [late fees](#late-fees)."),
        ("## Tax\n\nSee [it][tax].", "## Tax\n\nSee [it](#tax)."),
        ("Five.[^now]\n\n[^Now]: Today.", "Five.[^Now]\n\n[^Now]: Today."),
    ],
)
def test_what_both_show_alike_is_written(old: str, new: str) -> None:
    for end in ("\n", "\r\n"):
        source = policy_text(old).text.replace("\n", end)
        after = fixed(from_source(source))
        assert new.replace("\n", end) in after
        assert fixed(from_source(after)) == after
        assert len(findings(old)) == 1 + len(findings(new))


@pytest.mark.parametrize(
    "body",
    [
        '!!! note "Fees"\n    Pay.',
        "!!! danger\n    Pay.",
        "!!! note\n\nPay.",
        "!!! note\n    !!! tip\n        Pay.",
        "- one\n\n[TOC]\n\n- two",
        "## Tax\n\n## Tax\n\nSee [tax][].",
        "## Fees – Tax\n\nSee [Fees – Tax][].",
    ],
)
def test_what_has_no_such_form_stays(body: str) -> None:
    text = policy_text(body)
    assert list(renders_differently(review_of(text)))
    assert fixed(text) == text.text


def test_a_fix_over_several_lines_tells_its_end() -> None:
    finding = next(renders_differently(review_of(policy_text("!!! note\n    Pay.\n\nend"))))
    assert finding.fix
    assert finding.fix.end == (finding.line + 2, 1)
    problem = finding.problem("a.md", Code.RENDERS_DIFFERENTLY)
    (result,) = json.loads(render([problem], "sarif", ""))["runs"][0]["results"]
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    region = replacement["deletedRegion"]
    assert (region["endLine"], region["endColumn"]) == finding.fix.end


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x\n**Fees  \n**Five.", "x\n**Fees**  \nFive."),
        ("Pay.\n\n- now\n- **a fee  \n  **of 5", "Pay.\n\n- now\n- **a fee**  \n  of 5"),
        ("- **Fee: **five**\\\n  **\n- **Tax:** two", "- **Fee:** five\n- **Tax:** two"),
        ("- two ** or\n- **Fee: **five**\\\n  **", "- two ** or\n- **Fee:** five"),
        ("You pay as below.**\\\n**", "You pay as below."),
    ],
)
def test_marks_are_set_beside_words(old: str, new: str) -> None:
    text = policy_text(old)
    (finding,) = renders_differently(review_of(text))
    assert finding.fix
    assert new in fixed(text)
    assert not list(renders_differently(review_of(policy_text(new))))
