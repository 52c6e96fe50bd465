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
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from bench.screenshots import kinds
from commands import build
from conftest import ARGUMENTS, chromium
from showcase import show_everything
from visits import served

SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def barriers(browser: Browser, address: str, pages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each page with its size and scheme, and what axe complains of: nothing where it passes.

    `pages` are addresses below that of the site.
    """
    axe = Axe()
    for (size, viewport), scheme in product(SIZES.items(), SCHEMES):
        context = browser.new_context(
            color_scheme=scheme, viewport=viewport, reduced_motion="reduce"
        )
        tab = context.new_page()
        for page in pages:
            tab.goto(address + page, wait_until="networkidle")
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
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        if site is None:
            project = show_everything(Path(scratch) / "project")
            result = build(project)
            if result.returncode:
                raise SystemExit(result.stderr)
            site = project / "site"
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        with served(site) as address:
            checked = list(barriers(browser, address, kinds(site).values()))
        browser.close()
    for page, complaints in checked:
        if complaints:
            print(f"{page}: {complaints}")
    print(f"{sum(not complaints for _, complaints in checked)} of {len(checked)} pages pass")


if __name__ == "__main__":
    main()
