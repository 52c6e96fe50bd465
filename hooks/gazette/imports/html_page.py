"""A page in HTML: its text without what a website puts around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gazette.imports.block_markdown import Part, parts_of
from gazette.imports.inline_markdown import text_of

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
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_SITE_NAME = re.compile(r"\s+[|–—·»]\s+.*|\s+-\s+[^-]*$")


def read_html(text: str) -> tuple[list[Part], str]:
    """Return the blocks of a page's own text, and the title its head names."""
    root = etree.fromstring(f"<html>{_without_prolog(text)}</html>".encode(), _PARSER)
    if root is None:
        return [], ""
    named = " ".join(text_of(next(root.iter("title"), etree.Element("title"))).split())
    content = _content(root)
    outside = next((one for one in root.iter("h1") if _is_visible(one)), None)
    _strip(content)
    _keep_targets(content)
    parts = parts_of(content)
    if outside is not None and not any(part.level == 1 for part in parts):
        parts = [*parts_of(_around(outside)), *parts]
    return parts, _SITE_NAME.sub("", named)


def charset(data: bytes) -> str:
    """Return the encoding a page names in its head, an empty text where it names none."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii").lower() if found else ""


def _without_prolog(text: str) -> str:
    return re.sub(r"\A\s*(?:<\?xml[^>]*>|<!doctype[^>]*>|\s)*", "", text, flags=re.I)


def _around(element: etree._Element) -> etree._Element:
    holder = etree.Element("div")
    tail, element.tail = element.tail, None
    holder.append(element)
    holder.tail = tail
    return holder


def _content(root: etree._Element) -> etree._Element:
    """Return the element that holds the text: main, else the longest article, else the body."""
    mains = [one for one in root.iter() if one.tag == "main" or one.get("role") == "main"]
    articles = list((mains[0] if mains else root).iter("article"))
    if articles:
        longest = max(articles, key=lambda one: len(text_of(one)))
        inside = len(text_of(longest).split())
        if not mains or inside * 2 > len(text_of(mains[0]).split()):
            return longest
    if mains:
        return mains[0]
    body = root.find("body")
    found = root if body is None else body
    for one in [one for one in found.iter("header", "footer") if not _has_title(one)]:
        _remove(one)
    return found


def _has_title(element: etree._Element) -> bool:
    return element.tag == "header" and next(element.iter("h1"), None) is not None


def _strip(content: etree._Element) -> None:
    """Take out navigation, controls, scripts and what is hidden."""
    for one in list(content.iter()):
        if isinstance(one.tag, str) and one is not content and not _is_text(one):
            _remove(one)


def _is_text(element: etree._Element) -> bool:
    if element.tag in _CHROME or element.get("role") in _ROLES or not _is_shown(element):
        return False
    classes = set((element.get("class") or "").split())
    is_mark = element.tag == "a" and text_of(element).strip() in ("", "#", "¶", "§", "🔗")
    return not (element.tag == "a" and (classes & _PERMALINK or is_mark)) or _has_image(element)


def _has_image(element: etree._Element) -> bool:
    return next(element.iter("img"), None) is not None


def _is_shown(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = "hidden" in element.attrib or element.get("aria-hidden") == "true"
    return not hidden and "display:none" not in style and "visibility:hidden" not in style


def _is_visible(element: etree._Element) -> bool:
    return all(map(_is_shown, (element, *element.iterancestors())))


def _remove(element: etree._Element) -> None:
    """Take an element out and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _keep_targets(content: etree._Element) -> None:
    """Give each heading that a link on the page leads to the name in the link; others none."""
    links = [one.get("href", "") for one in content.iter("a")]
    wanted = {link[1:] for link in links if link.startswith("#")}
    names: dict[str, str] = {}
    waiting: list[str] = []
    for element in content.iter():
        own = [element.get(key, "") for key in ("id", "name")] if element.tag != "meta" else []
        waiting += [name for name in own if name in wanted and name]
        heading = _heading_at(element)
        if waiting and heading is not None:
            kept = names.setdefault(heading.get("data-kept", waiting[0]), waiting[0])
            heading.set("data-kept", kept)
            names |= dict.fromkeys(waiting, kept)
            waiting = []
    for element in content.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        element.set("id", element.get("data-kept", ""))
    for link in content.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] in names:
            link.set("href", f"#{names[target[1:]]}")


def _heading_at(element: etree._Element) -> etree._Element | None:
    chain: Iterator[etree._Element] = (element, *element.iterancestors())  # type: ignore[assignment]
    return next((one for one in chain if re.fullmatch("h[1-6]", str(one.tag))), None)
