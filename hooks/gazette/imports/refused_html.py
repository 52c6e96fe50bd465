"""HTML in Markdown that no page of a help center may hold, taken out before it is refused."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from gazette.imports.omissions import Edit, Omission, edited
from gazette.imports.page_chrome import HIDDEN, PANEL
from gazette.imports.page_styles import hides
from gazette.imports.style_sheets import declared
from gazette.text.markdown_source import LINK_DEFINITION, normalized_label, without_blocks_of_code
from gazette.text.sanitizer import (
    ATTRIBUTES,
    ELEMENTS,
    MARKUP,
    WITH_CONTENT,
    is_html,
    lone_ends,
    refusal,
    sanitize,
)

_LOADED = {
    *("audio", "embed", "frame", "input", "object", "video", "button", "select", "textarea"),
    *("option", "iframe", "math", "svg", "source", "track", "applet", "area", "canvas", "meter"),
}
"""Elements that readers see although they hold no words, or whose words are no text."""
COMPONENT = "A program shows something here on the old site: write what readers saw."
_UNSEEN = ("script", "style", "template", "noscript", "noembed", "noframes")
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_HEADING_START = re.compile(r"[ >]*#{1,6}[ \t]")
_BLOCK_START = re.compile(r"\n[ \t>]*(?:\n|#{1,6}[ \t]|[-*+][ \t]|\d+[.)][ \t]|\|)")
_MAY_HIDE = re.compile(r"<[a-z][^<>]*\b(?:hidden|style)\b", re.I)
_CLOSE = re.compile(r"</(?P<element>[a-z][a-z0-9-]*)\s*>", re.I)
_ATTRIBUTE_NAMES = re.compile(r"(?:\s+[A-Za-z_:][\w.:-]*)*\s*|[^={]*[={].*", re.S)
"""What follows the name of a tag: where other words do, Markdown takes all of it for letters."""
_WORDS = r"\[(?P<words>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_DESTINATION = (
    r"(?:\(\s*(?:<(?P<enclosed>[^<>\n]*)>"
    r"|(?P<target>[^\s()<>]*(?:\((?:[^\s()]|\([^\s()]*\))*\)[^\s()<>]*)*))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)|\[(?P<label>[^\]\n]*)\]|(?![\[(:]))"
)
_IMAGE = re.compile(rf"(?<!\\)!{_WORDS}{_DESTINATION}")
_LINK = re.compile(rf"(?<![\\!]){_WORDS}{_DESTINATION}")
_ESCAPED = re.compile(r"\\(.)")
_AUTOLINK = re.compile(r"<(?P<target>[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*)>")
_PLAIN = re.compile(r"https?://[a-z0-9.-]+(?:[/?#].*)?|mailto:.*|[^:]*", re.I | re.S)
"""Addresses that every browser reads; of others, a parser is asked."""


def without_refused_html(body: str, first_line: int) -> tuple[str, list[Omission]]:
    """Return a Markdown text without what is refused, and what of that a reader saw.

    `first_line` is the line of its file on which the text begins. Words between tags stay.
    """
    if "<" not in body and "]" not in body:
        return body, []
    prose = without_blocks_of_code(body)
    prose = _ESCAPED.sub(lambda escape: "  " if escape[1] == "<" else escape[0], prose)
    edits = {*_tag_edits(prose), *_lone_end_edits(prose), *_link_edits(prose, body)}
    return edited(body, sorted(edits), first_line)


def _tag_edits(prose: str) -> Iterator[Edit]:
    last_ends = {close["element"].lower(): close.start() for close in _CLOSE.finditer(prose)}
    hidden = _hidden_elements(prose)
    end = 0
    for tag in MARKUP.finditer(prose):
        element = (tag["element"] or "").lower()
        if tag.start() < end:
            continue
        if tag["declaration"]:
            yield Edit(*tag.span(), "")
        elif not _NAME.fullmatch(element) or _is_cut(tag):
            continue  # in Markdown these are letters, or an address
        elif edit := hidden.get(tag.start()) or _without_element(tag, element, last_ends):
            end = edit.end
            yield edit
        elif not is_html(element) and _is_prose(tag):
            yield Edit(tag.start(), tag.start() + 1, "&lt;")
        elif element not in ELEMENTS:
            reason = "" if tag["closing"] else _loss(tag["element"])
            yield Edit(*tag.span(), "", reason)
        elif not tag["closing"] and tag["attributes"].strip():
            yield from _attribute_edits(tag, element)


def _lone_end_edits(prose: str) -> Iterator[Edit]:
    """Yield nothing in place of end tags that end nothing, as behind a start tag of letters."""
    tags = (tag for tag in MARKUP.finditer(prose) if not _is_cut(tag))
    for tag in lone_ends(tags):
        if tag["element"].lower() in ELEMENTS:
            yield Edit(*tag.span(), "")


def _hidden_elements(prose: str) -> dict[int, Edit]:
    """Return elements with all they hold that readers do not see, by where they begin."""
    open_tags: dict[str, list[re.Match[str]]] = defaultdict(list)
    hidden = {}
    for tag in MARKUP.finditer(prose) if _MAY_HIDE.search(prose) else ():
        element = (tag["element"] or "").lower()
        if not tag["closing"] and not tag[0].endswith("/>"):
            open_tags[element].append(tag)
        elif tag["closing"] and open_tags[element]:
            opening = open_tags[element].pop()
            span = (opening.start(), tag.end())
            if _is_hidden(opening) and not _leaves_block(prose, *span):
                hidden[span[0]] = Edit(*span, "", HIDDEN)
    return hidden


def _is_hidden(tag: re.Match[str]) -> bool:
    """Tell whether the element of a tag is hidden, and no panel that readers open."""
    values = {name: plain for name, _, plain in _attributes(tag)}
    style = declared(values.get("style", ""))
    name = f"{values.get('class', '')} {values.get('id', '')}"
    is_panel = values.get("hidden") == "until-found" or PANEL.search(name)
    return ("hidden" in values or hides(style, style)) and not is_panel


def _attributes(tag: re.Match[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each attribute of a tag, the attribute as it is written, and its value.

    Of an attribute that is given twice, browsers take the first.
    """
    attributes = ATTRIBUTES.findall(tag["attributes"])
    first = {name.lower(): (name, value) for name, value in reversed(attributes)}
    for key, (name, value) in reversed(first.items()):
        plain = html.unescape(value[1:-1] if value[:1] in ("'", '"') else value)
        yield key, f"{name}={value}" if value else name, plain


