"""Characters that nobody sees, and words whose letters are not what they seem to be."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from gazette.problems import Code, Fix, Problem
from gazette.review.manuscripts import Manuscript
from gazette.text.visible import INVISIBLE

JOINERS = "\u200c\u200d"
DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]")
EMOJI = re.compile("[#*0-9\u00a9\u00ae\u203c-\u3299\u20e3\U0001f000-\U0001faff\ufe0f]")
JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]"
)
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
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


def hidden_characters(manuscript: Manuscript) -> Iterator[Problem]:
    """Find characters that show nothing, where no script needs them."""
    for found in INVISIBLE.finditer(manuscript.text):
        if not _is_needed(manuscript.text, found.start()):
            name = NAMES.get(found[0]) or unicodedata.name(found[0], "a control character").lower()
            near = manuscript.text[max(0, found.start() - 12) : found.end() + 12].replace(
                found[0], "▯"
            )
            said = f"A character that readers cannot see stands here: {name}, in “{_line(near)}”."
            fix = Fix(1, " " if found[0] in "\u2028\u2029" else "")
            hint = "Take it out."
            yield manuscript.problem(found.start(), Code.HIDDEN_CHARACTER, said, hint, fix)


def _line(text: str) -> str:
    return " ".join(text.split())


def _is_needed(text: str, place: int) -> bool:
    """Tell whether the letters around an invisible character cannot be written without it."""
    own, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if own in JOINERS:
        return bool(JOINING.match(before) or (EMOJI.match(before) and EMOJI.match(after)))
    if own in DIRECTIONS:
        start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
        return bool(RIGHT_TO_LEFT.search(text[start : end if end > 0 else len(text)]))
    if SELECTORS.match(own):
        return bool(EMOJI.match(before) or SELECTORS.match(before) or UNSPACED.match(before))
    if own == "\u200b":
        return bool(UNSPACED.match(before) or UNSPACED.match(after))
    return own in "\u17b4\u17b5\u180e" and bool(JOINING.match(before))


def look_alikes(manuscript: Manuscript) -> Iterator[Problem]:
    """Find words in which letters of another script pass for those around them."""
    if not FOREIGN.search(manuscript.text):
        return
    for word in WORD.finditer(manuscript.text):
        right = FOREIGN.search(word[0]) and _rightly_written(word[0])
        if right and right != word[0]:
            strange = next(n for n, letter in enumerate(word[0]) if letter != right[n])
            name = unicodedata.name(word[0][strange]).replace("LETTER ", "").lower()
            said = f"In “{word[0]}” the letter “{word[0][strange]}” is not what it seems: {name}."
            fix = Fix(len(word[0]), right)
            hint = f"Write “{right}”."
            yield manuscript.problem(word.start(), Code.LOOK_ALIKE, said, hint, fix)


def _rightly_written(word: str) -> str:
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
        return _exchanged(word, table)
    back = {seen: letter for letter, seen in table.items()}
    return _exchanged(word, back) if latin * 2 <= count else word


def _exchanged(word: str, table: dict[str, str]) -> str:
    """Exchange the letters of the table; a word with another foreign letter is left alone."""
    to_latin = table.keys() <= LATIN.keys()
    foreign = [letter for letter in word if letter.isascii() is not to_latin]
    return "".join(table.get(x, x) for x in word) if all(x in table for x in foreign) else word
