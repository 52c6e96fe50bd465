"""What an import writes passes as a policy."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gazette.imports.batch import UNTITLED, policy_file
from gazette.model import VersionId
from gazette.site.left_out import metadata_problems
from gazette.text.frontmatter import body_of, read_metadata
from gazette.text.visible import visible_line

VERSION = VersionId.parse("2026-03-31.v2")
ANYTHING = st.text() | st.text("\u200b\ufeff\u2060 \x00\ud800\uffff\x7f\x85\u2028\u3164")


@given(title=ANYTHING, summary=ANYTHING, note=ANYTHING)
def test_front_matter_is_valid_whatever_it_says(title: str, summary: str, note: str) -> None:
    data = policy_file(title, VERSION, "Text.", summary=summary, note=note)
    metadata, problems = read_metadata("x.md", data.decode())
    assert problems == []
    assert metadata
    assert metadata.version == VERSION
    signs = str.maketrans("<>", "‹›")
    assert metadata.title.translate(signs) == (visible_line(title.translate(signs)) or UNTITLED)
    assert metadata.summary.translate(signs) == visible_line(summary.translate(signs))
    assert list(metadata_problems("x.md", data.decode(), metadata)) == []


def test_front_matter_holds_no_markup() -> None:
    data = policy_file("Use of <dl>", VERSION, "x", summary="“<your-name>” is 1 < 2 <b", note="x")
    metadata, _ = read_metadata("x.md", data.decode())
    assert metadata
    assert metadata.title == "Use of ‹dl›"
    assert metadata.summary == "“‹your-name›” is 1 < 2 ‹b"


def test_plain_words_stay_plain() -> None:
    data = policy_file(
        "Terms of Use", VERSION, "\nText.\n\n", summary="a: b", note="Imported\nfrom x"
    )
    assert data.decode() == (
        "---\n# Imported from x\ntitle: Terms of Use\nversion: 2026-03-31.v2\n"
        'updated: 2026-03-31\nsummary: "a: b"\n---\n\nText.\n'
    )
    assert body_of(data.decode()) == "\nText.\n"
