"""Pages filled into a shell of the theme."""

from __future__ import annotations

import pytest

from gazette.build.shells import ADDRESSES, fill, read_shell
from gazette.errors import GazetteError
from gazette.site.outputs import Page

ADDRESS = ADDRESSES[-1]
RENDERED = f"""<title>gazette-slot-title - Help</title>
<meta name="description" content="gazette-slot-description">
<meta name="robots" content="gazette-slot-robots">
<link rel="canonical" href="https://help.example.com/{ADDRESS}">
<a href="#gazette-slot-title">Skip</a>
<ul><li class="md-nav__item">
  <a href="#gazette-slot-anchor" class="md-nav__link">gazette-slot-heading</a>
</li></ul>
<article><h1 id="gazette-slot-title">gazette-slot-title</h1>
<h2 id="gazette-slot-anchor">gazette-slot-heading</h2>
<p>gazette-slot-end</p></article>
<footer></footer>"""


def page(**changed: object) -> Page:
    values: dict[str, object] = {
        "address": "policies/terms/versions/2026-03-31.v1/",
        "title": "Terms & fees",
        "description": 'All "fees"',
        "article": "<h1>Terms</h1>",
        "contents": (("fees", "1. Fees"), ("end", "2. <End>")),
        "canonical": "policies/terms/",
    }
    return Page(**{**values, **changed})  # type: ignore[arg-type]


def test_every_slot_is_filled_and_escaped() -> None:
    filled = fill(read_shell(ADDRESS, RENDERED), page())
    assert "gazette-slot" not in filled
    assert "<title>Terms &amp; fees - Help</title>" in filled
    assert 'content="All &quot;fees&quot;"' in filled
    assert '<link rel="canonical" href="https://help.example.com/policies/terms/">' in filled
    assert '<a href="#gz-title">Skip</a>' in filled
    assert "<article><h1>Terms</h1></article>" in filled
    assert filled.index('href="#fees"') < filled.index('href="#end"')
    assert "2. &lt;End&gt;" in filled


@pytest.mark.parametrize(
    ("indexed", "robots"), [(True, "index, follow"), (False, "noindex, follow")]
)
def test_robots(indexed: bool, robots: str) -> None:
    filled = fill(read_shell(ADDRESS, RENDERED), page(indexed=indexed))
    assert f'<meta name="robots" content="{robots}">' in filled


def test_text_that_speaks_of_slots_stays_as_it_is() -> None:
    filled = fill(read_shell(ADDRESS, RENDERED), page(article="<p>gazette-slot-title</p>"))
    assert "<p>gazette-slot-title</p>" in filled


def test_theme_without_slots_is_told_what_to_change() -> None:
    with pytest.raises(GazetteError, match="table of contents"):
        read_shell(ADDRESS, RENDERED.replace("md-nav__item", "other"))
