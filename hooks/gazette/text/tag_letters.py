"""Letters of a page that another program might take for a tag that runs or loads something.

GitHub's rules make letters of much that browsers would read as a tag: `<p/onclick=x>` is none, as
no blank stands before the attribute. On the page these are letters, but a text is copied into
other programs, and nobody writes a policy with them. Code may hold them: that is what it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from gazette.text.markdown_source import without_code
from gazette.text.sanitizer import ATTRIBUTES, MARKUP, SCHEMES, attributes_of

_CODE = re.compile(r"<(pre|code|kbd|samp)\b[^>]*>.*?</\1>", re.S)
_START = re.compile(r"<(?=/?[a-zA-Z])")
_NEXT = 4
"""A tag is read up to so many further “<”, which may stand in its values."""
_ALWAYS = frozenset(("applet", "embed", "frameset", "iframe", "noscript", "script", "style", "svg"))
"""Elements that no text speaks of but in code; placeholders such as `<form>` are words."""
_WITH_VALUES = frozenset(
    (
        *("animate", "audio", "base", "button", "form", "frame", "image", "img", "input", "link"),
        *("math", "meta", "object", "set", "source", "video"),
    )
)
"""Elements that run or load something by what an attribute says."""
_ADDRESSES = frozenset(("action", "data", "formaction", "href", "src", "xlink:href"))
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_LETTERS_SHOWN = re.compile(r"[\w/=.:-]*")


def tag_letters(html: str) -> Iterator[str]:
    """Yield the tags that the letters of a sanitized page would make, code left out."""
    if "&lt;" not in html and "<" not in "".join(_in_attributes(html)):
        return
    page = _CODE.sub("code", html)
    for text in (unescape(MARKUP.sub("", page)), *_in_attributes(page)):
        starts = [match.start() for match in _START.finditer(text)]
        ends = [*starts[_NEXT:], *[len(text)] * _NEXT]
        for start, end in zip(starts, ends, strict=False):
            tag = MARKUP.match(text, start, end)
            if tag and _does_something(tag):
                yield tag[0]


def place_of_letters(letters: str, body: str, after: int) -> int:
    """Return the place in a Markdown `body` where letters stand that are no code.

    They are looked for behind a place first; 0 where they are not found.
    """
    source = without_code(body)
    shown = _LETTERS_SHOWN.match(letters, 1)
    name = re.escape(shown[0] if shown else "")
    written = re.compile(rf"(?:<|&lt;?|&#0*60;?|&#x0*3c;?)\\?{name}", re.I)
    match = written.search(source, after) or written.search(source)
    return match.start() if match else 0


def _in_attributes(html: str) -> Iterator[str]:
    """Yield the words that attributes say to readers."""
    if ' title="' in html or ' alt="' in html:
        for tag in MARKUP.finditer(html):
            yield from (value for name, value in attributes_of(tag) if name in ("title", "alt"))


def _does_something(tag: re.Match[str]) -> bool:
    element = (tag["element"] or "").lower()
    if element in _ALWAYS:
        return True
    attributes = [
        (name.lower(), unescape(value.strip("\"'")))
        for name, value in ATTRIBUTES.findall(tag["attributes"] or "")
        if value
    ]
    if tag["closing"] or not attributes:
        return False
    return element in _WITH_VALUES or any(_runs(*attribute) for attribute in attributes)


def _runs(name: str, value: str) -> bool:
    """Tell whether an attribute runs something or leads to what may."""
    if name.startswith("on"):
        return value != ""
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", value).lower())
    return name == "srcdoc" or (
        name in _ADDRESSES and scheme is not None and scheme[1] not in SCHEMES
    )
