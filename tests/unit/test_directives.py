"""Boxes, directives and roles in Markdown: their words stay, and each is named with its line."""

from __future__ import annotations

import pytest

from gazette.imports.directives import BOX, WRITTEN, without_directives

FENCE = "```"


def read(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    rest, omissions = without_directives(text, 1)
    return rest, [(omission.line, omission.what, omission.reason) for omission in omissions]


@pytest.mark.parametrize(
    ("text", "rest", "opening"),
    [
        (":::tip Good to know\nText.\n:::", "**Good to know**\n\nText.", ":::tip Good to know"),
        (":::tip[Fees]{.wide}\n\nText.\n\n:::", "**Fees**\n\nText.\n\n", ":::tip[Fees]{.wide}"),
        ("::: {.lead #a}\nText.\n:::", "\nText.\n", "::: {.lead #a}"),
        (":::{note}\n:class: wide\nText.\n:::", "\n\nText.\n", ":::{note}"),
        (f"{FENCE}{{warning}}\nText.\n{FENCE}", "\nText.\n", f"{FENCE}{{warning}}"),
        ('=== "Fees"\n\n    Text.\nMore.', "**Fees**\n\nText.\nMore.", '=== "Fees"'),
    ],
)
def test_words_in_a_box_stay(text: str, rest: str, opening: str) -> None:
    assert read(text) == (rest, [(1, f"“{opening}”", BOX)])


def test_boxes_inside_one_another() -> None:
    text = "::::{tab-set}\n:::{tab-item} Fees\nText.\n:::\n::::\nMore."
    rest, omissions = read(text)
    assert rest == "\n**Fees**\n\nText.\n\n\nMore."
    assert [line for line, *_ in omissions] == [1, 2]


@pytest.mark.parametrize(
    "directive",
    [f"{FENCE}{{include}} fees.md\n{FENCE}", f"{FENCE}{{figure}} a.png\n:alt: b\n\nc\n{FENCE}"],
)
def test_what_a_program_writes_is_left_out_whole(directive: str) -> None:
    what = " ".join(directive.split())
    lines = directive.count("\n")
    assert read(f"{directive}\nText.") == (
        "\n" * (lines + 1) + "Text.",
        [(1, f"“{what}”", WRITTEN)],
    )


def test_code_stays_code() -> None:
    block = f"{FENCE}{{code-block}} python\n:linenos:\nprint()\n{FENCE}"
    assert read(block) == (f"{FENCE}python\n\nprint()\n{FENCE}", [])
    plain = f"{FENCE}\n:::note\n{FENCE}"
    assert read(plain) == (plain, [])


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("{ref}`fees <f>`", "fees"),
        ("{ref}`f`", ""),
        ("{term}`Fees`", "Fees"),
    ],
)
def test_roles_are_named(role: str, shown: str) -> None:
    rest, omissions = read(f"See {role}.")
    assert rest == f"See {shown}."
    assert omissions[0][:2] == (1, f"“{role}”")


def test_roles_that_markdown_can_write() -> None:
    assert read("H{sub}`2`O, {abbr}`DA (Data Act)`, {kbd}`F1`") == (
        'H<sub>2</sub>O, <abbr title="Data Act">DA</abbr>, `F1`', []
    )  # fmt: skip


def test_lines_that_nobody_sees() -> None:
    assert read("(fees)=\n## Fees\n\n% ask Ann\n+++\n??? note\n    a") == (
        "\n## Fees\n\n\n\n!!! note\n    a", []
    )  # fmt: skip
    assert read("% of all\n\n::: tip\na\n:::")[0].startswith("% of all")


def test_code_is_no_role() -> None:
    text = "Ask `a.${NAME}`. Then `b` and `{a}{b}` or ``{ref}`x` ``."
    assert read(text) == (text, [])


def test_code_by_its_indent_stays() -> None:
    text = 'Type:\n\n    ::: tip\n    {ref}`x <y>`\n    === "a"\n\nThen ask.'
    assert read(text) == (text, [])
    inside = f"{FENCE}{{note}}\nType:\n\n    (a)=\n{FENCE}\n{{ref}}`b <c>`"
    assert read(inside)[0] == "\nType:\n\n    (a)=\n\nb"
    item = "- Ask.\n\n    {ref}`x <y>`\n"
    assert read(item)[0] == "- Ask.\n\n    x\n"


def test_three_ticks_inside_a_line_open_no_block() -> None:
    text = f"{FENCE}a{FENCE} is it.\n\n{{ref}}`b <c>`"
    assert read(text)[0] == f"{FENCE}a{FENCE} is it.\n\nb"


def test_words_in_a_directive_that_is_not_known_stay() -> None:
    rest, omissions = read("```{team} a.yml\n:a: b\nAnn.\n```\n```{team} a.yml\n```\n")
    assert rest == "\n\nAnn.\n\n\n\n"
    assert [line for line, *_ in omissions] == [1, 5]
