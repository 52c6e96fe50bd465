"""What other programs write into Markdown: template tags, includes, lists of attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import attrgetter, itemgetter
from typing import NamedTuple

from gazette.imports.directives import INCLUDED, without_directives
from gazette.imports.omissions import Edit, Omission, edited
from gazette.imports.refused_html import COMPONENT
from gazette.text.github_reading import ATTRIBUTE
from gazette.text.markdown_source import (
    CODE,
    substituted,
    without_blocks_of_code,
    without_code,
)
from gazette.text.sanitizer import is_reserved


class _Markup(NamedTuple):
    """A form of markup: what replaces it, and the reason for editors, empty if nobody saw it."""

    pattern: re.Pattern[str]
    replacement: Callable[[re.Match[str]], str]
    reason: str = ""


def _nothing(match: re.Match[str]) -> str:
    return ""


def _hidden(match: re.Match[str]) -> str:
    """Return the attribute in place of a style that hides an element, nothing for others."""
    return " hidden" if re.search(r"\bdisplay:\s*[\"']none", match[0]) else ""


def _kept_address(match: re.Match[str]) -> str:
    """Return a heading with the address that its attributes give it, and without the rest."""
    name = re.search(r"(?:^|\s)#([\w:.-]+)", match["attributes"])
    return f"{match['heading'].rstrip()} {{: #{name[1]} }}" if name else match["heading"].rstrip()


def _kept_id(match: re.Match[str]) -> str:
    """Return attributes without all that is no address, nothing where there is none."""
    name = re.search(r"#([\w:.-]+)", match["attributes"])
    return f"{{: #{name[1]} }}" if name and not is_reserved(name[1]) else ""


def _plain_fence(code: re.Match[str]) -> str:
    """Return a block of code whose first line says no more than its language."""
    opening = _FENCE.match(code[0]) if code["fence"] else None
    if opening is None or _LANGUAGE.fullmatch(opening["info"].partition(" ")[0]):
        return code[0]
    language = _LANGUAGE.search(opening["info"].replace("{.", "{"))
    return f"{opening['marks']}{language[0] if language else ''}{code[0][opening.end() :]}"


def _apart(match: re.Match[str]) -> str:
    """Return a blank between two words of which a program shows one, nothing elsewhere."""
    start, end = match.span()
    around = (match.string[max(start - 1, 0) : start], match.string[end : end + 1])
    return " " if _CHOICE.match(match[0]) and all(map(str.isalnum, around)) else ""


_ANY = re.compile(
    r"\{[:%{/.#!'\"\w ]|<[%?A-Z>]|</>|!\[\["
    r"|^[ \t>]*(?:(?i:\[\[?_?toc)|-+8<|import |export |```|~~~|(?:!!!|[@!])?include|<<<"
    r"|\.\. include|\\(?:new|page|clear))",
    re.M,
)
_CHOICE = re.compile(r"\{%-?\s*(?:(?:end)?(?:if|unless|case|for)|els(?:e|if)|elif|when)\b")
_CHOSEN = "A program chooses here what readers see: keep the words that they saw."
_FILLED_IN = "A program fills this in on the old site: write here what readers saw."
_FENCE = re.compile(r"(?P<marks>[ >]*(?:`{3,}|~{3,}))[ \t]*(?P<info>[^\n]*)")
_LANGUAGE = re.compile(r"[\w+#.-]{1,40}|(?![\s\S])")
_LIST = rf"\{{(?P<attributes>:[^{{}}\n]*|[ ]*{ATTRIBUTE}(?: +{ATTRIBUTE})* *)\}}"
"""Attributes, kramdown's and Pandoc's."""
_COMMENTS = (
    (re.compile(r"\{::comment\b[^{}]*(?<!/)\}"), re.compile(r"\{:/(?:comment)?\}")),
    (re.compile(r"\{%-?\s*comment\s*-?%\}"), re.compile(r"\{%-?\s*endcomment\s*-?%\}")),
    (re.compile(r"\{/\*"), re.compile(r"\*/\}")),
)
"""What opens and closes comments that no reader sees: kramdown's, Liquid's, those of MDX."""
_TAGS = "|".join(
    rf"{opening}(?:(?!{opening}|{closing}).)*+{closing}"
    for opening, closing in (
        (r"\{%", r"%\}"),
        (r"\{\{[<%]", r"[>%]\}\}"),
        (r"\{\{", r"\}\}"),
        ("<%", "%>"),
        (r"<\?(?:php|=)", r"\?>"),
    )
)
"""Tags of templates, none of which holds another of its kind."""
_TAG_OF_LINE = r"\{(?:\{[^{}\n]*+\}|%(?:[^{}%\n]|%(?!\}))*+%)\}"
_MARKUP = (
    _Markup(
        re.compile(
            r"^ {0,3}(?:[*+-]|\d+\.)[ \t][^\n]*\n(?:[^\n]*\n)??\{:[ \t]*toc\b[^}\n]*\}[ \t]*$",
            re.M,
        ),
        _nothing,
        "The site makes a table of contents of the headings.",
    ),
    _Markup(
        re.compile(r"^ {0,3}(?:\[\[(?:_TOC_|toc)\]\]|\[toc\])[ \t]*$", re.M | re.I),
        _nothing,
        "The site makes a table of contents of the headings.",
    ),
    _Markup(re.compile(r"\{::(?:comment|options)[^{}]*\}|\{::\w[^{}\n]*\}|\{:/\w*\}"), _nothing),
    _Markup(re.compile(r"^\\(?:newpage|pagebreak|clearpage)[ \t]*$", re.M), _nothing),
    _Markup(re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}"), _nothing),
    _Markup(
        re.compile(
            r"^(?P<heading> {0,3}#{1,6}[ \t][^\n]*?)\n?"
            r"\{:?(?P<attributes>(?=[^{}%\n]*[#.=])[^{}%\n]*)\}[ \t]*$",
            re.M,
        ),
        _kept_address,
    ),
    _Markup(re.compile(rf"^[ \t>]*{_LIST}[ \t]*$\n?", re.M), _kept_id),
    _Markup(re.compile(rf"(?<=[)\]*_`>]|[ ](?=\{{:)){_LIST}"), _kept_id),  # code is blanked
    _Markup(
        re.compile(
            r"!?\[(?P<words>[^\[\]\n]*)\]"
            rf"\([^(){{}}\n]*+(?:{_TAG_OF_LINE}[^(){{}}\n]*+)+\)"
        ),
        itemgetter("words"),
        "A program fills in its address on the old site: its words alone are here.",
    ),
    _Markup(
        re.compile(
            rf"(?:{_TAGS}"
            r"|\{(?:props|frontMatter|siteConfig|metadata|page|site|params|process)(?:\.\w+)+\})",
            re.S,
        ),
        _apart,
        _FILLED_IN,
    ),
    _Markup(
        re.compile(
            r"^[ \t]*(?:-{1,}8<-{1,}[ \t]+\S[^\n]*|!!!include\([^\n]*\)!!!"
            r"|@?!?include[ \t]+\S+\.\w+|<<<[ \t]*@\S+|\.\. include:: \S+|\{![^\n]+!\})[ \t]*$"
            r"|!\[\[[^\[\]\n]+\]\]",
            re.M,
        ),
        _nothing,
        INCLUDED,
    ),
)
_OF_PROGRAM = re.compile(
    r"^(?:import\s+(?:[\w*{][^\n]*\sfrom\s+)?[\"'][^\n]*"
    r"|(?:import\s+\{|export\s+(?:const|let|var|default|function|async|class|\*|\{))(?:[^\n]*[;'\"]$"
    r"|(?:[^\n]+\n){0,60}?[\]})]+;?[ \t]*$|(?:[^\n]+\n){0,60}?[^\n]* from [^\n]*$|[^\n]*$))",
    re.M,
)
_EXPRESSION = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_MDX = re.compile(
    rf"{_OF_PROGRAM.pattern}|<[A-Z][^<>]*/>|</[A-Z][\w.]*>|\bclassName=|\bstyle=\{{\{{", re.M
)
"""What tells that a text is MDX: in that, all between braces is a program."""
_MDX_MARKUP = (
    _Markup(_OF_PROGRAM, _nothing, "It is a line of a program, not of the text."),
    _Markup(re.compile(rf"\s(?:style|className|key|ref|on[A-Z]\w+)={_EXPRESSION}"), _hidden),
    _Markup(
        re.compile(r"\{\s*(?P<quote>[\"'])(?P<string>[^\"'{}\n]*)(?P=quote)\s*\}"),
        itemgetter("string"),
    ),
    _Markup(re.compile(r"</?>"), _nothing),
    _Markup(re.compile(r"<[A-Z]\w*\.[\w.][^<>]*>"), _nothing, COMPONENT),
    _Markup(re.compile(r"</[A-Z]\w*\.[\w.]+>"), _nothing),
)
_MDX_EXPRESSION = _Markup(re.compile(rf"(?<!\\){_EXPRESSION}(?!`)"), _nothing, _FILLED_IN)


_ADDRESS_TAGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\}\})(?:\{\{-?\s*site\.(?:base)?url\s*-?\}\})+(?=(?P<path>)/)",
        r"\{\{-?\s*([\"'])(?P<path>[^\"'{}\n]+)\1\s*\|\s*(?:relative|absolute)_url\s*-?\}\}",
        r"\{%-?\s*link\s+(?P<file>[^\s%{}]+)\s*-?%\}",
        r"\{\{[<%]\s*(?:rel)?ref\s+[\"'`]?(?P<path>[^\s\"'`<>%]+)[\"'`]?\s*[>%]\}\}",
    )
)
"""Jekyll's and Hugo's. A `path` is an address as it is, a `file` stands below the source's top."""


