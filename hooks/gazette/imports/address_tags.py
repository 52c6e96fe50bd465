"""Addresses that a template writes as tags, as plain ones: the program only put a site's before."""

from __future__ import annotations

import re

from gazette.text.markdown_source import without_code

_TAGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:\{\{-?\s*site\.(?:base)?url\s*-?\}\})+(?=(?P<path>)/)",
        r"\{\{-?\s*([\"'])(?P<path>[^\"'{}\n]+)\1\s*\|\s*(?:relative|absolute)_url\s*-?\}\}",
        r"\{%-?\s*link\s+(?P<file>[^\s%{}]+)\s*-?%\}",
        r"\{\{[<%]\s*(?:rel)?ref\s+[\"'`]?(?P<path>[^\s\"'`<>%]+)[\"'`]?\s*[>%]\}\}",
    )
)
"""Jekyll's and Hugo's. A `path` is an address as it is, a `file` stands below the source's top."""


def with_plain_addresses(text: str) -> str:
    """Return a text with the addresses that tags make of paths, code left as it is."""
    if not re.search(r"\{[{%]", text):
        return text
    for tag in _TAGS:
        for match in reversed(list(tag.finditer(without_code(text)))):
            parts = match.groupdict()
            address = f"/{parts['file']}" if parts.get("file") else parts["path"]
            text = f"{text[: match.start()]}{address}{text[match.end() :]}"
    return text
