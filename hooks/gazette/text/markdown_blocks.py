"""The blocks of a text as GitHub reads them, as a tree of Python-Markdown.

markdown-it parses the blocks by the rules of CommonMark and of GitHub's tables. What only
extensions of Python-Markdown know (footnotes, notices, abbreviations, Markdown in HTML, blocks
between lines of slashes) is handed to their block processors, each with all that belongs to it;
definition lists are read here.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as Tree
from collections.abc import Iterator
from typing import Any

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteTreeprocessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString, code_escape
from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from gazette.text.sanitizer import DONE, OPEN

BUILT_IN = frozenset(
    {
        *("empty", "indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist"),
        *("quote", "reference", "paragraph", "table", "deflist", "defindent"),
    }
)
"""The block processors of Python-Markdown that are not needed, but for the last resort."""
_OPENINGS = {
    "admonition": re.compile(r"!!! ?[\w-]"),
    "details": re.compile(r"\?\?\?\+? ?[\w-]"),
    "tabbed": re.compile(r"===[!+]* ?\""),
    "footnote": re.compile(r"\[\^[^\]]*\]:"),
    "abbr": re.compile(r"\*\[[^\\\]]*\] ?:"),
}
"""How a block begins that the block processor of this name reads, with what is indented below."""
_SLASHES = re.compile(r"(/{3,}) *[\w-]+ *(?:\|.*)?\Z")
"""The first line of a block between slashes, with its name."""
KNOWN = BUILT_IN | _OPENINGS.keys() | {"blocks"}
"""The block processors whose blocks are recognized here."""
_INDENT = 4  # by so much is indented what belongs to such a block
_MEANING = re.compile(r" {0,3}: {1,3}")
_MEANINGS = re.compile(r"^[ \t>*+\d.)-]*: ", re.MULTILINE)
"""What stands in a text with such a meaning, and in few others."""
_HAS_MEANINGS = "has_meanings"
_ALERT = re.compile(r"\[!(note|tip|important|warning|caution)\] *(?:\n|\Z)", re.IGNORECASE)
_STYLES = {f"text-align:{side}": f"text-align: {side};" for side in ("left", "center", "right")}
MAX_NESTING = 1_000
"""Containers inside one another; so many are beyond the bounds of a text."""


class BlockParser(MarkdownIt):
    """The block rules of markdown-it, and those for blocks that only extensions know."""

    def __init__(self, extensions: frozenset[str]) -> None:
        super().__init__("commonmark", {"html": True, "tasklists": True, "maxNesting": MAX_NESTING})
        self.enable("table").disable(["inline", "text_join"])
        for name in sorted(extensions & _OPENINGS.keys()):
            interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
            self.block.ruler.before("table", name, _ExtensionRule(name), interrupts)
        if "blocks" in extensions:
            self.block.ruler.before("table", "blocks", _slashes, {"alt": ["paragraph"]})
        if "deflist" in extensions:
            self.block.ruler.before("lheading", "definitions", _definitions)

    def parse(self, src: str, env: EnvType | None = None) -> list[Token]:
        """Return the blocks of a text; note whether it may hold meanings of terms."""
        env = {} if env is None else env
        env[_HAS_MEANINGS] = _MEANINGS.search(src) is not None
        return super().parse(src, env)

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Leave the address of a link definition as it is written."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Accept every address: what no page may hold is taken out of its HTML."""
        return True


def open_fences(body: str) -> Iterator[int]:
    """Yield the lines, counted from 0, where code begins whose fence nothing closes."""
    if "```" not in body and "~~~" not in body:
        return
    for token in BlockParser(frozenset()).parse(f"{body}\n"):
        if token.type == "fence" and token.map:
            first, end = token.map
            if end - first < token.content.count("\n") + 2:
                yield first


def link_names(body: str) -> frozenset[str]:
    """Return the names of the link definitions of a text, in capitals."""
    definitions: dict[str, Any] = {}
    BlockParser(frozenset()).parse(body, definitions)
    return frozenset(definitions.get("references", ()))


