"""The inside of a paragraph: links, emphasis, code and images of an HTML tree as Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gazette.imports.html_tree import Element, Node, children, has, text_of
from gazette.text.markdown_escapes import BREAK, code, escaped, line_start

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "dfn": "*", "var": "*"}
CODE = {"code", "kbd", "samp", "tt"}
KEPT = {"sub", "sup", "s", "del", "strike", "u", "ins", "mark"}
"""Tags that Markdown has no mark for and whose loss would change what is read."""
BLOCKS = {
    *("ul", "ol", "menu", "dir"),
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "hr", "li", "main", "p", "pre", "section", "summary", "table", "hgroup"),
    *("footnote", "separator"),
    *("caption", "legend", "tbody", "thead", "tfoot", "tr", "td", "th", "html"),
}
STAR = re.compile(r"(?<!\\)(?:\\\\)*\*")
LINK = re.compile(r"(?:https?://|mailto:|tel:|#|[^:]*$|[^:/?#]*[/?#])", re.I)


@dataclass(frozen=True)
class _Span:
    """A run of inline Markdown under one mark."""

    mark: str
    text: str


def inline(nodes: Iterable[Node]) -> str:
    """Return inline nodes as the Markdown of one paragraph; lines after the first are breaks."""
    return "  \n".join(map(line_start, _lines(nodes)))


def cell(nodes: Iterable[Node]) -> str:
    """Return inline nodes as the Markdown of a cell of a table."""
    return "<br>".join(_lines(nodes)).replace("|", "\\|")


def _lines(nodes: Iterable[Node]) -> list[str]:
    lines = (re.sub(r" {2,}", " ", line).strip(" ") for line in _run(nodes).split(BREAK))
    return [line for line in lines if line]


def _run(nodes: Iterable[Node]) -> str:
    runs: list[tuple[str, list[str]]] = []
    for node in nodes:
        for span in _spans(node):
            if len(runs) > 1 and runs[-2][0] == span.mark and _is_blank(runs[-1][1]):
                runs[-2][1].extend(runs.pop()[1])
            if runs and runs[-1][0] == span.mark:
                runs[-1][1].append(span.text)
            else:
                runs.append((span.mark, [span.text]))
    return _joined([_Span(mark, "".join(texts)) for mark, texts in runs])


def _is_blank(texts: Sequence[str]) -> bool:
    """Tell whether texts are white space, and not nothing."""
    return any(texts) and all(text.isspace() or not text for text in texts)


def _spans(node: Node) -> Iterator[_Span]:
    if isinstance(node, str):
        yield _Span("", escaped(node))
        return
    mark = MARKS.get(str(node.tag), "")
    if mark:
        yield from _marked(mark, _run(_below(node, mark)))
    else:
        yield _Span("", _element(node))


def _below(node: Element, mark: str) -> Iterator[Node]:
    """Yield what an element holds; what marks the same once more is what that holds."""
    for child in children(node):
        if not isinstance(child, str) and MARKS.get(str(child.tag)) == mark:
            yield from _below(child, mark)
        else:
            yield child


def is_block(node: Element) -> bool:
    """Tell whether an element is, or holds, more than a part of a paragraph."""
    return node.tag in BLOCKS or holds_blocks(node)


def holds_blocks(node: Element) -> bool:
    """Tell whether an element holds more than parts of a paragraph."""
    return any(below.tag in BLOCKS for below in node.iterdescendants())


def _marked(mark: str, text: str) -> Iterator[_Span]:
    """Yield marked text, the blanks and breaks at its ends outside the mark."""
    core = text.strip(f" \xa0{BREAK}")
    if not core:
        yield _Span("", text)
        return
    before, _, after = text.partition(core)
    yield _Span("", before) if before else _Span(mark, "")
    yield _Span(mark, core.replace("**", "") if mark == "**" else core)
    yield _Span("", after) if after else _Span(mark, "")


def _joined(spans: Iterable[_Span]) -> str:
    """Write the marks: asterisks; next to other asterisks underscores, or tags inside a word."""
    shown = [span for span in spans if span.text]
    text = ""
    for place, span in enumerate(shown):
        follows = shown[place + 1] if place + 1 < len(shown) else _Span("", "")
        opening = closing = span.mark
        if span.mark and not _opens_and_closes(text[-1:], span.text, follows.text[:1]):
            tag = "strong" if span.mark == "**" else "em"
            text += f"<{tag}>{span.text}</{tag}>"
            continue
        if span.mark == "*" and (text.endswith("*") or follows.mark or STAR.search(span.text)):
            opening = closing = "_"
            if re.match(r"\w", text[-1:]) or (not follows.mark and re.match(r"\w", follows.text)):
                opening, closing = "<em>", "</em>"
        text += f"{opening}{span.text}{closing}"
    return text


def _opens_and_closes(before: str, text: str, after: str) -> bool:
    """Tell whether marks around a text mark it: not inside a word where signs stand at its ends."""
    is_sign = [not (letter.isalnum() or letter.isspace()) for letter in (text[0], text[-1])]
    opens = not is_sign[0] or not re.match(r"\w", before)
    closes = not is_sign[1] or not re.match(r"\w", after)
    return opens and closes


def _element(node: Element) -> str:
    tag = str(node.tag)
    if tag == "br":
        return BREAK
    if tag in CODE:
        return code(text_of(node))
    if tag == "img":
        return _image(node)
    if tag == "noteref":
        return f"[^{node.get('name')}]"
    inner = _run(children(node))
    if tag == "a":
        return _link(node, inner)
    if tag in KEPT and inner.strip():
        return f"<{tag}>{inner}</{tag}>"
    if tag in ("abbr", "acronym") and inner.strip():
        return _abbreviation(inner, " ".join((node.get("title") or "").split()))
    return f"“{inner}”" if tag == "q" else inner


def _abbreviation(inner: str, meaning: str) -> str:
    """Return an abbreviation with the meaning that readers see when they point at it."""
    written = html.escape(meaning).replace("|", "&#124;")
    return f'<abbr title="{written}">{inner}</abbr>' if meaning else inner


def _image(node: Element) -> str:
    words = escaped(node.get("alt") or "").strip().replace("]", "\\]")
    return f"![{words}]({_address(node.get('src') or '')})" if node.get("src") else words


def _link(node: Element, inner: str) -> str:
    """Return a link around its words; what leads nowhere is its words alone."""
    href = (node.get("href") or "").strip()
    core = inner.strip(f" {BREAK}")
    if not core or href in ("", "#") or not LINK.match(href):
        return inner
    before, _, after = inner.partition(core)
    if href == text_of(node).strip() and re.match(r"https?://[^\s<>]+$", href):
        return f"{before}<{href}>{after}"
    words = core if has(node, "img") else _unbracketed(core)
    return f"{before}[{words.replace(BREAK, ' ')}]({_address(href)}){after}"


def _unbracketed(words: str) -> str:
    """Return the words of a link so that no bracket or sign in them ends or turns it."""
    marked = re.sub(r"\\.|[\[\]]", lambda match: f"\\{match[0][-1]}", words, flags=re.S)
    return re.sub(r"\A\^", "&#94;", marked.replace("\\]:", "&#93;:"))


def _address(url: str) -> str:
    url = "".join(url.split("\n")).strip()
    if re.search(r"[\s()]", url):
        return f"<{url.replace('<', '%3C').replace('>', '%3E')}>"
    return url
