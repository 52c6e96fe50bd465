"""Which elements of a page the selectors of its style sheets select."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

from gazette.imports.html_tree import Element

_WORDS = (
    "open|opened|closed?|active|inactive|current|selected|checked|expand(?:ed)?|collaps(?:ed?|ing)"
    "|shown?|visible|toggled?|loaded|loading|js|javascript|js-?enabled"
)
_STATE = (
    r"(?:(?<!\\):(?:hover|focus(?:-within|-visible)?|active|target(?:-within)?|visited|checked|open"
    r"|popover-open|modal|indeterminate)(?![\w(-])"
    rf"|\.(?:in|(?:[\w-]*[-_]|is|has|no)?(?:{_WORDS}))(?![\w\\-])"
    r"|\[\s*(?:open|checked|selected|aria-(?:expanded|selected|pressed|current|hidden|checked)"
    r"|data-(?:state|open|active|expanded|visible))\b[^\]]*\])"
)
_STATES = re.compile(rf":not\(\s*{_STATE}\s*\)|{_STATE}", re.I)
"""What a page or its reader changes while it is read: `:hover`, `.open`, `[aria-expanded]`."""
_ALWAYS = ":not(:hover)"
_ATTRIBUTE = re.compile(r"""\[(?:"[^"]*"|'[^']*'|[^\]"'])*\]""")
_ARGUMENTS = re.compile(r"(?<!\\)\([^()]*\)")
_PSEUDO = re.compile(r"(?<!\\)::?[\w-]+")
_COMBINATOR = re.compile(r"(?<!\\)[\s>+~]+")
_NAMES = re.compile(r"[.#]?(?:[\w-]|\\.)+")
_HAS = re.compile(r":has\(", re.I)
_OF_SIBLINGS = re.compile(r"-of-type|\bof\b", re.I)
_HEX = re.compile(r"\\[0-9a-f]", re.I)
MAX_TESTS = 2_000_000
"""How often an element may be looked at for a selector, with those around and before it, in some
seconds; a page of 10,000 elements with a sheet of 4,000 rules takes 60,000 such looks."""


class Interrupted(Exception):  # noqa: N818 - nothing is wrong
    """Tell that the selectors of a page take too long."""


class _Wrapper(ElementWrapper):  # type: ignore[misc] # the library has no types
    """An element for selectors that counts how many elements they look at."""

    def __init__(self, element: Element, parent: _Wrapper | None, *args: Any, **named: Any) -> None:
        super().__init__(element, parent, *args, **named)
        self.steps: Counter[str] = Counter() if parent is None else parent.steps

    @property
    def ancestors(self) -> Iterator[_Wrapper]:
        """The elements around it, from inside out."""
        return self._walk("parent")

    @property
    def previous_siblings(self) -> Iterator[_Wrapper]:
        """The elements before it, the nearest first."""
        return self._walk("previous")

    def _walk(self, way: str) -> Iterator[_Wrapper]:
        element = getattr(self, way)
        while element is not None:
            self.steps["all"] += 1
            if self.steps["all"] > MAX_TESTS:
                raise Interrupted
            yield element
            element = getattr(element, way)


class PageSelectors:
    """Selectors for the elements of one page, each with what it is for."""

    def __init__(self, root: Element) -> None:
        """Count the names of the elements of a page."""
        self._root = root
        elements = list(root.iter("*"))
        self._counts = Counter(name for element in elements for name in _names_of(element))
        self._size, self._widest = len(elements), max(map(len, elements))
        self._tests_left = MAX_TESTS
        self._matcher = Matcher()

    def may_select(self, selector: str) -> bool:
        """Tell whether all names that a selector asks for are on the page."""
        is_readable = not _HEX.search(selector)
        return not is_readable or all(name in self._counts for name in names_in(selector))

    def add(self, selector: str, purpose: object) -> bool:
        """Add a selector; tell whether it is understood."""
        if not self.may_select(selector):
            return True
        counts = (self._counts[name] for name in subject_of(selector))
        cost = min(counts, default=self._size) * self._size ** len(_HAS.findall(selector))
        cost *= self._widest ** len(_OF_SIBLINGS.findall(selector))
        if cost > self._tests_left:
            return False
        try:
            compiled = compile_selector_list(selector)
        except (SelectorError, NotImplementedError, AttributeError, SyntaxError, RecursionError):
            return False
        self._tests_left -= cost
        for alternative in compiled:
            self._matcher.add_selector(alternative, purpose)
        return True

    def matches(self) -> Iterator[tuple[Element, list[tuple[str | None, Any]]]]:
        """Yield each element with what selects it, the weakest first, and its pseudo-element.

        Raises Interrupted where that takes too long.
        """
        for wrapper in _Wrapper.from_html_root(self._root).iter_subtree():
            selecting = self._matcher.match(wrapper)
            yield wrapper.etree_element, [(pseudo, purpose) for _, _, pseudo, purpose in selecting]


def has_states(selector: str) -> bool:
    """Tell whether what a selector selects depends on what a reader or a script does."""
    return _STATES.search(selector) is not None


def without_states(selector: str) -> str:
    """Return a selector of all that it selects in any state."""
    return _STATES.sub(_ALWAYS, selector)


def names_in(selector: str) -> set[str]:
    """Return the tags, classes and ids that a selector asks for, alternatives apart."""
    return set(map(_plain, _NAMES.findall(_bare(selector))))


def subject_of(selector: str) -> set[str]:
    """Return the names that a selector asks for of the element itself."""
    return set(map(_plain, _NAMES.findall(_COMBINATOR.split(_bare(selector))[-1])))


def _bare(selector: str) -> str:
    """Return a selector without attributes, pseudo-classes and their arguments."""
    bare, count = _ATTRIBUTE.sub("", selector), 1
    while count:
        bare, count = _ARGUMENTS.subn("", bare)
    return _PSEUDO.sub("", bare).strip()


def _names_of(element: Element) -> set[str]:
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {str(element.tag), f"#{element.get('id')}"}


def _plain(name: str) -> str:
    return name.replace("\\", "") if name[0] in ".#" else name.lower()
