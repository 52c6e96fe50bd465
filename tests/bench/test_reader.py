"""Pages are weighed as they are sent, and the right ones are chosen."""

from __future__ import annotations

import gzip
import urllib.request
from pathlib import Path

from bench import reader


def page(sections: int) -> str:
    headings = "".join(f'<h2 id="s{number}">x</h2>' for number in range(sections))
    return f'<h1 id="outside">x</h1><article class="a"><h1 id="t">x</h1>{headings}</article>'


def put(site: Path, path: str, content: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(content)


def test_policy_of_nearest_number_of_sections(tmp_path: Path) -> None:
    for name, count in (("a", 2), ("b", 11), ("c", 30)):
        put(tmp_path, f"policies/{name}/index.html", page(count))
    assert reader.page_of_sections(tmp_path, 10) == ("policies/b/", 11)
    assert reader.sections("<p>no article</p>") == 0


def test_largest_redline_is_of_an_update(tmp_path: Path) -> None:
    put(tmp_path, "policies/a/changes/2026-01-01.v1/index.html", "short")
    put(tmp_path, "policies/b/changes/2026-01-02.v1/index.html", "longer")
    put(tmp_path, "policies/b/since/2026-01-01.v1/index.html", "longest of all")
    assert reader.largest_redline(tmp_path) == ("policies/b/changes/2026-01-02.v1/", 6)


def test_what_is_sent_is_counted_compressed(tmp_path: Path) -> None:
    put(tmp_path, "index.html", "page " * 1000)
    put(tmp_path, "a/style.css", "style " * 1000)
    with reader.served(tmp_path) as server:
        for path in ("", "a/style.css?v=1"):
            with urllib.request.urlopen(server.address + path) as response:
                body = response.read()
                assert response.headers["Content-Encoding"] == "gzip"
            name = path.partition("?")[0] or "index.html"
            assert gzip.decompress(body) == (tmp_path / name).read_bytes()
        assert dict(server.sent) == {
            "page": len(reader.compressed(tmp_path / "index.html")),
            "styles": len(reader.compressed(tmp_path / "a/style.css")),
        }
