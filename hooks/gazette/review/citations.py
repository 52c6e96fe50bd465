"""References to sections by number, such as “Sections 3.2 to 3.4”: their places and meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from gazette.review.policy_text import PolicyText
from gazette.text.document import Section
from gazette.text.links import folder_of_slug, target_of
from gazette.text.markdown_source import MarkdownLink
from gazette.text.numbers import ROMAN, Number, number_of
from gazette.text.slugs import slug_below
from gazette.text.tokens import words_of

FIRST = rf"(?:\d{{1,3}}[A-Za-z]?(?![\w%°])|[A-Z](?![\w'’])|(?=[A-Z]{{2}}){ROMAN.upper()}\b)"
NUMBER = rf"{FIRST}(?:\.\d{{1,3}}|\.[a-z]{{1,4}}(?![\w]))*(?:\([a-zA-Z]{{1,4}}\)|\(\d{{1,2}}\))*"
NOT_OF_LAW = r"(?!\d+\.\d{3})"
"""Laws alone have sections such as 164.308."""
NAMED = r"(?:\s*[*_]*[(“\"‘][^()“”\"\n]{1,80}[)”\"’][*_]*)?"
WORD_BETWEEN = r",\s*(?:and|or|to)\b|,|;|&|–|—|-|\b(?:to|through|thru|and/or|and|or)\b"
AND = rf"\s*(?:{WORD_BETWEEN})\s*"
PLURAL = "sections|clauses|articles|paragraphs|chapters|parts|annexes|appendices|schedules"
SINGULAR = "section|clause|article|paragraph|chapter|part|annex|appendix|schedule"
CITATION = re.compile(
    rf"(?P<plural>\b(?i:{PLURAL})\s|§§\s*)\s*"
    rf"(?P<list>[*_]*{NOT_OF_LAW}{NUMBER}(?:{NAMED}{AND}{NUMBER})*)"
    rf"|(?P<singular>\b(?i:{SINGULAR})\s|§\s*)\s*[*_]*"
    rf"(?P<number>{NOT_OF_LAW}(?>{NUMBER}))(?!-\d{{3}})"
)
LABEL_BEFORE = re.compile(r"(?:\A|\n)[ \t]*\n[\s#>*_]*\Z")
LABEL_AFTER = re.compile(r"[*_]*(?:[.:)]|\s[-–—]\s|[ \t]*\n)")
NAME_BEHIND = re.compile(r"[*_]*\s*[*_]*[(“\"‘](?P<name>[^()“”\"\n]{3,80})[)”\"’]")
ANNEX = re.compile(r"(?:annex|appendix|schedule|exhibit|attachment)\b", re.I)
HISTORY = re.compile(
    r"\A(?:amendment|revision)s\Z|\b(?:amendment|revision|change|document|version)s?\s+(?:history|log|record|table)\b|\bhistory\Z"
    r"|\bchange-?log\b|\b(?:history|record|list|log|table|summary)\s+of\s+(?:\w+\s+)?"
    r"(?:amendment|revision|change)s\b|\A(?:annex|appendix)\b.*\b(?:amendment|revision|change)s\b",
    re.I,
)
HISTORY_TABLE = re.compile(
    r"^(?=[^\n]*\|)(?=[^\n]*\bdate)(?=[^\n]*\b(?:changes?|revisions?|amendments?)\b)[^\n]*\n"
    r"[ \t|:-]+\n(?:[^\n]*\|[^\n]*(?:\n|\Z))*",
    re.M | re.I,
)
OWN_NUMBER = re.compile(r"\(?(?:[A-Z]{0,2}-?\d|[a-z]{1,4}\))")
NUMBER_IN_LIST = re.compile(NUMBER)
PARENTHESIS = re.compile(r"[(“\"‘][^()“”\"\n]{3,80}[)”\"’]")
TAIL = re.compile(
    rf"{NAMED}[\])*_,\s]*?(?P<phrase>\b(?:of|in|from|under|to)\s+(?P<name>.{{0,90}}))", re.S | re.I
)
OWN = re.compile(r"(?:this|these|the\s+present|the\s+same|said)\b", re.I)
NAME = re.compile(r"(?:(?:the|our|your|its|their|any|an?|that|such)\s+)?[\[*_“\"]*(?=[A-Z])")
LAW_AFTER = re.compile(r"[\s,(\[]*(?:[A-Z]{3,}\b|U\.S|EU\b|Reg\b)")
LAW_BEFORE = re.compile(
    r"(?:U\.?\s?S\.?\s?C\.?|C\.?F\.?R\.?|\bCode|\bAct|\bGDPR|\bCCPA|\bCPRA|\bDSA|\bDMA|\bLaws?|\bDirective|\bStat"
    r"|\bRegulations?|\bStatutes?|\bTreaty|\bConvention|\bConstitution|\bTitle\s+\w+|\bPart\s+\w+|\bChapter\s+\w+"
    r"|\bRules?|\bLGPD|\bPIPL|\bBGB|\bDMCA|\bNo\.\s?\d+|\bIts|\btheir)[\s,’')(\]*_\d/.-]*\Z"
)
DOCUMENT_BEFORE = re.compile(
    r"(?P<own>\b(?:this|these|said|present|same)\s+)?(?P<name>\b(?:[A-Z][\w’'-]*\s+)*(?:Addendum|Agreement"
    r"|Annex|Appendix|By-?laws?|Charter|Constitution|Contract|Exhibit|Guide(?:lines?)?|Handbook|Manual"
    r"|Notice|Plan|Polic(?:y|ies)|Requirements?|Rules|Schedule|Specification|Standards?|Statement|Terms))"
    r"(?P<number>\s+(?:\d{1,3}|[A-Z]))?,?\s+(?P<part>[“\"][^”\"\n]{1,60}[”\"],?\s+)?[(\[]?\Z"
)
ACRONYM_BEFORE = re.compile(r"\b(?:[A-Z]{2,}[’']?s?|[A-Z]{1,4}-?\d+)\s\Z")
LETTERS_BEFORE = 60
"""Room for the longest name of a law, or of a policy, that stands before a reference."""
LETTERS_BEHIND = 260
"""Room for what `TAIL` takes: an addition in brackets, blanks, and a name behind a preposition."""
CONTEXT_WORDS = 5
"""So many words on each side tell a reference from others to the same number."""
CONTEXT_LETTERS, SURROUNDINGS = 80, 120
LINK_DISTANCE = 30
"""A link this near behind a reference names the policy that is meant."""

ARTICLES = ("the", "our", "your", "its", "a")
WORDS_AFTER_A_NAME = ("and", "or", "shall", "will", "may", "is", "are", "the", "if")
"""After these a name is over: the Terms and, but not the Terms of Sale."""


@dataclass(frozen=True)
class Citation:
    """One number that a text refers to: where it stands, and the policy it belongs to.

    `name` is what stands in parentheses or quotes behind it, mostly a heading.
    """

    start: int
    end: int
    text: str
    noun: str
    slug: str
    context: tuple[tuple[str, ...], tuple[str, ...]]
    around: str
    name: str = ""

    @property
    def kind(self) -> str:
        """The noun as headings have it, `section` for §."""
        return self.noun.lower().replace("§", "section")

    @property
    def number(self) -> Number:
        """The number in its parts."""
        return number_of(self.text)

    @property
    def words(self) -> str:
        """The reference as it is written, in short."""
        return f"{self.noun}{'' if self.noun == '§' else ' '}{self.text}"


def citations(text: PolicyText, titles: Mapping[str, str]) -> list[Citation]:
    """Return the references of a policy to numbers of its own, and of those with these titles.

    References to anything else, such as a statute or a contract, are left out. `titles` are the
    titles of policies by slug.
    """
    annexes = [*_annexes(text), *_histories(text)]
    return [
        citation
        for match in CITATION.finditer(text.prose)
        if _is_section(match, text)
        and not _is_label(match, text)
        and not any(match.start() in annex for annex in annexes)
        if (slug := _policy_meant(text, match, titles))
        for citation in _numbers(text, match, slug)
    ]


def _noun(match: re.Match[str]) -> str:
    return (match["plural"] or match["singular"]).strip()


def _is_label(match: re.Match[str], text: PolicyText) -> bool:
    """Return whether a heading or paragraph bears this number itself: “Article 2. Fees”."""
    start = text.prose.rfind("\n", 0, match.start()) + 1
    if text.is_in_heading(match.start()):
        return not text.prose[start : match.start()].strip(" \t#>*_")
    before = text.prose[: match.start()]
    is_first = LABEL_BEFORE.search(before[start - 2 if start > 1 else 0 :])
    return bool(is_first and LABEL_AFTER.match(text.prose, match.end()))


def _histories(text: PolicyText) -> Iterator[range]:
    """Yield the places of lists of former changes: numbers there are those of earlier texts."""
    for section in text.document.sections[1:]:
        if HISTORY.search(section.title) or HISTORY.search(section.heading):
            yield _extent(text, _with_subsections(text, section))
    for table in HISTORY_TABLE.finditer(text.prose):
        yield range(*table.span())


def _annexes(text: PolicyText) -> Iterator[range]:
    """Yield the places of annexes that count for themselves: references there mean their own."""
    for section in text.document.sections[1:]:
        if ANNEX.match(section.title or section.heading):
            whole = _with_subsections(text, section)
            headings = [part.heading for part in whole[1:]]
            blocks = [block.text for part in whole for block in part.blocks[1:]]
            if any(map(OWN_NUMBER.match, (*headings, *blocks))):
                yield _extent(text, whole)


def _with_subsections(text: PolicyText, section: Section) -> Sequence[Section]:
    """Return a section and all that stand below its heading."""
    rest = text.document.sections[section.index + 1 :]
    return (section, *takewhile(lambda other: other.level > section.level, rest))


def _extent(text: PolicyText, sections: Sequence[Section]) -> range:
    """Return the place of sections that follow each other."""
    starts = (*text.heading_starts, len(text.text))
    return range(starts[sections[0].index], starts[sections[-1].index + 1])


def _numbers(text: PolicyText, match: re.Match[str], slug: str) -> Iterator[Citation]:
    """Yield each number of a reference; names in parentheses between them are passed over."""
    group = "list" if match["list"] else "number"
    noun = re.sub(r"(?<=x)es$|s$", "", _noun(match)).replace("§§", "§")
    noun = noun.replace("ppendice", "ppendix")
    prose = text.prose
    numbers = PARENTHESIS.sub(lambda name: " " * len(name[0]), match[group])
    for number in NUMBER_IN_LIST.finditer(numbers):
        start, end = match.start(group) + number.start(), match.start(group) + number.end()
        before = _context(prose[max(0, start - CONTEXT_LETTERS) : start])[-CONTEXT_WORDS:]
        after = _context(prose[end : end + CONTEXT_LETTERS])[:CONTEXT_WORDS]
        around = prose[max(0, match.start() - SURROUNDINGS) : match.end() + SURROUNDINGS]
        name = NAME_BEHIND.match(prose, end)
        yield Citation(
            start, end, number[0], noun, slug, (before, after), around, name["name"] if name else ""
        )


def _context(text: str) -> tuple[str, ...]:
    """Return whole words, `#` for every number: contexts stay alike when numbers change."""
    return tuple("#" if word[0].isdigit() else word for word in words_of(text))


def _is_section(match: re.Match[str], text: PolicyText) -> bool:
    noun = _noun(match).lower()
    if noun.startswith("paragraph"):
        return "." in (match["list"] or match["number"])
    if noun.startswith(("section", "clause", "§")):
        return True
    return any(kind and noun.startswith(kind[:-1]) for kind in text.heading_nouns)


def _policy_meant(text: PolicyText, match: re.Match[str], titles: Mapping[str, str]) -> str | None:
    """Return the slug of the policy that a reference means, None for none of this help center."""
    around = [link for link in text.links if link.start <= match.start() < link.end]
    if around and not around[0].target.startswith("#"):
        return _policy_linked(text, around[0])
    before = text.prose[max(0, match.start() - LETTERS_BEFORE) : match.start()]
    after = text.prose[match.end() :]
    is_upper = match[0].isupper()
    if _is_of_law(before, after, is_upper=is_upper):
        return None
    document = DOCUMENT_BEFORE.search(before)
    if document and not document["own"]:
        return _policy_before(document, text.slug, titles)
    tail = TAIL.match(after[:LETTERS_BEHIND])
    if not tail or OWN.match(tail["name"]):
        return text.slug
    is_of = tail["phrase"].lower().startswith("of")
    if not is_of and (is_upper or not NAME.match(tail["name"])):
        return text.slug
    return _policy_named(tail["name"], text.slug, titles) or _policy_linked_after(text, match.end())


def _is_of_law(before: str, after: str, *, is_upper: bool) -> bool:
    """Return whether the words around a reference name a law."""
    if LAW_BEFORE.search(before):
        return True
    return not is_upper and bool(LAW_AFTER.match(after) or ACRONYM_BEFORE.search(before))


def _policy_before(
    document: re.Match[str], slug_at_hand: str, titles: Mapping[str, str]
) -> str | None:
    """Return the policy that is named right before: “Refund Policy Section 7”.

    “the Terms, Section 7” are the ones at hand.
    """
    if document["number"] or document["part"]:
        return None
    words = words_of(document["name"])
    return (
        slug_at_hand if len(words) == 1 else _policy_named(document["name"], slug_at_hand, titles)
    )


def _policy_linked(text: PolicyText, link: MarkdownLink) -> str | None:
    return slug_below(target_of(link.target, folder_of_slug(text.slug)) or "", "policies/")


def _policy_linked_after(text: PolicyText, place: int) -> str | None:
    """Return the policy that is linked to right behind: “Section 7 of our [Terms](...)”."""
    for link in text.links:
        between = text.prose[place : link.start]
        if 0 <= link.start - place <= LINK_DISTANCE and "." not in between:
            return _policy_linked(text, link)
    return None


def _policy_named(phrase: str, slug_at_hand: str, titles: Mapping[str, str]) -> str | None:
    """Return the policy whose title, or the first word of the one at hand, begins the phrase."""
    words = words_of(phrase)
    words = words[1:] if words[:1] and words[0] in ARTICLES else words
    for slug, title in sorted(titles.items(), key=lambda item: (-len(item[1]), item[0])):
        name = words_of(title)
        if words[: len(name)] == name:
            return slug
    name = words_of(titles.get(slug_at_hand, ""))
    ends_here = len(words) < 2 or words[1] in WORDS_AFTER_A_NAME
    return slug_at_hand if words and words[:1] == name[:1] and ends_here else None
