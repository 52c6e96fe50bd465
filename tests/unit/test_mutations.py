"""Nothing that a reader can notice changes without a mark, and nothing else is marked."""

from __future__ import annotations

import pytest

from gazette.text.comparison import compare
from gazette.text.markdown_settings import DEFAULT, MarkdownSettings
from gazette.text.reader import read_document
from gazette.text.sanitizer import ELEMENTS, may_have, sanitize
from mutations import (
    EVERY_ELEMENT,
    SEEN,
    UNSEEN,
    VALUES,
    document_of,
    mutated,
    sections_of,
    with_attribute,
)

TEXTS = """# Rental of boats

You rent a boat by the day, and bring it back before dark: *always*.

## Article 1. Fees

1. The fee of US $20, or 5 % of the deposit, is due on the first day.
2. It is **not** paid back.

    - Not after a storm.
    - Not after a calm.

See [the harbour](https://harbour.example/) and [the map](map.png "of the lake").

## Insurance

| Boat | Cover |
| :--- | ----: |
| Canoe | 100 euros |
| Skiff | 300 euros |

> The lake owes nobody anything.

### ![A boat](boat.png) Damage

Damage
:   What no longer floats.
"""
SECTIONS = list(sections_of(read_document(TEXTS).html))
SEEDS = range(3)


@pytest.mark.parametrize("kind", SEEN)
def test_whatever_a_reader_can_notice_is_marked(kind: str) -> None:
    for section in SECTIONS:
        for seed in SEEDS:
            old, new = mutated(section, SEEN[kind], seed)
            assert compare(old, new).changed, (section, seed)


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_no_reader_notices_is_not_marked(kind: str) -> None:
    for section in SECTIONS:
        old, new = mutated(section, UNSEEN[kind], 0)
        for change in compare(old, new).changed:
            assert not [block for block in change.blocks if block.notes], section
        assert not compare(old, new).changed, section


@pytest.mark.parametrize("heading", ["## {} Fees", "## 2. {} Fees"])
def test_another_image_in_a_heading_is_marked(heading: str) -> None:
    old = read_document(f"{heading.format('![](boat.png)')}\n\nNone.\n")
    new = read_document(f"{heading.format('![](ship.png)')}\n\nNone.\n")
    assert compare(old, new).changed


UNNOTICED = frozenset({"id", "name", "rel", "datetime"})
"""Attributes that no reader notices."""
SHAPELESS = frozenset({"br", "col", "colgroup"})
"""Elements of which a reader notices nothing but whether a line breaks at them."""


