"""The files that a text shows or links are found, and little of it is rendered for that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.record.attachments import DEFINED, IN_TAG, INLINE, LinkedPaths, linked_files
from gazette.text import links
from gazette.text.markdown_settings import DEFAULT, MarkdownSettings
from gazette.text.own_addresses import OwnSite, own_files
from gazette.text.rendering import Renderer, assemble

PARAGRAPH = "Whoever writes to us gets an answer within two working days. " * 4


def linked(body: str, markdown: MarkdownSettings = DEFAULT, slug: str = "terms") -> tuple[str, ...]:
    paths = LinkedPaths(markdown, None)(f"---\ntitle: Terms\n---\n{body}".encode())
    return linked_files(paths, slug)


@pytest.mark.parametrize(
    "link",
    [
        "![The office](../assets/office.png)",
        "![The office]( <../assets/office.png> )",
        "![The office][picture]",
        '<img src="../assets/office.png" alt="The office">',
        "<a href = ../assets/office.png>The office</a>",
    ],
)
def test_a_link_in_a_later_part_of_a_long_text(link: str) -> None:
    definition = "[picture]: ../assets/office.png\n\n" if "[picture]" in link else ""
    body = f"{definition}{PARAGRAPH}\n\n## Where we are\n\n{PARAGRAPH}{link}\n\n{PARAGRAPH}\n"
    assert linked(body) == ("assets/office.png",)


@pytest.mark.parametrize(
    "source",
    [
        "[us](https://example.com/) and [us]( <mailto:us@example.com>)",
        "[us](#contact) and [us](/contact) and [the other text](privacy.md)",
        "[us]: https://example.com/",
        "[us]:  <https://example.com/>",
        "<a href=\"https://example.com/\">us</a> and <img src='/office.png'>",
    ],
)
def test_nothing_is_rendered_for_links_that_lead_elsewhere(source: str) -> None:
    assert not any(pattern.search(source) for pattern in (INLINE, DEFINED, IN_TAG))


def test_a_path_is_read_as_the_settings_of_the_project_have_it() -> None:
    source = "!!! note\n\n    ![The office](../assets/office.png)\n"
    assert linked(source) == ("assets/office.png",)
    assert linked(source, MarkdownSettings(())) == ()


def test_links_of_a_translation_lead_from_its_folder() -> None:
    source = "![Map](map.png), ![office](../../assets/office.png), [form](../form.pdf)"
    assert linked(source, slug="de/terms") == (
        "assets/office.png",
        "policies/de/map.png",
        "policies/form.pdf",
    )
    assert linked(source) == ("form.pdf", "policies/map.png")


def test_only_the_wanted_pieces_are_rendered() -> None:
    texts = [f"## Part {number}\n\n{PARAGRAPH}{number}\n" for number in range(3)]
    pieces = Renderer().pieces("\n".join(texts), lambda text: "Part 1" in text)
    assert [piece.slugs for piece in pieces] == [("part-1",)]


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("> ![Seal][seal]\n>\n> [seal]: ../assets/seal.png", "assets/seal.png"),
        ("- Seal\n\n    [seal]: ../assets/seal.png\n\n    ![Seal][seal]", "assets/seal.png"),
        ("!!! note\n    [seal]: ../assets/seal.png\n\n    ![seal]", "assets/seal.png"),
        ('<img Src="../assets/seal.png" alt="Seal">', "assets/seal.png"),
        ('<IMG sRC = "../assets/seal.png" alt="Seal">', "assets/seal.png"),
        ('<a hreF="../assets/form.pdf">form</a>', "assets/form.pdf"),
        ("[the form](../assets/form.md.pdf)", "assets/form.md.pdf"),
        ("![v](v.md.png)", "policies/v.md.png"),
        ("![b](../a.md/b.png)", "a.md/b.png"),
        ("[form]: form.md.pdf\n\n[form]", "policies/form.md.pdf"),
    ],
)
def test_a_file_that_only_an_unusual_link_names(source: str, path: str) -> None:
    assert linked(f"{PARAGRAPH}\n\n{source}\n") == (path,)


MARKS = r"""
    ]( ]: [ ![ [r] [r]: [a]( [a][r] ![r] [^1] [^1]: a.png ../b.pdf c.md c.md.png a.md/b https:
    https://x.y/ mailto: # / ? < > ( ) " ' = : <a <img href Href sRC src href= {: } {{x}} *a* ` \
    &#46; &colon; <!-- --> </a> <div> </div> title %2e
    https://s.io/x.pdf //s.io/y.pdf HTTP: // s. io/ /z.pdf www.
"""
SITE = OwnSite("s.io", "", "/")
BREAKS = ["\x02", "\ufdd0", " ", "\t", "\n", "\n\n", "> ", "- ", "1. ", "!!! note\n    "]
STARTS = [
    "",
    "> [r]: //s.io/r.pdf\n\n",
    "[r]: a.png\n\n",
    "> [r]: a.png\n\n",
    "1. [r]:\n   a.png\n\n",
]


@given(
    st.sampled_from(STARTS),
    st.lists(st.sampled_from([*MARKS.split(), *BREAKS]), min_size=1, max_size=10).map("".join),
    st.sampled_from([DEFAULT, MarkdownSettings(())]),
)
def test_no_file_that_a_text_names_is_overlooked(
    start: str, rest: str, markdown: MarkdownSettings
) -> None:
    """What is rendered is found, however it is written: the shortcut may only err on that side."""
    html, _ = assemble(Renderer(markdown).pieces(start + rest))
    source = f"---\ntitle: T\n---\n{start}{rest}".encode()
    files = {path for path in links.paths(html) if not path.endswith(".md")}
    assert {*LinkedPaths(markdown, None)(source)} == files
    files |= {f"/{path}" for _, path in own_files(html, SITE) if not path.endswith(".md")}
    assert {*LinkedPaths(markdown, SITE)(source)} == files
