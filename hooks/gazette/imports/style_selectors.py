"""Selectors of style sheets, as far as names of tags, classes and ids say what they select."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gazette.imports.html_tree import Element

_NOT_A_NAME = re.compile(r"(?<!\\):[\w-]+(?:\([^()]*\))?|\[[^\[\]]*\]")
_NAMES = re.compile(r"[.#]?(?:[\w-]|\\.)+")
_COMPOUND = re.compile(r"([>+~]?)\s*([^\s>+~]+)")
_ALTERNATIVES = re.compile(r":(?:is|where)\(([^()]*)\)")
_ITEM_OF_LIST = re.compile(r"(?:[^,()]++|\([^()]*\)|[()])++")
MAX_ALTERNATIVES = 20
"""How many selectors are read where one lists alternatives, `:is(h2, h3)`."""


@dataclass(frozen=True)
class Selector:
    """The names that a selector asks for: of an element, and of those around it, from inside out.

    Whether an element around it is to be its parent stands before its names.
    """

    own: frozenset[str]
    around: tuple[tuple[bool, frozenset[str]], ...] = ()

    def fits(self, element: Element) -> bool:
        """Tell whether it selects an element, as far as names say it."""
        if not self.own <= names_of(element):
            return False
        above = element.getparent()
        for is_parent, names in self.around:
            while above is not None and not names <= names_of(above):
                above = None if is_parent else above.getparent()
            if above is None:
                return False
            above = above.getparent()
        return True

    @property
    def names(self) -> frozenset[str]:
        """All names that must be on a page where it selects anything."""
        return self.own.union(*(names for _, names in self.around))

    @property
    def weight(self) -> tuple[int, int, int]:
        """How much it counts against other selectors: its ids, then classes, then tags."""
        names = [*self.own, *(name for _, some in self.around for name in some)]
        signs = "".join(name[0] if name[0] in ".#" else " " for name in names)
        return signs.count("#"), signs.count("."), signs.count(" ")


def names_of(element: Element) -> set[str]:
    """Return the names by which selectors ask for an element."""
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {str(element.tag), f"#{element.get('id')}"}


def selectors_in(text: str) -> Iterator[str]:
    """Yield the selectors of a list, each alternative that one names by itself."""
    for selector in _ITEM_OF_LIST.findall(text):
        alternatives = _ALTERNATIVES.search(selector)
        if alternatives is None:
            yield selector.strip()
            continue
        before, behind = selector[: alternatives.start()], selector[alternatives.end() :]
        for name in alternatives[1].split(",")[:MAX_ALTERNATIVES]:
            yield f"{before}{name.strip()}{behind}".strip()


def read_selector(text: str) -> Selector | None:
    """Return what a selector asks for by names, None where it is none; siblings do not count."""
    compounds = [
        (sign, frozenset(map(_plain, _NAMES.findall(names))))
        for sign, names in _COMPOUND.findall(_NOT_A_NAME.sub("*", text))
    ]
    if not compounds:
        return None
    own = compounds[-1][1]
    pairs = zip(compounds[1:], compounds, strict=False)
    around = [(sign == ">", names) for (sign, _), (_, names) in pairs if sign not in ("+", "~")]
    return Selector(own, tuple(reversed(around)))


def _plain(name: str) -> str:
    return name.replace("\\", "") if name[0] in ".#" else name.lower()
