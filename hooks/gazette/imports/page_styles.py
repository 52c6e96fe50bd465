"""What the styles of a page say that changes what is read: hidden, bold, letters of a list.

Attributes and rules count whose selector is a name: of a tag, a class, an id. Sheets in files of
their own count where they lie beside the page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from gazette.imports.html_tree import Element
from gazette.imports.images import ReadFile, no_file
from gazette.imports.list_numbers import GREEK, PADDED, STYLES
from gazette.imports.style_selectors import Selector, names_of, read_selector
from gazette.imports.style_sheets import (
    MAX_SELECTOR_LETTERS,
    WORDS,
    blocks_of,
    declared,
    imported_sheets,
    is_for_screens,
)

_COUNTER_STYLE = re.compile(r"@counter-style\s+(\S+)", re.I)
_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<name>[.#][\w-]+)?", re.I)
_NAMES = re.compile(r"[.#][\w-]+")
_OF_NAMES = re.compile(r"[\w\s.#>*\\-]+")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)[^()]*\)")
MAX_SHEET_BYTES, MAX_SHEETS = 2_000_000, 100
MAX_RULES = 100
"""How many rules are looked at that write words beside elements, and that are of lists."""
BULLETS = "bullets"
_FORMS = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
    "decimal-leading-zero": PADDED,
    "lower-greek": GREEK,
    "none": "none",
    **dict.fromkeys(("disc", "circle", "square"), BULLETS),
}
NUMBERED = frozenset(STYLES)
"""The forms in which a list of the site can count."""
_OTHER_FORMS = re.compile(
    r"armenian|\w+-armenian|georgian|hebrew|hiragana\S*|katakana\S*|cjk-\S+|korean-\S+"
    r"|japanese-\S+|simp-chinese-\S+|trad-chinese-\S+|arabic-indic|devanagari|thai|persian|bengali"
)
_PSEUDO = re.compile(r"(?P<base>.*?)::?(?:before|after|marker)", re.S | re.I)
_FAR = re.compile(r"-\d{3,}")
_INDENTED_AWAY = re.compile(r"-(?:999|\d{4,})")
"""How far lines begin that nobody is to see; those of definitions hang by a hundred points."""
_NOTHING = re.compile(r"0+(?:\.0*)?(?:px|em|rem|%|pt)?")
_CUT_OFF = re.compile(r"rect\((?:0|1px)|inset\((?:50|100)%")
_NO_GROUND = re.compile(
    r"transparent|inherit|initial|unset|none|white|#f{3}(?:f{3})?|rgba?\(255, ?255, ?255\b.*"
    r"|rgba\(.*, ?0(?:\.0*)?\)|var\(.*"
)
_INLINE = ("span", "font", "b", "strong", "u")
_BOLD = ("bold", "bolder", "600", "700", "800", "900")


@dataclass(frozen=True)
class StyleRule:
    """A rule of a style sheet: what it says, of the elements that a selector selects by names."""

    text: str
    selector: Selector
    value: str


class PageStyles:
    """The styles of one page, asked for by element."""

    def __init__(self, root: Element, path: str = "", read: ReadFile = no_file) -> None:
        """Read the sheets of a page that stood at `path` among files that `read` returns.

        `missing` are the addresses of those that are not there, `writing_rules` what they write.
        """
        self._rules: dict[str, dict[str, str]] = {}
        self._shown: set[str] = set()
        self._counter_styles: set[str] = set()
        self._variables: dict[str, str] = {}
        self.missing: list[str] = []
        writing: list[tuple[str, str]] = []
        listing: list[tuple[str, str]] = []
        for sheet in self._sheets(root, path, read):
            self._add(sheet, writing, listing)
        written = ((it, _VARIABLE.sub(self._variable, content)) for it, content in writing)
        names = {name for it in root.iter() if isinstance(it.tag, str) for name in names_of(it)}
        self.writing_rules = _rules_for(names, (it for it in written if WORDS.search(it[1])))
        list_rules = _rules_for(names, listing)
        self._list_rules = sorted(list_rules, key=lambda rule: rule.selector.weight)

    def _sheets(self, root: Element, path: str, read: ReadFile) -> Iterator[str]:
        """Yield the sheets of a page, before each those that it loads."""
        places: set[str] = set()
        for element in root.iter("style", "link"):
            if not is_for_screens(element.get("media") or ""):
                continue
            if element.tag == "style":
                yield from self._with_imported(element.text or "", path, read, places)
            elif "stylesheet" in (element.get("rel") or "").lower().split():
                yield from self._loaded(element.get("href") or "", path, read, places)

    def _loaded(self, address: str, path: str, read: ReadFile, places: set[str]) -> Iterator[str]:
        """Yield the sheet of an address in the file at `path`, unless it was loaded."""
        place = unquote(address.partition("?")[0].partition("#")[0])
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
        if not address or place in places:
            return
        places.add(place)
        data = read(place) if len(places) <= MAX_SHEETS else None
        if data is None or len(data) > MAX_SHEET_BYTES:
            self.missing.append(address)
        sheet = (data or b"")[:MAX_SHEET_BYTES].decode("utf-8", "replace")
        yield from self._with_imported(sheet, place, read, places)

    def _with_imported(
        self, sheet: str, path: str, read: ReadFile, places: set[str]
    ) -> Iterator[str]:
        for address in imported_sheets(sheet):
            yield from self._loaded(address, path, read, places)
        yield sheet

    def _add(
        self, sheet: str, writing: list[tuple[str, str]], listing: list[tuple[str, str]]
    ) -> None:
        """Add the rules of a sheet; what one with a longer selector shows is not always hidden.

        Add which selectors write what beside elements, and longer ones of lists.
        """
        for block in blocks_of(sheet):
            declarations = declared(";".join(block.pieces))
            self._counter_styles |= set(_COUNTER_STYLE.findall(block.prelude.lower()))
            self._variables |= {it: value for it, value in declarations.items() if it[:2] == "--"}
            for selector in filter(None, block.selectors if declarations else ()):
                if written := _PSEUDO.fullmatch(selector):
                    writing.append((written["base"].strip(), declarations.get("content", "")))
                elif not block.is_conditional:
                    self._add_rule(selector, declarations)
                    if "list-style-type" in declarations and _OF_NAMES.fullmatch(selector):
                        listing.append((selector, declarations["list-style-type"]))

    def _add_rule(self, selector: str, declarations: Mapping[str, str]) -> None:
        match = _SELECTOR.fullmatch(selector)
        if match and match[0]:
            name = f"{(match['tag'] or '').lower()}{match['name'] or ''}"
            self._rules.setdefault(name, {}).update(declarations)
        elif declarations.get("display", "none") != "none":
            self._shown |= set(_NAMES.findall(selector.rpartition(" ")[2]))

    def _variable(self, variable: re.Match[str]) -> str:
        return self._variables.get(variable[1], "")

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
        return stated | declared(element.get("style") or "")

    def is_hidden(self, element: Element) -> bool:
        """Tell whether an element takes no part in the page, `hidden` or by its style."""
        own = declared(element.get("style") or "")
        return "hidden" in element.attrib or hides(self.of(element), own)

    def list_form(self, element: Element) -> str:
        """Return how a list or an item is marked, as the attribute `type` says it, if not in CSS.

        It is `BULLETS` for those, and empty where nothing says.
        """
        rules = reversed(self._list_rules)
        form = next((it.value for it in rules if it.selector.fits(element)), "")
        form = declared(element.get("style") or "").get("list-style-type", form)
        if WORDS.search(form) or form.startswith(("'", '"')):
            return form
        words = form.split()
        known = (_FORMS[word] for word in words if word in _FORMS)
        others = (it for it in words if _OTHER_FORMS.fullmatch(it) or it in self._counter_styles)
        return next(known, next(others, ""))

    def marks(self, element: Element) -> Iterator[str]:
        """Yield the tags that show what an element's style shows; `span` for what is not bold."""
        style = self.of(element)
        weight = style.get("font-weight", "")
        if weight in _BOLD or weight in ("normal", "400"):
            yield "strong" if weight in _BOLD else "span"
        if style.get("font-style") in ("italic", "oblique"):
            yield "em"
        lines = style.get("text-decoration", style.get("text-decoration-line", ""))
        if "line-through" in lines:
            yield "s"
        if "underline" in lines and element.tag != "a":
            yield "u"
        own = declared(element.get("style") or "")
        ground = own.get("background-color", own.get("background", "none"))
        if element.tag in _INLINE and not _NO_GROUND.fullmatch(ground):
            yield "mark"
        if style.get("vertical-align") in ("super", "sub"):
            yield "sup" if style["vertical-align"] == "super" else "sub"


