"""What an import writes passes as a policy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.imports.imported import slug_from, stamped
from gazette.model import VersionId
from gazette.text.frontmatter import body_of, read

VERSION = VersionId.parse("2026-03-31.v2")
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@given(title=LINES, summary=LINES)
def test_front_matter_is_valid_whatever_it_says(title: str, summary: str) -> None:
    data = stamped(title, VERSION, "Text.", summary=summary, note=f"Imported from {title}")
    metadata, problems = read("x.md", data.decode())
    assert problems == []
    assert metadata
    assert metadata.version == VERSION
    assert metadata.title.split() == title.replace("\ufeff", " ").split()
    assert metadata.summary.split() == summary.replace("\ufeff", " ").split()


def test_plain_words_stay_plain() -> None:
    data = stamped("Terms of Use", VERSION, "\nText.\n\n", summary="a: b", note="Imported\nfrom x")
    assert data.decode() == (
        "---\n# Imported from x\ntitle: Terms of Use\nversion: 2026-03-31.v2\n"
        'updated: 2026-03-31\nsummary: "a: b"\n---\n\nText.\n'
    )
    assert body_of(data.decode()) == "\nText.\n"


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Terms & Conditions", "terms-conditions"),
        ("Règles d’usage", "regles-dusage"),
        ("legal/terms of_use", "legal-terms-of-use"),
        ("利用規約", ""),
    ],
)
def test_slug_from(words: str, slug: str) -> None:
    assert slug_from(words) == slug
