"""The only HTML that a text may become: elements, attributes and addresses from a list.

A text is written by people, and what it renders to is opened by every reader: nothing in it may
run, load anything from another host, cover the page around it or pass for a part of that page. The
list below holds what a policy needs; nh3, a parser as browsers have it, drops all else. What it
dropped is found by comparing tags and words before and after: nothing is dropped silently.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import nh3


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    "a abbr address b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div"
    " dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s"
    " samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var"
    " wbr"
)
"""Elements that a text may hold."""
WITH_CONTENT = _words("iframe math noembed noframes object script style svg template")
"""Elements that go with all they hold: it was never words for readers."""
_ENDS_ALONE = _words("br p")
"""Elements whose end tags browsers read even where they end nothing."""

_NUMBER = re.compile(r"-?\d{1,9}")
_SPAN = re.compile(r"\d{1,3}")
_SIZE = re.compile(r"\d{1,4}%?")
_ALIGN = re.compile(r"left|right|center|justify", re.I)
_ANYTHING = re.compile(r".*", re.S)
_SWITCH = re.compile(r"|true|hidden|open|reversed", re.I)

_EVERYWHERE: Mapping[str, re.Pattern[str]] = {
    "title": _ANYTHING,
    "lang": re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8}){0,4}"),
    "dir": re.compile(r"ltr|rtl|auto", re.I),
    "hidden": _SWITCH,
    "datetime": re.compile(r"[\w:.+ -]{1,40}"),
}
_PATTERNS: Mapping[tuple[str, str], re.Pattern[str]] = {
    ("a", "rel"): re.compile(r"(?:(?:author|external|license|nofollow|noopener|noreferrer)\s*)+"),
    ("img", "alt"): _ANYTHING,
    ("img", "width"): _SIZE,
    ("img", "height"): _SIZE,
    ("col", "span"): _SPAN,
    ("colgroup", "span"): _SPAN,
    ("ol", "start"): _NUMBER,
    ("ol", "type"): re.compile(r"[1aAiI]"),
    ("ol", "reversed"): _SWITCH,
    ("ul", "type"): re.compile(r"disc|circle|square", re.I),
    ("li", "value"): _NUMBER,
    ("details", "open"): _SWITCH,
    **{
        (cell, attribute): pattern
        for cell in ("td", "th")
        for attribute, pattern in {
            "align": _ALIGN,
            "colspan": _SPAN,
            "rowspan": _SPAN,
            "scope": re.compile(r"row|col|rowgroup|colgroup", re.I),
            "valign": re.compile(r"top|middle|bottom|baseline", re.I),
        }.items()
    },
    **{
        (element, "align"): _ALIGN
        for element in _words("p div h1 h2 h3 h4 h5 h6 tr thead tbody table caption img")
    },
}
"""What an attribute may say, whole; `id`, `class` and addresses are judged by functions below."""

NOTICES = _words(
    "note abstract summary tldr info todo tip hint important success check done question help faq"
    " warning caution attention failure fail missing danger error bug example quote cite"
)
"""Kinds of notices, which are classes of their boxes."""
_CLASSES = NOTICES | _words(
    "admonition admonition-title footnote footnotes footnote-ref footnote-backref headerlink toc"
    " toctitle contains-task-list task-list task-list-item task-list-control task-list-indicator"
    " codehilite highlight"
    " highlighttable linenos linenodiv filename code keys inline end critic annotate"
)
"""Classes that the Markdown extensions write, and notices."""
_CLASS = re.compile(r"language-[\w+#.-]{1,40}|key-[a-z0-9-]{1,30}")
_SYNTAX = re.compile(r"[a-z][a-z0-9]{0,2}")
"""What programs that color code name its words by; only inside `span`."""

_ID = re.compile(r"[^\s\"'<>&$`=\x00-\x1f\x7f]{1,2000}")
_PREFIXES = ("__", "md-", "gz-")
"""How the ids begin that the theme and the pages around a text give to their own elements."""
_OWN_ID = re.compile(r"__(?:\d+|(?:codelineno|span)-\d+-\d+)")
"""Ids of the second heading without letters, and of lines of code."""
GLOBAL_NAMES = frozenset({"applyFocusVisiblePolyfill", "mermaid"})
"""Names that scripts of the theme look for in the window, where an id would answer."""

_LONGEST_SHOWN = 60
"""Characters of markup that a finding quotes."""

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""How links may begin, besides relative ones."""
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+. -]*):")
"""How an address begins that is not relative; with blanks, it was to look like another."""
_IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]")
_LEADING = "".join(map(chr, range(0x21)))

