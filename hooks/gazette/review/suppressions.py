"""Rules that an editor turned off for one file, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gazette.problems import Code, Problem
from gazette.review.manuscripts import Manuscript

ALLOWANCE = re.compile(
    r"(?:<!--[ \t]*|^#[ \t]*)gazette:[ \t]*allow[ \t]+(?P<rule>[\w-]*)[ \t]*:?[ \t]*(?P<reason>.*?)"
    r"[ \t]*(?:-->|$)",
    re.M,
)
OPEN = frozenset(
    (
        Code.NOTICE_PERIOD,
        Code.FUTURE_VERSION,
        Code.HEADING_NUMBER,
        Code.SECTION_REFERENCE,
        Code.UNKNOWN_SECTION,
        Code.BROKEN_LINK,
        Code.LOST_ANCHOR,
        Code.PLACEHOLDER,
        Code.HIDDEN_CHARACTER,
        Code.LOOK_ALIKE,
        Code.RAW_HTML,
        Code.DEFINED_TWICE,
        Code.REQUIRED_HEADING,
    )
)
"""What may be turned off: nothing that a build stops at, nothing that guards the record."""
NAMES = {code.label: code for code in Code}
HINT = "Write gazette: allow RULE: and the reason."


def applied(manuscript: Manuscript, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the findings that stay, and what is to be said of the rules turned off."""
    allowed = {}
    for found in ALLOWANCE.finditer(manuscript.text):
        code, wrong = NAMES.get(found["rule"]), None
        if code is None:
            wrong = f"There is no rule “{found['rule']}” to turn off."
        elif code not in OPEN:
            wrong = f"The rule {code.label} cannot be turned off: it guards what was published."
        elif not found["reason"]:
            wrong = f"The rule {code.label} is turned off without a reason."
        else:
            allowed[code] = found
        if wrong:
            yield manuscript.problem(found.start(), Code.SUPPRESSION, wrong, HINT)
    passed = list(problems)
    yield from (one for one in passed if one.code not in allowed)
    for code, found in allowed.items():
        count = sum(one.code is code for one in passed)
        said = f"{code.label} is turned off here: {found['reason']}"
        hint = f"It lets {count} finding{'s' * (count != 1)} pass."
        yield manuscript.problem(found.start(), Code.SUPPRESSED, said, hint)
