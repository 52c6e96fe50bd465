"""What has to be true of the help center in site/ before anybody sees it: `make test`."""

import re
import unittest
from datetime import date
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

PROJECT = Path(__file__).parent.parent
SITE = PROJECT / "site"
UPDATED = re.compile(r"^updated: *[\"']?(\d{4}-\d\d-\d\d)", re.MULTILINE)
ADDRESS = re.compile(r"^site_url:.*$", re.MULTILINE)
PLACEHOLDER = re.compile(r"\bexample\.(com|org|net)\b")
VALUE = re.compile(r' (?:href|content)="([^"]*)"')
LINK = re.compile(r'<a [^>]*href="([^"#]+)')


def pages() -> list[Path]:
    """Return all pages of the site."""
    return sorted(SITE.rglob("*.html"))


def text(path: Path) -> str:
    """Return what stands in a file."""
    return path.read_text(encoding="utf-8")


class SiteTest(unittest.TestCase):
    def test_every_posted_policy_has_its_page(self) -> None:
        for policy in sorted((PROJECT / "docs/policies").glob("*.md")):
            updated = UPDATED.search(text(policy))
            name = "" if policy.stem == "index" else policy.stem
            if updated and date.fromisoformat(updated[1]) <= date.today():
                with self.subTest(policy.name):
                    self.assertTrue((SITE / "policies" / name / "index.html").is_file())

    def test_every_archived_version_is_published_to_the_byte(self) -> None:
        published = {sha256(file.read_bytes()).digest() for file in SITE.glob("policies/**/*.md")}
        for version in sorted((PROJECT / "versions").glob("*/*.md")):
            with self.subTest(version.relative_to(PROJECT)):
                self.assertIn(sha256(version.read_bytes()).digest(), published)

    def test_every_page_was_built_with_its_archive(self) -> None:
        self.assertTrue(pages(), "Build the help center first: make site")
        for page in pages():
            self.assertNotIn("Built without its archive", text(page), page)

    def test_no_placeholder_is_left(self) -> None:
        if any(map(PLACEHOLDER.search, ADDRESS.findall(text(PROJECT / "mkdocs.yml")))):
            self.skipTest("mkdocs.yml names no address of your own yet: see `gazette doctor`.")
        for page in [*SITE.glob("*.html"), *SITE.glob("policies/*/index.html")]:
            for value in VALUE.findall(text(page)):
                self.assertNotRegex(value, PLACEHOLDER, page)

    def test_links_to_pages_lead_to_one(self) -> None:
        for page in pages():
            if page.name == "404.html":  # shown at any address: its links are whole ones
                continue
            for link in map(urlsplit, map(unescape, LINK.findall(text(page)))):
                if not link.scheme and not link.netloc and not link.path.startswith("/"):
                    target = page.parent / unquote(link.path)
                    target = target / "index.html" if target.is_dir() else target
                    self.assertTrue(target.is_file(), f"{page}: {link.path} leads nowhere")


if __name__ == "__main__":
    unittest.main()