def with_plain_addresses(text: str) -> str:
    """Return a text with the addresses that tags make of paths, code left as it is."""
    if not re.search(r"\{[{%]", text):
        return text
    for tag in _ADDRESS_TAGS:
        tags = tag.finditer(without_code(text))
        text, _ = edited(text, (Edit(*match.span(), _address(match)) for match in tags), 0)
    return text


def _address(tag: re.Match[str]) -> str:
    groups = tag.groupdict()
    return f"/{groups['file']}" if groups.get("file") else groups["path"]


def without_template_tags(body: str, first_line: int) -> tuple[str, list[Omission]]:
    """Return a text without what only the program of its old site understands, and what was seen.

    `first_line` is the line of its file on which the text begins. Code stays as it is.
    """
    body, omissions = without_directives(body, first_line)
    if not _ANY.search(body):
        return body, omissions
    body = _without_comments(substituted(CODE, _plain_fence, body))
    is_mdx = _MDX.search(without_blocks_of_code(body)) is not None
    for markup in (*_MDX_MARKUP, *_MARKUP, _MDX_EXPRESSION) if is_mdx else _MARKUP:
        body, seen = edited(body, _edits(body, markup), first_line)
        omissions += seen
    return body, sorted(omissions, key=attrgetter("line"))


def _without_comments(body: str) -> str:
    """Return a text with blank lines instead of comments that are closed."""
    for opening, closing in _COMMENTS:
        body, _ = edited(body, _comments(body, opening, closing), 0)
    return body


def _comments(body: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[Edit]:
    prose = without_blocks_of_code(body)
    end = 0
    while (start := opening.search(prose, end)) and (stop := closing.search(prose, start.end())):
        end = stop.end()
        yield Edit(start.start(), end, "\n" * body.count("\n", start.start(), end))


def _edits(body: str, markup: _Markup) -> Iterator[Edit]:
    """Yield what stands in place of one form of markup, with as many lines."""
    prose = without_blocks_of_code(body)
    for match in markup.pattern.finditer(prose):
        tag = markup.pattern.match(body, match.start())
        if tag is None or not match[0].strip():
            continue
        text = markup.replacement(tag)
        text += "\n" * (tag[0].count("\n") - text.count("\n"))
        reason = _CHOSEN if markup.reason and _CHOICE.match(tag[0]) else markup.reason
        is_reported = not _is_inside_tag(prose, match.start())
        yield Edit(*tag.span(), text, reason if is_reported else "")


def _is_inside_tag(prose: str, start: int) -> bool:
    """Tell whether a place is inside an image's tag, which is reported as a whole."""
    before = prose[prose.rfind("\n", 0, start) + 1 : start]
    return before.rfind("<img") > before.rfind(">")
