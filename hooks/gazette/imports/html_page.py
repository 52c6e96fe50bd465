"""A page in HTML: its text without what a website puts around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from urllib.parse import urljoin

from lxml import etree

from gazette.errors import SourceError
from gazette.imports.block_markdown import lost_in_markdown, parts_of
from gazette.imports.draft import Page, with_own_title
from gazette.imports.html_tree import HEADINGS, Element, has, place_of, remove_all, words_of
from gazette.imports.images import IMAGE_FOLDER, ReadFile, no_file, read_image
from gazette.imports.inline_markdown import holds_blocks
from gazette.imports.list_numbers import form_of, numbers_of
from gazette.imports.omissions import Omission, counted, quoted
from gazette.imports.page_bounds import check_html, check_tree
from gazette.imports.page_chrome import (
    around,
    is_in_sentence,
    left_out,
    strip,
    written_by_styles,
)
from gazette.imports.page_styles import BULLETS, NUMBERED, PageStyles
from gazette.imports.words_apart import set_as_shown, set_words_apart
from gazette.text.sanitizer import refusal

_PARSER = etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
)
_HTML_START = re.compile(
    r"\A(?:\s|<\?xml[^>]*>|<!--.*?-->)*"
    r"<(?:!doctype|html|head|body|main|article|section|div|form|h[1-6]|p|ul|ol|table)\b",
    re.I | re.S,
)
_HEADING_TAG = re.compile(r"<(/?)h([1-6])(?=[\s>/])", re.I)
_PROLOG = re.compile(r"\A\s*(?:<\?xml[^>]*>|<!doctype[^>]*>|\s)*", re.I)
_SCRIPTS = ("javascript:", "vbscript:")
_SITE_NAME = re.compile(r"\s+[|–—·»]\s+.*|\s+-\s+[^-]*$")
MIN_WORDS_BESIDE_PROGRAM = 30
"""A page with fewer words and an empty place for a program to write in holds no text."""
ARTICLE_SHARE, ARTICLE_SHARE_OF_SEVERAL = 0.5, 0.8
"""How much of a page's letters an article holds that is taken for its text: alone, among others."""
_STYLED = ("span", "font", "b", "strong", "a", "p", "div", "li", "td", "th", "dt", "dd", "u")


def is_html(text: str) -> bool:
    """Tell whether a text is HTML: it begins like a page or like its content."""
    return bool(_HTML_START.match(text))


def read_html(text: str, path: str = "", read: ReadFile = no_file) -> Page:
    """Return a page that stood at `path` among files that `read` returns.

    Raises SourceError where a script would have to build its text.
    """
    check_html(text)
    page = _with_closed_headings(_PROLOG.sub("", text))
    root = etree.fromstring(f"<html>{page}</html>".encode(), _PARSER)
    if root is None:
        return Page([], "")
    check_tree(root)
    _check_frames(root)
    _repair(root)
    _resolve_links(root)
    title = " ".join((root.findtext(".//title") or "").split())
    styles = PageStyles(root, path, read)
    is_built = _is_built_by_script(root)
    content, omissions = _content(root)
    top_headings = [heading for heading in root.iter("h1") if _is_visible(heading, styles)]
    omissions += [*strip(content, styles), *_unread_styles(styles)]
    omissions += [*written_by_styles(content, styles), *_show_styles(content, styles)]
    images, missing = _bring_images(content, path, read)
    omissions += [*missing, *_dropped_links(content), *lost_in_markdown(content)]
    omissions += _pointed_at(content)
    _keep_targets(content)
    parts = parts_of(content)
    parts = with_own_title(parts)
    if top_headings and not any(part.level == 1 for part in parts):
        holder = etree.Element("div")
        top_headings[0].tail = None
        holder.append(top_headings[0])
        parts = [*parts_of(holder), *parts]
    if is_built and sum(len(part.text.split()) for part in parts) < MIN_WORDS_BESIDE_PROGRAM:
        raise SourceError(
            "Its text is not in the file: a script builds it in the browser. Open the page in a "
            "browser and save it there as a whole page, or paste its text into a file."
        )
    return Page(parts, _SITE_NAME.sub("", title), tuple(omissions), images)


