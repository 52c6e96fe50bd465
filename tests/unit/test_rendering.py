"""The text rendered in pieces is exactly the text rendered whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import markdown
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gazette.text import markdown_extension
from gazette.text.markdown_settings import DEFAULT, DEFAULT_EXTENSIONS, MarkdownSettings
from gazette.text.reader import read_document
from gazette.text.rendering import Renderer, assemble
from gazette.text.sanitizer import sanitize

LONG = (
    "The supplier keeps the records for as long as the contract runs and for a year after it. " * 3
)

BLOCKS = [
    "# Terms",
    "## Terms",
    "##",
    "Terms\n=====",
    "Fees due\n---",
    LONG,
    LONG + "\n" + LONG,
    "A [link](https://example.com/a) and [one by name][home], `code`, **bold** and *italic*.",
    "[home]: https://example.com/home",
    "[home]: https://example.com/later 'Later'",
    "- one\n- two\n    - nested",
    "- loose\n\n- list",
    "1. first\n2. second",
    "    continued or code\n\n    more of it",
    "> quoted\n> twice",
    "| a | b |\n| - | - |\n| 1 | 2<br>3 |",
    "Term\n:   meaning",
    "**Bold term**\n[Linked](#x)\n\n:   meaning",
    ":   further meaning",
    "!!! note\n    Take care.",
    "```\ncode\n\n# no heading\n```",
    "<div>raw\n\n**html**</div>",
    "<table><tr><td>x</td></tr></table>",
    "An <unclosed tag",
    "a < b and c > d, mail <me@example.com>, see <https://example.com>",
    "<!-- a comment -->",
    "*[SLA]: Service Level Agreement",
    "> *[SLA]: Service Level Agreement",
    "- *[SLA]: Service Level Agreement",
    "The SLA holds.",
    "A note[^1].\n\n[^1]: The note.",
    "## Own id {#terms}",
    "## Terms {#terms}",
    "---",
    "***bold italic*** text  \nwith a line break",
    "[TOC]",
    "&copy; &amp; & AT&T, &#169 and &#x41 without an end",
    "   \n- list behind blanks",
]


INLINE = [
    *("Data", " is kept", " for ", "30 days", ".", "\n", "1. ", "3.1 ", "a_b_c", "\u00a0", "\x07"),
    *("**", "*", "_", "__", "`", "!", "[", "]", "(", ")", "<", ">", "&", "&amp;", "{: #x }", "|"),
    *("[terms](https://example.com/a_b?c=d#e)", "[mail](mailto:me@example.com)", "[a](b 'c')"),
    *("[b** c](d)", "[a **b](c) d**", "&#169 ", "[a](", "\n\n:   meaning", "\t"),
    *("**bold**", "** not bold **", "**[bold](link)**", "***", "\\*", "  \n", ":", "# ", "- ", "'"),
]


def whole(body: str, extensions: Sequence[str], configs: dict[str, Any]) -> str:
    extensions = [*extensions, markdown_extension.NAME]
    html = markdown.markdown(body, extensions=extensions, extension_configs=configs)
    return without_gaps(sanitize(html).html)


def in_pieces(body: str, settings: MarkdownSettings = DEFAULT) -> str:
    return without_gaps(assemble(Renderer(settings).pieces(body))[0])


def without_gaps(html: str) -> str:
    """Leave out the empty lines that stand where a comment stood."""
    return re.sub(r"\n+", "\n", html).strip("\n")


def test_a_list_below_thousands_of_blank_lines() -> None:
    """Were the lines looked through from each, this would take half a minute."""
    assert "<li>x</li>" in in_pieces("One." + "\n \n" * 9_900 + "- x\n")


@pytest.mark.parametrize("body", ["", "\n\n", "\n\n# Terms\n\ntext", *BLOCKS])
def test_one_block_renders_as_the_whole(body: str) -> None:
    assert in_pieces(body) == whole(body, DEFAULT_EXTENSIONS, {})


@given(st.lists(st.sampled_from(BLOCKS), max_size=9), st.sampled_from(["\n\n", "\n\n\n", "\n \n"]))
def test_any_blocks_render_as_the_whole(blocks: list[str], gap: str) -> None:
    body = gap.join(blocks)
    assert in_pieces(body) == whole(body, DEFAULT_EXTENSIONS, {})


def test_a_paragraph_with_a_meaning_joins_the_list_before_it() -> None:
    body = f"{LONG}\n\nTerm\n:   meaning\n\n{LONG}\n\n:   meaning of the paragraph"
    assert in_pieces(body) == whole(body, DEFAULT_EXTENSIONS, {})


def test_permalinks_get_the_ids_of_the_page() -> None:
    configs = {"toc": {"permalink": True}}
    settings = MarkdownSettings(DEFAULT_EXTENSIONS, configs)
    body = "## Fees\n\ntext\n\n## Fees\n\ntext"
    assert in_pieces(body, settings) == whole(body, DEFAULT_EXTENSIONS, configs)
    assert assemble(Renderer(settings).pieces(body))[1] == ["fees", "fees_1"]


@pytest.mark.parametrize("words", [r"\_\_search", "md-header", "Gz-draft"])
def test_no_heading_takes_an_id_of_the_page_around(words: str) -> None:
    document = read_document(f"## {words}\n\ntext")
    assert document.html.startswith("<h2>")
    (removal,) = document.removals
    assert (removal.element, removal.attribute) == ("h2", "id")
    expected = '<h1 id="section">_</h1>\n<h1 id="section_1">_</h1>'
    assert read_document("# _\n\n# _\n").html == expected


@given(st.lists(st.sampled_from(INLINE), max_size=9).map("".join))
@example("\t\u00a0")
@example("# _")
@example("\nData\n\n:   meaning")
def test_any_line_renders_and_reads_as_the_whole(line: str) -> None:
    """Nothing is lost between Python-Markdown and the blocks of a section."""
    assume("<![" not in line)  # beyond the bounds: such a text is refused, and shown as its source
    body = f"{line}\n\n# Terms\n\n- {line}\n- {line}\n\n{line}\n{line}"
    assert in_pieces(body) == whole(body, DEFAULT_EXTENSIONS, {})
    asked_of_lxml = MarkdownSettings((*DEFAULT_EXTENSIONS, "nl2br"))
    both = (read_document(line, settings) for settings in (DEFAULT, asked_of_lxml))
    old, new = ([block.cells for block in read.sections[0].blocks] for read in both)
    assert old == new or "\n" in line


def test_a_table_of_contents_at_a_marker_of_its_own() -> None:
    configs = {"toc": {"marker": "Contents here"}}
    settings = MarkdownSettings(DEFAULT_EXTENSIONS, configs)
    body = f"Contents here\n\n## Fees\n\n{LONG}\n\n## Terms\n\n{LONG}"
    assert in_pieces(body, settings) == whole(body, DEFAULT_EXTENSIONS, configs)


def test_headings_without_words_have_ids_of_their_own_in_every_text() -> None:
    renderer = Renderer()
    for text in (f"##\n\n{LONG}", f"##\n\nFees are due.\n\n##\n\n{LONG}"):
        html = without_gaps(assemble(renderer.pieces(text))[0])
        assert html == whole(text, DEFAULT_EXTENSIONS, {})


def test_contents_lead_to_the_headings_and_are_no_text_of_their_own() -> None:
    document = read_document("[TOC]\n\n## Fees\n\n## Fees {: #dues }\n\nFive.")
    assert re.findall('href="([^"]*)"', document.html) == ["#fees", "#dues"]
    assert "\ufdd0" not in document.html
    assert document.sections[0].blocks == ()


@pytest.mark.parametrize("mark", ["[TOC]", "///Footnotes Go Here///"])
@pytest.mark.parametrize(
    "html", ["<p>Not free.</p>", "<div>\n\nNot free.\n\n</div>", "<i>Not</i> free."]
)
@pytest.mark.parametrize("before", ["", "> ", "- ", "!!! note\n    "])
def test_html_behind_the_mark_of_a_place_stays(mark: str, html: str, before: str) -> None:
    inner = f"{mark}\n\n{html}".replace("\n", "\n" + {"> ": "> ", "- ": "  "}.get(before, ""))
    inner = inner.replace("\n", "\n    ") if "note" in before else inner
    document = read_document(f"A note.[^n]\n\n{before}{inner}\n\n## Fees\n\n[^n]: Five.")
    assert document.html.count("Five.") == 1
    assert "Not free." in " ".join(b.text for s in document.sections for b in s.blocks)


@pytest.mark.parametrize("target", ["%EF%B7%900%EF%B7%91", "%EF%B7%909%EF%B7%91"])
def test_no_text_passes_for_contents(target: str) -> None:
    body = f"[TOC]\n\n## Fees\n\n[x](#{target})\n\n<div class='toc'>Five.</div>"
    assert read_document(body).sections[1].blocks[-1].text == "Five."


def test_abbreviations_that_the_settings_define() -> None:
    configs = {"abbr": {"glossary": {"SLA": "Service Level Agreement"}}}
    settings = MarkdownSettings(DEFAULT_EXTENSIONS, configs)
    body = (
        f"The SLA holds.\n\n## Fees\n\n{LONG}\n\nThe SLA of the [list](https://example.com) holds."
    )
    assert in_pieces(body, settings) == whole(body, DEFAULT_EXTENSIONS, configs)


@pytest.mark.parametrize("extension", ["nl2br", "smarty", "pymdownx.betterem", "codehilite"])
def test_words_without_any_mark_are_read_by_every_extension(extension: str) -> None:
    settings = MarkdownSettings((*DEFAULT_EXTENSIONS, extension))
    body = f"The SLA -- 'agreed' ...\nholds.\n\n- The SLA\n  holds\n\n{LONG}\n\n# B\n\nText."
    for text in (body, f"{body}\n\n*[SLA]: Service Level Agreement"):
        assert in_pieces(text, settings) == whole(text, settings.extensions, {})


def test_metadata_at_the_beginning_is_taken_away() -> None:
    settings = MarkdownSettings((*DEFAULT_EXTENSIONS, "meta"))
    body = f"Note: to be taken away\n\n{LONG}\n\n## Fees\n\n{LONG}"
    assert in_pieces(body, settings) == whole(body, settings.extensions, {})


def test_unknown_extensions_render_the_text_whole() -> None:
    settings = MarkdownSettings((*DEFAULT_EXTENSIONS, "wikilinks"))
    assert len(Renderer(settings).pieces(f"# A\n\n{LONG}\n\n# B\n\n[[page]]")) == 1


def test_a_piece_is_rendered_once_for_all_texts() -> None:
    renderer = Renderer()
    old = renderer.pieces(f"# A\n\n{LONG}\n\n# B\n\nold text")
    new = renderer.pieces(f"# A\n\n{LONG}\n\n# B\n\nnew text")
    assert old[0] is new[0]
    assert old[-1] is not new[-1]


MARKERS = [
    "gazetteheading7x",
    "gazetteseam",
    "\ufdd0seam\ufdd1",
    "\ufdd07\ufdd1",
    "&#xFDD0;7&#xFDD1;",
]


@pytest.mark.parametrize("marker", MARKERS)
def test_no_marker_can_stand_in_a_text(marker: str) -> None:
    heading = f"## {marker} {{: title='{marker}' }}"
    body = f"## 1. A\n\nSee {marker} here.\n\n{marker}\n\n{heading}\n\n{LONG}"
    html = in_pieces(body)
    words = re.sub(r"[\ufdd0\ufdd1]|&#xFDD.;", "", marker)
    assert f"<p>See {words} here.</p>" in html
    assert "\ufdd0" not in html
    assert LONG.strip() in html


@pytest.mark.parametrize("text", ["<p>x<v {", "data\n\n<plaintext>x\n\nThe end.", "data<br>&#6;"])
def test_a_text_that_browsers_read_otherwise_is_read_and_reported(text: str) -> None:
    document = read_document(text)
    assert document.removals
    assert "<v" not in document.html


def test_a_text_beyond_the_bounds_is_shown_as_its_source() -> None:
    document = read_document("# A\n\n" + "[" * 50_000)
    assert document.html.startswith("<pre>\n# A\n\n[[[")
    assert "“[”" in document.removals[0].reason


def test_what_is_taken_out_of_pieces_is_reported_for_the_whole() -> None:
    document = read_document(f"<b onclick=x>a</b>\n\n{LONG}\n\n[b](javascript:x)")
    assert [removal.attribute for removal in document.removals] == ["onclick", "href"]
