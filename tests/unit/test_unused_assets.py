"""What no browser asks for is not published; what a project has of its own is."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.build.search_index import INDEX
from gazette.build.unused_assets import remove_unused_assets

FILES = ("assets/a.css", "assets/a.css.map", "assets/own.js.map", "assets/javascripts/lunr/x.js")


def published(folder: Path, index: str) -> set[str]:
    """Return what is left of the files that a host rendered, with this index of its search."""
    rendered, docs = folder / "rendered", folder / "docs"
    for path in (*(rendered / name for name in FILES), docs / "assets/own.js.map"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    if index:
        (rendered / INDEX).parent.mkdir()
        (rendered / INDEX).write_text(index)
    remove_unused_assets(rendered, docs)
    return {name for name in FILES if (rendered / name).exists()}


def test_maps_and_languages_of_an_english_search_are_left_out(tmp_path: Path) -> None:
    index = '{"config":{"lang":["en"],"separator":"x"},"docs":[]}'
    assert published(tmp_path, index) == {"assets/a.css", "assets/own.js.map"}


@pytest.mark.parametrize("index", ['{"config":{"lang":["en","de"],"separator":"x"}}', "", "{}"])
def test_languages_stay_where_the_search_may_have_others(tmp_path: Path, index: str) -> None:
    assert "assets/javascripts/lunr/x.js" in published(tmp_path, index)
