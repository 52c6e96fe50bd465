"""Placeholders: what was to be filled in before publishing and was not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.manuscripts import Manuscript
from gazette.problems import Code, Problem

NOUNS = (
    "company|organi[sz]ation|business|entity|name|date|address|e-?mail|email|website|url|phone|country|state"
    "|jurisdiction|product|service|contact|insert|your|number|amount|link|city|title|role|tbd|todo|xxx?"
)
PLACEHOLDER = re.compile(
    rf"""
      (?<![\w/#@-])(?:TODO|FIXME|TBD|TBC)\b (?=\s*(?:[:.,;)\]!?*_-]|\n|\Z)) # a note to oneself
    | \b[Ll]orem\s+ipsum\b
    | \[(?=[^\]\n]*[A-Z])(?=[^\]a-z\n]*\])[^\]\n]*\b(?i:{NOUNS})\b[^\]\n]*\] # [COMPANY NAME]
    | \[(?i:insert|enter|add|your|fill\s+in)\s[^\]\n]{{1,60}}\]               # [insert date]
    | \[(?:[●•…]+|\.{{3,}}|[_–-]{{2,}}|[Xx]{{2,}}|\?+)\]                      # [●]
    | \{{\{{[^{{}}\n]{{1,60}}\}}\}}                                                     # {{{{ company }}}}
    | \bXX+\b(?=\s+(?:business\s+|working\s+|calendar\s+)?(?:days?|hours?|weeks?|months?|years?|percent|%))
    | \b(?:XX[./-]XX[./-](?:XX){{1,2}}|20XX|DD[./-]MM[./-]YYYY|MM[./-]DD[./-]YYYY|YYYY-MM-DD)\b
    """,
    re.X,
)
HINT = "Write what belongs here, or take it out."


def placeholders(manuscript: Manuscript) -> Iterator[Problem]:
    """Find what was to be filled in: in the text, and in the title and summary."""
    front = "\n".join(
        line if re.match(r"(?:title|summary|description):", line) else " " * len(line)
        for line in manuscript.text[: manuscript.start].split("\n")
    )
    for found in PLACEHOLDER.finditer(front + manuscript.prose[manuscript.start :]):
        if found[0].endswith("]") and manuscript.text[found.end() : found.end() + 1] in ("(", "[", ":"):
            continue  # the words of a link
        said = f"“{found[0].strip()}” is still to be filled in."
        yield manuscript.problem(found.start(), Code.PLACEHOLDER, said, HINT)
