"""What the comparison of imports with GitHub's reading calls lost, invented, or read otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import brought_in
from bench.brought_in import Center, Sum, body_of, compare, seen, with_words

SOURCE = "---\ntitle: Tools\n---\n\n{% include note.html %}\n# Tools\n\n- Saws\n- Drills\n"
GITHUB = "<h1>Tools</h1><ul><li>Saws</li><li>Drills</li></ul>"
PAGE = "<article><h1>{}</h1><p>Version 1</p><div class='gz-text'>{}</div></article>"


def compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, title: str = "Tools"
) -> tuple[Sum, list[str]]:
    monkeypatch.setattr(brought_in, "github", lambda text: GITHUB)
    page = tmp_path / "site" / "policies" / "tools" / "versions" / "1" / "index.html"
    page.parent.mkdir(parents=True)
    (tmp_path / "docs" / "policies").mkdir(parents=True)
    (tmp_path / "docs" / "policies" / "tools.md").write_text("title: Tools\nversion: 1\n")
    page.write_text(PAGE.format(title, body))
    total = Sum("tools")
    return total, list(compare(page, SOURCE, Center(tmp_path, tmp_path), total))


def test_front_matter_and_tags_are_no_part_of_a_text() -> None:
    assert body_of(SOURCE).strip() == "# Tools\n\n- Saws\n- Drills"


def test_page_that_shows_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added = "<p class='gz-old'>You followed a link.</p>"
    items = "<ul><li>Saws</li><li>Drills</li></ul>"
    total, differences = compared(tmp_path, monkeypatch, f"{added}{items}")
    assert not differences
    assert (total.words, total.lists, total.wrong) == (3, 1, 0)


def test_page_with_another_title_and_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = "<ol><li>Drills</li><li>Nails</li></ol><p><a href='gone/'>Saws</a></p>"
    total, differences = compared(tmp_path, monkeypatch, items, "Our tools")
    assert [line.partition("\n")[0] for line in differences] == [
        "dead link: gone/",
        "out of order: 1",
        "lost 1: tools×1",
        "invented 1: nails×1",
        "lists or tables",
        "blocks",
    ]
    assert total.lists_otherwise == total.dead == total.moved == 1


def test_tags_inside_words_do_not_part_them() -> None:
    piece = '<p>Two<b>fold</b></p><p>more <img alt="a saw" src="s.png"></p>'
    assert seen(with_words(piece)) == ["twofold", "more", "a", "saw"]
