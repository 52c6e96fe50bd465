"""How Markdown is rendered: the extensions of Python-Markdown, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from gazette.fingerprint import fingerprint

DEFAULT_EXTENSIONS = (
    "attr_list",
    "fenced_code",
    "def_list",
    "footnotes",
    "admonition",
    "abbr",
    "toc",
)


@dataclass(frozen=True, eq=False)
class MarkdownSettings:
    """Names of Python-Markdown's extensions and their settings; compared by identity.

    A setting may hold functions, as `!!python/name:` tags give them: `described` are then the
    settings with plain values instead, for a fingerprint.
    """

    extensions: tuple[str, ...] = DEFAULT_EXTENSIONS
    configs: Mapping[str, Mapping[str, Any]] = field(
        default_factory=lambda: MappingProxyType({}), compare=False
    )
    described: object = None

    def __post_init__(self) -> None:
        if self.described is None:
            object.__setattr__(self, "described", self.configs)

    @cached_property
    def key(self) -> str:
        """The fingerprint of the settings; raises TypeError where they hold functions."""
        return fingerprint(self)


DEFAULT = MarkdownSettings()