@pytest.mark.parametrize("element", sorted(ELEMENTS))
def test_every_attribute_that_an_element_may_have_is_marked(element: str) -> None:
    old = document_of(EVERY_ELEMENT)
    missed = []
    for attribute in VALUES:
        if attribute in UNNOTICED or not may_have(element, attribute):
            continue
        mutant = with_attribute(element, attribute)
        assert not sanitize(mutant).removals, attribute
        is_seen = element not in SHAPELESS or (element, attribute) == ("br", "hidden")
        if is_seen and not compare(old, document_of(mutant)).changed:
            missed.append(attribute)
    assert not missed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "| Data sold | ✓ |\n| - | - |\n| a | ✓ |\n",
            "| Data sold | ✓ |\n| - | - |\n| a | ~~✓~~ |\n",
        ),
        ("We pay $ 5.\n", "We pay ~~$~~ 5.\n"),
        ("Sold: ✅\n", "Sold: ~~✅~~\n"),
        ("You pay *not* now.\n", "You pay *not*{: .footnote-backref } now.\n"),
        (
            "You get <span>it all</span> back.\n",
            'You get <span class="footnote-backref">it all</span> back.\n',
        ),
        (
            '<a class="footnote-ref" href="https://a.example/x">Terms</a>\n',
            '<a class="footnote-ref" href="https://b.example/y">Terms</a>\n',
        ),
        (
            '<a class="footnote-ref" href="mailto:a@example.com">Mail</a>\n',
            '<a class="footnote-ref" href="mailto:b@example.com">Mail</a>\n',
        ),
        (
            "See [cases](#fn:a){.footnote-ref}.\n\n## A {#fn:a}\n\n## B {#fn:b}\n",
            "See [cases](#fn:b){.footnote-ref}.\n\n## A {#fn:a}\n\n## B {#fn:b}\n",
        ),
        (
            'a[^x] <sup><a class="footnote-ref" href="#fn:x">1</a></sup>\n\n[^x]: X\n\n# B {#fn:b}',
            'a[^x] <sup><a class="footnote-ref" href="#fn:b">1</a></sup>\n\n[^x]: X\n\n# B {#fn:b}',
        ),
        (
            'A <a class="footnote-backref" href="#fnref:a">case</a>.\n',
            'A <a class="footnote-backref" href="#fnref:b">case</a>.\n',
        ),
        ("## Fees\n", "## Fees [not due](#fees){.headerlink}\n"),
        ('## Fees <a class="headerlink">due</a>\n', '## Fees <a class="headerlink">not</a>\n'),
        ("Names & faces\n", "Names ~~&~~ faces\n"),
        ("Under § 5\n", "Under ~~§~~ 5\n"),
    ],
)
def test_no_sign_and_no_class_hides_a_change(old: str, new: str) -> None:
    assert compare(read_document(old), read_document(new)).changed


def test_links_that_headings_are_given_are_no_text() -> None:
    permalinks = {"toc": {"permalink": "Link to this", "permalink_title": "Link"}}
    markdown = MarkdownSettings(DEFAULT.extensions, permalinks)
    text = "# Fees\n\nNone.\n\n## Not [due](#fees){.headerlink}\n\nNever.\n"
    old, new = (read_document(text, settings) for settings in (DEFAULT, markdown))
    assert [section.heading for section in new.sections] == ["", "Fees", "Not due"]
    assert new.html.count("Link to this</a>") == 2
    assert not any(letter in new.html for letter in "\ufdd0\ufdd1")
    assert not compare(old, new).changed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<ol>", '<ol start="7">'),
        ("<ol>", "<ol reversed>"),
        ("<li>b", '<li value="9">b'),
        ("<ol>", "<ul>"),
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<details><summary>{}</summary>c</details>",
        "<dl><dt>{}</dt><dd>c</dd></dl>",
        "<figure><figcaption>{}</figcaption></figure>",
        "<ol><li>{}</li></ol>",
    ],
)
def test_numbers_of_a_list_are_seen_wherever_it_stands(around: str, old: str, new: str) -> None:
    items = "<ol><li>a</li><li>b</li></ol>"
    other = items.replace(old, new).replace(old.replace("<", "</"), new.replace("<", "</"))
    before, after = (document_of(around.format(html)) for html in (items, other))
    assert compare(before, after).changed


def test_numbers_are_seen_through_what_stands_between_a_list_and_its_items() -> None:
    items = "<ol><div><li>a</li><li>b</li></div></ol>"
    other = items.replace("<ol>", '<ol start="3">')
    assert compare(document_of(items), document_of(other)).changed


def test_names_of_footnotes_and_looks_of_punctuation_are_seen_by_nobody() -> None:
    old = "It is *free*.[^a]\n\n[^a]: Nearly.\n"
    new = "It is *free.*[^b]\n\n[^b]: Nearly.\n"
    assert not compare(read_document(old), read_document(new)).changed


def test_names_of_footnotes_are_seen_by_nobody_whatever_they_hold() -> None:
    text = (
        "a[^{0}], b[^{1} x] c[^{0}]\n\n[^{0}]: See[^{2}].\n\n    1. one\n\n[^{1} x]: y\n[^{2}]: z\n"
    )
    old, new = (read_document(text.format(*names)) for names in ("éuo", "7b8"))
    assert not compare(old, new).changed