# Characters that neither HTML nor XML holds, and that show nothing.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:0*+(\d{1,7})|[xX]0*+([0-9a-fA-F]{1,6}))(?![0-9a-fA-F]);?")

# ---- what extensions write in a form that is not on the list, and its like that is
_ALIGNED = re.compile(r'<(t[hd])((?: [\w-]+="[^"<>]*")*) style="text-align: (left|right|center);"')
_CHECKBOX = re.compile(
    r'(?:<label class="task-list-control">)?<input type="checkbox"(?: disabled(?:="[^"]*")?)?'
    r'( checked(?:="[^"]*")?)?(?: disabled(?:="[^"]*")?)?\s*/?>'
    r'(?:<span class="task-list-indicator"></span></label>)?'
)
DONE, OPEN = "\u2611", "\u2610"
"""What stands for a box that is checked, and for one that is not."""

# ---- tags as browsers read them
_SPACE = r"[\t\n\f\r ]"
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\t\n\f\r >]*+)"""
_ATTRIBUTE = (
    r"[\t\n\f\r /]*+({}[^\t\n\f\r />][^\t\n\f\r />=]*+)"
    rf"(?:{_SPACE}*+={_SPACE}*+({{}}{_VALUE}))?+"
)
ATTRIBUTES = re.compile(_ATTRIBUTE.format("", ""))
MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|(?P<comment>\Z)))"
    r"|(?P<declaration><[!?][^>]*+>?|</(?![a-zA-Z>])[^>]*+>?)"
    r"|<(?P<closing>/?)(?P<element>[a-zA-Z][^\t\n\f\r />]*+)"
    rf"(?P<attributes>(?:{_ATTRIBUTE.format('?:', '?:')})*+)[\t\n\f\r /]*+(?:>|(?P<cut>\Z))",
    re.S,
)
"""A comment, a declaration or a tag; one that does not end reaches to the end of the text."""
_BLANK = re.compile(r"\s+")
_PRE = re.compile(r"(<pre(?: [^<>]*)?>)\n")

_MAX_ROUNDS = 8
"""A tree that still changes after so many readings is shown as its source: two are usual."""


_Name = tuple[str, str, str]
"""A tag, or one of its attributes and what that says."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What was taken out of a text: an element, or an attribute of one, and why in a sentence.

    Neither an element nor an attribute: words that browsers would not show, or a declaration.
    """

    reason: str
    element: str = ""
    attribute: str = ""
    value: str = ""


class Sanitized(NamedTuple):
    """HTML that holds nothing but what is on the list, and what was taken out for that."""

    html: str
    removals: tuple[Removal, ...] = ()


def sanitize(html: str) -> Sanitized:
    """Return rendered `html` with everything taken out that is not on the list.

    What the Markdown extensions write outside of it is brought into a form that is; comments, which
    nobody sees, go without a word. The result of the result is the same, without removals.
    """
    source = _in_allowed_form(str(html))  # a template of a pattern would escape what is Markup
    clean = _cleaned(_without_controls(source) if "&#" in source else source)
    return Sanitized(clean, () if _is_same(source, clean) else tuple(_removals(source, clean)))


def _is_same(source: str, clean: str) -> bool:
    """Tell whether two pieces of HTML differ in ways of writing only, as far as a glance tells."""
    if clean == source:
        return True
    written = source.replace(" />", ">").replace("&quot;", '"').replace("&para;", "\xb6")
    return clean == written


def _in_allowed_form(html: str) -> str:
    if 'style="text-align' in html:
        html = _ALIGNED.sub(r'<\1\2 align="\3"', html)
    if 'type="checkbox"' in html:
        html = _CHECKBOX.sub(lambda box: (DONE if box[1] else OPEN) + " ", html)
    return html


def _cleaned(html: str) -> str:
    """Clean until nothing changes: what browsers read is then what stands there."""
    for _ in range(_MAX_ROUNDS):
        cleaned = _CLEANER.clean(html).replace("&nbsp;", "\xa0")
        if "<pre" in cleaned:
            cleaned = _PRE.sub("\\1\n\n", cleaned)  # the parser took one line break, and will again
        cleaned = _CONTROL.sub("", cleaned)
        if _is_same(html, cleaned):
            return cleaned
        html = cleaned
    return f"<pre>{entities.escape(html)}</pre>"


def _kept(element: str, attribute: str, value: str) -> str | None:
    """Return what of an attribute's value may stay, None when nothing may."""
    if attribute == "class":
        return " ".join(name for name in value.split() if _is_class(element, name)) or None
    return None if refusal(element, attribute, value) else value