def _with_closed_headings(text: str) -> str:
    """Return a page whose headings end where browsers end them: at the end of one of any level.

    The parser would take all that follows `<h2>Fees</h3>` for the rest of that heading.
    """
    level = ""

    def tag(match: re.Match[str]) -> str:
        nonlocal level
        if not match[1]:
            level = match[2]
            return match[0]
        closed, level = level or match[2], ""
        return f"{match[0][:-1]}{closed}"

    return _HEADING_TAG.sub(tag, text)


def _repair(root: Element) -> None:
    """Put entries beside one another that are not closed, and show what components hold.

    What is a heading for those who listen is one.
    """
    for entry in list(root.iter("dt", "dd")):
        parent = entry.getparent()
        if parent is not None and parent.tag in ("dt", "dd"):
            parent.addnext(entry)
    for title in root.iter("div", "p", "span"):
        level = title.get("aria-level") or "2"
        if title.get("role") == "heading" and f"h{level}" in HEADINGS and not holds_blocks(title):
            title.tag = f"h{level}"
    for component in list(root.iter("template")):
        slot = next(component.iter("slot"), None)
        if component.get("shadowrootmode"):
            component.tag = "div"
            if slot is not None:
                slot.text, component.tail = component.tail, None
                slot.extend(list(component.itersiblings()))


def _check_frames(root: Element) -> None:
    """Raise SourceError where a page only names the files that its frames show."""
    if has(root, "frameset"):
        frames = [frame.get("src") or "" for frame in root.iter("frame") if frame.get("src")]
        files = f" ({', '.join(frames)})" if frames else ""
        raise SourceError(
            f"It is made of frames: its text stands in other files{files}. Import these instead."
        )


def _resolve_links(root: Element) -> None:
    """Have links lead to where the page says that its links begin, if that is a website."""
    start = next((base.get("href") or "" for base in root.iter("base") if base.get("href")), "")
    if not start.lower().startswith(("https://", "http://")):
        return
    for link in root.iter("a"):
        address = (link.get("href") or "").strip()
        if address and not address.startswith("#"):
            with suppress(ValueError):  # of an address that is none
                link.set("href", urljoin(start, address))


def _is_built_by_script(root: Element) -> bool:
    """Tell whether a page holds scripts, and nothing else or an empty place for them to fill."""
    if not has(root, "script"):
        return False
    body = root.find("body")
    places = body.iterdescendants() if body is not None else ()
    if body is None or any(map(_is_empty_place, places)):
        return True
    return all(element.tag in ("script", "noscript", "style", "link") for element in body)


def _is_empty_place(element: Element) -> bool:
    """Tell whether an element is there for a program to write in: it has a name, and no words."""
    tag = str(element.tag)
    is_named = "-" in tag or (tag in ("div", "main", "section", "article") and element.get("id"))
    if not is_named or has(element, "img"):
        return False
    return not any(text.strip() for text in element.itertext())


def _unread_styles(styles: PageStyles) -> Iterator[Omission]:
    """Yield sheets and rules of styles that could not be read, with which text may be hidden."""
    for names, what, reason in (
        (styles.missing, "The style sheet", "It is not beside the page"),
        (styles.unread, "The rule of a style sheet", "It is not understood"),
    ):
        if names:
            more = f" and {len(names) - 1} more" if names[1:] else ""
            reason = f"{reason}: if it hides words, they are in the text."
            yield Omission("Head of the page", f"{what} {names[0]}{more}", reason)


def _content(root: Element) -> tuple[Element, list[Omission]]:
    """Return the element that holds the text, and what stands around it.

    It is main, else the article that holds most words, else the body.
    """
    main = next(
        (element for element in root.iter() if "main" in (element.tag, element.get("role"))), None
    )
    body = root.find("body")
    content = main if main is not None else body if body is not None else root
    omissions: list[Omission] = []
    if main is None:
        edges = [element for element in content.iter("header", "footer") if _is_edge(element)]
        reason = "It belongs to the website around the text."
        for edge in edges:
            omissions += left_out(edge, reason)
        remove_all(content, edges)
    articles = list(content.iter("article"))
    article = max(articles, key=lambda element: len(words_of(element)), default=None)
    share = ARTICLE_SHARE if len(articles) == 1 else ARTICLE_SHARE_OF_SEVERAL
    if article is not None and len(words_of(article)) > share * len(words_of(content)):
        content = article
    return content, [*around(content), *omissions]


