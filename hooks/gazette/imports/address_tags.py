"""Addresses that a template writes as tags, as plain ones: the program only put a site's before."""

from __future__ import annotations

import re

from gazette.imports.omissions import Edit, edited
from gazette.text.markdown_source import without_code

_TAGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\}\})(?:\{\{-?\s*site\.(?:base)?url\s*-?\}\})+(?=(?P<path>)/)",
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
        tags = tag.finditer(without_code(text))
        text, _ = edited(text, (Edit(*match.span(), _address(match)) for match in tags), 0)
    return text


def _address(tag: re.Match[str]) -> str:
    groups = tag.groupdict()
    return f"/{groups['file']}" if groups.get("file") else groups["path"]