def refusal(element: str, attribute: str, value: str) -> str:
    """Return why an attribute of an element on the list may not stay, nothing when it may."""
    if attribute.startswith("on"):
        return f"The attribute {attribute} runs a program when readers touch the text."
    if attribute == "href" and element == "a":
        return _link_refusal(value)
    if attribute == "src" and element == "img":
        return _image_refusal(value)
    if attribute == "id" or (attribute == "name" and element == "a"):
        return _id_refusal(value)
    if attribute == "class":
        unknown = [name for name in value.split() if not _is_class(element, name)]
        return f"The class “{unknown[0]}” is not one that a text may use." if unknown else ""
    pattern = _PATTERNS.get((element, attribute)) or _EVERYWHERE.get(attribute)
    if pattern is None:
        return f"<{element}> may not have the attribute {attribute} in a text."
    if not pattern.fullmatch(value):
        return f"The attribute {attribute} of <{element}> cannot be “{_short(value)}”."
    return ""


def is_html(element: str) -> bool:
    """Tell whether browsers know an element by this name, whether or not a text may hold it."""
    return element in ELEMENTS or element in _KNOWN


def may_have(element: str, attribute: str) -> bool:
    """Tell whether an element on the list may have an attribute, with whatever value."""
    of_element = {"a": ("href", "name"), "img": ("src",)}.get(element, ())
    listed = (element, attribute) in _PATTERNS or attribute in _EVERYWHERE
    return listed or attribute in ("id", "class", *of_element)


def _link_refusal(address: str) -> str:
    address = _as_browsers_read(address)
    scheme = _SCHEME.match(address)
    if not scheme or scheme[1].lower() in SCHEMES:
        return ""
    return f"A link to “{_short(scheme[1].lower())}:” leads to no page."


def _image_refusal(address: str) -> str:
    address = _as_browsers_read(address)
    if _SCHEME.match(address) or re.match(r"[/\\]{2}", address):
        return f"The image {_short(address)} would be loaded from elsewhere."
    if not address or address[0] in "/\\?#":
        return f"The address of an image “{_short(address)}” names no file of the project."
    return ""


def _as_browsers_read(address: str) -> str:
    """Return an address without the characters that browsers leave out of it."""
    return _IGNORED_BY_BROWSERS.sub("", address).strip(_LEADING)


def _id_refusal(name: str) -> str:
    if _OWN_ID.fullmatch(name):
        return ""
    if name in GLOBAL_NAMES or name.lower().startswith(_PREFIXES):
        return f"The id “{_short(name)}” belongs to the page around the text."
    return "" if _ID.fullmatch(name) else f"“{_short(name)}” cannot be an id."


def is_reserved(name: str) -> bool:
    """Tell whether an id may not be given to an element of a text."""
    return bool(_id_refusal(name))


def _is_class(element: str, name: str) -> bool:
    if name in _CLASSES or _CLASS.fullmatch(name):
        return True
    return element == "span" and _SYNTAX.fullmatch(name) is not None


_CLEANER = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags=set(WITH_CONTENT),
    attributes={},
    generic_attribute_prefixes={""},  # each goes through `_kept`
    attribute_filter=_kept,
    link_rel=None,
    url_schemes=set(SCHEMES),
)

# ---- what was taken out


