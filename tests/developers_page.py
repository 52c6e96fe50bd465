"""The code that the page for developers shows, run as an application would run it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import html

Fetch = Callable[[str], Any]


def code(site: Path, language: str) -> str:
    """Return all code in a language on the page of a built site."""
    page: Any = html.fromstring((site / "developers/index.html").read_bytes())
    blocks = page.xpath(f"//code[@class='language-{language}']")
    return "\n\n".join(block.text_content() for block in blocks)


def application(code: str, fetch: Fetch | None = None) -> dict[str, Any]:
    """Return the functions of Python code, which get records by `fetch` instead of their own."""
    names: dict[str, Any] = {}
    exec(code, names)
    if fetch:
        names["fetch"] = fetch
    return names


def fetch_from(site: Path) -> Fetch:
    """Return what reads the records of a built site from its folder."""
    return lambda address: json.loads((site / address).read_bytes())
