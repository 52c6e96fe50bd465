"""Words and numbers that the style sheets of a page write beside its elements: named, not read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazette.imports.html_tree import Element
from gazette.imports.omissions import Omission, quoted
from gazette.imports.page_chrome import place_of
from gazette.imports.page_styles import PageStyles, WritingRule

MAX_RULES, MAX_ELEMENTS = 100, 100
"""How many rules are looked at, and for how many elements each: more say nothing else."""
_NOT_A_NAME = re.compile(r":[\w-]+(?:\([^()]*\))?|\[[^\]]*\]")
_NAMES = re.compile(r"[.#]?[\w-]+")


@dataclass(frozen=True)
class _Selector:
    """What a selector asks for, by tags, classes and ids: of an element, and of those around it."""

    own: frozenset[str]
    around: tuple[frozenset[str], ...]

    def fits(self, element: Element) -> bool:
        """Tell whether it selects an element, as far as names say it."""
        if not self.own <= _names_of(element):
            return False
        above = [_names_of(it) for it in element.iterancestors()] if self.around else []
        return all(any(names <= it for it in above) for names in self.around)


def _selector(text: str) -> _Selector | None:
    plain = re.sub(r"[>+~]", " ", _NOT_A_NAME.sub("", text))
    compounds = [frozenset(_NAMES.findall(compound)) for compound in plain.split()]
    return _Selector(compounds[-1], tuple(compounds[:-1])) if compounds and compounds[-1] else None


def _names_of(element: Element) -> set[str]:
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {str(element.tag), f"#{element.get('id')}"}


def written_by_styles(content: Element, styles: PageStyles) -> Iterator[Omission]:
    """Yield what the styles of a page write beside elements, once for each rule."""
    if not styles.writing_rules:
        return
    elements: dict[str, list[Element]] = defaultdict(list)
    for element in content.iter():
        if isinstance(element.tag, str):
            for name in _names_of(element):
                elements[name].append(element)
    for rule in styles.writing_rules[:MAX_RULES]:
        selector = _selector(rule.selector)
        if selector is None:
            continue
        candidates = min((elements[name] for name in selector.own), key=len)
        some = list(filter(selector.fits, candidates[:MAX_ELEMENTS]))
        if some:
            yield _omission(rule, some)


def _omission(rule: WritingRule, elements: Sequence[Element]) -> Omission:
    words = "numbers" if "counter" in rule.content.lower() else quoted(rule.content.strip("\"' "))
    places = "1 place" if len(elements) == 1 else f"{len(elements)} places"
    if len(elements) == MAX_ELEMENTS:
        places = f"{MAX_ELEMENTS} places or more"
    reason = f"The style sheet writes it ({rule.selector}): write it into the text."
    return Omission(place_of(elements[0]), f"{words} beside {places}", reason)
