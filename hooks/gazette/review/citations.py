"""References to sections by number, such as “Sections 3.2 to 3.4”: their places and meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gazette.review.hyperlinks import Hyperlink, hyperlinks
from gazette.review.manuscripts import Manuscript
from gazette.text.links import target_of
from gazette.text.numbers import Number, number_of
from gazette.text.tokens import words_of

FIRST = r"(?:\d{1,3}[A-Za-z]?(?![\w%°])|[A-Z](?![\w'’])|[IVX]{2,5}\b)"
NUMBER = rf"{FIRST}(?:\.\d{{1,3}}|\.[a-z]{{1,4}}(?![\w]))*(?:\([a-zA-Z]{{1,4}}\)|\(\d{{1,2}}\))*"
NAMED = r"(?:\s*[*_]*[(“\"‘][^()“”\"\n]{1,80}[)”\"’][*_]*)?"
WORD_BETWEEN = r",\s*(?:and|or|to)\b|,|;|&|–|—|-|\b(?:to|through|thru|and/or|and|or)\b"
AND = rf"\s*(?:{WORD_BETWEEN})\s*"
CITATION = re.compile(
    r"(?P<noun>\b(?i:sections|clauses|articles|paragraphs)\s|§§\s*)\s*"
    rf"(?P<list>[*_]*{NUMBER}(?:{NAMED}{AND}{NUMBER})*)"
    rf"|(?P<one>\b(?i:section|clause|article|paragraph)\s|§\s*)\s*[*_]*(?P<number>{NUMBER})"
)
EACH = re.compile(NUMBER)
PARENTHESIS = re.compile(r"[(“\"‘][^()“”\"\n]{3,80}[)”\"’]")
TAIL = re.compile(
    rf"{NAMED}[\])*_,\s]*?(?P<how>\b(?:of|in|from|under|to)\s+(?P<what>.{{0,90}}))", re.S | re.I
)
OWN = re.compile(r"(?:this|these|the\s+present|the\s+same|said)\b", re.I)
NAME = re.compile(r"(?:(?:the|our|your|its|their|any|an?|that|such)\s+)?[\[*_“\"]*(?=[A-Z])")
LAW_AFTER = re.compile(r"[\s,(\[]*(?:[A-Z]{3,}\b|U\.S|EU\b|Reg\b)")
LAW_BEFORE = re.compile(
    r"(?:U\.?\s?S\.?\s?C\.?|C\.?F\.?R\.?|\bCode|\bAct|\bGDPR|\bCCPA|\bCPRA|\bDSA|\bDMA|\bLaws?|\bDirective|\bStat"
    r"|\bRegulations?|\bStatutes?|\bTreaty|\bConvention|\bConstitution|\bTitle\s+\w+|\bPart\s+\w+|\bChapter\s+\w+"
    r"|\bRules?|\bLGPD|\bPIPL|\bBGB|\bDMCA|\bNo\.\s?\d+|\bIts|\btheir)[\s,’')(\]*_\d/.-]*\Z"
)
CONTEXT = 5


@dataclass(frozen=True)
class Citation:
    """One number that a text refers to: where it stands, and the policy it belongs to."""

    start: int
    end: int
    text: str
    noun: str
    slug: str
    context: tuple[tuple[str, ...], tuple[str, ...]]
    around: str

    @property
    def number(self) -> Number:
        """The number in its parts."""
        return number_of(self.text)

    @property
    def words(self) -> str:
        """The reference as it is written, in short."""
        return f"{self.noun}{'' if self.noun == '§' else ' '}{self.text}"


def citations(manuscript: Manuscript, titles: Mapping[str, str]) -> list[Citation]:
    """Return the references of a policy to numbers of its own, and of those with these titles.

    References to anything else, such as a statute or a contract, are left out.
    """
    links = hyperlinks(manuscript)
    found: list[Citation] = []
    for match in CITATION.finditer(manuscript.prose):
        slug = _meant(manuscript, match, links, titles)
        if slug and _is_section(match, manuscript):
            found += _each(manuscript, match, slug)
    return found


def _each(manuscript: Manuscript, match: re.Match[str], slug: str) -> Iterator[Citation]:
    group = "list" if match["list"] else "number"
    noun = (match["noun"] or match["one"]).strip().removesuffix("s").replace("§§", "§")
    names = PARENTHESIS.sub(lambda m: " " * len(m[0]), match[group])
    for one in EACH.finditer(names):
        start, end = match.start(group) + one.start(), match.start(group) + one.end()
        around = (
            tuple(_masked(manuscript.prose[max(0, start - 80) : start])[-CONTEXT:]),
            tuple(_masked(manuscript.prose[end : end + 80])[:CONTEXT]),
        )
        near = manuscript.prose[max(0, match.start() - 120) : match.end() + 120]
        yield Citation(start, end, one[0], noun, slug, around, near)


def _masked(text: str) -> list[str]:
    """Return whole words, with a sign for every number: contexts stay alike when numbers change."""
    return ["#" if word[0].isdigit() else word for word in words_of(text)]


def _is_section(match: re.Match[str], manuscript: Manuscript) -> bool:
    noun = (match["noun"] or match["one"]).strip().lower()
    if noun.startswith("paragraph"):
        return "." in (match["list"] or match["number"])
    if noun.startswith("article"):
        sections = manuscript.document.sections
        return any(one.heading.lower().startswith("article") for one in sections)
    return True


def _meant(
    manuscript: Manuscript, match: re.Match[str], links: list[Hyperlink], titles: Mapping[str, str]
) -> str | None:
    """Return the slug of the policy that a reference means, None for none of this help center."""
    around = [one for one in links if one.start <= match.start() < one.end]
    if around and not around[0].to.startswith("#"):
        return _linked(around[0].to)
    before, after = (
        manuscript.prose[max(0, match.start() - 60) : match.start()],
        manuscript.prose[match.end() :],
    )
    loud = match[0].isupper()
    if LAW_BEFORE.search(before) or (not loud and LAW_AFTER.match(after)):
        return None
    tail = TAIL.match(after[:260])
    if not tail or OWN.match(tail["what"]):
        return manuscript.slug
    if not tail["how"].lower().startswith("of") and (loud or not NAME.match(tail["what"])):
        return manuscript.slug
    named = _named(tail["what"], manuscript.slug, titles)
    return named or _linked_after(manuscript, match.end(), links)


def _linked(to: str) -> str | None:
    target = target_of(to)
    if target and target.startswith("policies/") and target.endswith(".md"):
        return target.removeprefix("policies/").removesuffix(".md")
    return None


def _linked_after(manuscript: Manuscript, place: int, links: list[Hyperlink]) -> str | None:
    """Return the policy that is linked to right behind: “Section 7 of our [Terms](...)”."""
    for one in links:
        if 0 <= one.start - place <= 30 and "." not in manuscript.prose[place : one.start]:
            return _linked(one.to)
    return None


def _named(what: str, own: str, titles: Mapping[str, str]) -> str | None:
    """Return the policy whose title, or the first word of it, begins `what`."""
    words = words_of(what)
    words = words[1:] if words[:1] and words[0] in ("the", "our", "your", "its", "a") else words
    for slug, title in sorted(titles.items(), key=lambda one: (-len(one[1]), one[0])):
        name = words_of(title)
        if words[: len(name)] == name:
            return slug
    name = words_of(titles.get(own, ""))
    return own if words and words[:1] == name[:1] and _ends(words) else None


def _ends(words: list[str]) -> bool:
    """Tell whether a name is over after its first word: the Terms and, not the Terms of Sale."""
    following = ("and", "or", "shall", "will", "may", "is", "are", "the", "if")
    return len(words) < 2 or words[1] in following
