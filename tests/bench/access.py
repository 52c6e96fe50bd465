"""Check every kind of page for barriers with axe: both palettes, desktop and phone, every script.

`PYTHONPATH=hooks:tests python -m bench.access` builds the help center of the tests that shows every
kind of page, also in Arabic and Japanese, opens each in Chromium and prints what axe complains of.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from bench.screenshots import SCHEMES, SIZES, kinds
from showcase import built_showcase
from visits import rest_of, running_browser, served


def barriers(browser: Browser, address: str, pages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each page with its size and scheme, and what axe complains of: nothing where it passes.

    `pages` are addresses below that of the site.
    """
    axe = Axe()
    for size, scheme in product(("desktop", "phone"), SCHEMES):
        context = browser.new_context(
            color_scheme=scheme, viewport=SIZES[size], reduced_motion="reduce"
        )
        tab = context.new_page()
        for page in pages:
            tab.goto(address + page, wait_until=rest_of(page))
            results = axe.run(tab)
            complaints = (
                f"{violation['id']}: {violation['nodes'][0]['html']}"
                for violation in results.response["violations"]
            )
            yield f"{page} {size} {scheme}", "; ".join(complaints)
        context.close()


def main() -> None:
    """Build, check, and print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a built help center to take instead")
    site: Path | None = parser.parse_args().site
    with tempfile.TemporaryDirectory() as scratch, running_browser() as browser:
        site = site or built_showcase(Path(scratch) / "project")
        with served(site) as address:
            checked = list(barriers(browser, address, kinds(site).values()))
    for page, complaints in checked:
        if complaints:
            print(f"{page}: {complaints}")
    print(f"{sum(not complaints for _, complaints in checked)} of {len(checked)} pages pass")


if __name__ == "__main__":
    main()
