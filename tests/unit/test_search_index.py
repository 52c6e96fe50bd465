"""The index of the search where policies are very many."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gazette.build import search_index
from gazette.build.search_index import INDEX, shorten_index
from gazette.model import Status
from published import policy, version

SHORT = "<p>Fees &amp; taxes are <em>yours</em>.</p>"
LONG = f"<p>Who &amp; what we pay:</p> <ul>{'<li>the carrier,</li>' * 50}</ul>"
UNSPACED = "個人情報の利用目的" * 40


def written(folder: Path, index: dict[str, Any]) -> Path:
    file = folder / INDEX
    file.parent.mkdir()
    file.write_text(json.dumps(index))
    return file


def index_of(*texts: str) -> dict[str, Any]:
    entries = [
        {"location": f"#s{place}", "title": "S", "text": text} for place, text in enumerate(texts)
    ]
    return {"config": {"lang": ["en"]}, "docs": entries}


def test_long_texts_keep_their_beginnings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "MAX_BYTES", 600)
    index = index_of(SHORT, LONG, UNSPACED)
    file = written(tmp_path, index)
    shorten_index(tmp_path)
    assert len(file.read_bytes()) <= 600
    shortened = json.loads(file.read_bytes())
    short, long, unspaced = (entry.pop("text") for entry in shortened["docs"])
    assert short == SHORT
    assert long.startswith("Who &amp; what we pay: the carrier, the carrier,")
    assert long.endswith((" the", "carrier,"))
    assert UNSPACED.startswith(unspaced)
    assert len(unspaced) > 30
    assert shortened == {**index, "docs": [entry | {} for entry in shortened["docs"]]}


@pytest.mark.parametrize("length", range(1, 8))
def test_no_escaped_letter_is_cut(length: int) -> None:
    assert search_index._beginning("&lt;&amp;", length) in ("", "&lt;")


def test_titles_stay_where_there_is_room_for_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MAX_BYTES", 10)
    file = written(tmp_path, index_of(LONG, LONG))
    shorten_index(tmp_path)
    assert [entry["text"] for entry in json.loads(file.read_bytes())["docs"]] == ["", ""]


@pytest.mark.parametrize("index", [index_of(SHORT), {"index": {}, **index_of(LONG * 9)}])
def test_an_index_that_fits_or_is_made_ready_stays(
    index: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MAX_BYTES", 1_000)
    file = written(tmp_path, index)
    shorten_index(tmp_path)
    assert json.loads(file.read_bytes()) == index


def test_a_site_without_a_search_has_no_index(tmp_path: Path) -> None:
    shorten_index(tmp_path)
    assert not (tmp_path / INDEX).exists()


def test_bytes_of_texts_in_force_count(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = policy(version("2026-01-05.v1", "利用規約\n", Status.IN_FORCE))
    gone = policy(version("2026-01-05.v1", status=Status.RETIRED))
    monkeypatch.setattr(search_index, "MAX_BYTES", len(standing.shown.read()))
    assert not search_index.is_large([standing, gone])
    assert search_index.is_large([standing, gone, standing])
