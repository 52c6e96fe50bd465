"""The files that a text shows or links are found, and little of it is rendered for that."""

from __future__ import annotations

import pytest

from gazette.record.attachments import DEFINED, IN_TAG, INLINE, LinkedPaths, linked_files
from gazette.text.markdown_settings import DEFAULT, MarkdownSettings
from gazette.text.rendering import Renderer

PARAGRAPH = "Whoever writes to us gets an answer within two working days. " * 4


def linked(body: str, markdown: MarkdownSettings = DEFAULT, slug: str = "terms") -> tuple[str, ...]:
    paths = LinkedPaths(markdown)(f"---\ntitle: Terms\n---\n{body}".encode())
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
        "<a href= \"https://example.com/\">us</a> and <img src='/office.png'>",
        '<img src="{{ office }}"> and <img src="{% asset office.png %}">',
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
