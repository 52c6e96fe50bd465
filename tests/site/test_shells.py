"""A page filled into a shell is the page that the host itself would have rendered."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest

from commands import build, built, built_anew, run
from editing import edit
from gazette.build.lean_html import lean

VERSION = "2025-02-10.v1"
PAGE = f"policies/privacy-policy/versions/{VERSION}"
TWIN = "notes/privacy-policy/versions/twin"
"""As deep as the page, where the host may render a page of its own."""
RELATED = r'<link rel="(alternate|original|memento|timemap|[a-z]+-(version|history))"[^>]*>'
"""What only the page of a version has in its head."""
TITLE = f"Privacy Policy, version {VERSION}"


SCRIPT = re.compile(r'<script src="([^"]*/archive-[^"]*)"></script>')
START = re.compile(r"<script>(__md_scope.*?)</script>")
PALETTE = re.compile(r"(?<=</form>)<script>(.*?)</script>")
LEFT_OUT = re.compile(
    r'<meta (?:name="(?:generator|twitter:card)"|property="og:)[^>]*>|<link rel="canonical"[^>]*>'
    r'|<div data-md-component="announce"></div>|(?<=<svg) xmlns="http://www.w3.org/2000/svg"'
    r'|(?<=class="md-nav__link">)<span class="md-ellipsis">([^<]*)</span>'
    r'| data-md-color-(?:primary|accent)="custom"|<template id="gz-words"[^>]*></template>'
)
"""What no page of the archive shows."""
CONTENTS = re.compile(r'<details class="gz-toc">.*?</details>')
CLASSES = re.compile(r'(?<=<li) class="md-nav__item"|(?<=") class="md-nav__link"')
BARE = re.compile(r' ([a-z-]+)=([^\s"\'>]+)(?=[ >])')
"""An attribute without quotes."""
NAVIGATION = re.compile(r'<nav class="md-nav md-nav--primary".*?</nav>(?=</div>)')


def quoted(tag: re.Match[str]) -> str:
    """Return a start tag with quotes around all values."""
    return BARE.sub(r' \1="\2"', tag[0])


def around_the_article(page: str, address: str) -> str:
    """Return a page without its article: links resolved, no white space between tags."""
    frame = re.sub(r"<article.*</article>", "", page, flags=re.S)
    frame = re.sub(r"\s+", " ", frame)
    frame = re.sub(r"(?<=>) | (?=<)", "", frame)
    frame = re.sub(RELATED, "", frame)
    at = re.compile(r'(href|src)="([^"#]*)')
    return at.sub(lambda match: f'{match[1]}="{urljoin("https://a/" + address, match[2])}', frame)


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_filled_page_equals_a_rendered_one(center: Path, program: str) -> None:
    """The twin has the same title, description and headings, and is rendered by the host."""
    source = (center / f"versions/privacy-policy/{VERSION}.md").read_text("utf-8")
    description = re.findall(r"^description: (.*)$", source, re.M)[0]
    body = source.split("---\n", 2)[2]
    twin = center / f"docs/{TWIN}.md"
    twin.parent.mkdir(parents=True)
    front = f"---\ntitle: {TITLE}\ndescription: {description}\nrobots: noindex\n---\n"
    body = re.sub(r"\]\((?!http|mailto|#)[^)]*\)", "](#)", body)
    twin.write_text(f"{front}\n# {TITLE} {{: #own-title }}\n\n{body}", "utf-8")
    edit(center, "validation:\n", "not_in_nav: twin.md\n\nvalidation:\n", "mkdocs.yml")
    shutil.rmtree(center / "site")  # all pages are filled anew
    result = run([sys.executable, "-m", program, "build"], center)
    assert result.returncode == 0, result.stderr
    rendered = (center / f"site/{TWIN}/index.html").read_text("utf-8")
    rendered = rendered.replace("own-title", "gz-title")  # which no text may give
    filled = (center / f"site/{PAGE}/index.html").read_text("utf-8")
    expected = around_the_article(rendered, f"{TWIN}/").replace(TWIN, PAGE)
    actual = around_the_article(re.sub("<[a-z][^>]*>", quoted, filled), f"{PAGE}/")
    script = SCRIPT.findall(actual)[0].removeprefix("https://a/")
    code = (center / "site" / script).read_text("utf-8")
    parts, marks = re.findall(r"^  const (?:parts|marks) = (.*);$", code, re.M)
    for classes, attributes in json.loads(marks):
        for name, value in attributes:
            assert f'{name}="{value}"' in expected or f" {name}>" in expected
            expected = re.sub(
                rf'(class="{classes}"[^>]*?) {name}(?:="[^"]*")?(?=[ >])', r"\1", expected
            )
    expected = re.sub(r";script-src [^;]*", "", expected.replace(" >", ">"))
    for place, part in enumerate(json.loads(parts)):
        part = part.replace("{own title}", TITLE)
        actual = actual.replace(f'<i id="gz-{place}"></i>', part)
    for pattern in (START, PALETTE):
        assert pattern.findall(expected)[0] in code
        expected = pattern.sub("", expected)
    expected = LEFT_OUT.sub(r"\1", expected)
    actual = LEFT_OUT.sub(r"\1", around_the_article(SCRIPT.sub("", actual), ""))
    expected = CONTENTS.sub(lambda entries: CLASSES.sub("", entries[0]), expected)
    actual, expected = (lean(NAVIGATION.sub("", page)) for page in (actual, expected))
    assert actual == expected


def test_pages_of_the_archive_do_not_grow_with_the_policies(center: Path, built: Path) -> None:
    for number in range(12):
        front = f"title: More {number}\nversion: 2026-01-01.v1\nupdated: 2026-01-01\n"
        text = f"---\n{front}---\n\n# More\n\nText.\n"
        (center / f"docs/policies/more-{number}.md").write_text(text, "utf-8")
    shutil.rmtree(center / "site")  # all pages are filled anew
    result = build(center)
    assert result.returncode == 0, result.stderr
    pages = sorted(built.glob("policies/privacy-policy/*/**/index.html"))
    assert len(pages) > 6
    for page in pages:
        path = page.relative_to(built)
        assert (center / "site" / path).read_bytes() == page.read_bytes(), path
        frame = around_the_article(page.read_text("utf-8"), "")
        assert len(re.sub(r'<ul [^>]*data-md-component="toc".*?</ul>', "", frame)) < 5000, path


STAMPS = {
    "each page": """
def on_post_page(output, page, config):
    return output + "<!-- a stamp -->"
""",
    "the whole site": """
from pathlib import Path


def on_post_build(config):
    for page in Path(config.site_dir).rglob("index.html"):
        page.write_bytes(page.read_bytes() + b"<!-- a stamp -->")
""",
}


@pytest.mark.parametrize("stamped", STAMPS)
def test_filled_pages_hold_what_plugins_put_on_every_page(center: Path, stamped: str) -> None:
    """Pages are filled early when all fragments are known, and else late."""
    (center / "stamp.py").write_text(STAMPS[stamped])
    edit(center, "hooks:\n", "hooks:\n  - stamp.py\n", "mkdocs.yml")
    site = built(center)
    pages = {path: page for path, page in site.items() if path.endswith("/index.html")}
    assert "policies/privacy-policy/versions/2025-02-10.v1/index.html" in pages
    for path, page in pages.items():
        assert page.count(b"<!-- a stamp -->") == 1, path
    assert built_anew(center) == site
