"""The script of a shell: what only scripts use, kept in a file instead of on every page.

The choice of colours, the search and the settings of the theme's scripts do nothing for a reader
without scripts, and are half of what the theme puts around a text. Pages of the archive are many:
there all this stands as the theme rendered it in a script, which the pages of a depth share and
which puts it where it was.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from gazette.site import addresses
from gazette.site.addresses import SLOT, Address

STARTS = re.compile(
    r'<(input)\b[^>]*id="__search"[^>]*>'
    r'|<(form|div|button)\b[^>]*data-md-component="(?:palette|search|top|dialog|header-topic)"[^>]*>'
    r"|<(?P<footer>footer)\b[^>]*>"
    r'|<(label)\b[^>]*class="(?:md-header__button[^>]*for="__search|md-nav__title[^>]*for="__drawer)"'
    r'|(?<=for="__drawer">)\s*<(svg)\b[^>]*>'
    r'|<(script)\b[^>]*id="__config"|<(template)\b[^>]*id="gz-words"'
)
"""The start tags of what only scripts use; the title of the navigation is seen where it opens.

The picture on the button that opens it has a letter in its place.
"""
WORDLESS = re.compile(r"(?:\s|</?(?:footer|div)\b[^>]*>)*")
"""A footer in which nothing stands."""
TITLE = f"{SLOT}-title"
OWN_TITLE = "{own title}"
"""Stands in the script for the title of the page that runs it."""
WHOLE_TITLE = re.compile(rf"<title>(.*?){TITLE}(.*?)</title>", re.S)
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
PALETTE_SCRIPT = re.compile(r"</form>\s*(<script>(.*?)</script>)", re.S)
CLASSES = re.compile(r'<\w+\b[^>]*?\sclass="([^"]+)"[^>]*>')
MARK = re.compile(r'\s+(data-md-(?:component|type|scrollfix))(?:="([^"]*)")?(?=[\s>])')
"""By such attributes the theme's scripts find the parts of a page; styles do without them."""
CODE = """\
// Puts in what every page of this depth has and only scripts use; it runs behind the header, and
// once more when the page stands: before the scripts that wait for that.
{start}
;(() => {{
  const parts = {parts};
  const marks = {marks};
  const put = () => {{
    parts.forEach((part, place) => {{
      const there = document.getElementById(`gz-${{place}}`);
      if (!there) return;
      there.textContent = document.title.slice({before}, document.title.length - {behind});
      there.outerHTML = part.replace("{title}", () => there.innerHTML);
    }});
    for (const [classes, own] of marks) {{
      const there = document.querySelector(`[class="${{classes}}"]`);
      if (there) own.forEach(([name, value]) => there.setAttribute(name, value));
    }}
  }};
  put();
  document.addEventListener("readystatechange", () => {{
    put();
    // The theme's scripts know the list of sections by these.
    for (const entry of document.querySelectorAll(".gz-toc li")) {{
      entry.className = "md-nav__item";
      entry.firstElementChild.className = "md-nav__link";
    }}
    if (!document.querySelector("link[rel=canonical]")) {{
      // Stands on paper, above the text: with the day or the versions asked for, without a search.
      const address = document.createElement("link");
      const tell = () => (address.href = location.href.replace(/(\\?[hq]=[^#]*)?(#.*)?$/, ""));
      address.rel = "canonical";
      tell();
      addEventListener("beforeprint", tell);
      document.head.append(address);
    }}
  }}, {{ once: true }});
}})();
{end}
"""


Marks = list[tuple[str, list[tuple[str, str]]]]
"""The names and values of attributes, beside the classes of the element that they are of."""


class Script(NamedTuple):
    """The script of a shell, and where it is published."""

    address: Address
    content: bytes


