"""Links within a text that lead elsewhere, while all its words stay."""

from __future__ import annotations

import pytest

from gazette.text.link_places import moved_anchors
from gazette.text.reader import read_document

LINK = "See [cases](#x).\n\n"


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ('<p id="x">A</p><p>B</p>', '<p>A</p><p id="x">B</p>', {"x"}),
        ("<p><a name=x>A</a></p><p>B</p>", "<p>A</p><p><a name=x>B</a></p>", {"x"}),
        ("## A {#x}\n\n## B {#y}\n", "## A {#y}\n\n## B {#x}\n", {"x", "y"}),
        ("## A\n\n## A\n", "## A {#b}\n\n## A\n", {"a"}),
        ('<p id="x">A</p>', "<p>A</p>", {"x"}),
        (
            "A[^a][^b]\n\n[^a]: C\n[^b]: [D](#fn:a)\n",
            "A[^b][^a]\n\n[^b]: C\n[^a]: [D](#fn:a)\n",
            {"fn:a"},
        ),
        # right
        ("A\n", '<p id="x">A</p>', set()),
        ("## A {#y}\n", "## A\n", set()),
        ("A[^a][^b]\n\n[^a]: C\n[^b]: D\n", "A[^b][^a]\n\n[^b]: C\n[^a]: D\n", set()),
        ('It\'s a co&shy;py\n\n<p id="x">A</p>', 'It’s\na copy\n\n<p id="x">A</p>', set()),
        ("## A {#x}", "[TOC]\n\n## A {#x}", set()),
    ],
)
def test_anchors_that_moved(old: str, new: str, moved: set[str]) -> None:
    before, after = (read_document(LINK + body).html for body in (old, new))
    assert set(moved_anchors(before, after)) == moved
    assert set(moved_anchors(before, before)) == set()
