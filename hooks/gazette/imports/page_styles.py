"""What the styles of a page say that changes what is read: hidden, bold, letters of a list.

Attributes and rules count whose selector is a name: of a tag, a class, an id. Sheets in files of
their own count where they lie beside the page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from gazette.imports.brought_images import ReadFile, no_file
from gazette.imports.html_tree import Element

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<name>[.#][\w-]+)?", re.I)
_NAMES = re.compile(r"[.#][\w-]+")
_PRINTED = re.compile(r"(?:only\s+)?(?:print|speech)", re.I)
MAX_SHEET_BYTES = 2_000_000
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_READ = {
    *("display", "visibility", "font-weight", "font-style", "text-decoration", "vertical-align"),
    *("text-decoration-line", "list-style", "list-style-type"),
}
_LETTERS = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
    "none": "none",
}
_BOLD = ("bold", "bolder", "600", "700", "800", "900")


class PageStyles:
    """The styles of one page, asked for by element."""

    def __init__(self, root: Element, path: str = "", read: ReadFile = no_file) -> None:
        """Read the sheets of a page that stood at `path` among files that `read` returns.

        `missing` are the addresses of those that are not there.
        """
        self._rules: dict[str, dict[str, str]] = {}
        self._shown: set[str] = set()
        self.missing: list[str] = []
        for element in root.iter("style", "link"):
            if not _PRINTED.fullmatch((element.get("media") or "").strip()):
                self._add(self._sheet(element, path, read))

    def _sheet(self, element: Element, path: str, read: ReadFile) -> str:
        if element.tag == "style":
            return element.text or ""
        address = element.get("href") or ""
        if not address or "stylesheet" not in (element.get("rel") or "").lower().split():
            return ""
        place = unquote(address.partition("?")[0].partition("#")[0])
        data = read(posixpath.normpath(posixpath.join(posixpath.dirname(path), place)))
        if data is None or len(data) > MAX_SHEET_BYTES:
            self.missing.append(address)
        return (data or b"")[:MAX_SHEET_BYTES].decode("utf-8", "replace")

    def _add(self, sheet: str) -> None:
        """Add the rules of a sheet; what one with a longer selector shows is not always hidden."""
        for selectors, declarations in _rules(sheet):
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if match and match[0]:
                    name = f"{(match['tag'] or '').lower()}{match['name'] or ''}"
                    self._rules.setdefault(name, {}).update(declarations)
                elif declarations.get("display", "none") != "none":
                    self._shown |= set(_NAMES.findall(selector.strip().rpartition(" ")[2]))

    def of(self, element: Element) -> Mapping[str, str]:
        """Return the properties of an element that change what is read, its own last."""
        tag = str(element.tag)
        names = [f".{name}" for name in (element.get("class") or "").split()]
        names += [f"#{element.get('id')}"] if element.get("id") else []
        stated: dict[str, str] = {}
        for name in (tag, *names, *(f"{tag}{name}" for name in names)):
            stated |= self._rules.get(name, {})
            if name in self._shown:
                stated.pop("display", None)
        return stated | _declared(element.get("style") or "")

    def is_hidden(self, element: Element) -> bool:
        """Tell whether an element takes no part in the page, `hidden` or by its style."""
        style = self.of(element)
        is_gone = style.get("display") == "none" or style.get("visibility") == "hidden"
        return is_gone or "hidden" in element.attrib

    def letters(self, element: Element) -> str:
        """Return how a list counts, as its attribute `type` says it; empty where nothing says."""
        style = self.of(element)
        words = f"{style.get('list-style-type', '')} {style.get('list-style', '')}".split()
        return next((_LETTERS[word] for word in words if word in _LETTERS), "")

    def marks(self, element: Element) -> Iterator[str]:
        """Yield the tags that show what an element's style shows; `span` for what is not bold."""
        style = self.of(element)
        weight = style.get("font-weight", "")
        if weight in _BOLD or weight in ("normal", "400"):
            yield "strong" if weight in _BOLD else "span"
        if style.get("font-style") in ("italic", "oblique"):
            yield "em"
        if "line-through" in style.get("text-decoration", style.get("text-decoration-line", "")):
            yield "s"
        if style.get("vertical-align") in ("super", "sub"):
            yield "sup" if style["vertical-align"] == "super" else "sub"


def _rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    for selectors, declarations in _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheet))):
        if declared := _declared(declarations):
            yield selectors, declared


def _declared(text: str) -> dict[str, str]:
    pairs = ((name.lower(), value) for name, value in _DECLARATION.findall(text))
    return {
        name: value.lower().replace("!important", "").strip()
        for name, value in pairs
        if name in _READ
    }