def _removals(source: str, clean: str) -> Iterator[Removal]:
    before, after = list(MARKUP.finditer(source)), list(MARKUP.finditer(clean))
    removals = [
        *_unfinished(before),
        *(
            Removal(f"</{_short(end['element'].lower())}> ends nothing.", value=end[0])
            for end in lone_ends(before)
        ),
        *_controls(source),
    ]
    contents = list(_contents(before))
    lost = Counter(contents) - Counter(_contents(after))
    for name in contents:
        if lost[name]:
            lost[name] -= 1
            removals.append(_removal(*name))
    if not removals and _letters(source) - _letters(clean):
        reason = "Browsers do not show all the words here: a < may stand for itself."
        removals.append(Removal(reason))
    yield from removals


def _unfinished(markup: list[re.Match[str]]) -> Iterator[Removal]:
    """Yield what is no element: declarations, and what begins and does not end."""
    for match in markup:
        if match["declaration"]:
            text = match[0]
            yield Removal(f"“{_short(text)}” is markup that a text may not hold.", value=text)
        elif match["comment"] is not None:
            yield Removal("A comment begins here and does not end.", value="<!--")
        elif match["cut"] is not None:
            element = match["element"].lower()
            yield Removal(f"<{_short(element)} begins here and does not end with “>”.", element)


def lone_ends(markup: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the end tags that end nothing, but those that browsers read all the same."""
    opened: Counter[str] = Counter()
    for match in markup:
        element = (match["element"] or "").lower()
        if not match["closing"]:
            opened[element] += 1
        elif opened[element]:
            opened[element] -= 1
        elif element not in _ENDS_ALONE:
            yield match


def _controls(source: str) -> Iterator[Removal]:
    if _CONTROL.search(source) or _without_controls(source) != source:
        yield Removal("A control character stands here, which shows nothing.", value="&#")


def _without_controls(html: str) -> str:
    """Take out references to characters that no text holds, those of markers among them."""

    def kept(reference: re.Match[str]) -> str:
        number = int(reference[1]) if reference[1] else int(reference[2], 16)
        is_text = number < 0x110000 and not _CONTROL.match(chr(number))
        return reference[0] if is_text and not 0xFDD0 <= number <= 0xFDEF else ""

    return _REFERENCE.sub(kept, html)


def _contents(markup: list[re.Match[str]]) -> Iterator[_Name]:
    """Yield every element and every attribute of those that are on the list."""
    for match in markup:
        if match["element"] and not match["closing"] and match["cut"] is None:
            element = match["element"].lower()
            yield element, "", ""
            if element in ELEMENTS:
                for attribute, value in attributes_of(match):
                    if attribute == "class":
                        yield from ((element, attribute, name) for name in value.split())
                    else:
                        yield element, attribute, _CONTROL.sub("", value)


def attributes_of(tag: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield the attributes of a tag that `MARKUP` matched, in small letters, with their values."""
    for attribute, value in ATTRIBUTES.findall(tag["attributes"] or ""):
        if value[:1] in ("'", '"'):
            value = value[1:].removesuffix(value[0])
        yield attribute.lower(), entities.unescape(value)


def _removal(element: str, attribute: str, value: str) -> Removal:
    """Return what is to be said of a tag or attribute that is gone."""
    if attribute:
        reason = refusal(element, attribute, value) or _unread(element, attribute, value)
    elif element in ELEMENTS:
        reason = f"<{element}> stands where browsers do not read it."
    elif element in _KNOWN:
        reason = f"<{element}> is HTML that a policy may not hold."
    else:
        reason = f"<{_short(element)}> is no HTML: browsers show nothing in its place."
    return Removal(reason, element, attribute, value)


def _unread(element: str, attribute: str, value: str) -> str:
    """Return why browsers do not read an attribute that may have its value."""
    if attribute in ("href", "src"):
        return f"Browsers cannot read {attribute} “{_short(value)}” of <{element}>."
    return (
        f"Browsers do not read {attribute} “{_short(value)}” of <{element}>: the tag has another "
        f"{attribute}, or stands where none can."
    )


_KNOWN = WITH_CONTENT | _words(
    "acronym applet area article aside audio base basefont big blink body button canvas center data"
    " datalist dialog dir embed fieldset font footer form frame frameset head header hgroup html"
    " image input isindex keygen label legend link listing main map marquee menu meta meter nav"
    " nobr noscript optgroup option output param picture plaintext progress search select slot"
    " source strike textarea title track tt video xmp"
)


def _letters(html: str) -> Counter[str]:
    return Counter(_BLANK.sub("", entities.unescape(MARKUP.sub("", html))))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]} …"
