"""Rules that a text turns off for itself, and why: in front matter or in a comment.

`gazette: allow RULE: reason` holds as long as it stands there. `gazette: allow RULE in VERSION at
3, 5: reason` is written by imports: it lets those lines of that version pass, and ends with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gazette.text.frontmatter import first_line_of, normalized, stated_version
from gazette.text.links import IMAGE_TEXT
from gazette.text.markdown_source import (
    LINK,
    LINK_DEFINITION,
    TAG_WITH_TARGET,
    normalized_label,
    spliced,
    without_code,
)

SUPPRESSION = re.compile(
    r"(?:<!--[ \t]*|^#[ \t]*)gazette:[ \t]*allow[ \t]+(?P<rule>[\w-]*)"
    r"(?:[ \t]+in[ \t]+(?P<version>\d{4}-\d\d-\d\d\.v\d+))?"
    r"(?:[ \t]+at[ \t]+(?P<lines>\d+(?:,[ \t]*\d+)*))?"
    r"[ \t]*:?[ \t]*(?P<reason>.*?)[ \t]*(?:-->|$)",
    re.M,
)
LINKS = "broken-link"
"""The rule whose findings, let pass in a version, are links that lead nowhere."""
_START = '<a title="No longer published">'
"""How the words of such a link begin: it leads nowhere."""

_TITLE = re.compile(r">?(?:[ \t]*\n?[ \t]*(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\)))?[ \t]*$", re.M)
"""What may stand behind the target of a definition."""


@dataclass(frozen=True)
class Suppression:
    """One rule turned off, from `start` on in a text; for one version and its `lines`, or all."""

    rule: str
    reason: str
    start: int
    version: str = ""
    lines: frozenset[int] = frozenset()

    def covers(self, line: int) -> bool:
        """Tell whether it lets findings of a line pass."""
        return not self.lines or line in self.lines


def suppressions_of(text: str) -> Iterator[Suppression]:
    """Yield the suppressions in a text, in order."""
    for match in SUPPRESSION.finditer(text):
        lines = frozenset(map(int, re.findall(r"\d+", match["lines"] or "")))
        version = match["version"] or ""
        yield Suppression(match["rule"], match["reason"], match.start(), version, lines)


def suppression_line(rule: str, version: object, lines: list[int], reason: str) -> str:
    """Return the line of front matter that lets `lines` of a version pass."""
    return f"# gazette: allow {rule} in {version} at {', '.join(map(str, lines))}: {reason}"


def without_allowed_links(text: str, body: str) -> str:
    """Return the `body` of a text with its allowed dead links as their words, marked as such.

    What renders the page would warn of them else, and stop a strict build.
    """
    if LINKS not in text:
        return body
    text = normalized(text)
    version = str(stated_version(text))
    lines = frozenset(
        line
        for suppression in suppressions_of(text)
        if suppression.rule == LINKS and suppression.version == version
        for line in suppression.lines
    )
    first = first_line_of(text, body)
    return _unlinked(body, frozenset(line - first for line in lines)) if lines else body


def _unlinked(body: str, lines: frozenset[int]) -> str:
    """Return a text without the links whose targets stand in `lines`, which count from 0."""
    prose = without_code(body)

    def is_allowed(link: re.Match[str]) -> bool:
        return body.count("\n", 0, link.start("target")) in lines

    definitions = [*filter(is_allowed, LINK_DEFINITION.finditer(prose))]
    labels = {normalized_label(definition["label"]) for definition in definitions}
    pieces = [(definition.start(), _end_of(definition, body), "") for definition in definitions]
    tags = filter(is_allowed, TAG_WITH_TARGET.finditer(prose))
    pieces += (_words_of_tag(tag, prose) for tag in tags)
    for link in LINK.finditer(prose):
        label = normalized_label(link["label"] or link["words"])
        if is_allowed(link) if link["target"] is not None else label in labels:
            pieces.append(_words(link, body))
    return spliced(body, pieces)


def _end_of(definition: re.Match[str], body: str) -> int:
    """Return where a definition ends, with its title."""
    title = _TITLE.match(body, definition.end())
    return title.end() if title else definition.end()


def _words(link: re.Match[str], body: str) -> tuple[int, int, str]:
    """Return where a link or image begins and ends, and its words."""
    words = body[slice(*link.span("words"))]
    if body[: link.start()].endswith("!"):
        return link.start() - 1, link.end(), words
    return *link.span(), f"{_START}{words}</a>"


def _words_of_tag(tag: re.Match[str], prose: str) -> tuple[int, int, str]:
    """Return where a tag begins and ends, and what stands for it: for an image its words."""
    end = prose.find(">", tag.end()) + 1 or tag.end()
    words = IMAGE_TEXT.search(prose[tag.start() : end])
    image = words[1][1:-1] if words else ""
    return tag.start(), end, image if tag[0][1:4].lower() == "img" else _START
