"""How Markdown is rendered: the extensions of Python-Markdown, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
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

OF_PYTHON_MARKDOWN = frozenset(
    {
        *DEFAULT_EXTENSIONS,
        *("codehilite", "extra", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br"),
        *("sane_lists", "smarty", "tables", "wikilinks"),
    }
)
OF_PYMDOWN = frozenset(
    {
        *("arithmatex", "betterem", "caret", "critic", "details", "escapeall", "extra"),
        *("highlight", "inlinehilite", "keys", "magiclink", "mark", "progressbar"),
        *("saneheaders", "smartsymbols", "striphtml", "superfences", "tabbed", "tasklist", "tilde"),
    }
)


@dataclass(frozen=True, eq=False)
class MarkdownSettings:
    """Names of Python-Markdown's extensions and their settings; compared by identity.

    A setting may hold functions, as `!!python/name:` tags give them: `described` are then the
    settings with plain values instead, for a fingerprint.
    """

    extensions: tuple[str, ...] = DEFAULT_EXTENSIONS
    configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False)
    described: object = None

    def __post_init__(self) -> None:
        if self.described is None:
            object.__setattr__(self, "described", self.configs)

    @cached_property
    def reads_text_alone(self) -> bool:
        """Whether a text and these settings decide what readers get.

        Other extensions may take in files, or be of a library whose release the cache ignores.
        """
        known = {
            *OF_PYTHON_MARKDOWN,
            *(f"markdown.extensions.{name}" for name in OF_PYTHON_MARKDOWN),
            *(f"pymdownx.{name}" for name in OF_PYMDOWN),
        }
        return known.issuperset(self.extensions)

    @cached_property
    def key(self) -> str:
        """The fingerprint of the settings; raises TypeError where they hold functions."""
        return fingerprint(self)


DEFAULT = MarkdownSettings()
