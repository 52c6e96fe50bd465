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
        ("`a`{: .wide} and {::nomarkdown}b{:/}", "`a` and b"),
        ("One.\n\n\\newpage\n\nTwo.", "One.\n\n\n\nTwo."),
        ("a {/* nobody\nsees it */} b", "a \n b"),
        ("Write:\n\n    {{ x }}\n\tmore {% y %}", "Write:\n\n    {{ x }}\n\tmore {% y %}"),
        ("```a`b``` {::nomarkdown}c{:/}", "```a`b``` c"),
        ("{::options toc=1 /}\nOne.\n{::comment}\nx\n{:/comment}\nTwo", "\nOne.\n\n\n\nTwo"),
        ("One {::comment} is open", "One  is open"),
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
        ("import './fees.css'\n\nText.", "Text.", "“import './fees.css'”"),
        ("export const fees = {\n  a: 1\n}\n\nText.", "Text.", "“export const fees = { a: 1 }”"),
        ("{props.name} pays.", "pays.", "“{props.name}”"),
        ("<p className='a'>Pay {1 + {b: {}}.b}{' '}now.</p>", "<p className='a'>Pay  now.</p>",
         "“{1 + {b: {}}.b}”"),
        ("<%= fees %> and Text.", "and Text.", "“<%= fees %>”"),
        ("<?php fees() ?> and Text.", "and Text.", "“<?php fees() ?>”"),
        ("![[fees.md]]\n\nText.", "Text.", "“![[fees.md]]”"),
        ("@include fees.md\n\nText.", "Text.", "“@include fees.md”"),
        ("<!-- #include file='fees.html' -->\n\nText.", "Text.",
         "“<!-- #include file='fees.html' -->”"),
    ],
)  # fmt: skip
def test_what_readers_saw_is_named_with_its_line(text: str, rest: str, what: str) -> None:
    cleaned, (omission,) = without_template_tags(text, 7)
    assert cleaned.strip() == rest
    assert (omission.place, omission.what) == ("Line 7", what)


def test_what_is_indented_below_an_item_is_no_code() -> None:
    cleaned, (omission,) = without_template_tags("1) a\n\n    b {{ c }}", 7)
    assert (cleaned.rstrip(), omission.place) == ("1) a\n\n    b", "Line 9")


def test_an_image_is_reported_once() -> None:
    assert without_template_tags('<img src="{% asset a.png %}">', 1) == ('<img src="">', [])


def test_what_a_program_chooses_is_named() -> None:
    text, omissions = without_template_tags("{% if a %}One{% else %}Two{% endif %}", 1)
    assert text.split() == ["One", "Two"]
    assert {omission.reason for omission in omissions} == {
        "A program chooses here what readers see: keep the words that they saw."
    }


def test_what_is_indented_below_a_program_is_no_code() -> None:
    text, omissions = without_template_tags("{% for a in b %}\n    <p>{{ a }}</p>\n{% endfor %}", 1)
    assert (text, len(omissions)) == ("\n    <p></p>\n", 3)


def test_sentences_are_no_programs() -> None:
    text = "import duties are yours.\nexport of data: see {v1.y}.\n\nexport fees apply {b c}."
    assert without_template_tags(text, 1) == (text, [])


def test_what_the_style_of_a_program_hides_stays_hidden() -> None:
    text = '<Box />\n\n<p style={{display: "none"}}>Ten</p>\n<p style={{color: "red"}}>Fees</p>'
    cleaned, _ = without_template_tags(text, 1)
    assert cleaned.endswith("<p hidden>Ten</p>\n<p>Fees</p>")
