"""What of a page is no text of it: the website around, controls, the hidden, what styles write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from gazette.imports.html_tree import (
    HEADINGS,
    Element,
    has,
    place_of,
    remove_all,
    text_of,
    words_of,
)
from gazette.imports.omissions import Omission, quoted
from gazette.imports.page_styles import GeneratedContent, PageStyles

_NEVER_SEEN = {"script", "style", "template", "noscript", "head", "link", "meta", "base", "title"}
_PICTURES = {"iframe", "object", "embed", "canvas", "video", "audio", "math"}
_FIELDS = {"input", "select", "textarea", "output", "progress", "meter"}
_LEADING_ON = {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar"}
_PERMALINK = {"headerlink", "anchor", "anchorjs-link", "header-anchor", "heading-anchor"}
_FOR_EARS = {"sr-only", "visually-hidden", "screen-reader-text", "screenreader", "visuallyhidden"}
_TOGGLES = ("aria-controls", "data-target", "data-bs-target", "href")
PANEL = re.compile(
    r"accord|collaps|panel|toggle|expand|answer|faq|tab-?(?:content|pane)|\b(?:read-?)?more\b", re.I
)
_NO_PANEL = re.compile(r"modal|popup|cookie|overlay|tooltip|dropdown|menu", re.I)
_WEBSITE = "It belongs to the website around the text."
_CONTROL = "It is a control of the page."
HIDDEN = "It is hidden on the page."
MAX_ELEMENTS, MAX_RULES = 100, 100
"""How many elements of a rule are counted, and how many rules: more say nothing else."""
_ATTRIBUTES = re.compile(r"attr\(\s*([\w-]+)")


def around(content: Element) -> Iterator[Omission]:
    """Yield what stands around the element that holds the text of a page."""
    for inner in (content, *content.iterancestors()):
        before = reversed(list(inner.itersiblings(preceding=True)))
        beside = [*before, *inner.itersiblings()]
        for element in beside:
            if element.tag not in _NEVER_SEEN and isinstance(element.tag, str):
                yield from left_out(element, _WEBSITE)


def left_out(element: Element, reason: str) -> Iterator[Omission]:
    """Yield an element that is left out, where it has words or shows something."""
    words = " ".join(" ".join(_seen(element)).split())
    if words:
        yield Omission(place_of(element), quoted(words), reason)


def _seen(element: Element) -> Iterator[str]:
    """Yield the letters of an element that a reader may see."""
    if element.tag in _NEVER_SEEN or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _seen(child)
        yield child.tail or ""


def strip(content: Element, styles: PageStyles) -> list[Omission]:
    """Take out what is no text of a page; return what a reader saw of that.

    Panels that are closed until a reader opens them stay.
    """
    toggled = set(_toggled(content))
    gone: list[Element] = []
    omissions: list[Omission] = []
    removed: set[Element] = set()
    for element in content.iterdescendants():
        if not isinstance(element.tag, str) or element.getparent() in removed:
            removed.add(element)
            continue
        reason = _reason(element, styles, toggled)
        if reason is not None:
            gone.append(element)
            removed.add(element)
            omissions += _omission(element, reason) if reason else ()
    remove_all(content, gone)
    return omissions


def _omission(element: Element, reason: str) -> Iterator[Omission]:
    if element.tag in _PICTURES | _FIELDS:
        names = ("src", "title", "placeholder", "value", "aria-label", "name", "data")
        name = next(filter(None, map(element.get, names)), "")
        name = words_of(element) or name
        what = f"<{element.tag}> {quoted(name)}" if name else f"<{element.tag}>"
        yield Omission(place_of(element), what, reason)
    else:
        yield from left_out(element, reason)


def _reason(element: Element, styles: PageStyles, toggled: set[str]) -> str | None:
    """Return why an element is left out, nothing where nobody sees it; None for text."""
    tag = str(element.tag)
    if tag in _NEVER_SEEN or (tag == "svg" and not words_of(element)) or _is_permalink(element):
        return ""
    if tag in _FIELDS:
        return "" if element.get("type") == "hidden" else _CONTROL
    reason = next((why for why, holds in _REASONS if holds(element)), None)
    if reason == _CONTROL and _opens_next(element, styles, toggled):
        return None
    if reason is None and styles.is_hidden(element) and not _is_panel(element, toggled):
        return HIDDEN
    return reason


def _is_dialog(element: Element) -> bool:
    is_opened = element.get("popover") is not None
    return is_opened or element.tag == "dialog" or element.get("role") in ("dialog", "alertdialog")


def _is_navigation(element: Element) -> bool:
    is_menu = element.tag == "nav" or element.get("role") in _LEADING_ON
    return is_menu or (_is_aside(element) and _is_mostly_links(element))


def _is_for_ears(element: Element) -> bool:
    return bool(_FOR_EARS & set((element.get("class") or "").split()))


def _is_aside(element: Element) -> bool:
    return element.tag == "aside" or element.get("role") == "complementary"


def _is_mostly_links(element: Element) -> bool:
    linked = sum(len(words_of(link)) for link in element.iter("a"))
    return linked * 2 > len(words_of(element))


def _is_permalink(element: Element) -> bool:
    if element.tag != "a" or has(element, "img"):
        return False
    classes = set((element.get("class") or "").split())
    is_mark = text_of(element).strip() in ("", "#", "¶", "§", "🔗")
    return is_mark or bool(classes & _PERMALINK and len(text_of(element).strip()) <= 1)


def is_in_sentence(button: Element) -> bool:
    """Tell whether a sentence goes on behind a button."""
    parent = button.getparent()
    is_inside = parent is not None and parent.tag in ("p", "li", "td", "dd", "span")
    return is_inside and bool((button.tail or "").strip())


def _opens_next(button: Element, styles: PageStyles, toggled: set[str]) -> bool:
    """Tell whether what follows a button is a panel that is closed."""
    panel = button.getnext()
    is_closed = panel is not None and isinstance(panel.tag, str) and styles.is_hidden(panel)
    return is_closed and panel is not None and _is_panel(panel, toggled)


def _is_part_of_text(button: Element) -> bool:
    """Tell whether a button bears words of the text: of a heading, a panel or a sentence."""
    is_toggle = any(name in button.attrib for name in ("aria-expanded", *_TOGGLES))
    around = next(button.iterancestors(*HEADINGS, "summary", "dt"), None)
    is_all = around is not None and words_of(around) == words_of(button)
    is_heading = next(button.iter(*HEADINGS), None) is not None
    return is_toggle or is_all or is_heading or is_in_sentence(button)


def _toggled(content: Element) -> Iterable[str]:
    """Yield the ids of what buttons and links on a page open."""
    for element in content.iter("a", "button", "label", *HEADINGS, "div", "span"):
        names = [name for name in _TOGGLES if name != "href" or "aria-expanded" in element.attrib]
        for name in names:
            yield from element.get(name, "").replace("#", " ").split()


def _is_panel(element: Element, toggled: set[str]) -> bool:
    """Tell whether something hidden is a part of the text that readers open."""
    name = f"{element.get('class', '')} {element.get('id', '')}"
    if not words_of(element) or element.tag in HEADINGS or _NO_PANEL.search(name):
        return False
    before = element.getprevious()
    follows = before is not None and isinstance(before.tag, str) and _is_title(before)
    is_opened = element.get("hidden") == "until-found" or element.get("id") in toggled
    return is_opened or follows or element.get("role") == "tabpanel" or bool(PANEL.search(name))


def _is_title(element: Element) -> bool:
    """Tell whether an element is no more than the title of what follows it."""
    if element.tag == "label" or "aria-expanded" in element.attrib:
        return True
    title = next(element.iter(*HEADINGS, "button", "summary", "dt"), None)
    return title is not None and words_of(title) == words_of(element)


def written_by_styles(content: Element, styles: PageStyles) -> Iterator[Omission]:
    """Yield what the styles of a page write beside elements, once for each rule."""
    kept = set(content.iter()) if styles.writings else set()
    for writing in islice(styles.writings, MAX_RULES):
        some = [element for element in writing.elements if element in kept][:MAX_ELEMENTS]
        if names := _ATTRIBUTES.findall(writing.value.lower()):
            some = [element for element in some if any(map(element.get, names))]
        if some:
            yield _written_omission(writing, some, names)


def _written_omission(
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


_REASONS: tuple[tuple[str, Callable[[Element], bool]], ...] = (
    ("It is no text.", lambda element: element.tag in _PICTURES or element.tag == "svg"),
    ("It opens before the page, and belongs to the website.", _is_dialog),
    ("It leads around the website.", _is_navigation),
    ("It is hidden on the page, and only read aloud.", _is_for_ears),
    (_CONTROL, lambda element: element.tag == "button" and not _is_part_of_text(element)),
)
"""Why an element is no text of the page."""
