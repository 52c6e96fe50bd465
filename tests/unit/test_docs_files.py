"""What may stand in `docs/` beside the policies, and where the host would publish it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gazette.problems import Code
from gazette.site import docs_files
from gazette.site.docs_files import docs_problems, path_problems
from published import SETTINGS

HARMLESS = [
    *("index.md", "README.md", "help/index.md", "help/contact.md", "CNAME", "robots.txt"),
    *("policies/privacy-policy.md", "policies/index.md", "policies/guides/how-to.md"),
    *("policies/form.pdf", "policies/images/map.PNG", "assets/logo.svg", ".DS_Store"),
    *("versions/since.md", "changes/on.md", "policies/.pages", "help/versions/2025.md"),
]
RESERVED = [
    "policies/privacy-policy/versions/2025-02-10.v1/index.md",
    "policies/privacy-policy/versions/2025-02-10.v1/map.png",
    "policies/privacy-policy/versions.md",
    "policies/privacy-policy/changes/2025-02-10.v1.md",
    "policies/privacy-policy/since/x.txt",
    "policies/privacy-policy/draft/x.md",
    "policies/privacy-policy/sections/x.md",
    "policies/Privacy-Policy/Versions/x.md",
    "policies/privacy-policy/index.md",
    "policies/privacy-policy/README.md",
    "policies/privacy-policy/feed.xml.md",
    "policies/privacy-policy/versions.json/x.md",
    "de/policies/privacy-policy/versions/x.md",
    "feed.xml.md",
    "policies.json/index.md",
    "gazette-slot.md",
    "policies/gazette-slot/x.md",
]
REFUSED_TYPES = [
    *("policies/privacy-policy.html", "index.HTML", "page.htm", "page.xhtml", "page.xml"),
    *("policies/privacy-policy.markdown", "policies/privacy-policy.mkd", "policies/terms.MD"),
    *(
        "assets/tracking.js",
        "assets/worker.mjs",
        "data.json",
        "policies/privacy-policy",
        "_redirects",
    ),
    *("help/CNAME", "site.webmanifest", "picture.svgz"),
]


@pytest.mark.parametrize("path", HARMLESS)
def test_what_only_shows_at_a_free_address_is_let_be(path: str) -> None:
    assert list(path_problems([path])) == []


@pytest.mark.parametrize("path", ["a\u00ad.png", "料金\u3000表.pdf", "a\u202eb.png", "a\\b.png"])
def test_what_the_archive_cannot_keep_is_refused(path: str) -> None:
    """Nothing would compare it, and earlier versions would lose it."""
    [problem] = path_problems([path])
    assert problem.code is Code.SLUG


@pytest.mark.parametrize("path", RESERVED)
def test_nothing_takes_an_address_of_the_record(path: str) -> None:
    [problem] = path_problems([path])
    assert (problem.path, problem.code.label) == (f"docs/{path}", "reserved-address")


@pytest.mark.parametrize("path", REFUSED_TYPES)
def test_what_may_run_or_lead_on_is_refused(path: str) -> None:
    labels = [problem.code.label for problem in path_problems([path])]
    assert labels == ["file-type"]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("index.md", "index.html"),
        ("a/README.md", "a/index.html"),
        ("policies/terms.md", "policies/terms/index.html"),
        ("assets/logo.svg", "assets/logo.svg"),
    ],
)
def test_destination_is_the_hosts(path: str, target: str) -> None:
    assert docs_files.destination(path) == target


def test_a_file_of_the_theme_is_not_replaced() -> None:
    path = "assets/stylesheets/help-center.css"
    [problem] = path_problems([path], [path])
    assert problem.code.label == "reserved-address"
    assert "The theme has a file of this name" in problem.message


def test_pages_that_nobody_can_read_and_drawings_that_run_are_named(tmp_path: Path) -> None:
    docs, theme = tmp_path / "docs", tmp_path / "theme"
    files = {
        docs / "help/contact.md": b"# Contact\n\nWrite to us.\n",
        docs / "help/latin.md": "# Café\n".encode("latin-1"),
        docs / "policies/terms.md": "# Café\n".encode("latin-1"),
        docs / "policies/de/terms.md": "# Café\n".encode("latin-1"),
        docs / "policies/notes/latin.md": "# Café\n".encode("latin-1"),
        docs / "logo.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        docs / "main.css": b"p { color: red }\n",
        theme / "main.css": b"p { color: blue }\n",
    }
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    settings = replace(SETTINGS, project=tmp_path, docs=docs, theme_folders=(theme,))
    paths = {problem.path for problem in docs_problems(settings)}
    assert paths == {
        *("docs/help/latin.md", "docs/policies/notes/latin.md", "docs/logo.svg", "docs/main.css"),
    }
