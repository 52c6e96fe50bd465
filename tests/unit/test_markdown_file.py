"""A Markdown file: its title, what a reader sees of it, where its links lead."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.errors import SourceError
from gazette.imports.draft import DraftContext
from gazette.imports.markdown_file import (
    below,
    cleaned_text,
    is_markdown,
    opening_of,
    opening_title,
    read_markdown,
    reader_digest,
    relinked,
)
from gazette.imports.old_site import old_site
from gazette.text.markdown_settings import DEFAULT
from gazette.text.reader import read_document

PAGE = DraftContext("terms.md", "Terms", date(2026, 11, 23), DEFAULT)
PARAGRAPHS = "\n\n".join(["We keep your data."] * 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Terms *of* Use\n\nText.", ("Terms of Use", "Text.")),
        ("Terms\n=====\n\nText.", ("Terms", "Text.")),
        ("---\ntitle: Short\n---\n# Terms\n\nText.", ("Terms", "Text.")),
        ("---\ntitle: Short\n---\n\nText.", ("Short", "Text.")),
        ("<!-- # Old -->\n\n# Terms\n\nText.", ("Terms", "<!-- # Old -->\n\nText.")),
        (
            "[Home](a.md) | [Law](b.md)\n\nTerms\n===\nText.",
            ("Terms", "[Home](a.md) | [Law](b.md)\n\nText."),
        ),
        ("![](a.png)\n\n# Terms\n\nText.", ("Terms", "![](a.png)\n\nText.")),
        ("Updated 7 March 2026\n\n# Terms\n\nText.", ("Terms", "Updated 7 March 2026\n\nText.")),
        ("```\n# a\n```\n\n# Terms", ("Name", "```\n# a\n```\n\n# Terms")),
        ("Text.\n\n# Terms", ("Name", "Text.\n\n# Terms")),
        ("# One\n\nText.\n\n# Two", ("Name", "# One\n\nText.\n\n# Two")),
        ("# Terms\n\n[Up](#terms)", ("Terms", "[Up](#)")),
        ("\ufeff# Terms\r\n\r\nText.", ("Terms", "Text.")),
    ],
)
def test_titles(text: str, expected: tuple[str, str]) -> None:
    cleaned = cleaned_text(text)
    opening = opening_of(cleaned, "Name", read_document)
    assert (opening.title, below(cleaned.body, opening)) == expected


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("# T\n\n##### Last updated: March 7, 2026\n\n## A\n\nText.", "## A\n\nText."),
        ("_Last updated: March 7, 2026_\n\n# T\n\n## A\n\nText.", "## A\n\nText."),
        ("---\nversion: 2026-03-07\n---\n# T\n\nText.", "Text."),
        (f"# T\n\n{PARAGRAPHS}\n\nRevised March 7, 2026.", PARAGRAPHS),
    ],
)
def test_lines_at_the_ends_that_name_the_day(text: str, body: str) -> None:
    draft = read_markdown(text.encode(), PAGE)
    assert draft
    assert (draft.title, str(draft.version), draft.body) == ("T", "2026-03-07.v1", body)


@pytest.mark.parametrize(
    ("front", "kept_back"),
    [
        ("---\ntitle: Terms\ndraft: true\n---\n", "`draft: true`"),
        ('---\npublished: "False"\n---\n', "`published: False`"),
        ("---\ndraft: true  # until June\n---\n", "`draft: true`"),
        ('---\ndraft: "true" # until June\n---\n', "`draft: true`"),
        ("+++\ndraft = true\n+++\n", "`draft: True`"),
        ("---\ndraft: false\npublished: 2025-01-02\n---\n", ""),
        ("", ""),
    ],
)
def test_a_file_that_its_site_keeps_back_says_so(front: str, kept_back: str) -> None:
    draft = read_markdown(f"{front}# Terms\n\nText.\n".encode(), PAGE)
    assert draft
    assert draft.body == "Text."
    shown = [note for note in draft.notes if "its site shows it to nobody" in note]
    expected = [f"Its front matter says {kept_back}: its site shows it to nobody."]
    assert shown == (expected if kept_back else [])


def test_days_of_a_list_at_the_end_are_text() -> None:
    draft = read_markdown(f"# T\n\n{PARAGRAPHS}\n\n- Revised March 7, 2026".encode(), PAGE)
    assert draft
    assert str(draft.version) == "2026-11-23.v1"


def digest(title: str, body: str) -> bytes:
    return reader_digest(title, read_document(body))


@pytest.mark.parametrize(
    "new",
    ["We keep\nyour data.", "We keep  your data.\n\n", "We keep your data. <!-- note -->"],
)
def test_what_no_reader_sees(new: str) -> None:
    assert digest("T", new) == digest("T", "We keep your data.")


@pytest.mark.parametrize(
    "new",
    [
        "We keep your date.",
        "We keep [your](a.md) data.",
        "We keep **your** data.",
        "- We keep your data.",
        "## We keep your data.",
        "We keep your ![](a.png) data.",
    ],
)
def test_what_a_reader_sees(new: str) -> None:
    assert digest("T", new) != digest("T", "We keep your data.")
    assert digest("T", new) != digest("U", new)


def test_numbers_of_a_list_are_seen() -> None:
    assert digest("T", "1. a") != digest("T", "2. a")


@pytest.mark.parametrize("front", ["", "---\ntitle: T\nversion: 2026-01-05.v1\n---\n"])
def test_a_text_that_no_policy_may_be_is_refused(front: str) -> None:
    with pytest.raises(SourceError, match=r"^Line \d+: "):
        read_markdown(f"{front}# Terms\n\n{'- ' * 60}x\n".encode(), PAGE)


def test_relinked() -> None:
    moved = {"terms/index.md": "terms.md", "legal/data.md": "legal-data.md"}.get
    body = (
        "[a](../terms/index.md#x) [b](data.md) [c](/d) [e](other.md) [f](#g) ![h](data.png)\n\n"
        '[i]: data.md\n\n<a href="data.md">j</a> `[k](data.md)` [l][i] [m](data.md "Data")'
    )
    assert relinked(body, "legal/index.md", moved) == (
        "[a](terms.md#x) [b](legal-data.md) [c](/d) [e](other.md) [f](#g) ![h](data.png)\n\n"
        '[i]: legal-data.md\n\n<a href="legal-data.md">j</a> `[k](data.md)` [l][i] '
        '[m](legal-data.md "Data")'
    )
    assert (
        relinked("[a](index.md#x) [b](index.md)", "terms/index.md", moved)
        == "[a](#x) [b](terms.md)"
    )


def test_relinked_from_the_address_that_a_text_had() -> None:
    slugs = {"_legal/fees.md": "fees", "law/a.md": "a"}
    site = old_site(slugs, "", {"fees": ["/use/fees"]}, (), "")

    def no_file(path: str) -> None:
        """Know no file."""

    links = "[f](../fees/) [g](fees#x) [a](../../law/a) [n](../nothing/)"
    text = f"---\npermalink: /use/terms/\n---\n\n{links}"
    assert relinked(text, "_legal/terms.md", no_file, site).endswith(
        "[f](fees.md) [g](fees.md#x) [a](a.md) [n](../nothing/)"
    )
    assert relinked(links, "docs/law/b.md", no_file, site).startswith("[f](../fees/) [g](fees#x)")
    assert relinked("[a](../a/)", "docs/law/b.md", no_file, site) == "[a](a.md)"


def test_is_markdown() -> None:
    assert is_markdown("Hello\n\n## Time\n")
    assert is_markdown("---\ntitle: x\n---\n")
    assert not is_markdown("#1 choice")


def test_comments_that_do_not_end_are_searched_for_once() -> None:
    opening = "<!-- " * 100_000
    assert opening_title(f"{opening}\n\n# Fees\n") == "Fees"
