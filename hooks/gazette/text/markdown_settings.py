"""How Markdown is rendered: the extensions of Python-Markdown, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

DEFAULT_EXTENSIONS = (
    "tables",
    "attr_list",
    "fenced_code",
    "def_list",
    "footnotes",
    "sane_lists",
    "admonition",
    "abbr",
    "toc",
)


@dataclass(frozen=True, eq=False)
class MarkdownSettings:
    """Names of Python-Markdown's extensions and their settings; compared by identity."""

    extensions: tuple[str, ...] = DEFAULT_EXTENSIONS
    configs: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))


DEFAULT = MarkdownSettings()