def split_script(address: str, rendered: str) -> tuple[str, Script | None]:
    """Return the page rendered at `address` without what only scripts use, and a script with it.

    The page is as it was, and there is no script, where a theme has none of it.
    """
    palette = PALETTE_SCRIPT.search(rendered.partition("</header>")[0])
    slim = rendered.replace(palette[1], "", 1) if palette else rendered
    parts = _elements(slim)
    if "</header>" not in slim or not any("__config" in part for part in parts):
        return rendered, None
    for place, part in enumerate(parts):
        slim = slim.replace(part, f'<i id="gz-{place}"></i>', 1)
    slim, marks = _unmarked(slim)
    head, mark, body = slim.partition("</header>")
    start = _start(head.partition("<header")[0])
    end = palette[2] if palette else ""
    script = _script(address, parts, marks, (start, end), _title_ends(head))
    tag = f'<script src="{addresses.relative(Address(address), script.address)}"></script>'
    head = head.replace(f"<script>{start}</script>", "")
    return f"{head}{mark}{tag}{body}", script


def _unmarked(page: str) -> tuple[str, Marks]:
    """Return the page without the marks of elements that only scripts look for, and these marks.

    Each element is identified by its classes, which no other has.
    """
    marks: Marks = []

    def bare(tag: re.Match[str]) -> str:
        found_marks = MARK.findall(tag[0])
        if not found_marks or page.count(f'class="{tag[1]}"') > 1:
            return tag[0]
        marks.append((tag[1], found_marks))
        return MARK.sub("", tag[0]).replace(" >", ">")

    return CLASSES.sub(bare, page), marks


def _elements(rendered: str) -> list[str]:
    """Return what only scripts use, elements side by side as one, in the order of the page."""
    spans: list[tuple[int, int]] = []
    for start, end in _spans(rendered):
        is_next = spans and not rendered[spans[-1][1] : start].strip()
        begin = spans.pop()[0] if is_next else start
        spans.append((begin, end))
    return [rendered[start:end] for start, end in spans]


def _spans(rendered: str) -> Iterator[tuple[int, int]]:
    """Yield where the elements that only scripts use begin and end, in the order of the page."""
    end = 0
    for match in STARTS.finditer(rendered):
        if match.start() >= end:
            end = _end(rendered, match)
            element = rendered[match.start() : end]
            is_empty = not match["footer"] or WORDLESS.fullmatch(element)
            if is_empty and SLOT not in element.replace(TITLE, ""):
                yield match.start(), end


def _end(page: str, start: re.Match[str]) -> int:
    """Return where the element that begins with this tag ends."""
    name = next(filter(None, start.groups()))
    if name == "input":
        return start.end()
    depth = 0
    for tag in re.finditer(rf"<(/?){name}\b[^>]*>", page[start.start() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return start.start() + tag.end()
    return len(page)


def _start(head: str) -> str:
    """Return the code by which the theme's scripts begin; empty where others may need it before."""
    codes = INLINE_SCRIPT.findall(head)
    return codes[0] if len(codes) == 1 else ""


def _title_ends(head: str) -> tuple[int, int]:
    """Return how many letters, as scripts count, the theme puts before and behind a title."""
    match = WHOLE_TITLE.search(head)
    before, behind = (html.unescape(text) for text in match.groups()) if match else ("", "")
    return len(before.encode("utf-16-le")) // 2, len(behind.encode("utf-16-le")) // 2


def _script(
    address: str,
    parts: list[str],
    marks: Marks,
    codes: tuple[str, str],
    title_ends: tuple[int, int],
) -> Script:
    """Return the script that puts `parts` and `marks` into their places.

    `codes` are what it runs before that and behind it; `title_ends` are the numbers of letters
    around the title of a page in that of its window.
    """
    texts = json.dumps([part.replace(TITLE, OWN_TITLE) for part in parts], ensure_ascii=False)
    before, behind = title_ends
    start, end = codes
    facts = {"marks": json.dumps(marks), "start": start, "end": end, "title": OWN_TITLE}
    code = CODE.format(parts=texts, before=before, behind=behind, **facts)
    content = code.encode()
    digest = sha256(content).hexdigest()[:8]
    depth = address.count("/")
    return Script(Address(f"assets/javascripts/archive-{depth}.{digest}.js"), content)
