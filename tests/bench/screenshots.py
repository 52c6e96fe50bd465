"""Take a picture of every kind of page of the sample help center, for people to look at.

usage: screenshots.py FOLDER [--only KIND ...] [--size SIZE ...] [--scheme SCHEME ...]

Builds a copy of this project with policies in Arabic and Japanese, an upcoming version and a
retired policy, and writes FOLDER/KIND-SIZE-SCHEME.png for each kind of page that was published: on
a desktop, a tablet and a phone, light and dark. It needs Chromium.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from showcase import built_showcase
from visits import DESKTOP, PHONE, TABLET, rest_of, running_browser, served

SIZES = {"desktop": DESKTOP, "tablet": TABLET, "phone": PHONE}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
VERSION = re.compile(r"\d{4}-\d\d-\d\d\.v\d+")
STATUS = re.compile(r'class="gz-bar gz-bar--([a-z-]+)"')
SAMPLES = ("privacy-policy", "cookie-policy", "terms-of-service", "partner-rules")
"""Policies of which any shows a kind of page; the first is chosen where it has it."""
LEADS_ON = 'http-equiv="refresh"'
"""On every page of a former name."""
ASKED = {
    "policy-on": "?date=2025-09-15",
    "policy-since": "?date=2025-09-15",
    "policy-compare": "?from=2025-02-10.v1&to=2026-03-31.v1",
}
"""What the address asks on pages that answer."""


def kind_of(path: str, page: str) -> str:
    """Return the kind of the `page` at this path of the site, and whose it is where that shows."""
    folder, _, name = path.rpartition("/")
    if LEADS_ON in page:
        return "moved"
    if name != "index.html":
        return path.removesuffix(".html").replace("/", "-")
    names = folder.split("/") if folder else ["home"]
    if "policies" in names[:-1]:
        at = names.index("policies")
        slug = names[at + 1]
        names = ["policy" if slug in SAMPLES else slug, *names[at + 2 :]]
    names = ["version" if VERSION.fullmatch(part) else part for part in names]
    if "sections" in names:
        names[names.index("sections") + 1 :] = ["section"]
    status = STATUS.search(page)
    return "-".join([*names, status[1]] if status else names)


def kinds(site: Path) -> dict[str, str]:
    """Return the address of a page of every kind that is published, by kind.

    Of a kind it is the one with the longest text: it shows most.
    """
    pages: dict[str, Path] = {}
    lengths: dict[str, tuple[bool, int]] = {}
    for page in sorted(site.rglob("*.html")):
        text = page.read_text("utf-8")
        kind = kind_of(page.relative_to(site).as_posix(), text)
        length = (f"/{SAMPLES[0]}/" in page.as_posix(), len(text))
        if length > lengths.get(kind, (False, 0)):
            pages[kind], lengths[kind] = page, length
    return {
        kind: page.relative_to(site).as_posix().removesuffix("index.html") + ASKED.get(kind, "")
        for kind, page in pages.items()
    }


def take(
    browser: Browser,
    address: str,
    pages: Iterable[tuple[str, str]],
    sizes: Iterable[str],
    schemes: Iterable[Literal["light", "dark"]],
    folder: Path,
) -> None:
    """Take pictures of the `pages` of the site at `address`."""
    for size, scheme in product(sizes, schemes):
        context = browser.new_context(color_scheme=scheme, viewport=SIZES[size])
        tab = context.new_page()
        for kind, page in pages:
            tab.goto(address + page, wait_until=rest_of(page))
            tab.screenshot(path=folder / f"{kind}-{size}-{scheme}.png", full_page=True)
        context.close()


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="kinds of pages")
    parser.add_argument("--size", nargs="*", default=list(SIZES), choices=SIZES)
    parser.add_argument("--scheme", nargs="*", default=list(SCHEMES), choices=SCHEMES)
    return parser.parse_args()


def main() -> None:
    """Build, serve, take pictures."""
    asked = arguments()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, running_browser() as browser:
        site = built_showcase(Path(scratch) / "project")
        pages = [
            (kind, page) for kind, page in kinds(site).items() if kind in (asked.only or [kind])
        ]
        with served(site) as address:
            take(browser, address, pages, asked.size, asked.scheme, asked.folder)


if __name__ == "__main__":
    main()
