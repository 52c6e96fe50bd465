"""Rules that a text turns off for itself, and why: in front matter or in a comment.

`gazette: allow RULE: reason` holds as long as it stands there. `gazette: allow RULE in VERSION at
3, 5: reason` is written by imports: it lets those lines of that version pass, and ends with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gazette.text.frontmatter import first_line_of, normalized, stated_version
from gazette.text.markdown_source import LINK, LINK_DEFINITION, TAG_WITH_TARGET, without_code

SUPPRESSION = re.compile(
    r"(?:<!--[ \t]*|^#[ \t]*)gazette:[ \t]*allow[ \t]+(?P<rule>[\w-]*)"
    r"(?:[ \t]+in[ \t]+(?P<version>\d{4}-\d\d-\d\d\.v\d+))?"
    r"(?:[ \t]+at[ \t]+(?P<lines>\d+(?:,[ \t]*\d+)*))?"
    r"[ \t]*:?[ \t]*(?P<reason>.*?)[ \t]*(?:-->|$)",
    re.M,
)
LINKS = "broken-link"
"""The rule whose findings, let pass in a version, are links that lead nowhere."""


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
    """Return a text without the links that begin in `lines`, which count from 0."""
    prose = without_code(body)
    parts, end = [], 0
    for link in sorted(_links(prose), key=lambda match: match.start()):
        if link.start() < end or body.count("\n", 0, link.start("target")) not in lines:
            continue
        is_image = prose[link.start() - 1 : link.start()] == "!"
        parts.append(body[end : link.start() - is_image])
        parts.append(_words(link) if not is_image else link["words"])
        end = link.end()
    return "".join((*parts, body[end:]))


def _links(prose: str) -> Iterator[re.Match[str]]:
    yield from (link for link in LINK.finditer(prose) if link["target"])
    yield from TAG_WITH_TARGET.finditer(prose)
    yield from LINK_DEFINITION.finditer(prose)


def _words(link: re.Match[str]) -> str:
    if link.re is LINK:
        return f'<a title="No longer published">{link["words"]}</a>'
    return "<a>" if link.re is TAG_WITH_TARGET else ""
