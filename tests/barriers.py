"""What axe complains of on an open page: at every size, in both palettes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from visits import Scheme, turn

RULES: dict[str, list[str]] = {"resultTypes": ["violations"]}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], **RULES}
"""The rules that ask for colours."""
PALETTES: dict[Scheme, str] = {"light": "default", "dark": "slate"}


def barriers(tab: Page, sizes: Iterable[ViewportSize], *, is_whole: bool = False) -> Iterator[str]:
    """Yield what axe complains of, and where, on an open page with reduced motion.

    In the dark colours are others, and the button that changes them, which is on every page: other
    rules are asked there only of a page that is looked at as a whole. `bench.access` asks all rules
    of every kind of page.
    """
    tab.evaluate(Axe().axe_script)
    axe = Axe(";")  # it is in the page
    for size in sizes:
        tab.set_viewport_size(size)
        for scheme, expected in PALETTES.items():
            turn(tab, scheme)
            palette = tab.locator("body").get_attribute("data-md-color-scheme")
            if palette != expected:
                yield f"{scheme}: the palette is {palette}"
            options = RULES if is_whole or scheme == "light" else COLOURS
            results = axe.run(tab, options=options)
            if results.violations_count:
                yield f"{size['width']} pixels, {scheme}: {results.generate_report()}"
