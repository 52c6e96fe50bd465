"""The events of the host, where they look at a page alone."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, get_navigation

from gazette import adapter
from gazette.build import docs_pages
from gazette.language import language_of


def read_front_matter(meta: dict[str, object]) -> dict[str, object]:
    """Return what themes get of the front matter of a page that the project has no file of."""
    build = SimpleNamespace(
        settings=SimpleNamespace(docs=Path("docs"), theme_folders=()),
        policy_at=lambda path: None,
    )
    page = SimpleNamespace(meta=meta, file=SimpleNamespace(src_uri="made/by-a-plugin.md"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adapter.HostState, "build", build, raising=False)
        adapter.on_page_markdown("", page, MkDocsConfig(), Files([]))  # type: ignore[arg-type]
    read: dict[str, object] = page.meta
    return read


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
    assert "<" not in str(read_front_matter(yaml.safe_load(f"title: {value}"))["title"])


def test_what_themes_ask_for_keeps_its_form() -> None:
    meta = {"hide": ["toc"], "search": {"exclude": True, "boost": 2}, "author": None}
    assert read_front_matter(dict(meta)) == meta


def group_of_policies(count: int, config: MkDocsConfig) -> Navigation:
    """Return a navigation of a home page and so many policies, as the host makes it."""
    names = ["index.md", "contact.md", *(f"policies/policy-{number}.md" for number in range(count))]
    files = Files([File(name, "docs", "site", use_directory_urls=True) for name in names])
    return get_navigation(files, config)


@pytest.mark.parametrize(
    ("count", "is_listed"), [(adapter.MAX_LISTED, True), (adapter.MAX_LISTED + 1, False)]
)
def test_navigation_lists_no_policies_where_they_are_many(
    count: int, is_listed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page would hold them all, and no reader reads so many in a margin."""
    language = language_of("en")
    policy = SimpleNamespace(slug="policy-7")
    build = SimpleNamespace(
        settings=SimpleNamespace(interface=language, language_for=lambda tag: language),
        policy_at=lambda path: policy if path == "policies/policy-7.md" else None,
    )
    monkeypatch.setattr(adapter.HostState, "build", build, raising=False)
    monkeypatch.setattr(docs_pages, "page_html", lambda build, path, text, language: text)
    monkeypatch.setattr(adapter, "theme_language", lambda settings, language: "en")
    config = load_config(site_name="Help", plugins=[])
    nav = group_of_policies(count, config)
    adapter.on_nav(nav, config, Files([]))
    assert [item.title for item in nav.items if item.is_section] == ["Policies"] * is_listed
    page = next(page for page in nav.pages if page.file.src_uri == "policies/policy-7.md")
    page.content = ""
    context = {"nav": nav}
    adapter.on_page_context(context, page, config, nav)
    if is_listed:
        assert context["nav"] is nav
    else:
        urls = [item.url for item in context["nav"].items]
        assert urls == ["", "policies/policy-7/", "policies/policy-7/versions/"]