def _without_element(tag: re.Match[str], element: str, last_ends: Mapping[str, int]) -> Edit | None:
    """Return an element that goes with all it holds, its tag alone where none is closed below."""
    if element not in WITH_CONTENT or tag["closing"]:
        return None
    closing = re.compile(rf"</{re.escape(element)}\s*>", re.I)
    is_closed = last_ends.get(element, 0) >= tag.end()
    close = closing.search(tag.string, tag.end()) if is_closed else None
    reason = "" if element in _UNSEEN else f"No page of the site may hold <{element}>."
    return Edit(tag.start(), close.end() if close else tag.end(), "", reason)


def _is_cut(tag: re.Match[str]) -> bool:
    """Tell whether the text or one of its blocks ends within what looks like a tag."""
    return tag["cut"] is not None or _leaves_block(tag.string, *tag.span())


def _leaves_block(prose: str, start: int, end: int) -> bool:
    """Tell whether what begins in a line goes on in another block."""
    if prose.find("\n", start, end) < 0:
        return False
    before = prose[prose.rfind("\n", 0, start) + 1 : start]
    is_in_heading = _HEADING_START.match(before) is not None
    return is_in_heading or (
        bool(before.strip(" >")) and _BLOCK_START.search(prose, start, end) is not None
    )


def _is_prose(tag: re.Match[str]) -> bool:
    """Tell whether Markdown takes what looks like a tag for letters, as it does outside HTML."""
    before = tag.string[tag.string.rfind("\n", 0, tag.start()) + 1 : tag.start()]
    is_in_html = before.lstrip().startswith("<")
    return not is_in_html and not _ATTRIBUTE_NAMES.fullmatch(tag["attributes"])


def _loss(element: str) -> str:
    """Return what readers miss without the tag of an element, nothing where its words say all."""
    if element.lower() in _LOADED:
        return f"No page of the site may hold <{element.lower()}>."
    if element[:1].isupper() and not is_html(element.lower()):
        return COMPONENT
    return "" if is_html(element.lower()) else "Browsers show nothing in place of such a tag."


def _attribute_edits(tag: re.Match[str], element: str) -> Iterator[Edit]:
    """Yield the tag with the attributes that may stay, where not all may."""
    kept = []
    is_hidden = _is_hidden(tag)
    reason = HIDDEN if is_hidden else ""
    for name, written, plain in _attributes(tag):
        refused = refusal(element, name, plain)
        if name in ("src", "href"):
            refused = refused or _reason(element, name, plain)
            reason = refused or reason
        if not refused and (is_hidden or name != "hidden"):
            kept.append(written)
    if element == "img" and reason:
        words = (plain for name, _, plain in _attributes(tag) if name == "alt")
        yield Edit(*tag.span(), "" if is_hidden else next(words, ""), reason)
    elif len(kept) < len(ATTRIBUTES.findall(tag["attributes"])):
        slash = " /" if tag[0].endswith("/>") else ""
        yield Edit(*tag.span(), f"<{' '.join([tag['element'], *kept])}{slash}>", reason)


def _link_edits(prose: str, body: str) -> Iterator[Edit]:
    """Yield the words of links and images in place of those that lead where none may.

    `prose` tells where they are, `body` has the words.
    """
    targets = {
        normalized_label(definition["label"]): html.unescape(definition["target"])
        for definition in LINK_DEFINITION.finditer(prose)
    }
    for pattern, element, attribute in ((_IMAGE, "img", "src"), (_LINK, "a", "href")):
        for link in pattern.finditer(prose):
            reason = _reason(element, attribute, _target(link, targets))
            if reason:
                words = body[slice(*link.span("words"))]
                words = _IMAGE.sub(lambda image: image["words"], words)
                yield Edit(*link.span(), words, reason)
    for address in _AUTOLINK.finditer(prose):
        if reason := _reason("a", "href", address["target"]):
            yield Edit(*address.span(), address["target"], reason)


def _target(link: re.Match[str], targets: Mapping[str, str]) -> str:
    """Return where a link leads, empty where it is none: nothing defines its label."""
    if link["target"] is not None or link["enclosed"] is not None:
        return html.unescape(link["enclosed"] or link["target"] or "")
    return targets.get(normalized_label(link["label"] or link["words"]), "")


def _reason(element: str, attribute: str, address: str) -> str:
    """Return why an address may not stay, nothing where it may or where there is none."""
    if not address:
        return ""
    reason = refusal(element, attribute, address)
    if reason or _PLAIN.fullmatch(address):
        return reason
    is_kept = "=" in sanitize(f'<{element} {attribute}="{html.escape(address)}">').html
    return "" if is_kept else "It is no address that browsers can read."
