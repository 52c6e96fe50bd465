"""Every id on every page is unique, and every link of a redline arrives, whatever headings say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from commands import build, git
from editing import POLICY, edit

NASTY = (
    *("Opening", "Footer", "Top", "Search", "Redline", "The changes", "What matters first"),
    *("First", "Newest", "Title", "Need help?", "Header", "Date", "Part", "Part 2", "Drawer"),
)
TAIL = "\n\n".join(
    f"## {name}\n\nRule {at} says so, see [{name}](#part)." for at, name in enumerate(NASTY)
)

GONE = "Once we said more, see [the first rule](#first)."


@pytest.fixture
def site(project: Path) -> Path:
    """A site with headings that are called as places of its pages are."""
    index = project / "docs/index.md"
    more = "\n\n## Latest updates\n\nSee below.\n\n## Category 1\n\nThe first.\n"
    index.write_text(index.read_text("utf-8") + more, "utf-8")
    policy = project / POLICY
    policy.write_text(f"{policy.read_text('utf-8')}\n\n{TAIL}\n\n{GONE}\n", "utf-8")
    for old, new in (("2026-07-15", "2026-11-20"), ("2026-11-20", "2026-11-21")):
        edit(project, f"version: {old}.v1", f"version: {new}.v1")
        edit(project, f"updated: {old}", f"updated: {new}")
        changed = (
            policy.read_text("utf-8").replace("Rule 0", "Rule nought").replace("says", "tells")
        )
        policy.write_text(changed.replace("## First", "## The First").replace(GONE, ""), "utf-8")
        git(project, "commit", "-qam", f"Post {new}")
    result = build(project)
    assert result.returncode == 0, result.stderr
    return project / "site"


def test_ids_are_unique_and_links_of_redlines_arrive(site: Path) -> None:
    pages = {path: html.parse(path).getroot() for path in sorted(site.rglob("*.html"))}
    ids = {path.resolve(): Counter(page.xpath("//@id")) for path, page in pages.items()}
    repeated = {path: [name for name, n in counts.items() if n > 1] for path, counts in ids.items()}
    assert {str(path): names for path, names in repeated.items() if names} == {}
    dead = [
        f"{path.relative_to(site)}: {link}"
        for path, page in pages.items()
        for link in page.xpath("//div[@class='gz-redline']//a/@href")
        if not arrives(path, link, ids)
    ]
    assert dead == []


def arrives(path: Path, link: str, ids: dict[Path, Counter[str]]) -> bool:
    """Tell whether a link on a page leads to a place of the site, or to another one."""
    parts = urlsplit(link)
    if parts.scheme or parts.query:
        return True
    target = path.parent / unquote(parts.path) if parts.path else path
    page = (target / "index.html" if target.is_dir() else target).resolve()
    fragment = unquote(parts.fragment)
    return page.exists() and (not fragment or fragment in ids[page])
