"""Placeholders: what was to be filled in before publishing and was not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.review.policy_text import Finding
from gazette.review.review import PolicyReview

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
    | (?<![\w-])(?:XX[./-]XX[./-](?:XX){{1,2}}|20XX
      |DD[./-]MM[./-]YYYY|MM[./-]DD[./-]YYYY|YYYY-MM-DD)\b
    """,
    re.X,
)
SENTENCE_END = re.compile(r"\n\n|\.\s|\n[-*] ")
CAPITALS_AROUND, FEWEST_CAPITALS = 20, 12
"""More capitals than these, that near on both sides, are a passage written in capitals."""
FORM = re.compile(r"\b(?:form(?:at)?s?|written|notation|pattern|such\s+as|e\.g\.)(?!\w)", re.I)
"""What speaks of the form of a value, in the sentence around it."""
TEMPLATE = re.compile(
    r"\b(?:this|the\s+following)\s+(?:\w+\s+){0,2}(?:template|sample)\b"
    r"|\b(?:template|sample|model)\s+(?:letter|notice|form|wording|below)\b",
    re.I,
)
"""What a text says of itself when others are to fill in what stands in its brackets."""
HINT = "Write what belongs here, or take it out."


def placeholders(policy: PolicyReview) -> Iterator[Finding]:
    """Find what was to be filled in: in the text, and in the title and summary."""
    text = policy.text
    front = "\n".join(
        line if re.match(r"(?:title|summary|description):", line) else " " * len(line)
        for line in text.text[: text.start].split("\n")
    )
    is_template = TEMPLATE.search(text.prose) is not None
    for match in PLACEHOLDER.finditer(front + text.prose[text.start :]):
        is_meant = _is_in_brackets if match[0].endswith("]") else _is_form
        is_for_others = is_template and match[0].endswith("]")
        if not is_for_others and not is_meant(text.text, match):
            fault = "is a template's code" if match[0][0] == "{" else "is still to be filled in"
            message = f"“{match[0].strip()}” {fault}: readers would see it as it stands."
            yield text.finding(match.start(), message, HINT)


def _is_form(text: str, match: re.Match[str]) -> bool:
    """Return whether a text says how days are written: “dates have the form DD/MM/YYYY”."""
    before = SENTENCE_END.split(text[: match.start()])[-1]
    after = SENTENCE_END.split(text[match.end() :], maxsplit=1)[0]
    return "YYYY" in match[0] and bool(FORM.search(f"{before} {after}"))


def _is_in_brackets(text: str, match: re.Match[str]) -> bool:
    """Return whether brackets are a link, quoted, or part of a passage all in capitals."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    around = line[-CAPITALS_AROUND:] + text[match.end() : match.end() + CAPITALS_AROUND]
    is_upper = match[0].isupper() and around.isupper()
    is_passage = is_upper and sum(map(str.isalpha, around)) > FEWEST_CAPITALS
    is_quoted = line.count("“") > line.count("”") or line.count('"') % 2 == 1
    return is_passage or is_quoted or text[match.end() : match.end() + 1] in ("(", "[", ":")
