"""Templates: read once, and again where a preview may have seen them edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.language import ENGLISH
from gazette.site import addresses, templates


def test_templates_are_read_again_for_a_preview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "TEMPLATES", tmp_path)
    keys = []
    for content in ("<p>old</p>", "<p>new</p>"):
        (tmp_path / "page.html").write_text(content)
        keys.append(templates.reload_templates())
        assert templates.render("page.html", addresses.HOME, ENGLISH) == content
    assert keys[0] != keys[1]
    monkeypatch.undo()
    templates.reload_templates()