def reference_name(label: str) -> str:
    """Return the name of a link definition, whatever its letters' case and its marks of code."""
    return " ".join(label.replace("`", "").lower().split())


class BlockBuilder:
    """Makes elements of texts for an instance of Python-Markdown.

    `extensions` names the block processors that are known here. `fences` renders fenced code, where
    an extension does. Where others may know more of a paragraph, `reads_paragraphs` says so.
    """

    def __init__(
        self,
        markdown: Markdown,
        extensions: frozenset[str],
        fences: Preprocessor | None,
        reads_paragraphs: bool,
    ) -> None:
        self._markdown = markdown
        self._fences = fences
        self._reads_paragraphs = reads_paragraphs
        self._parser = BlockParser(extensions)
        rest = extensions - {"blocks"}
        self._parser_of_text = self._parser if rest == extensions else BlockParser(rest)
        self._handed_over: Tree.Element | None = None
        self.is_read = False
        """Whether all but the notes is read: of these, only elements come to stand on the page."""

    def is_responsible(self, parent: Tree.Element) -> bool:
        """Tell whether the next text in `parent` has not been handed to other processors."""
        return parent is not self._handed_over

    def build(self, parent: Tree.Element, text: str) -> None:
        """Append the elements of `text` to `parent`; remember the links that it defines."""
        self._append(parent, iter(self._tokens(text, self._parser)))
        if parent.text and self.is_read and not parent.attrib:
            _wrap_text(parent)

    def _tokens(self, text: str, parser: BlockParser) -> list[Token]:
        definitions: dict[str, Any] = {}
        tokens = parser.parse(text, definitions)
        for label, link in definitions.get("references", {}).items():
            target = (link["href"], link["title"])
            self._markdown.references.setdefault(reference_name(label), target)
        for item, paragraph, words in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if "checked" in item.meta and paragraph.type == "paragraph_open":
                words.content = f"{DONE if item.meta['checked'] else OPEN} {words.content}"
        return tokens

    def _append(self, parent: Tree.Element, tokens: Iterator[Token]) -> None:
        """Append the elements of all tokens up to that which closes `parent`."""
        for token in tokens:
            if token.nesting < 0:
                return
            if token.type == "paragraph_open":
                self._append_paragraph(parent, next(tokens).content, is_tight=token.hidden)
                next(tokens)
            elif token.type == "blockquote_open":
                self._append_quote(parent, _enclosed(tokens), may_alert=token.level == 0)
            elif token.nesting > 0:
                element = Tree.SubElement(parent, token.tag)
                for name, value in token.attrs.items():
                    element.set(name, _STYLES.get(str(value), str(value)))
                self._append(element, tokens)
            else:
                self._append_leaf(parent, token)

    def _append_leaf(self, parent: Tree.Element, token: Token) -> None:
        if token.type == "inline":
            parent.text = token.content
        elif token.type == "hr":
            Tree.SubElement(parent, "hr")
        elif token.type == "html_block":
            html = self._markdown.htmlStash.store(token.content.strip("\n"))
            if len(parent) and self._is_replaced(parent[-1]):
                Tree.SubElement(parent, "p").text = html
            else:
                _append_text(parent, f"\n{html}\n")
        elif token.type == "code_block":
            _append_code(parent, token.content)
        elif token.type == "fence":
            self._append_fence(parent, token)
        elif token.type == "definitions":
            self._append_definitions(parent, token.content)
        elif token.type == "blocks":
            self._append_block(parent, token.content)
        elif token.type == "footnote":
            self._append_footnote(parent, token.content)
        else:
            self._hand_over(parent, [token.content])

    def _is_replaced(self, element: Tree.Element) -> bool:
        """Tell whether an element marks a place: what follows it as text goes with it then."""
        for processor in self._markdown.treeprocessors:
            if isinstance(processor, TocTreeprocessor):
                mark = processor.marker
            elif isinstance(processor, FootnoteTreeprocessor):
                mark = processor.footnotes.getConfig("PLACE_MARKER")
            else:
                continue
            if mark and mark in (element.text or ""):
                return True
        return False

    def _append_block(self, parent: Tree.Element, text: str) -> None:
        """Append a block between slashes; as a text where no extension knows its name."""
        reader = self._markdown.parser.blockprocessors["blocks"]
        if reader.test(parent, text):
            reader.run(parent, [text])
        else:
            self._append(parent, iter(self._tokens(text, self._parser_of_text)))

    def _append_footnote(self, parent: Tree.Element, text: str) -> None:
        """Have the first footnote of a name noted by the extension for footnotes."""
        reader = self._markdown.parser.blockprocessors["footnote"]
        noted = reader.footnotes.footnotes if isinstance(reader, FootnoteBlockProcessor) else ()
        if text.split("]", 1)[0].partition("[^")[2] in noted:
            return
        if self.is_read:  # a note inside a note
            self._append_paragraph(parent, text, is_tight=False)
        else:
            self._hand_over(parent, text.split("\n\n"))

    def _append_paragraph(self, parent: Tree.Element, text: str, is_tight: bool) -> None:
        if self._reads_paragraphs:
            self._markdown.parser.state.set("list" if is_tight else "looselist")
            self._hand_over(parent, [text])
            self._markdown.parser.state.reset()
        elif is_tight:
            _append_text(parent, text)
        else:
            Tree.SubElement(parent, "p").text = text

    def _append_quote(self, parent: Tree.Element, tokens: list[Token], may_alert: bool) -> None:
        """Append a quote; or a notice, where its first line says so as GitHub's alerts do."""
        first = tokens[1] if len(tokens) > 1 and tokens[0].type == "paragraph_open" else None
        alert = _ALERT.match(first.content) if first and may_alert else None
        if (
            first is None
            or alert is None
            or (len(tokens) == 3 and alert.end() == len(first.content))
        ):
            self._append(Tree.SubElement(parent, "blockquote"), iter(tokens))
            return
        kind = alert[1].lower()
        notice = Tree.SubElement(parent, "div", {"class": f"admonition {kind}"})
        Tree.SubElement(notice, "p", {"class": "admonition-title"}).text = kind.capitalize()
        first.content = first.content[alert.end() :]
        self._append(notice, iter(tokens if first.content else tokens[3:]))

    def _append_fence(self, parent: Tree.Element, token: Token) -> None:
        """Append fenced code as the extension for it renders it, with all its settings."""
        lines = [token.markup + token.info, *token.content.splitlines(), token.markup]
        rendered = "\n".join(self._fences.run(lines)).strip() if self._fences else ""
        if HTML_PLACEHOLDER_RE.fullmatch(rendered):
            _append_text(parent, f"\n{rendered}\n")
        else:
            language = token.info.split()[:1]
            _append_code(parent, token.content, *(f"language-{name}" for name in language))

    def _append_definitions(self, parent: Tree.Element, text: str) -> None:
        """Append terms, the lines before the first colon, and their definitions."""
        follows = len(parent) and parent[-1].tag == "dl" and not parent[-1].tail
        definitions = parent[-1] if follows else Tree.SubElement(parent, "dl")
        meanings: list[list[str]] = []
        loose: list[bool] = []
        previous = ""
        for line in text.split("\n"):
            if colon := _MEANING.match(line):
                meanings.append([line[colon.end() :]])
                loose.append(not previous)
            elif meanings:
                meanings[-1].append(line.removeprefix(" " * _INDENT))
            elif line:
                Tree.SubElement(definitions, "dt").text = line.strip()
            previous = line
        for lines, is_loose in zip(meanings, loose, strict=True):
            meaning = "\n".join(lines).rstrip()
            tokens = self._tokens(meaning, self._parser)
            if tokens and not is_loose and "\n\n" not in meaning:
                tokens[0].hidden = True
            self._append(Tree.SubElement(definitions, "dd"), iter(tokens))

    def _hand_over(self, parent: Tree.Element, blocks: list[str]) -> None:
        """Have the other block processors read a text; what is inside of it comes back here."""
        before, self._handed_over = self._handed_over, parent
        self._markdown.parser.parseBlocks(parent, blocks)
        self._handed_over = before


