"""Links inside a Word file: each leads to the heading that its bookmark stands at or below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from markdown.extensions.toc import slugify

from gazette.imports.html_tree import HEADINGS, Element, text_of
from gazette.imports.word.names import W, attribute
from gazette.imports.word.runs import TO_BOOKMARK
from gazette.text.slugs import unique_slug


def bookmarks_in(root: Element) -> dict[Element, list[str]]:
    """Return the names of the bookmarks by the paragraph they begin in, or the next one."""
    names: dict[Element, list[str]] = {}
    waiting: list[str] = []
    for element in root.iter(f"{W}p", f"{W}bookmarkStart"):
        if element.tag == f"{W}p":
            names[element], waiting = waiting, []
            continue
        paragraph = next(element.iterancestors(f"{W}p"), None)
        (waiting if paragraph is None else names[paragraph]).append(attribute(element, "name"))
    return {paragraph: held for paragraph, held in names.items() if held}


def lead_to_headings(root: Element, targets: Mapping[str, Element]) -> None:
    """Give the links to bookmarks the anchors of headings; those without one stay words.

    A heading whose anchor another one has, too, or that has none, gets an id of its own.
    """
    anchors = Counter(slugify(text_of(heading), "-") for heading in root.iter(*HEADINGS))
    taken: set[str] = set(anchors)
    for link in root.iter("a"):
        href = link.get("href", "")
        if not href.startswith(TO_BOOKMARK):
            continue
        heading = targets.get(href.removeprefix(TO_BOOKMARK))
        if heading is None or heading.tag == "h1":
            link.set("href", "")
            continue
        anchor = slugify(text_of(heading), "-")
        if anchors[anchor] > 1 or not anchor:
            if not heading.get("id"):
                heading.set("id", unique_slug((anchor or "section",), taken))
                taken.add(heading.get("id", ""))
            anchor = heading.get("id", "")
        link.set("href", f"#{anchor}")
