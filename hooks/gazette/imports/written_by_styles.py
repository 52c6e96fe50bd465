"""Words and numbers that the style sheets of a page write beside its elements: named, not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from gazette.imports.html_tree import Element
from gazette.imports.omissions import Omission, quoted
from gazette.imports.page_chrome import place_of
from gazette.imports.page_styles import GeneratedContent, PageStyles

MAX_ELEMENTS, MAX_RULES = 100, 100
"""How many elements of a rule are counted, and how many rules: more say nothing else."""
_ATTRIBUTES = re.compile(r"attr\(\s*([\w-]+)")


def written_by_styles(content: Element, styles: PageStyles) -> Iterator[Omission]:
    """Yield what the styles of a page write beside elements, once for each rule."""
    kept = set(content.iter()) if styles.writings else set()
    for writing in islice(styles.writings, MAX_RULES):
        some = [element for element in writing.elements if element in kept][:MAX_ELEMENTS]
        if names := _ATTRIBUTES.findall(writing.value.lower()):
            some = [element for element in some if any(map(element.get, names))]
        if some:
            yield _omission(writing, some, names)


def _omission(
    writing: GeneratedContent, elements: Sequence[Element], attributes: Sequence[str]
) -> Omission:
    values = (elements[0].get(name) or "" for name in attributes)
    words = quoted(" ".join(values) if attributes else writing.value.strip("\"' "))
    words = "numbers" if "counter" in writing.value.lower() else words
    places = "1 place" if len(elements) == 1 else f"{len(elements)} places"
    if len(elements) == MAX_ELEMENTS:
        places = f"{MAX_ELEMENTS} places or more"
    reason = f"The style sheet writes it ({writing.selector}): write it into the text."
    return Omission(place_of(elements[0]), f"{words} beside {places}", reason)