def _is_edge(element: Element) -> bool:
    """Tell whether a header or footer is that of the website, not of a part of its text."""
    if next(element.iterancestors("article", "section", "aside", "blockquote"), None) is not None:
        return False
    return element.tag == "footer" or not has(element, "h1")


def _is_visible(element: Element, styles: PageStyles) -> bool:
    return not any(map(styles.is_hidden, (element, *element.iterancestors())))


def _show_styles(content: Element, styles: PageStyles) -> Iterator[Omission]:
    """Write what styles show as tags: marked words, lists in other forms; yield what cannot be."""
    for element in list(content.iter(*_STYLED)):
        _mark(element, list(styles.marks(element)))
    set_as_shown(content, styles)
    set_words_apart(content, styles)
    _rename(content)
    for listed in list(content.iter("ol", "ul")):
        yield from _show_form(listed, styles)


def _rename(content: Element) -> None:
    """Give meanings, underlined links and buttons the tags of what they are in a text."""
    for explained in content.iter("dfn", "span"):
        meaning = (explained.get("title") or "").split()
        if meaning and meaning != words_of(explained).split() and not has(explained, "img"):
            explained.tag = "abbr"
    for underlined in list(content.iter("u")):
        if _is_link(underlined):
            underlined.tag = "span"
    for button in list(content.iter("button")):
        is_alone = next(button.iterancestors(*HEADINGS, "summary", "dt"), None) is None
        is_alone = is_alone and not is_in_sentence(button)
        inner = holds_blocks(button)
        button.tag = "summary" if is_alone and not inner else "div" if is_alone else "span"


def _show_form(listed: Element, styles: PageStyles) -> Iterator[Omission]:
    """Write the form in which a list counts as its tag and type; yield one that cannot be."""
    items = list(listed.iterchildren("li"))
    form = styles.list_form(listed) or form_of(listed)
    forms = {styles.list_form(item) or form for item in items}
    form = forms.pop() if len(forms) == 1 else form
    if form in (*NUMBERED, BULLETS):
        listed.tag = "ul" if form == BULLETS else "ol"
    yield from _unknown_forms(listed, form, forms - {form, "", "none"})
    if listed.tag == "ul":
        return
    if form in NUMBERED:
        listed.set("type", form)
    elif form == "none":
        listed.tag = "div"
        for item in items:
            item.tag = "div"
    numbers = numbers_of(listed, items)
    if "reversed" in listed.attrib:
        for number, item in zip(numbers, items, strict=True):
            item.set("value", str(number))
    for number, item in zip(numbers, items, strict=True):
        if item.tag == "li" and styles.list_form(item) == "none":
            _unmark(item, number + 1, listed)


def _unknown_forms(listed: Element, form: str, others: set[str]) -> Iterator[Omission]:
    """Yield the form of a list that none here has, and those that single items have."""
    unknown = {form} - {"", "none", BULLETS, *NUMBERED}
    for name in sorted(unknown | others):
        reason = "No list here shows it: write the numbers as text."
        yield Omission(place_of(listed), f"the form of the numbers of a list, {name}", reason)


def _unmark(item: Element, following_number: int, listed: Element) -> None:
    """Make an item that shows no number a part of the one before it, or of the text above."""
    following = item.getnext()
    if following is not None and not following.get("value"):
        following.set("value", str(following_number))
    item.tag = "div"
    if item.getprevious() is None:
        item.tail = None
        listed.addprevious(item)


def _is_link(element: Element) -> bool:
    """Tell whether an element stands in a link, or is all link: that is underlined anyway."""
    link = next(element.iter("a"), None)
    is_around = link is not None and words_of(link) == words_of(element)
    return is_around or next(element.iterancestors("a"), None) is not None


