"""What other programs write into Markdown."""

from __future__ import annotations

import pytest

from gazette.imports.template_tags import without_template_tags
from gazette.text.reader import read_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Fees\n{: .no_toc }\n\nText.", "## Fees\n\n\nText."),
        ("## Fees {#fees .wide}\n\nText.", "## Fees {: #fees }\n\nText."),
        ("## Fees\n{: #fees }\n\nText.", "## Fees {: #fees }\n\n\nText."),
        ('A [link](a.md){:target="_blank"} here.', "A [link](a.md) here."),
        ("One.\n{: .note }\n\nTwo.", "One.\n\n\nTwo."),
        ("{% comment %}\nnobody\n{% endcomment %}\nText.", "\n\n\nText."),
        (":::tip Good to know\nText.\n:::", "**Good to know**\n\nText.\n"),
        ("a {/* nobody\nsees it */} b", "a \n b"),
        ("Write:\n\n    {{ x }}\n\tmore {% y %}", "Write:\n\n    {{ x }}\n\tmore {% y %}"),
        ("`{{ x }}`\n\n```\n{% y %}\n```", "`{{ x }}`\n\n```\n{% y %}\n```"),
        ("One.\n{.lead #fees}\n\nTwo.", "One.\n{: #fees }\n\nTwo."),
        ("**One**{.red} [a](b.md){target=_blank} *b*{#c}", "**One** [a](b.md) *b*{: #c }"),
        ("One.\n{: #searchform #search }", "One.\n{: #searchform }"),
        ("**a**{: #__search }", "**a**"),
        ("```yaml=\na: {.b}\n```", "```yaml\na: {.b}\n```"),
        ("> ~~~{.js .wide}\n> x\n> ~~~", "> ~~~js\n> x\n> ~~~"),
        ('``` js title="x"\nx\n```', '``` js title="x"\nx\n```'),
        ("```\nx\n```", "```\nx\n```"),
        ("Sets {1, 2} and {a: b}.", "Sets {1, 2} and {a: b}."),
    ],
)
def test_what_nobody_saw_goes(text: str, expected: str) -> None:
    cleaned, omissions = without_template_tags(text, 1)
    assert cleaned.strip("\n") == expected.strip("\n")
    assert cleaned.count("\n") >= text.count("\n")
    assert omissions == []
    assert read_document(cleaned).removals == ()


@pytest.mark.parametrize(
    ("text", "rest", "what"),
    [
        ("* Contents\n{:toc}\n\nText.", "Text.", "“* Contents {:toc}”"),
        ("[[_TOC_]]\n\nText.", "Text.", "“[[_TOC_]]”"),
        ("[TOC]\n\nText.", "Text.", "“[TOC]”"),
        ("{% include fees.md %}\n\nText.", "Text.", "“{% include fees.md %}”"),
        ("Write to {{ site.mail }}.", "Write to .", "“{{ site.mail }}”"),
        ('{{< fees "a" >}}\n\nText.', "Text.", '“{{< fees "a" >}}”'),
        ('--8<-- "fees.md"\n\nText.', "Text.", '“--8<-- "fees.md"”'),
        (
            "See [fees](https://{{ host }}/{{ a }}/b), then pay.",
            "See fees, then pay.",
            "“[fees](https://{{ host }}/{{ a }}/b)”",
        ),
        ("See [fees]({{< page >}}).", "See fees.", "“[fees]({{< page >}})”"),
        ("import Fees from './fees'\n\nText.", "Text.", "“import Fees from './fees'”"),
    ],
)
def test_what_readers_saw_is_named_with_its_line(text: str, rest: str, what: str) -> None:
    cleaned, (omission,) = without_template_tags(text, 7)
    assert cleaned.strip() == rest
    assert (omission.place, omission.what) == ("Line 7", what)


def test_what_is_indented_below_an_item_is_no_code() -> None:
    cleaned, (omission,) = without_template_tags("1) a\n\n    b {{ c }}", 7)
    assert (cleaned.rstrip(), omission.place) == ("1) a\n\n    b", "Line 9")


def test_an_image_is_told_once() -> None:
    assert without_template_tags('<img src="{% asset a.png %}">', 1) == ('<img src="">', [])
