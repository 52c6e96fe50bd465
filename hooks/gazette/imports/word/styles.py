"""The styles of a Word file: what each says of a paragraph or run, with those it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gazette.imports.html_tree import Element, number_in
from gazette.imports.word.names import W, attribute, child, switch, value

MAX_BASED_ON = 20
"""How many styles may be based on one another, as Word counts; further ones say nothing."""
PLAIN_OUTLINE = 9
"""The level of Word's outline that text has that is no heading."""
_HEADING = re.compile(r"heading (\d)")


@dataclass(frozen=True)
class Style:
    """A style: its name, and the elements that say what it is, its own first."""

    name: str = ""
    chain: tuple[Element, ...] = ()

    @property
    def level(self) -> int:
        """The level of its paragraphs as headings, 1 for the title, 0 for plain text."""
        if self.name.lower() == "title":
            return 1
        levels = (_level(element) for element in self.chain)
        return next((level for level in levels if level is not None), 0)

    @property
    def ids(self) -> list[str]:
        """Its own id and those of the styles it is based on."""
        return [attribute(element, "styleId") for element in self.chain]

    def numbering(self) -> tuple[str, str]:
        """Return the numbering of its paragraphs and their level there, empty where not stated."""
        stated = [child(child(element, "pPr"), "numPr") for element in self.chain]
        number, level = (
            next(filter(None, (value(properties, name) for properties in stated)), "")
            for name in ("numId", "ilvl")
        )
        return number, level

    def switch(self, name: str) -> bool | None:
        """Return whether it turns a property of letters on or off, None where it does not say."""
        switches = (switch(child(element, "rPr"), name) for element in self.chain)
        return next((switch for switch in switches if switch is not None), None)

    def font(self) -> str:
        """Return the font that it names, empty where it names none."""
        return next(filter(None, (font_of(child(style, "rPr")) for style in self.chain)), "")


class Styles:
    """All styles of a file by id, and what holds where a paragraph or run names none."""

    def __init__(self, root: Element) -> None:
        self._elements = {attribute(style, "styleId"): style for style in root.iter(f"{W}style")}
        self._styles: dict[str, Style] = {}
        self.defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.default_id = next(self._default_ids(), "")

    def style(self, style_id: str) -> Style:
        """Return a style by its id, a plain one where the file has no such style."""
        if style_id not in self._styles:
            self._styles[style_id] = self._read(style_id)
        return self._styles[style_id]

    def of_paragraph(self, paragraph: Element | None) -> Style:
        """Return the style of a paragraph."""
        return self.style(value(child(paragraph, "pPr"), "pStyle") or self.default_id)

    def level_of(self, paragraph: Element) -> int:
        """Return the level of a paragraph as a heading, its own before that of its style."""
        level = _outline_level(child(paragraph, "pPr"))
        return self.of_paragraph(paragraph).level if level is None else level

    def is_on(self, run: Element, name: str) -> bool:
        """Tell whether a property of letters holds for a run; styles that both set it cancel it."""
        properties = child(run, "rPr")
        direct = switch(properties, name)
        if direct is not None:
            return direct
        paragraph = next(run.iterancestors(f"{W}p"), None)
        by_letters = self.style(value(properties, "rStyle")).switch(name)
        by_paragraph = self.of_paragraph(paragraph).switch(name)
        if by_letters is None and by_paragraph is None:
            return bool(switch(self.defaults, name))
        return bool(by_letters) != bool(by_paragraph)

    def is_emphasized(self, run: Element, name: str) -> bool:
        """Tell the same of what marks single words: the style of the paragraph does not count."""
        properties = child(run, "rPr")
        direct = switch(properties, name)
        if direct is not None:
            return direct
        return bool(self.style(value(properties, "rStyle")).switch(name))

    def font(self, run: Element) -> str:
        """Return the name of the font of a run, empty where it is that of all text."""
        properties = child(run, "rPr")
        name = font_of(properties) or self.style(value(properties, "rStyle")).font()
        paragraph = next(run.iterancestors(f"{W}p"), None)
        return name or self.of_paragraph(paragraph).font()

    def language(self) -> str:
        """Return the language of the text, empty where the file does not name it."""
        return attribute(child(self.defaults, "lang"), "val")

    def _default_ids(self) -> Iterator[str]:
        for style_id, element in self._elements.items():
            is_default = attribute(element, "default") in ("1", "true")
            if is_default and attribute(element, "type") == "paragraph":
                yield style_id

    def _read(self, style_id: str) -> Style:
        chain: list[Element] = []
        parent = style_id
        while parent in self._elements and len(chain) < MAX_BASED_ON:
            chain.append(self._elements[parent])
            parent = value(self._elements[parent], "basedOn")
        return Style(value(chain[0], "name") if chain else "", tuple(chain))


def _outline_level(properties: Element | None) -> int | None:
    """Return the level of a heading that properties state, 0 for plain text, None for neither.

    Word's outline begins at 0, and 9 is plain text.
    """
    level = number_in(value(properties, "outlineLvl"), -1, 9)
    if level < 0:
        return None
    return 0 if level == PLAIN_OUTLINE else min(level + 2, 6)


def font_of(properties: Element | None) -> str:
    """Return the font that properties of letters name, empty where they name none."""
    fonts = child(properties, "rFonts")
    return attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


def _level(style: Element) -> int | None:
    """Return the level a style has as a heading, 2 for `Heading 1`, None where it has none."""
    name = value(style, "name").lower()
    if match := _HEADING.fullmatch(name):
        return min(int(match[1]) + 1, 6)
    return _outline_level(child(style, "pPr"))
