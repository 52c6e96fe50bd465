"""Words and numbers that the style sheets of a page write beside its elements: named, not read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from gazette.imports.html_tree import Element
from gazette.imports.omissions import Omission, quoted
from gazette.imports.page_chrome import place_of
from gazette.imports.page_styles import PageStyles, StyleRule
from gazette.imports.style_selectors import names_of

MAX_ELEMENTS = 100
"""For how many elements a rule is looked at: more say nothing else."""
_ATTRIBUTES = re.compile(r"attr\(\s*([\w-]+)")


def written_by_styles(content: Element, styles: PageStyles) -> Iterator[Omission]:
    """Yield what the styles of a page write beside elements, once for each rule."""
    if not styles.writing_rules:
        return
    elements: dict[str, list[Element]] = defaultdict(list)
    every = [element for element in content.iter() if isinstance(element.tag, str)]
    for element in every:
        for name in names_of(element):
            elements[name].append(element)
    for rule in styles.writing_rules:
        candidates = min((elements[name] for name in rule.selector.own), key=len, default=every)
        some = list(filter(rule.selector.fits, candidates[:MAX_ELEMENTS]))
        if names := _ATTRIBUTES.findall(rule.value.lower()):
            some = [it for it in some if any(map(it.get, names))]
        if some:
            yield _omission(rule, some, names)


def _omission(rule: StyleRule, elements: Sequence[Element], attributes: Sequence[str]) -> Omission:
    values = (elements[0].get(name) or "" for name in attributes)
    words = quoted(" ".join(values) if attributes else rule.value.strip("\"' "))
    words = "numbers" if "counter" in rule.value.lower() else words
    places = "1 place" if len(elements) == 1 else f"{len(elements)} places"
    if len(elements) == MAX_ELEMENTS:
        places = f"{MAX_ELEMENTS} places or more"
    reason = f"The style sheet writes it ({rule.text}): write it into the text."
    return Omission(place_of(elements[0]), f"{words} beside {places}", reason)