def _mark(element: Element, marks: list[str]) -> None:
    """Put tags inside an element around all it holds; one that unmarks renames the element."""
    if "span" in marks:
        if element.tag in ("b", "strong"):
            element.tag = "span"
        marks = [mark for mark in marks if mark != "span"]
    is_bold = element.tag in ("b", "strong", "th", *HEADINGS)
    if holds_blocks(element):
        return
    for mark in marks:
        if (mark == "strong" and is_bold) or mark == element.tag:
            continue
        inner = etree.Element(mark)
        inner.text, element.text = element.text, None
        inner.extend(list(element))
        element.append(inner)


def _bring_images(
    content: Element, path: str, read: ReadFile
) -> tuple[dict[str, bytes], list[Omission]]:
    """Have images lead to `docs/assets/`; where none can be had, put their words in their place."""
    images: dict[str, bytes] = {}
    omissions = []
    for image in list(content.iter("img")):
        address = image.get("src") or image.get("data-src") or ""
        image.set("src", address)
        name, data = read_image(address, path, read)
        reason = refusal("img", "src", address)
        if name:
            images[name] = data
            image.set("src", f"{IMAGE_FOLDER}/{name}")
        elif reason or not address:
            words = image.get("alt") or ""
            what = f"The image {quoted(words or address)}"
            omissions.append(Omission(place_of(image), what, reason or "It names no file."))
            image.tag, image.text = "span", words
            image.attrib.clear()
    return images, omissions


def _dropped_links(content: Element) -> Iterator[Omission]:
    """Yield each address that no link of a page may have, with the words that stay; no scripts."""
    dropped: set[str] = set()
    for link in content.iter("a"):
        address = "".join((link.get("href") or "").split())
        reason = refusal("a", "href", address)
        is_script = address.lower().startswith(_SCRIPTS)
        if reason and not is_script and address not in dropped and words_of(link).strip():
            dropped.add(address)
            what = f"The address of the link {quoted(words_of(link))}, {quoted(address)}"
            yield Omission(place_of(link), what, reason)


def _pointed_at(content: Element) -> Iterator[Omission]:
    """Yield what shows when readers point at words, if it says more, and links of parts of images.

    Meanings are no part of that: they stay.
    """
    areas = [area for area in content.iter("area") if area.get("href")]
    tips: dict[str, Element] = {}
    for element in content.iter("*"):
        if element.tag not in ("abbr", "acronym", "area") and _says_more(element):
            tips.setdefault(element.get("title", ""), element)
    if tips:
        places = [place_of(element) for element in tips.values()]
        named = [f"{quoted(tip)} ({at.lower()})" for tip, at in zip(tips, places, strict=True)]
        reason = "Readers see it when they point at something: write it into the text."
        yield Omission(places[0], counted(named, "tooltip"), reason)
    if areas:
        named = [
            f"{quoted(area.get('alt') or area.get('title') or '')} to {area.get('href')}"
            for area in areas
        ]
        reason = "No image here has parts that are links: write them below it."
        yield Omission(place_of(areas[0]), counted(named, "linked image part"), reason)


def _says_more(element: Element) -> bool:
    """Tell whether what shows when readers point at an element is more than its words."""
    title = " ".join((element.get("title") or "").split()).casefold()
    return title not in f"{words_of(element)} {element.get('alt') or ''}".casefold()


def _keep_targets(content: Element) -> None:
    """Give each heading that a link on the page leads to the name in the link; others none.

    A name that stands elsewhere becomes that of the next heading, or of the heading around it.
    """
    links = [link for link in content.iter("a") if link.get("href", "").startswith("#")]
    kept = _names_of_headings(content, {link.get("href", "")[1:] for link in links})
    for heading in content.iter(*HEADINGS):
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
            stated = (element.get("id", ""), element.get("name", ""))
            waiting += [name for name in stated if name in wanted]
        heading = _heading_around(element) if waiting else None
        if heading is not None:
            kept = names.setdefault(heading.get("data-kept", waiting[0]), waiting[0])
            heading.set("data-kept", kept)
            names |= dict.fromkeys(waiting, kept)
            waiting = []
    return names


def _heading_around(element: Element) -> Element | None:
    return element if element.tag in HEADINGS else next(element.iterancestors(*HEADINGS), None)
