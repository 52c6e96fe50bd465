"""The Content Security Policy of a page."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from pathlib import Path

import pytest

from gazette.build.bound_pages import HEADERS, bind_pages, policy_for
from gazette.language import ENGLISH
from gazette.model import Slug
from gazette.site.addresses import Address, timemap
from gazette.site.articles import moved_page
from gazette.site.content_policy import ContentPolicy
from policy_texts import SETTINGS

HEAD = '<html><head>\n<meta charset="utf-8"><title>T</title></head>'
BASE = "default-src 'self';img-src 'self' data:;base-uri 'none';form-action 'self'"


def source(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def scripts(policy: str) -> list[str]:
    directives = dict(part.split(" ", 1) for part in policy.split(";"))
    return directives.get("script-src", "").split()


def test_a_page_without_scripts_has_a_short_policy_before_all_else() -> None:
    page = ContentPolicy().into(HEAD)
    tag = f'<meta http-equiv="Content-Security-Policy" content="{BASE}">'
    assert page == HEAD.replace("<title>", f"{tag}<title>")
    assert ContentPolicy().into("<head><p>") == f"<head>{tag}<p>"
    assert ContentPolicy().into("<p>No page</p>") == "<p>No page</p>"


@pytest.mark.parametrize(
    "tag",
    ["<script>", "<script id='x'>", '<script type="module">', "<script type=text/javascript>"],
)
def test_what_stands_in_a_script_is_allowed_as_it_is(tag: str) -> None:
    code = "if (a < b && 'ü')\n  run()"
    assert scripts(ContentPolicy().of(f"{HEAD}{tag}{code}</script>")) == ["'self'", source(code)]


def test_data_and_scripts_of_files_need_no_digest() -> None:
    page = '<script src="a.js"></script><script type="application/ld+json">{}</script>'
    assert ContentPolicy().of(page) == BASE


def test_the_same_script_is_named_once_whatever_pages_hold_it() -> None:
    pages = "<script>a()</script><script>b()</script><script>a()</script>"
    assert sorted(scripts(ContentPolicy().of(pages))) == sorted(
        ["'self'", source("a()"), source("b()")]
    )


def test_styles_of_the_projects_own_templates_are_allowed_by_their_digests() -> None:
    policy = ContentPolicy().of("<style>p { color: red }</style>")
    assert f"style-src 'self' {source('p { color: red }')}" in policy
    assert "script-src" not in policy


def test_hosts_are_allowed_for_everything() -> None:
    policy = ContentPolicy(("https://a.example",)).of("<script>a()</script>")
    assert policy.startswith(
        "default-src 'self' https://a.example;img-src 'self' https://a.example data:;"
        "script-src 'self' https://a.example 'sha256-"
    )


LOADED = {
    '<script src="https://a.example/x.js">': "https://a.example/x.js",
    "<script async src=//a.example/x.js>": "//a.example/x.js",
    '<link rel="stylesheet" href="http://a.example/x.css">': "http://a.example/x.css",
    "<link href='https://a.example:81/x.css' rel='stylesheet'>": "https://a.example:81/x.css",
    '<img alt="" src="https://a.example/x.png">': "https://a.example/x.png",
    '<iframe src="https://a.example/">': "https://a.example/",
}


@pytest.mark.parametrize("tag", LOADED)
def test_what_a_page_may_not_load_is_noticed(tag: str) -> None:
    assert list(ContentPolicy().refused(HEAD + tag)) == [LOADED[tag]]
    assert list(ContentPolicy(("https://b.example", "https://a.example.org")).refused(tag)) == [
        LOADED[tag]
    ]


@pytest.mark.parametrize("host", ["https://cdn.a.example", "https://*.a.example"])
def test_what_a_page_may_load_is_not(host: str) -> None:
    page = '<script src="https://cdn.a.example/x.js"><script src="//cdn.a.example/y.js">'
    assert list(ContentPolicy((host,)).refused(page)) == []


def test_links_are_never_loaded() -> None:
    page = (
        '<a href="https://a.example/">x</a><link rel="canonical" href="https://a.example/">'
        '<script src="x.js"></script><img src="x.png" title="https://a.example/">'
    )
    assert list(ContentPolicy().refused(page)) == []


def test_pages_of_the_host_are_bound_and_headers_name_all_their_scripts(tmp_path: Path) -> None:
    rendered = tmp_path / "rendered"
    pages = {name: f"{HEAD}<script>{name}</script>" for name in ("index.html", "deep/index.html")}
    for name, page in pages.items():
        (rendered / name).parent.mkdir(parents=True, exist_ok=True)
        (rendered / name).write_text(page)
    assert bind_pages(rendered, ContentPolicy(), [f"{HEAD}<script>shell</script>"]) == []
    for name, page in pages.items():
        assert (rendered / name).read_text() == ContentPolicy().into(page)
    headers = (rendered / HEADERS).read_text()
    policy = next(line for line in headers.splitlines() if "Policy:" in line)
    assert set(scripts(policy)) == {"'self'", *map(source, [*pages, "shell"])}
    assert policy.endswith(";frame-ancestors 'self'")


def test_headers_name_the_type_of_time_maps_of_originals_and_translations(tmp_path: Path) -> None:
    """Each rule of the file is a pattern without an indent and the headers below it."""
    bind_pages(tmp_path, ContentPolicy(), [])
    rules = re.split(r"\n(?=/)", (tmp_path / HEADERS).read_text().strip())
    types = {
        pattern: headers.partition("Content-Type: ")[2]
        for pattern, _, headers in (rule.partition("\n") for rule in rules)
    }
    for slug in ("terms", "de/terms"):
        address = f"/{timemap(Slug(slug))}"
        matching = {
            types[pattern]
            for pattern in types
            if re.fullmatch(re.sub(":\\w+", "[^/]+", pattern), address)
        }
        assert matching == {"application/link-format"}


def test_headers_of_the_project_stay(tmp_path: Path) -> None:
    (tmp_path / HEADERS).write_text("/*\n  X-Own: 1\n")
    bind_pages(tmp_path, ContentPolicy(), [])
    assert (tmp_path / HEADERS).read_text() == "/*\n  X-Own: 1\n"


def test_what_would_not_be_loaded_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    shells = [
        '<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=A">',
        '<script src="https://a.example/x.js"></script>',
    ]
    fonts, script = map(
        str, sorted(bind_pages(tmp_path, ContentPolicy(), shells), key=str, reverse=True)
    )
    assert "name https://a.example in extra.help_center.hosts" in script
    assert "Set theme.font to false" in fonts


def test_a_search_by_web_assembly_is_allowed_where_there_is_one(tmp_path: Path) -> None:
    assert "script-src" not in policy_for(SETTINGS, tmp_path).of(HEAD)
    (tmp_path / "pagefind").mkdir()
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy_for(SETTINGS, tmp_path).of(HEAD)


def test_pages_of_former_names_have_a_policy() -> None:
    page = moved_page(ENGLISH, "T", Address("policies/old/"), Address("policies/new/"))
    assert BASE in page
    assert not re.search(r"<script>", page)
