"""Links and images of an archived text lead somewhere from where it is published."""

from __future__ import annotations

import pytest

from gazette.language import language_of
from gazette.text.links import relocated, target_of

PLACES = {
    "policies/terms.md": "../../../terms/",
    "assets/map.png": "../../../../assets/map.png",
    "policies/a b.md": "../../../a%20b/",
}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("terms.md", "policies/terms.md"),
        ("../assets/map.png", "assets/map.png"),
        ("a%20b.md#fees", "policies/a b.md"),
        ("#fees", None),
        ("https://example.com/terms.md", None),
        ("//example.com/terms.md", None),
        ("mailto:legal@example.com", None),
        ("/policies/terms/", None),
        ("", None),
    ],
)
def test_target_of(url: str, expected: str | None) -> None:
    assert target_of(url) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<a href="terms.md">T</a>', '<a href="../../../terms/">T</a>'),
        ('<a href="terms.md#fees">T</a>', '<a href="../../../terms/#fees">T</a>'),
        ('<a title="t" href="terms.md">T</a>', '<a title="t" href="../../../terms/">T</a>'),
        ("<a href='terms.md'>T</a>", '<a href="../../../terms/">T</a>'),
        (
            '<img alt="Map" src="../assets/map.png" />',
            '<img alt="Map" src="../../../../assets/map.png" />',
        ),
        ('<a href="#fees">T</a>', '<a href="#fees">T</a>'),
        ('<a href="https://example.com/a.md">T</a>', '<a href="https://example.com/a.md">T</a>'),
        ("<code>href=&quot;terms.md&quot;</code>", "<code>href=&quot;terms.md&quot;</code>"),
        (
            '<a href="gone.md">G</a>',
            '<a class="gz-missing" title="No longer published">G</a>',
        ),
        (
            '<img alt="A map" src="gone.png" />',
            '<span class="gz-missing">[Image no longer published: A map]</span>',
        ),
    ],
)
def test_relocated(old: str, new: str) -> None:
    assert relocated(old, PLACES.get) == new


def test_what_is_gone_is_marked_in_the_language_of_the_page() -> None:
    gone = '<a href="gone.md">G</a><img alt="100% &lt;b" src="gone.png" />'
    words = relocated(gone, PLACES.get, language=language_of("de"))
    assert 'title="Nicht mehr veröffentlicht">G' in words
    assert "[Bild nicht mehr veröffentlicht: 100% &lt;b]" in words
