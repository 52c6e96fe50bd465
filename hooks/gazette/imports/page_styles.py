"""What the styles of a page say that changes what is read: hidden, bold, letters of a list.

Sheets in files of their own count where they lie beside the page.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from gazette.imports.html_tree import Element
from gazette.imports.images import ReadFile, no_file
from gazette.imports.list_numbers import GREEK, PADDED, STYLES
from gazette.imports.style_selectors import (
    Interrupted,
    PageSelectors,
    has_states,
    names_in,
    subject_of,
    without_states,
)
from gazette.imports.style_sheets import (
    WORDS,
    Declaration,
    Rule,
    Sheet,
    is_for_screens,
    own_declarations,
    read_sheet,
    short_sheet,
)

_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)[^()]*\)")
MAX_SHEET_LETTERS, MAX_SHEETS = 1_500_000, 100
"""How many letters of all sheets of a page are read, in some seconds, of their selectors when those
around nested rules are written out, too, and how many sheets."""
MAX_SHOWING = 100
"""How many rules are looked at that may show later what is hidden now."""
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
_WRITING = re.compile(r"(?P<base>.*?)\s*::?(?:before|after|marker)", re.I)
_BROWSERS_OWN = re.compile(r"::|(?<!\\):-")
_OUT_OF_SIGHT = {"position", "left", "right", "top", "clip", "clip-path", "text-indent"}
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


class _Stated(NamedTuple):
    """What the strongest rule states of a property."""

    declaration: Declaration
    rule: Rule


class GeneratedContent(NamedTuple):
    """What a rule writes beside the elements that its selector selects."""

    selector: str
    value: str
    elements: Sequence[Element]


class _Use(NamedTuple):
    """What a rule is for: what it says of elements, or that it shows them in another state."""

    rule: Rule
    is_of_other_state: bool = False


_Uses: TypeAlias = list[tuple[str | None, _Use]]
"""What rules are for, each with the pseudo-element for which it is."""


class PageStyles:
    """The styles of one page, asked for by element."""

    def __init__(self, root: Element, path: str = "", read: ReadFile = no_file) -> None:
        """Read the sheets of a page that stood at `path` among files that `read` returns.

        `missing` are the addresses of those that are not there, `unread` the rules that may hide
        words and are not understood, `writings` what rules write beside elements.
        """
        self.missing: list[str] = []
        self.unread: list[str] = []
        self._written: dict[Rule, list[Element]] = {}
        self._letters_left = MAX_SHEET_LETTERS
        self._styles: dict[Element, Mapping[str, str]] = {}
        self._own_styles: dict[str, Rule] = {}
        self._hidden: set[Element] = set()
        self._showing: dict[str, list[Rule]] = defaultdict(list)
        sheets = list(self._sheets(root, path, read))
        self._counter_styles = {name for sheet in sheets for name in sheet.counter_styles}
        rules = [rule for sheet in sheets for rule in sheet.rules]
        self._variables = {
            declaration.name: declaration.value
            for rule in rules
            for declaration in rule.declarations
            if declaration.name[:2] == "--"
        }
        try:
            for element, uses in self._matches(root, rules):
                self._look_at(element, uses)
        except Interrupted:
            self.unread += [rule.selector for rule in rules if _may_hide(rule)]
        self.writings = [
            GeneratedContent(
                _WRITING.sub(r"\g<base>", rule.selector), self._content(rule), elements
            )
            for rule, elements in self._written.items()
            if elements
        ]

    def _sheets(self, root: Element, path: str, read: ReadFile) -> Iterator[Sheet]:
        """Yield the sheets of a page, before each those that it loads."""
        places: set[str] = set()
        for element in root.iter("style", "link"):
            is_for_others = next(element.iterancestors("noscript"), None) is not None
            if is_for_others or not is_for_screens(element.get("media") or ""):
                continue
            if element.tag == "style":
                yield from self._with_imported(element.text or "", "", path, read, places)
            elif "stylesheet" in (element.get("rel") or "").lower().split():
                yield from self._loaded(element.get("href") or "", path, read, places)

    def _loaded(self, address: str, path: str, read: ReadFile, places: set[str]) -> Iterator[Sheet]:
        """Yield the sheet of an address in the file at `path`, unless it was loaded."""
        place = unquote(address.partition("?")[0].partition("#")[0])
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
        if not address or place in places:
            return
        places.add(place)
        data = read(place) if len(places) <= MAX_SHEETS else None
        if data is None:
            self.missing.append(address)
        text = (data or b"").decode("utf-8", "replace")
        yield from self._with_imported(text, address, place, read, places)

    def _with_imported(
        self, text: str, address: str, path: str, read: ReadFile, places: set[str]
    ) -> Iterator[Sheet]:
        text = short_sheet(text)
        if len(text) > self._letters_left:
            self.missing.append(address or "in the page")
            return
        self._letters_left -= len(text)
        sheet = read_sheet(text)
        for imported in sheet.imported:
            yield from self._loaded(imported, path, read, places)
        yield sheet

    def _matches(self, root: Element, rules: Sequence[Rule]) -> Iterable[tuple[Element, _Uses]]:
        """Return each element with the rules that select it, the weakest first."""
        if not rules:
            return ((element, []) for element in root.iter("*"))
        selectors = PageSelectors(root)
        letters = 0
        for rule in rules:
            letters += len(rule.selector)
            if letters <= MAX_SHEET_LETTERS:
                self._add(rule, selectors)
            elif _may_hide(rule):
                self.unread.append(rule.selector)
        return selectors.matches()

    def _add(self, rule: Rule, selectors: PageSelectors) -> None:
        """Add a rule; one for a state or under a condition shows elements, and hides none."""
        is_of_state = has_states(rule.selector)
        if _WRITING.fullmatch(rule.selector):
            selectors.add(without_states(rule.selector), _Use(rule, is_of_state))
            self._written[rule] = []
            return
        shows = any(declaration.shows for declaration in rule.declarations)
        if is_of_state or rule.is_conditional:
            kept = [
                declaration
                for declaration in rule.declarations
                if _may_count(declaration, rule.is_conditional)
            ]
            rule = Rule(rule.selector, kept)
        if shows:
            for name in subject_of(rule.selector):
                self._showing[name].append(rule)
            general = without_states(rule.selector)
            if is_of_state and _labels(names_in(general)):
                selectors.add(general, _Use(rule, is_of_other_state=True))
        is_understood = not rule.declarations or selectors.add(rule.selector, _Use(rule))
        if not (is_understood or _BROWSERS_OWN.search(rule.selector)) and _may_hide(rule):
            self.unread.append(rule.selector)

    def _look_at(self, element: Element, uses: _Uses) -> None:
        """Take down what the rules that select an element say of it and beside it."""
        self._take_down_style(element, [use for pseudo, use in uses if not pseudo])
        for beside in ("before", "after", "marker") if uses else ():
            writing = [use for pseudo, use in uses if pseudo == beside]
            now = [use.rule for use in writing if not use.is_of_other_state]
            stated = [_cascaded(now), _cascaded(use.rule for use in writing)] if writing else []
            for rule in dict.fromkeys(
                values["content"].rule for values in stated if "content" in values
            ):
                if WORDS.search(self._content(rule)):
                    self._written[rule].append(element)

    def _take_down_style(self, element: Element, uses: Sequence[_Use]) -> None:
        attribute = self._own(element)
        if not uses and not attribute.declarations:
            return
        rules = [*(use.rule for use in uses if not use.is_of_other_state), attribute]
        stated = _cascaded(rules)
        self._styles[element] = _values(stated)
        if hides(self._styles[element], _values(_cascaded([attribute]))):
            later = _cascaded([*(use.rule for use in uses), attribute])
            if not self._is_shown_later(stated, later, rules):
                self._hidden.add(element)

    def _content(self, rule: Rule) -> str:
        """Return what a rule writes, with the words of variables."""
        content = _cascaded([rule])["content"].declaration.value
        return _VARIABLE.sub(lambda variable: self._variables.get(variable[1], ""), content)

    def _is_shown_later(
        self, stated: Mapping[str, _Stated], later: Mapping[str, _Stated], rules: Sequence[Rule]
    ) -> bool:
        """Tell whether what is hidden is shown when a reader opens it.

        So it is where the rules for another state show it, and where a rule that does not select
        it shows what has the same names: a script may give one to something around it.
        """
        hiding = {
            name: statement.rule
            for name, statement in stated.items()
            if statement.declaration.hides
        }
        return bool(hiding) and all(
            later[name].declaration.shows or self._is_shown_elsewhere(rule, rules)
            for name, rule in hiding.items()
        )

    def _is_shown_elsewhere(self, hiding: Rule, rules: Sequence[Rule]) -> bool:
        names = _labels(subject_of(hiding.selector))
        others = self._showing[min(names)][:MAX_SHOWING] if names else ()
        return any(names <= subject_of(other.selector) and other not in rules for other in others)

    def _own(self, element: Element) -> Rule:
        """Return what the attribute `style` of an element says; many have the same."""
        text = element.get("style") or ""
        if text not in self._own_styles:
            self._own_styles[text] = Rule("", own_declarations(text))
        return self._own_styles[text]

    def of(self, element: Element) -> Mapping[str, str]:
        """Return the properties of an element that change what is read."""
        return self._styles.get(element, {})

    def is_hidden(self, element: Element) -> bool:
        """Tell whether an element takes no part in the page, `hidden` or by its style."""
        return "hidden" in element.attrib or element in self._hidden

    def list_form(self, element: Element) -> str:
        """Return how a list or an item is marked, as the attribute `type` says it, if not in CSS.

        It is `BULLETS` for those, and empty where nothing says.
        """
        form = self.of(element).get("list-style-type", "")
        if WORDS.search(form) or form.startswith(("'", '"')):
            return form
        words = form.split()
        known = (_FORMS[word] for word in words if word in _FORMS)
        others = (
            word for word in words if _OTHER_FORMS.fullmatch(word) or word in self._counter_styles
        )
        return next(known, next(others, ""))

    def marks(self, element: Element) -> Iterator[str]:
        """Yield the tags that show what an element's style shows; `span` for what is not bold."""
        style = self.of(element)
        weight = style.get("font-weight", "")
        if weight in _BOLD or weight in ("normal", "400"):
            yield "strong" if weight in _BOLD else "span"
        if style.get("font-style") in ("italic", "oblique"):
            yield "em"
        lines = style.get("text-decoration-line", "")
        if "line-through" in lines:
            yield "s"
        if "underline" in lines and element.tag != "a":
            yield "u"
        stated = _values(_cascaded([self._own(element)]))
        ground = stated.get("background-color", stated.get("background", "none"))
        if element.tag in _INLINE and not _NO_GROUND.fullmatch(ground):
            yield "mark"
        if style.get("vertical-align") in ("super", "sub"):
            yield "sup" if style["vertical-align"] == "super" else "sub"