class _ExtensionRule:
    """A rule of markdown-it for the blocks of a block processor: a line, and what is indented."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._goes_on = name == "footnote"  # its paragraph goes on without being indented

    def __call__(self, state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.is_code_block(start) or not _OPENINGS[self._name].match(_line(state, start)):
            return False
        if silent:
            return True
        last = start + 1
        while self._goes_on and last < end and not _is_interrupted(state, last, end):
            last += 1
        return _take(state, self._name, start, _end_of_indented(state, last, end))


def _take(state: StateBlock, kind: str, start: int, end: int) -> bool:
    """Take the lines of a block as one token of this kind."""
    token = state.push(kind, "", 0)
    token.content = state.getLines(start, end, state.blkIndent, False)
    token.map = [start, end]
    state.line = end
    return True


def _slashes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a block between slashes, up to as many slashes alone, as a rule of markdown-it."""
    opening = None if state.is_code_block(start) else _SLASHES.match(_line(state, start).rstrip())
    if opening is None:
        return False
    if silent:
        return True
    closings = (n for n in range(start + 1, end) if _line(state, n).strip() == opening[1])
    return _take(state, "blocks", start, min(next(closings, end) + 1, end))


def _definitions(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take terms and what they mean, as a rule of markdown-it."""
    if silent or not state.env[_HAS_MEANINGS]:
        return False
    line = start + 1
    while line < end and not state.isEmpty(line) and not _is_meaning(state, line):
        if _is_interrupted(state, line, end):
            return False
        line += 1
    line = state.skipEmptyLines(line)
    if line >= end or not _is_meaning(state, line) or _is_meaning(state, start):
        return False
    last = line
    while line < end and _is_meaning(state, line):
        last = line + 1
        while last < end and not _is_meaning(state, last) and not _is_interrupted(state, last, end):
            last += 1
        last = _end_of_indented(state, last, end)
        line = state.skipEmptyLines(last)
    return _take(state, "definitions", start, last)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _is_meaning(state: StateBlock, line: int) -> bool:
    indent = state.sCount[line] - state.blkIndent
    return 0 <= indent < _INDENT and _MEANING.match(_line(state, line)) is not None


def _is_interrupted(state: StateBlock, line: int, end: int) -> bool:
    """Tell whether a paragraph that began above ends before this line."""
    if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
        return True
    if state.sCount[line] - state.blkIndent >= _INDENT:
        return False
    rules = state.md.block.ruler.getRules("paragraph")
    return any(rule(state, line, end, True) for rule in rules)


def _end_of_indented(state: StateBlock, line: int, end: int) -> int:
    """Return the line behind all that is indented from `line` on, blank lines left out."""
    last = line
    while line < end and (state.isEmpty(line) or state.sCount[line] - state.blkIndent >= _INDENT):
        line += 1
        last = last if state.isEmpty(line - 1) else line
    return last


def _enclosed(tokens: Iterator[Token]) -> list[Token]:
    """Take the tokens up to the one that closes the element they are in."""
    enclosed: list[Token] = []
    depth = 1
    for token in tokens:
        depth += token.nesting
        if not depth:
            break
        enclosed.append(token)
    return enclosed


def _append_text(parent: Tree.Element, text: str) -> None:
    """Append text to what stands in an element, on a line of its own."""
    if len(parent):
        parent[-1].tail = "\n".join(filter(None, (parent[-1].tail, text)))
    else:
        parent.text = "\n".join(filter(None, (parent.text, text)))


def _wrap_text(parent: Tree.Element) -> None:
    """Put the text that begins an element into an element of its own."""
    wrapped = Tree.Element("div")
    wrapped.text, parent.text = parent.text, None
    parent.insert(0, wrapped)


def _append_code(parent: Tree.Element, code: str, *classes: str) -> None:
    element = Tree.SubElement(Tree.SubElement(parent, "pre"), "code")
    if classes:
        element.set("class", " ".join(classes))
    element.text = AtomicString(code_escape(code.rstrip()) + "\n")
