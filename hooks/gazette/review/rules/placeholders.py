"""Placeholders: what was to be filled in before publishing and was not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.problems import Code, Problem
from gazette.review.manuscripts import Manuscript

NOUNS = (
    "company|organi[sz]ation|business|entity|name|date|address|e-?mail|website|url|phone|country"
    "|state|jurisdiction|product|service|contact|insert|your|number|amount|link|city|title|role"
    "|tbd|todo|xxx?"
)
PERIODS = r"(?:days?|hours?|weeks?|months?|years?|percent|%)"
PLACEHOLDER = re.compile(
    rf"""
      (?<![\w/#@-])(?:TODO|FIXME|TBD|TBC)\b (?=\s*(?:[:.,;)\]!?*_-]|\n|\Z)) # a note to oneself
    | \b[Ll]orem\s+ipsum\b
    | \[(?=[^\]a-z\n]*\])[^\]\n]*\b(?i:{NOUNS})\b[^\]\n]*\]                # [COMPANY NAME]
    | \[(?i:insert|enter|add|fill\s+in|your\s+(?:own\s+)?(?:{NOUNS}))\b[^\]\n]{{0,60}}\]
    | \[(?:[●•…]+|\.{{3,}}|[_–-]{{2,}}|[Xx]{{2,}}|\?+)\]                   # [●]
    | \{{[{{%][^{{}}\n]{{1,60}}[}}%]\}}                                    # {{{{ company }}}}
    | \bXX+\b(?=\s+(?:business\s+|working\s+|calendar\s+)?{PERIODS})
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
        if not (found[0].endswith("]") and _is_meant(manuscript.text, found)):
            what = "is a template's code" if found[0][0] == "{" else "is still to be filled in"
            said = f"“{found[0].strip()}” {what}: readers would see it as it stands."
            yield manuscript.problem(found.start(), Code.PLACEHOLDER, said, HINT)


def _is_meant(text: str, found: re.Match[str]) -> bool:
    """Tell whether brackets are a link, part of a quotation, or of a passage all in capitals."""
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    around = line[-20:] + text[found.end() : found.end() + 20]
    loud = found[0].isupper() and around.isupper() and sum(map(str.isalpha, around)) > 12
    quoted = line.count("“") > line.count("”") or line.count('"') % 2 == 1
    return loud or quoted or text[found.end() : found.end() + 1] in ("(", "[", ":")