def hides(style: Mapping[str, str], stated: Mapping[str, str]) -> bool:
    """Tell whether nobody sees an element with a style; `stated` is what its attribute says."""
    is_gone = style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse")
    return is_gone or _is_out_of_sight(style, stated)


def _is_out_of_sight(style: Mapping[str, str], stated: Mapping[str, str]) -> bool:
    """Tell whether an element is drawn where or so that nobody sees it.

    What fades in or opens by a script has other properties `stated` in its attribute.
    """
    is_loose = style.get("position") in ("absolute", "fixed")
    is_far = any(_FAR.match(style.get(side, "")) for side in ("left", "right", "top"))
    is_cut = any(_CUT_OFF.match(style.get(name, "")) for name in ("clip", "clip-path"))
    heights = (stated.get("height", ""), stated.get("max-height", ""))
    is_flat = stated.get("overflow") == "hidden" and any(map(_NOTHING.fullmatch, heights))
    sizes = (stated.get("opacity", ""), stated.get("font-size", ""))
    is_clear = any(map(_NOTHING.fullmatch, sizes)) or stated.get("color") == "transparent"
    is_indented = bool(_INDENTED_AWAY.match(style.get("text-indent", "")))
    return (is_loose and (is_far or is_cut)) or is_flat or is_clear or is_indented


def _cascaded(rules: Iterable[Rule]) -> dict[str, _Stated]:
    """Return what rules, the weakest first, state of each property; what is important wins."""
    stated = [(declaration, rule) for rule in rules for declaration in rule.declarations]
    stated.sort(key=lambda pair: pair[0].is_important)
    return {declaration.name: _Stated(declaration, rule) for declaration, rule in stated}


def _values(stated: Mapping[str, _Stated]) -> dict[str, str]:
    return {name: statement.declaration.value for name, statement in stated.items()}


def _labels(names: Iterable[str]) -> set[str]:
    """Return the classes and ids among names."""
    return {name for name in names if name[0] in ".#"}


def _may_count(declaration: Declaration, is_conditional: bool) -> bool:
    """Tell whether a declaration counts that holds in a state, or only under a condition."""
    is_hiding = declaration.hides or declaration.name in _OUT_OF_SIGHT
    return declaration.shows or not (is_conditional or is_hiding)


def _may_hide(rule: Rule) -> bool:
    return any(declaration.hides for declaration in rule.declarations)
