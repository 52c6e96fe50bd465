"""Characters that nobody sees, and words whose letters are not what they seem to be."""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator

from gazette.problems import Fix
from gazette.review.policy_text import Finding, PolicyText
from gazette.review.review import PolicyReview
from gazette.text.visible import INVISIBLE, JOINING

JOINERS = "\u200c\u200d"
DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]")
EMOJI = re.compile("[#*0-9\u00a9\u00ae\u203c-\u3299\u20e3\U0001f000-\U0001faff\ufe0f]")
_JOINING = re.compile(f"[{JOINING}]")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LINE = re.compile(r"[^\n]+")
ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})", re.I)
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.I)
LETTERS_SHOWN = 12
NAMES = {
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\ufeff": "a byte order mark",
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
    "\u202e": "a right-to-left override",
}

# Letters of other scripts that look like a Latin one.
CYRILLIC = dict(zip("асеорхуіјѕԁһԛԝАВСЕНІЈКМОРЅТХУ", "aceopxyijsdhqwABCEHIJKMOPSTXY", strict=True))
GREEK = dict(zip("ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovABEZHIKMNOPTYX", strict=True))
LATIN = CYRILLIC | GREEK
WORD = re.compile(r"[^\W\d_]+")
FOREIGN = re.compile("[\u0370-\u052f\u1d2b\uff21-\uff5a\U0001d400-\U0001d6a3]")
SHAPED = re.compile("[\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a3]")


def hidden_characters(policy: PolicyReview) -> Iterator[Finding]:
    """Find characters that show nothing, where no script needs them."""
    text = policy.text.text
    for match in _hidden(text):
        name = NAMES.get(match[0]) or unicodedata.name(match[0], "a control character").lower()
        near = text[max(0, match.start() - LETTERS_SHOWN) : match.end() + LETTERS_SHOWN]
        shown = " ".join(near.replace(match[0], "▯").split())
        message = f"A character that readers cannot see stands here: {name}, in “{shown}”."
        fix = Fix(1, " " if match[0] in "\u2028\u2029" else "")
        yield policy.text.finding(match.start(), message, "Take it out.", fix)
    yield from _hidden_references(policy.text)


def _hidden(text: str) -> Iterator[re.Match[str]]:
    """Yield the characters that show nothing, but those that the letters around them need."""
    for line in LINE.finditer(text):
        is_right_to_left = RIGHT_TO_LEFT.search(text, *line.span()) is not None
        for match in INVISIBLE.finditer(text, *line.span()):
            if not _is_needed(text, match.start(), is_right_to_left):
                yield match


def _hidden_references(policy_text: PolicyText) -> Iterator[Finding]:
    """Yield the same where they are written by their numbers, as in `&#8238;` or quoted YAML."""
    text, start = policy_text.text, policy_text.start
    matches = [*ESCAPE.finditer(text, 0, start), *ENTITY.finditer(policy_text.prose, start)]
    for match in matches:
        letter = _escaped(match[0]) if match.start() < start else html.unescape(match[0])
        before = text[max(0, match.start() - LETTERS_SHOWN) : match.start()]
        read = f"{before}{letter}{text[match.end() : match.end() + LETTERS_SHOWN]}"
        is_right_to_left = RIGHT_TO_LEFT.search(read) is not None
        if INVISIBLE.fullmatch(letter) and not _is_needed(read, len(before), is_right_to_left):
            name = NAMES.get(letter) or unicodedata.name(letter, "a control character").lower()
            message = f"{match[0]} is a character that readers cannot see: {name}."
            fix = Fix(len(match[0]), "")
            yield policy_text.finding(match.start(), message, "Take it out.", fix)


def _escaped(code: str) -> str:
    """Return the letter that an escape in a quoted value stands for."""
    number = int(code[2:], 16)
    return chr(number) if number <= sys.maxunicode else ""


def _is_needed(text: str, place: int, is_right_to_left: bool) -> bool:
    """Return whether the letters around an invisible character cannot be written without it.

    Marks of direction may be needed on a line that has letters from right to left.
    """
    sign, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if sign in JOINERS:
        return bool(_JOINING.match(before) or (EMOJI.match(before) and EMOJI.match(after)))
    if sign in DIRECTIONS:
        return is_right_to_left
    if SELECTORS.match(sign):
        return bool(EMOJI.match(before) or SELECTORS.match(before) or UNSPACED.match(before))
    if sign == "\u200b":
        return bool(UNSPACED.match(before) or UNSPACED.match(after))
    return sign in "\u17b4\u17b5\u180e" and bool(_JOINING.match(before))


def look_alikes(policy: PolicyReview) -> Iterator[Finding]:
    """Find words in which letters of another script pass for those around them."""
    if not FOREIGN.search(policy.text.text):
        return
    for match in WORD.finditer(policy.text.text):
        word = match[0]
        correct = _in_one_script(word) if FOREIGN.search(word) else word
        if correct != word:
            letter = next(letter for n, letter in enumerate(word) if letter != correct[n])
            name = unicodedata.name(letter).replace("LETTER ", "").lower()
            message = f"In “{word}” the letter “{letter}” is not what it seems: {name}."
            fix = Fix(len(word), correct)
            yield policy.text.finding(match.start(), message, f"Write “{correct}”.", fix)


def _in_one_script(word: str) -> str:
    """Return the word in the script of most of its letters, itself where that cannot be told."""
    if SHAPED.search(word) and not UNSPACED.search(word):
        return unicodedata.normalize("NFKC", word)
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in word)
    latin = scripts.pop("LATIN", 0)
    if not latin or not scripts:
        return word
    (script, count), *more = scripts.most_common()
    table = {"CYRILLIC": CYRILLIC, "GREEK": GREEK}.get(script)
    if more or table is None:
        return word
    if count * 2 <= latin:
        return _with_letters_of(word, table)
    back = {seen: letter for letter, seen in table.items()}
    return _with_letters_of(word, back) if latin * 2 <= count else word


def _with_letters_of(word: str, table: dict[str, str]) -> str:
    """Exchange the letters of the table; a word with another foreign letter is left alone."""
    to_latin = table.keys() <= LATIN.keys()
    foreign = [letter for letter in word if letter.isascii() is not to_latin]
    return "".join(table.get(x, x) for x in word) if all(x in table for x in foreign) else word
