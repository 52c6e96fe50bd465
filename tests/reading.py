"""Published pages as tests read them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree, html


def page(site: Path, address: str) -> Any:
    """Return the page at an address of a built site, parsed."""
    return parsed(site / address / "index.html")


def parsed(file: Path) -> Any:
    """Return a file of HTML, parsed."""
    return html.fromstring(file.read_text("utf-8"))


def feed(file: Path) -> Any:
    """Return a feed, parsed."""
    return etree.parse(file).getroot()


def words(element: Any) -> str:
    """Return the words of an element, white space folded."""
    return re.sub(r"\s+", " ", element.text_content()).strip()
