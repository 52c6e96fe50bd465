"""Boxes and other directives in Markdown (MyST's, Docusaurus', Material's) as plain Markdown.

Each is named with its line: the words in a box stay, what a program writes in place of a directive
is for the editor to write.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from gazette.imports.omissions import Omission, omitted_at, quoted
from gazette.text.markdown_source import without_indented_code

BOX = "A box of the old site: its words stand here without it."
WRITTEN = "A program writes this on the old site: write here what readers saw."
WORDS_ALONE = "A program fills in where it leads on the old site: its words alone are here."
INCLUDED = "The text of another file stood here: write it in place of the tag."
_OPENING = re.compile(
    r"(?P<indent>[ >]*)(?P<marks>:{3,}|`{3,}|~{3,})[ \t]*"
    r"(?:\{(?P<directive>[\w:.+-]+)\}|\{(?P<attributes>[.#][^}\n]*)\}|(?P<box>\w[\w-]*))"
    r"(?P<title>[^\n]*)"
)
_FENCE = re.compile(
    r"(?P<indent>[ >]*)(?P<marks>:{3,}|`{3,}(?![^\n]*`)|~{3,})[ \t]*(?P<info>[^\n]*)"
)
_TAB = re.compile(r"(?P<indent> *)===[!+]? +\"(?P<title>[^\"]+)\"[ \t]*")
_FOLDED = re.compile(r"( *)\?\?\?\+?(?=[ \t]+\w)")
_END = re.compile(r"[ >]*(?::{3,}|`{3,}|~{3,})[ \t]*")
_INDENTS = ("    ", "\t")
MAX_ENDS = 100
"""How many lines that may end a block are looked at for the end of one."""
MAX_DEPTH = 20
"""How many tabs are read inside one another."""
_OPTION = re.compile(r"[ \t]*:[\w-]+:.*")
_ROLE = re.compile(
    r"(?<!`)(?P<code>`+)(?!`).+?(?<!`)(?P=code)(?!`)|(?<!\\)\{(?P<role>[a-zA-Z][\w:.+-]*)\}(?P<ticks>`+)(?P<text>[^`\n]+)(?P=ticks)"
)
_TARGETED = re.compile(r"(?P<words>.+)<[^<>]*>", re.S)
_MEANING = re.compile(r"(?P<words>[^()]+)\((?P<meaning>.+)\)")
_TARGET = re.compile(r"\([\w.:/-]+\)=[ \t]*")
_NOT_SHOWN = re.compile(r"(?:%|\+\+\+).*")
_INCLUDE = re.compile(r"<!--\s*[#@]include\b.*?-->")
_BOXES = {
    *("note", "tip", "hint", "important", "warning", "caution", "attention", "danger", "error"),
    *("seealso", "admonition", "dropdown", "card", "grid", "grid-item", "grid-item-card", "div"),
    *("tab-set", "tab-item", "margin", "sidebar", "topic", "details", "panel", "epigraph", "aside"),
    *("glossary", "pull-quote", "versionadded", "versionchanged", "deprecated", "container"),
}
"""Directives of which readers see the words that stand in them."""
_PROGRAMS = {
    *("include", "literalinclude", "toctree", "contents", "tableofcontents", "figure", "image"),
    *("math", "eval-rst", "raw", "csv-table", "list-table", "table", "mermaid", "graphviz", "plot"),
    *("bibliography", "index", "meta", "only", "ifconfig", "role", "youtube", "video", "iframe"),
    *("click", "mkapi", "jupyter-execute", "plantuml", "diagram", "embed", "button-link"),
}
"""Directives that show something else than the lines that stand in them."""
_CODE = {"code-block", "code", "code-cell", "sourcecode", "parsed-literal", "prompt"}
_POINTING = {"ref", "doc", "numref", "eq", "any", "download", "cite", "cite:p", "cite:t"}
"""Roles that show other words than their own where they are given no title."""
_ANY = re.compile(
    r"^[ >]*(?::::|[`~]{3,}[ \t]*\{|===|\?\?\?)|\{[a-zA-Z][\w:.+-]*\}`"
    r"|^\([\w.:/-]+\)=|<!--\s*[#@]include",
    re.M,
)


@dataclass
class _Reader:
    """Markdown that is read line by line; `open_boxes` are the marks of boxes that are not closed.

    `code` are the lines that are code by their indent. `is_myst` tells that a line was found that
    only MyST understands, `lines_ahead` how many lines more were written than read.
    """

    lines: Sequence[str]
    first_line: int
    code: frozenset[int] = frozenset()
    out: list[str] = field(default_factory=list)
    open_boxes: list[str] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    is_myst: bool = False
    lines_ahead: int = 0
    depth: int = 0

    def __post_init__(self) -> None:
        """Note the lines that may end a block."""
        self.ends = [at for at, line in enumerate(self.lines) if _END.fullmatch(line)]

    def omit(self, at: int, what: str, reason: str) -> None:
        self.omissions.append(omitted_at(self.first_line + at, quoted(what), reason))

    def end_of(self, at: int, marks: str) -> int | None:
        """Return where the block that opens at a line is closed, None where it is not."""
        first = bisect_right(self.ends, at)
        for end in islice(self.ends, first, first + MAX_ENDS):
            if self.lines[end].strip(" >\t").startswith(marks):
                return end
        return None

    def read(self) -> None:
        """Read all lines; as many come out, but for a blank one below the title of an open box."""
        at = 0
        while at < len(self.lines):
            at = self._read_line(at)

    def _read_line(self, at: int) -> int:
        """Read what begins at a line, and return where the next thing begins."""
        line = self.lines[at]
        if at in self.code:
            self.out.append(line)
            return at + 1
        opening, fence = _OPENING.fullmatch(line), _FENCE.fullmatch(line)
        if opening and (opening["directive"] or opening["marks"][0] == ":"):
            return self._directive(at, opening)
        if fence and self._is_end_of_box(fence):
            self.open_boxes = self.open_boxes[:-1]
            self._close(at)
            return at + 1
        if fence and fence["marks"][0] != ":":
            end = self.end_of(at, fence["marks"])
            stop = len(self.lines) if end is None else end + 1
            self.out += self.lines[at:stop]
            return stop
        tab = _TAB.fullmatch(line) if self.depth < MAX_DEPTH else None
        if tab:
            return self._tab(at, tab)
        self.out.append(self._line(at, line))
        return at + 1

    def _is_end_of_box(self, fence: re.Match[str]) -> bool:
        is_bare = not fence["info"].strip()
        return is_bare and (fence["marks"][0] == ":" or fence["marks"] in self.open_boxes[-1:])

    def _directive(self, at: int, opening: re.Match[str]) -> int:
        """Read a directive or box: code, what a program fills, or text; return what follows."""
        name = (opening["directive"] or opening["box"] or "div").lower()
        self.is_myst = self.is_myst or opening["directive"] is not None
        end = self.end_of(at, opening["marks"])
        if end is not None and name in _CODE:
            self._write_code(at, end, opening)
            return end + 1
        if end is not None and opening["directive"] and not self._is_text(name, at, end):
            self.omit(at, " ".join(self.lines[at : end + 1]), WRITTEN)
            self.out += [""] * (end + 1 - at)
            return end + 1
        if opening["marks"][0] == ":" or end is not None:
            self.open_boxes.append(opening["marks"])
        return self._open_box(at, opening, has_title=name in _BOXES or not opening["directive"])

    def _write_code(self, at: int, end: int, opening: re.Match[str]) -> None:
        """Write the lines of a directive as a block of code, with blank lines for its options."""
        options = self._options(at)
        fence = f"{opening['indent']}{'`' * len(opening['marks'])}"
        code = self.lines[at + 1 : end]
        self.out += [f"{fence}{opening['title'].strip()}", *[""] * options, *code[options:], fence]

    def _open_box(self, at: int, opening: re.Match[str], *, has_title: bool) -> int:
        """Write the title of a box as a bold line; return where the text of the box begins."""
        self.omit(at, self.lines[at].strip(), BOX)
        title = re.sub(r"\{[^{}]*\}\s*$", "", opening["title"]).strip(" []") if has_title else ""
        options = self._options(at)
        self.out += [f"{opening['indent']}**{title}**" if title else "", *[""] * options]
        if title and not options and self._has_words(at + 1):
            self.out.append(opening["indent"].rstrip())
            self.lines_ahead += 1
        return at + 1 + options

    def _close(self, at: int) -> None:
        """Write the end of a box: a blank line, or none where that has been written before."""
        if self.lines_ahead and not self._has_words(at + 1):
            self.lines_ahead -= 1
        else:
            self.out.append("")

    def _has_words(self, at: int) -> bool:
        return at < len(self.lines) and bool(self.lines[at].strip(" >"))

    def _is_text(self, name: str, at: int, end: int) -> bool:
        """Tell whether readers see the lines inside a directive as text."""
        inside = range(at + 1 + self._options(at), end)
        return name in _BOXES or (
            name not in _PROGRAMS and any(self.lines[line].strip() for line in inside)
        )

    def _options(self, at: int) -> int:
        """Return how many lines below a directive are options of it."""
        stop = at + 1
        while stop < len(self.lines) and _OPTION.fullmatch(self.lines[stop]):
            stop += 1
        return stop - at - 1

    def _tab(self, at: int, tab: re.Match[str]) -> int:
        """Write the title of a tab, and its text as that of no tab."""
        self.omit(at, self.lines[at].strip(), BOX)
        indent = f"{tab['indent']}    "
        stop = at + 1
        while stop < len(self.lines) and (
            self.lines[stop].startswith(indent) or not self.lines[stop].strip()
        ):
            stop += 1
        body = [line.removeprefix(indent) for line in self.lines[at + 1 : stop]]
        inner = _Reader(
            [f"{tab['indent']}{line}" if line else line for line in body],
            self.first_line + at + 1,
            depth=self.depth + 1,
        )
        inner.read()
        is_apart = not body or not body[0].strip()
        self.out += [f"{tab['indent']}**{tab['title']}**", *[""] * (not is_apart), *inner.out]
        self.omissions += inner.omissions
        return stop

    def _line(self, at: int, line: str) -> str:
        """Return a line of text without roles, addresses and includes that a program reads."""
        if _TARGET.fullmatch(line):
            self.is_myst = True
            return ""
        if self.is_myst and _NOT_SHOWN.fullmatch(line):
            return ""
        for include in _INCLUDE.findall(line):
            self.omit(at, include, INCLUDED)
        line = _INCLUDE.sub("", line)
        line = _ROLE.sub(lambda match: self._role(at, match), line)
        return _FOLDED.sub(r"\1!!!", line)

    def _role(self, at: int, role: re.Match[str]) -> str:
        """Return the words that a role shows; code stays as it is."""
        if role["code"]:
            return role[0]
        self.is_myst = True
        name, text = role["role"].lower(), role["text"].strip()
        if name in ("sub", "sup", "subscript", "superscript"):
            return f"<{name[:3]}>{text}</{name[:3]}>"
        meaning = _MEANING.fullmatch(text) if name in ("abbr", "abbreviation") else None
        if meaning:
            words = meaning["words"].rstrip()
            return f'<abbr title="{html.escape(meaning["meaning"])}">{words}</abbr>'
        if name in ("code", "kbd", "math", "samp", "command", "file", "guilabel"):
            return f"{role['ticks']}{role['text']}{role['ticks']}"
        titled = _TARGETED.fullmatch(text)
        words = titled["words"].rstrip() if titled else "" if name in _POINTING else text
        self.omit(at, role[0], WORDS_ALONE if words else WRITTEN)
        return words


def _indented_code(body: str, lines: Sequence[str]) -> frozenset[int]:
    """Return which lines are code by their indent."""
    shown = without_indented_code(body, body).split("\n")
    pairs = enumerate(zip(lines, shown, strict=True))
    return frozenset(
        at for at, (line, stripped) in pairs if line != stripped and line.startswith(_INDENTS)
    )


def without_directives(body: str, first_line: int) -> tuple[str, list[Omission]]:
    """Return a text without directives, and what of them was seen.

    `first_line` is the line of its file on which the text begins. Code stays as it is.
    """
    if not _ANY.search(body):
        return body, []
    lines = body.split("\n")
    reader = _Reader(lines, first_line, _indented_code(body, lines))
    reader.read()
    return "\n".join(reader.out), reader.omissions
