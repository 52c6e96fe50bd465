"""The events of the host, where they look at a page alone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from gazette import adapter


@pytest.mark.parametrize(
    "value",
    [
        "<b>Prices</b>",
        "[<b>Prices</b>]",
        "{name: <b>, <b>: name}",
        "{a: {b: {c: {d: [<b>]}}}}",
        "&own [*own, <b>]",
        "!!binary PGI+UHJpY2Vz",
        "!!set {<b>}",
        "!!omap [<b>: 1]",
    ],
)
def test_no_value_of_front_matter_is_markup(value: str) -> None:
    """A theme writes whatever stands there, and the title on all pages."""
    page = SimpleNamespace(meta=yaml.safe_load(f"title: {value}"))
    adapter.on_page_markdown("", page, MkDocsConfig(), Files([]))  # type: ignore[arg-type]
    assert "<" not in str(page.meta["title"])


def test_what_themes_ask_for_keeps_its_form() -> None:
    meta = {"hide": ["toc"], "search": {"exclude": True, "boost": 2}, "author": None}
    page = SimpleNamespace(meta=dict(meta))
    adapter.on_page_markdown("", page, MkDocsConfig(), Files([]))  # type: ignore[arg-type]
    assert page.meta == meta