def hides(style: Mapping[str, str], own: Mapping[str, str]) -> bool:
    """Tell whether nobody sees an element with a style; `own` is what its attribute says."""
    is_gone = style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse")
    return is_gone or _is_out_of_sight(style, own)


def _is_out_of_sight(style: Mapping[str, str], own: Mapping[str, str]) -> bool:
    """Tell whether an element is drawn where or so that nobody sees it.

    What fades in or opens by a script is told apart from that by what stands in its `own` style.
    """
    is_loose = style.get("position") in ("absolute", "fixed")
    is_far = any(_FAR.match(style.get(side, "")) for side in ("left", "right", "top"))
    is_cut = any(_CUT_OFF.match(style.get(name, "")) for name in ("clip", "clip-path"))
    heights = (own.get("height", ""), own.get("max-height", ""))
    is_flat = own.get("overflow") == "hidden" and any(map(_NOTHING.fullmatch, heights))
    sizes = (own.get("opacity", ""), own.get("font-size", ""))
    is_clear = any(map(_NOTHING.fullmatch, sizes)) or own.get("color") == "transparent"
    is_indented = bool(_INDENTED_AWAY.match(style.get("text-indent", "")))
    return (is_loose and (is_far or is_cut)) or is_flat or is_clear or is_indented


def _rules_for(names: Set[str], rules: Iterable[tuple[str, str]]) -> list[StyleRule]:
    """Return the rules that may select what has such names."""
    short = ((text, value) for text, value in rules if len(text) < MAX_SELECTOR_LETTERS)
    read = ((text, read_selector(text), value) for text, value in short)
    fitting = (
        StyleRule(text, selector, value)
        for text, selector, value in read
        if selector is not None and selector.names <= names
    )
    return list(islice(fitting, MAX_RULES))
