"""A page in HTML: its text without what a website puts around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from gazette.imports.block_markdown import Part, parts_of
from gazette.imports.html_tree import Element, has, remove_all, text_of
from gazette.imports.page_bounds import check_html, check_tree

_CHROME = {
    *("nav", "script", "style", "noscript", "template", "aside", "form", "button", "select"),
    *("input", "textarea", "svg", "iframe", "object", "embed", "dialog", "canvas", "video"),
    *("audio", "head", "link", "meta", "base"),
}
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert"}
_PERMALINK = {"headerlink", "anchor", "anchorjs-link", "header-anchor", "heading-anchor"}
_PARSER = etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
)
_HTML_START = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|head|body|main|article|section|div|h1|p)\b", re.I
)
_PROLOG = re.compile(r"\A\s*(?:<\?xml[^>]*>|<!doctype[^>]*>|\s)*", re.I)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SITE_NAME = re.compile(r"\s+[|–—·»]\s+.*|\s+-\s+[^-]*$")


def is_html(text: str) -> bool:
    """Tell whether a text is HTML: it begins like a page or like its content."""
    return bool(_HTML_START.match(text))


def read_html(text: str) -> tuple[list[Part], str]:
    """Return the blocks of a page's own text, and the title its head names."""
    check_html(text)
    root = etree.fromstring(f"<html>{_PROLOG.sub('', text)}</html>".encode(), _PARSER)
    if root is None:
        return [], ""
    check_tree(root)
    title = " ".join((root.findtext(".//title") or "").split())
    content = _content(root)
    top_headings = [heading for heading in root.iter("h1") if _is_visible(heading)]
    _strip(content)
    _keep_targets(content)
    parts = parts_of(content)
    if top_headings and not any(part.level == 1 for part in parts):
        holder = etree.Element("div")
        top_headings[0].tail = None
        holder.append(top_headings[0])
        parts = [*parts_of(holder), *parts]
    return parts, _SITE_NAME.sub("", title)


def _content(root: Element) -> Element:
    """Return the element that holds the text: main, else the longest article, else the body."""
    main = next(
        (element for element in root.iter() if "main" in (element.tag, element.get("role"))), None
    )
    articles = (root if main is None else main).iter("article")
    article = max(articles, key=lambda element: len(text_of(element)), default=None)
    if article is not None:
        words = len(text_of(article).split())
        if main is None or words * 2 > len(text_of(main).split()):
            return article
    if main is not None:
        return main
    body = root.find("body")
    content = root if body is None else body
    edges = content.iter("header", "footer")
    remove_all(content, [it for it in edges if it.tag == "footer" or not has(it, "h1")])
    return content


def _strip(content: Element) -> None:
    """Take out navigation, controls, scripts and what is hidden."""
    elements = (element for element in content.iterdescendants() if isinstance(element.tag, str))
    remove_all(content, [element for element in elements if not _is_text(element)])


def _is_text(element: Element) -> bool:
    if element.tag in _CHROME or element.get("role") in _ROLES or not _is_shown(element):
        return False
    classes = set((element.get("class") or "").split())
    is_mark = element.tag == "a" and text_of(element).strip() in ("", "#", "¶", "§", "🔗")
    is_permalink = element.tag == "a" and (classes & _PERMALINK or is_mark)
    return not is_permalink or has(element, "img")


def _is_shown(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = "hidden" in element.attrib or element.get("aria-hidden") == "true"
    return not hidden and "display:none" not in style and "visibility:hidden" not in style


def _is_visible(element: Element) -> bool:
    return all(map(_is_shown, (element, *element.iterancestors())))


def _keep_targets(content: Element) -> None:
    """Give each heading that a link on the page leads to the name in the link; others none.

    A name that stands elsewhere becomes that of the next heading, or of the heading around it.
    """
    links = [link for link in content.iter("a") if link.get("href", "").startswith("#")]
    kept = _names_of_headings(content, {link.get("href", "")[1:] for link in links})
    for heading in content.iter(*_HEADINGS):
        heading.set("id", heading.get("data-kept", ""))
    for link in links:
        name = link.get("href", "")[1:]
        if name in kept:
            link.set("href", f"#{kept[name]}")


def _names_of_headings(content: Element, targets: Iterable[str]) -> dict[str, str]:
    """Return for each target the name that its heading keeps, in `data-kept`: its first one."""
    wanted = set(targets) - {""}
    names: dict[str, str] = {}
    waiting: list[str] = []
    for element in content.iter():
        if element.tag != "meta":
            own = (element.get("id", ""), element.get("name", ""))
            waiting += [name for name in own if name in wanted]
        heading = _heading_around(element) if waiting else None
        if heading is not None:
            kept = names.setdefault(heading.get("data-kept", waiting[0]), waiting[0])
            heading.set("data-kept", kept)
            names |= dict.fromkeys(waiting, kept)
            waiting = []
    return names


def _heading_around(element: Element) -> Element | None:
    return element if element.tag in _HEADINGS else next(element.iterancestors(*_HEADINGS), None)
