"""Words in two spellings: what an editor corrects without saying anything else."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

_FEWEST_LETTERS = 4
"""In shorter words one letter is another word: now, not."""
_DECIDING = re.compile(
    r"would|could|should|shall|must|might|will|never|none|only|each|every|before|after"
    r"|under|over|than|then|with|without|week|month|year|hour|least|most|more|less|them|they"
    r"|your|their|here|there|where|when|what|that|this|these|those"
    r"|kein\w*|nach|noch|unter|über|sans|dans|avant|moins|mois|doit|dont|peut|debe|puede|siempre"
)
_NEGATIONS = frozenset(
    ("a", "i", "un", "in", "im", "il", "ir", "non", "dis", "mis", "ab", "des", "dés")
)
_ROLE = re.compile(r"(?:or|er|ee)s?$")


def is_same_word(old: str, new: str) -> bool:
    """Return whether two words in small letters are one in two spellings: one letter apart."""
    if old == new:
        return True
    if min(len(old), len(new)) < _FEWEST_LETTERS or not (old + new).isalpha():
        return False
    if _DECIDING.fullmatch(old) or _DECIDING.fullmatch(new):
        return False
    shorter, longer = sorted((old, new), key=len)
    if longer.endswith(shorter) and longer.removesuffix(shorter) in _NEGATIONS:
        return False
    old_role, new_role = _ROLE.search(old), _ROLE.search(new)
    if old_role and new_role and old_role[0] != new_role[0]:
        return "our" in old + new or "re" in (old[-2:], new[-2:])
    return OSA.distance(old, new) <= 1
