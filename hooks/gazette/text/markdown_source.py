"""Markdown as it is written: its links with their places, and which of its letters are prose."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from gazette.text.links import below_docs

_COMMENT = r"<!--.*?-->"
_WITHOUT_END = "\ufdd2!--"
"""What stands for the beginning of a comment; no text has the first letter."""
_FENCED = r"^[ >]*(?P<fence>```+(?![^\n]*`)|~~~+).*?(?:^[ >]*(?P=fence)[`~]*|\Z)"
_CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)(?P=ticks)(?!`)"
_DESTINATION = r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)"
_DEFINITION = r"^ {0,3}\[[^\]\n]+\]:[ \t]+\S+.*?$"
_ADDRESS = r"(?:https?://|www\.)[^\s<>()\[\]]+"
TAG = r"</?[a-zA-Z][^<>]*>|<(?:https?|mailto):[^<>\s]*>"

_INDENTED = re.compile(r"^(?: {4}| {0,3}\t)", re.M)
_PARAGRAPH = re.compile(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", re.M)
_OPENS = re.compile(r" {0,3}(?:[-*+] |\d+[.)]|[!?]{3}|\[\^|:|>)|[^\n]*\n {0,3}: ")
"""How a paragraph begins to which what is indented below it belongs."""

CODE = re.compile("|".join((_COMMENT, _FENCED, _CODE_SPAN)), re.S | re.M)
NOT_PROSE = re.compile(
    "|".join((CODE.pattern, _DESTINATION, _DEFINITION, TAG, _ADDRESS)), re.S | re.M
)
LINK = re.compile(
    r"\[(?P<words>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"(?:\(\s*<?(?P<target>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'(][^\n]*?[\"')])?\s*\)"
    r"|\[(?P<label>[^\]\n]*)\]|(?![\[(:]))"
)
"""An inline link, a reference with a label, or words in brackets that are their own label."""
LINK_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\]\n^][^\]\n]*)\]:[ \t]*(?:\n[ \t]*)?<?(?P<target>[^\s>]+)", re.M
)
TAG_WITH_TARGET = re.compile(
    r"<(?:a|img)\s[^<>]*?\b(?:href|src)\s*=\s*([\"'])(?P<target>[^\"']*)\1", re.I
)


@dataclass(frozen=True)
class MarkdownLink:
    """A link or image: its words from `start` to `end`, its target from `target_start` on."""

    start: int
    end: int
    target_start: int
    target: str


def links_of(source: str) -> list[MarkdownLink]:
    """Return the links and images of a source without front matter, in their order.

    These are inline links, links with a reference, and HTML tags; those in code and comments are
    none.
    """
    text = without_code(source)
    links = [*_markdown_links(text), *_html_links(text)]
    return sorted(links, key=lambda link: link.start)


def target_spans(source: str) -> list[tuple[int, int]]:
    """Return where each target of a link, image, definition or HTML tag begins and ends, sorted."""
    text = without_blocks_of_code(source)
    patterns = (LINK, LINK_DEFINITION, TAG_WITH_TARGET)
    matches = (match for pattern in patterns for match in pattern.finditer(text))
    return sorted({match.span("target") for match in matches if match["target"]})


def with_renamed_files(source: str, names: Mapping[str, str], folder: str) -> str:
    """Return the source with links to renamed files leading to their present names.

    `names` maps former paths below `docs/` to present ones, `folder` is where the text stands
    there; whatever follows a path in a link stays.
    """
    if not any(posixpath.basename(name) in source for name in names):
        return source
    pieces = []
    for start, stop in target_spans(source):
        path = re.split("[?#]", source[start:stop], maxsplit=1)[0]
        if present := names.get(below_docs(folder, path)):
            rest = source[start + len(path) : stop]
            pieces.append((start, stop, f"{posixpath.relpath(present, folder)}{rest}"))
    return spliced(source, pieces)


def with_tags_leading(source: str, folder: str, resolve: Callable[[str], str | None]) -> str:
    """Return the source with its HTML tags leading to what `resolve` says of paths below `docs/`.

    The text stands in a `folder` there. What renders Markdown leads links on from a page, but
    leaves tags as they are, and so does None.
    """
    pieces = []
    for tag in TAG_WITH_TARGET.finditer(without_code(source)):
        path, mark, rest = re.split("([?#]|$)", html.unescape(tag["target"]), maxsplit=1)
        is_relative = path and not re.match(r"/|[a-z][a-z0-9+.-]*:", path, re.I)
        link = resolve(below_docs(folder, unquote(path))) if is_relative else None
        if link is not None:
            pieces.append((*tag.span("target"), html.escape(f"{link}{mark}{rest}")))
    return spliced(source, pieces)


def spliced(source: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    """Return the source with other words from start to end; of overlapping pieces the first."""
    parts, end = [], 0
    for start, stop, words in sorted(pieces):
        if start >= end:
            parts += [source[end:start], words]
            end = stop
    return "".join((*parts, source[end:]))


def without_code(source: str) -> str:
    """Return the source with blanks instead of code and comments; every letter keeps its place."""
    return substituted(CODE, lambda match: blanked(match[0]), source)


def without_blocks_of_code(source: str) -> str:
    """Return the source without code and comments, nor paragraphs that are code by their indent.

    Every letter keeps its place. What is indented below an item or note belongs to that.
    """
    return without_indented_code(without_code(source), source)


def without_indented_code(text: str, source: str) -> str:
    """Return a text of a source with blanks instead of paragraphs that are code by their indent."""
    if not _INDENTED.search(text):
        return text
    continues = False

    def shown(paragraph: re.Match[str]) -> str:
        nonlocal continues
        if _INDENTED.match(source, paragraph.start()):
            return paragraph[0] if continues else blanked(paragraph[0])
        continues = _OPENS.match(paragraph[0]) is not None
        return paragraph[0]

    return _PARAGRAPH.sub(shown, text)


def prose_of(source: str) -> str:
    """Return the source with blanks instead of code, comments, tags and addresses.

    Every letter keeps its place.
    """
    return substituted(NOT_PROSE, lambda match: blanked(match[0]), source)


def substituted(
    pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], source: str
) -> str:
    """Return the source with code, or all that is no prose, replaced.

    A comment that does not end is none. Its beginning is put aside: from each, the whole source
    would be searched for the end.
    """
    last = source.rfind("-->") + 1
    marked = source[:last] + source[last:].replace("<!--", _WITHOUT_END)
    return pattern.sub(replace, marked).replace(_WITHOUT_END, "<!--")


def blanked(text: str) -> str:
    """Return blanks of the same length; line ends stay."""
    return re.sub(r"[^\n]", " ", text)


def _markdown_links(text: str) -> Iterator[MarkdownLink]:
    definitions = {
        normalized_label(match["label"]): match for match in LINK_DEFINITION.finditer(text)
    }
    for link in LINK.finditer(text):
        start, end = link.span("words")
        if link["target"] is not None:
            yield MarkdownLink(start, end, link.start("target"), html.unescape(link["target"]))
        elif definition := definitions.get(normalized_label(link["label"] or link["words"])):
            yield MarkdownLink(start, end, definition.start("target"), definition["target"])


def _html_links(text: str) -> Iterator[MarkdownLink]:
    for tag in TAG_WITH_TARGET.finditer(text):
        is_image = tag[0][1:4].lower() == "img"
        end = tag.end() if is_image else max(text.find("</a", tag.end()), tag.end())
        yield MarkdownLink(tag.start(), end, tag.start("target"), html.unescape(tag["target"]))


def normalized_label(label: str) -> str:
    """Return a label as references to it are compared."""
    return " ".join(label.split()).casefold()
