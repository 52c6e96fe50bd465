"""The words of headings, so that those that mean the same in a policy meet."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gazette.text.tokens import words_of

_STEM = 6
"""`cancel` and `cancellation`, `collect` and `collecting` have so many letters in common."""
_SMALL = 0.25
"""Articles, prepositions, pronouns and the like tell so much less than other words."""
_SMALL_WORDS = """
    a about all an and any are as at be been by can do does for from has have how i if in is it its
    may me my no not of on or other our ours that the their them these they this those to us was we
    what when where which who whom why will with would you your yours
"""
_SMALL_WORDS_ELSEWHERE = """
    am auf aus bei das dem den der des die ein eine einer eines für ihr ihre ihrer im ist mit nach
    oder sich sie sind über um und uns unser unsere unserer vom von wann wer wie wir zu zum zur
    au aux avec ce ces comment dans de des du elle elles en est et il ils je la le les leur leurs
    lui mon nos notre nous ou par pour que quel quelle quelles quels qui sa ses si son sur un une
    vos votre vous
    al como con cómo cuál cuáles cuándo de del el ella en es esta este la las lo los mi mis nuestra
    nuestras nuestro nuestros o para por qué quién se sin sobre son su sus tu tus un una y
    إلى التي الذي أو عن على في ما من مع هذا هذه هل و
    が で と な に の は へ も や を
"""
"""The same in German, French, Spanish, Arabic and Japanese."""
SMALL_WORDS = frozenset(f"{_SMALL_WORDS} {_SMALL_WORDS_ELSEWHERE}".split())
_SYNONYMS = (
    "acceptance agreement consent approval",
    "access admission entry login",
    "account profile registration membership signup",
    "advertising ads ad marketing promotion advertisement",
    "amendment change modification update revision alteration",
    "assignment transfer",
    "bill billing invoice payment",
    "charge cost fee price pricing rate",
    "breach violation infringement",
    "cancel end ending expiry closing closure termination terminate",
    "child children kid minor underage",
    "choice option preference control setting",
    "claim complaint grievance objection",
    "collect collection gather obtain receive",
    "contact reach enquiry inquiry question support",
    "content material posts",
    "cookie tracker tracking",
    "condition term provision clause",
    "court jurisdiction venue law legal",
    "customer client user subscriber member",
    "data information detail",
    "definition glossary meaning interpretation",
    "delete deletion erase erasure removal remove",
    "delivery shipping dispatch",
    "disclose disclosure give share sharing transfer recipient",
    "dispute arbitration disagreement conflict",
    "employee staff worker personnel colleague",
    "general miscellaneous various closing final",
    "fraud scam deception deceptive",
    "gift present favour favor hospitality",
    "guarantee warranty warranties",
    "harassment bullying bully abuse abusive",
    "holiday leave vacation absence",
    "intellectual ip copyright trademark",
    "international global overseas worldwide",
    "introduction intro overview welcome preamble purpose background summary",
    "keep retain retention storage store",
    "liability liable",
    "licence license licensing",
    "notice notification announcement",
    "obligation duty requirement responsibility",
    "penalty sanction enforcement enforcing consequence",
    "prohibited forbidden banned restricted restriction ban limit limitation",
    "pause suspend suspension",
    "privacy confidential confidentiality secrecy",
    "process processing use usage handling",
    "provider supplier vendor contractor processor subprocessor",
    "refund reimbursement return",
    "report reporting flag",
    "right entitlement",
    "rule guideline policy standard principle",
    "safety security secure protect protection safe safeguard",
    "sexual sex nudity adult pornography",
    "scope applicability application coverage",
    "service product platform app",
    "subscription plan",
    "terrorism terrorist extremism extremist",
    "trial test",
    "travel trip journey",
    "violence violent threat threatening",
)


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"[:_STEM]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:_STEM]


_MEANINGS = {
    _stem(word): group.partition(" ")[0] for group in reversed(_SYNONYMS) for word in group.split()
}


_JOINT = re.compile(
    r"[,;/&،؛、・]|\b(?:and|or|und|oder|et|ou|y|o|أو)\b|及び|および|並びに|又は|または|\bو(?=ال)",
    re.IGNORECASE,
)


def listed_topics(title: str) -> list[str]:
    """Return the topics of a heading that lists several, or none."""
    topics = _JOINT.split(title)
    return topics if len(topics) > 1 else []


def heading_words(title: str) -> Mapping[str, float]:
    """Return the words of a heading, those that mean the same as one, with what each counts."""
    return {
        _MEANINGS.get(_stem(word), _stem(word)): _SMALL if word in SMALL_WORDS else 1.0
        for word in words_of(title)
    }
